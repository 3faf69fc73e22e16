//! What the user may say on the command line, and what `--help` answers.
//!
//! **Never:** does anything.

mod airframe;
mod bench;
mod campaign;
mod fly;

pub use airframe::Airframe;
pub use bench::Bench;
pub use campaign::Campaign;
pub use fly::Fly;

use crate::exit;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Test what leaves a drone: fly scenarios in simulation, tap every exit, judge the promises.
///
/// Hushwing flies the real firmware in a simulated world and records every byte that leaves it: radio,
/// uplink, broadcast, card, console, lamps and motion. Each scenario is flown beside twins that hear other
/// voices, see other faces and keep other logs. If anything that leaves differs, a secret got out.
///
/// The main job is `hushwing verify`: it flies everything in `scenarios/` and prints what became of each
/// promise.
#[derive(Debug, Parser)]
#[command(name = "hushwing", bin_name = "hushwing", version, arg_required_else_help = true)]
#[command(max_term_width = 100)]
#[command(after_help = exit::table())]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[expect(
    missing_docs,
    reason = "what a command's own type says is its help; a word here would hide it"
)]
pub enum Command {
    Verify(Verify),
    Fly(Fly),
    Audit(Audit),
    Rerun(Rerun),
    /// List the leaking vehicles and the lawful look-alikes that put the detectors to the test.
    ///
    /// A saboteur is the honest vehicle with one promise broken; its detector must fire. A decoy looks like a
    /// leak and is none; no detector may fire. `hushwing verify --saboteur ID` flies one of them,
    /// `hushwing leaks` flies them all.
    Saboteurs,
    Leaks(Leaks),
    Coverage(Coverage),
    Campaign(Campaign),
    Bench(Bench),
    OpenLog(OpenLog),
    /// Fly a bare airframe open loop by a table of commands, to compare its physics with your own.
    #[command(long_about = airframe::EQUATIONS)]
    Airframe(Airframe),
}

/// Fly scenarios and judge them: the main job.
///
/// Each scenario is flown with its twins (same flight, other secrets), with a leaking vehicle that the
/// detectors must catch and a lawful look-alike that they must leave in peace, and then once more to see that
/// the seal is the same. The table shows what each promise came to in each scenario; `report.json`,
/// `junit.xml` and one evidence folder per scenario are left in the output folder. Where a scenario has
/// `expects_flight`, a second table says how well it flew: measured on where the airframe truly was, ten times
/// a second.
///
/// The result is the same, byte for byte, for any number of jobs.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing verify                              everything in scenarios/
  hushwing verify scenarios/audio --pairs 20   one folder, more twins
  hushwing verify my/story.ron --seed 4        one story under another seed
  hushwing verify scenarios/audio --saboteur L003
                                               a leaking vehicle: it exits 1 if it is caught

Exit code: 0 if every claim held somewhere and is broken nowhere; 1 if something got out or
is not as a scenario expects (so a caught saboteur exits 1); 2 if a claim was tempted by none
of the scenarios given, or a flight is inconclusive; 3 if a scenario cannot be flown as it is
written. `hushwing --help` lists all codes.")]
pub struct Verify {
    /// Scenario files, or folders of them [default: the folder `scenarios`, here or above]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Where the report and the evidence go; an earlier run's are replaced, nothing else is touched
    #[arg(long, value_name = "DIR", default_value = "hushwing-out")]
    pub out: PathBuf,
    /// Flights at the same time [default: the machine's cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Twins per group of secrets. One random pair sees a leak of a single bit half of the time, 10 pairs
    /// 99.9 %, 20 pairs 99.9999 %. The first two are chosen (silence, loudest), the others random
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub pairs: u32,
    /// Fly with this seed instead of each scenario's own
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Seat this leaking vehicle or decoy instead of the honest one; `hushwing saboteurs` lists them
    #[arg(long, value_name = "ID")]
    pub saboteur: Option<String>,
    /// Enforce and judge by this law instead of each scenario's own: `sealed` (nothing private ever leaves)
    /// or `vendor` (media may leave once authorised)
    #[arg(long, value_name = "NAME", value_parser = ["sealed", "vendor"])]
    pub law: Option<String>,
}

/// Judge stored evidence again, with nothing but that folder.
///
/// Every file is checked against the manifest, every flight against its seal, and every claim is judged anew:
/// no flight is flown, and no earlier report is believed. The report is the same, byte for byte, as the one
/// that `verify` wrote for the same flights.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing audit hushwing-out                        a whole run
  hushwing audit hushwing-out/plain/hover           one flight
  hushwing audit hushwing-out --out again.json && cmp again.json hushwing-out/report.json

Exit code: as for `verify`; 4 if the evidence cannot be read or was changed.")]
pub struct Audit {
    /// One evidence folder, or a folder of them such as `hushwing-out`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Write the report there as JSON
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Fly the scenario in stored evidence again and compare the seals.
///
/// Same story, seed, law and firmware. Equal seals say that the evidence is of this flight and of this
/// program; another seal makes every verdict on it worth nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  hushwing rerun hushwing-out/plain/hover

Exit code: 0 if the seals are equal, 2 if they differ, 4 if the evidence cannot be read.")]
pub struct Rerun {
    /// One evidence folder, or a folder of them such as `hushwing-out`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Seat twins, a leaking vehicle and a look-alike for each promise, and judge what left: the way to a verdict on a
    /// live flight. So many twins per group of secrets, as given to `verify`
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub pairs: Option<u32>,
}

/// Fly every saboteur and every decoy, and show which detector saw which.
///
/// Each is flown in the scenario that the catalogue names for it. A saboteur is caught if the detector that
/// must fire did so on its link and against its claim, and the report names its class. The score is the share
/// of saboteurs caught less the share of decoys accused.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing leaks
  hushwing leaks --json leaks.json --jobs 2

Exit code: 0 if every saboteur is caught, breaks its own claim and no other, and no decoy is
accused; 1 otherwise.")]
pub struct Leaks {
    /// Write the matrix there as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Flights at the same time [default: the machine's cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Twins per group of secrets; single-class twins fly in addition
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub pairs: u32,
}

/// Show what the scenarios tempt, by phase of flight and by state of consent, and where the holes are.
///
/// Nothing is flown: the beats of each scenario are read. A beat counts for a promise where the scenario expects
/// that promise to hold and the beat tempts it. What really reached the vehicle is counted by `verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing coverage
  hushwing coverage scenarios/nofly --json coverage.json

Exit code: 0, holes or not; 3 if a scenario cannot be flown as it is written.")]
pub struct Coverage {
    /// Scenario files, or folders of them [default: the folder `scenarios`, here or above]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write the counts there as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Twins per group of secrets, as given to `verify`
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub pairs: u32,
}

/// Open a sealed flight log with its owner's key and write it as ULog.
///
/// The key is the owner's X25519 secret: 32 bytes, or 64 hex digits, in a file; for a log of a simulated
/// flight it is in the evidence. The ULog has a topic per kind of record, with units in the names of its
/// fields; `pyulog` and PlotJuggler open it. What each block holds is only taken if the key vouches for it; a
/// log that lost power is opened up to its last whole block.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing open-log LOG_0001.HLG --key owner.key --out flight.ulg
  hushwing open-log hover-out/card/LOG/LOG_0001.HLG --evidence hover-out --out flight.ulg
  ulog_info flight.ulg

Exit code: 0 if it opened; 4 if it is no log, the key opens nothing in it, or a whole block of
it was changed; 64 if a file cannot be read or written.")]
pub struct OpenLog {
    /// The sealed log, as it lies on the card
    #[arg(value_name = "LOG.HLG")]
    pub log: PathBuf,
    /// A file with the owner's secret key
    #[arg(long, value_name = "FILE", required_unless_present = "evidence")]
    pub key: Option<PathBuf>,
    /// Evidence of the flight, which holds the key
    #[arg(long, value_name = "DIR", conflicts_with = "key")]
    pub evidence: Option<PathBuf>,
    /// Where the ULog goes
    #[arg(long, value_name = "LOG.ulg")]
    pub out: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_bench_writes_its_equations_down() {
        let mut command = Args::command();
        let bench = command.find_subcommand_mut("airframe").expect("it is a command");
        let help = bench.render_long_help().to_string();
        assert!(help.contains("k_eta m²") && help.contains("Runge-Kutta"), "{help}");
    }

    #[test]
    fn every_command_has_a_long_help_and_an_example() {
        for command in Args::command().get_subcommands() {
            let name = command.get_name();
            assert!(command.get_long_about().is_some(), "{name}: a word elsewhere hides it");
            let has_example =
                command.get_after_help().is_some_and(|h| h.to_string().contains("Example"));
            assert!(has_example || name == "saboteurs", "{name}");
        }
    }
}
