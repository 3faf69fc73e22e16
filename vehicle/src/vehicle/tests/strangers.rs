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
