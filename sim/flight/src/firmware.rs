//! The seat's contract: what a firmware must be to ride an airframe.
//!
//! **Never:** lets a firmware see the truth, another seat, or the tap.

use evidence::{Link, Tick};
pub use vehicle::senses::{
    AirframeSetup, Battery, Findings, Frame, Gnss, GnssFix, HeadBox, Imu, LawName, Provision,
    Senses, Storage, Thrust,
};

/// All that a firmware says in one tick.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spoken {
    /// Commanded rotor speeds.
    pub thrust: Thrust,
    /// What leaves, in order. `Motion` is derived from the thrust by the tap; do not emit on it.
    pub emissions: Vec<(Link, Vec<u8>)>,
}

/// A firmware under test. It must be a pure function of what it was built with and what it has sensed.
pub trait Firmware: Send {
    /// One tick of 2 ms: everything it learns, everything it says.
    fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Spoken;
}

/// Builds a firmware for a seat. Called once for each boot of each seat, twins included, before the flight.
pub type Build<'a> = &'a (dyn Fn(&Provision) -> Box<dyn Firmware> + Sync);

/// A probe to seat beside the firmware under test.
pub struct ProbePlan<'a> {
    /// Id of the saboteur or decoy. Probes of one id are one firmware, and ride once.
    pub id: String,
    /// Why it rides along.
    pub role: evidence::ProbeRole,
    /// The claim it proves.
    pub claim: evidence::ClaimId,
    /// Its twins.
    pub twins: Vec<evidence::Twin>,
    /// What is seated.
    pub build: Build<'a>,
}

/// Who rides: the firmware in seat 0, its twins, and probes with theirs.
pub struct Plan<'a> {
    /// Name of seat 0's firmware for the evidence: `honest` or an id.
    pub firmware: String,
    /// Path of the story for the evidence, as in [`evidence::Provenance::story`].
    pub story: String,
    /// The seed; the scenario's own unless the user gave another.
    pub seed: u64,
    /// Twin pairs asked for, for the evidence.
    pub pairs: u32,
    /// Seat 0's twins.
    pub twins: Vec<evidence::Twin>,
    /// Saboteurs and decoys.
    pub probes: Vec<ProbePlan<'a>>,
}
