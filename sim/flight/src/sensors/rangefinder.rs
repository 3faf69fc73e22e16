//! Distance to what lies straight below, 20 Hz, up to 30 m.
//!
//! **Never:** looks sideways; people are too thin for it.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use evidence::scenario::Building;
use std::sync::Arc;

const RANGE_MAX_M: f64 = 30.0;
const NOISE_M: f64 = 0.01;

/// The rangefinder.
pub struct Rangefinder {
    buildings: Arc<[Building]>,
    stream: Stream,
}

impl Rangefinder {
    /// A rangefinder over flat ground and these roofs.
    pub fn over(buildings: Arc<[Building]>, seed: &Seed) -> Self {
        Self { buildings, stream: seed.fork("rangefinder").stream() }
    }

    /// One sample; none out of range.
    pub fn read(&mut self, k: &Kinematics) -> Option<f64> {
        let noise_m = NOISE_M * self.stream.normal();
        let floor_m = self.floor_m(k);
        let range_m = k.position_m.z - floor_m + noise_m;
        (0.0..=RANGE_MAX_M).contains(&range_m).then_some(range_m)
    }

    fn floor_m(&self, k: &Kinematics) -> f64 {
        let p = k.position_m;
        let below = |b: &&Building| {
            (p.x - b.at_m.0).abs() <= b.size_m.0 / 2.0
                && (p.y - b.at_m.1).abs() <= b.size_m.1 / 2.0
                && b.size_m.2 <= p.z
        };
        self.buildings.iter().filter(below).map(|b| b.size_m.2).fold(0.0, f64::max)
    }
}
