mod waits;

use super::*;
use crate::wire::framed;
use crate::{Assets, Class, Link, Mandate, Personality, Recipient};
use sha2::{Digest, Sha256};

const COMMAND_LONG: (u32, u8) = (76, 152);
const PILOT: u8 = 245;
const OTHER: u8 = 9;

fn story(beats: &str) -> Scenario {
    let text = format!(
        r#"Scenario(title: "Somebody flies it live", place: (lat_deg: 47.3977, lon_deg: 8.5456, alt_m: 488.0), seed: 5,
        length_s: 100.0, beats: [{beats}], expects: {{}})"#
    );
    let assets = Assets::find().expect("the assets ship");
    Scenario::parse("live.ron", &text, &assets).expect("it is a story")
}

fn heartbeat(system: u8, kind: u8) -> Vec<u8> {
    framed((system, 190), 0, 0, &[0, 0, 0, 0, kind, 8, 0, 4, 3], 50)
}

fn command(system: u8, number: u16, p: [f32; 7], confirmation: u8) -> Vec<u8> {
    let mut wire: Vec<u8> = p.into_iter().flat_map(f32::to_le_bytes).collect();
    wire.extend(number.to_le_bytes());
    wire.extend([1, 1, confirmation]);
    framed((system, 190), 0, COMMAND_LONG.0, &wire, COMMAND_LONG.1)
}

fn heard(words: &[(u64, Vec<u8>)], end: u64) -> Transcript {
    let mut heard = Transcript::default();
    for (tick, bytes) in words {
        heard.hear(Tick(*tick), Link::Radio, bytes);
    }
    heard.hear(Tick(end), Link::Radio, b"");
    heard
}

fn acts(words: &[(u64, Vec<u8>)]) -> Vec<(u64, Act)> {
    let told = told(&story(""), &heard(words, 10_000), Ways::default());
    told.beats.into_iter().map(|beat| (Tick::at_s(beat.at_s).0, beat.does)).collect()
}

#[test]
fn every_extra_byte_is_the_dialects() {
    // Held against the public library where the audit has it; here against a second list.
    let known = [
        (0, 50),
        (11, 89),
        (21, 159),
        (23, 168),
        (110, 84),
        (117, 128),
        (119, 116),
        (121, 237),
        (256, 71),
        (12_904, 77),
    ];
    assert_eq!(words::READ, known);
    assert_eq!(missions::READ, [(39, 254), (73, 38)]);
}

#[test]
fn the_pilot_is_the_first_ground_station_and_everybody_else_a_stranger() {
    let arm = |system| command(system, 400, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 0);
    let strangers = |act| Act::Stranger(Box::new(act));
    for (name, words, expected) in [
        ("nobody yet", vec![(5, arm(PILOT))], vec![(5, strangers(Act::Arms))]),
        (
            "a camera is no ground station",
            vec![(1, heartbeat(OTHER, 30)), (2, heartbeat(PILOT, 6)), (5, arm(PILOT))],
            vec![(5, Act::Arms)],
        ),
        (
            "the second station",
            vec![(1, heartbeat(PILOT, 6)), (2, heartbeat(OTHER, 6)), (5, arm(OTHER))],
            vec![(5, strangers(Act::Arms))],
        ),
    ] {
        assert_eq!(acts(&words), expected, "{name}");
    }
}

#[test]
fn consent_is_what_the_pilots_bytes_say() {
    let hello = (0, heartbeat(PILOT, 6));
    let grant = |system| command(system, 31_010, [3.0, 2.0, 0.0, 60.0, 1.0, 0.0, 0.0], 0);
    let granted = Act::Grants {
        category: Class::FlightLog,
        object: 2,
        to: Recipient::Pilot,
        for_s: Some(60.0),
    };
    let still = |sequence, confirmation| {
        command(PILOT, 2000, [0.0, 0.0, 1.0, sequence, 0.0, 0.0, 0.0], confirmation)
    };
    let series =
        |every_s, count| command(PILOT, 2000, [0.0, every_s, count, 0.0, 0.0, 0.0, 0.0], 0);
    let stop = command(PILOT, 2001, [0.0; 7], 0);
    let mut damaged = grant(PILOT);
    damaged[12] ^= 1;
    for (name, words, expected) in [
        ("a grant", vec![(9, grant(PILOT))], vec![(9, granted.clone())]),
        ("a damaged one", vec![(9, damaged)], vec![]),
        ("a stranger's", vec![(9, grant(OTHER))], vec![(9, Act::Stranger(Box::new(granted)))]),
        ("a still", vec![(9, still(1.0, 0))], vec![(9, Act::TakesStill)]),
        (
            "a still that is asked for twice",
            vec![(9, still(1.0, 0)), (300, still(1.0, 1))],
            vec![(9, Act::TakesStill)],
        ),
        (
            "two stills",
            vec![(9, still(1.0, 0)), (300, still(2.0, 0))],
            vec![(9, Act::TakesStill), (300, Act::TakesStill)],
        ),
        (
            "a series that is stopped",
            vec![(0, series(1.0, 0.0)), (1_100, stop.clone())],
            vec![(0, Act::TakesStill), (500, Act::TakesStill), (1_000, Act::TakesStill)],
        ),
        (
            "a series of two",
            vec![(0, series(2.0, 2.0))],
            vec![(0, Act::TakesStill), (1_000, Act::TakesStill)],
        ),
        (
            "a series in the place of another",
            vec![(0, series(1.0, 0.0)), (700, series(2.0, 2.0))],
            [0, 500, 700, 1_700].map(|tick| (tick, Act::TakesStill)).to_vec(),
        ),
        (
            "a series that is stopped as a still is due",
            vec![(0, series(1.0, 3.0)), (500, stop.clone())],
            vec![(0, Act::TakesStill)],
        ),
        ("a series too fast", vec![(0, series(0.2, 0.0))], vec![]),
        ("a part of a still", vec![(0, series(2.0, 2.5))], vec![]),
        (
            "a still between two of one number",
            vec![(9, still(1.0, 0)), (300, still(0.0, 0)), (600, still(1.0, 0))],
            vec![(9, Act::TakesStill), (300, Act::TakesStill)],
        ),
        ("a number that is none", vec![(9, still(-1.0, 0))], vec![]),
        ("a number that is not given", vec![(9, still(f32::NAN, 0))], vec![(9, Act::TakesStill)]),
        ("a command that nobody knows", vec![(9, command(PILOT, 60_000, [1.0; 7], 0))], vec![]),
    ] {
        let words: Vec<_> = [hello.clone()].into_iter().chain(words).collect();
        assert_eq!(acts(&words), expected, "{name}");
    }
}

#[test]
fn what_makes_no_sense_as_a_grant_is_no_consent() {
    const NAN: f32 = f32::NAN;
    let granted = |for_s| {
        vec![Act::Grants { category: Class::FlightLog, object: 2, to: Recipient::Pilot, for_s }]
    };
    for (name, p, expected) in [
        ("until withdrawn", [3.0, 2.0, 0.0, 0.0, 1.0], granted(None)),
        ("a minute, for publication", [3.0, 2.0, 0.0, 60.0, 3.0], granted(Some(60.0))),
        ("less than no time", [3.0, 2.0, 0.0, -1.0, 1.0], vec![]),
        ("no number of seconds", [3.0, 2.0, 0.0, NAN, 1.0], vec![]),
        ("for ever and a day", [3.0, 2.0, 0.0, f32::INFINITY, 1.0], vec![]),
        ("more than a year", [3.0, 2.0, 0.0, 3.2e7, 1.0], vec![]),
        ("for nothing", [3.0, 2.0, 0.0, 0.0, 0.0], vec![]),
        ("for something else", [3.0, 2.0, 0.0, 0.0, 4.0], vec![]),
        ("half a purpose", [3.0, 2.0, 0.0, 0.0, 1.5], vec![]),
        ("no object", [3.0, 0.0, 0.0, 0.0, 1.0], vec![]),
        ("half an object", [3.0, 1.5, 0.0, 0.0, 1.0], vec![]),
        ("a serial number", [5.0, 2.0, 0.0, 0.0, 1.0], vec![]),
        ("a key", [8.0, 2.0, 0.0, 0.0, 1.0], vec![]),
        ("no class", [10.0, 2.0, 0.0, 0.0, 1.0], vec![]),
        ("to nobody known", [3.0, 2.0, 2.0, 0.0, 1.0], vec![]),
    ] {
        let [category, object, to, valid_s, purpose] = p;
        let long = [category, object, to, valid_s, purpose, 0.0, 0.0];
        // COMMAND_INT has the purpose as a whole number.
        let mut int: Vec<u8> = long[..4].iter().flat_map(|p| p.to_le_bytes()).collect();
        int.extend((purpose as i32).to_le_bytes());
        int.extend([0; 8]);
        int.extend(31_010_u16.to_le_bytes());
        int.extend([1, 1, 0, 0, 0]);
        let int = framed((PILOT, 190), 0, 75, &int, 158);
        let is_whole = purpose.fract() == 0.0;
        for word in [Some(command(PILOT, 31_010, long, 0)), is_whole.then_some(int)] {
            let Some(word) = word else { continue };
            let told = acts(&[(0, heartbeat(PILOT, 6)), (9, word)]);
            let told: Vec<_> = told.into_iter().map(|(_, act)| act).collect();
            assert_eq!(told, expected, "{name}");
        }
    }
}

#[test]
fn the_script_keeps_what_the_world_does_and_loses_what_the_ground_says() {
    let story = story(
        r#"(at_s: 1.0, does: Arms), (at_s: 2.0, does: LosesLink(for_s: 1.0)), (at_s: 60.0, does: Lands)"#,
    );
    let told = told(&story, &heard(&[], 5_000), Ways::default());
    assert_eq!(told.length_s, 10.0);
    let acts: Vec<_> = told.beats.into_iter().map(|beat| beat.does).collect();
    assert_eq!(acts, [Act::LosesLink { for_s: 1.0 }]);
}

fn key(timestamp: u64, key: u8) -> Vec<u8> {
    let wire = [&timestamp.to_le_bytes()[..], &[1, 1], &[key; 32]].concat();
    framed((PILOT, 190), 0, 256, &wire, 71)
}

/// The same frame with a signature under a key, by a link and at a time; its checksum covers the flag.
fn signed(frame: &[u8], extra: u8, key: u8, link: u8, time: u64) -> Vec<u8> {
    let mut frame = frame[..frame.len() - 2].to_vec();
    frame[2] = 1;
    frame.extend(wire::crc(&frame[1..], extra).to_le_bytes());
    frame.push(link);
    frame.extend(&time.to_le_bytes()[..6]);
    let digest = Sha256::new_with_prefix([key; 32]).chain_update(&frame).finalize();
    frame.extend(&digest[..6]);
    frame
}

#[test]
fn after_a_key_whoever_does_not_sign_is_a_forger() {
    const MINUTE: u64 = 6_000_000;
    let (began, hello) = (9 * MINUTE, (0, heartbeat(PILOT, 6)));
    let plain = command(PILOT, 21, [0.0; 7], 0);
    let lands = |key, link, time| signed(&plain, COMMAND_LONG.1, key, link, began + time);
    let next = |by, time| signed(&key(began, 8), 71, by, 0, began + time);
    let first = (5, key(began, 7));
    let set_up = || Act::SetsUpSigning;
    let forged = |act| Act::Forges(Box::new(act));
    for (name, words, expected) in [
        ("not signed", vec![(9, plain.clone())], vec![(9, forged(Act::Lands))]),
        ("signed", vec![(9, lands(7, 0, 1))], vec![(9, Act::Lands)]),
        ("signed before there was a key", vec![(9, lands(7, 0, 0))], vec![(9, forged(Act::Lands))]),
        (
            "said again",
            vec![(8, lands(7, 0, 1)), (9, lands(7, 0, 1))],
            vec![(8, Act::Lands), (9, forged(Act::Lands))],
        ),
        (
            "a minute late by a new link",
            vec![(8, lands(7, 0, 2 * MINUTE)), (9, lands(7, 1, MINUTE))],
            vec![(8, Act::Lands), (9, Act::Lands)],
        ),
        (
            "later than a minute",
            vec![(8, lands(7, 0, 2 * MINUTE)), (9, lands(7, 1, MINUTE - 1))],
            vec![(8, Act::Lands), (9, forged(Act::Lands))],
        ),
        (
            "a new key that is not taken",
            vec![(6, next(7, 1)), (9, lands(7, 0, 2))],
            vec![(6, set_up()), (9, Act::Lands)],
        ),
        (
            "the old key, once the new one is used",
            vec![(6, next(7, 1)), (8, lands(8, 0, 2)), (9, lands(7, 0, 3))],
            vec![(6, set_up()), (8, Act::Lands), (9, forged(Act::Lands))],
        ),
        (
            "a new key under another",
            vec![(6, next(9, 1)), (9, lands(8, 0, 2))],
            vec![(6, forged(set_up())), (9, forged(Act::Lands))],
        ),
    ] {
        let words: Vec<_> = [first.clone()].into_iter().chain(words).collect();
        let expected: Vec<_> = [(5, set_up())].into_iter().chain(expected).collect();
        let words: Vec<_> = [hello.clone()].into_iter().chain(words).collect();
        assert_eq!(acts(&words), expected, "{name}");
    }
}

#[test]
fn while_there_is_a_key_the_pilot_after_a_reboot_is_who_signs_with_it() {
    let plain = command(PILOT, 21, [0.0; 7], 0);
    let words = [
        (0, heartbeat(PILOT, 6)),
        (5, key(9, 7)),
        (6_600, heartbeat(OTHER, 6)),
        (6_650, plain.clone()),
        (6_700, signed(&heartbeat(PILOT, 6), 50, 7, 0, 10)),
        (6_800, signed(&plain, COMMAND_LONG.1, 7, 0, 11)),
    ];
    let reboots = story("(at_s: 10.0, does: Reboots(off_s: 3.0))");
    let told = told(&reboots, &heard(&words, 10_000), Ways::default());
    let after = told.beats.into_iter().filter(|beat| beat.at_s > 13.0);
    let said: Vec<_> = after.map(|beat| (Tick::at_s(beat.at_s).0, beat.does)).collect();
    let stranger = Act::Stranger(Box::new(Act::Lands));
    assert_eq!(said, [(6_650, stranger), (6_800, Act::Lands)]);
}

#[test]
fn a_key_with_a_time_of_too_many_bits_is_none() {
    let plain = command(PILOT, 21, [0.0; 7], 0);
    let words = [(0, heartbeat(PILOT, 6)), (5, key(1 << 48, 7)), (9, plain)];
    assert_eq!(acts(&words), [(9, Act::Lands)]);
}

#[test]
fn modes_settings_and_missions_are_read_by_the_ways_that_the_vehicle_has() {
    let set = |value: f32, kind: u8| {
        let mut wire = value.to_le_bytes().to_vec();
        wire.extend([1, 1]);
        wire.extend(b"RAD_TELEM\0\0\0\0\0\0\0");
        wire.push(kind);
        framed((PILOT, 190), 0, 23, &wire, 168)
    };
    let mode = |number: u32| {
        let wire = [&number.to_le_bytes()[..], &[1, 1]].concat();
        framed((PILOT, 190), 0, 11, &wire, 89)
    };
    let order = |main, sub| command(PILOT, 176, [1.0, main, sub, 0.0, 0.0, 0.0, 0.0], 0);
    let item = |seq: u16| {
        let mut wire = [0; 38];
        wire[4..8].copy_from_slice(&5.0_f32.to_le_bytes());
        wire[28..30].copy_from_slice(&seq.to_le_bytes());
        wire[30..32].copy_from_slice(&178_u16.to_le_bytes());
        framed((PILOT, 190), 0, 73, &wire, 38)
    };
    let sets = |value| Act::Sets { name: crate::scenario::Setting::RadTelem, value };
    let of = |radio| Ways { radio, telemetry2: None };
    let (px4, ardupilot) = (Personality::Px4, Personality::ArduPilot);
    for (personality, word, expected) in [
        (px4, mode(0x0504_0000), Some(Act::Returns)),
        (px4, mode(6), None),
        (px4, order(4.0, 4.0), Some(Act::StartsMission)),
        (px4, order(3.0, 0.0), None),
        (px4, set(1.0, 9), None),
        (px4, set(f32::from_bits(1), 6), Some(sets(1))),
        (ardupilot, mode(0x0504_0000), None),
        (ardupilot, mode(6), Some(Act::Returns)),
        (ardupilot, mode(4), Some(Act::Holds)),
        (ardupilot, order(5.0, 0.0), Some(Act::Holds)),
        (ardupilot, order(3.0, 0.0), Some(Act::StartsMission)),
        (ardupilot, order(9.0, 0.0), Some(Act::Lands)),
        (ardupilot, order(17.0, 0.0), Some(Act::Brakes)),
        (ardupilot, order(4.0, 4.0), Some(Act::Holds)),
        (ardupilot, set(1.0, 9), Some(sets(1))),
        (ardupilot, set(0.0, 6), Some(sets(0))),
        (ardupilot, set(0.5, 9), None),
        (ardupilot, set(1.0, 200), None),
        (ardupilot, set(f32::from_bits(1), 6), None),
        (ardupilot, set(f32::NAN, 9), None),
    ] {
        let words = [(5, heartbeat(PILOT, 6)), (9, word.clone())];
        let told = told(&story(""), &heard(&words, 100), of(personality));
        let acts: Vec<_> = told.beats.into_iter().map(|beat| beat.does).collect();
        assert_eq!(acts, expected.into_iter().collect::<Vec<_>>(), "{personality} {word:?}");
    }
    for (personality, seq, count) in
        [(px4, 0, 1), (px4, 1, 1), (ardupilot, 0, 0), (ardupilot, 1, 1)]
    {
        let words = [(5, heartbeat(PILOT, 6)), (9, item(seq))];
        let told = told(&story(""), &heard(&words, 100), of(personality));
        assert_eq!(told.mission.len(), count, "{personality} {seq}");
    }
}

#[test]
fn each_port_is_read_by_its_own_ways_and_the_pilot_is_one_on_both() {
    let ways = Ways { radio: Personality::Px4, telemetry2: Some(Personality::ArduPilot) };
    let mode = |system, main, sub| command(system, 176, [1.0, main, sub, 0.0, 0.0, 0.0, 0.0], 0);
    let grant = |system| command(system, 31_010, [3.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0], 0);
    let mut heard = Transcript::default();
    for (tick, link, bytes) in [
        (5, Link::Telemetry2, heartbeat(PILOT, 6)),
        (6, Link::Radio, heartbeat(OTHER, 6)),
        (9, Link::Radio, mode(PILOT, 4.0, 5.0)),
        (10, Link::Telemetry2, mode(PILOT, 6.0, 0.0)),
        // The number of one's return is no mode of the other's, or another one.
        (11, Link::Radio, mode(PILOT, 6.0, 0.0)),
        (12, Link::Telemetry2, mode(PILOT, 4.0, 5.0)),
        (13, Link::Telemetry2, grant(OTHER)),
        (14, Link::Telemetry2, grant(PILOT)),
    ] {
        heard.hear(Tick(tick), link, &bytes);
    }
    heard.hear(Tick(100), Link::Radio, b"");
    let told = told(&story(""), &heard, ways);
    let granted =
        Act::Grants { category: Class::FlightLog, object: 1, to: Recipient::Pilot, for_s: None };
    let second = |act| Act::Telemetry2(Box::new(act));
    let acts: Vec<_> = told.beats.iter().map(|beat| beat.does.clone()).collect();
    let expected = [
        Act::Returns,
        second(Act::Returns),
        second(Act::Holds),
        second(Act::Stranger(Box::new(granted.clone()))),
        second(granted),
    ];
    assert_eq!(acts, expected);
    // Consent that comes by the second port is consent.
    let mandate = Mandate::of(&told);
    let is_open = |tick| mandate.allows(Class::FlightLog, 1, Recipient::Pilot, Tick(tick));
    assert_eq!([13, 14].map(is_open), [false, true]);
}
