//! Logs, files and signatures of a live flight: each answer to the frame that asked for it, and to nothing else.

mod incoming;
mod metadata;

use super::*;
use evidence::card::{Operation, Write};
use evidence::scenario::Act;
use evidence::wire::framed;
use evidence::{Evidence, Recipient, Transcript};
use mavlink::dialects::common::*;
use sha2::{Digest, Sha256};

const PILOT: (u8, u8) = (255, 190);
const OTHER: (u8, u8) = (9, 190);
const LOGS: [&str; 2] = ["LOG/LOG_0001.HLG", "LOG/LOG_0002.HLG"];
const NONE: &[&str] = &[];
const UNASKED: &str = "a file answer that nobody asked for";

fn frame_of(from: (u8, u8), id: u32, payload: &[u8]) -> Vec<u8> {
    framed(from, 0, id, payload, MavMessage::extra_crc(id))
}

/// Log 1 is granted from the second second to the eighth, log 2 is not; both lie on the card.
fn story() -> Evidence {
    let (category, to) = (Class::FlightLog, Recipient::Pilot);
    tests::online(tests::evidence(&[
        (2.0, Act::Grants { category, object: 1, to, for_s: Some(6.0) }),
        (4.0, Act::AsksLogs),
        (4.0, Act::AsksFiles { path: "LOG".to_owned() }),
    ]))
}

/// What is found where this was heard and that was said.
fn found(heard: &[(u64, Vec<u8>)], said: &[(u64, Vec<u8>)]) -> Vec<String> {
    let mut story = story();
    let mut record = Transcript::default();
    record.hear(Tick(0), Link::Radio, &frame_of(PILOT, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3]));
    heard.iter().for_each(|(tick, bytes)| record.hear(Tick(*tick), Link::Radio, bytes));
    record.hear(Tick(30_000), Link::Radio, b"");
    story.heard = Some(record);
    let log = log();
    let writes = LOGS.map(|path| {
        let write = Write { operation: Operation::Append, path, data: &log };
        (Tick(0), Link::Card, write.encode())
    });
    let said = said.iter().map(|(t, b)| (Tick(*t), Link::Radio, b.clone()));
    let said: Vec<_> = writes.into_iter().chain(said).collect();
    let alarms = tests::alarms_by(crate::Detector::DEC, &story, &said);
    alarms.into_iter().map(|alarm| alarm.shown).collect()
}

fn log() -> Vec<u8> {
    tests::log_file(1)
}

fn numbered(said: &[(u64, MavMessage)]) -> Vec<(u64, Vec<u8>)> {
    (0..).zip(said).map(|(n, (tick, message))| (*tick, frame(n, message))).collect()
}

fn entry(id: u16, num_logs: u16, size: u32) -> MavMessage {
    let last_log_num = num_logs.saturating_sub(1);
    MavMessage::LOG_ENTRY(LOG_ENTRY_DATA { time_utc: 0, size, id, num_logs, last_log_num })
}

#[test]
fn the_list_counts_from_nought_and_has_no_more_lines_than_the_newest_granted_log() {
    let size = log().len() as u32;
    let many = "LOG_ENTRY counts more logs than are granted";
    let line = "LOG_ENTRY is not a line of its list";
    let never = "LOG_ENTRY tells a size that the log never had";
    for (tick, message, expected) in [
        (2000, entry(0, 0, 0), NONE),
        (2000, entry(0, 1, size), NONE),
        (2000, entry(0, 1, 0), NONE),
        (2000, entry(0, 1, size + 1), &[never]),
        (2000, entry(1, 1, 0), &[line]),
        (2000, entry(1, 2, 0), &[many]),
        (2000, entry(1, 2, size), &[never, many]),
        (4500, entry(0, 1, size), &[never, many]),
        (900, entry(0, 0, 0), &["LOG_ENTRY without a request"]),
    ] {
        assert_eq!(found(&[], &numbered(&[(tick, message.clone())])), expected, "{message:?}");
    }
}

#[test]
fn a_part_of_a_log_is_told_as_often_as_it_was_asked_for_and_as_it_stands() {
    let log = log();
    let ask = |from, offset: u32, count: u32| {
        let wire = [&offset.to_le_bytes()[..], &count.to_le_bytes(), &[0, 0, 1, 1]].concat();
        frame_of(from, 119, &wire)
    };
    let told = |offset: usize, count: usize| {
        let mut m = LOG_DATA_DATA { ofs: offset as u32, count: count as u8, ..Default::default() };
        let part = &log[offset.min(log.len())..(offset + count).min(log.len())];
        m.data[..part.len()].copy_from_slice(part);
        MavMessage::LOG_DATA(m)
    };
    let (all, end) = (u32::MAX, log.len() / 90 * 90);
    let unasked = "LOG_DATA of log 1 without a request";
    let damaged = {
        let MavMessage::LOG_DATA(mut m) = told(0, 90) else { unreachable!("it is one") };
        m.data[7] ^= 1;
        MavMessage::LOG_DATA(m)
    };
    type Case<'a> = (&'a str, Vec<Vec<u8>>, &'a [MavMessage], &'a [&'a str]);
    let table: [Case<'_>; 11] = [
        ("all", vec![ask(PILOT, 0, all)], &[told(0, 90), told(90, 90)], NONE),
        ("its end", vec![ask(PILOT, 0, all)], &[told(end, log.len() - end)], NONE),
        ("behind it", vec![ask(PILOT, 90_000, 90)], &[told(log.len(), 0)], NONE),
        ("a gap, not in order", vec![ask(PILOT, 180, 90), ask(PILOT, 0, 90)], &[told(0, 90)], NONE),
        ("twice", vec![ask(PILOT, 0, 90)], &[told(0, 90), told(0, 90)], &[unasked]),
        ("asked twice", vec![ask(PILOT, 0, 90); 2], &[told(0, 90), told(0, 90)], NONE),
        ("shorter than asked", vec![ask(PILOT, 0, 90)], &[told(0, 80)], &[unasked]),
        ("as short as asked", vec![ask(PILOT, 0, 80)], &[told(0, 80)], NONE),
        ("out of step", vec![ask(PILOT, 0, 900)], &[told(45, 90)], &[unasked]),
        ("another's question", vec![ask(OTHER, 0, 90)], &[told(0, 90)], &[unasked]),
        (
            "other bytes",
            vec![ask(PILOT, 0, 90)],
            &[damaged],
            &["LOG_DATA is not what the card holds there"],
        ),
    ];
    for (name, asked, parts, expected) in table {
        let heard: Vec<_> = asked.into_iter().map(|frame| (1900, frame)).collect();
        let said: Vec<_> = parts.iter().map(|part| (2000, part.clone())).collect();
        assert_eq!(found(&heard, &numbered(&said)), expected, "{name}");
    }
}

/// A request, or an answer: number, session, opcode, size, what is answered, whether a burst ends, offset, data.
fn file_payload(number: u16, head: [u8; 5], offset: u32, data: &[u8]) -> Vec<u8> {
    let [session, opcode, size, answered, is_last] = head;
    let mut wire = number.to_le_bytes().to_vec();
    wire.extend([session, opcode, size, answered, is_last, 0]);
    wire.extend(offset.to_le_bytes());
    wire.extend(data);
    wire.resize(251, 0);
    wire
}

fn asks(from: (u8, u8), number: u16, opcode: u8, size: u8, offset: u32, data: &[u8]) -> Vec<u8> {
    let payload = file_payload(number, [3, opcode, size, 0, 0], offset, data);
    frame_of(from, 110, &[&[0, 1, 1][..], &payload].concat())
}

fn answers(to: (u8, u8), number: u16, head: [u8; 3], offset: u32, data: &[u8]) -> MavMessage {
    let [opcode, answered, is_last] = head;
    let head = [3, opcode, data.len() as u8, answered, is_last];
    MavMessage::FILE_TRANSFER_PROTOCOL(FILE_TRANSFER_PROTOCOL_DATA {
        target_network: 0,
        target_system: to.0,
        target_component: to.1,
        payload: file_payload(number, head, offset, data).try_into().expect("it is as long"),
    })
}

/// CRC-32 from 0 by the book's other way: bit by bit, the lowest first.
fn sum(bytes: &[u8]) -> u32 {
    let bits = bytes.iter().flat_map(|byte| (0..8).map(move |bit| u32::from(byte >> bit & 1)));
    bits.fold(0, |sum, bit| if (sum ^ bit) & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 })
}

#[test]
fn a_file_answer_is_held_to_the_frame_that_it_answers() {
    let log = log();
    let path = LOGS[0].as_bytes();
    let opens = asks(PILOT, 1, 4, 16, 0, path);
    let heard = vec![
        (1900, opens.clone()),
        (1910, asks(PILOT, 5, 5, 90, 0, b"")),
        (1920, asks(PILOT, 7, 15, 239, 0, b"")),
        (1930, asks(PILOT, 20, 14, 16, 0, path)),
        (1930, asks(PILOT, 30, 16, 1, 0, b"/")),
        (1930, asks(PILOT, 32, 255, 1, 0, b"/")),
        (1930, asks(PILOT, 34, 129, 1, 0, b"/")),
        (1930, asks(OTHER, 40, 4, 16, 0, path)),
        (1930, asks(PILOT, 50, 3, 3, 0, b"LOG")),
    ];
    let size = (log.len() as u32).to_le_bytes();
    let crc = sum(&log).to_le_bytes();
    let burst = |number: u16, is_last, from: usize, to: usize| {
        answers(PILOT, number, [128, 15, is_last], from as u32, &log[from..to])
    };
    let opened = answers(PILOT, 2, [128, 4, 0], 0, &size);
    type Parts<'a> = &'a [(u64, MavMessage)];
    let table: [(&str, Parts<'_>, &[&str]); 24] = [
        ("opened", &[(1901, opened.clone())], NONE),
        (
            "opened twice",
            &[(1901, opened.clone()), (1902, opened.clone())],
            &["a file answer said twice"],
        ),
        ("too late", &[(1999, opened)], &[UNASKED]),
        (
            "another size",
            &[(1901, answers(PILOT, 2, [128, 4, 0], 0, &[9, 0, 0, 0]))],
            &["a log is opened with a size that it never had"],
        ),
        ("to another number", &[(1901, answers(PILOT, 9, [128, 4, 0], 0, &size))], &[UNASKED]),
        ("a part", &[(1911, answers(PILOT, 6, [128, 5, 0], 0, &log[..90]))], NONE),
        (
            "more than asked",
            &[(1911, answers(PILOT, 6, [128, 5, 0], 0, &log[..91]))],
            &["a part of a file of another size than asked"],
        ),
        (
            "another part",
            &[(1911, answers(PILOT, 6, [128, 5, 0], 90, &log[90..180]))],
            &["a file answer about another place than asked"],
        ),
        (
            "other bytes",
            &[(1911, answers(PILOT, 6, [128, 5, 0], 0, &log[1..91]))],
            &["a part of a log is not what the card holds there"],
        ),
        ("a burst", &[(1921, burst(8, 0, 0, 239)), (1921, burst(9, 1, 239, 478))], NONE),
        ("beyond a burst", &[(1921, burst(208, 0, 0, 239))], &[UNASKED]),
        (
            "a burst out of step",
            &[(1921, burst(8, 0, 1, 200))],
            &["a part of a file out of its place"],
        ),
        (
            "no burst, and its end",
            &[(1911, answers(PILOT, 6, [128, 5, 1], 0, &log[..90]))],
            &["a burst that is none ends"],
        ),
        ("a checksum", &[(1940, answers(PILOT, 21, [128, 14, 0], 0, &crc))], NONE),
        (
            "another checksum",
            &[(1940, answers(PILOT, 21, [128, 14, 0], 0, b"ADA!"))],
            &["a checksum that is not the file's"],
        ),
        ("not known", &[(1940, answers(PILOT, 31, [129, 16, 0], 0, &[7]))], NONE),
        ("the last opcode", &[(1940, answers(PILOT, 33, [129, 255, 0], 0, &[7]))], NONE),
        ("to an answer", &[(1940, answers(PILOT, 35, [129, 129, 0], 0, &[7]))], &[UNASKED]),
        (
            "a reason of its own",
            &[(1940, answers(PILOT, 31, [129, 16, 0], 0, &[77]))],
            &["a refusal that tells more"],
        ),
        (
            "known after all",
            &[(1940, answers(PILOT, 31, [128, 16, 0], 0, b""))],
            &["a file answer of an unlisted kind"],
        ),
        (
            "to a stranger",
            &[(1940, answers(OTHER, 41, [129, 4, 0], 0, &[10]))],
            &["a file answer to somebody else"],
        ),
        ("a list", &[(1940, answers(PILOT, 51, [128, 3, 0], 0, b"FLOG_0001.HLG\t9\0"))], NONE),
        (
            "a list with more",
            &[(1940, answers(PILOT, 51, [128, 3, 0], 0, b"FLOG_0002.HLG\t9\0"))],
            &["FlightLog 2 is shown without a grant"],
        ),
        ("not opened", &[(1905, burst(8, 0, 0, 239))], &[UNASKED]),
    ];
    // The list was asked for at the fourth second, and the story's grant holds from the second one on.
    let later = |tick: u64| tick + 200;
    let heard: Vec<_> = heard.into_iter().map(|(tick, frame)| (later(tick), frame)).collect();
    for (name, said, expected) in table {
        let said: Vec<_> = said.iter().map(|(tick, m)| (later(*tick), m.clone())).collect();
        assert_eq!(found(&heard, &numbered(&said)), expected, "{name}");
    }
}

/// A frame with a signature.
fn signed(mut frame: Vec<u8>, key: &[u8; 32], link: u8, timestamp: u64) -> Vec<u8> {
    frame.truncate(frame.len() - 2);
    frame[2] = 1;
    let mut frame = sealed(frame);
    frame.push(link);
    frame.extend(&timestamp.to_le_bytes()[..6]);
    let digest = Sha256::new_with_prefix(key).chain_update(&frame).finalize();
    frame.extend(&digest[..6]);
    frame
}

#[test]
fn a_signature_is_under_the_pilots_key_and_its_time_is_the_ticks() {
    let key = [7; 32];
    let setup = |from, key: [u8; 32]| {
        frame_of(from, 256, &[&1_000_u64.to_le_bytes()[..], &[1, 1], &key].concat())
    };
    let heard = [(500, setup(PILOT, key))];
    let beat = |number, tick: u64, timestamp: u64| {
        (tick, signed(tests::heartbeat(number), &key, 0, timestamp))
    };
    let plain = |number, tick: u64| (tick, tests::heartbeat(number));
    let time = "MAVLink signature has a time of its own";
    let under = "MAVLink signature is not under the pilot's key";
    let first = [beat(0, 500, 1_000), beat(1, 1000, 101_000)];
    type Said<'a> = &'a [(u64, Vec<u8>)];
    let table: [(&str, Said<'_>, &[&str]); 8] = [
        ("as it should be", &first, NONE),
        ("before and after", &[plain(0, 0), beat(1, 500, 1_000)], NONE),
        ("a bit in the time", &[first[0].clone(), beat(1, 1000, 101_001)], &[time]),
        ("the time again", &[first[0].clone(), beat(1, 1000, 1_000)], &[time]),
        ("no more", &[first[0].clone(), plain(1, 1000)], &["MAVLink frame is not signed any more"]),
        ("another key", &[(500, signed(tests::heartbeat(0), &[8; 32], 0, 1_000))], &[under]),
        ("another link", &[(500, signed(tests::heartbeat(0), &key, 9, 1_000))], &[time]),
        ("before the key", &[(0, signed(tests::heartbeat(0), &key, 0, 1_000))], &[under]),
    ];
    for (name, said, expected) in table {
        assert_eq!(found(&heard, said), expected, "{name}");
    }
    let others = [(500, setup(OTHER, key))];
    assert_eq!(found(&others, &first[..1]), [under], "a stranger's key is none");
    let ended = [
        (500, setup(PILOT, key)),
        (700, {
            let end = framed(PILOT, 0, 256, &[&1_u64.to_le_bytes()[..], &[1, 1]].concat(), 71);
            signed(end, &key, 0, 50_000)
        }),
    ];
    assert_eq!(found(&ended, &[first[0].clone(), plain(1, 1000)]), NONE, "ended by the pilot");
}
