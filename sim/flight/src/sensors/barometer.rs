//! Static pressure, 50 Hz: the standard atmosphere, white noise, and weather that drifts.
//!
//! **Never:** feels the propellers' wash or the wind.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream, Wander};

/// About 0.1 m of a 50 Hz sample.
const NOISE_PA: f64 = 1.2;
/// Pressure of the day against the standard, and how it drifts in a flight.
const DAY_SD_PA: f64 = 300.0;
const DRIFT_SD_PA: f64 = 4.0;
const DRIFT_TIME_S: f64 = 300.0;

/// The pressure sensor.
pub struct Barometer {
    ground_alt_m: f64,
    day_pa: f64,
    drift: Wander,
    stream: Stream,
}

impl Barometer {
    /// A sensor over ground of this height above the sea.
    pub fn at(ground_alt_m: f64, seed: &Seed) -> Self {
        let mut stream = seed.fork("barometer").stream();
        let day_pa = DAY_SD_PA * stream.normal();
        let drift = Wander::start(DRIFT_SD_PA, DRIFT_TIME_S, 0.02, &mut stream);
        Self { ground_alt_m, day_pa, drift, stream }
    }

    /// One sample.
    pub fn read(&mut self, k: &Kinematics) -> f64 {
        let alt_m = self.ground_alt_m + k.position_m.z;
        let drift_pa = self.drift.step(&mut self.stream);
        standard_pressure_pa(alt_m) + self.day_pa + drift_pa + NOISE_PA * self.stream.normal()
    }
}

/// The international standard atmosphere below 11 km.
fn standard_pressure_pa(alt_m: f64) -> f64 {
    101_325.0 * libm::pow(1.0 - 2.255_77e-5 * alt_m, 5.255_88)
}

#[cfg(test)]
mod tests {
    #[test]
    fn pressure_falls_as_the_tables_say() {
        for (alt_m, pa) in [(0.0, 101_325.0), (500.0, 95_461.0), (1000.0, 89_875.0)] {
            assert!((super::standard_pressure_pa(alt_m) - pa).abs() < 5.0, "{alt_m}");
        }
    }
}
