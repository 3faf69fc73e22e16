//! The magnetic field in the body, 50 Hz: a dipole along the Earth's axis, noise, and a small hard-iron bias.
//!
//! Declination is 0 everywhere: magnetic north is north.
//!
//! **Never:** feels the motors' currents.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use crate::frames::frd_from_flu;
use glam::DVec3;

/// The dipole's field at the equator.
const EQUATOR_GAUSS: f64 = 0.31;
const NOISE_GAUSS: f64 = 0.002;
const BIAS_GAUSS: f64 = 0.003;

/// The magnetometer.
pub struct Compass {
    field_enu_gauss: DVec3,
    bias_frd_gauss: DVec3,
    stream: Stream,
}

impl Compass {
    /// A compass at a latitude.
    pub fn at(lat_deg: f64, seed: &Seed) -> Self {
        let mut stream = seed.fork("compass").stream();
        let (sin_lat, cos_lat) = libm::sincos(lat_deg.to_radians());
        Self {
            field_enu_gauss: DVec3::new(0.0, cos_lat, -2.0 * sin_lat) * EQUATOR_GAUSS,
            bias_frd_gauss: stream.normal3(BIAS_GAUSS),
            stream,
        }
    }

    /// One sample, body FRD.
    pub fn read(&mut self, k: &Kinematics) -> DVec3 {
        let field_flu_gauss = k.world_from_body.inverse() * self.field_enu_gauss;
        frd_from_flu(field_flu_gauss) + self.bias_frd_gauss + self.stream.normal3(NOISE_GAUSS)
    }
}
