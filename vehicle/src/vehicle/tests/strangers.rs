//! Who is the pilot, and who only says so.

use super::bench::{Bench, PILOT, STRANGER, param_set};
use alloc::vec::Vec;

const HEARTBEAT: [u8; 9] = [0, 0, 0, 0, 6, 8, 0, 0, 3];
const LOG_2: [f32; 5] = [3.0, 2.0, 1.0, 0.0, 1.0];

fn setup_signing(key: [u8; 32], timestamp: u64) -> Vec<u8> {
    let mut payload = Vec::from(timestamp.to_le_bytes());
    payload.extend([1, 1]);
    payload.extend(key);
    payload
}

#[test]
fn a_stranger_gets_nothing_that_is_the_pilots() {
    let mut bench = Bench::new();
    bench.says(STRANGER, 0, &HEARTBEAT);
    for number in [31010, 31011, 31012, 31013, 31014, 2000, 2500, 2502, 245] {
        let p = match number {
            2000 => [0.0, 0.0, 1.0, 1.0, 0.0],
            245 => [4.0, 0.0, 0.0, 0.0, 0.0],
            31013 => [1.0, 0.0, 0.0, 0.0, 0.0],
            _ => LOG_2,
        };
        bench.texts();
        assert_eq!(bench.command(STRANGER, number, &p), Some(2), "{number}");
        assert_eq!(bench.texts(), ["Refused: not the pilot"], "{number}");
    }
    bench.says(STRANGER, 23, &param_set("PRIV_LOCAL", 0));
    bench.says(STRANGER, 256, &setup_signing([1; 32], 1));
    assert_eq!(
        bench.texts(),
        ["Refused: not the pilot"],
        "who asks on and on is told once a second"
    );
    assert!(bench.card.files.is_empty());
    assert_ne!(bench.command(STRANGER, 21, &[]), Some(2), "to land it may be told by anybody");
}

#[test]
fn before_the_pilots_station_is_heard_nobody_is_the_pilot() {
    let mut bench = Bench::on(super::bench::Files::new(), 0);
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(2));
    // A camera or an autopilot that is heard first is no ground station.
    bench.says(STRANGER, 0, &[0, 0, 0, 0, 2, 12, 0, 0, 3]);
    bench.says(PILOT, 0, &HEARTBEAT);
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0));
}

#[test]
fn once_signing_is_set_up_only_signed_frames_are_the_pilots_over_a_reboot_too() {
    let key = [9; 32];
    let mut bench = Bench::new();
    bench.says(PILOT, 256, &setup_signing(key, 1_000));
    assert_eq!(bench.texts(), ["Signing set up"]);
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(2));
    assert_eq!(bench.texts(), ["Refused: not signed"]);
    bench.signing = Some((key, 1_000));
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0));
    let withdrawal = super::bench::command_long(31011, &LOG_2);
    let old = bench.frame(PILOT, 76, &withdrawal);
    assert_eq!(bench.command(PILOT, 31011, &LOG_2), Some(0));
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0));
    bench.texts();
    bench.step(&old);
    assert_eq!(bench.texts(), ["Refused: not signed"], "a frame is good once");
    let mut bench = bench.reboot();
    bench.step(&old);
    assert_eq!(bench.texts(), ["Refused: not signed"], "over a reboot too");
    bench.signing = None;
    bench.says(PILOT, 256, &setup_signing([8; 32], 9_000));
    assert_eq!(bench.texts(), ["Refused: not signed"], "a key is changed by a signed frame only");
}

#[test]
fn a_signing_file_that_cannot_be_read_locks_the_door() {
    let mut bench = Bench::new();
    bench.says(PILOT, 256, &setup_signing([9; 32], 1_000));
    bench.card.files.get_mut("ID/SIGNING.HSG").expect("it is kept").pop();
    let mut bench = bench.reboot();
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(2));
    bench.texts();
    bench.says(PILOT, 256, &setup_signing([8; 32], 2_000));
    assert_eq!(bench.texts(), ["Signing set up"], "the pilot can set it up anew");
}

/// The key, and when it began, of a live station that signs as the clock of the ticks shows.
fn signs(bench: &mut Bench) {
    bench.says(PILOT, 256, &setup_signing([9; 32], 1_000));
    assert_eq!(bench.texts(), ["Signing set up"]);
    bench.signing = Some(([9; 32], 1_000));
}

#[test]
fn once_signing_is_set_up_nothing_unsigned_is_taken_but_a_heartbeat() {
    let mut bench = Bench::live();
    signs(&mut bench);
    let key = bench.signing.take();
    for number in [21, 20, 400, 176, 511, 512] {
        assert_eq!(bench.command(PILOT, number, &[]), Some(2), "{number}");
        assert_eq!(bench.command(STRANGER, number, &[]), Some(2), "{number} of a stranger");
    }
    bench.said.clear();
    bench.says(PILOT, 111, &[0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    bench.says(PILOT, 66, &[50, 0, 1, 1, 12, 1]);
    assert!(bench.said.iter().all(|(id, _)| *id != 111), "nor is the time told");
    for (id, payload, answer) in READS {
        for station in [PILOT, STRANGER] {
            assert!(!answers(&mut bench, station, *id, payload, *answer), "{id} by {station}");
        }
    }
    bench.vehicle.last_heard = None;
    bench.says(PILOT, 0, &HEARTBEAT);
    assert!(bench.vehicle.last_heard.is_some());
    bench.signing = key;
    assert_ne!(bench.command(PILOT, 512, &[148.0]), Some(2));
}

/// Reading a parameter, all of them, and the mission; and what answers it.
const READS: &[(u32, &[u8], u32)] =
    &[(20, &[0, 0, 1, 1], 22), (21, &[1, 1], 22), (43, &[1, 1], 44)];

/// Whether a station that says this has an answer of such a kind within a tenth of a second.
fn answers(bench: &mut Bench, station: u8, id: u32, payload: &[u8], answer: u32) -> bool {
    bench.said.clear();
    bench.says(station, id, payload);
    bench.wait(50);
    bench.said.iter().any(|(id, _)| *id == answer)
}

#[test]
fn without_a_key_plans_and_parameters_are_read_by_whoever_asks() {
    for (id, payload, answer) in READS {
        for station in [PILOT, STRANGER] {
            let mut bench = Bench::live();
            bench.wait(500);
            assert!(answers(&mut bench, station, *id, payload, *answer), "{id} by {station}");
        }
    }
}

#[test]
fn while_there_is_a_key_whoever_has_none_does_not_take_the_pilots_place() {
    let mut bench = Bench::live();
    signs(&mut bench);
    let key = bench.signing.take();
    let mut bench = bench.reboot();
    bench.says(STRANGER, 0, &HEARTBEAT);
    bench.says(PILOT, 0, &HEARTBEAT);
    assert_eq!(bench.vehicle.pilot, None, "neither has signed");
    bench.signing = key.map(|(key, began)| (key, began + 1_000_000));
    bench.says(PILOT, 0, &HEARTBEAT);
    assert_eq!(bench.vehicle.pilot, Some(PILOT));
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0));
}

#[test]
fn of_a_flood_of_denied_commands_a_few_are_told_by_a_text_and_each_is_answered() {
    let mut bench = Bench::live();
    bench.wait(500);
    bench.texts();
    let answered = (0..100).filter(|_| bench.command(STRANGER, 31010, &LOG_2) == Some(2)).count();
    assert_eq!((answered, bench.texts().len()), (100, 10));
    bench.wait(500);
    bench.texts();
    bench.command(STRANGER, 31010, &LOG_2);
    assert_eq!(bench.texts().len(), 1);
}

#[test]
fn a_key_of_zeros_that_is_signed_ends_signing_and_its_file() {
    let mut bench = Bench::live();
    signs(&mut bench);
    let key = bench.signing.take();
    bench.says(PILOT, 256, &setup_signing([0; 32], 2_000));
    assert_eq!(bench.texts(), ["Refused: not signed"]);
    bench.signing = key;
    bench.says(PILOT, 256, &setup_signing([0; 32], 2_000));
    assert_eq!(bench.texts(), ["Signing ended"]);
    assert!(bench.card.files.is_empty());
    bench.signing = None;
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0));
    assert_eq!(bench.reboot().command(PILOT, 31010, &LOG_2), Some(0));
}

#[test]
fn the_newest_time_is_kept_once_a_minute_and_an_old_frame_is_void_over_a_power_cut() {
    let mut bench = Bench::live();
    signs(&mut bench);
    let kept = |bench: &Bench| {
        bench.writes.iter().filter(|write| write[3..].starts_with(b"ID/SIGNING")).count()
    };
    let before = kept(&bench);
    let mut old = Vec::new();
    for second in 0..130 {
        bench.signing = Some(([9; 32], 1_000 + second * 100_000));
        old = bench.frame(PILOT, 76, &super::bench::command_long(31012, &[]));
        bench.step(&old);
        bench.wait(499);
    }
    assert_eq!(kept(&bench) - before, 2);
    let mut bench = bench.reboot();
    bench.texts();
    bench.step(&old);
    assert_eq!(bench.texts(), ["Refused: not signed"], "heard after the last time was kept");
}
