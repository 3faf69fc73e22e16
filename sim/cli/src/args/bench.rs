//! What `hushwing bench` may be told.
//!
//! **Never:** does anything.

use std::path::PathBuf;

/// Measure how fast it flies, and what bounds it.
///
/// The stories that are timed are built into the program, so two machines time the same work. What is timed is a
/// whole flight: world, firmware, taps, truth and the evidence in memory; neither the audit nor a file.
///
/// EVERYTHING OBSERVED is one seat of the camera quadcopter in wind and turbulence, at 500 ticks a second: radio
/// telemetry and broadcast identification, the pixels of five frames a second looked at, the external microphone
/// recorded while two people talk. BARE is the same flight without those three. LIVE VIEW adds the firmware's
/// scrubbing and packing of ten frames a second. The cost of each is the difference that switching it off makes.
/// Sensors are sampled and the microphone's noise is made in every flight: what that takes is seen by room. The
/// workloads are flown in turn, run by run, so that a machine that slows down slows all of them.
///
/// A further SEAT is a twin as `verify` flies it, with its own secrets, card and tap, and with eyes of its own.
/// IN PARALLEL flies everything at once on each core. Both are set beside one seat alone, flown right before. HALF AN
/// HOUR notes speed and memory each minute; the pack lasts 22 minutes in the air, the rest is on the ground with
/// everything on. Evidence grows with what is said, so memory is judged beside it.
///
/// Time by room comes from a flight of its own, in which each room is timed and the look at the clock taken off;
/// its time counts for nothing else.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing bench                     about a minute; nothing else should be running
  hushwing bench --quick             one run of each: a glance, not a figure to quote
  hushwing bench --json speed.json   every run and every minute, for a machine to compare

Exit code: 0, fast or slow.")]
pub struct Bench {
    /// One run of each workload instead of five, and five minutes of the half hour
    #[arg(long)]
    pub quick: bool,
    /// Write every figure there as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}
