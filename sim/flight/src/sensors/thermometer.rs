//! The temperature of the barometer's chip, 1 Hz: the air of the place, and what the board warms it.
//!
//! **Never:** tells the temperature of the air; a chip on a board never does.

use crate::chance::{Seed, Stream};
use evidence::{TICK_S, Tick};

/// How much a board of this size warms its chips, and how slowly.
const WARMING_DEGC: f64 = 12.0;
const WARMING_TIME_S: f64 = 180.0;
/// What one of these chips is off, and its noise (BMP388: ±0.5 °C typically, steps of 0.005 °C).
const OFFSET_DEGC: f64 = 0.3;
const NOISE_DEGC: f64 = 0.005;

/// The thermometer.
pub struct Thermometer {
    air_degc: f64,
    offset_degc: f64,
    stream: Stream,
}

impl Thermometer {
    /// In air of this temperature.
    pub fn at(air_degc: f64, seed: &Seed) -> Self {
        let mut stream = seed.fork("thermometer").stream();
        let offset_degc = OFFSET_DEGC * stream.normal();
        Self { air_degc, offset_degc, stream }
    }

    /// One sample.
    pub fn read(&mut self, now: Tick) -> f64 {
        let noise_degc = NOISE_DEGC * self.stream.normal();
        self.air_degc + warming_degc(now) + self.offset_degc + noise_degc
    }
}

/// How much warmer than the air a chip is, so long after power-on.
pub fn warming_degc(now: Tick) -> f64 {
    WARMING_DEGC * -libm::expm1(-(now.0 as f64) * TICK_S / WARMING_TIME_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chip_warms_by_twelve_degrees_and_by_two_thirds_of_it_in_three_minutes() {
        for (at_s, degc) in [(0.0, 0.0), (180.0, 7.585), (3_600.0, 12.0)] {
            assert!((warming_degc(Tick::at_s(at_s)) - degc).abs() < 0.001, "{at_s}");
        }
    }
}
