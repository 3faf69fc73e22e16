//! The battery's monitor: voltage, current and charge of the pack with a meter's noise, 10 Hz.
//!
//! **Never:** draws charge, that is for the body; knows what a seat's cells have more or less than their share, the seat
//! adds that.

use super::failure::Reading;
use crate::airframe::{Airframe, Pack};
use crate::chance::{Seed, Stream};
use vehicle::senses::{Battery, CELLS_MAX, ROTORS_MAX};

const PACK_NOISE_V: f64 = 0.004;
const CURRENT_NOISE_A: f64 = 0.05;
const READ_EVERY_S: f64 = 0.1;

/// A shunt and its amplifier are off by so much of what flows.
const CURRENT_GAIN: f64 = 0.02;
/// Speed controllers: warming over the air by the pack's current, and how slowly.
const WARMING_DEGC_PER_A: f64 = 1.6;
const WARMING_TIME_S: f64 = 40.0;

/// The monitor of a battery.
pub struct PowerMonitor {
    cells: usize,
    rotors: usize,
    air_degc: f64,
    current_gain: f64,
    esc_degc: f64,
    esc_keep: f64,
    stream: Stream,
}

impl PowerMonitor {
    /// The monitor of an airframe's battery, in air of this temperature.
    pub fn of(airframe: &Airframe, air_degc: f64, seed: &Seed) -> Self {
        let mut stream = seed.fork("power").stream();
        Self {
            cells: airframe.cells,
            rotors: airframe.rotors.len(),
            air_degc,
            current_gain: 1.0 + CURRENT_GAIN * stream.normal(),
            esc_degc: air_degc,
            esc_keep: libm::exp(-READ_EVERY_S / WARMING_TIME_S),
            stream,
        }
    }

    /// One sample.
    pub fn read(&mut self, pack: &Pack) -> Battery {
        let pack_v = pack.pack_v() + PACK_NOISE_V * self.stream.normal();
        let warm_degc = self.air_degc + WARMING_DEGC_PER_A * pack.current_a();
        self.esc_degc = warm_degc + (self.esc_degc - warm_degc) * self.esc_keep;
        let mut cells_mv = [0; CELLS_MAX];
        cells_mv[..self.cells].fill((pack_v * 1000.0 / self.cells as f64) as u16);
        let mut esc_cdegc = [0; ROTORS_MAX];
        esc_cdegc[..self.rotors].fill((self.esc_degc * 100.0) as i16);
        Battery {
            pack_v,
            current_a: (pack.current_a() * self.current_gain
                + CURRENT_NOISE_A * self.stream.normal())
            .max(0.0),
            charge_pct: pack.charge_pct(),
            cells_mv,
            esc_cdegc,
        }
    }
}

/// A meter that reads the pack's voltage wrongly shares that among the cells.
impl Reading for Battery {
    fn shifted(self, by: [f64; 3]) -> Self {
        let cells = self.cells_mv.iter().filter(|mv| **mv != 0).count().max(1);
        let wrong_mv = by[0] * 1000.0 / cells as f64;
        let shift = |mv: u16| if mv == 0 { 0 } else { (f64::from(mv) + wrong_mv) as u16 };
        Self { pack_v: self.pack_v + by[0], cells_mv: self.cells_mv.map(shift), ..self }
    }
}
