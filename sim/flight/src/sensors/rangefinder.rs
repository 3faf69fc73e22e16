//! Distance to what lies straight below, 20 Hz, up to 30 m.
//!
//! **Never:** looks sideways; people are too thin for it.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use crate::land::Land;
use std::sync::Arc;

const RANGE_MAX_M: f64 = 30.0;
/// A centimetre near the ground, and a part of the distance on top: the light that comes back falls with its square.
const NOISE_M: f64 = 0.01;
const NOISE_PER_M: f64 = 0.003;

/// The rangefinder.
pub struct Rangefinder {
    land: Arc<Land>,
    stream: Stream,
}

impl Rangefinder {
    /// A rangefinder over ground, roofs and crowns.
    pub fn over(land: Arc<Land>, seed: &Seed) -> Self {
        Self { land, stream: seed.fork("rangefinder").stream() }
    }

    /// One sample; none out of range.
    pub fn read(&mut self, k: &Kinematics) -> Option<f64> {
        let true_m = k.position_m.z - self.land.top_m(k.position_m);
        let noise_m = (NOISE_M + NOISE_PER_M * true_m.abs()) * self.stream.normal();
        let range_m = true_m + noise_m;
        (0.0..=RANGE_MAX_M).contains(&range_m).then_some(range_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::{DQuat, DVec3};

    #[test]
    fn noise_grows_with_the_distance_and_beyond_its_reach_it_says_nothing() {
        let mut finder = Rangefinder::over(Arc::new(Land::flat(&[], &[])), &Seed::master(1));
        for (height_m, sd_m) in [(0.5, Some(0.0115)), (10.0, Some(0.04)), (31.0, None)] {
            let k = Kinematics {
                position_m: DVec3::Z * height_m,
                velocity_mps: DVec3::ZERO,
                world_from_body: DQuat::IDENTITY,
                rates_flu_radps: DVec3::ZERO,
                specific_force_flu_mps2: DVec3::Z,
            };
            let said: Vec<f64> = (0..4_000).filter_map(|_| finder.read(&k)).collect();
            let Some(sd_m) = sd_m else {
                assert!(said.is_empty(), "{height_m}");
                continue;
            };
            let squares: f64 = said.iter().map(|m| (m - height_m) * (m - height_m)).sum();
            let found_m = (squares / said.len() as f64).sqrt();
            assert!((found_m / sd_m - 1.0).abs() < 0.05, "{height_m}: {found_m}");
        }
    }
}
