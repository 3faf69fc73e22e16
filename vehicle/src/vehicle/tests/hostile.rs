//! A station, or somebody on its line, that means harm: nothing changes, and the next word is heard.

use super::bench::{Bench, PILOT, command_long};
use crate::settings::Controls;
use alloc::vec::Vec;

/// Answers to command 245 with a parameter that means nothing are the sign of life.
fn is_answered(bench: &mut Bench, within_ticks: u64) -> Option<u64> {
    let asked = bench.now;
    let frame = bench.frame(PILOT, 76, &command_long(31012, &[]));
    bench.said.clear();
    bench.step(&frame);
    for _ in 0..within_ticks {
        if bench.said.iter().any(|(id, ack)| *id == 77 && ack[..2] == 31012_u16.to_le_bytes()) {
            return Some(bench.now - asked);
        }
        bench.wait(1);
    }
    None
}

/// What a liar sends, all of it in frames whose checksum is right.
fn lies(bench: &mut Bench) -> Vec<(&'static str, Vec<u8>)> {
    let nan = [f32::NAN; 7];
    let inf = [f32::INFINITY; 7];
    let file = |opcode: u8, size: u8, offset: u32, data: &[u8]| {
        let head = [0, 1, 1, 0, 0, 0, opcode, size, 0, 0, 0];
        [&head[..], &offset.to_le_bytes(), data].concat()
    };
    let inner = bench.frame(PILOT, 76, &command_long(245, &[4.0]));
    let table: [(&str, u32, Vec<u8>); 19] = [
        ("all parameters NaN", 76, command_long(400, &nan)),
        ("all infinite", 76, command_long(22, &inf)),
        ("a command of one byte", 76, Vec::from([1])),
        ("for another system", 76, {
            let mut payload = command_long(245, &[4.0]);
            payload[30] = 7;
            payload
        }),
        ("a setting whose name has no end", 23, {
            let mut payload = Vec::from([1, 0, 0, 0, 1, 1]);
            payload.extend([b'A'; 16]);
            payload.push(6);
            payload
        }),
        ("a file upwards", 110, file(4, 20, 0, b"../../../etc/passwd\0")),
        ("a file with a zero within", 110, file(4, 9, 0, b"LOG\0/../A")),
        ("a file that is longer than it is", 110, file(4, 255, 0, b"LOG/A")),
        ("a write behind all ends", 110, file(7, 239, 0xFFFF_FF00, &[b'A'; 239])),
        ("a file created upwards", 110, file(6, 14, 0, b"INCOMING/../AB")),
        ("a file cut to all ends", 110, file(12, 10, u32::MAX, b"INCOMING/a")),
        ("a list of a file", 110, file(3, 16, u32::MAX, b"LOG/LOG_0001.HLG")),
        ("a burst of nothing that is open", 110, file(15, 239, 0, b"")),
        (
            "a log that is not there, from behind it",
            119,
            [[0xFF; 8], [0xFF, 0xFF, 1, 1, 0, 0, 0, 0]].concat(),
        ),
        ("a list of logs backwards", 117, Vec::from([9, 0, 1, 0, 1, 1])),
        ("a key beyond all time", 256, [0xFF; 42].to_vec()),
        ("an attitude of no numbers", 82, [&[0; 4][..], &[255; 35]].concat()),
        ("an attitude to all, of nothing", 82, Vec::from([1])),
        ("a frame in a text", 253, [&[6][..], &inner].concat()),
    ];
    table.into_iter().map(|(name, id, payload)| (name, bench.frame(PILOT, id, &payload))).collect()
}

#[test]
fn lies_change_nothing_and_the_next_word_is_heard() {
    let mut bench = Bench::live();
    for (name, frame) in lies(&mut bench) {
        bench.step(&frame);
        bench.wait(60);
        assert_eq!(is_answered(&mut bench, 50), Some(1), "{name}");
        assert!(bench.card.files.is_empty(), "{name}: {:?}", bench.card.files.keys());
        assert_eq!(bench.vehicle.controls, Controls::as_delivered(), "{name}");
        assert!(!bench.vehicle.flight.state().armed, "{name}");
    }
}

#[test]
fn every_lie_cut_at_any_byte_leaves_the_next_word_heard_within_100_ms() {
    let mut bench = Bench::live();
    for (name, frame) in lies(&mut bench) {
        for length in (0..frame.len()).step_by(7) {
            bench.step(&frame[..length]);
            let late = is_answered(&mut bench, 60);
            assert!(late.is_some_and(|ticks| ticks <= 50), "{name} cut at {length}: {late:?}");
        }
    }
}

#[test]
fn ten_thousand_lies_a_second_leave_a_command_answered_within_100_ms() {
    let mut bench = Bench::live();
    for (name, frame) in lies(&mut bench) {
        for _ in 0..250 {
            bench.step(&frame.repeat(20));
        }
        let asked = bench.now;
        let order = bench.frame(PILOT, 76, &command_long(31012, &[]));
        bench.said.clear();
        bench.step(&[&frame.repeat(20)[..], &order].concat());
        let mut heard = None;
        while heard.is_none() && bench.now < asked + 60 {
            let is_ack =
                |(id, ack): &(u32, Vec<u8>)| *id == 77 && ack[..2] == 31012_u16.to_le_bytes();
            heard = bench.said.iter().any(is_ack).then_some(bench.now - asked);
            bench.step(&frame.repeat(20));
        }
        assert!(heard.is_some_and(|ticks| ticks <= 50), "{name}: {heard:?}");
        bench.wait(100);
    }
}
