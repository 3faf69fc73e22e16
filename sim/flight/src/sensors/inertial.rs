//! Accelerometer and gyroscope, every tick: white noise and a bias drawn at power-on.
//!
//! **Never:** sees where it is; only how it is pushed and turned.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use crate::frames::frd_from_flu;
use glam::DVec3;
use vehicle::senses::Imu;

/// Of one sample; a 4 mg/√Hz-class chip behind its own 200 Hz filter.
const ACCEL_NOISE_MPS2: f64 = 0.05;
const ACCEL_BIAS_MPS2: f64 = 0.03;
const GYRO_NOISE_RADPS: f64 = 0.0015;
const GYRO_BIAS_RADPS: f64 = 0.002;

/// The inertial sensor.
pub struct Inertial {
    accel_bias_frd_mps2: DVec3,
    gyro_bias_frd_radps: DVec3,
    stream: Stream,
}

impl Inertial {
    /// Switched on: the biases are drawn.
    pub fn of(seed: &Seed) -> Self {
        let mut stream = seed.fork("imu").stream();
        Self {
            accel_bias_frd_mps2: stream.normal3(ACCEL_BIAS_MPS2),
            gyro_bias_frd_radps: stream.normal3(GYRO_BIAS_RADPS),
            stream,
        }
    }

    /// One sample.
    pub fn read(&mut self, k: &Kinematics) -> Imu {
        let accel_noise_mps2 = self.stream.normal3(ACCEL_NOISE_MPS2);
        let gyro_noise_radps = self.stream.normal3(GYRO_NOISE_RADPS);
        Imu {
            accel_frd_mps2: frd_from_flu(k.specific_force_flu_mps2)
                + self.accel_bias_frd_mps2
                + accel_noise_mps2,
            gyro_frd_radps: frd_from_flu(k.rates_flu_radps)
                + self.gyro_bias_frd_radps
                + gyro_noise_radps,
        }
    }
}
