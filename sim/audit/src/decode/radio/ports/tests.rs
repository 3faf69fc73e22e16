//! Two ports of one vehicle, a station on each: what one of them may say does not excuse the other.

use crate::Detector;
use crate::decode::radio::parameters::COUNT;
use crate::decode::radio::plans::HOME;
use crate::tests::alarms_by;
use crate::tests::live::{Asked, PILOT, STRANGER, Told, flight_on, shown_on};
use evidence::Link::{Radio, Telemetry2};
use evidence::wire::{crc, framed};
use evidence::{Link, Personality, Tick, Ways};
use sha2::{Digest, Sha256};

const BOTH: Ways = Ways { radio: Personality::Px4, telemetry2: Some(Personality::ArduPilot) };

/// Whether nothing is wrong with it.
fn is_well(asked: &[(Link, Asked)], told: &[(Link, Told)]) -> bool {
    let shown = shown_on(BOTH, asked, told);
    shown.iter().for_each(|(_, shown)| assert!(!shown.contains("sequence"), "{shown}"));
    shown.is_empty()
}

fn command(tick: u64, from: (u8, u8), number: u16, p: [f32; 2]) -> Asked {
    let mut wire = [p[0].to_le_bytes(), p[1].to_le_bytes()].concat();
    wire.resize(28, 0);
    wire.extend(number.to_le_bytes());
    wire.extend([1, 1]);
    (tick, from, 76, wire)
}

fn ack(tick: u64, to: (u8, u8), number: u16, result: u8) -> Told {
    let number = number.to_le_bytes();
    (tick, 77, vec![number[0], number[1], result, 0, 0, 0, 0, 0, to.0, to.1])
}

#[test]
fn a_port_shows_one_autopilot_and_its_modes_alone() {
    let px4 = (500, 0, vec![0, 0, 4, 3, 2, 12, 29, 3, 3]);
    let ardupilot = (500, 0, vec![4, 0, 0, 0, 2, 3, 29, 3, 3]);
    for (radio, telemetry2, expected) in [
        (&px4, &ardupilot, true),
        (&ardupilot, &ardupilot, false),
        (&px4, &px4, false),
        (&ardupilot, &px4, false),
    ] {
        let told = [(Radio, radio.clone()), (Telemetry2, telemetry2.clone())];
        assert_eq!(is_well(&[], &told), expected, "{radio:?} {telemetry2:?}");
    }
}

#[test]
fn what_is_asked_on_a_port_is_answered_there_and_nowhere_else() {
    let time = [[0; 8], [7, 0, 0, 0, 0, 0, 0, 0]].concat();
    let clock = [&(102 * 2_000_000_i64).to_le_bytes()[..], &[7]].concat();
    let mut clock_told = clock;
    clock_told.resize(16, 0);
    clock_told.extend([PILOT.0, PILOT.1]);
    let asks: [(Asked, Told); 5] = [
        (command(100, PILOT, 31_012, [0.0; 2]), ack(101, PILOT, 31_012, 0)),
        (command(100, STRANGER, 31_012, [0.0; 2]), ack(101, STRANGER, 31_012, 2)),
        ((100, PILOT, 111, time), (102, 111, clock_told)),
        ((100, PILOT, 43, vec![1, 1, 0]), (101, 44, vec![0, 0, PILOT.0, PILOT.1])),
        ((100, PILOT, 117, vec![0, 0, 255, 255, 1, 1]), (101, 118, vec![0])),
    ];
    for (asked, told) in asks {
        for (by, on) in
            [(Radio, Radio), (Radio, Telemetry2), (Telemetry2, Radio), (Telemetry2, Telemetry2)]
        {
            let is_right = is_well(&[(by, asked.clone())], &[(on, told.clone())]);
            assert_eq!(is_right, by == on, "{asked:?} by {by}, answered on {on}");
        }
    }
}

#[test]
fn a_rate_is_taken_on_where_it_was_asked_for() {
    let asked = command(90, PILOT, 511, [26.0, 100_000.0]);
    let told = (100, 26, {
        let mut wire = 200_u32.to_le_bytes().to_vec();
        wire.resize(20, 0);
        wire.extend([1, 0]);
        wire
    });
    let answer = ack(90, PILOT, 511, 0);
    let well = |on| {
        let told = [(Telemetry2, answer.clone()), (on, told.clone())];
        !shown_on(BOTH, &[(Telemetry2, asked.clone())], &told)
            .iter()
            .any(|(_, shown)| shown.contains("not told by itself"))
    };
    assert!(well(Telemetry2) && !well(Radio));
}

#[test]
fn each_port_numbers_the_one_mission_in_its_way() {
    let item = |seq: u8, command: u8, p1: f32, to: (u8, u8)| {
        let mut wire = vec![0; 38];
        wire[..4].copy_from_slice(&p1.to_le_bytes());
        wire[16..20].copy_from_slice(&474_000_000_i32.to_le_bytes());
        wire[28..38].copy_from_slice(&[seq, 0, command, 0, to.0, to.1, 3, 0, 1, 0]);
        wire
    };
    let home = || {
        let mut wire = HOME.to_vec();
        wire[16..20].copy_from_slice(&474_000_000_i32.to_le_bytes());
        (wire[32], wire[33]) = STRANGER;
        wire
    };
    let told = |mut wire: Vec<u8>| {
        wire.truncate(wire.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1));
        wire
    };
    let asked: Vec<(Link, Asked)> = vec![
        (Radio, (100, PILOT, 44, vec![2, 0, 1, 1, 0])),
        (Radio, (110, PILOT, 73, item(0, 16, 0.0, (1, 1)))),
        (Radio, (120, PILOT, 73, item(1, 177, 0.0, (1, 1)))),
        (Telemetry2, (200, STRANGER, 43, vec![1, 1, 0])),
        (Telemetry2, (210, STRANGER, 51, vec![0, 0, 1, 1, 0])),
        (Telemetry2, (220, STRANGER, 51, vec![2, 0, 1, 1, 0])),
    ];
    let mut hash = flate2::Crc::new();
    hash.update(&item(0, 16, 0.0, (0, 0)));
    hash.update(&item(1, 177, 0.0, (0, 0)));
    let id = hash.sum().to_le_bytes();
    let count = |items: u8| [&[items, 0, STRANGER.0, STRANGER.1, 0][..], &id].concat();
    let answers = |count: Vec<u8>, first: Vec<u8>, last: Vec<u8>| -> Vec<(Link, Told)> {
        vec![
            (Radio, (100, 51, vec![0, 0, PILOT.0, PILOT.1, 0][..4].to_vec())),
            (Radio, (110, 51, vec![1, 0, PILOT.0, PILOT.1])),
            (Radio, (120, 47, [&[PILOT.0, PILOT.1, 0, 0][..], &id].concat())),
            (Telemetry2, (200, 44, count)),
            (Telemetry2, (210, 73, told(first))),
            (Telemetry2, (220, 73, told(last))),
        ]
    };
    let jump = |seq, to| item(seq, 177, to, STRANGER);
    for (name, told, expected) in [
        ("as that port has it", answers(count(3), home(), jump(2, 1.0)), true),
        ("counted without home", answers(count(2), home(), jump(2, 1.0)), false),
        ("no home first", answers(count(3), item(0, 16, 0.0, STRANGER), jump(2, 1.0)), false),
        ("a jump to the other's number", answers(count(3), home(), jump(2, 0.0)), false),
        ("the other's number", answers(count(3), home(), jump(1, 1.0)), false),
    ] {
        let shown = shown_on(BOTH, &asked, &told);
        assert_eq!(shown.is_empty(), expected, "{name}: {shown:?}");
    }
}

#[test]
fn a_port_that_the_vehicle_was_not_fitted_with_says_nothing() {
    let told = [(Telemetry2, (500, 0, vec![0, 0, 4, 3, 2, 12, 29, 3, 3]))];
    let ways = Ways { radio: Personality::Px4, telemetry2: None };
    let shown = shown_on(ways, &[], &told);
    assert_eq!(shown, [(Telemetry2, "something is said by a port that there is not".to_owned())]);
}

#[test]
fn what_is_set_on_one_port_is_told_on_the_other_in_its_own_form() {
    let set = [&[0; 4][..], &[1, 1], b"NAV_DLL_ACT\0\0\0\0\0\x09"].concat();
    let set = |four: [u8; 4]| {
        let mut wire = set.clone();
        wire[..4].copy_from_slice(&four);
        (Telemetry2, (100, PILOT, 23, wire))
    };
    let read = [&22_i16.to_le_bytes()[..], &[1, 1], &[0; 16]].concat();
    let read = |link| (link, (200, STRANGER, 20, read.clone()));
    let value = |link, tick, four: [u8; 4]| {
        let mut wire = four.to_vec();
        wire.extend((COUNT as u16).to_le_bytes());
        wire.extend([22, 0]);
        wire.extend(b"NAV_DLL_ACT\0\0\0\0\0\x06");
        (link, (tick, 22, wire))
    };
    let (whole, real) = (|v: i32| v.to_le_bytes(), |v: f32| v.to_le_bytes());
    let asked = [set(real(3.0)), read(Radio), read(Telemetry2)];
    for (name, radio, telemetry2, expected) in [
        ("each in its form", whole(3), real(3.0), true),
        ("a number on PX4's", real(3.0), real(3.0), false),
        ("bytes on ArduPilot's", whole(3), whole(3), false),
        ("as delivered", whole(2), real(3.0), false),
    ] {
        let told = [
            value(Telemetry2, 100, real(3.0)),
            value(Radio, 200, radio),
            value(Telemetry2, 200, telemetry2),
        ];
        assert_eq!(is_well(&asked, &told), expected, "{name}");
    }
}

#[test]
fn a_signature_names_the_port_and_is_under_the_key_that_came_by_either() {
    let key = [7; 32];
    let setup = [&1_000_u64.to_le_bytes()[..], &[1, 1], &key].concat();
    let asked = [(Radio, (500, PILOT, 256, setup))];
    let flight = flight_on(BOTH, &asked);
    let beat = |port: u8| {
        let mut frame = framed((1, 1), 0, 0, &[4, 0, 0, 0, 2, 3, 29, 3, 3], 50);
        frame[2] = 1;
        let end = frame.len() - 2;
        let crc = crc(&frame[1..end], 50).to_le_bytes();
        frame[end..].copy_from_slice(&crc);
        frame.push(port);
        frame.extend(&1_000_u64.to_le_bytes()[..6]);
        let digest = Sha256::new_with_prefix(key).chain_update(&frame).finalize();
        frame.extend(&digest[..6]);
        frame
    };
    for (port, expected) in [(1, true), (0, false)] {
        let said = [(Tick(500), Telemetry2, beat(port))];
        let found = alarms_by(Detector::DEC, &flight, &said);
        assert_eq!(found.is_empty(), expected, "{port}: {found:?}");
    }
}
