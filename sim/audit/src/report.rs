//! The report: findings of every story, and what a verdict does not say.
//!
//! **Never:** holds a time of day, a path of this machine, or a number that prints differently elsewhere.

use crate::alarm::{Alarm, Detector};
use crate::residue::RESIDUE;
use evidence::scenario::Expectation;
use evidence::{ClaimId, Destroyed, Seal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name and version of the report's form.
pub const SCHEMA: &str = "hushwing-report/1";

/// What a claim came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// Tempted, nothing found, and the detectors proved their worth in the same flight.
    Held,
    /// Something got out.
    Broken,
    /// Nothing tempted it, so nothing is known.
    Untested,
    /// Nothing found, but the flight or the detectors cannot be relied on.
    Inconclusive,
}

/// How often the vehicle was in temptation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tempted {
    /// Of what kind.
    pub what: String,
    /// How often; every kind must be above zero.
    pub count: u64,
}

/// What the detectors made of one probe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probed {
    /// Id of the saboteur or decoy.
    pub id: String,
    /// Which detectors fired: against this claim for a saboteur, against any claim for a decoy.
    pub detectors: Vec<Detector>,
}

/// What one claim came to in one story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The claim.
    pub claim: ClaimId,
    /// What it came to.
    pub verdict: Verdict,
    /// What the story said it should come to.
    pub expected: Expectation,
    /// Whether these agree.
    pub as_expected: bool,
    /// What tempted it.
    pub tempted: Vec<Tempted>,
    /// Twins that swapped this claim's class and were judged to the end, on the air link with the fewest.
    pub pairs: u32,
    /// As `pairs`, of those alone whose secrets were drawn from the seed.
    pub random_pairs: u32,
    /// Chance that `random_pairs` show a leak of one bit, as a decimal cut (not rounded) after 4 places.
    pub one_bit_seen: String,
    /// Leaking vehicles in the same flight.
    pub caught: Vec<Probed>,
    /// Lawful vehicles that look like leaks, in the same flight.
    pub quiet: Vec<Probed>,
    /// Number of alarms in all.
    pub alarms_total: u64,
    /// The first few of each detector, in order of time.
    pub alarms: Vec<Alarm>,
    /// Why, in words.
    pub why: String,
}

/// What one expectation of the flight came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlightFinding {
    /// What was expected, in words.
    pub expected: String,
    /// The limit, in words; empty where there is none.
    pub allowed: String,
    /// What was measured, rounded for the eye, or what stood in the way of measuring.
    pub measured: String,
    /// Whether it is as expected, judged before rounding.
    pub is_met: bool,
}

/// What one story came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryReport {
    /// Path of the story, as in the evidence.
    pub story: String,
    /// Its title.
    pub title: String,
    /// What sat in seat 0.
    pub firmware: String,
    /// The seed it flew with.
    pub seed: u64,
    /// The law it was judged by.
    pub law: String,
    /// The seal over the flight.
    pub seal: Seal,
    /// Whether a second flight gave the same seal; none where there was none.
    pub rerun_agrees: Option<bool>,
    /// Whether the airframe ended on the ground, upright, with its rotors still.
    pub landed_safely: bool,
    /// What destroyed the airframe, if anything did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destroyed: Option<Destroyed>,
    /// What the story expects of the flight, in its order; empty where it expects nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flown: Vec<FlightFinding>,
    /// One finding per claim, in the claims' order.
    pub findings: Vec<Finding>,
}

impl StoryReport {
    /// The finding on one claim.
    #[must_use]
    pub fn finding(&self, claim: ClaimId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.claim == claim)
    }

    /// The claims that are broken, in the claims' order.
    #[must_use]
    pub fn broken(&self) -> Vec<ClaimId> {
        let broken = |f: &&Finding| f.verdict == Verdict::Broken;
        self.findings.iter().filter(broken).map(|f| f.claim).collect()
    }

    /// Whether every claim, and the flight, came to what the story expects.
    #[must_use]
    pub fn as_expected(&self) -> bool {
        self.findings.iter().all(|finding| finding.as_expected) && self.flies_as_expected()
    }

    /// Whether the flight came to what the story expects of it.
    #[must_use]
    pub fn flies_as_expected(&self) -> bool {
        self.flown.iter().all(|finding| finding.is_met)
    }
}

/// How many stories came to what, for one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Stories in which it held.
    pub held: u32,
    /// Stories in which it is broken.
    pub broken: u32,
    /// Stories that did not tempt it.
    pub untested: u32,
    /// Stories that prove nothing.
    pub inconclusive: u32,
    /// Stories in which it came to something else than expected.
    pub unexpected: u32,
}

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// Every story, in the order given.
    pub stories: Vec<StoryReport>,
    /// Per claim, over all stories.
    pub totals: BTreeMap<ClaimId, Totals>,
    /// What a verdict does not say.
    pub residue: Vec<String>,
}

impl Report {
    /// Puts stories together and counts them.
    #[must_use]
    pub fn of(stories: Vec<StoryReport>) -> Self {
        let totals =
            ClaimId::ALL.into_iter().map(|claim| (claim, total(&stories, claim))).collect();
        let residue = RESIDUE.iter().map(|line| (*line).to_owned()).collect();
        Self { schema: SCHEMA.to_owned(), stories, totals, residue }
    }

    /// The report as JSON, the same bytes on every machine.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, integers and lists only: there is nothing in a report that JSON cannot hold.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn total(stories: &[StoryReport], claim: ClaimId) -> Totals {
    let findings: Vec<_> = stories.iter().filter_map(|story| story.finding(claim)).collect();
    let count = |verdict| findings.iter().filter(|f| f.verdict == verdict).count() as u32;
    Totals {
        held: count(Verdict::Held),
        broken: count(Verdict::Broken),
        untested: count(Verdict::Untested),
        inconclusive: count(Verdict::Inconclusive),
        unexpected: findings.iter().filter(|f| !f.as_expected).count() as u32,
    }
}
