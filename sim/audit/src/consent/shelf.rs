//! The card's files by their contents, so that a run of their bytes is known again anywhere.
//!
//! Files are cut into blocks of 32 bytes; any run of 64 bytes holds a whole block, which a rolling hash finds.
//!
//! **Never:** takes equal hashes for equal bytes; knows a file by bytes that other files share by form.

use crate::case::{Case, log_number, object_number, picture_number, sound_number};
use evidence::Class;
use std::borrow::Cow;

const BLOCK: usize = 32;
/// Shortest run that counts.
const RUN: usize = 64;
/// Fewest different bytes in a block; fewer and it is silence, sky or padding.
const DIFFERENT_MIN: usize = 12;
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const FILTER_BITS: u32 = 22;
/// A picture's scan begins so many bytes behind its marker.
const SCAN_HEAD: usize = 14;

/// All files that hold something to consent to.
pub struct Shelf<'a> {
    files: Vec<(Class, u32, Cow<'a, [u8]>)>,
    blocks: Vec<(u64, u32, u32)>,
    filter: Vec<u64>,
}

impl<'a> Shelf<'a> {
    /// Reads every file that was ever written.
    pub fn of(case: &'a Case<'_>) -> Self {
        let mut files = Vec::new();
        for life in &case.lives {
            let bytes = life.bytes.as_slice();
            match object_of(life.path) {
                Some((Class::Imagery, number)) => {
                    // All pictures of a camera share their tables, so only what follows them tells one.
                    let scans = scans(bytes).map(|scan| (Class::Imagery, number, scan.into()));
                    files.extend(scans);
                }
                Some((Class::Audio, number)) => {
                    files.push((Class::Audio, number, bytes.into()));
                    // As films have it: each sample the other way round.
                    let swapped = bytes.chunks_exact(2).flat_map(|pair| [pair[1], pair[0]]);
                    files.push((Class::Audio, number, swapped.collect::<Vec<_>>().into()));
                }
                Some((class, number)) => files.push((class, number, bytes.into())),
                None => {}
            }
        }
        let mut shelf = Self { files, blocks: Vec::new(), filter: vec![0; 1 << (FILTER_BITS - 6)] };
        for (place, (_, _, bytes)) in shelf.files.iter().enumerate() {
            for (number, block) in bytes.chunks_exact(BLOCK).enumerate() {
                if is_varied(block) {
                    let hash = hash(block);
                    let (word, bit) = filter_place(hash);
                    shelf.filter[word] |= bit;
                    shelf.blocks.push((hash, place as u32, (number * BLOCK) as u32));
                }
            }
        }
        shelf.blocks.sort_unstable();
        shelf
    }

    /// The files that hold the first long run of `bytes` that any file holds.
    pub fn sources(&self, bytes: &[u8]) -> Option<Vec<(Class, u32)>> {
        if self.blocks.is_empty() || bytes.len() < RUN {
            return None;
        }
        let drop = (0..BLOCK).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        let mut rolling = hash(&bytes[..BLOCK]);
        for at in 0..=bytes.len() - BLOCK {
            if at > 0 {
                let (old, new) = (u64::from(bytes[at - 1]), u64::from(bytes[at + BLOCK - 1]));
                rolling = rolling.wrapping_mul(BASE).wrapping_add(new);
                rolling = rolling.wrapping_sub(old.wrapping_mul(drop));
            }
            let (word, bit) = filter_place(rolling);
            if self.filter[word] & bit != 0 {
                let sources = self.sources_at(rolling, bytes, at);
                if !sources.is_empty() {
                    return Some(sources);
                }
            }
        }
        None
    }

    fn sources_at(&self, hash: u64, bytes: &[u8], at: usize) -> Vec<(Class, u32)> {
        let from = self.blocks.partition_point(|(known, ..)| *known < hash);
        let same = self.blocks[from..].iter().take_while(|(known, ..)| *known == hash);
        let mut sources: Vec<_> = same
            .filter_map(|&(_, file, offset)| {
                let (class, number, ref held) = self.files[file as usize];
                let offset = offset as usize;
                let equal = |(a, b): &(&u8, &u8)| a == b;
                let after = held[offset..].iter().zip(&bytes[at..]).take_while(equal).count();
                let before = held[..offset].iter().rev().zip(bytes[..at].iter().rev());
                let before = before.take_while(equal).count();
                (after >= BLOCK && before + after >= RUN).then_some((class, number))
            })
            .collect();
        sources.dedup();
        sources
    }
}

/// The object that a file of the card is or becomes.
pub fn object_of(path: &str) -> Option<(Class, u32)> {
    let picture = picture_number(path).or(object_number(path, "DCIM/100HUSHW/HW_", ".TMP"));
    let sound = sound_number(path).or(object_number(path, "SOUND/SND_", ".TMP"));
    let log = log_number(path);
    let of = |class: Class| move |number| (class, number);
    picture
        .map(of(Class::Imagery))
        .or(sound.map(of(Class::Audio)))
        .or(log.map(of(Class::FlightLog)))
}

/// The coded parts of all pictures in some bytes; within one, no marker stands.
fn scans(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let find = |bytes: &[u8], marker: u8| bytes.windows(2).position(|w| w == [0xFF, marker]);
        let begin = find(rest, 0xDA)?;
        let scan = rest.get(begin + SCAN_HEAD..).unwrap_or_default();
        let end = find(scan, 0xD9).unwrap_or(scan.len());
        rest = &scan[end..];
        Some(&scan[..end])
    })
}

fn hash(block: &[u8]) -> u64 {
    block.iter().fold(0, |hash: u64, byte| hash.wrapping_mul(BASE).wrapping_add(u64::from(*byte)))
}

fn filter_place(hash: u64) -> (usize, u64) {
    let place = (hash >> (64 - FILTER_BITS)) as usize;
    (place / 64, 1 << (place % 64))
}

fn is_varied(block: &[u8]) -> bool {
    let mut seen = [false; 256];
    block.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    seen.iter().filter(|seen| **seen).count() >= DIFFERENT_MIN
}
