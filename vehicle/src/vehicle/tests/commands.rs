//! Commands, requests and rates on the bench: one answer each, to the asker, and nothing twice.
//!
//! **Never:** flies.

use super::bench::{Bench, PILOT, STRANGER, command_long, param_set};
use alloc::vec::Vec;

const SYS_STATUS: u32 = 1;
const TIMESYNC: u32 = 111;
const ACK: u32 = 77;

/// Answers since the last look, as (number, result, to).
fn answers(bench: &mut Bench) -> Vec<(u16, u8, u8)> {
    let acks = bench.said.iter().filter(|(id, _)| *id == ACK);
    let read = acks.map(|(_, ack)| (u16::from_le_bytes([ack[0], ack[1]]), ack[2], ack[8]));
    let read = read.collect();
    bench.said.clear();
    read
}

fn ids(bench: &Bench) -> Vec<u32> {
    bench.said.iter().map(|(id, _)| *id).collect()
}

#[test]
fn every_command_is_answered_once_to_whoever_gave_it() {
    let nan = f32::NAN;
    for (name, number, p, expected) in [
        ("an unknown one", 31_099, [0.0; 5], 3),
        ("none at all", 0, [0.0; 5], 3),
        ("a mode on the ground", 176, [1.0, 4.0, 5.0, 0.0, 0.0], 1),
        ("a mode that is none", 176, [1.0, 1e9, 0.0, 0.0, 0.0], 2),
        ("a message that is none", 512, [9_999.0, 0.0, 0.0, 0.0, 0.0], 3),
        ("a message not a number", 512, [nan; 5], 3),
        ("home, which is not known", 512, [242.0, 0.0, 0.0, 0.0, 0.0], 1),
        ("a mode's name that is none", 512, [435.0, 99.0, 0.0, 0.0, 0.0], 1),
        ("the older component metadata", 512, [395.0, 0.0, 0.0, 0.0, 0.0], 3),
        ("a rate of metadata, which is told once", 511, [397.0, 1e6, 0.0, 0.0, 0.0], 3),
        ("a rate of nothing known", 511, [9_999.0, 1e6, 0.0, 0.0, 0.0], 3),
        ("a rate below zero", 511, [30.0, -7.0, 0.0, 0.0, 0.0], 2),
        ("a reboot", 246, [1.0, 0.0, 0.0, 0.0, 0.0], 3),
        ("a log stream", 2510, [0.0; 5], 2),
        ("a calibration", 241, [1.0, 0.0, 0.0, 0.0, 0.0], 3),
    ] {
        for system in [PILOT, STRANGER] {
            let mut bench = Bench::live();
            bench.says(system, 76, &command_long(number, &p));
            bench.wait(3);
            assert_eq!(answers(&mut bench), [(number, expected, system)], "{name}");
        }
    }
}

#[test]
fn a_message_asked_for_follows_its_answer() {
    for (id, which, count) in [
        (148, 0.0, 1),
        (397, 0.0, 1),
        (1, 0.0, 1),
        (30, 0.0, 1),
        (65, 0.0, 1),
        (244, 30.0, 1),
        (435, 0.0, 11),
        (435, 3.0, 1),
        (436, 0.0, 1),
    ] {
        // A story's vehicle has no metadata.
        let mut bench = if id == 397 { Bench::live() } else { Bench::new() };
        bench.wait(5);
        bench.said.clear();
        bench.says(STRANGER, 76, &command_long(512, &[id as f32, which]));
        let expected: Vec<u32> = [ACK].into_iter().chain((0..count).map(|_| id)).collect();
        assert_eq!(ids(&bench), expected, "{id} {which}");
    }
}

#[test]
fn a_list_is_told_once_in_a_while_however_often_it_is_asked_for() {
    let mut bench = Bench::live();
    bench.said.clear();
    let asked = bench.frame(STRANGER, 76, &command_long(512, &[435.0])).repeat(20);
    for _ in 0..50 {
        bench.step(&asked);
    }
    let told = ids(&bench).iter().filter(|id| **id == 435).count();
    assert_eq!(told, 5 * 11);
    assert_eq!(answers(&mut bench).len(), 50 * 20, "each is answered");
}

#[test]
fn what_the_pilot_has_switched_off_is_not_told_on_request() {
    let mut bench = Bench::new();
    bench.says(PILOT, 23, &param_set("RAD_TELEM", 0));
    bench.said.clear();
    for (id, answer) in [(30.0, 2), (33.0, 2), (1.0, 0)] {
        assert_eq!(bench.command(PILOT, 512, &[id]), Some(answer), "{id}");
    }
}

#[test]
fn a_rate_is_taken_on_told_and_kept_from_strangers() {
    let mut bench = Bench::new();
    let count = |bench: &mut Bench| {
        bench.said.clear();
        bench.wait(500);
        bench.said.iter().filter(|(id, _)| *id == SYS_STATUS).count()
    };
    for (system, interval_us, answer, times) in [
        (PILOT, 100_000.0, 0, 10),
        (STRANGER, 1_000_000.0, 2, 10),
        (STRANGER, 50_000.0, 0, 20),
        (STRANGER, -1.0, 2, 20),
        (PILOT, -1.0, 0, 0),
        (PILOT, 0.0, 0, 1),
    ] {
        assert_eq!(bench.command(system, 511, &[1.0, interval_us]), Some(answer));
        assert_eq!(count(&mut bench), times, "{interval_us} of {system}");
    }
    bench.says(PILOT, 66, &[4, 0, 1, 1, 0, 1]);
    assert_eq!(count(&mut bench), 4, "the older way");
    bench.says(PILOT, 66, &[4, 0, 9, 1, 0, 1]);
    bench.says(PILOT, 66, &[4]);
    assert_eq!(count(&mut bench), 4, "for another vehicle, or cut short");
}

#[test]
fn a_command_that_comes_again_is_answered_again_and_not_done_again() {
    let mut bench = Bench::live();
    bench.wait(5);
    bench.said.clear();
    let mut wire = command_long(512, &[148.0]);
    bench.says(PILOT, 76, &wire);
    assert_eq!(ids(&bench), [ACK, 148]);
    // The same again is a new request where nothing says that it is not.
    bench.said.clear();
    bench.says(PILOT, 76, &wire);
    assert_eq!(ids(&bench), [ACK, 148]);
    let mut rate = command_long(511, &[1.0, 100_000.0]);
    bench.says(PILOT, 76, &rate);
    bench.command(PILOT, 511, &[1.0, -1.0]);
    rate[32] = 1;
    bench.said.clear();
    bench.says(PILOT, 76, &rate);
    assert_eq!(answers(&mut bench), [(511, 0, PILOT)]);
    assert_eq!(bench.command(PILOT, 512, &[244.0, 1.0]), Some(0));
    let told = bench.said.iter().find(|(id, _)| *id == 244).expect("it is told");
    assert_eq!(told.1[..4], (-1_i32).to_le_bytes(), "it was not done again");
    // The newest answer counts: there is no film to end, then there is one, then the answer to that is lost.
    let mut ends = command_long(2501, &[]);
    for (number, expected) in [(2501, 1), (2500, 0), (2501, 0)] {
        assert_eq!(bench.command(PILOT, number, &[]), Some(expected), "{number}");
    }
    ends[32] = 1;
    bench.said.clear();
    bench.says(PILOT, 76, &ends);
    assert_eq!(answers(&mut bench), [(2501, 0, PILOT)]);
    // What was answered late is answered again too, whatever was answered at once between.
    let log = |object: f32, recipient: f32| [3.0, object, recipient, 30.0, 1.0];
    let mut grant = command_long(31010, &log(2.0, 0.0));
    bench.says(PILOT, 76, &grant);
    bench.says(PILOT, 76, &command_long(31010, &log(2.0, 9.0)));
    bench.wait(20);
    grant[32] = 1;
    bench.said.clear();
    bench.says(PILOT, 76, &grant);
    assert_eq!(answers(&mut bench), [(31010, 0, PILOT)]);
    // A message is told again to whoever has not had it.
    let mut version = command_long(520, &[1.0]);
    for confirmation in 0..3 {
        version[32] = confirmation;
        bench.said.clear();
        bench.says(PILOT, 76, &version);
        assert_eq!(ids(&bench), [ACK, 148], "{confirmation}");
        assert_eq!(answers(&mut bench), [(520, 0, PILOT)], "{confirmation}");
    }
    // What nobody has heard of before is done, whatever it says of itself.
    wire[0..4].copy_from_slice(&2.0_f32.to_le_bytes());
    wire[32] = 3;
    bench.said.clear();
    bench.says(PILOT, 76, &wire);
    assert_eq!(ids(&bench), [ACK, 2]);
}

#[test]
fn clocks_are_compared_with_whoever_asks() {
    let mut bench = Bench::new();
    bench.said.clear();
    let their_ns = [1, 2, 3, 4, 5, 6, 7, 8];
    bench.says(STRANGER, TIMESYNC, &[&[0; 8][..], &their_ns].concat());
    let [(TIMESYNC, told)] = &bench.said[..] else { panic!("one answer") };
    assert_eq!(told[..8], 2_000_000_u64.to_le_bytes(), "the tick since power-on");
    assert_eq!((&told[8..16], &told[16..]), (&their_ns[..], &[STRANGER, 190][..]));
    bench.said.clear();
    bench.says(STRANGER, TIMESYNC, &[&[9; 8][..], &their_ns].concat());
    assert!(bench.said.is_empty(), "an answer is not answered");
    bench.says(STRANGER, 4, &[7, 0, 0, 0, 0, 0, 0, 0, 3]);
    let [(4, told)] = &bench.said[..] else { panic!("one answer") };
    assert_eq!(told[..14], [7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, STRANGER, 190]);
}

#[test]
fn a_flood_leaves_it_answering_and_what_does_not_fit_is_counted() {
    for (name, frames_per_tick, is_counted) in
        [("10,000 a second", 20, false), ("too many", 90, true)]
    {
        let mut bench = Bench::live();
        let noise = bench.frame(STRANGER, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]).repeat(frames_per_tick);
        for _ in 0..600 {
            bench.step(&noise);
        }
        bench.said.clear();
        let asked = bench.frame(PILOT, 76, &command_long(512, &[148.0]));
        // The flood goes on, and the question is somewhere in it.
        bench.step(&[&asked[..], &noise].concat());
        for _ in 0..49 {
            bench.step(&noise);
        }
        let is_answered = ids(&bench).contains(&148);
        bench.wait(600);
        let status = bench.said.iter().rfind(|(id, _)| *id == SYS_STATUS).expect("it is told");
        let errors = status.1.get(20).copied().unwrap_or(0);
        assert_eq!(errors > 0, is_counted, "{name}");
        assert!(is_answered, "{name}");
    }
}

#[test]
fn a_take_off_before_arming_is_shown_and_a_story_is_told_no() {
    let up = [-1.0, 0.0, 0.0, f32::NAN, f32::NAN, f32::NAN, 9.0];
    assert_eq!(Bench::new().command(PILOT, 22, &up), Some(1));
    let mut bench = Bench::live();
    assert_eq!(bench.command(PILOT, 22, &up), Some(0));
    bench.wait(2);
    let beat = bench.said.iter().rfind(|(id, _)| *id == 0).expect("it is told at once");
    assert_eq!(beat.1[..4], [0, 0, 4, 2]);
    bench.says(PILOT, 11, &[0, 0, 4, 3, 1, 1]);
    bench.wait(2);
    let beat = bench.said.iter().rfind(|(id, _)| *id == 0).expect("it is told at once");
    assert_eq!(beat.1[..4], [0, 0, 4, 3]);
}

#[test]
fn a_take_off_without_a_height_goes_as_high_as_is_set() {
    let mut bench = Bench::live();
    assert_eq!(bench.vehicle.flight.take_off_m(), 2.5);
    let mut set = param_set("MIS_TAKEOFF_ALT", 0);
    set[..4].copy_from_slice(&12.5_f32.to_le_bytes());
    set[22] = 9;
    bench.says(PILOT, 23, &set);
    assert_eq!(bench.vehicle.flight.take_off_m(), 12.5);
    assert_eq!(bench.command(PILOT, 22, &[f32::NAN; 7]), Some(0));
}
