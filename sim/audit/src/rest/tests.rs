//! Tables of what lies on the card, lies there too long, or is gone in the wrong way.

use crate::tests::{alarms_by, evidence, log_file, sound_file};
use crate::{Alarm, Detector};
use Operation::{Append, Delete, Rename, Replace, Wipe};
use evidence::card::{Operation, Write};
use evidence::scenario::{Act, Beat, Item};
use evidence::{ClaimId, Evidence, Link, Mandate, Tick, TrackPoint};

type Writes<'a> = &'a [(u64, Operation, &'a str, &'a [u8])];

const FIRST: &str = "DCIM/100HUSHW/HW_0001.JPG";
const SECOND: &str = "DCIM/100HUSHW/HW_0002.JPG";
const FILM: &str = "DCIM/100HUSHW/HW_0003.MKV";
const UNFINISHED: &str = "DCIM/100HUSHW/HW_0003.TMP";
const SOUND: &str = "SOUND/SND_0001.AU";
const LOG: &str = "LOG/LOG_0001.HLG";
const FILM_HEAD: &[u8] = &[0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0xFF];

fn story() -> Evidence {
    evidence(&[
        (2.0, Act::TakesStill),
        (4.0, Act::StartsRecording),
        (5.0, Act::StopsRecording),
        (10.0, Act::StartsFilm),
        (14.0, Act::StopsFilm),
        (20.0, Act::ResetsToFactory),
        (30.0, Act::Stranger(Box::new(Act::TakesStill))),
    ])
}

fn found(writes: Writes<'_>) -> Vec<Alarm> {
    let card = writes.iter().map(|(tick, operation, path, data)| {
        let write = Write { operation: *operation, path, data };
        (Tick(*tick), Link::Card, write.encode())
    });
    // The reset is acknowledged.
    let ack = [0xFD, 10, 0, 0, 0, 1, 1, 77, 0, 0, 245, 0, 0, 0, 0, 0, 0, 0, 255, 190, 0, 0];
    let mut said: Vec<_> = card.collect();
    if writes.iter().any(|(tick, ..)| *tick >= 10_000) {
        said.push((Tick(10_001), Link::Radio, ack.to_vec()));
    }
    said.sort_by_key(|(tick, ..)| *tick);
    alarms_by(Detector::RES, &story(), &said)
}

fn shown(writes: Writes<'_>) -> Vec<String> {
    found(writes).into_iter().map(|alarm| alarm.shown).collect()
}

/// A cluster with one picture at a time of the film.
fn cluster(at_ms: u16) -> Vec<u8> {
    let [high, low] = at_ms.to_be_bytes();
    let stamp = [0xE7, 0x82, high, low];
    [&[0x1F, 0x43, 0xB6, 0x75, 0x8B][..], &stamp, &[0xA3, 0x85, 0x81, 0, 0, 0x80, 9]].concat()
}

#[test]
fn a_still_needs_a_command_of_its_own_not_longer_than_two_seconds_ago() {
    let rule = |path| vec![format!("{path}: a still that nobody commanded then")];
    assert!(shown(&[(1100, Append, FIRST, b"x")]).is_empty());
    assert_eq!(shown(&[(999, Append, FIRST, b"x")]), rule(FIRST));
    assert_eq!(shown(&[(2001, Append, FIRST, b"x")]), rule(FIRST));
    let two: Writes<'_> = &[(1100, Append, FIRST, b"x"), (1200, Append, SECOND, b"x")];
    assert_eq!(shown(two), rule(SECOND));
}

#[test]
fn a_camera_trigger_commands_stills_in_the_air_until_the_mission_is_ended_and_no_more_than_it_can()
{
    let mut story = evidence(&[(2.0, Act::StartsMission), (30.0, Act::Holds)]);
    story.scenario.mission = vec![Item::TriggersByTime { every_s: 10.0 }];
    story.truth.mandate = Mandate::of(&story.scenario);
    story.track = aloft_from_4_to_50_s();
    let path = |number: usize| format!("DCIM/100HUSHW/HW_{number:04}.JPG");
    let nobody = |number| format!("{}: a still that nobody commanded then", path(number));
    let beyond = |number| format!("{}: a still that the mission does not come to", path(number));
    let grounded =
        |number| format!("{}: a still of the mission that was taken on the ground", path(number));
    for (seconds, expected) in [
        (&[5, 15, 31][..], vec![]),
        (&[1], vec![nobody(1)]),
        (&[3], vec![grounded(1)]),
        (&[33], vec![nobody(1)]),
        (&[58], vec![nobody(1)]),
        (&[5, 6, 7, 8], vec![beyond(2), beyond(3), nobody(4)]),
        (&[5, 14], vec![beyond(2)]),
        (&[5, 10, 15], vec![beyond(2)]),
    ] {
        let said: Vec<_> = (1..)
            .zip(seconds)
            .map(|(number, second)| {
                let path = path(number);
                let write = Write { operation: Append, path: &path, data: b"x" };
                (Tick(500 * second), Link::Card, write.encode())
            })
            .collect();
        let shown = alarms_by(Detector::RES, &story, &said).into_iter().map(|alarm| alarm.shown);
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{seconds:?}");
    }
}

/// A track that is in the air from 4 s to 50 s.
fn aloft_from_4_to_50_s() -> Vec<TrackPoint> {
    let at = |tenth: u64| TrackPoint {
        tick: Tick(50 * tenth),
        position_m: [0.0, 0.0, if (40..500).contains(&tenth) { 9.0 } else { 0.0 }],
        velocity_mps: [0.0; 3],
        world_from_body_xyzw: [0.0, 0.0, 0.0, 1.0],
    };
    (0..600).map(at).collect()
}

#[test]
fn what_a_mission_commands_is_no_film_and_takes_nothing_from_the_pilots_own_still() {
    let mut story = evidence(&[(2.0, Act::StartsMission), (55.0, Act::TakesStill)]);
    story.scenario.mission = vec![Item::TriggersByTime { every_s: 10.0 }];
    story.truth.mandate = Mandate::of(&story.scenario);
    story.track = aloft_from_4_to_50_s();
    let film = [FILM_HEAD, &cluster(0), &cluster(800)].concat();
    let uncommanded = format!("{FILM}: a film that nobody commanded then");
    let grounded = format!("{SECOND}: a still of the mission that was taken on the ground");
    let table: [(Writes<'_>, &[String]); 4] = [
        (&[(10_000, Append, FIRST, b"x")], &[]),
        (&[(10_000, Append, FILM, &film)], &[uncommanded]),
        (&[(27_750, Append, FIRST, b"x")], &[]),
        (&[(27_750, Append, FIRST, b"x"), (27_800, Append, SECOND, b"x")], &[grounded]),
    ];
    for (writes, expected) in table {
        let said: Vec<_> = writes
            .iter()
            .map(|(tick, operation, path, data)| {
                let write = Write { operation: *operation, path, data };
                (Tick(*tick), Link::Card, write.encode())
            })
            .collect();
        let shown = alarms_by(Detector::RES, &story, &said).into_iter().map(|alarm| alarm.shown);
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{writes:?}");
    }
}

#[test]
fn a_recording_stays_within_its_command_and_has_no_past() {
    let rule = [format!("{SOUND}: a recording beyond the pilot's command")];
    let (short, long) = (sound_file(8000), sound_file(9000));
    let named: Writes<'_> = &[
        (2250, Append, "SOUND/SND_0001.TMP", &short),
        (2251, Rename, "SOUND/SND_0001.TMP", SOUND.as_bytes()),
    ];
    assert!(shown(named).is_empty());
    assert!(
        shown(&[(2250, Append, SOUND, &short), (2500, Append, SOUND, &short[24..])]).is_empty()
    );
    assert_eq!(shown(&[(1900, Append, SOUND, &short)]), rule);
    assert_eq!(shown(&[(2250, Append, SOUND, &long)]), rule);
    assert_eq!(shown(&[(2600, Append, SOUND, &short)]), rule);
    let past = found(&[(2250, Append, SOUND, &long)]);
    assert_eq!(past[0].claim, ClaimId::MicConsent);
}

#[test]
fn a_film_begins_and_ends_with_its_command() {
    let film = [FILM_HEAD, &cluster(0), &cluster(800)].concat();
    let long = [FILM_HEAD, &cluster(0), &cluster(4000)].concat();
    let sound = [
        FILM_HEAD,
        &cluster(0),
        &[0x1F, 0x43, 0xB6, 0x75, 0x88],
        &[0xA3, 0x86, 0x82, 0, 0, 0x80, 1, 2],
    ]
    .concat();
    let next = cluster(1000);
    let to = FILM.as_bytes();
    let table: [(Writes<'_>, Option<&str>); 6] = [
        (
            &[
                (5500, Append, UNFINISHED, &film),
                (6000, Append, UNFINISHED, &next),
                (6001, Rename, UNFINISHED, to),
            ],
            None,
        ),
        (&[(4900, Append, FILM, &film)], Some("a film that nobody commanded then")),
        (
            &[(5500, Append, FILM, &film), (9000, Append, FILM, &next)],
            Some("a film that goes on after the pilot's command"),
        ),
        (&[(5500, Append, FILM, &long)], Some("a film from before the pilot's command")),
        (&[(5500, Append, FILM, &sound)], Some("a film with sound that nobody records")),
        (&[(5500, Append, UNFINISHED, &film)], Some("left half done")),
    ];
    for (writes, rule) in table {
        let path = writes[0].2;
        let rule = rule.map(|rule| format!("{path}: {rule}"));
        assert_eq!(shown(writes), Vec::from_iter(rule), "{writes:?}");
    }
}

#[test]
fn other_files_and_secrets_in_clear_are_named() {
    let log = log_file(1);
    let leaky = [log.as_slice(), b"Hangar 7 north"].concat();
    let bent = [&log[..99], b"?", &log[100..]].concat();
    let table: [(&str, &[u8], &[&str]); 6] = [
        (LOG, &log, &[]),
        (
            LOG,
            &leaky,
            &[
                "LOG/LOG_0001.HLG: FlightLog of label in clear",
                "LOG/LOG_0001.HLG: block 1 does not open with the owner's key",
            ],
        ),
        (LOG, &bent, &["LOG/LOG_0001.HLG: block 0 does not open with the owner's key"]),
        (LOG, &log[..39], &["LOG/LOG_0001.HLG: a log that is not sealed"]),
        ("CACHE/a.bin", b"x", &["CACHE/a.bin: an undeclared file"]),
        ("ID/IDENTITY.HID", b"x", &["ID/IDENTITY.HID: it is not sealed"]),
    ];
    for (path, file, rules) in table {
        let mut told = shown(&[(9, Append, path, file)]);
        told.sort();
        let mut rules = rules.to_vec();
        rules.sort_unstable();
        assert_eq!(told, rules, "{path}");
    }
}

#[test]
fn a_file_is_wiped_in_the_tick_in_which_it_is_deleted() {
    let log = log_file(1);
    let rule = [format!("{LOG}: deleted, and its contents are left behind")];
    let wiped: Writes<'_> = &[(9, Append, LOG, &log), (50, Wipe, LOG, b""), (50, Delete, LOG, b"")];
    assert!(shown(wiped).is_empty());
    assert_eq!(shown(&[(9, Append, LOG, &log), (50, Delete, LOG, b"")]), rule);
    let early: Writes<'_> = &[(9, Append, LOG, &log), (49, Wipe, LOG, b""), (50, Delete, LOG, b"")];
    assert_eq!(shown(early), rule);
    assert_eq!(found(early)[0].claim, ClaimId::LogSealed);
}

#[test]
fn a_reset_leaves_no_file_of_before() {
    let log = log_file(1);
    let after = (10_500, Append, "LOG/LOG_0002.HLG", log.as_slice());
    let gone: Writes<'_> =
        &[(9, Append, LOG, &log), (10_001, Wipe, LOG, b""), (10_001, Delete, LOG, b""), after];
    assert!(shown(gone).is_empty());
    let left: Writes<'_> = &[(9, Append, LOG, &log), after];
    assert_eq!(shown(left), [format!("{LOG}: left behind by a reset to the factory's state")]);
    assert!(shown(&[(9, Append, LOG, &log)]).is_empty(), "a reset that was refused");
}

#[test]
fn a_still_for_a_stranger_is_no_still_of_the_pilots() {
    let still: Writes<'_> = &[(15_010, Replace, SECOND, b"x")];
    assert_eq!(found(still)[0].claim, ClaimId::ServerAccess);
    let nobodys: Writes<'_> = &[(25_000, Replace, SECOND, b"x")];
    assert_eq!(found(nobodys)[0].claim, ClaimId::MediaManual);
}

/// A mission flies 60 m north with a still every 8 m, turns, and comes back by another line with one every 5 s.
#[test]
fn stills_beside_a_plans_triggers_are_told_from_those_that_it_comes_to() {
    let place = |east: f64, north: f64, takes_still| Item::Waypoint {
        label: "w".to_owned(),
        at_m: (east, north, 9.0),
        stay_s: 0.0,
        takes_still,
    };
    let mut story = evidence(&[(2.0, Act::StartsMission)]);
    story.scenario.mission = vec![
        Item::TakeOff { height_m: 9.0 },
        place(0.0, 0.0, false),
        Item::TriggersByDistance { every_m: 8.0 },
        place(0.0, 60.0, false),
        Item::TriggersNever,
        place(40.0, 60.0, true),
        Item::TriggersByTime { every_s: 5.0 },
        place(40.0, 0.0, false),
        Item::Returns,
    ];
    story.truth.mandate = Mandate::of(&story.scenario);
    // 4 m/s: north from 4 s, east from 19 s, south from 29 s, west from 44 s to 54 s.
    let along = |s: f64| ((s - 4.0) * 4.0).clamp(0.0, 200.0);
    let at = |m: f64| {
        let (north, east) =
            (m.min(60.0) - (m - 100.0).clamp(0.0, 60.0), (m - 60.0).clamp(0.0, 40.0));
        [east - (m - 160.0).clamp(0.0, 40.0), north, 9.0]
    };
    let point = |tenth: u64| TrackPoint {
        tick: Tick(50 * tenth),
        position_m: at(along(tenth as f64 / 10.0)),
        velocity_mps: [0.0; 3],
        world_from_body_xyzw: [0.0, 0.0, 0.0, 1.0],
    };
    story.track = (0..600).map(point).collect();
    let honest: &[f64] = &[4.0, 6.0, 8.0, 10.0, 12.1, 14.0, 16.0, 18.1, 29.0, 30.0, 35.0, 40.0];
    for (extra_s, is_told) in [
        (None, false),
        (Some(5.0), true),
        (Some(13.0), true),
        (Some(23.0), true),
        (Some(26.0), true),
        (Some(32.5), true),
        (Some(37.4), true),
        (Some(50.0), true),
    ] {
        let mut taken: Vec<f64> = honest.iter().copied().chain(extra_s).collect();
        taken.sort_by(f64::total_cmp);
        let said: Vec<_> = (1..)
            .zip(&taken)
            .map(|(number, second)| {
                let path = format!("DCIM/100HUSHW/HW_{number:04}.JPG");
                let write = Write { operation: Append, path: &path, data: b"x" };
                (Tick::at_s(*second), Link::Card, write.encode())
            })
            .collect();
        let shown: Vec<_> = alarms_by(Detector::RES, &story, &said);
        assert_eq!(shown.len(), usize::from(is_told), "{extra_s:?}: {shown:?}");
        let beyond = "does not come to";
        assert!(shown.iter().all(|alarm| alarm.shown.ends_with(beyond)), "{shown:?}");
        let at = shown.first().map(|alarm| alarm.tick);
        assert_eq!(at, extra_s.map(Tick::at_s), "the extra one is told, and no other");
    }
    // Led astray, nobody knows what the vehicle believes of the way.
    let spoofs = Act::SpoofsGnss { jump_m: (9.0, 0.0, 0.0), walk_mps: (0.0, 0.0, 0.0), for_s: 5.0 };
    story.scenario.beats.push(Beat { at_s: 10.0, does: spoofs });
    let write = |number: usize, second: f64| {
        let path = format!("DCIM/100HUSHW/HW_{number:04}.JPG");
        let write = Write { operation: Append, path: &path, data: b"x" };
        (Tick::at_s(second), Link::Card, write.encode())
    };
    assert!(alarms_by(Detector::RES, &story, &[write(1, 4.0), write(2, 5.0)]).is_empty());
}
