//! Whether the vehicle has crashed: it lies over, or it has hit something.
//!
//! A blow is judged by its mean over 16 ms: the legs touching the ground give single samples as high as a crash, and
//! no more than a few metres a second in all.
//!
//! **Never:** judges a vehicle whose rotors stand still; takes a gust for a crash.

use crate::senses::TICKS_PER_S;
use glam::DVec3;

/// Cosine of the lean beyond which nothing flies, 75°.
pub(crate) const OVER_COS: f64 = 0.258_819_045_102_520_7;
/// Leaning so for this long is lying over; without a rotor it takes longer to get up again.
pub(crate) const OVER_TICKS: u32 = (TICKS_PER_S * 3 / 10) as u32;
const OVER_LIMPING_TICKS: u32 = (TICKS_PER_S * 2) as u32;
/// A blow, m/s².
pub(crate) const BLOW_MPS2: f64 = 120.0;
/// Ticks over which a blow is meant.
const BLOW_TICKS: usize = 8;

/// What the last moments felt like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crash {
    over_ticks: u32,
    /// Since when no single sample was as hard as a blow.
    soft_ticks: usize,
    forces_mps2: [DVec3; BLOW_TICKS],
    place: usize,
}

impl Crash {
    /// Nothing felt yet.
    pub const fn none() -> Self {
        Self { over_ticks: 0, soft_ticks: 0, forces_mps2: [DVec3::ZERO; BLOW_TICKS], place: 0 }
    }

    /// One tick with the rotors turning; whether this is a crash. `up_cos` is the cosine of the lean, and `is_limping`
    /// says that a rotor is gone.
    pub fn feel(&mut self, up_cos: f64, specific_force_mps2: DVec3, is_limping: bool) -> bool {
        self.over_ticks = if up_cos < OVER_COS { self.over_ticks + 1 } else { 0 };
        self.forces_mps2[self.place] = specific_force_mps2;
        self.place = (self.place + 1) % BLOW_TICKS;
        let is_soft = specific_force_mps2.length_squared() <= BLOW_MPS2 * BLOW_MPS2;
        self.soft_ticks = if is_soft { self.soft_ticks.saturating_add(1) } else { 0 };
        let over_ticks_max = if is_limping { OVER_LIMPING_TICKS } else { OVER_TICKS };
        self.over_ticks >= over_ticks_max || self.is_hit()
    }

    /// A mean is no harder than its hardest sample.
    fn is_hit(&self) -> bool {
        let mean_mps2 = || self.forces_mps2.iter().sum::<DVec3>() / BLOW_TICKS as f64;
        self.soft_ticks < BLOW_TICKS && mean_mps2().length() > BLOW_MPS2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lying_over_and_blows_are_crashes_and_hard_flying_is_not() {
        // lean cosine, force, for how many ticks, limping -> crash
        for (up_cos, force_mps2, ticks, is_limping, expected) in [
            (1.0, 9.8, 5_000, false, false),
            (0.5, 30.0, 5_000, false, false),
            (0.2, 9.8, 149, false, false),
            (0.2, 9.8, 150, false, true),
            (-1.0, 9.8, 150, false, true),
            (-1.0, 9.8, 999, true, false),
            (-1.0, 9.8, 1_000, true, true),
            (1.0, 300.0, 2, false, false),
            (1.0, 500.0, 2, false, true),
            (1.0, 130.0, 8, false, true),
        ] {
            let mut crash = Crash::none();
            let felt = (0..ticks).any(|_| crash.feel(up_cos, DVec3::Z * force_mps2, is_limping));
            assert_eq!(felt, expected, "{up_cos} {force_mps2} for {ticks}, {is_limping}");
        }
    }
}
