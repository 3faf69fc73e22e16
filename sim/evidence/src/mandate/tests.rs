//! What stories give, command and set, as tables.

use super::*;
use crate::TICKS_PER_S;
use expect_test::{Expect, expect};
use std::fmt::Write;

fn mandate(fields: &str, beats: &str) -> Mandate {
    let text = format!(
        r#"(title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 99.0,
            expects: {{}}, {fields} beats: [{beats}])"#
    );
    Mandate::of(&ron::from_str(&text).expect("the story is right"))
}

/// One line a grant: what, to whom, from when to when in seconds.
fn check(fields: &str, beats: &str, expected: &Expect) {
    let mut told = String::new();
    for g in mandate(fields, beats).grants {
        let end = [g.valid_until, g.withdrawn_at].into_iter().flatten().min();
        let end = end.map_or("on".to_owned(), |end| end.seconds().to_string());
        let Grant { category, object, recipient, given_at, .. } = g;
        let _ = writeln!(told, "{category} {object} {recipient:?} {} to {end}", given_at.seconds());
    }
    expected.assert_eq(&told);
}

#[test]
fn stills_and_films_are_numbered_together_and_say_where_and_with_what_only_if_set() {
    check(
        "",
        "(at_s: 1.0, does: TakesStill), (at_s: 3.0, does: StartsFilm), (at_s: 9.0, does: StopsFilm),
         (at_s: 10.0, does: Sets(name: \"CAM_GEOTAG\", value: 1)), (at_s: 11.0, does: TakesStill),
         (at_s: 12.0, does: Sets(name: \"CAM_GEOTAG\", value: 0)),
         (at_s: 13.0, does: Sets(name: \"CAM_SERIAL\", value: 2)), (at_s: 14.0, does: TakesStill)",
        &expect![[r#"
            Imagery 1 Card 1 to 3
            Face 1 Card 1 to 3
            Imagery 2 Card 3 to 11
            Face 2 Card 3 to 11
            Imagery 3 Card 11 to 13
            Face 3 Card 11 to 13
            Position 3 Card 11 to 13
            Imagery 4 Card 14 to 16
            Face 4 Card 14 to 16
        "#]],
    );
}

#[test]
fn a_film_has_sound_where_the_microphone_records_when_it_starts() {
    check(
        "",
        "(at_s: 1.0, does: StartsRecording), (at_s: 2.0, does: StartsFilm),
         (at_s: 5.0, does: StopsFilm), (at_s: 6.0, does: StopsRecording),
         (at_s: 7.0, does: StartsFilm)",
        &expect![[r#"
            Audio 1 Card 1 to 6
            Imagery 1 Card 2 to 7
            Face 1 Card 2 to 7
            Audio 1 Card 2 to 7
            Imagery 2 Card 7 to on
            Face 2 Card 7 to on
        "#]],
    );
}

#[test]
fn what_lives_in_memory_ends_with_the_power_and_consent_does_not() {
    check(
        "settings: {\"VID_ENABLE\": 1},",
        "(at_s: 2.0, does: StartsView), (at_s: 3.0, does: StartsRecording),
         (at_s: 4.0, does: StartsFilm), (at_s: 4.5, does: TakesStill),
         (at_s: 4.8, does: Grants(category: FlightLog, object: 1, to: Maker)),
         (at_s: 5.0, does: CutsPower(off_s: 2.0, kept_bytes: 9)),
         (at_s: 8.0, does: StartsView), (at_s: 9.0, does: Reboots(off_s: 2.0)),
         (at_s: 20.0, does: ResetsToFactory), (at_s: 21.0, does: StartsView)",
        &expect![[r#"
            Imagery 0 Viewer 2 to 5.5
            Audio 1 Card 3 to 5.5
            Imagery 1 Card 4 to 5.5
            Face 1 Card 4 to 5.5
            Audio 1 Card 4 to 5.5
            Imagery 2 Card 4.5 to 5.5
            Face 2 Card 4.5 to 5.5
            FlightLog 1 Maker 4.8 to 20
            Imagery 0 Viewer 8 to 9
        "#]],
    );
}

#[test]
fn a_mission_takes_the_stills_of_its_way_points_and_nobody_consents_for_the_pilot() {
    let mission = r#"mission: [Waypoint(label: "a", at_m: (1.0, 2.0, 3.0), takes_still: true),
        Waypoint(label: "b", at_m: (4.0, 2.0, 3.0)), Waypoint(label: "c", at_m: (9.0, 2.0, 3.0), takes_still: true)],"#;
    check(
        mission,
        "(at_s: 1.0, does: TakesStill), (at_s: 5.0, does: StartsMission),
         (at_s: 6.0, does: Stranger(Grants(category: Imagery, object: 1, to: Pilot))),
         (at_s: 7.0, does: Forges(Grants(category: Imagery, object: 1, to: Pilot)))",
        &expect![[r#"
            Imagery 1 Card 1 to 3
            Face 1 Card 1 to 3
            Imagery 2 Card 5 to on
            Face 2 Card 5 to on
            Imagery 3 Card 5 to on
            Face 3 Card 5 to on
        "#]],
    );
}

#[test]
fn a_switch_is_as_it_was_set_last_from_its_tick_on() {
    let mandate = mandate(
        r#"settings: {"UP_LOGS": 1, "PRIV_LOCAL": 0},"#,
        r#"(at_s: 5.0, does: Sets(name: "UP_LOGS", value: 0)),
           (at_s: 6.0, does: Stranger(Sets(name: "UP_LOGS", value: 1))),
           (at_s: 8.0, does: ResetsToFactory)"#,
    );
    for (name, tick, is_on) in [
        (Setting::PrivLocal, 499, true),
        (Setting::PrivLocal, 500, false),
        (Setting::UpLogs, 509, false),
        (Setting::UpLogs, 510, true),
        (Setting::UpLogs, 5 * TICKS_PER_S, false),
        (Setting::UpLogs, 7 * TICKS_PER_S, false),
        (Setting::PrivLocal, 4000, true),
        (Setting::RidEnable, 0, true),
        (Setting::VidEnable, 9999, false),
    ] {
        assert_eq!(mandate.is_on(name, Tick(tick)), is_on, "{name} at {tick}");
    }
}

#[test]
fn a_trigger_commands_as_many_stills_as_there_can_be_until_the_pilot_ends_the_mission() {
    let count = |items: &str, beats: &str| {
        let way = "Waypoint(label: \"a\", at_m: (9.0, 9.0, 9.0), takes_still: true)";
        let mission = format!("mission: [{way}, {items}, {way}],");
        let grants =
            mandate(&mission, &format!("(at_s: 9.0, does: StartsMission), {beats}")).grants;
        let stills = grants.iter().filter(|grant| grant.category == Class::Imagery);
        let ends: Vec<_> = stills.map(|g| g.valid_until.map(Tick::seconds)).collect();
        assert!(ends.iter().all(|end| *end == ends[0]), "one end for all");
        (ends.len(), ends[0])
    };
    for (items, beats, expected) in [
        ("TriggersNever", "", (2, None)),
        ("TriggersByTime(every_s: 10.0)", "", (2 + 10, None)),
        ("TriggersByTime(every_s: 10.0)", "(at_s: 49.0, does: Holds)", (2 + 5, Some(51.0))),
        ("TriggersByTime(every_s: 10.0)", "(at_s: 49.0, does: Returns)", (2 + 10, None)),
        ("TriggersByTime(every_s: 10.0)", "(at_s: 49.0, does: Stranger(Holds))", (2 + 10, None)),
        // 15 m at 7.5 m/s at most.
        ("TriggersByDistance(every_m: 15.0)", "(at_s: 49.0, does: Lands)", (2 + 21, Some(51.0))),
        ("TriggersByDistance(every_m: 3.0)", "(at_s: 49.0, does: Brakes)", (2 + 41, Some(51.0))),
    ] {
        assert_eq!(count(items, beats), expected, "{items} {beats}");
    }
}
