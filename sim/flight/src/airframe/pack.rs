//! The battery: voltage by charge and current, and what it leaves the motors.
//!
//! The pack is a voltage by state of charge behind a resistance: V = OCV − I R. What draws power P draws the current with
//! (OCV − I R) I = P, and at most the current of the most power that there is. A pack that is used up turns no motor, whether its voltage limits
//! them or not; the avionics live on what is left below nothing.
//!
//! **Never:** warms up, ages, or recovers.

use super::file::Airframe;

/// The pack in flight.
#[derive(Clone, Debug)]
pub struct Pack {
    open_v: [f64; 11],
    cells: f64,
    resistance_ohm: f64,
    rated_v: f64,
    avionics_w: f64,
    watts_per_radps3: f64,
    capacity_c: f64,
    charge_c: f64,
    current_a: f64,
    pack_v: f64,
    sags: bool,
}

impl Pack {
    /// A pack with this much of its charge.
    #[must_use]
    pub fn of(airframe: &Airframe, charge_pct: f64) -> Self {
        let capacity_c = airframe.capacity_ah * 3600.0;
        let mut pack = Self {
            open_v: airframe.cell_open_v,
            cells: airframe.cells as f64,
            resistance_ohm: airframe.cell_resistance_ohm * airframe.cells as f64,
            rated_v: airframe.rated_v,
            avionics_w: airframe.avionics_w,
            watts_per_radps3: airframe.torque_coefficient_nms2 / airframe.drive_efficiency,
            capacity_c,
            charge_c: capacity_c * charge_pct.clamp(0.0, 100.0) / 100.0,
            current_a: 0.0,
            pack_v: 0.0,
            sags: airframe.terms.battery_sag,
        };
        pack.pack_v = pack.open_circuit_v();
        pack
    }

    /// Draws what rotors at these speeds in air of this density need for so long.
    pub fn draw(&mut self, radps: &[f64], density_ratio: f64, for_s: f64) {
        let cubes: f64 = radps.iter().map(|w| w * w * w).sum();
        self.load(self.watts_per_radps3 * density_ratio * cubes + self.avionics_w);
        self.charge_c = (self.charge_c - self.current_a * for_s).max(0.0);
    }

    /// Puts a load on the pack.
    pub fn load(&mut self, watts: f64) {
        let open_v = self.open_circuit_v();
        let room = open_v * open_v - 4.0 * self.resistance_ohm * watts;
        // The root with the smaller current, in the form that also holds without resistance.
        self.current_a = 2.0 * watts / (open_v + room.max(0.0).sqrt());
        if room < 0.0 {
            self.current_a = open_v / (2.0 * self.resistance_ohm);
        }
        self.pack_v = open_v - self.current_a * self.resistance_ohm;
    }

    /// The part of the fastest speed that the motors reach now: nothing of it once the charge is used up.
    #[must_use]
    pub fn ceiling(&self) -> f64 {
        if self.charge_c <= 0.0 {
            0.0
        } else if !self.sags {
            1.0
        } else {
            (self.pack_v / self.rated_v).clamp(0.0, 1.0)
        }
    }

    /// Voltage at the terminals.
    #[must_use]
    pub fn pack_v(&self) -> f64 {
        self.pack_v
    }

    /// Current out of it.
    #[must_use]
    pub fn current_a(&self) -> f64 {
        self.current_a
    }

    /// Charge that is left, in per cent of a full pack.
    #[must_use]
    pub fn charge_pct(&self) -> f64 {
        100.0 * self.charge_c / self.capacity_c
    }

    /// Voltage without load.
    #[must_use]
    pub fn open_circuit_v(&self) -> f64 {
        let place = (self.charge_c / self.capacity_c).clamp(0.0, 1.0) * 10.0;
        let below = (place as usize).min(9);
        let (low, high) = (self.open_v[below], self.open_v[below + 1]);
        (low + (high - low) * (place - below as f64)) * self.cells
    }
}
