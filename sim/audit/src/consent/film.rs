//! The pictures and the sound in a film, found without judging its form.
//!
//! **Never:** accepts or refuses an element; that is for the decoder.

use std::collections::BTreeMap;

const SEGMENT: u32 = 0x1853_8067;
const CLUSTER: u32 = 0x1F43_B675;
const TIMESTAMP: u32 = 0xE7;
const BLOCK: u32 = 0xA3;
const PICTURES: u8 = 0x81;
const SOUND: u8 = 0x82;

/// What is in a film.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reel<'a> {
    /// Pictures by their time in milliseconds.
    pub pictures: BTreeMap<u64, &'a [u8]>,
    /// Bytes of sound.
    pub sound_bytes: u64,
}

impl<'a> Reel<'a> {
    /// Reads a film as far as it goes.
    pub fn of(film: &'a [u8]) -> Self {
        let mut reel = Self::default();
        reel.read(film, &mut 0);
        reel
    }

    fn read(&mut self, mut rest: &'a [u8], base_ms: &mut u64) {
        while let Some((id, value, after)) = element(rest) {
            match id {
                SEGMENT | CLUSTER => self.read(value, base_ms),
                TIMESTAMP if value.len() <= 8 => {
                    *base_ms = value.iter().fold(0, |n, byte| n << 8 | u64::from(*byte));
                }
                BLOCK => self.block(value, *base_ms),
                _ => {}
            }
            rest = after;
        }
    }

    fn block(&mut self, block: &'a [u8], base_ms: u64) {
        let Some((head, data)) = block.split_at_checked(4) else { return };
        let after_ms = u64::from(u16::from_be_bytes([head[1], head[2]]));
        match head[0] {
            PICTURES => {
                self.pictures.insert(base_ms.saturating_add(after_ms), data);
            }
            SOUND => self.sound_bytes += data.len() as u64,
            _ => {}
        }
    }
}

/// The first element: its id, its contents, and what follows. An open one goes on to the end.
fn element(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let size = bytes.first()?.leading_zeros() as usize + 1;
    let (id, rest) = bytes.split_at_checked(size).filter(|_| size <= 4)?;
    let id = id.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
    let size = rest.first()?.leading_zeros() as usize + 1;
    let (length, rest) = rest.split_at_checked(size).filter(|_| size <= 8)?;
    let open = (1_u64 << (7 * size)) - 1;
    let length = length.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)) & open;
    let length = if length == open { rest.len() } else { usize::try_from(length).ok()? };
    let (value, after) = rest.split_at_checked(length)?;
    Some((id, value, after))
}
