//! The microphone: 32 samples a tick of rotor noise and of whoever speaks, each seat with its own voices.
//!
//! A root mean square of full scale is 120 dB SPL. A voice fades with the inverse of its distance; the time that
//! sound takes is left out. While nobody speaks, all seats hear the same slice.
//!
//! **Never:** hears a wall; buildings do not damp.

use crate::airframe::Airframe;
use crate::cast::{Cast, Utterance};
use crate::chance::{Seed, Stream};
use crate::secrets::Secrets;
use evidence::Tick;
use glam::DVec3;
use std::sync::Arc;
use vehicle::senses::SAMPLES_PER_TICK;

/// A root mean square of full scale is this loud.
const FULL_SCALE_DB: f64 = 120.0;
/// From here on a voice counts as loud.
const LOUD_DB: f64 = 70.0;
/// Nobody's mouth is nearer to the capsule than this.
const NEAREST_M: f64 = 0.1;
/// Standard deviation of the sum of two even bytes.
const TWO_BYTES_SD: f64 = 104.512;

/// Sound of one tick.
pub type Sound = [i16; SAMPLES_PER_TICK];

/// The microphone and what it heard in this tick.
pub struct Microphone {
    floor: f64,
    noise_per_radps2: f64,
    stream: Stream,
    noise: [f32; SAMPLES_PER_TICK],
    heard: Vec<Sound>,
    speaking: bool,
    loudest: Option<Voice>,
}

/// A voice at the capsule.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    /// Whose, and which words.
    pub utterance: Utterance,
    /// dB SPL at the capsule.
    pub level_db: f64,
    /// Whether it reaches 70 dB there.
    pub is_loud: bool,
    amplitude: f32,
}

impl Microphone {
    /// A microphone for so many different sets of voices.
    #[must_use]
    pub fn of(airframe: &Airframe, sets: usize, seed: &Seed) -> Self {
        let reference = airframe.rotor_noise_reference_radps * airframe.rotor_noise_reference_radps;
        Self {
            floor: amplitude(airframe.microphone_floor_db),
            noise_per_radps2: amplitude(airframe.rotor_noise_db)
                / (reference * airframe.rotors.len() as f64),
            stream: seed.fork("microphone").stream(),
            noise: [0.0; SAMPLES_PER_TICK],
            heard: vec![[0; SAMPLES_PER_TICK]; sets.max(1)],
            speaking: false,
            loudest: None,
        }
    }

    /// Listens for one tick on behalf of every set of voices.
    pub fn listen(
        &mut self,
        now: Tick,
        at_m: DVec3,
        rotor_radps: &[f64],
        cast: &Cast,
        sets: &[Arc<Secrets>],
    ) {
        self.make_noise(rotor_radps);
        self.speaking = !cast.speaking().is_empty();
        self.loudest = None;
        if !self.speaking {
            self.heard[0] = self.noise.map(|s| s as i16);
            return;
        }
        let mut mixes: Vec<[f32; SAMPLES_PER_TICK]> = vec![self.noise; sets.len()];
        for utterance in cast.speaking() {
            let mouth_m = cast.figures()[utterance.who].mouth_m();
            let voice = arrive(*utterance, mouth_m.distance(at_m));
            if self.loudest.is_none_or(|l| l.amplitude < voice.amplitude) {
                self.loudest = Some(voice);
            }
            for (mix, secrets) in mixes.iter_mut().zip(sets) {
                voice.add_to(mix, now, secrets);
            }
        }
        for (heard, mix) in self.heard.iter_mut().zip(&mixes) {
            // Rounds towards zero and stops at full scale.
            *heard = mix.map(|s| s as i16);
        }
    }

    /// What this tick sounds like, by set of voices; while nobody speaks there is one sound for all.
    #[must_use]
    pub fn sounds(&self) -> &[Sound] {
        if self.speaking { &self.heard } else { &self.heard[..1] }
    }

    /// The loudest voice of this tick.
    #[must_use]
    pub fn loudest(&self) -> Option<&Voice> {
        self.loudest.as_ref()
    }

    fn make_noise(&mut self, rotor_radps: &[f64]) {
        let squares: f64 = rotor_radps.iter().map(|w| w * w).sum();
        let scale = ((self.floor + self.noise_per_radps2 * squares) / TWO_BYTES_SD) as f32;
        let mut bytes = [0_u8; 2 * SAMPLES_PER_TICK];
        self.stream.fill(&mut bytes);
        let (first, second) = bytes.split_at(SAMPLES_PER_TICK);
        for ((noise, a), b) in self.noise.iter_mut().zip(first).zip(second) {
            *noise = (f32::from(*a) + f32::from(*b) - 255.0) * scale;
        }
    }
}

impl Voice {
    /// Largest part that this voice has in samples `from` and on of this tick.
    #[must_use]
    pub fn peak(&self, now: Tick, secrets: &Secrets, from: usize, count: usize) -> f32 {
        let samples = self.samples(now, secrets);
        let part = samples.get(from..(from + count).min(samples.len())).unwrap_or(&[]);
        part.iter().fold(0.0_f32, |peak, s| peak.max((s * self.amplitude).abs()))
    }

    fn add_to(&self, mix: &mut [f32; SAMPLES_PER_TICK], now: Tick, secrets: &Secrets) {
        for (out, sample) in mix.iter_mut().zip(self.samples(now, secrets)) {
            *out += sample * self.amplitude;
        }
    }

    fn samples<'a>(&self, now: Tick, secrets: &'a Secrets) -> &'a [f32] {
        let clip = &secrets.voices[self.utterance.number];
        let start = ((now.0 - self.utterance.since.0) as usize) * SAMPLES_PER_TICK;
        clip.get(start..(start + SAMPLES_PER_TICK).min(clip.len())).unwrap_or(&[])
    }
}

/// Full scale × root mean square of a sound this loud.
fn amplitude(level_db: f64) -> f64 {
    f64::from(i16::MAX) * libm::exp10((level_db - FULL_SCALE_DB) / 20.0)
}

fn arrive(utterance: Utterance, distance_m: f64) -> Voice {
    let level_db = utterance.level_db - 20.0 * libm::log10(distance_m.max(NEAREST_M));
    Voice {
        utterance,
        level_db,
        is_loud: level_db >= LOUD_DB,
        amplitude: amplitude(level_db) as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(level_db: f64, distance_m: f64) -> Voice {
        let said = Utterance { number: 0, who: 0, since: Tick(0), level_db, lasts_ticks: 9 };
        arrive(said, distance_m)
    }

    #[test]
    fn twice_as_far_is_half_as_loud_and_six_decibels_less() {
        for (level_db, distance_m, at_mic_db) in
            [(70.0, 1.0, 70.0), (70.0, 2.0, 63.98), (90.0, 10.0, 70.0), (70.0, 0.0, 90.0)]
        {
            assert!((voice(level_db, distance_m).level_db - at_mic_db).abs() < 0.01);
        }
        let (near, far) = (voice(80.0, 3.0), voice(80.0, 6.0));
        assert!((near.amplitude / far.amplitude - 2.0).abs() < 1e-4);
        assert!((amplitude(120.0) - 32_767.0).abs() < 1e-6);
        assert!(voice(90.0, 9.9).is_loud && !voice(90.0, 10.1).is_loud);
    }
}
