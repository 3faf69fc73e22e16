//! Distance to what lies straight below, 20 Hz, up to 30 m.
//!
//! **Never:** looks sideways; people are too thin for it.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use crate::land::Land;
use std::sync::Arc;

const RANGE_MAX_M: f64 = 30.0;
const NOISE_M: f64 = 0.01;

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
        let noise_m = NOISE_M * self.stream.normal();
        let floor_m = self.land.top_m(k.position_m);
        let range_m = k.position_m.z - floor_m + noise_m;
        (0.0..=RANGE_MAX_M).contains(&range_m).then_some(range_m)
    }
}
