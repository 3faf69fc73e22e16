//! Whether the senses live and the belief still holds, for the checks before a start and for the failsafe.
//!
//! **Never:** decides what to do about it.

use super::Estimate;
use super::filter::{TURN, VELOCITY};
use crate::senses::Tick;

/// A belief that leans by so much more than it should is no belief, radians; and so is a velocity, m/s.
pub(crate) const DIVERGED_SD: (f64, f64) = (0.2, 10.0);

/// How the senses and the belief get along.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Soundness {
    /// The gyroscope lives.
    pub gyroscope: bool,
    /// The accelerometer lives.
    pub accelerometer: bool,
    /// Air pressure was believed within the last second.
    pub barometer: bool,
    /// The compass was believed within the last second.
    pub compass: bool,
    /// Nobody can tell any more which way is up or how fast it goes.
    pub has_diverged: bool,
}

impl Soundness {
    /// Whether to come down while there is still something to come down by.
    pub fn is_astray(&self) -> bool {
        self.has_diverged || !self.accelerometer || !self.gyroscope
    }
}

impl Estimate {
    /// How the senses and the belief get along.
    pub fn soundness(&self, now: Tick) -> Soundness {
        if let Some(levelling) = &self.levelling {
            let heard = levelling.heard();
            return Soundness {
                gyroscope: heard.gyroscope,
                accelerometer: heard.accelerometer,
                barometer: heard.barometer,
                compass: heard.compass,
                has_diverged: false,
            };
        }
        let (tilt_sd, velocity_sd) = DIVERGED_SD;
        let wider = |place| self.filter.variance(place).max(self.filter.variance(place + 1));
        let (tilt, speed) = (wider(TURN), wider(VELOCITY));
        Soundness {
            gyroscope: self.alive.gyroscope.was_live(),
            accelerometer: self.alive.accelerometer.was_live(),
            barometer: self.trusts.height.age_s(now) < 1.0,
            compass: self.trusts.heading.age_s(now) < 1.0,
            has_diverged: !self.ned_from_frd.is_finite()
                || !self.position_ned_m.is_finite()
                || !self.velocity_ned_mps.is_finite()
                || tilt.is_nan()
                || tilt > tilt_sd * tilt_sd
                || speed > velocity_sd * velocity_sd,
        }
    }
}
