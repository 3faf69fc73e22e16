//! Whether the vehicle is moved about on the ground: turned, lifted, carried.
//!
//! A tenth of a second is compared with the one before it. What is carried on smoothly for longer shows where it begins
//! and where it ends.
//!
//! **Never:** takes noise, a gust at the landing gear or the drift of a sensor for a hand.

use crate::senses::{Imu, TICKS_PER_S, Tick};
use glam::DVec3;

/// Ticks that are compared with as many, 0.1 s.
const BLOCK_TICKS: u32 = TICKS_PER_S as u32 / 10;
/// A turn and a push that no sensor makes by itself within that time, rad/s and m/s².
pub(crate) const MOVED: (f64, f64) = (0.1, 1.0);
/// So long after it was moved it still counts as moving, ticks.
const LATELY_TICKS: u64 = TICKS_PER_S;

/// The block that is under way, and the one before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stillness {
    ticks: u32,
    turn: DVec3,
    push: DVec3,
    before: Option<(DVec3, DVec3)>,
    moved: Option<Tick>,
}

impl Stillness {
    /// Nothing felt yet.
    pub const fn unknown() -> Self {
        let (turn, push) = (DVec3::ZERO, DVec3::ZERO);
        Self { ticks: 0, turn, push, before: None, moved: None }
    }

    /// Takes in one tick; whether it shows that the vehicle has been moved.
    pub fn is_moved(&mut self, now: Tick, imu: &Imu) -> bool {
        self.ticks += 1;
        self.turn += imu.gyro_frd_radps;
        self.push += imu.accel_frd_mps2;
        if self.ticks < BLOCK_TICKS {
            return false;
        }
        let mean = (self.turn / f64::from(self.ticks), self.push / f64::from(self.ticks));
        let before = self.before.replace(mean);
        (self.ticks, self.turn, self.push) = (0, DVec3::ZERO, DVec3::ZERO);
        let (turn_radps, push_mps2) = MOVED;
        let is_moved = before.is_some_and(|(turn, push)| {
            (mean.0 - turn).length() > turn_radps || (mean.1 - push).length() > push_mps2
        });
        if is_moved {
            self.moved = Some(now);
        }
        is_moved
    }

    /// Forgets what was before, and whether it was moved: the rotors turn, and what is felt is theirs.
    pub fn forget(&mut self) {
        *self = Self::unknown();
    }

    /// Whether it was moved a moment ago.
    pub fn was_moved(&self, now: Tick) -> bool {
        self.moved.is_some_and(|moved| now.0 < moved.0 + LATELY_TICKS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds at which a movement shows, where for two seconds the rate about the nose and the push up are these.
    fn shown(felt: impl Fn(f64) -> (f64, f64)) -> usize {
        let mut stillness = Stillness::unknown();
        let moved = (0..2 * TICKS_PER_S).filter(|tick| {
            let (turn, push) = felt(*tick as f64 / TICKS_PER_S as f64);
            let imu = Imu {
                accel_frd_mps2: DVec3::new(0.0, 0.0, -9.8 - push),
                gyro_frd_radps: DVec3::X * turn,
            };
            stillness.is_moved(Tick(*tick), &imu)
        });
        moved.count()
    }

    #[test]
    fn a_turn_and_a_lift_are_told_from_noise_and_drift() {
        let noise = |s: f64| libm::sin(s * 900.0);
        assert_eq!(shown(|s| (0.02 * noise(s), 0.5 * noise(s))), 0, "noise");
        assert_eq!(shown(|s| (0.03 * s, 0.2 * s)), 0, "drift");
        assert_eq!(shown(|s| (0.0, if s < 1.0 { 0.0 } else { 0.8 })), 0, "a sensor that is off");
        let is_between = |s: f64, from: f64, to: f64| (from..to).contains(&s);
        assert_eq!(shown(|s| (if is_between(s, 1.0, 1.5) { 0.5 } else { 0.0 }, 0.0)), 2, "a turn");
        assert_eq!(shown(|s| (0.0, if is_between(s, 1.0, 1.2) { 2.0 } else { 0.0 })), 2, "a lift");
    }
}
