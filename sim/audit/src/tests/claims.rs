//! The four legs: what makes a claim held, broken, untested or inconclusive.

use super::swaps::record;
use super::*;
use crate::{Report, Verdict, audit, audit_with};
use evidence::card::{Operation, Write};
use evidence::scenario::Expectation;
use evidence::{Choice, DifferenceKind, Probe, ProbeRole, Seal};

/// A flight that tempts `no-audio`, with a saboteur that is caught and a decoy that is not.
fn tempted() -> Evidence {
    let mut evidence = evidence(&[]);
    evidence.scenario.expects.insert(ClaimId::NoAudio, Expectation::Held);
    evidence.truth.microphone_samples = 480_000;
    let loud = Exposure { level: 82.0, ..canary(Class::Audio, "Ada", &VOICE) };
    evidence.truth.exposures.push(loud);
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
            |e| drop(e.truth.exposures.pop()),
            Verdict::Untested,
            "nothing tempted it: voices of 70 dB or more outside recordings is 0",
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
            Verdict::Untested,
            "tempted, though the story expects it untested: nothing rode along to prove it",
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
        ("SOUND/SND_0001.AU", "captures commanded 1, captures taken 0, frames with the sheet 1"),
        (
            "DCIM/100HUSHW/HW_0001.JPG",
            "captures commanded 1, captures taken 1, frames with the sheet 1",
        ),
    ] {
        evidence.flight.card.insert(file.to_owned(), Vec::new());
        assert_eq!(told(&evidence, ClaimId::MediaConsent), expected);
    }
    assert_eq!(told(&evidence, ClaimId::LogConsent), "log bytes written to the card 0");
    assert_eq!(told(&evidence, ClaimId::NoFaces), "frames with faces 0");
}

/// What one change to a flight without temptations tempts a claim with.
fn told_after(claim: ClaimId, change: fn(&mut Evidence)) -> String {
    let mut evidence = evidence(&[]);
    change(&mut evidence);
    let report = audit(&evidence);
    let tempted = &report.finding(claim).unwrap().tempted;
    tempted.iter().map(|t| format!("{} {}", t.what, t.count)).collect::<Vec<_>>().join(", ")
}

#[test]
fn each_claim_is_tempted_by_what_it_is_about_and_by_nothing_else() {
    use ClaimId::*;
    use evidence::scenario::{Server, Setting};
    use evidence::{Control, Mandate};
    type Change = fn(&mut Evidence);
    fn does(evidence: &mut Evidence, at_s: f64, does: Act) {
        evidence.scenario.beats.push(Beat { at_s, does });
        let controls = evidence.truth.mandate.controls.clone();
        evidence.truth.mandate = Mandate::of(&evidence.scenario);
        evidence.truth.mandate.controls = controls;
    }
    fn sets(evidence: &mut Evidence, name: Setting, value: i32) {
        evidence.truth.mandate.controls.push(Control { tick: Tick(9), name, value });
    }
    let table: [(ClaimId, Change, &str); 17] = [
        (
            MicConsent,
            |e| {
                does(e, 0.0, Act::StartsRecording);
                e.truth.exposures[0].level = 80.0;
                e.flight.card.insert("SOUND/SND_0001.AU".to_owned(), sound_file(8));
            },
            "recordings commanded 1, voices of 70 dB or more in recordings 1, \
             bytes of sound on the card 40",
        ),
        (
            MediaManual,
            |e| {
                does(e, 0.0, Act::TakesStill);
                e.scenario.length_s = 90.0;
                e.truth.frames = 9;
            },
            "frames 9, captures commanded 1, pictures and films on the card 0, \
             minutes without a command 1",
        ),
        (
            LogSealed,
            |_| {},
            "bytes in sealed logs 0, kinds of record, ten or more 0, \
             positions known, and names in opened logs 0",
        ),
        (
            LogConsent,
            |e| {
                let path = "LOG/LOG_0001.HLG";
                for operation in [Operation::Append, Operation::Wipe, Operation::Delete] {
                    let write = Write { operation, path, data: b"block" }.encode();
                    e.flight.transcript.hear(Tick(1), Link::Card, &write);
                }
            },
            "log bytes written to the card 5",
        ),
        (DiagCoarse, |_| {}, "reports sent 0, exact positions known 0"),
        (NoflyCoarse, |_| {}, "questions about zones 0, exact positions known 0"),
        (OffMeansOff, |_| {}, "bytes on Uplink while on 0, sendings asked for or due while off 0"),
        (
            OffMeansOff,
            |e| {
                let (category, object, to) = (Class::FlightLog, 1, evidence::Recipient::Maker);
                does(e, 1.0, Act::Grants { category, object, to, for_s: None });
                does(e, 2.0, Act::Requests { category, object, to });
                e.flight.transcript.hear(Tick(1), Link::Uplink, b"abc");
            },
            "bytes on Uplink while on 3, sendings asked for or due while off 1",
        ),
        (UserControl, |e| sets(e, Setting::RadLogs, 1), "switches turned both on and off 0"),
        (
            UserControl,
            |e| {
                sets(e, Setting::RadLogs, 1);
                sets(e, Setting::RadLogs, 0);
            },
            "switches turned both on and off 1",
        ),
        (
            IdentityMinimal,
            |e| e.truth.canaries.push(canary(Class::Account, "e-mail", b"ada@b.example")),
            "numbers of the vehicle 1, stations in reach 1, words of the account 1",
        ),
        (IdentityUnverified, |e| does(e, 1.0, Act::Registers), "accounts told to the vehicle 0"),
        (
            IdentitySealed,
            |e| drop(e.flight.card.insert("ID/IDENTITY.HID".to_owned(), vec![0; 9])),
            "bytes of identity at rest 9",
        ),
        (
            KnownHosts,
            |e| does(e, 1.0, Act::ServerTurns(Server::Silent)),
            "hosts looked up or spoken to 0, redirects and failures 1",
        ),
        (
            ServerAccess,
            |e| does(e, 1.0, Act::Stranger(Box::new(Act::AsksLogs))),
            "attempts without a right 1",
        ),
        (ServerAccess, |e| does(e, 1.0, Act::AsksLogs), "attempts without a right 0"),
        (
            OnlyKnownLinks,
            |e| e.flight.transcript.hear(Tick(1), Link::Console, b"abc"),
            "bytes on Radio 0, bytes on RemoteId 0, bytes on Card 0, bytes on Console 3, \
             bytes on Lights 0, bytes on Motion 0",
        ),
    ];
    for (claim, change, expected) in table {
        assert_eq!(told_after(claim, change), expected, "{claim}");
    }
}

#[test]
fn the_same_evidence_gives_the_same_report_to_the_byte() {
    let json = || Report::of(vec![audit(&tempted())]).to_json();
    assert_eq!(json(), json());
    assert!(json().starts_with("{\n  \"schema\": \"hushwing-report/1\""));
}
