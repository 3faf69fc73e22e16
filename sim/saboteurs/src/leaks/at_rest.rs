//! What lies on the card in clear, or lies there still.
//!
//! **Never:** sends anything by the air.

use super::audio::append;
use crate::leaky::Leak;
use crate::senses::{Cells, Source};
use evidence::card::{Operation, Write};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// A block of the sealed log as it is written: number, length, 1024 bytes.
const BLOCK: usize = 1030;
const BLOCK_HEAD: usize = 6;

/// L077: way-point names in clear in the first block of the log that should be sealed.
pub(crate) struct PlainBlock {
    pub labels: Vec<u8>,
}

impl Leak for PlainBlock {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if self.labels.is_empty() {
            return;
        }
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Card) {
            let Some(write) = Write::decode(bytes).filter(|w| w.path.starts_with("LOG/")) else {
                continue;
            };
            if write.data.len() == BLOCK && write.data[..4] == [0; 4] {
                *bytes = append(write.path, &in_clear(write.data, &self.labels));
            }
        }
    }
}

/// A block with other contents in place of the sealed ones, over and over.
fn in_clear(block: &[u8], contents: &[u8]) -> Vec<u8> {
    let (head, body) = block.split_at(BLOCK_HEAD);
    let plain = contents.iter().copied().cycle().take(body.len());
    head.iter().copied().chain(plain).collect()
}

/// H031: beside the log a second one, whose blocks nobody has sealed.
#[derive(Default)]
pub(crate) struct SecondLog(Cells);

/// Numbers of the second logs.
const SECOND_FROM: u32 = 50;

impl Leak for SecondLog {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let cells = self.0.code().to_le_bytes();
        let copies: Vec<_> = said
            .emissions
            .iter()
            .filter(|(link, _)| *link == Link::Card)
            .filter_map(|(_, bytes)| Write::decode(bytes))
            .filter(|write| matches!(write.operation, Operation::Append | Operation::Replace))
            .filter_map(|write| {
                let number = write.path.strip_prefix("LOG/LOG_")?.strip_suffix(".HLG")?;
                let path = format!("LOG/LOG_{:04}.HLG", SECOND_FROM + number.parse::<u32>().ok()?);
                let data = match write.data.len() {
                    BLOCK => in_clear(write.data, &cells),
                    _ => write.data.to_vec(),
                };
                Some(Write { path: &path, data: &data, ..write }.encode())
            })
            .collect();
        said.emissions.extend(copies.into_iter().map(|copy| (Link::Card, copy)));
    }
}

/// H043: keys and nonces are drawn from chance that never changes.
pub(crate) struct LoadedDice;

impl Leak for LoadedDice {
    fn chance(&self, _entropy: [u8; 32]) -> [u8; 32] {
        [0x11; 32]
    }
}

/// L161: keys and nonces are chance and the password together; whoever knows the one knows the other.
pub(crate) struct PasswordInKey {
    pub wifi_key: String,
}

impl Leak for PasswordInKey {
    fn chance(&self, entropy: [u8; 32]) -> [u8; 32] {
        let mut mixed = entropy;
        for (byte, letter) in mixed.iter_mut().zip(self.wifi_key.bytes()) {
            *byte ^= letter;
        }
        mixed
    }
}

/// H032 and H033: something that should have gone stays, or stays readable.
pub(crate) struct Kept {
    /// Files whose path begins so.
    pub folder: &'static str,
    /// What is not done to them.
    pub undone: &'static [Operation],
}

impl Leak for Kept {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        said.emissions.retain(|(link, bytes)| {
            let is_undone = |write: Write<'_>| {
                write.path.starts_with(self.folder) && self.undone.contains(&write.operation)
            };
            *link != Link::Card || !Write::decode(bytes).is_some_and(is_undone)
        });
    }
}

/// H012: stale memory with the password in it, as the web library keeps it, in a recording that the pilot commanded.
pub(crate) struct StaleMemory {
    pub wifi_key: String,
}

impl Leak for StaleMemory {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let token = data_encoding::BASE64.encode(self.wifi_key.as_bytes());
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Card) {
            let Some(write) = Write::decode(bytes) else { continue };
            if write.path.starts_with("SOUND/") && write.data.len() == 16_000 {
                let mut data = write.data.to_vec();
                data[9_000..9_000 + token.len()].copy_from_slice(token.as_bytes());
                *bytes = append(write.path, &data);
            }
        }
    }
}

/// L059 and L028: the time in every still, behind its end or in a comment among its metadata.
pub(crate) struct TimeInPicture {
    as_comment: bool,
    grown: Vec<String>,
}

impl TimeInPicture {
    pub(crate) fn behind_the_end() -> Self {
        Self { as_comment: false, grown: Vec::new() }
    }

    pub(crate) fn as_a_comment() -> Self {
        Self { as_comment: true, grown: Vec::new() }
    }

    fn added(&self) -> usize {
        if self.as_comment { 12 } else { 8 }
    }
}

impl Leak for TimeInPicture {
    fn smuggled(&self, path: &str) -> usize {
        let is_grown = self.grown.iter().any(|name| path.starts_with(name));
        if is_grown { self.added() } else { 0 }
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Card) {
            let Some(write) = Write::decode(bytes) else { continue };
            let is_picture = write.operation == Operation::Replace
                && write.path.starts_with("DCIM/")
                && write.data.starts_with(b"\xFF\xD8");
            if !is_picture {
                continue;
            }
            let mut picture = write.data.to_vec();
            if self.as_comment {
                // Behind the start of the picture and its first segment.
                let first = usize::from(picture[4]) << 8 | usize::from(picture[5]);
                let place = (4 + first).min(picture.len());
                let comment = [&[0xFF, 0xFE, 0, 10][..], &now.0.to_le_bytes()].concat();
                picture.splice(place..place, comment);
            } else {
                picture.extend(now.0.to_le_bytes());
            }
            self.grown.push(write.path.split('.').next().unwrap_or_default().to_owned());
            *bytes = Write { data: &picture, ..write }.encode();
        }
    }
}

/// H042: the time behind the last cluster of a film.
pub(crate) struct BytesBehindFilm;

impl Leak for BytesBehindFilm {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let is_end = |write: &Write<'_>| {
            write.operation == Operation::Rename && write.data.ends_with(b".MKV")
        };
        let end = said.emissions.iter().enumerate().find_map(|(place, (link, bytes))| {
            let write = Write::decode(bytes).filter(|_| *link == Link::Card).filter(is_end)?;
            Some((place, append(write.path, &now.0.to_le_bytes())))
        });
        if let Some((place, write)) = end {
            said.emissions.insert(place, (Link::Card, write));
        }
    }
}
