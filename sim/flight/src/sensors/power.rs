//! The battery and its monitor: charge by rotor power, voltage by charge and current, 10 Hz.
//!
//! **Never:** knows what a seat's cells have more or less than their share; the seat adds that.

use crate::airframe::{Airframe, ROTORS};
use crate::chance::{Seed, Stream};
use evidence::TICK_S;
use vehicle::senses::{Battery, CELLS_MAX, ROTORS_MAX};

/// Open-circuit voltage of a lithium-polymer cell at 0, 10, … 100 % of its charge.
const CELL_OCV: [f64; 11] = [3.27, 3.69, 3.73, 3.77, 3.80, 3.84, 3.87, 3.92, 4.00, 4.09, 4.20];
const PACK_NOISE_V: f64 = 0.004;
const CURRENT_NOISE_A: f64 = 0.05;
const READ_EVERY_S: f64 = 0.1;

/// Speed controllers: air temperature, warming by the pack's current, and how slowly.
const AIR_DEGC: f64 = 21.0;
const WARMING_DEGC_PER_A: f64 = 1.6;
const WARMING_TIME_S: f64 = 40.0;

/// The battery of the airframe and its monitor.
pub struct PowerMonitor {
    cells: usize,
    capacity_c: f64,
    charge_c: f64,
    resistance_ohm: f64,
    avionics_w: f64,
    watts_per_radps3: f64,
    pack_v: f64,
    current_a: f64,
    esc_degc: f64,
    esc_keep: f64,
    stream: Stream,
}

impl PowerMonitor {
    /// A battery with this much of its charge.
    pub fn of(airframe: &Airframe, charge_pct: f64, seed: &Seed) -> Self {
        let capacity_c = airframe.capacity_ah * 3600.0;
        let charge_c = capacity_c * charge_pct / 100.0;
        Self {
            cells: airframe.cells,
            capacity_c,
            charge_c,
            resistance_ohm: airframe.cell_resistance_ohm * airframe.cells as f64,
            avionics_w: airframe.avionics_w,
            watts_per_radps3: airframe.torque_coefficient_nms2 / airframe.drive_efficiency,
            pack_v: open_circuit_v(charge_c / capacity_c) * airframe.cells as f64,
            current_a: 0.0,
            esc_degc: AIR_DEGC,
            esc_keep: libm::exp(-READ_EVERY_S / WARMING_TIME_S),
            stream: seed.fork("power").stream(),
        }
    }

    /// Draws one tick's charge.
    pub fn draw(&mut self, rotor_radps: &[f64; ROTORS]) {
        let cubes: f64 = rotor_radps.iter().map(|w| w * w * w).sum();
        let watts = self.watts_per_radps3 * cubes + self.avionics_w;
        self.current_a = watts / self.pack_v.max(1.0);
        self.charge_c = (self.charge_c - self.current_a * TICK_S).max(0.0);
        let open_v = open_circuit_v(self.charge_c / self.capacity_c) * self.cells as f64;
        self.pack_v = open_v - self.current_a * self.resistance_ohm;
    }

    /// One sample.
    pub fn read(&mut self) -> Battery {
        let pack_v = self.pack_v + PACK_NOISE_V * self.stream.normal();
        let warm_degc = AIR_DEGC + WARMING_DEGC_PER_A * self.current_a;
        self.esc_degc = warm_degc + (self.esc_degc - warm_degc) * self.esc_keep;
        let mut cells_mv = [0; CELLS_MAX];
        cells_mv[..self.cells].fill((pack_v * 1000.0 / self.cells as f64) as u16);
        let mut esc_cdegc = [0; ROTORS_MAX];
        esc_cdegc[..ROTORS].fill((self.esc_degc * 100.0) as i16);
        Battery {
            pack_v,
            current_a: (self.current_a + CURRENT_NOISE_A * self.stream.normal()).max(0.0),
            charge_pct: 100.0 * self.charge_c / self.capacity_c,
            cells_mv,
            esc_cdegc,
        }
    }
}

/// Voltage of one cell without load, by its charge from 0 to 1.
fn open_circuit_v(charge: f64) -> f64 {
    let place = charge.clamp(0.0, 1.0) * 10.0;
    let below = (place as usize).min(9);
    CELL_OCV[below] + (CELL_OCV[below + 1] - CELL_OCV[below]) * (place - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hovering_empties_the_battery_in_about_half_an_hour() {
        let text = include_str!("../../../../assets/airframes/camera_quad.ron");
        let airframe = Airframe::parse(text).unwrap();
        let mut power = PowerMonitor::of(&airframe, 100.0, &Seed::master(1));
        for _ in 0..500 * 60 * 5 {
            power.draw(&[529.0; ROTORS]);
        }
        let battery = power.read();
        assert!((75.0..90.0).contains(&battery.charge_pct), "{battery:?}");
        assert!((15.5..16.6).contains(&battery.pack_v), "{battery:?}");
    }
}
