//! What the vehicle feels, smoothed, for the pilot to look at.
//!
//! **Never:** moves a rotor; listens to more than flight's own senses.

use crate::senses::{Senses, Tick};
use glam::DVec3;

/// Part of a new reading that the mean takes on in a tick: a time constant of 0.1 s.
const SHARE: f64 = 0.02;
/// The same for what is read 50 times a second.
const SLOW_SHARE: f64 = 0.2;
/// A range older than this says nothing of now, ticks (0.2 s).
const RANGE_FRESH_TICKS: u64 = 100;
/// The standard atmosphere at the sea, pascal, and its height by pressure: metres and exponent.
const SEA_PA: f64 = 101_325.0;
const HEIGHT: (f64, f64) = (44_330.769, 0.190_263);

/// Smoothed readings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Felt {
    /// Specific force, body FRD, m/s².
    pub force_frd_mps2: DVec3,
    /// How far the force is from its mean, in the mean, m/s².
    pub shaking_mps2: DVec3,
    /// Magnetic field, body FRD, gauss.
    pub field_frd_gauss: DVec3,
    /// Static pressure; 0 before the first reading.
    pub pressure_pa: f64,
    /// Distance to the ground straight below, metres; none out of range.
    pub range_m: Option<f64>,
    ranged: Tick,
}

impl Felt {
    /// Before the first tick.
    pub const fn nothing() -> Self {
        Self {
            force_frd_mps2: DVec3::ZERO,
            shaking_mps2: DVec3::ZERO,
            field_frd_gauss: DVec3::ZERO,
            pressure_pa: 0.0,
            range_m: None,
            ranged: Tick(0),
        }
    }

    /// One tick.
    pub fn feel(&mut self, now: Tick, senses: &Senses<'_>) {
        let off = senses.imu.accel_frd_mps2 - self.force_frd_mps2;
        if off.is_finite() {
            self.force_frd_mps2 += off * SHARE;
            self.shaking_mps2 += (off.abs() - self.shaking_mps2) * SHARE;
        }
        if let Some(field) = senses.magnetic_frd_gauss.filter(|field| field.is_finite()) {
            self.field_frd_gauss += (field - self.field_frd_gauss) * SLOW_SHARE;
        }
        if let Some(pressure_pa) = senses.pressure_pa.filter(|pa| pa.is_finite()) {
            let first = self.pressure_pa == 0.0;
            let share = if first { 1.0 } else { SLOW_SHARE };
            self.pressure_pa += (pressure_pa - self.pressure_pa) * share;
        }
        if senses.range_m.is_some() {
            (self.range_m, self.ranged) = (senses.range_m, now);
        } else if now.0 > self.ranged.0 + RANGE_FRESH_TICKS {
            self.range_m = None;
        }
    }

    /// Height in the standard atmosphere, metres.
    pub fn pressure_alt_m(&self) -> f64 {
        let (scale_m, exponent) = HEIGHT;
        scale_m * (1.0 - libm::pow(self.pressure_pa / SEA_PA, exponent))
    }
}
