//! The twins follow from the law and the story.

use super::*;
use crate::{attribution_twins, plan_twins, probe_twins};
use Class::{Face, FlightLog, Imagery, Position};
use evidence::scenario::{Item, Setting};
use evidence::{Choice, Recipient, Twin};
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
            [Audio, Face, Imagery, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Audio, Face, Imagery, FlightLog, Account, Surroundings, Key] Loudest: 7 links
            [Audio, Face, Imagery, FlightLog, Account, Surroundings, Key] Ultrasonic: 7 links
            [Position] Nothing: 4 links, LogUpload masked
            [Position] Loudest: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Device] Loudest: 6 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Loudest: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    // What the law never allows is not opened by a grant.
    let refused =
        [(1.0, grants(Class::Audio, Recipient::Maker)), (2.0, grants(Face, Recipient::Pilot))];
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
            [Audio, Face, Imagery, Account, Surroundings, Key] Nothing: 7 links
            [Audio, Face, Imagery, Account, Surroundings, Key] Loudest: 7 links
            [Audio, Face, Imagery, Account, Surroundings, Key] Ultrasonic: 7 links
            [Audio, Face, Imagery, Account, Surroundings, Key] Random(1): 7 links
            [FlightLog] Nothing: 5 links, Radio before 3.000 s, Uplink before 2.000 s
            [FlightLog] Loudest: 5 links, Radio before 3.000 s, Uplink before 2.000 s
            [FlightLog] Random(1): 7 links, LogData masked, FtpData masked, LogUpload masked
            [FlightLog] Random(2): 7 links, LogData masked, FtpData masked, LogUpload masked
            [Position] Nothing: 4 links, LogUpload masked
            [Position] Loudest: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Device] Loudest: 6 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Loudest: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    // One random twin goes on behind the grant, however few are asked for.
    planned(
        "sealed",
        &beats[..1],
        1,
        &expect![[r#"
            [Audio, Face, Imagery, Account, Surroundings, Key] Nothing: 7 links
            [FlightLog] Nothing: 6 links, Uplink before 2.000 s
            [FlightLog] Loudest: 6 links, Uplink before 2.000 s
            [FlightLog] Random(1): 7 links, LogUpload masked
            [Position] Nothing: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
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
            [Audio, Face, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Imagery] Nothing: 7 links, MediaUpload masked
            [Position] Nothing: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio, Device, Account, Surroundings, Key] Nothing: 1 links
            [Face, Imagery] Nothing: 1 links, StillFile masked, FilmFile masked
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    let vendor = [(2.0, grants(Face, Recipient::Maker)), (2.0, grants(Imagery, Recipient::Maker))];
    planned(
        "vendor",
        &vendor,
        1,
        &expect![[r#"
            [Audio, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Face, Imagery] Nothing: 7 links, MediaUpload masked
            [Position] Nothing: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    planned(
        "vendor",
        &vendor[..1],
        1,
        &expect![[r#"
            [Audio, Imagery, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Face] Nothing: 7 links, MediaUpload masked
            [Position] Nothing: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
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
            [Audio, Face, Imagery, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Position] Nothing: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio] Nothing: 1 links, SoundFile masked
            [Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    let both = [(1.0, Act::StartsRecording), (2.0, Act::TakesStill)];
    planned(
        "sealed",
        &both,
        2,
        &expect![[r#"
            [Audio, Face, Imagery, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Audio, Face, Imagery, FlightLog, Account, Surroundings, Key] Loudest: 7 links
            [Position] Nothing: 4 links, LogUpload masked
            [Position] Loudest: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Device] Loudest: 6 links
            [Audio] Nothing: 1 links, SoundFile masked
            [Audio] Loudest: 1 links, SoundFile masked
            [Face, Imagery] Nothing: 1 links, StillFile masked, FilmFile masked
            [Face, Imagery] Loudest: 1 links, StillFile masked, FilmFile masked
            [FlightLog] Random(1): 1 links, LogFile masked
            [Device, Account, Surroundings, Key] Nothing: 1 links
            [Device, Account, Surroundings, Key] Loudest: 1 links
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
            [Audio, Face, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Imagery] Nothing: 6 links, Uplink before 4.000 s, MediaUpload masked
            [Position] Nothing: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
    planned(
        "sealed",
        &beats[..2],
        1,
        &expect![[r#"
            [Audio, Face, FlightLog, Account, Surroundings, Key] Nothing: 7 links
            [Imagery] Nothing: 7 links, MediaUpload masked
            [Position] Nothing: 4 links, LogUpload masked
            [Device] Nothing: 6 links
            [Audio, Face, Imagery, Device, Account, Surroundings, Key] Nothing: 1 links
            [FlightLog] Random(1): 1 links, LogFile masked
        "#]],
    );
}

#[test]
fn single_classes_are_judged_on_the_card_too() {
    let sealed = law("sealed");
    let opened =
        evidence(&[(1.0, Act::TakesStill), (2.0, grants(FlightLog, Recipient::Maker))]).scenario;
    assert_eq!(attribution_twins(&sealed, &opened, 2).len(), 36);
    assert_eq!(probe_twins(&sealed, &opened, Class::Public), []);
    expect![[r#"
        [Face] Loudest: 8 links, StillFile masked, FilmFile masked
        [Face] Random(1): 8 links, StillFile masked, FilmFile masked
    "#]]
    .assert_eq(&told(&probe_twins(&sealed, &opened, Class::Face)));
    expect![[r#"
        [FlightLog] Loudest: 6 links, Uplink before 2.000 s
        [FlightLog] Random(1): 8 links, LogUpload masked, LogFile masked
    "#]]
    .assert_eq(&told(&probe_twins(&sealed, &opened, Class::FlightLog)));
}

/// Until when twins elsewhere in the cell are judged on Uplink, in seconds.
fn place_is_judged_until(
    place: (f64, f64),
    to_m: Option<(f64, f64)>,
    is_told_of: bool,
) -> Option<f64> {
    let mut scenario = evidence(&[(5.0, Act::Arms), (6.0, Act::StartsMission)]).scenario;
    (scenario.place.lat_deg, scenario.place.lon_deg) = place;
    scenario.mission.extend(to_m.map(|(east_m, north_m)| Item::Waypoint {
        label: "there".to_owned(),
        at_m: (east_m, north_m, 10.0),
        stay_s: 0.0,
        takes_still: false,
    }));
    scenario.settings = [(Setting::PrivLocal, 0), (Setting::UpDiag, i32::from(is_told_of))].into();
    let twins = plan_twins(&law("sealed"), &scenario, 2);
    let twin = twins.iter().find(|twin| twin.swaps == [Position]).expect("it is planned");
    for link in [Link::Video, Link::Console] {
        assert!(twin.judged.contains(&link), "{link}");
    }
    for link in [Link::Radio, Link::RemoteId, Link::Card, Link::Motion] {
        assert!(!twin.judges(link, Tick(0)), "{link}");
    }
    if twin.judged.contains(&Link::Uplink) {
        return None;
    }
    twin.judged_before.first().map(|(_, tick)| tick.seconds())
}

#[test]
fn another_place_in_the_cell_is_judged_while_the_flight_is_sure_to_stay_in_it() {
    // The middle of the North Sea, a cell's edge there, and Heathrow.
    let (sea, edge, zone) = ((56.03, 3.01), (55.986_4, 3.01), (51.47, -0.4543));
    for (place, to_m, is_told_of, expected) in [
        (sea, None, true, None),
        (sea, Some((300.0, -300.0)), true, None),
        (sea, Some((0.0, 9000.0)), true, Some(5.0)),
        (edge, None, true, Some(5.0)),
        (zone, None, false, None),
        (zone, None, true, Some(5.0)),
    ] {
        let until = place_is_judged_until(place, to_m, is_told_of);
        assert_eq!(until, expected, "{place:?} to {to_m:?}");
    }
}

#[test]
fn a_log_and_a_picture_that_says_where_are_masked_for_other_places() {
    let beats =
        [(1.0, grants(FlightLog, Recipient::Maker)), (2.0, grants(Position, Recipient::Maker))];
    let twins = plan_twins(&law("sealed"), &evidence(&beats).scenario, 1);
    let of_place: Vec<_> = twins.into_iter().filter(|twin| twin.swaps == [Position]).collect();
    expect![[r#"
        [Position] Nothing: 4 links, LogUpload masked, MediaUpload masked
    "#]]
    .assert_eq(&told(&of_place));
}

#[test]
fn the_live_view_is_masked_for_pictures_and_for_nobody_else() {
    let mut scenario = evidence(&[(2.0, Act::StartsView)]).scenario;
    scenario.settings = [(Setting::VidEnable, 1)].into();
    for twin in plan_twins(&law("sealed"), &scenario, 3) {
        let is_masked = twin.carriers.contains(&evidence::Carrier::LiveView);
        assert_eq!(is_masked, twin.swaps == [Imagery] && twin.judged.contains(&Link::Video));
    }
}

#[test]
fn a_tone_above_all_speech_follows_the_loudest_where_sound_is_swapped() {
    let scenario = evidence(&[]).scenario;
    let choices = |twins: &[Twin], class| {
        let of_class = twins.iter().filter(|twin| twin.swaps.contains(&class));
        of_class.map(|twin| twin.choice).take(4).collect::<Vec<_>>()
    };
    let planned = plan_twins(&law("sealed"), &scenario, 4);
    let tone = [Choice::Nothing, Choice::Loudest, Choice::Ultrasonic, Choice::Random(1)];
    assert_eq!(choices(&planned, Class::Audio), tone);
    // Only a twin of the same choice can name the class of a difference.
    let single = attribution_twins(&law("sealed"), &scenario, 4);
    assert_eq!(choices(&single, Face), tone);
    let place: Vec<_> = planned.into_iter().filter(|twin| twin.swaps == [Position]).collect();
    assert!(place.iter().all(|twin| twin.choice != Choice::Ultrasonic));
}
