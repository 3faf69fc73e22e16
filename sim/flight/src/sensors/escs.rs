//! Rotor speeds as the speed controllers tell them, 100 Hz: what bidirectional DShot carries.
//!
//! A controller measures the time of one electrical turn and sends it in microseconds as nine bits times a power of two
//! (the eRPM frame of Betaflight's and BLHeli_32's bidirectional DShot). The longest time that it can say means standing still.
//!
//! **Never:** turns a rotor; knows what was commanded.

use super::failure::Reading;
use crate::chance::{Seed, Stream};
use vehicle::senses::ROTORS_MAX;

/// Pairs of poles of a motor: 14 magnets, as nearly all of these have.
const POLE_PAIRS: f64 = 7.0;
/// How far the time of a turn is off from turn to turn, as a part of it.
const JITTER: f64 = 0.001;
/// The frame: bits of the mantissa, and the largest power of two.
const MANTISSA_BITS: u32 = 9;
const SHIFT_MAX: u32 = 7;

/// What the controllers tell of so many rotors; unused ones are 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spins {
    /// Rotor 1 first.
    pub radps: [f64; ROTORS_MAX],
    rotors: usize,
}

/// The speed controllers of all rotors.
pub struct Escs {
    stream: Stream,
}

impl Escs {
    /// Those of a flight.
    pub fn of(seed: &Seed) -> Self {
        Self { stream: seed.fork("escs").stream() }
    }

    /// One sample of each rotor.
    pub fn read(&mut self, rotor_radps: &[f64]) -> Spins {
        let mut told = [0.0; ROTORS_MAX];
        for (told, radps) in told.iter_mut().zip(rotor_radps) {
            *told = carried_radps(radps * (1.0 + JITTER * self.stream.normal()));
        }
        Spins { radps: told, rotors: rotor_radps.len() }
    }
}

impl Reading for Spins {
    fn shifted(self, by: [f64; 3]) -> Self {
        let mut spins = self;
        spins.radps.iter_mut().take(self.rotors).for_each(|w| *w = (*w + by[0]).max(0.0));
        spins
    }
}

/// What is left of a speed after its way through a frame.
fn carried_radps(radps: f64) -> f64 {
    const TURN_US: f64 = core::f64::consts::TAU * 1e6 / POLE_PAIRS;
    // A conversion to an integer saturates, so a rotor that hardly turns has the longest time.
    let period_us = (TURN_US / radps.max(1e-3)) as u32;
    let shift = (u32::BITS - period_us.leading_zeros()).saturating_sub(MANTISSA_BITS);
    if shift > SHIFT_MAX {
        return 0.0;
    }
    TURN_US / f64::from((period_us >> shift << shift).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_comes_through_a_frame_in_steps_of_its_period() {
        // 2π·10⁶/7 = 897 598 µs·rad/s: at 900 rad/s 997 µs, sent as 498 × 2.
        for (radps, carried) in [
            (0.0, 0.0),
            (13.0, 0.0),
            (14.0, 897_597.901 / 64_000.0),
            (900.0, 897_597.901 / 996.0),
            (2_500.0, 897_597.901 / 359.0),
            (f64::MAX, 897_597.901),
        ] {
            let found = carried_radps(radps);
            assert!((found - carried).abs() < 1e-6 * (1.0 + carried), "{radps}: {found}");
        }
    }

    #[test]
    fn controllers_tell_the_speeds_of_the_rotors_that_there_are() {
        let mut escs = Escs::of(&Seed::master(1));
        for radps in [40.0, 400.0, 900.0, 2_500.0] {
            let told = escs.read(&[radps; 6]).radps;
            assert!(told[..6].iter().all(|w| (w / radps - 1.0).abs() < 0.01), "{told:?}");
            assert_eq!(told[6..], [0.0, 0.0]);
        }
    }
}
