//! The first two seconds: standing still, the vehicle learns what level, north, no turn and ground pressure look like.
//!
//! **Never:** runs after take-off; ends before every sense it needs has spoken.

use super::GRAVITY_MPS2;
use crate::senses::{Senses, TICKS_PER_S};
use glam::{DMat3, DQuat, DVec3};

/// How long it takes at least, in ticks.
pub(crate) const LEVELLING_TICKS: u64 = 2 * TICKS_PER_S;

/// A gyroscope that turns faster at rest is broken, rad/s.
pub(crate) const STILL_RADPS_MAX: f64 = 0.1;
/// An accelerometer whose gravity is farther off is broken, m/s².
pub(crate) const FORCE_OFF_MAX_MPS2: f64 = 1.0;

/// Sums of what was sensed so far.
pub struct Levelling {
    ticks: u64,
    force: DVec3,
    gyro: DVec3,
    field: (DVec3, u32),
    pressure: (f64, u32),
    range: (f64, u32),
}

/// What standing still has taught.
pub struct Level {
    /// Rotation that takes body FRD to local NED.
    pub ned_from_frd: DQuat,
    /// What the gyroscope reads at rest, rad/s.
    pub gyro_bias_radps: DVec3,
    /// How much too far down the accelerometer pulls, m/s².
    pub accel_bias_down_mps2: f64,
    /// The Earth's magnetic field, NED, gauss.
    pub field_ned_gauss: DVec3,
    /// Pressure on the ground, pascal.
    pub pressure_pa: f64,
    /// What the range finder reads on the ground, metres; 0 where it is too near to read.
    pub range_m: f64,
}

/// Which senses have spoken as they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// It stands still.
    pub gyroscope: bool,
    /// It feels gravity.
    pub accelerometer: bool,
    /// It has spoken.
    pub barometer: bool,
    /// It has spoken.
    pub compass: bool,
}

impl Levelling {
    /// Nothing sensed yet.
    pub fn new() -> Self {
        Self {
            ticks: 0,
            force: DVec3::ZERO,
            gyro: DVec3::ZERO,
            field: (DVec3::ZERO, 0),
            pressure: (0.0, 0),
            range: (0.0, 0),
        }
    }

    /// Adds a tick.
    pub fn add(&mut self, senses: &Senses<'_>) {
        self.ticks += 1;
        self.force += senses.imu.accel_frd_mps2;
        self.gyro += senses.imu.gyro_frd_radps;
        if let Some(field) = senses.magnetic_frd_gauss {
            self.field = (self.field.0 + field, self.field.1 + 1);
        }
        if let Some(pressure_pa) = senses.pressure_pa {
            self.pressure = (self.pressure.0 + pressure_pa, self.pressure.1 + 1);
        }
        if let Some(range_m) = senses.range_m {
            self.range = (self.range.0 + range_m, self.range.1 + 1);
        }
    }

    /// Which senses have spoken as they should. Nobody is blamed before all of them have had their time.
    pub fn heard(&self) -> Heard {
        let has_time = self.ticks < LEVELLING_TICKS;
        let mean = |sum: DVec3| sum / self.ticks.max(1) as f64;
        let force_mps2 = mean(self.force).length();
        Heard {
            gyroscope: has_time || mean(self.gyro).length() < STILL_RADPS_MAX,
            accelerometer: has_time || (force_mps2 - GRAVITY_MPS2).abs() < FORCE_OFF_MAX_MPS2,
            barometer: has_time || self.pressure.1 > 0,
            compass: has_time || self.field.1 > 0,
        }
    }

    /// What was learnt, once it is enough.
    pub fn finish(&self, place_is_known: bool, declination_rad: f64) -> Option<Level> {
        let enough = self.ticks >= LEVELLING_TICKS
            && self.field.1 > 0
            && self.pressure.1 > 0
            && place_is_known;
        if !enough {
            return None;
        }
        let heard = self.heard();
        if !heard.gyroscope || !heard.accelerometer {
            return None;
        }
        let force = self.force / self.ticks as f64;
        let field_frd = self.field.0 / f64::from(self.field.1);
        let ned_from_frd = DQuat::from_rotation_z(declination_rad) * upright(force, field_frd)?;
        Some(Level {
            ned_from_frd,
            field_ned_gauss: ned_from_frd * field_frd,
            gyro_bias_radps: self.gyro / self.ticks as f64,
            accel_bias_down_mps2: GRAVITY_MPS2 - force.length(),
            pressure_pa: self.pressure.0 / f64::from(self.pressure.1),
            range_m: if self.range.1 > 0 { self.range.0 / f64::from(self.range.1) } else { 0.0 },
        })
    }
}

impl Default for Levelling {
    fn default() -> Self {
        Self::new()
    }
}

/// The attitude in which gravity pulls down and the field points to x.
fn upright(force_frd: DVec3, field_frd: DVec3) -> Option<DQuat> {
    let down = (-force_frd).try_normalize()?;
    let east = down.cross(field_frd).try_normalize()?;
    let north = east.cross(down);
    // Rows of the matrix are north, east and down as the body sees them.
    let ned_from_frd = DMat3::from_cols(north, east, down).transpose();
    Some(DQuat::from_mat3(&ned_from_frd))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gravity_and_the_field_tell_the_attitude() {
        for (roll, pitch, yaw) in [(0.0, 0.0, 0.0), (0.1, -0.2, 2.0), (-0.3, 0.1, -3.0)] {
            let truth = DQuat::from_rotation_z(yaw)
                * DQuat::from_rotation_y(pitch)
                * DQuat::from_rotation_x(roll);
            let force = truth.conjugate() * DVec3::new(0.0, 0.0, -9.8);
            let field = truth.conjugate() * DVec3::new(0.2, 0.0, 0.4);
            let off_rad = upright(force, field).unwrap().angle_between(truth);
            assert!(off_rad < 1e-6, "{roll} {pitch} {yaw}: {off_rad}");
        }
    }
}
