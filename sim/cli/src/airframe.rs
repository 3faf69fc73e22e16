//! `hushwing airframe`: the bare machine on a bench, flown open loop by a table of commands.
//!
//! Rooms: the [`commands`] and the [`start`] as files have them, with the place of whatever is wrong; the flight is
//! [`flight::airframe::open_loop`]'s.
//!
//! **Never:** flies what it has not read to the end; leaves half a file.

mod commands;
mod start;
#[cfg(test)]
mod tests;

use crate::args::Airframe as Bench;
use crate::{ExitCode, Trouble, output};
use flight::FlyError;
use flight::airframe::open_loop::{self, STEPS_MAX, Sample, Unflown};
use flight::airframe::{Airframe, Machine};
use std::fmt::Write;
use std::path::Path;

/// Flies the commands and writes the table.
pub fn airframe(args: &Bench) -> Result<ExitCode, Trouble> {
    let airframe = Airframe::read(&args.airframe).map_err(|error| match error {
        FlyError::Airframe { .. } => {
            let hint = "the files in `assets/airframes` have every key, its unit and its source";
            Trouble::BadScenario(format!("{error}\n  hint: {hint}"))
        }
        told => {
            Trouble::Misuse(format!("{told}\n  hint: check the name, and that you may read it"))
        }
    })?;
    let rotors = airframe.rotors.len();
    let start = start::read_file(&args.start, rotors)?;
    let rows = commands::read_file(&args.commands, rotors)?;
    let mut machine = open_loop::machine(&airframe);
    machine.gravity_mps2 = args.gravity_mps2;
    let samples =
        open_loop::fly(&machine, start, &rows, args.dt_s).map_err(|unflown| told(args, unflown))?;
    output::write_file(&args.out, &table(&samples, rotors))?;
    output::print(&summary(args, &machine, &samples));
    Ok(ExitCode::Held)
}

/// Rows that cannot be flown, in words.
fn told(args: &Bench, unflown: Unflown) -> Trouble {
    match unflown {
        Unflown::TooFar(row) => {
            let what = format!("this row is more than {STEPS_MAX:.0} steps after the first");
            let hint = "give moments in seconds, or a longer step with `--dt-s`";
            // The head is line 1, and no row may be left out.
            bad(&args.commands, row + 2, 1, &what, hint)
        }
        Unflown::Beyond(at_s) => Trouble::Misuse(format!(
            "{}: by t = {at_s} the state is beyond all numbers\n  hint: give a shorter step than {} s with `--dt-s`",
            args.commands.display(),
            args.dt_s
        )),
    }
}

/// Reads a text file; bytes that are none are told with their place.
fn read(path: &Path) -> Result<String, Trouble> {
    let bytes = std::fs::read(path).map_err(|error| {
        let hint = "check the name, and that you may read it";
        Trouble::Misuse(format!("{}: cannot be read: {error}\n  hint: {hint}", path.display()))
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let whole = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        let line = whole.matches('\n').count() + 1;
        let column = whole.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        bad(path, line, column, "this is not UTF-8 text", "save the file as UTF-8")
    })
}

/// A file that cannot be flown as it is written.
fn bad(path: &Path, line: usize, column: usize, what: &str, hint: &str) -> Trouble {
    Trouble::BadScenario(format!("{}:{line}:{column}: {what}\n  hint: {hint}", path.display()))
}

/// The output, each number with the fewest digits that read back to the same value.
fn table(samples: &[Sample], rotors: usize) -> String {
    let mut out = "t,x,y,z,vx,vy,vz,qx,qy,qz,qw,wx,wy,wz".to_owned();
    for rotor in 1..=rotors {
        let _ = write!(out, ",m{rotor}");
    }
    out.push('\n');
    for sample in samples {
        let _ = write!(out, "{:?}", sample.at_s);
        let s = &sample.state;
        let (q, numbers) = (s.world_from_body, [s.position_m, s.velocity_mps]);
        let numbers = numbers.iter().flat_map(|v| v.to_array()).chain(q.to_array());
        let numbers = numbers.chain(s.rates_radps.to_array());
        for value in numbers.chain(sample.radps[..rotors].iter().copied()) {
            let _ = write!(out, ",{value:?}");
        }
        out.push('\n');
    }
    out
}

fn summary(args: &Bench, machine: &Machine, samples: &[Sample]) -> String {
    let (first, last) = (samples.first(), samples.last());
    let for_s = first.zip(last).map_or(0.0, |(first, last)| last.at_s - first.at_s);
    let on = |is_on: bool| if is_on { "on" } else { "off" };
    format!(
        "{} rows over {for_s} s in steps of at most {} s, gravity {} m/s², spin-up reaction {}, rotor gyroscope {}\n{}\n",
        samples.len(),
        args.dt_s,
        machine.gravity_mps2,
        on(machine.terms.spin_up_reaction),
        on(machine.terms.rotor_gyroscope),
        args.out.display(),
    )
}
