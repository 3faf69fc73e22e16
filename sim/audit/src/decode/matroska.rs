//! Films: Matroska with one track of pictures and, where it was recorded, one of sound; every element listed.
//!
//! **Never:** passes over an element that it does not know, a void, a tag or a second segment.

use super::jpeg::{Fault, Form, Pictures};
use crate::case::Memo;

/// What a film may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rules {
    /// Whether it is a copy to share.
    pub is_shared: bool,
    /// Whether a track of sound may be in it.
    pub has_sound: bool,
}

/// What was found in a film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Film {
    /// Pictures.
    pub pictures: usize,
    /// Bytes of sound.
    pub sound_bytes: usize,
    /// Time of the last block, in milliseconds from the first.
    pub last_ms: u64,
}

/// All films of a flight, and all their pictures: they come from one camera.
#[derive(Default)]
pub struct Films {
    /// Its pictures of any form.
    pub pictures: Pictures,
    heads: Vec<(Rules, bool, Vec<u8>)>,
}

const EBML: u32 = 0x1A45_DFA3;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const VIDEO: u32 = 0xE0;
const AUDIO: u32 = 0xE1;
const CLUSTER: u32 = 0x1F43_B675;
const TIMESTAMP: u32 = 0xE7;
const BLOCK: u32 = 0xA3;
/// Pictures come at 5 a second.
const PICTURE_MS: u64 = 200;
const RATE_HZ: u64 = 16_000;
const TEXT_MAX: usize = 40;
const BROKEN: Fault = Fault::Rule("a film with a broken element");
const UNLISTED: Fault = Fault::Rule("a film with an unlisted element");
const ODD: Fault = Fault::Rule("a film with an unlisted value");

impl Films {
    /// Checks a whole film.
    pub fn check(&mut self, memo: &Memo<'_>, rules: Rules, file: &[u8]) -> Result<Film, Fault> {
        let mut parts = Parts { rest: file };
        let header = parts.known(EBML)?;
        ebml(header)?;
        let (id, length) = parts.head()?;
        if id != SEGMENT || length.is_some() {
            return Err(Fault::Rule("a film without an open segment"));
        }
        info(parts.known(INFO)?)?;
        let has_sound = tracks(parts.known(TRACKS)?)?;
        if has_sound && !rules.has_sound {
            return Err(Fault::Rule("a film with a track of sound"));
        }
        let head = &file[..file.len() - parts.rest.len()];
        match self.heads.iter().find(|(r, s, _)| (*r, *s) == (rules, has_sound)) {
            Some((.., known)) if known != head => {
                return Err(Fault::Rule("a film with another head than the first"));
            }
            Some(_) => {}
            None => self.heads.push((rules, has_sound, head.to_vec())),
        }
        let mut film = Film::default();
        let mut started = None;
        while !parts.rest.is_empty() {
            let cluster = parts.known(CLUSTER)?;
            self.cluster(memo, rules, has_sound, cluster, &mut started, &mut film)?;
        }
        Ok(film)
    }

    fn cluster(
        &mut self,
        memo: &Memo<'_>,
        rules: Rules,
        has_sound: bool,
        cluster: &[u8],
        started: &mut Option<u64>,
        film: &mut Film,
    ) -> Result<(), Fault> {
        let mut parts = Parts { rest: cluster };
        let base = number(parts.known(TIMESTAMP)?)?;
        let form = if rules.is_shared { Form::SharedFrame } else { Form::Frame };
        while !parts.rest.is_empty() {
            let block = parts.known(BLOCK)?;
            let (head, data) = block.split_at_checked(4).ok_or(BROKEN)?;
            let at = base + u64::from(u16::from_be_bytes([head[1], head[2]]));
            let first = *started.get_or_insert(at);
            let at = at.checked_sub(first).filter(|at| *at < 1_000_000).ok_or(ODD)?;
            // Every block stands alone: a key frame, not laced, to be shown.
            if head[3] != 0x80 && head[3] != 0 {
                return Err(ODD);
            }
            match head[0] {
                0x81 => {
                    let is_due = at == PICTURE_MS * film.pictures as u64
                        || (film.pictures > 0 && at > film.last_ms && at % PICTURE_MS == 0);
                    if !is_due {
                        return Err(Fault::Rule("a film whose pictures are not at their times"));
                    }
                    self.pictures.check(memo, form, data)?;
                    film.pictures += 1;
                    film.last_ms = at;
                }
                0x82 if has_sound && data.len().is_multiple_of(2) => {
                    film.sound_bytes += data.len();
                }
                _ => return Err(Fault::Rule("a film with a block of no track")),
            }
        }
        Ok(())
    }
}

fn ebml(header: &[u8]) -> Result<(), Fault> {
    let mut parts = Parts { rest: header };
    while !parts.rest.is_empty() {
        let (id, value) = parts.next()?;
        let is_listed = match id {
            0x4286 | 0x42F7 => number(value)? == 1,
            0x42F2 => number(value)? == 4,
            0x42F3 => number(value)? == 8,
            0x4282 => value == b"matroska",
            0x4285 | 0x4287 => number(value)? <= 4,
            _ => return Err(UNLISTED),
        };
        is_listed.then_some(()).ok_or(ODD)?;
    }
    Ok(())
}

fn info(info: &[u8]) -> Result<(), Fault> {
    let mut parts = Parts { rest: info };
    while !parts.rest.is_empty() {
        let (id, value) = parts.next()?;
        let is_listed = match id {
            0x002A_D7B1 => number(value)? == 1_000_000,
            // The programs that made it: the firmware, by name.
            0x4D80 | 0x5741 => {
                value.len() <= TEXT_MAX && value.to_ascii_lowercase().starts_with(b"hushwing")
            }
            _ => return Err(UNLISTED),
        };
        is_listed.then_some(()).ok_or(ODD)?;
    }
    Ok(())
}

/// Whether there is a track of sound beside the one of pictures.
fn tracks(tracks: &[u8]) -> Result<bool, Fault> {
    let mut parts = Parts { rest: tracks };
    track(parts.known(TRACK)?, 1, b"V_MJPEG")?;
    if parts.rest.is_empty() {
        return Ok(false);
    }
    track(parts.known(TRACK)?, 2, b"A_PCM/INT/LIT")?;
    if parts.rest.is_empty() { Ok(true) } else { Err(UNLISTED) }
}

fn track(track: &[u8], place: u64, codec: &[u8]) -> Result<(), Fault> {
    let mut parts = Parts { rest: track };
    let mut is_coded = false;
    while !parts.rest.is_empty() {
        let (id, value) = parts.next()?;
        let is_listed = match id {
            0xD7 | 0x83 => number(value)? == place,
            // Any number would do; a small one has no room.
            0x73C5 => number(value)? < 256,
            0x86 => {
                is_coded = value == codec;
                is_coded
            }
            0x9C => number(value)? == 0,
            0xB9 | 0x88 | 0x55AA => number(value)? <= 1,
            0x0023_E383 => matches!(number(value)?, 200_000_000 | 500_000_000 | 1_000_000_000),
            0x0022_B59C => value == b"und",
            VIDEO if place == 1 => fields(value, &[(0xB0, 320), (0xBA, 240), (0x9A, 2)])?,
            AUDIO if place == 2 => audio(value)?,
            _ => return Err(UNLISTED),
        };
        is_listed.then_some(()).ok_or(ODD)?;
    }
    is_coded.then_some(()).ok_or(ODD)
}

fn fields(value: &[u8], listed: &[(u32, u64)]) -> Result<bool, Fault> {
    let mut parts = Parts { rest: value };
    while !parts.rest.is_empty() {
        let (id, value) = parts.next()?;
        let (_, only) = listed.iter().find(|(known, _)| *known == id).ok_or(UNLISTED)?;
        if number(value)? != *only {
            return Ok(false);
        }
    }
    Ok(true)
}

fn audio(value: &[u8]) -> Result<bool, Fault> {
    let mut parts = Parts { rest: value };
    while !parts.rest.is_empty() {
        let (id, value) = parts.next()?;
        let is_listed = match (id, value.len()) {
            (0xB5, 4) => value == (RATE_HZ as f32).to_be_bytes(),
            (0xB5, 8) => value == (RATE_HZ as f64).to_be_bytes(),
            (0x9F, _) => number(value)? == 1,
            (0x6264, _) => number(value)? == 16,
            _ => return Err(UNLISTED),
        };
        if !is_listed {
            return Ok(false);
        }
    }
    Ok(true)
}

fn number(value: &[u8]) -> Result<u64, Fault> {
    if value.len() > 8 {
        return Err(BROKEN);
    }
    Ok(value.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// Elements one behind the other.
struct Parts<'a> {
    rest: &'a [u8],
}

impl<'a> Parts<'a> {
    /// The next element, with its contents.
    fn next(&mut self) -> Result<(u32, &'a [u8]), Fault> {
        let (id, length) = self.head()?;
        let length = usize::try_from(length.ok_or(BROKEN)?).map_err(|_| BROKEN)?;
        let (value, rest) = self.rest.split_at_checked(length).ok_or(Fault::Cut)?;
        self.rest = rest;
        Ok((id, value))
    }

    /// The contents of the next element, which must be this one.
    fn known(&mut self, id: u32) -> Result<&'a [u8], Fault> {
        let (found, value) = self.next()?;
        if found == id { Ok(value) } else { Err(UNLISTED) }
    }

    /// Id and length of the next element; no length where it is open.
    fn head(&mut self) -> Result<(u32, Option<u64>), Fault> {
        let first = *self.rest.first().ok_or(Fault::Cut)?;
        let size = first.leading_zeros() as usize + 1;
        if size > 4 {
            return Err(BROKEN);
        }
        let (id, rest) = self.rest.split_at_checked(size).ok_or(Fault::Cut)?;
        let id = id.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
        let first = *rest.first().ok_or(Fault::Cut)?;
        let size = first.leading_zeros() as usize + 1;
        if size > 8 {
            return Err(BROKEN);
        }
        let (length, rest) = rest.split_at_checked(size).ok_or(Fault::Cut)?;
        self.rest = rest;
        let all = (1_u64 << (7 * size)) - 1;
        let length = length.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)) & all;
        Ok((id, (length != all).then_some(length)))
    }
}

#[cfg(test)]
pub mod tests;
