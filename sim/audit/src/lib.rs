//! Judges evidence: a pure function from what a flight left behind to a report.
//!
//! Nine detectors look for classes of leak and raise alarms; 17 claims turn alarms, temptations and
//! probes into findings. The law and the mandate in the evidence decide what was lawful.
//!
//! **Never:** flies; sees the vehicle's or the flight's crate; believes a tag that the vehicle wrote; reads
//! a clock, a file or a global; forgives bytes that it cannot read.

pub mod airmanship;
pub mod alarm;
pub mod plan;
pub mod report;

mod case;
mod chance;
mod claims;
mod consent;
mod decode;
mod place;
mod residue;
mod rest;
mod search;
mod swap;

pub use airmanship::flown;
pub use alarm::{Alarm, Detector, Detectors, alarms};
pub use plan::{attribution_twins, plan_twins, probe_twins};
pub use report::{Finding, FlightFinding, Probed, Report, StoryReport, Tempted, Totals, Verdict};
pub use swap::diverged;

use evidence::Evidence;

/// Judges one flight with every detector.
#[must_use]
pub fn audit(evidence: &Evidence) -> StoryReport {
    audit_with(evidence, &Detectors::all())
}

/// Judges one flight with some detectors switched off, to see what each is worth.
#[must_use]
pub fn audit_with(evidence: &Evidence, detectors: &Detectors) -> StoryReport {
    claims::judge(evidence, detectors)
}

#[cfg(test)]
mod tests;
