//! The four legs: what makes a claim held, broken, untested or inconclusive.

use super::swaps::record;
use super::*;
use crate::{Report, Verdict, audit, audit_with};
use evidence::scenario::Expectation;
use evidence::{Choice, DifferenceKind, Probe, ProbeRole, Seal};

/// A flight that tempts `no-audio`, with a saboteur that is caught and a decoy that is not.
fn tempted() -> Evidence {
    let mut evidence = evidence(&[]);
    evidence.scenario.expects.insert(ClaimId::NoAudio, Expectation::Held);
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
    let table: [(Bend, Verdict, &str); 12] = [
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
        (|e| e.twins.clear(), Verdict::Inconclusive, "no twin was judged to the end on every link"),
        (
            |e| e.twins[0].twin.judged.retain(|link| *link == Link::Card),
            Verdict::Inconclusive,
            "no twin was judged to the end on every link",
        ),
        (
            |e| {
                e.twins[0].twin.judged.retain(|link| *link != Link::Uplink);
                e.twins[0].twin.judged_before = vec![(Link::Uplink, Tick(9))];
            },
            Verdict::Inconclusive,
            "no twin was judged to the end on every link",
        ),
        (|e| e.probes[0].twins.clear(), Verdict::Inconclusive, "saboteur leaky was not caught"),
        (|e| drop(e.probes.remove(0)), Verdict::Inconclusive, "no saboteur rode along"),
        (|e| drop(e.probes.remove(1)), Verdict::Inconclusive, "no decoy rode along"),
        (
            |e| {
                e.scenario.expects.insert(ClaimId::NoAudio, Expectation::Untested);
                e.probes.clear();
            },
            Verdict::Inconclusive,
            "tempted, though the scenario expects untested; no saboteur rode along, so nothing is proved",
        ),
        (
            |e| {
                e.provenance.firmware = "L003".to_owned();
                e.probes.clear();
                e.rerun = Some(e.seal());
            },
            Verdict::Inconclusive,
            "no alarm; probes ride along with the honest vehicle only",
        ),
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
fn pairs_are_the_twins_on_the_link_that_has_the_fewest() {
    type Bend = fn(&mut Vec<evidence::TwinRecord>);
    let table: [(Bend, u32, u32, &str); 5] = [
        (|_| {}, 4, 2, "75.0000 %"),
        // A twin of the card alone sees nothing in the air, and one that hides the same counts once.
        (|twins| twins[3].twin.judged = vec![Link::Card], 3, 1, "50.0000 %"),
        (|twins| twins[3].twin.choice = Choice::Random(1), 3, 1, "50.0000 %"),
        (|twins| twins[3].twin.swaps = vec![Class::Face], 3, 1, "50.0000 %"),
        (
            |twins| {
                for twin in &mut twins[..2] {
                    twin.twin.judged.retain(|link| *link != Link::Uplink);
                    twin.twin.judged_before = vec![(Link::Uplink, Tick(9))];
                }
            },
            2,
            2,
            "75.0000 %",
        ),
    ];
    for (bend, pairs, random_pairs, chance) in table {
        let mut evidence = tempted();
        let choices = [Choice::Nothing, Choice::Loudest, Choice::Random(1), Choice::Random(2)];
        evidence.twins = choices.map(|_| record(&[Class::Audio, Class::Face], &[])).into();
        for (twin, choice) in evidence.twins.iter_mut().zip(choices) {
            twin.twin.choice = choice;
        }
        bend(&mut evidence.twins);
        let report = audit(&evidence);
        let finding = report.finding(ClaimId::NoAudio).unwrap();
        let found = (finding.pairs, finding.random_pairs, finding.one_bit_seen.as_str());
        assert_eq!(found, (pairs, random_pairs, chance));
    }
}

#[test]
fn what_tempts_a_claim_is_listed_one_by_one() {
    let mut evidence = evidence(&[(1.0, Act::TakesStill)]);
    let told = |evidence: &Evidence, claim| {
        let report = audit(evidence);
        let tempted = &report.finding(claim).unwrap().tempted;
        tempted.iter().map(|t| format!("{} {}", t.what, t.count)).collect::<Vec<_>>().join(", ")
    };
    let sheet = Exposure { class: Class::Imagery, ..evidence.truth.exposures[0].clone() };
    evidence.truth.exposures.push(sheet);
    for (file, expected) in [
        ("SOUND/SND_0001.AU", "stills commanded 1, stills taken 0, frames with the sheet 1"),
        (
            "DCIM/100HUSHW/HW_0001.JPG",
            "stills commanded 1, stills taken 1, frames with the sheet 1",
        ),
    ] {
        evidence.flight.card.insert(file.to_owned(), Vec::new());
        assert_eq!(told(&evidence, ClaimId::MediaConsent), expected);
    }
    assert_eq!(told(&evidence, ClaimId::LogConsent), "log bytes on the card 0");
    assert_eq!(told(&evidence, ClaimId::NoFaces), "frames with faces 0");
}

#[test]
fn the_same_evidence_gives_the_same_report_to_the_byte() {
    let json = || Report::of(vec![audit(&tempted())]).to_json();
    assert_eq!(json(), json());
    assert!(json().starts_with("{\n  \"schema\": \"hushwing-report/1\""));
}
