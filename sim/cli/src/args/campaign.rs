//! What `hushwing campaign` may be told.
//!
//! **Never:** does anything.

use std::path::PathBuf;

/// Fly one scenario under many seeds of wind, bias and failure, and report crashes that physics does not force.
///
/// Every seed draws the air anew (steady wind of 0 to 10 m/s from anywhere with or without shear, turbulence of
/// 0 to 10 m/s at 20 ft, up to two gusts of 5 m/s, -10 to 35 °C), the biases and noise of every sensor, and in
/// three flights of five a failure: a motor that stops (six rotors or more), a weak rotor, jammed satellites, a
/// lost link, a low battery; in two of five of the others a motor of a quadrotor stops. Without a SCENARIO an errand that is built in is flown, by a camera quadcopter or a
/// hexacopter as the seed has it. One seat, no twins: what leaves the vehicle is not judged.
///
/// A crash is anything but an end on the ground, upright, in one piece, with still rotors; where the scenario
/// never lands, only what was destroyed. PHYSICS FORCES it if, by what was drawn and by what the airframe's file
/// says, no firmware could have brought it home:
///
///   - fewer than four of its rotors still turn, or fewer than three of a quadrotor's; or a quadrotor has lost one, and
///     two lift less than 1.1 times its weight or spin it faster than 2000°/s, where gyroscopes end;
///   - of four rotors, one gives at full speed less than 1.1 times what its corner weighs;
///   - steady wind and strongest gust together are faster than it can go at full thrust, tilted so far that it
///     still carries its weight, against the drag of hull and rotors. Turbulence is never an excuse.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing campaign                                   200 seeds of the errand that is built in
  hushwing campaign scenarios/plain/wind.ron --seeds 50
  hushwing campaign --first-seed 1001 --keep crashes  other seeds; crashed stories are kept
  hushwing fly crashes/seed-1017.ron --out crash      ... and flown again, to look at

The table is the same for any number of jobs.

Exit code: 0 if every crash is forced by physics; 1 otherwise; 3 if the scenario cannot be flown
as it is written.")]
pub struct Campaign {
    /// The scenario file; its own weather, and what befalls it, are drawn over or added to [default: built in]
    #[arg(value_name = "SCENARIO")]
    pub scenario: Option<PathBuf>,
    /// How many seeds
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub seeds: u32,
    /// The first of them
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub first_seed: u64,
    /// Flights at the same time [default: the machine's cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Write the story of each crash there, as a scenario file
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}
