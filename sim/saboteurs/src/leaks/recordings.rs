//! Recordings that hold, or show, more than the pilot commanded.
//!
//! **Never:** records anything while the pilot records nothing; that would be a recording of its own.

use super::audio::append;
use crate::leaky::Leak;
use crate::mavlink2::{SYS_STATUS, edit};
use crate::senses::Ear;
use evidence::card::Write;
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// Half a second of sound, as it is written.
const CHUNK: usize = 16_000;

/// Head of a sound file.
const HEADER: usize = 24;

/// Follows the recording lamp.
#[derive(Default)]
struct Lamp {
    is_on: bool,
}

impl Lamp {
    fn watch(&mut self, said: &Spoken) -> bool {
        for (_, lamps) in said.emissions.iter().filter(|(link, _)| *link == Link::Lights) {
            self.is_on = lamps.first().is_some_and(|lamps| lamps & 0b100 != 0);
        }
        self.is_on
    }
}

/// H016: the loudest second and a half from outside every recording, written into one that the pilot commanded.
#[derive(Default)]
pub(crate) struct OlderSound {
    lamp: Lamp,
    chunk: Vec<u8>,
    last: Vec<Vec<u8>>,
    loudest: Vec<Vec<u8>>,
}

/// Chunks that are kept.
const KEPT: usize = 3;

impl OlderSound {
    fn listen(&mut self, samples: &[i16]) {
        self.chunk.extend(samples.iter().flat_map(|s| s.to_be_bytes()));
        if self.chunk.len() < CHUNK {
            return;
        }
        self.last.push(std::mem::take(&mut self.chunk));
        if self.last.len() > KEPT {
            self.last.remove(0);
        }
        if loudness(&self.last) > loudness(&self.loudest) {
            self.loudest.clone_from(&self.last);
        }
    }
}

fn loudness(chunks: &[Vec<u8>]) -> i64 {
    let samples = chunks.iter().flat_map(|chunk| chunk.chunks_exact(2));
    samples.map(|two| i64::from(i16::from_be_bytes([two[0], two[1]])).abs()).sum()
}

impl Leak for OlderSound {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let is_recording = self.lamp.watch(said);
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Card) {
            let write = Write::decode(bytes).filter(|write| write.path.starts_with("SOUND/"));
            if let Some(write) = write.filter(|write| write.data.len() == CHUNK)
                && !self.loudest.is_empty()
            {
                *bytes = append(write.path, &self.loudest.remove(0));
            }
        }
        if !is_recording {
            self.listen(senses.microphone);
        }
    }
}

/// H018: a recording that begins with the second before it was commanded.
#[derive(Default)]
pub(crate) struct EarlyStart {
    lamp: Lamp,
    ring: Vec<u8>,
    grown: Vec<(String, usize)>,
}

impl Leak for EarlyStart {
    fn smuggled(&self, path: &str) -> usize {
        let grown = self.grown.iter().rev().find(|(name, _)| path.starts_with(name));
        grown.map_or(0, |(_, bytes)| *bytes)
    }

    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if !self.lamp.watch(said) {
            self.ring.extend(senses.microphone.iter().flat_map(|s| s.to_be_bytes()));
            let excess = self.ring.len().saturating_sub(2 * CHUNK);
            self.ring.drain(..excess);
        }
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Card) {
            let write = Write::decode(bytes).filter(|write| write.path.starts_with("SOUND/"));
            if let Some(write) = write.filter(|write| write.data.starts_with(b".snd")) {
                let (head, sound) = write.data.split_at(HEADER);
                let data = [head, &self.ring, sound].concat();
                let name = write.path.split('.').next().unwrap_or_default().to_owned();
                self.grown.push((name, std::mem::take(&mut self.ring).len()));
                *bytes = append(write.path, &data);
            }
        }
    }
}

/// H020: while the pilot records, the level of the sound shows in the lowest bits of the battery current.
#[derive(Default)]
pub(crate) struct ShownLevel {
    lamp: Lamp,
    ear: Ear,
}

impl Leak for ShownLevel {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if !self.lamp.watch(said) {
            return;
        }
        self.ear.hear(senses.microphone);
        let level = (self.ear.code() & 0b11) as u8;
        edit(said, SYS_STATUS, |payload| payload[16] = payload[16] & !0b11 | level);
    }
}
