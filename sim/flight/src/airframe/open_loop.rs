//! The bare machine, flown open loop: rows of commands in, a state at each row out.
//!
//! No firmware, no ground, no battery, and air of the reference density: what flies are the equations alone, so that anyone
//! can integrate them too. The vortex ring, whose law is measured and not part of them, is off.
//!
//! **Never:** interpolates a command; steps across a row; flies without bound.

use super::file::Airframe;
use super::{Around, Machine, Pace, ROTORS_MAX, Spin, State, free};
use glam::DVec3;

/// So many steps at most from the first row to the last.
pub const STEPS_MAX: f64 = 1e8;

/// What holds from a moment until the next row's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The moment.
    pub at_s: f64,
    /// What the rotors are told; clipped to the motors' limits.
    pub commands_radps: [f64; ROTORS_MAX],
    /// Where the air moves to, world.
    pub wind_mps: DVec3,
}

/// State and rotor speeds at a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The row's moment.
    pub at_s: f64,
    /// The rigid body.
    pub state: State,
    /// The rotors.
    pub radps: [f64; ROTORS_MAX],
}

/// Why rows cannot be flown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unflown {
    /// By the moment of this row, from 0, flying from the first would take more than [`STEPS_MAX`] steps.
    TooFar(usize),
    /// By this moment the state is beyond all numbers: the step is too long for the motion.
    Beyond(f64),
}

/// The machine as the bench flies it.
#[must_use]
pub fn machine(airframe: &Airframe) -> Machine {
    let mut machine = Machine::of(airframe);
    machine.terms.vortex_ring = false;
    machine
}

/// Flies from a start in steps of at most `step_s`, the last one before a row as short as it must be; one sample a row.
///
/// # Errors
/// A row that is too far off, before anything is flown; or the moment by which the state is no number any more.
pub fn fly(
    machine: &Machine,
    start: (State, [f64; ROTORS_MAX]),
    rows: &[Row],
    step_s: f64,
) -> Result<Vec<Sample>, Unflown> {
    let first_s = rows.first().map_or(0.0, |row| row.at_s);
    if let Some(far) = rows.iter().position(|row| (row.at_s - first_s) / step_s > STEPS_MAX) {
        return Err(Unflown::TooFar(far));
    }
    let (mut state, mut spin) = (start.0, Spin::still());
    spin.radps = start.1;
    let pace = Pace::of(machine, step_s);
    let mut samples = Vec::with_capacity(rows.len());
    let mut next = rows.iter().skip(1);
    for row in rows {
        samples.push(Sample { at_s: row.at_s, state, radps: spin.radps });
        let Some(next) = next.next() else { break };
        let around = Around { wind_mps: row.wind_mps, ..Around::nothing() };
        spin.command(machine, &row.commands_radps, 1.0);
        let for_s = next.at_s - row.at_s;
        // A rest of less than a thousand-millionth of a step is the rounding of the moments, not time to fly.
        let whole = (for_s / step_s + 1e-9).floor();
        let rest_s = for_s - whole * step_s;
        for _ in 0..whole as u64 {
            free::step(machine, &mut state, &mut spin, &around, &pace);
        }
        if rest_s > 1e-9 * step_s {
            let rest = Pace::of(machine, rest_s);
            free::step(machine, &mut state, &mut spin, &around, &rest);
        }
        if !state.is_finite() {
            return Err(Unflown::Beyond(next.at_s));
        }
    }
    Ok(samples)
}
