//! The twins follow from the law and the story.

use super::*;
use crate::{attribution_twins, plan_twins, probe_twins};
use Class::{Face, FlightLog, Imagery};
use evidence::{Recipient, Twin};
use expect_test::{Expect, expect};

fn law(name: &str) -> Law {
    Law::parse(Law::shipped(name).unwrap()).unwrap()
}

fn grants(category: Class, to: Recipient) -> Act {
    Act::Grants { category, object: 1, to, for_s: None }
}

fn requests(category: Class) -> Act {
    Act::Requests { category, object: 1, to: Recipient::Maker }
}

fn told(twins: &[Twin]) -> String {
    let tell = |t: &Twin| {
        let mut line = format!("{:?} {:?}: {} links", t.swaps, t.choice, t.judged.len());
        for (link, tick) in &t.judged_before {
            line += &format!(", {link} before {tick}");
        }
        for carrier in &t.carriers {
            line += &format!(", {carrier:?} masked");
        }
        line + "\n"
    };
    twins.iter().map(tell).collect()
}

fn planned(law_name: &str, beats: &[(f64, Act)], pairs: u32, expected: &Expect) {
    expected.assert_eq(&told(&plan_twins(&law(law_name), &evidence(beats).scenario, pairs)));
}

#[test]
fn classes_that_are_closed_everywhere_ride_together() {
    planned(
        "sealed",
        &[],
        3,
        &expect![[r#"
            [Audio, Face, Imagery, FlightLog, Surroundings, Key] Nothing: 7 links
            [Audio, Face, Imagery, FlightLog, Surroundings, Key] Loudest: 7 links
            [Audio, Face, Imagery, FlightLog, Surroundings, Key] Random(1): 7 links
            [Device] Nothing: 6 links
            [Device] Loudest: 6 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Loudest: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    // What the law never allows is not opened by a grant, nor is a link that nothing is let through on.
    let refused =
        [(1.0, grants(Class::Audio, Recipient::Maker)), (2.0, grants(Imagery, Recipient::Pilot))];
    let sealed = law("sealed");
    let [plain, refused] =
        [&[][..], &refused].map(|beats| plan_twins(&sealed, &evidence(beats).scenario, 3));
    assert_eq!(plain, refused);
}

#[test]
fn an_opened_class_rides_alone_and_random_twins_watch_to_the_end() {
    let beats =
        [(2.0, grants(FlightLog, Recipient::Maker)), (3.0, grants(FlightLog, Recipient::Pilot))];
    planned(
        "sealed",
        &beats,
        4,
        &expect![[r#"
            [Audio, Face, Imagery, Surroundings, Key] Nothing: 7 links
            [Audio, Face, Imagery, Surroundings, Key] Loudest: 7 links
            [Audio, Face, Imagery, Surroundings, Key] Random(1): 7 links
            [Audio, Face, Imagery, Surroundings, Key] Random(2): 7 links
            [FlightLog] Nothing: 5 links, Radio before 3.000 s, Uplink before 2.000 s
            [FlightLog] Loudest: 5 links, Radio before 3.000 s, Uplink before 2.000 s
            [FlightLog] Random(1): 7 links, LogData masked, LogUpload masked
            [FlightLog] Random(2): 7 links, LogData masked, LogUpload masked
            [Device] Nothing: 6 links
            [Device] Loudest: 6 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Loudest: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    // One random twin goes on behind the grant, however few are asked for.
    planned(
        "sealed",
        &beats[..1],
        1,
        &expect![[r#"
            [Audio, Face, Imagery, Surroundings, Key] Nothing: 7 links
            [FlightLog] Nothing: 6 links, Uplink before 2.000 s
            [FlightLog] Loudest: 6 links, Uplink before 2.000 s
            [FlightLog] Random(1): 7 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
}

#[test]
fn pictures_are_masked_for_pictures_and_never_for_faces_under_the_sealed_law() {
    let beats = [(1.0, Act::TakesStill), (2.0, grants(Imagery, Recipient::Maker))];
    planned(
        "sealed",
        &beats,
        1,
        &expect![[r#"
            [Audio, Face, FlightLog, Surroundings, Key] Nothing: 7 links
            [Imagery] Nothing: 7 links, MediaUpload masked
            [Device] Nothing: 6 links
            [Audio, Device, Surroundings, Key] Nothing: 1 links
            [Face, Imagery] Nothing: 1 links, StillFile masked
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    let vendor = [(2.0, grants(Face, Recipient::Maker)), (2.0, grants(Imagery, Recipient::Maker))];
    planned(
        "vendor",
        &vendor,
        1,
        &expect![[r#"
            [Audio, FlightLog, Surroundings, Key] Nothing: 7 links
            [Face, Imagery] Nothing: 7 links, MediaUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    planned(
        "vendor",
        &vendor[..1],
        1,
        &expect![[r#"
            [Audio, Imagery, FlightLog, Surroundings, Key] Nothing: 7 links
            [Face] Nothing: 7 links, MediaUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
}

#[test]
fn captures_are_masked_on_the_card_each_for_its_own_class() {
    planned(
        "sealed",
        &[(1.0, Act::StartsRecording)],
        1,
        &expect![[r#"
            [Audio, Face, Imagery, FlightLog, Surroundings, Key] Nothing: 7 links
            [Device] Nothing: 6 links
            [Audio] Nothing: 1 links, SoundFile masked
            [Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    let both = [(1.0, Act::StartsRecording), (2.0, Act::TakesStill)];
    planned(
        "sealed",
        &both,
        2,
        &expect![[r#"
            [Audio, Face, Imagery, FlightLog, Surroundings, Key] Nothing: 7 links
            [Audio, Face, Imagery, FlightLog, Surroundings, Key] Loudest: 7 links
            [Device] Nothing: 6 links
            [Device] Loudest: 6 links
            [Audio] Nothing: 1 links, SoundFile masked
            [Audio] Loudest: 1 links, SoundFile masked
            [Face, Imagery] Nothing: 1 links, StillFile masked
            [Face, Imagery] Loudest: 1 links, StillFile masked
            [FlightLog] Random(1): 1 links, LogFile masked
            [Device, Surroundings, Key] Nothing: 1 links
            [Device, Surroundings, Key] Loudest: 1 links
        "#]],
    );
}

#[test]
fn picture_twins_stop_where_a_log_may_wait_behind_a_picture() {
    let beats = [
        (2.0, grants(Imagery, Recipient::Maker)),
        (3.0, requests(Imagery)),
        (4.0, requests(FlightLog)),
    ];
    planned(
        "sealed",
        &beats,
        1,
        &expect![[r#"
            [Audio, Face, FlightLog, Surroundings, Key] Nothing: 7 links
            [Imagery] Nothing: 6 links, Uplink before 4.000 s, MediaUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    planned(
        "sealed",
        &beats[..2],
        1,
        &expect![[r#"
            [Audio, Face, FlightLog, Surroundings, Key] Nothing: 7 links
            [Imagery] Nothing: 7 links, MediaUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
}

#[test]
fn single_classes_are_judged_on_the_card_too() {
    let sealed = law("sealed");
    let opened =
        evidence(&[(1.0, Act::TakesStill), (2.0, grants(FlightLog, Recipient::Maker))]).scenario;
    assert_eq!(attribution_twins(&sealed, &opened, 2).len(), 28);
    assert_eq!(probe_twins(&sealed, &opened, ClaimId::OnlyKnownLinks), []);
    expect![[r#"
        [Face] Loudest: 8 links, StillFile masked
        [Face] Random(1): 8 links, StillFile masked
    "#]]
    .assert_eq(&told(&probe_twins(&sealed, &opened, ClaimId::NoFaces)));
    expect![[r#"
        [FlightLog] Loudest: 6 links, Uplink before 2.000 s
        [FlightLog] Random(1): 8 links, LogUpload masked, LogFile masked
    "#]]
    .assert_eq(&told(&probe_twins(&sealed, &opened, ClaimId::LogConsent)));
}
