//! What each figure of an airframe file may be.
//!
//! The ranges hold everything from a 5 g toy to a 50 kg carrier, and keep the laws of motion within what a step of a tick
//! can follow: a machine whose drag would stop it within a tick is refused here, so that no number that is none comes
//! out of a flight.
//!
//! **Never:** changes a figure.

use super::file::Airframe;
use crate::airframe::{DISC_HALF_M, ROTORS_MAX};
use evidence::TICK_S;
use glam::{DMat4, DVec4};
use vehicle::senses::CELLS_MAX;

/// The part of a motion that drag may take away in a tick; an explicit step follows that with ease.
const DAMPED_PART_MAX: f64 = 0.5;
/// A motor lags for no less than this, or not at all.
pub(super) const LAG_MIN_S: f64 = TICK_S / 2.0;
/// The hull's drag must be followed up to this speed through the air.
const AIR_SPEED_MAX_MPS: f64 = 150.0;

/// Hubs spread by less than this part of a rotor's radius steer nothing.
const ARM_MIN_RADII: f64 = 0.01;
/// Lift, roll, pitch and yaw are apart where the determinant of their correlations is no less than this.
const APART_MIN: f64 = 1e-3;

/// A key, its values, and the range that they must be in.
type Check<'a> = (&'static str, &'a [f64], f64, f64);

impl Airframe {
    /// The first key whose figure cannot be, and what it must be.
    pub(super) fn first_impossible_key(&self) -> Option<(&'static str, String)> {
        let outside = |v: &f64, low: f64, high: f64| !(low..=high).contains(v);
        let three = |v: (f64, f64, f64)| [v.0, v.1, v.2];
        let (inertia, drag) = (three(self.inertia_kgm2), three(self.hull_drag_ns2pm2));
        let gear = three(self.gear_half_m);
        let one = std::slice::from_ref::<f64>;
        let checks: [Check<'_>; 33] = [
            ("mass_kg", one(&self.mass_kg), 0.005, 50.0),
            ("inertia_kgm2", &inertia, 1e-7, 100.0),
            ("rotor_radius_m", one(&self.rotor_radius_m), 0.005, 1.0),
            ("rotor_radps_min", one(&self.rotor_radps_min), 0.0, 10_000.0),
            ("rotor_radps_max", one(&self.rotor_radps_max), 1.0, 10_000.0),
            ("motor_spin_up_s", one(&self.motor_spin_up_s), 0.0, 10.0),
            ("motor_spin_down_s", one(&self.motor_spin_down_s), 0.0, 10.0),
            ("thrust_coefficient_ns2", one(&self.thrust_coefficient_ns2), 1e-12, 1.0),
            ("torque_coefficient_nms2", one(&self.torque_coefficient_nms2), 1e-14, 1.0),
            ("rotor_drag_ns2pm", one(&self.rotor_drag_ns2pm), 0.0, 1.0),
            ("rotor_inflow_ns2pm", one(&self.rotor_inflow_ns2pm), 0.0, 1.0),
            ("translational_lift_ns2pm2", one(&self.translational_lift_ns2pm2), 0.0, 1.0),
            ("flapping_ns2", one(&self.flapping_ns2), -1.0, 1.0),
            ("rotor_inertia_kgm2", one(&self.rotor_inertia_kgm2), 0.0, 1.0),
            ("hull_drag_ns2pm2", &drag, 0.0, 10.0),
            ("gear_half_m", &gear, 0.001, 5.0),
            ("gear_centre_up_m", one(&self.gear_centre_up_m), -5.0, 5.0),
            ("gear_friction", one(&self.gear_friction), 0.0, 10.0),
            ("gear_restitution", one(&self.gear_restitution), 0.0, 1.0),
            ("impact_mps_max", one(&self.impact_mps_max), 0.1, 1000.0),
            ("cell_open_v", &self.cell_open_v, 0.5, 5.0),
            ("capacity_ah", one(&self.capacity_ah), 0.01, 1000.0),
            ("cell_resistance_ohm", one(&self.cell_resistance_ohm), 0.0, 1.0),
            ("rated_v", one(&self.rated_v), 0.5, 60.0),
            ("avionics_w", one(&self.avionics_w), 0.0, 1000.0),
            ("drive_efficiency", one(&self.drive_efficiency), 0.01, 1.0),
            ("camera_forward_m", one(&self.camera_forward_m), -5.0, 5.0),
            ("camera_up_m", one(&self.camera_up_m), -5.0, 5.0),
            ("rotor_noise_db", one(&self.rotor_noise_db), -100.0, 140.0),
            ("rotor_noise_reference_radps", one(&self.rotor_noise_reference_radps), 1.0, 10_000.0),
            ("microphone_floor_db", one(&self.microphone_floor_db), -100.0, 140.0),
            ("rotor_radps_min", one(&self.rotor_radps_min), 0.0, self.rotor_radps_max),
            ("gear_half_m", std::slice::from_ref(&gear[2]), self.gear_centre_up_m, 5.0),
        ];
        let bad =
            checks.iter().find(|(_, vs, low, high)| vs.iter().any(|v| outside(v, *low, *high)));
        if let Some((key, _, low, high)) = bad {
            return Some((key, format!("from {low} to {high}")));
        }
        self.too_quick().or_else(|| self.first_bad_part()).or_else(|| self.too_stiff())
    }

    /// A lag that is over well within a tick cannot be followed by its stages; none at all can.
    fn too_quick(&self) -> Option<(&'static str, String)> {
        let lags = [
            ("motor_spin_up_s", self.motor_spin_up_s),
            ("motor_spin_down_s", self.motor_spin_down_s),
        ];
        let (key, _) = lags.into_iter().find(|(_, s)| *s > 0.0 && *s < LAG_MIN_S)?;
        Some((key, format!("0, or at least {LAG_MIN_S}")))
    }

    /// Rotors and cells.
    fn first_bad_part(&self) -> Option<(&'static str, String)> {
        if !(1..=ROTORS_MAX).contains(&self.rotors.len()) {
            return Some(("rotors", format!("a list of 1 to {ROTORS_MAX} rotors")));
        }
        for hub in &self.rotors {
            let (x, y, z) = hub.at_m;
            if [x, y, z].iter().any(|v| !(-5.0..=5.0).contains(v)) {
                return Some(("rotors", "rotors within 5 m of the centre of mass".to_owned()));
            }
            if hub.yaw_sign.abs() != 1 {
                return Some(("rotors", "rotors with a `yaw_sign` of 1 or -1".to_owned()));
            }
        }
        let bottom_m = self.gear_centre_up_m - self.gear_half_m.2;
        let lowest_m = self.rotors.iter().map(|hub| hub.at_m.2).fold(f64::INFINITY, f64::min);
        if lowest_m - DISC_HALF_M < bottom_m {
            let must = "rotors above the bottom of the gear, on which it stands";
            return Some(("rotors", must.to_owned()));
        }
        if !(1..=CELLS_MAX).contains(&self.cells) {
            return Some(("cells", format!("from 1 to {CELLS_MAX}")));
        }
        let falls = self.cell_open_v.windows(2).any(|pair| pair[1] < pair[0]);
        falls.then(|| {
            ("cell_open_v", "eleven voltages that must not fall as charge grows".to_owned())
        })
    }

    /// What keeps a firmware from steering it: the rotors must give lift, roll, pitch and yaw apart from one another.
    ///
    /// The four rows of what a newton of each rotor does are scaled to length 1; the determinant of their products is 1
    /// where they are square to one another, and 0 where one is made of the others.
    pub(super) fn unsteerable(&self) -> Option<&'static str> {
        let rows = self.rotors.iter().map(|hub| {
            let at_m = hub.place();
            DVec4::new(1.0, at_m.y, -at_m.x, f64::from(hub.yaw_sign))
        });
        let squares: DVec4 = rows.clone().map(|row| row * row).sum();
        let shortest = (squares.y.min(squares.z) / self.rotors.len() as f64).sqrt();
        if shortest < ARM_MIN_RADII * self.rotor_radius_m {
            return Some("its hubs all but coincide, or stand in one line");
        }
        let mut products = DMat4::ZERO;
        for row in rows {
            let row = row / squares.map(f64::sqrt);
            products += DMat4::from_cols(row * row.x, row * row.y, row * row.z, row * row.w);
        }
        (products.determinant() < APART_MIN)
            .then_some("its rotors cannot give lift, roll, pitch and yaw apart from one another")
    }

    /// Drag that would stop a motion within a tick cannot be followed by a step of a tick.
    fn too_stiff(&self) -> Option<(&'static str, String)> {
        let slow = |key: &'static str, rate_per_s: f64, of: &str| {
            (rate_per_s * TICK_S > DAMPED_PART_MAX).then(|| {
                let limit = DAMPED_PART_MAX * 100.0;
                (key, format!("less: in a tick it would take more than {limit} % of {of}"))
            })
        };
        let turning = self.rotor_radps_max * self.rotors.len() as f64;
        let fastest = self.rotor_radps_max;
        let (ix, iy, iz) = self.inertia_kgm2;
        let inertia = ix.min(iy).min(iz);
        let arms2: f64 = self.rotors.iter().map(|hub| hub.place().length_squared()).sum();
        let arm = self.rotors.iter().map(|hub| hub.place().length()).fold(0.0, f64::max);
        let (cx, cy, cz) = self.hull_drag_ns2pm2;
        let (k_d, k_z) = (self.rotor_drag_ns2pm, self.rotor_inflow_ns2pm);
        let lift = 2.0 * self.translational_lift_ns2pm2 * AIR_SPEED_MAX_MPS;
        let count = self.rotors.len() as f64;
        let hull = 2.0 * cx.max(cy).max(cz) * AIR_SPEED_MAX_MPS;
        let flap = self.flapping_ns2.abs() * turning;
        let wheel = self.rotor_inertia_kgm2 * turning;
        slow("rotor_drag_ns2pm", k_d * turning / self.mass_kg, "the speed")
            .or_else(|| slow("rotor_inflow_ns2pm", k_z * turning / self.mass_kg, "the speed"))
            .or_else(|| slow("rotor_drag_ns2pm", k_d * fastest * arms2 / inertia, "the turn"))
            .or_else(|| slow("rotor_inflow_ns2pm", k_z * fastest * arms2 / inertia, "the turn"))
            .or_else(|| slow("flapping_ns2", flap * arm / inertia, "the turn"))
            .or_else(|| slow("translational_lift_ns2pm2", lift * count / self.mass_kg, "the speed"))
            .or_else(|| slow("translational_lift_ns2pm2", lift * arms2 / inertia, "the turn"))
            .or_else(|| slow("hull_drag_ns2pm2", hull / self.mass_kg, "the speed"))
            .or_else(|| slow("rotor_inertia_kgm2", wheel / inertia, "the turn"))
    }
}
