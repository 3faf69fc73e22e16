//! Attitude and rate: the torque that turns the body to where it should point.
//!
//! **Never:** asks for a turn faster than its limits; remembers a miss that the rotors could not mend.

use crate::senses::TICK_S;
use glam::{DQuat, DVec3};

/// Rate per radian of error, 1/s: roll, pitch, yaw.
pub(crate) const ATTITUDE_GAIN_PER_S: DVec3 = DVec3::new(5.0, 5.0, 2.0);
/// Fastest turn asked for, rad/s.
pub(crate) const RATE_MAX_RADPS: DVec3 = DVec3::new(3.0, 3.0, 1.0);
/// Angular acceleration per rad/s missed, 1/s.
pub(crate) const RATE_GAIN_PER_S: DVec3 = DVec3::new(16.0, 16.0, 6.0);
/// How fast a lasting miss builds up, 1/s².
pub(crate) const LASTING_GAIN_PER_S2: DVec3 = DVec3::new(12.0, 12.0, 4.0);
/// Most that a lasting miss may come to, rad/s²: a rotor with half of its lift takes 20 on a small quadrotor.
pub(crate) const LASTING_MAX_RADPS2: DVec3 = DVec3::new(30.0, 30.0, 6.0);

/// The loops' memory.
pub struct Spin {
    inertia_kgm2: DVec3,
    lasting_radps2: DVec3,
}

impl Spin {
    /// At rest.
    pub fn new(inertia_kgm2: DVec3) -> Self {
        Self { inertia_kgm2, lasting_radps2: DVec3::ZERO }
    }

    /// Forgets everything.
    pub fn rest(&mut self) {
        self.lasting_radps2 = DVec3::ZERO;
    }

    /// Torque to have now, N m. `is_cut` says that the last one was not had in full.
    pub fn step(
        &mut self,
        ned_from_frd: DQuat,
        ned_from_wanted: DQuat,
        rates_radps: DVec3,
        is_cut: bool,
    ) -> DVec3 {
        let off = ned_from_frd.conjugate() * ned_from_wanted;
        let off_rad = off.xyz() * 2.0f64.copysign(off.w);
        let wanted_radps = (off_rad * ATTITUDE_GAIN_PER_S).clamp(-RATE_MAX_RADPS, RATE_MAX_RADPS);
        let miss = wanted_radps - rates_radps;
        if !is_cut {
            self.lasting_radps2 = (self.lasting_radps2 + miss * LASTING_GAIN_PER_S2 * TICK_S)
                .clamp(-LASTING_MAX_RADPS2, LASTING_MAX_RADPS2);
        }
        let wanted_radps2 = miss * RATE_GAIN_PER_S + self.lasting_radps2;
        // A turning body leans on its own spin; that part is known and given back.
        let spin = rates_radps.cross(self.inertia_kgm2 * rates_radps);
        self.inertia_kgm2 * wanted_radps2 + spin
    }
}
