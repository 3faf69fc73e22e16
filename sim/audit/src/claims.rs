//! From alarms to findings: a room per claim, and the four legs that every claim stands on.
//!
//! (a) No alarm. (b) The claim was tempted. (c) A leaking vehicle that rode along was caught by the same
//! detectors. (d) A lawful vehicle that looks like a leak was left in peace.
//!
//! **Never:** lets a pass stand that nothing tempted, that nothing proved, or that another run contradicts.

mod diag_coarse;
mod identity_minimal;
mod identity_sealed;
mod identity_unverified;
mod known_hosts;
mod log_consent;
mod log_sealed;
mod media_consent;
mod media_manual;
mod mic_consent;
mod no_audio;
mod no_faces;
mod nofly_coarse;
mod off_means_off;
mod only_known_links;
mod server_access;
mod tempting;
mod user_control;

use crate::airmanship;
use crate::alarm::{Alarm, Detector, Detectors, alarms_with};
use crate::case::Memo;
use crate::plan::AIR;
use crate::report::{Finding, Probed, StoryReport, Tempted, Verdict};
use evidence::scenario::Expectation;
use evidence::{Choice, ClaimId, Class, Evidence, Link, Probe, ProbeRole, Seal, Tick, Twin};
use std::collections::BTreeSet;
use tempting::{Logged, Sent};

/// Alarms shown in a finding, of each detector.
const SHOWN_PER_DETECTOR: usize = 5;

/// Name of the vehicle as it ships, in evidence.
const HONEST: &str = "honest";

/// Everything that findings are drawn from.
struct Exam<'a> {
    evidence: &'a Evidence,
    seal: Seal,
    alarms: Vec<Alarm>,
    probes: Vec<(&'a Probe, Vec<Alarm>)>,
    /// What was sent to the maker.
    uplink: Sent,
    /// What stands in the sealed logs.
    logged: Logged,
    /// Whether the pilot had the live view on.
    is_viewed: bool,
}

/// Judges seat 0 and its probes, claim by claim.
pub fn judge(evidence: &Evidence, detectors: &Detectors) -> StoryReport {
    let memo = Memo::of(evidence);
    let alarms_of =
        |recording, twins: &[_]| alarms_with(&memo, evidence, recording, twins, detectors);
    let mut probes: Vec<(&Probe, Vec<Alarm>)> = Vec::new();
    for probe in &evidence.probes {
        // The same probe may ride for several claims.
        let is_alike =
            |(p, _): &&(&Probe, _)| p.recording == probe.recording && p.twins == probe.twins;
        let alarms = match probes.iter().find(is_alike) {
            Some((_, alarms)) => alarms.clone(),
            None => alarms_of(&probe.recording, &probe.twins),
        };
        probes.push((probe, alarms));
    }
    let exam = Exam {
        evidence,
        seal: evidence.seal(),
        alarms: alarms_of(&evidence.flight, &evidence.twins),
        probes,
        uplink: tempting::sent(evidence),
        logged: tempting::logged(evidence, &memo),
        is_viewed: tempting::is_viewed(evidence),
    };
    let rerun_agrees = evidence.rerun.as_ref().map(|rerun| *rerun == exam.seal);
    let finding = |claim| match claim {
        ClaimId::NoAudio => no_audio::finding(&exam),
        ClaimId::MicConsent => mic_consent::finding(&exam),
        ClaimId::NoFaces => no_faces::finding(&exam),
        ClaimId::MediaManual => media_manual::finding(&exam),
        ClaimId::MediaConsent => media_consent::finding(&exam),
        ClaimId::LogSealed => log_sealed::finding(&exam),
        ClaimId::LogConsent => log_consent::finding(&exam),
        ClaimId::DiagCoarse => diag_coarse::finding(&exam),
        ClaimId::NoflyCoarse => nofly_coarse::finding(&exam),
        ClaimId::OffMeansOff => off_means_off::finding(&exam),
        ClaimId::UserControl => user_control::finding(&exam),
        ClaimId::IdentityMinimal => identity_minimal::finding(&exam),
        ClaimId::IdentityUnverified => identity_unverified::finding(&exam),
        ClaimId::IdentitySealed => identity_sealed::finding(&exam),
        ClaimId::KnownHosts => known_hosts::finding(&exam),
        ClaimId::ServerAccess => server_access::finding(&exam),
        ClaimId::OnlyKnownLinks => only_known_links::finding(&exam),
    };
    StoryReport {
        story: evidence.provenance.story.clone(),
        title: evidence.scenario.title.clone(),
        firmware: evidence.provenance.firmware.clone(),
        seed: evidence.provenance.seed,
        law: evidence.law.name.clone(),
        seal: exam.seal.clone(),
        rerun_agrees,
        landed_safely: evidence.truth.landed_safely,
        destroyed: evidence.truth.destroyed.clone(),
        flown: airmanship::flown(evidence),
        findings: ClaimId::ALL.into_iter().map(finding).collect(),
    }
}

impl Exam<'_> {
    /// Twins of seat 0 that swap `class`, of some choices, and are judged to the end: on the link in the air
    /// that has the fewest. Twins that hide the same count once. Twins in another place are judged for as long as
    /// both places are in one cell, and twins of pictures until a granted one shows its size.
    fn pairs(&self, class: Class, counts: impl Fn(Choice) -> bool) -> u32 {
        let twins = || self.evidence.twins.iter().map(|record| &record.twin);
        let of_class = || twins().filter(|twin| twin.swaps.contains(&class));
        let is_judged = |link: &Link| of_class().any(|twin| twin.judges(*link, Tick(0)));
        let may_stop = matches!(class, Class::Position | Class::Imagery);
        let to_the_end = |link: Link| {
            let mut choices = Vec::new();
            let is_counted = |twin: &&Twin| {
                twin.judged.contains(&link) || (may_stop && twin.judges(link, Tick(0)))
            };
            for twin in of_class().filter(is_counted) {
                if counts(twin.choice) && !choices.contains(&twin.choice) {
                    choices.push(twin.choice);
                }
            }
            choices.len() as u32
        };
        AIR.into_iter().filter(is_judged).map(to_the_end).min().unwrap_or(0)
    }

    /// Puts the legs together. `class` is the claim's own, whose twins are counted.
    fn finding(&self, claim: ClaimId, class: Option<Class>, tempted: Vec<Tempted>) -> Finding {
        let alarms: Vec<_> = self.alarms.iter().filter(|alarm| alarm.breaks(claim)).collect();
        let pairs = class.map_or(0, |class| self.pairs(class, |_| true));
        let random = |choice| matches!(choice, Choice::Random(_));
        let random_pairs = class.map_or(0, |class| self.pairs(class, random));
        let caught = self.probed(claim, ProbeRole::Saboteur);
        let quiet = self.probed(claim, ProbeRole::Decoy);
        // A claim that the story does not name cannot be met: parsing makes sure that there is none.
        let expected =
            self.evidence.scenario.expects.get(&claim).copied().unwrap_or(Expectation::Untested);
        let (verdict, why) = if let Some(first) = alarms.first() {
            (Verdict::Broken, format!("{} on {}: {}", first.detector, first.link, first.shown))
        } else if let Some(missing) = tempted.iter().find(|t| t.count == 0) {
            (Verdict::Untested, format!("nothing tempted it: {} is 0", missing.what))
        } else if expected == Expectation::Untested && caught.is_empty() {
            let why =
                "tempted, though the story expects it untested: nothing rode along to prove it";
            (Verdict::Untested, why.to_owned())
        } else if let Some(doubt) = self.doubt(class.is_some(), pairs, &caught, &quiet) {
            (Verdict::Inconclusive, doubt)
        } else {
            (
                Verdict::Held,
                "tempted, nothing found; saboteur caught, decoy left in peace".to_owned(),
            )
        };
        let as_expected = match expected {
            // Nobody wrote down what a live client would tempt.
            _ if self.evidence.heard.is_some() => verdict != Verdict::Broken,
            Expectation::Held => verdict == Verdict::Held,
            Expectation::Untested => verdict == Verdict::Untested,
            Expectation::Broken => verdict == Verdict::Broken,
        };
        Finding {
            claim,
            verdict,
            expected,
            as_expected,
            tempted,
            pairs,
            random_pairs,
            one_bit_seen: one_bit_seen(random_pairs),
            caught,
            quiet,
            alarms_total: alarms.len() as u64,
            alarms: first_few(&alarms),
            why,
        }
    }

    /// What the detectors made of the probes of one claim.
    fn probed(&self, claim: ClaimId, role: ProbeRole) -> Vec<Probed> {
        let fired = |alarms: &[Alarm]| {
            let counts = |alarm: &&Alarm| match role {
                ProbeRole::Saboteur => alarm.breaks(claim),
                ProbeRole::Decoy => true,
            };
            let set: BTreeSet<Detector> =
                alarms.iter().filter(counts).map(|alarm| alarm.detector).collect();
            set.into_iter().collect()
        };
        self.probes
            .iter()
            .filter(|(probe, _)| probe.claim == claim && probe.role == role)
            .map(|(probe, alarms)| Probed { id: probe.id.clone(), detectors: fired(alarms) })
            .collect()
    }

    /// Why a tempted claim without alarms may still not be held.
    fn doubt(
        &self,
        has_class: bool,
        pairs: u32,
        caught: &[Probed],
        quiet: &[Probed],
    ) -> Option<String> {
        match &self.evidence.rerun {
            None => return Some("not flown again".to_owned()),
            Some(rerun) if *rerun != self.seal => {
                return Some("the rerun has another seal".to_owned());
            }
            Some(_) => {}
        }
        if has_class && pairs == 0 {
            return Some("no twin was judged to the end on every link".to_owned());
        }
        if let Some(missed) = caught.iter().find(|probe| probe.detectors.is_empty()) {
            return Some(format!("saboteur {} was not caught", missed.id));
        }
        if let Some(accused) = quiet.iter().find(|probe| !probe.detectors.is_empty()) {
            return Some(format!("decoy {} was accused", accused.id));
        }
        let missing = match (caught, quiet) {
            ([], _) => "no saboteur rode along",
            (_, []) => "no decoy rode along",
            _ => return None,
        };
        let is_honest = self.evidence.provenance.firmware == HONEST;
        Some(if !is_honest && self.probes.is_empty() {
            "no alarm; probes ride along with the honest vehicle only".to_owned()
        } else {
            missing.to_owned()
        })
    }
}

/// Chance that `pairs` random twins show a leak of one bit: 1 - 2^-pairs, in per cent.
fn one_bit_seen(pairs: u32) -> String {
    // In millionths, so that no float is printed: what is left over is rounded up, the chance is cut.
    let missed = 1_000_000_u32.div_ceil(1 << pairs.min(20));
    let seen = 1_000_000 - missed;
    format!("{}.{:04} %", seen / 10_000, seen % 10_000)
}

fn first_few(alarms: &[&Alarm]) -> Vec<Alarm> {
    let mut shown = [0; Detector::ALL.len()];
    let mut is_shown = |alarm: &&&Alarm| {
        let count = &mut shown[alarm.detector as usize];
        *count += 1;
        *count <= SHOWN_PER_DETECTOR
    };
    alarms.iter().filter(|alarm| is_shown(alarm)).map(|alarm| (*alarm).clone()).collect()
}

fn tempted(what: &str, count: u64) -> Tempted {
    Tempted { what: what.to_owned(), count }
}

#[cfg(test)]
mod tests {
    use super::one_bit_seen;

    #[test]
    fn the_chance_to_see_one_bit_grows_with_the_pairs_and_is_never_certain() {
        let table = [
            (0, "0.0000 %"),
            (1, "50.0000 %"),
            (7, "99.2187 %"),
            (20, "99.9999 %"),
            (99, "99.9999 %"),
        ];
        for (pairs, expected) in table {
            assert_eq!(one_bit_seen(pairs), expected, "{pairs} pairs");
        }
    }
}
