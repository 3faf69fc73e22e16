//! The four legs: what makes a claim held, broken, untested or inconclusive.

use super::swaps::record;
use super::*;
use crate::{Report, Verdict, audit, audit_with};
use evidence::{DifferenceKind, Probe, ProbeRole, Seal};

/// A flight that tempts `no-audio`, with a saboteur that is caught and a decoy that is not.
fn tempted() -> Evidence {
    let mut evidence = evidence(&[]);
    evidence.truth.microphone_samples = 480_000;
    evidence.truth.loud_ticks = 90;
    evidence.twins = vec![record(&[Class::Audio], &[])];
    let probe = |id: &str, role, differences: &[_]| Probe {
        id: id.to_owned(),
        role,
        claim: ClaimId::NoAudio,
        recording: Recording::default(),
        twins: vec![record(&[Class::Audio], differences)],
    };
    let leak = [(Link::Radio, DifferenceKind::Content)];
    evidence.probes =
        vec![probe("leaky", ProbeRole::Saboteur, &leak), probe("noisy", ProbeRole::Decoy, &[])];
    evidence.rerun = Some(evidence.seal());
    evidence
}

fn of_audio(evidence: &Evidence) -> (Verdict, String) {
    let report = audit(evidence);
    let finding = report.finding(ClaimId::NoAudio).unwrap();
    (finding.verdict, finding.why.clone())
}

#[test]
fn four_legs_hold_a_claim_and_each_missing_leg_is_told() {
    assert_eq!(of_audio(&tempted()).0, Verdict::Held);
    type Bend = fn(&mut Evidence);
    let table: [(Bend, Verdict, &str); 8] = [
        (
            |e| e.truth.loud_ticks = 0,
            Verdict::Untested,
            "nothing tempted it: ticks with a voice of 70 dB or more is 0",
        ),
        (|e| e.rerun = None, Verdict::Inconclusive, "not flown again"),
        (
            |e| e.rerun = Some(Seal("0".to_owned())),
            Verdict::Inconclusive,
            "the rerun has another seal",
        ),
        (|e| e.twins.clear(), Verdict::Inconclusive, "no twin was flown"),
        (|e| e.probes[0].twins.clear(), Verdict::Inconclusive, "saboteur leaky was not caught"),
        (|e| drop(e.probes.remove(0)), Verdict::Inconclusive, "no saboteur rode along"),
        (|e| drop(e.probes.remove(1)), Verdict::Inconclusive, "no decoy rode along"),
        (
            |e| e.probes[1].twins = e.probes[0].twins.clone(),
            Verdict::Inconclusive,
            "decoy noisy was accused",
        ),
    ];
    for (bend, verdict, why) in table {
        let mut evidence = tempted();
        // Truth is under the seal, so a bent truth needs its own rerun.
        bend(&mut evidence);
        if verdict == Verdict::Untested {
            evidence.rerun = Some(evidence.seal());
        }
        assert_eq!(of_audio(&evidence), (verdict, why.to_owned()));
    }
}

#[test]
fn broken_wins_over_everything_and_breaks_its_own_claim_only() {
    let mut evidence = tempted();
    evidence.twins = evidence.probes[0].twins.clone();
    evidence.rerun = None;
    assert_eq!(of_audio(&evidence).0, Verdict::Broken);
    assert_eq!(audit(&evidence).broken(), [ClaimId::NoAudio]);
}

#[test]
fn a_detector_that_is_switched_off_catches_no_saboteur() {
    let report = audit_with(&tempted(), &Detectors::all().without(Detector::NIC));
    assert_eq!(report.finding(ClaimId::NoAudio).unwrap().verdict, Verdict::Inconclusive);
}

#[test]
fn the_same_evidence_gives_the_same_report_to_the_byte() {
    let json = || Report::of(vec![audit(&tempted())]).to_json();
    assert_eq!(json(), json());
    assert!(json().starts_with("{\n  \"schema\": \"hushwing-report/1\""));
}
