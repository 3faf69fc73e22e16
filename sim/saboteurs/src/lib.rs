//! Vehicles that break exactly one promise each, and decoys that look as if they did.
//!
//! Every one is the honest vehicle with a tap of its own on the mouth: it sees what the vehicle senses and
//! changes what the vehicle says. A detector that misses one of them has a hole, and the hole has a name.
//!
//! **Never:** breaks two promises at once; shares a rule or a parser with the auditor (only the detectors' names).

mod catalogue;
mod decoys;
mod hush;
mod leaks;
mod leaky;
mod mavlink2;
mod needs;
mod senses;
mod vault;

use audit::Detector;
use evidence::{ClaimId, Class, Link, Scenario};
use flight::Firmware;
use flight::firmware::Provision;

pub use catalogue::saboteurs;
pub use decoys::decoys;
pub use needs::Need;

/// A vehicle that breaks exactly one promise.
pub struct Saboteur {
    /// Number in the catalogue of leak designs: L from published audits and the literature, H our own.
    pub id: &'static str,
    /// What it lets out.
    pub class: Class,
    /// By which way.
    pub link: Link,
    /// How well it hides: 1 plain, 2 encoded, 3 in structure or storage, 4 timing or physical, 5 adversarial.
    pub tier: u8,
    /// The one claim that it breaks.
    pub claim: ClaimId,
    /// The detector that must fire.
    pub detector: Detector,
    /// What it does, in one sentence.
    pub sentence: &'static str,
    /// The story in which it is flown.
    pub story: &'static str,
    /// What a story must hold for it to leak at all.
    pub needs: &'static [Need],
    build: fn(Provision) -> Box<dyn Firmware>,
}

impl Saboteur {
    /// Seats it.
    #[must_use]
    pub fn build(&self, provision: &Provision) -> Box<dyn Firmware> {
        (self.build)(provision.clone())
    }

    /// Whether a story holds all that it needs.
    #[must_use]
    pub fn can_leak_in(&self, scenario: &Scenario) -> bool {
        self.needs.iter().all(|need| need.is_met_by(scenario))
    }
}

/// A lawful vehicle, or a lawful flight of the honest one, that looks like a leak.
pub struct Decoy {
    /// Number in the catalogue of decoys.
    pub id: &'static str,
    /// The claims that it tempts an auditor to call broken.
    pub claims: &'static [ClaimId],
    /// What it does, in one sentence.
    pub sentence: &'static str,
    /// The story in which it is flown.
    pub story: &'static str,
    /// Whether it is another firmware, so that it can ride along in any story.
    pub rides_along: bool,
    build: fn(Provision) -> Box<dyn Firmware>,
}

impl Decoy {
    /// Seats it.
    #[must_use]
    pub fn build(&self, provision: &Provision) -> Box<dyn Firmware> {
        (self.build)(provision.clone())
    }
}

/// The saboteur or decoy of an id, as firmware to seat.
#[must_use]
pub fn find(id: &str) -> Option<fn(Provision) -> Box<dyn Firmware>> {
    let saboteur = saboteurs().iter().find(|s| s.id.eq_ignore_ascii_case(id)).map(|s| s.build);
    saboteur.or_else(|| decoys().iter().find(|d| d.id.eq_ignore_ascii_case(id)).map(|d| d.build))
}

/// The saboteur that rides along to prove a claim in a story: of those that can leak there and could be caught, one
/// chosen by the story's seed, so that over many stories many are seen.
#[must_use]
pub fn witness(
    claim: ClaimId,
    scenario: &Scenario,
    can_be_caught: impl Fn(&Saboteur) -> bool,
) -> Option<&'static Saboteur> {
    let is_able = |s: &&Saboteur| s.claim == claim && s.can_leak_in(scenario) && can_be_caught(s);
    let able: Vec<_> = saboteurs().iter().filter(is_able).collect();
    let place = scenario.seed.checked_rem(able.len() as u64)?;
    able.get(place as usize).copied()
}

/// The decoy that rides along beside it.
#[must_use]
pub fn lookalike(claim: ClaimId, scenario: &Scenario) -> Option<&'static Decoy> {
    let able: Vec<_> =
        decoys().iter().filter(|d| d.rides_along && d.claims.contains(&claim)).collect();
    let place = scenario.seed.checked_rem(able.len() as u64)?;
    able.get(place as usize).copied()
}
