//! Where and how the machine starts: a JSON object with exactly five keys.
//!
//! **Never:** fills in a key that the file leaves out.

use super::{bad, read};
use crate::Trouble;
use flight::airframe::{ROTORS_MAX, State};
use glam::{DQuat, DVec3};
use serde::Deserialize;
use std::path::Path;

/// An attitude this far from length 1 is a slip; nearer, it was printed with few digits.
const LENGTH_SLIP: f64 = 1e-3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Start {
    position_m: [f64; 3],
    velocity_mps: [f64; 3],
    attitude_xyzw: [f64; 4],
    rate_radps: [f64; 3],
    motor_radps: Vec<f64>,
}

/// Reads the start of a machine with so many rotors.
///
/// # Errors
/// File, line and column of what is wrong.
pub(super) fn read_text(
    path: &Path,
    text: &str,
    rotors: usize,
) -> Result<(State, [f64; ROTORS_MAX]), Trouble> {
    let start: Start = serde_json::from_str(text).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what);
        let hint = "give position_m [x, y, z], velocity_mps, attitude_xyzw [x, y, z, w], rate_radps and motor_radps";
        bad(path, error.line().max(1), error.column().max(1), what, hint)
    })?;
    let at = |key: &str, what: &str, hint: &str| {
        let (line, column) = place(text, key);
        bad(path, line, column, what, hint)
    };
    let [x, y, z, w] = start.attitude_xyzw;
    let attitude = DQuat::from_xyzw(x, y, z, w);
    let length = attitude.length();
    if (length - 1.0).abs().is_nan() || (length - 1.0).abs() > LENGTH_SLIP {
        let what = format!("`attitude_xyzw` has the length {length}, not 1");
        return Err(at(
            "attitude_xyzw",
            &what,
            "give a unit quaternion x, y, z, w; level is [0, 0, 0, 1]",
        ));
    }
    if start.motor_radps.len() != rotors {
        let what = format!("`motor_radps` has {} speeds", start.motor_radps.len());
        let hint = format!("give one for each of the {rotors} rotors of the airframe");
        return Err(at("motor_radps", &what, &hint));
    }
    if let Some(speed) = start.motor_radps.iter().find(|m| **m < 0.0) {
        let what = format!("`motor_radps` has {speed}, and no rotor turns backwards");
        return Err(at("motor_radps", &what, "give speeds of 0 or more, in rad/s"));
    }
    let state = State {
        position_m: DVec3::from(start.position_m),
        velocity_mps: DVec3::from(start.velocity_mps),
        world_from_body: attitude.normalize(),
        rates_radps: DVec3::from(start.rate_radps),
    };
    let mut radps = [0.0; ROTORS_MAX];
    radps[..rotors].copy_from_slice(&start.motor_radps);
    Ok((state, radps))
}

/// Reads a start from its file.
///
/// # Errors
/// As [`read_text`]; or the file cannot be read.
pub(super) fn read_file(path: &Path, rotors: usize) -> Result<(State, [f64; ROTORS_MAX]), Trouble> {
    read_text(path, &read(path)?, rotors)
}

/// Line and column of a key.
fn place(text: &str, key: &str) -> (usize, usize) {
    let before = text.find(&format!("\"{key}\"")).map_or("", |at| &text[..at]);
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (before.matches('\n').count() + 1, column)
}
