//! Distance to what lies straight below, 20 Hz, up to 30 m.
//!
//! Still water throws its light away, and so does ground that it meets at a slant: of that comes back what Lambert's
//! cosine law leaves, so that it reaches less far the more it leans.
//!
//! **Never:** looks sideways; people are too thin for it.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use crate::land::Land;
use glam::DVec3;
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
        let upright = (k.world_from_body * DVec3::Z).z;
        let is_seen = !self.land.is_over_water(k.position_m) && range_m <= reach_m(upright);
        (is_seen && range_m >= 0.0).then_some(range_m)
    }
}

/// From how high the ground is seen by a beam that leans with this cosine: its way is longer by that, and the light that
/// comes back, which falls with the square of the way, less by that.
fn reach_m(upright: f64) -> f64 {
    let upright = upright.max(0.0);
    RANGE_MAX_M * upright * libm::sqrt(upright)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::scenario::Scenario;
    use glam::DQuat;

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

    /// Flies from a pond over a roof in it to dry ground.
    #[test]
    fn over_water_and_at_a_slant_it_says_nothing() {
        let text = r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1, length_s: 9.0,
            waters: [(at_m: (0.0, 40.0), radius_m: 20.0)],
            buildings: [(at_m: (0.0, 40.0), size_m: (4.0, 4.0, 3.0))], beats: [], expects: {})"#;
        let story: Scenario = ron::from_str(text).unwrap();
        let seed = Seed::master(1);
        let mut finder = Rangefinder::over(Arc::new(Land::of(&story, &seed)), &seed);
        for (north_m, height_m, lean_deg, is_seen) in [
            (0.0f64, 8.0, 0.0f64, true),
            (19.0, 8.0, 0.0, true),
            (21.0, 8.0, 0.0, false),
            (40.0, 8.0, 0.0, true),
            (40.0, 2.0, 0.0, false),
            (50.0, 0.3, 0.0, false),
            (61.0, 8.0, 0.0, true),
            (0.0, 28.0, 0.0, true),
            (0.0, 28.0, 25.0, false),
            (0.0, 20.0, 25.0, true),
            (0.0, 8.0, 60.0, true),
            (0.0, 12.0, 60.0, false),
            (0.0, 1.0, 95.0, false),
        ] {
            let k = Kinematics {
                position_m: DVec3::new(0.0, north_m, height_m),
                velocity_mps: DVec3::ZERO,
                world_from_body: DQuat::from_rotation_x(lean_deg.to_radians()),
                rates_flu_radps: DVec3::ZERO,
                specific_force_flu_mps2: DVec3::Z,
            };
            let said = (0..50).filter(|_| finder.read(&k).is_some()).count();
            assert_eq!(said, if is_seen { 50 } else { 0 }, "{north_m} {height_m} {lean_deg}");
        }
    }
}
