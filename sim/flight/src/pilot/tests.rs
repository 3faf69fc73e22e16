//! What is said from the ground, word by word.

use super::*;
use crate::chance::Seed;
use evidence::scenario::Account;
use glam::DVec3;
use mavlink::MavlinkVersion;
use mavlink::dialects::common::{COMMAND_LONG_DATA, MavMessage};

fn pilot(beats: &str) -> Pilot {
    pilot_with("", beats)
}

fn pilot_with(fields: &str, beats: &str) -> Pilot {
    let text = format!(
        r#"(title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 488.0), seed: 1,
            length_s: 9.0, expects: {{}}, {fields} beats: [{beats}])"#
    );
    Pilot::of(&ron::from_str(&text).unwrap(), Keys::of(&Seed::master(1)))
}

fn sets() -> Vec<Arc<Secrets>> {
    let account = |email: &str| {
        let phone = "+41 44 000".to_owned();
        let account = Some(Account { email: email.to_owned(), phone });
        Arc::new(Secrets { account, ..Secrets::none() })
    };
    vec![account("a@b.example"), account("someone.with.a.very.long.name@example.org")]
}

/// System, whether it is signed, and the message, of each frame that a set hears.
fn heard_by(pilot: &mut Pilot, set: usize, now: u64) -> Vec<(u8, bool, MavMessage)> {
    heard_from(pilot, set, now, &[])
}

/// The same with people who may be followed.
fn heard_from(
    pilot: &mut Pilot,
    set: usize,
    now: u64,
    cast: &[Figure],
) -> Vec<(u8, bool, MavMessage)> {
    pilot.speak(Tick(now), &sets(), cast);
    let reached = pilot.reached();
    heard_in(&reached.get(set).unwrap_or(&reached[0]).radio)
}

fn heard_in(mut rest: &[u8]) -> Vec<(u8, bool, MavMessage)> {
    let mut heard = Vec::new();
    while !rest.is_empty() {
        let payload = usize::from(rest[1]);
        let id = u32::from_le_bytes([rest[7], rest[8], rest[9], 0]);
        let message = MavMessage::parse(MavlinkVersion::V2, id, &rest[10..10 + payload]);
        let is_signed = rest[2] == 1;
        heard.push((rest[5], is_signed, message.unwrap()));
        rest = &rest[12 + payload + if is_signed { 13 } else { 0 }..];
    }
    heard
}

fn heard(pilot: &mut Pilot, now: u64) -> Vec<COMMAND_LONG_DATA> {
    let commands = heard_by(pilot, 0, now).into_iter().filter_map(|(.., message)| match message {
        MavMessage::COMMAND_LONG(command) => Some(command),
        _ => None,
    });
    commands.collect()
}

#[test]
fn each_act_is_its_command_with_its_parameters() {
    for (act, id, [p1, p2, p3, p4, p7]) in [
        ("Arms", 400, [1.0, 0.0, 0.0, 0.0, 0.0]),
        ("Disarms", 400, [0.0; 5]),
        ("Holds", 176, [1.0, 4.0, 3.0, 0.0, 0.0]),
        ("StartsMission", 300, [0.0; 5]),
        ("Returns", 20, [0.0; 5]),
        ("Brakes", 193, [0.0; 5]),
        ("StopsMotors", 400, [0.0, 21_196.0, 0.0, 0.0, 0.0]),
        ("Switches(to: Stabilise)", 176, [1.0, 7.0, 0.0, 0.0, 0.0]),
        ("Switches(to: AltitudeHold)", 176, [1.0, 2.0, 0.0, 0.0, 0.0]),
        ("Switches(to: PositionHold)", 176, [1.0, 3.0, 0.0, 0.0, 0.0]),
        ("TakesStill", 2000, [0.0, 0.0, 1.0, 1.0, 0.0]),
        ("StartsRecording", 31013, [1.0, 0.0, 0.0, 0.0, 0.0]),
        (
            "Grants(category: FlightLog, object: 2, to: Maker, for_s: Some(30.0))",
            31010,
            [3.0, 2.0, 1.0, 30.0, 0.0],
        ),
        ("Withdraws(category: Imagery, object: 1, from: Pilot)", 31011, [2.0, 1.0, 0.0, 0.0, 0.0]),
        ("StartsFilm", 2500, [0.0; 5]),
        ("StopsFilm", 2501, [0.0; 5]),
        ("StartsView", 2502, [0.0; 5]),
        ("StopsView", 2503, [0.0; 5]),
        ("ListsConsent", 31012, [0.0; 5]),
        ("ResetsToFactory", 245, [4.0, 0.0, 0.0, 0.0, 0.0]),
        ("Requests(category: FlightLog, object: 1, to: Pilot)", 31014, [3.0, 1.0, 0.0, 0.0, 0.0]),
    ] {
        let mut pilot = pilot(&format!("(at_s: 1.0, does: {act})"));
        assert!(heard(&mut pilot, 499).is_empty());
        let [c] = &heard(&mut pilot, 500)[..] else { panic!("{act} is one command") };
        assert_eq!(c.command as u32, id, "{act}");
        assert_eq!([c.param1, c.param2, c.param3, c.param4, c.param7], [p1, p2, p3, p4, p7]);
    }
}

#[test]
fn a_take_off_names_its_height_above_the_sea_and_no_place() {
    let mut pilot = pilot("(at_s: 0.0, does: TakesOff(height_m: 12.0))");
    let [c] = &heard(&mut pilot, 0)[..] else { panic!("one command") };
    assert_eq!((c.param1, c.param7), (-1.0, 500.0));
    assert!(c.param4.is_nan() && c.param5.is_nan() && c.param6.is_nan());
}

#[test]
fn while_the_link_is_lost_nothing_arrives_and_nothing_is_kept() {
    let mut pilot = pilot("(at_s: 1.0, does: LosesLink(for_s: 2.0)), (at_s: 2.0, does: Arms)");
    for (now, arrives) in [(0, true), (500, false), (1000, false), (1499, false), (1500, true)] {
        assert!(heard(&mut pilot, now).is_empty());
        assert_eq!(!pilot.reached()[0].is_empty(), arrives, "{now}");
    }
}

#[test]
fn settings_come_in_order_and_the_operator_after_them() {
    let fields =
        r#"settings: {"VID_ENABLE": 1, "PRIV_LOCAL": 0}, operator: Some("FIN87astrdge12k8"),"#;
    let mut pilot = pilot_with(fields, "");
    let mut said = Vec::new();
    for now in 0..1100 {
        for (.., message) in heard_by(&mut pilot, 0, now) {
            match message {
                MavMessage::PARAM_SET(set) => {
                    let name = set.param_id.to_str().unwrap().to_owned();
                    said.push((now, name, set.param_value.to_bits()));
                }
                MavMessage::OPEN_DRONE_ID_OPERATOR_ID(operator) => {
                    said.push((now, operator.operator_id.to_str().unwrap().to_owned(), 0));
                }
                _ => {}
            }
        }
    }
    let said: Vec<_> = said.iter().map(|(now, word, v)| (*now, word.as_str(), *v)).collect();
    let expected = [(500, "PRIV_LOCAL", 0), (510, "VID_ENABLE", 1), (1000, "FIN87astrdge12k8", 0)];
    assert_eq!(said, expected);
}

#[test]
fn who_the_pilot_is_and_where_is_each_seats_own() {
    let mut pilot = pilot(
        "(at_s: 1.5, does: Registers), (at_s: 2.5, does: SharesPosition(at_m: (10.0, -20.0)))",
    );
    let own = |pilot: &mut Pilot, set, now| match &heard_by(pilot, set, now)[..] {
        [(_, _, MavMessage::STATUSTEXT(text))] => text.text.to_str().unwrap().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(own(&mut pilot, 0, 750), "Pilot a@b.example +41 44 000");
    let mut again = pilot_with("", "(at_s: 1.5, does: Registers)");
    // Cut to the 50 characters of a status text.
    let long = "Pilot someone.with.a.very.long.name@example.org +4";
    assert_eq!(own(&mut again, 1, 750), long);
    let [(_, _, MavMessage::OPEN_DRONE_ID_SYSTEM(at))] = &heard_by(&mut pilot, 0, 1250)[..] else {
        panic!("the pilot says where they stand")
    };
    let place = (f64::from(at.operator_latitude) / 1e7, f64::from(at.operator_longitude) / 1e7);
    assert!((place.0 - 51.999_82).abs() < 1e-5 && (place.1 - 13.000_15).abs() < 1e-5);
}

#[test]
fn the_pilot_signs_from_the_key_on_and_forgers_and_strangers_never() {
    let mut pilot = pilot(
        "(at_s: 1.1, does: SetsUpSigning), (at_s: 1.2, does: Arms), (at_s: 1.3, does: Forges(Arms)),
         (at_s: 1.4, does: Stranger(Arms))",
    );
    for (now, expected) in [
        (500, vec![(255, false)]),
        (550, vec![(255, false)]),
        (600, vec![(255, true)]),
        (650, vec![(255, false)]),
        (700, vec![(254, false)]),
        // Heartbeats: the stranger's go on, half a second after the pilot's.
        (750, vec![(254, false)]),
        (1000, vec![(255, true)]),
    ] {
        let frames = heard_by(&mut pilot, 0, now);
        let frames: Vec<_> = frames.iter().map(|(system, signed, _)| (*system, *signed)).collect();
        assert_eq!(frames, expected, "{now}");
    }
}

#[test]
fn after_a_boot_the_pilot_is_the_first_to_be_heard() {
    let mut pilot =
        pilot("(at_s: 0.1, does: Stranger(AsksLogs)), (at_s: 1.1, does: Reboots(off_s: 1.0))");
    let mut first = Vec::new();
    for now in 0..1400 {
        let frames = heard_by(&mut pilot, 0, now);
        first.extend(frames.iter().map(|(system, ..)| (now, *system)));
    }
    let expected = [(0, 255), (50, 254), (250, 254), (500, 255), (1050, 255), (1300, 254)];
    assert_eq!(first, expected);
}

#[test]
fn a_file_is_opened_read_four_times_a_second_and_closed() {
    let mut pilot = pilot("(at_s: 0.5, does: ReadsFile(path: \"DCIM/A.JPG\"))");
    let mut steps = Vec::new();
    for now in 0..13_000 {
        for (.., message) in heard_by(&mut pilot, 0, now) {
            if let MavMessage::FILE_TRANSFER_PROTOCOL(file) = message {
                let p = file.payload;
                let offset = u32::from_le_bytes([p[8], p[9], p[10], p[11]]);
                steps.push((now, u16::from_le_bytes([p[0], p[1]]), p[3], p[4], offset));
            }
        }
    }
    assert_eq!(steps[..3], [(250, 0, 4, 10, 0), (375, 1, 5, 239, 0), (500, 2, 5, 239, 239)]);
    assert_eq!((steps.len(), steps[97]), (98, (12_375, 97, 1, 0, 0)));
}

#[test]
fn sticks_are_told_ten_times_a_second_while_they_are_held() {
    let mut pilot = pilot("(at_s: 1.1, does: Steers(forward: 0.5, up: -1.0, for_s: 0.5))");
    let mut told = Vec::new();
    for now in 0..2000 {
        for (.., message) in heard_by(&mut pilot, 0, now) {
            if let MavMessage::MANUAL_CONTROL(m) = message {
                assert_eq!((m.x, m.y, m.z, m.r, m.target), (500, 0, 0, 0, 1));
                told.push(now);
            }
        }
    }
    assert_eq!(told, [550, 600, 650, 700, 750]);
}

#[test]
fn a_subject_tells_where_it_stands_until_the_pilot_commands_something_else() {
    let mut pilot = pilot_with(
        r#"cast: [(name: "Ada", at_m: (0.0, 0.0)), (name: "Bo", at_m: (30.0, 40.0))],"#,
        r#"(at_s: 1.1, does: Follows(who: "Bo")), (at_s: 2.0, does: TakesStill),
           (at_s: 2.4, does: Holds)"#,
    );
    let cast = [DVec3::ZERO, DVec3::new(30.0, 40.0, 0.0)].map(Figure::at);
    let mut told = Vec::new();
    for now in 0..3000 {
        for (.., message) in heard_from(&mut pilot, 0, now, &cast) {
            if let MavMessage::FOLLOW_TARGET(m) = message {
                told.push((now, m.lat, m.lon, m.est_capabilities));
            }
        }
    }
    let here = secrets_place(&sets()[0], DVec3::new(30.0, 40.0, 0.0));
    let expected = [550, 800, 1050].map(|now| (now, here.0, here.1, 1));
    assert_eq!(told, expected);
}

#[test]
fn a_place_is_named_on_earth_as_the_seat_has_it() {
    for (act, number, p1) in [
        ("GoesTo(at_m: (30.0, 40.0, 12.0), speed_mps: 3.0)", 192, 3.0),
        ("Orbits(around_m: (30.0, 40.0, 12.0), radius_m: -9.0, speed_mps: 2.0)", 34, -9.0),
    ] {
        let mut pilot = pilot(&format!("(at_s: 1.1, does: {act})"));
        let [(.., MavMessage::COMMAND_INT(c))] = &heard_by(&mut pilot, 0, 550)[..] else {
            panic!("{act} is one command")
        };
        let here = secrets_place(&sets()[0], DVec3::new(30.0, 40.0, 12.0));
        assert_eq!((c.command as u32, c.param1, c.x, c.y), (number, p1, here.0, here.1), "{act}");
        assert!((c.z - here.2).abs() < 0.01, "{act}: {} m", c.z);
    }
}

fn secrets_place(secrets: &Secrets, at_m: DVec3) -> (i32, i32, f32) {
    let at = secrets.whereabouts.geodetic(at_m);
    let e7 = |degrees: f64| libm::round(degrees * 1e7) as i32;
    (e7(at.lat_deg), e7(at.lon_deg), at.alt_m as f32)
}

#[test]
fn what_is_said_by_the_second_port_comes_there_and_its_sayers_heartbeats_go_on_there() {
    let mut pilot = pilot(
        "(at_s: 1.0, does: Telemetry2(Stranger(AsksLogs))), (at_s: 2.0, does: Telemetry2(Arms))",
    );
    let mut come = Vec::new();
    for now in 0..=1_750 {
        pilot.speak(Tick(now), &sets(), &[]);
        for (link, bytes) in pilot.reached()[0].ports() {
            let said = heard_in(bytes).into_iter();
            come.extend(said.map(|(system, _, message)| {
                (now, link == evidence::Link::Radio, system, message.message_id())
            }));
        }
    }
    let expected = [
        (0, true, 255, 0),
        (500, true, 255, 0),
        (500, false, 254, 117),
        (750, false, 254, 0),
        (1_000, true, 255, 0),
        (1_000, false, 255, 0),
        (1_000, false, 255, 76),
        (1_250, false, 254, 0),
        (1_500, true, 255, 0),
        (1_500, false, 255, 0),
        (1_750, false, 254, 0),
    ];
    assert_eq!(come, expected);
}
