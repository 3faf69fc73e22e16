//! Logs and files for a live station: by a grant only, whole, and as fast as promised.

use super::bench::{Bench, Files, PILOT, param_set};
use crate::senses::{Provision, Streams};
use crate::vehicle::Vehicle;
use alloc::string::ToString;
use alloc::vec::Vec;

const PATH: &str = "LOG/LOG_0001.HLG";
const LOG_1_TO_PILOT: [f32; 5] = [3.0, 1.0, 0.0, 0.0, 1.0];
/// As many ticks as 2 MB/s give so many bytes.
const BYTES_PER_TICK: usize = 2_000_000 / 500;

/// A log of so many bytes lies on the card, and a live station is there.
fn bench(bytes: usize) -> Bench {
    let mut card = Files::new();
    let log = (0..bytes).map(|place| (place / 7) as u8).collect();
    card.files.insert(PATH.to_string(), log);
    let mut bench = Bench::on(card, 0);
    bench.vehicle = Vehicle::new(Provision { streams: Streams::Normal, ..super::bench::told() });
    bench.says(PILOT, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]);
    bench
}

fn grant(bench: &mut Bench) {
    bench.says(PILOT, 23, &param_set("RAD_LOGS", 1));
    assert_eq!(bench.command(PILOT, 31010, &LOG_1_TO_PILOT), Some(0));
    bench.said.clear();
}

fn whole<const N: usize>(payload: &[u8]) -> [u8; N] {
    let mut whole = [0; N];
    whole[..payload.len()].copy_from_slice(payload);
    whole
}

/// Number, how many, last and size of each line of the list.
fn list(bench: &mut Bench) -> Vec<[u32; 4]> {
    bench.said.clear();
    bench.says(PILOT, 117, &[0, 0, 0xFF, 0xFF, 1, 1]);
    bench.wait(50);
    let entries = bench.said.iter().filter(|(id, _)| *id == 118).map(|(_, payload)| {
        let wire = whole::<14>(payload);
        let two = |at: usize| u32::from(u16::from_le_bytes([wire[at], wire[at + 1]]));
        [two(8), two(10), two(12), u32::from_le_bytes([wire[4], wire[5], wire[6], wire[7]])]
    });
    entries.collect()
}

fn request(offset: u32, count: u32) -> Vec<u8> {
    [&offset.to_le_bytes()[..], &count.to_le_bytes(), &[0, 0, 1, 1]].concat()
}

/// Offset and bytes of each piece that has been told.
fn pieces(bench: &Bench) -> Vec<(usize, Vec<u8>)> {
    let data = bench.said.iter().filter(|(id, _)| *id == 120).map(|(_, payload)| {
        let wire = whole::<97>(payload);
        let offset = u32::from_le_bytes([wire[0], wire[1], wire[2], wire[3]]);
        assert_eq!(wire[4..6], [0, 0], "the first log of the list");
        (offset as usize, wire[7..7 + usize::from(wire[6])].to_vec())
    });
    data.collect()
}

#[test]
fn without_a_grant_the_list_is_empty_and_with_it_it_counts_from_nought() {
    let mut bench = bench(1_000);
    assert_eq!(list(&mut bench), [[0, 0, 0, 0]]);
    bench.says(PILOT, 119, &request(0, u32::MAX));
    bench.wait(50);
    assert_eq!(pieces(&bench), []);
    grant(&mut bench);
    assert_eq!(list(&mut bench), [[0, 1, 0, 1_000]]);
    bench.command(PILOT, 31011, &LOG_1_TO_PILOT);
    assert_eq!(list(&mut bench), [[0, 0, 0, 0]]);
}

#[test]
fn parts_of_a_log_come_at_two_megabytes_a_second_and_gaps_are_filled() {
    let mut bench = bench(100_000);
    grant(&mut bench);
    let log = bench.card.files[PATH].clone();
    let started = bench.now;
    let mut read = Vec::new();
    while read.len() < log.len() {
        bench.said.clear();
        bench.says(PILOT, 119, &request(read.len() as u32, 46_080));
        let end = (read.len() + 46_080).min(log.len());
        while read.len() < end {
            for (offset, bytes) in pieces(&bench) {
                assert_eq!(offset, read.len());
                read.extend(bytes);
            }
            bench.said.clear();
            bench.wait(1);
        }
    }
    let ticks = (bench.now - started) as usize;
    assert_eq!(read, log);
    assert!(ticks <= log.len() / BYTES_PER_TICK + 6, "{ticks} ticks");
    bench.said.clear();
    let gaps = [(180, 90), (99_990, 90), (45, 7)];
    let frames = gaps.map(|(offset, count)| bench.frame(PILOT, 119, &request(offset, count)));
    bench.step(&frames.concat());
    bench.wait(10);
    let expected = [(180, 90), (99_990, 10), (45, 7)];
    let told: Vec<_> = pieces(&bench).iter().map(|(at, bytes)| (*at, bytes.len())).collect();
    assert_eq!(told, expected);
    bench.says(PILOT, 119, &request(0, u32::MAX));
    bench.says(PILOT, 122, &[1, 1]);
    bench.said.clear();
    bench.wait(50);
    assert_eq!(pieces(&bench), [], "it ends when told");
}

fn ftp(number: u16, opcode: u8, size: u8, offset: u32, data: &[u8]) -> Vec<u8> {
    let [low, high] = number.to_le_bytes();
    let head = [0, 1, 1, low, high, 5, opcode, size, 0, 0, 0];
    [&head[..], &offset.to_le_bytes(), data].concat()
}

/// Opcode, burst end, offset and data of each answer.
fn answers(bench: &mut Bench) -> Vec<(u8, u8, usize, Vec<u8>)> {
    let said = core::mem::take(&mut bench.said);
    let answers = said.iter().filter(|(id, _)| *id == 110).map(|(_, payload)| {
        let wire = whole::<254>(payload);
        let offset = u32::from_le_bytes([wire[11], wire[12], wire[13], wire[14]]) as usize;
        (wire[6], wire[9], offset, wire[15..15 + usize::from(wire[7])].to_vec())
    });
    answers.collect()
}

#[test]
fn a_log_is_read_in_bursts_at_two_megabytes_a_second() {
    let mut bench = bench(1_000_000);
    grant(&mut bench);
    let log = bench.card.files[PATH].clone();
    bench.says(PILOT, 110, &ftp(0, 4, 16, 0, PATH.as_bytes()));
    assert_eq!(answers(&mut bench), [(128, 0, 0, 1_000_000_u32.to_le_bytes().to_vec())]);
    let started = bench.now;
    let mut read = Vec::new();
    let mut number = 1;
    while read.len() < log.len() {
        bench.says(PILOT, 110, &ftp(number, 15, 239, read.len() as u32, b""));
        number += 1;
        let mut has_ended = false;
        while !has_ended {
            for (opcode, is_last, offset, data) in answers(&mut bench) {
                assert_eq!((opcode, offset), (128, read.len()));
                read.extend(data);
                has_ended = is_last == 1;
            }
            bench.wait(1);
        }
        // As long as an answer takes to the station, and its next question back.
        bench.wait(1);
    }
    let ticks = (bench.now - started) as usize;
    assert_eq!(read, log);
    assert!(ticks <= log.len() / BYTES_PER_TICK, "{ticks} ticks");
    bench.says(PILOT, 110, &ftp(number, 15, 239, read.len() as u32, b""));
    assert_eq!(answers(&mut bench), [(129, 0, 1_000_000, Vec::from([6]))]);
}

#[test]
fn a_withdrawal_stops_a_download_and_a_burst_within_the_tick() {
    let mut bench = bench(1_000_000);
    grant(&mut bench);
    bench.says(PILOT, 110, &ftp(0, 4, 16, 0, PATH.as_bytes()));
    bench.says(PILOT, 119, &request(0, u32::MAX));
    bench.says(PILOT, 110, &ftp(1, 15, 239, 0, b""));
    assert!(pieces(&bench).len() > 1 && answers(&mut bench).len() > 1);
    bench.says(PILOT, 31011, &[]);
    bench.says(PILOT, 110, &ftp(2, 15, 239, 0, b""));
    bench.command(PILOT, 31011, &LOG_1_TO_PILOT);
    bench.said.clear();
    bench.wait(50);
    assert_eq!((pieces(&bench), answers(&mut bench)), (Vec::new(), Vec::new()));
    bench.says(PILOT, 110, &ftp(3, 4, 16, 0, PATH.as_bytes()));
    assert_eq!(answers(&mut bench), [(129, 0, 0, Vec::from([10]))]);
}
