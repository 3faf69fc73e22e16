//! Accelerometer and gyroscope, every tick: what a TDK ICM-42688-P on a drone says.
//!
//! Reading = scale and misalignment × (truth + what the rotors shake) + bias + white noise, cut at full scale. The bias is what
//! the factory's calibration left, what wanders ([`drift`]), and what warmth adds. Noise, full scale, and tolerances are the data sheet's
//! (DS-000347, rev. 1.6, tables 1 and 2); a calibrated chip is taken to have a third of a tolerance left as its standard deviation.
//!
//! **Never:** sees where it is; only how it is pushed, turned, shaken and warmed.

mod drift;
#[cfg(test)]
mod tests;
mod vibration;

use super::thermometer::warming_degc;
use crate::airframe::{Airframe, GRAVITY_MPS2};
use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use crate::frames::frd_from_flu;
use drift::Drift;
use evidence::{TICKS_PER_S, Tick};
use glam::{DMat3, DVec3};
use vehicle::senses::Imu;
use vibration::Vibration;

/// What makes one of the two.
struct Grade {
    /// White noise, units per √Hz.
    noise_per_sqrt_hz: f64,
    /// Floor of the Allan deviation. No data sheet has it; measured ones lie at 2 to 5 °/h and at 20 to 50 µg.
    instability: f64,
    /// Bias at the calibration's temperature, from one power-on to the next.
    turn_on: f64,
    /// Bias per degree away from there.
    per_degc: f64,
    /// Error of scale.
    scale: f64,
    /// Angle between an axis and where it should point, radians.
    misalignment_rad: f64,
    /// Full scale.
    most: f64,
}

/// 70 µg/√Hz, 40 µg, ±20 mg calibrated to 3 mg, ±0.15 mg/°C, ±0.5 %, ±1 %, ±16 g.
const ACCELEROMETER: Grade = Grade {
    noise_per_sqrt_hz: 70e-6 * GRAVITY_MPS2,
    instability: 40e-6 * GRAVITY_MPS2,
    turn_on: 3e-3 * GRAVITY_MPS2,
    per_degc: 0.05e-3 * GRAVITY_MPS2,
    scale: 0.5e-2 / 3.0,
    misalignment_rad: 1e-2 / 3.0,
    most: 16.0 * GRAVITY_MPS2,
};

/// 2.8 mdps/√Hz, 3 °/h, ±0.5 °/s calibrated to 0.11 °/s, ±5 mdps/°C, ±0.5 %, ±1.25 %, ±2000 °/s.
const GYROSCOPE: Grade = Grade {
    noise_per_sqrt_hz: 2.8e-3 * RAD_PER_DEG,
    instability: 3.0 / 3600.0 * RAD_PER_DEG,
    turn_on: 0.002,
    per_degc: 5e-3 / 3.0 * RAD_PER_DEG,
    scale: 0.5e-2 / 3.0,
    misalignment_rad: 1.25e-2 / 3.0,
    most: 2_000.0 * RAD_PER_DEG,
};

const RAD_PER_DEG: f64 = core::f64::consts::PI / 180.0;
/// The temperature at which the biases were calibrated away.
const CALIBRATED_DEGC: f64 = 25.0;
/// The slow part of the bias is worked out anew so often.
const BIAS_EVERY_TICKS: u64 = 50;

/// The inertial sensor.
pub struct Inertial {
    accelerometer: Triad,
    gyroscope: Triad,
    vibration: Vibration,
    air_degc: f64,
    stream: Stream,
}

/// Three axes of one kind.
struct Triad {
    noise_sd: f64,
    skew: DMat3,
    turn_on: DVec3,
    per_degc: DVec3,
    drift: Drift,
    bias: DVec3,
    most: f64,
}

impl Inertial {
    /// Switched on, in air of this temperature: the biases are drawn.
    pub fn of(airframe: &Airframe, air_degc: f64, seed: &Seed) -> Self {
        let seed = seed.fork("imu");
        let triad = |grade: &Grade, name: &str| Triad::of(grade, &seed.fork(name));
        Self {
            accelerometer: triad(&ACCELEROMETER, "accelerometer"),
            gyroscope: triad(&GYROSCOPE, "gyroscope"),
            vibration: Vibration::of(airframe, &seed.fork("vibration")),
            air_degc,
            stream: seed.stream(),
        }
    }

    /// One sample.
    pub fn read(&mut self, now: Tick, k: &Kinematics, rotor_radps: &[f64]) -> Imu {
        if now.0.is_multiple_of(BIAS_EVERY_TICKS) {
            let warmer_degc = self.air_degc + warming_degc(now) - CALIBRATED_DEGC;
            self.accelerometer.wander(warmer_degc);
            self.gyroscope.wander(warmer_degc);
        }
        let shaken = self.vibration.shake(rotor_radps);
        let force_flu_mps2 = k.specific_force_flu_mps2 + shaken.accel_flu_mps2;
        let rates_flu_radps = k.rates_flu_radps + shaken.rates_flu_radps;
        Imu {
            accel_frd_mps2: self.accelerometer.read(frd_from_flu(force_flu_mps2), &mut self.stream),
            gyro_frd_radps: self.gyroscope.read(frd_from_flu(rates_flu_radps), &mut self.stream),
        }
    }
}

impl Triad {
    fn of(grade: &Grade, seed: &Seed) -> Self {
        let mut stream = seed.stream();
        let turn_on = stream.normal3(grade.turn_on);
        let per_degc = stream.normal3(grade.per_degc);
        let scale = DMat3::from_diagonal(DVec3::ONE + stream.normal3(grade.scale));
        let [xy, xz, yx, yz, zx, zy] = [(); 6].map(|()| grade.misalignment_rad * stream.normal());
        let across = DMat3::from_cols(
            DVec3::new(0.0, yx, zx),
            DVec3::new(xy, 0.0, zy),
            DVec3::new(xz, yz, 0.0),
        );
        Self {
            // White noise of a band that ends at half the sampling rate.
            noise_sd: grade.noise_per_sqrt_hz * (TICKS_PER_S as f64 / 2.0).sqrt(),
            skew: scale + across,
            turn_on,
            per_degc,
            drift: Drift::of(grade.instability, stream),
            bias: turn_on,
            most: grade.most,
        }
    }

    fn wander(&mut self, warmer_degc: f64) {
        self.bias = self.turn_on + self.per_degc * warmer_degc + self.drift.step();
    }

    fn read(&self, truth: DVec3, stream: &mut Stream) -> DVec3 {
        let reading = self.skew * truth + self.bias + stream.normal3(self.noise_sd);
        reading.clamp(DVec3::splat(-self.most), DVec3::splat(self.most))
    }
}
