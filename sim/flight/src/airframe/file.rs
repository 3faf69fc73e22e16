//! The airframe file: every figure of the machine, with its unit in its key.
//!
//! A coefficient of 0 switches its term off; what has no natural zero has a switch in `terms`.
//!
//! **Never:** moves anything; fills in a figure that the file leaves out.

use crate::error::FlyError;
use crate::frames::frd_from_flu;
use glam::DVec3;
use serde::Deserialize;
use std::path::Path;
use vehicle::senses::{AirframeSetup, RotorPlace};

/// An airframe as its file has it. Body axes: x forward, y left, z up, from the centre of mass.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Airframe {
    /// Mass with everything on board.
    pub mass_kg: f64,
    /// Moments of inertia about x, y, z.
    pub inertia_kgm2: (f64, f64, f64),
    /// Where the rotors are, all above the gear's bottom, and which way they yaw the body, rotor 1 first.
    pub rotors: Vec<Hub>,
    /// From the hub to the tip of a blade.
    pub rotor_radius_m: f64,
    /// Slowest speed that a motor follows.
    pub rotor_radps_min: f64,
    /// Fastest speed that a motor follows, at `rated_v` or more.
    pub rotor_radps_max: f64,
    /// Time constant of a motor that gains speed; 0 for one that has its speed at once.
    pub motor_spin_up_s: f64,
    /// Time constant of a motor that loses speed; 0 for one that has its speed at once.
    pub motor_spin_down_s: f64,
    /// k_eta: thrust = this × speed², N s²/rad².
    pub thrust_coefficient_ns2: f64,
    /// k_m: drag torque = this × speed², N m s²/rad².
    pub torque_coefficient_nms2: f64,
    /// k_d: drag in the rotor's plane = this × speed × air speed, N s²/(rad m).
    pub rotor_drag_ns2pm: f64,
    /// k_z: loss of thrust = this × speed × climb through the air, N s²/(rad m).
    pub rotor_inflow_ns2pm: f64,
    /// k_h: gain of thrust = this × (air speed in the rotor's plane)², N s²/m².
    pub translational_lift_ns2pm2: f64,
    /// k_flap: moment = −this × speed × (air velocity × z), N s²/rad.
    pub flapping_ns2: f64,
    /// Moment of inertia of one rotor with its motor's bell about its axis.
    pub rotor_inertia_kgm2: f64,
    /// c_D: drag of the hull = this × speed × air velocity, along x, y, z.
    pub hull_drag_ns2pm2: (f64, f64, f64),
    /// Half the landing gear's box.
    pub gear_half_m: (f64, f64, f64),
    /// Its centre above the centre of mass (negative: below).
    pub gear_centre_up_m: f64,
    /// Coulomb friction with the ground.
    pub gear_friction: f64,
    /// Bounce, 0 to 1.
    pub gear_restitution: f64,
    /// A harder knock than this change of velocity destroys the airframe.
    pub impact_mps_max: f64,
    /// Cells in series.
    pub cells: usize,
    /// Voltage of a cell without load at 0, 10, … 100 % of its charge.
    pub cell_open_v: [f64; 11],
    /// Charge of the full battery.
    pub capacity_ah: f64,
    /// Inner resistance of one cell.
    pub cell_resistance_ohm: f64,
    /// Voltage of the loaded pack that `rotor_radps_max` needs.
    pub rated_v: f64,
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
    /// Which of the terms without a natural zero act.
    pub terms: Terms,
}

/// One rotor's place.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hub {
    /// Forward, left, up.
    pub at_m: (f64, f64, f64),
    /// 1 where the rotor's drag yaws the body positively about z up, −1 where negatively.
    pub yaw_sign: i8,
}

/// A switch for each term that no coefficient of 0 would switch off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// A rotor that gains speed turns the body the other way.
    pub spin_up_reaction: bool,
    /// Turning rotors resist being tilted.
    pub rotor_gyroscope: bool,
    /// Lift grows near the ground (Cheeseman and Bennett).
    pub ground_effect: bool,
    /// Lift is lost in the rotor's own wake in a descent.
    pub vortex_ring: bool,
    /// Thinner air carries less.
    pub air_density: bool,
    /// The pack's voltage limits the motors; without this, only a pack that is used up does.
    pub battery_sag: bool,
    /// A turning rotor that touches anything breaks.
    pub prop_strike: bool,
}

/// Line, column and problem of what is wrong in a text.
pub type Wrong = (usize, usize, String);

impl Airframe {
    /// Reads an airframe file for the bench, where any machine may fly.
    ///
    /// # Errors
    /// File, line and column of what is unreadable, unknown, missing or impossible.
    pub fn read(file: &Path) -> Result<Self, FlyError> {
        read_with(file, Self::parse)
    }

    /// Reads an airframe file for a flight under a firmware, which must be able to steer it.
    ///
    /// # Errors
    /// As [`Airframe::read`]; or the rotors, where they steer nothing.
    pub fn read_to_fly(file: &Path) -> Result<Self, FlyError> {
        read_with(file, Self::parse_to_fly)
    }

    /// Reads the text of an airframe file for a flight under a firmware; an error is line, column, problem.
    ///
    /// # Errors
    /// As [`Airframe::parse`]; or the rotors, where they steer nothing.
    pub fn parse_to_fly(text: &str) -> Result<Self, Wrong> {
        let airframe = Self::parse(text)?;
        let Some(problem) = airframe.unsteerable() else { return Ok(airframe) };
        let (line, column) = place_of(text, "rotors");
        let must = "give it four rotors or more about the centre of mass, neighbours with opposite \
            `yaw_sign` (on the bench of `hushwing airframe` it flies as it is)";
        Err((line, column, format!("no firmware can steer these `rotors`: {problem}; {must}")))
    }

    /// Reads the text of an airframe file; an error is line, column, problem.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let airframe: Self = ron::from_str(text)
            .map_err(|e| (e.span.start.line, e.span.start.col, e.code.to_string()))?;
        match airframe.first_impossible_key() {
            None => Ok(airframe),
            Some((key, must)) => {
                let (line, column) = place_of(text, key);
                Err((line, column, format!("`{key}` must be {must}")))
            }
        }
    }

    /// What the firmware's set-up file says of this airframe.
    #[must_use]
    pub fn setup(&self) -> AirframeSetup {
        let (x, y, z) = self.inertia_kgm2;
        let place = |hub: &Hub| RotorPlace {
            hub_frd_m: frd_from_flu(hub.place()),
            yaw_sign: -f64::from(hub.yaw_sign),
        };
        AirframeSetup {
            rotors: self.rotors.iter().map(place).collect(),
            mass_kg: self.mass_kg,
            inertia_kgm2: DVec3::new(x, y, z),
            thrust_coefficient: self.thrust_coefficient_ns2,
            torque_coefficient: self.torque_coefficient_nms2,
            drag_per_s: self.rotor_drag_ns2pm * self.hover_radps() * self.rotors.len() as f64
                / self.mass_kg,
            rotor_radps_max: self.rotor_radps_max,
            rotor_inertia_kgm2: if self.terms.rotor_gyroscope {
                self.rotor_inertia_kgm2
            } else {
                0.0
            },
            motor_s: 0.5 * (self.motor_spin_up_s + self.motor_spin_down_s),
            cells: self.cells,
        }
    }

    /// Height of the centre of mass when the gear stands on level ground.
    #[must_use]
    pub fn standing_height_m(&self) -> f64 {
        self.gear_half_m.2 - self.gear_centre_up_m
    }

    /// The speed at which all rotors together carry the weight in still air: √(m g / (n k_eta)).
    #[must_use]
    pub fn hover_radps(&self) -> f64 {
        let lift_ns2 = self.thrust_coefficient_ns2 * self.rotors.len() as f64;
        (self.mass_kg * super::GRAVITY_MPS2 / lift_ns2).sqrt()
    }
}

impl Hub {
    /// Its place, body FLU.
    #[must_use]
    pub fn place(&self) -> DVec3 {
        DVec3::new(self.at_m.0, self.at_m.1, self.at_m.2)
    }
}

fn read_with(
    file: &Path,
    parse: fn(&str) -> Result<Airframe, Wrong>,
) -> Result<Airframe, FlyError> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| FlyError::Unreadable { file: file.to_path_buf(), error })?;
    parse(&text).map_err(|(line, column, problem)| FlyError::Airframe {
        file: file.to_path_buf(),
        line,
        column,
        problem,
    })
}

/// Line and column, from 1, of a key at the beginning of a line.
fn place_of(text: &str, key: &str) -> (usize, usize) {
    let line = text.lines().position(|l| l.trim_start().starts_with(key));
    let column = line.and_then(|at| text.lines().nth(at)?.find(key));
    (line.map_or(1, |l| l + 1), column.map_or(1, |c| c + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::airframe::tests::CAMERA_QUAD;

    #[test]
    fn an_unknown_a_missing_and_an_impossible_figure_are_named_with_their_line() {
        for (from, to, says) in [
            ("mass_kg: 1.2", "mass_lb: 2.6", "mass_lb"),
            ("mass_kg: 1.2,", "", "mass_kg"),
            ("mass_kg: 1.2", "mass_kg: -1.2", "`mass_kg` must be from 0.005 to 50"),
            ("cells: 4", "cells: 9", "from 1 to 6"),
            ("0.16, 0.16, 0.02", "0.16, 0.16, -0.107", "above the bottom of the gear"),
            ("motor_spin_up_s: 0.035", "motor_spin_up_s: 0.0009", "must be 0, or at least 0.001"),
            ("yaw_sign: 1)", "yaw_sign: 2)", "1 or -1"),
            ("vortex_ring: true", "vortex_ring: maybe", "boolean"),
            ("cell_open_v: (3.27", "cell_open_v: (4.27", "must not fall"),
            ("rated_v: 14.8", "rated_v: NaN", "`rated_v`"),
        ] {
            let (line, _, problem) = Airframe::parse(&CAMERA_QUAD.replace(from, to)).unwrap_err();
            assert!(problem.contains(says) && line > 1, "{from}: {line}: {problem}");
        }
    }

    #[test]
    fn the_set_up_speaks_of_forward_right_down() {
        let setup = Airframe::parse(CAMERA_QUAD).unwrap().setup();
        assert!(setup.rotors[0].hub_frd_m.y < 0.0 && setup.rotors[0].yaw_sign < 0.0);
    }
}
