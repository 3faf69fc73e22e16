//! What the modes see of the vehicle and of the moment.
//!
//! **Never:** shows a sense; all of it is believed.

use crate::senses::Tick;
use glam::DVec3;

/// What the modes look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The moment.
    pub now: Tick,
    /// From the place of power-on, metres.
    pub position_ned_m: DVec3,
    /// Velocity, m/s.
    pub velocity_ned_mps: DVec3,
    /// Angular rate, rad/s.
    pub rates_frd_radps: DVec3,
    /// Where the nose points, a unit vector.
    pub nose_ned: DVec3,
    /// Height over what is below, metres.
    pub range_height_m: Option<f64>,
    /// Lift asked for last, as part of the weight.
    pub effort: f64,
}

impl View {
    /// Where the nose points, from north.
    pub fn heading_rad(&self) -> f64 {
        libm::atan2(self.nose_ned.y, self.nose_ned.x)
    }
}
