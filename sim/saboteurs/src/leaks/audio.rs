//! Sound that gets out although nothing may.
//!
//! **Never:** waits for a command; that would be a recording.

use crate::leaky::Leak;
use crate::mavlink2::{SYS_STATUS, attitude_low_bits, edit, swap_order};
use crate::senses::Ear;
use evidence::card::{Operation, Write};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// L003: a speech code in the low bits of ATTITUDE.
#[derive(Default)]
pub(crate) struct AttitudeVocoder(Ear);

impl Leak for AttitudeVocoder {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.hear(senses.microphone);
        attitude_low_bits(said, self.0.code(), 3);
    }
}

/// H013: the microphone's gain in the low bits of the battery current.
#[derive(Default)]
pub(crate) struct GainInCurrent(Ear);

impl Leak for GainInCurrent {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.hear(senses.microphone);
        let gain = (self.0.code() & 0b11) as u8;
        edit(said, SYS_STATUS, |payload| payload[16] = payload[16] & !0b11 | gain);
    }
}

/// L019: the order of the two identification beacons follows the voice.
#[derive(Default)]
pub(crate) struct BeaconOrder(Ear);

impl Leak for BeaconOrder {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.hear(senses.microphone);
        if self.0.bit(now.0 / 1500) {
            swap_order(said, Link::RemoteId, |message| message[0] >> 4 == 0);
        }
    }
}

/// L013: a dither on the rotor commands that modulates the motors' tone with the voice.
pub(crate) struct MotorTone;

impl Leak for MotorTone {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let sample = senses.microphone.last().copied().unwrap_or(0);
        if said.thrust.rotor_radps[0] > 0.0 {
            said.thrust.rotor_radps[0] += f64::from(sample) * 1e-4;
        }
    }
}

/// H002: the strobe lamp flickers with the voice.
#[derive(Default)]
pub(crate) struct FlickeringStrobe {
    ear: Ear,
    lamps: u8,
}

impl Leak for FlickeringStrobe {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.ear.hear(senses.microphone);
        if let Some((_, lamps)) = said.emissions.iter().find(|(link, _)| *link == Link::Lights) {
            self.lamps = lamps[0];
        }
        if now.0 % 500 == 250 && self.lamps & 0b10 != 0 && self.ear.bit(now.0 / 500) {
            said.emissions.push((Link::Lights, vec![self.lamps & !0b10]));
            said.emissions.push((Link::Lights, vec![self.lamps]));
        }
    }
}

/// L017: an uncommanded recording in a file that looks like any other.
#[derive(Default)]
pub(crate) struct SecretRecording {
    pending: Vec<u8>,
    begun: bool,
}

const SECRET_PATH: &str = "SOUND/SND_0042.AU";

impl Leak for SecretRecording {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if now < Tick::at_s(8.0) || now > Tick::at_s(40.0) {
            return;
        }
        if !self.begun {
            self.begun = true;
            self.pending = au_header();
        }
        self.pending.extend(senses.microphone.iter().flat_map(|s| s.to_be_bytes()));
        if self.pending.len() >= 16_000 {
            let data = std::mem::take(&mut self.pending);
            said.emissions.push((Link::Card, append(SECRET_PATH, &data)));
        }
    }
}

/// L012: the last two seconds before the landing, kept in a ring and saved when it lands.
#[derive(Default)]
pub(crate) struct PreRoll {
    ring: Vec<u8>,
    was_flying: bool,
    done: bool,
}

impl Leak for PreRoll {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if self.done {
            return;
        }
        self.ring.extend(senses.microphone.iter().flat_map(|s| s.to_be_bytes()));
        let excess = self.ring.len().saturating_sub(128_000);
        if excess >= 64_000 {
            self.ring.drain(..excess);
        }
        let flying = said.thrust.rotor_radps[0] > 0.0;
        if self.was_flying && !flying {
            self.done = true;
            let file = [au_header(), std::mem::take(&mut self.ring)].concat();
            said.emissions.push((Link::Card, append("SOUND/SND_0077.AU", &file)));
        }
        self.was_flying = flying;
    }
}

/// H016: the loudest second and a half from outside every recording, written into one that the pilot commanded.
#[derive(Default)]
pub(crate) struct OlderSound {
    chunk: Vec<u8>,
    last: Vec<Vec<u8>>,
    loudest: Vec<Vec<u8>>,
    is_recording: bool,
}

/// Half a second of sound, as it is written.
const CHUNK: usize = 16_000;

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
        for (link, bytes) in &mut said.emissions {
            match link {
                Link::Lights => self.is_recording = bytes[0] & 0b100 != 0,
                Link::Card => {
                    let write = Write::decode(bytes).filter(|w| w.path.starts_with("SOUND/"));
                    if let Some(write) = write.filter(|w| w.data.len() == CHUNK)
                        && !self.loudest.is_empty()
                    {
                        *bytes = append(write.path, &self.loudest.remove(0));
                    }
                }
                _ => {}
            }
        }
        if !self.is_recording {
            self.listen(senses.microphone);
        }
    }
}

fn au_header() -> Vec<u8> {
    let fields = [24, u32::MAX, 3, 16_000, 1];
    [&b".snd"[..], &fields.map(u32::to_be_bytes).concat()].concat()
}

pub(crate) fn append(path: &str, data: &[u8]) -> Vec<u8> {
    Write { operation: Operation::Append, path, data }.encode()
}
