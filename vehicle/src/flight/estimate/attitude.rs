//! Which way is up and which way is north.
//!
//! The gyroscope carries the attitude; small corrections in the local frame pull it back, and what they pull for long
//! is taken for the gyroscope's bias.
//!
//! **Never:** trusts a compass for tilt, or gravity while the vehicle pushes itself about.

use super::GRAVITY_MPS2;
use crate::senses::TICK_S;
use glam::{DQuat, DVec3};

/// Bias learnt per radian of tilt correction, 1/s.
const BIAS_FROM_TILT_PER_S: f64 = 0.05;
/// Part of a heading surprise that is believed at each compass reading.
const NORTH_GAIN: f64 = 0.02;
/// Bias learnt per radian of heading surprise, 1/s, at each compass reading.
const BIAS_FROM_NORTH_PER_S: f64 = 0.001;
/// Gravity is believed only while the specific force is this near to it, m/s².
const GRAVITY_GATE_MPS2: f64 = 0.6;
/// No gyroscope of this kind is worse than this, rad/s.
const BIAS_MAX_RADPS: f64 = 0.05;

/// Attitude, its rates, and the gyroscope's bias.
pub struct Attitude {
    ned_from_frd: DQuat,
    bias_radps: DVec3,
    rates_radps: DVec3,
}

impl Attitude {
    /// From a levelled start.
    pub fn new(ned_from_frd: DQuat, bias_radps: DVec3) -> Self {
        Self { ned_from_frd, bias_radps, rates_radps: DVec3::ZERO }
    }

    /// Rotation that takes body FRD to local NED.
    pub fn ned_from_frd(&self) -> DQuat {
        self.ned_from_frd
    }

    /// Angular rate, bias removed, rad/s.
    pub fn rates_frd_radps(&self) -> DVec3 {
        self.rates_radps
    }

    /// One tick of turning.
    pub fn turn(&mut self, gyro_frd_radps: DVec3) {
        self.rates_radps = gyro_frd_radps - self.bias_radps;
        let half = self.rates_radps * (0.5 * TICK_S);
        // One is not quite the cosine; the normalisation makes up for it.
        let step = DQuat::from_xyzw(half.x, half.y, half.z, 1.0);
        self.ned_from_frd = (self.ned_from_frd * step).normalize();
    }

    /// Turns the belief by a small rotation in the local frame, and takes part of it for bias.
    pub fn correct(&mut self, turn_ned_rad: DVec3) {
        let turn_frd = self.rotate(turn_ned_rad);
        self.unlearn(turn_frd * BIAS_FROM_TILT_PER_S);
    }

    /// Lets gravity hold the horizon, where the specific force is gravity and little else.
    pub fn level_by_gravity(&mut self, force_ned_mps2: DVec3, gain: f64) {
        let excess = force_ned_mps2.length() - GRAVITY_MPS2;
        if excess.abs() < GRAVITY_GATE_MPS2 {
            let turn = DVec3::new(-force_ned_mps2.y, force_ned_mps2.x, 0.0) * (gain / GRAVITY_MPS2);
            self.rotate(turn);
        }
    }

    /// Lets the compass hold the heading; magnetic north is taken for north.
    pub fn face_north(&mut self, field_frd_gauss: DVec3) {
        let field_ned = self.ned_from_frd * field_frd_gauss;
        let across = libm::sqrt(field_ned.x * field_ned.x + field_ned.y * field_ned.y);
        if across < 0.02 {
            // Near a pole, or saturated: it points nowhere.
            return;
        }
        let mut off_rad = -field_ned.y / across;
        if field_ned.x < 0.0 {
            // Facing backwards the sine fades out where the error is worst.
            off_rad = 1.0f64.copysign(off_rad);
        }
        let turn_frd = self.rotate(DVec3::Z * (NORTH_GAIN * off_rad));
        self.unlearn(turn_frd * (BIAS_FROM_NORTH_PER_S / NORTH_GAIN));
    }

    /// On the ground the gyroscope should read nothing but its bias.
    pub fn learn_bias_at_rest(&mut self, gyro_frd_radps: DVec3, gain: f64) {
        self.unlearn((self.bias_radps - gyro_frd_radps) * gain);
    }

    fn rotate(&mut self, turn_ned_rad: DVec3) -> DVec3 {
        let half = turn_ned_rad * 0.5;
        let turn_frd = self.ned_from_frd.conjugate() * turn_ned_rad;
        self.ned_from_frd = DQuat::from_xyzw(half.x, half.y, half.z, 1.0) * self.ned_from_frd;
        turn_frd
    }

    fn unlearn(&mut self, excess_frd_radps: DVec3) {
        let limit = DVec3::splat(BIAS_MAX_RADPS);
        self.bias_radps = (self.bias_radps - excess_frd_radps).clamp(-limit, limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gravity_and_the_compass_pull_the_attitude_the_right_way() {
        let truth = DQuat::from_rotation_z(0.8);
        for (roll, pitch, yaw) in [(0.05, 0.0, 0.0), (0.0, -0.05, 0.0), (0.0, 0.0, 2.6)] {
            let wrong = DQuat::from_scaled_axis(DVec3::new(roll, pitch, yaw)) * truth;
            let mut attitude = Attitude::new(wrong, DVec3::ZERO);
            for _ in 0..1000 {
                let force_frd = truth.conjugate() * DVec3::new(0.0, 0.0, -GRAVITY_MPS2);
                let force_ned = attitude.ned_from_frd() * force_frd;
                attitude.turn(DVec3::ZERO);
                attitude.level_by_gravity(force_ned, 0.02);
                attitude.face_north(truth.conjugate() * DVec3::new(0.2, 0.0, 0.43));
            }
            let off_rad = attitude.ned_from_frd().angle_between(truth);
            assert!(off_rad < 0.01, "{roll} {pitch} {yaw}: still {off_rad} rad off");
        }
    }
}
