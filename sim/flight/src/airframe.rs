//! The airframe file: every figure of the machine, with its unit in its key.
//!
//! Rotors: 1 front left, 2 front right, 3 rear right, 4 rear left; the drag of 1 and 3 turns the body
//! positively about z up, that of 2 and 4 negatively.
//!
//! **Never:** moves anything; fills in a figure that the file leaves out.

use crate::error::FlyError;
use crate::frames::frd_from_flu;
use glam::DVec3;
use serde::Deserialize;
use std::path::Path;
use vehicle::senses::{AirframeSetup, CELLS_MAX, RotorPlace};

/// Rotors of every airframe so far.
pub const ROTORS: usize = 4;

/// Sense of each rotor's drag torque about z up.
pub const YAW_SIGN_UP: [f64; ROTORS] = [1.0, -1.0, 1.0, -1.0];

/// An airframe as its file has it. Body axes: x forward, y left, z up, from the centre of mass.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Airframe {
    /// Mass with everything on board.
    pub mass_kg: f64,
    /// Moments of inertia about x, y, z.
    pub inertia_kgm2: (f64, f64, f64),
    /// Hubs lie this far before and behind the centre of mass.
    pub rotor_forward_m: f64,
    /// Hubs lie this far left and right of it.
    pub rotor_left_m: f64,
    /// Hubs lie this far above it.
    pub rotor_up_m: f64,
    /// Thrust = this × speed², N s²/rad².
    pub thrust_coefficient_ns2: f64,
    /// Drag torque = this × speed², N m s²/rad².
    pub torque_coefficient_nms2: f64,
    /// Fastest speed that a rotor follows.
    pub rotor_radps_max: f64,
    /// First-order lag of a motor.
    pub motor_time_constant_s: f64,
    /// Drag = this × speed through the air, along x, y, z.
    pub linear_drag_nspm: (f64, f64, f64),
    /// Drag = this × speed² through the air.
    pub quadratic_drag_ns2pm2: f64,
    /// Drag torque = this × angular rate, about x, y, z.
    pub angular_drag_nms: (f64, f64, f64),
    /// Half the landing gear's box.
    pub gear_half_m: (f64, f64, f64),
    /// Its centre above the centre of mass (negative: below).
    pub gear_centre_up_m: f64,
    /// Coulomb friction with the ground.
    pub gear_friction: f64,
    /// Bounce, 0 to 1.
    pub gear_restitution: f64,
    /// Cells in series.
    pub cells: usize,
    /// Charge of the full battery.
    pub capacity_ah: f64,
    /// Inner resistance of one cell.
    pub cell_resistance_ohm: f64,
    /// Power of everything but the rotors.
    pub avionics_w: f64,
    /// Shaft power over electrical power.
    pub drive_efficiency: f64,
    /// The camera's eye before the centre of mass.
    pub camera_forward_m: f64,
    /// The camera's eye above the centre of mass.
    pub camera_up_m: f64,
    /// Rotor noise at the microphone when all rotors turn at the reference speed, dB SPL.
    pub rotor_noise_db: f64,
    /// That speed.
    pub rotor_noise_reference_radps: f64,
    /// The microphone's own noise, dB SPL.
    pub microphone_floor_db: f64,
}

impl Airframe {
    /// Reads an airframe file.
    ///
    /// # Errors
    /// File, line and column of what is unreadable, unknown, missing or impossible.
    pub fn read(file: &Path) -> Result<Self, FlyError> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| FlyError::Unreadable { file: file.to_path_buf(), error })?;
        Self::parse(&text).map_err(|(line, column, problem)| FlyError::Airframe {
            file: file.to_path_buf(),
            line,
            column,
            problem,
        })
    }

    /// Reads the text of an airframe file; an error is line, column, problem.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, (usize, usize, String)> {
        let airframe: Self = ron::from_str(text)
            .map_err(|e| (e.span.start.line, e.span.start.col, e.code.to_string()))?;
        match airframe.first_impossible_key() {
            None => Ok(airframe),
            Some((key, must)) => {
                let line = text.lines().position(|l| l.trim_start().starts_with(key));
                Err((line.map_or(1, |l| l + 1), 1, format!("`{key}` must be {must}")))
            }
        }
    }

    /// What the firmware's set-up file says of this airframe.
    #[must_use]
    pub fn setup(&self) -> AirframeSetup {
        let (x, y, z) = self.inertia_kgm2;
        let rotors = self.hubs_flu_m().into_iter().zip(YAW_SIGN_UP);
        AirframeSetup {
            rotors: rotors
                .map(|(hub, up)| RotorPlace { hub_frd_m: frd_from_flu(hub), yaw_sign: -up })
                .collect(),
            mass_kg: self.mass_kg,
            inertia_kgm2: DVec3::new(x, y, z),
            thrust_coefficient: self.thrust_coefficient_ns2,
            torque_coefficient: self.torque_coefficient_nms2,
            rotor_radps_max: self.rotor_radps_max,
            cells: self.cells,
        }
    }

    /// The rotors' hubs, rotor 1 first.
    #[must_use]
    pub fn hubs_flu_m(&self) -> [DVec3; ROTORS] {
        let (f, l, u) = (self.rotor_forward_m, self.rotor_left_m, self.rotor_up_m);
        [DVec3::new(f, l, u), DVec3::new(f, -l, u), DVec3::new(-f, -l, u), DVec3::new(-f, l, u)]
    }

    /// Height of the centre of mass when the gear stands on level ground.
    #[must_use]
    pub fn standing_height_m(&self) -> f64 {
        self.gear_half_m.2 - self.gear_centre_up_m
    }

    fn first_impossible_key(&self) -> Option<(&'static str, &'static str)> {
        let three = |v: (f64, f64, f64)| [v.0, v.1, v.2];
        let positive = |v: f64| v.is_finite() && v > 0.0;
        let not_negative = |v: f64| v.is_finite() && v >= 0.0;
        let checks = [
            ("mass_kg", positive(self.mass_kg), "more than 0"),
            ("inertia_kgm2", three(self.inertia_kgm2).into_iter().all(positive), "more than 0"),
            ("rotor_forward_m", positive(self.rotor_forward_m), "more than 0"),
            ("rotor_left_m", positive(self.rotor_left_m), "more than 0"),
            ("rotor_up_m", self.rotor_up_m.is_finite(), "a finite number"),
            ("thrust_coefficient_ns2", positive(self.thrust_coefficient_ns2), "more than 0"),
            ("torque_coefficient_nms2", positive(self.torque_coefficient_nms2), "more than 0"),
            ("rotor_radps_max", positive(self.rotor_radps_max), "more than 0"),
            ("motor_time_constant_s", positive(self.motor_time_constant_s), "more than 0"),
            (
                "linear_drag_nspm",
                three(self.linear_drag_nspm).into_iter().all(not_negative),
                "0 or more",
            ),
            ("quadratic_drag_ns2pm2", not_negative(self.quadratic_drag_ns2pm2), "0 or more"),
            (
                "angular_drag_nms",
                three(self.angular_drag_nms).into_iter().all(not_negative),
                "0 or more",
            ),
            ("gear_half_m", three(self.gear_half_m).into_iter().all(positive), "more than 0"),
            ("gear_centre_up_m", self.gear_centre_up_m.is_finite(), "a finite number"),
            ("gear_friction", not_negative(self.gear_friction), "0 or more"),
            ("gear_restitution", (0.0..=1.0).contains(&self.gear_restitution), "from 0 to 1"),
            ("cells", (1..=CELLS_MAX).contains(&self.cells), "from 1 to 6"),
            ("capacity_ah", positive(self.capacity_ah), "more than 0"),
            ("cell_resistance_ohm", not_negative(self.cell_resistance_ohm), "0 or more"),
            ("avionics_w", not_negative(self.avionics_w), "0 or more"),
            (
                "drive_efficiency",
                positive(self.drive_efficiency) && self.drive_efficiency <= 1.0,
                "above 0, at most 1",
            ),
            ("camera_forward_m", self.camera_forward_m.is_finite(), "a finite number"),
            ("camera_up_m", self.camera_up_m.is_finite(), "a finite number"),
            ("rotor_noise_db", self.rotor_noise_db.is_finite(), "a finite number"),
            (
                "rotor_noise_reference_radps",
                positive(self.rotor_noise_reference_radps),
                "more than 0",
            ),
            ("microphone_floor_db", self.microphone_floor_db.is_finite(), "a finite number"),
        ];
        checks.into_iter().find(|(_, holds, _)| !holds).map(|(key, _, must)| (key, must))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMERA_QUAD: &str = include_str!("../../../assets/airframes/camera_quad.ron");

    #[test]
    fn the_shipped_airframe_hovers_at_half_of_its_fastest_speed_or_less() {
        let airframe = Airframe::parse(CAMERA_QUAD).unwrap();
        let hover_radps =
            (airframe.mass_kg * 9.81 / (4.0 * airframe.thrust_coefficient_ns2)).sqrt();
        assert!(hover_radps < 0.6 * airframe.rotor_radps_max, "{hover_radps}");
        let setup = airframe.setup();
        assert!(setup.rotors[0].hub_frd_m.y < 0.0 && setup.rotors[0].yaw_sign < 0.0);
    }

    #[test]
    fn an_unknown_a_missing_and_an_impossible_figure_are_named_with_their_line() {
        for (from, to, says) in [
            ("mass_kg: 1.2", "mass_lb: 2.6", "mass_lb"),
            ("mass_kg: 1.2,", "", "mass_kg"),
            ("mass_kg: 1.2", "mass_kg: -1.2", "`mass_kg` must be more than 0"),
            ("cells: 4", "cells: 9", "from 1 to 6"),
        ] {
            let (line, _, problem) = Airframe::parse(&CAMERA_QUAD.replace(from, to)).unwrap_err();
            assert!(problem.contains(says) && line > 1, "{line}: {problem}");
        }
    }
}
