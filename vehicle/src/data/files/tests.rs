//! The file protocol against a card that holds more than may be seen.

mod metadata;
mod write;

use super::*;
use crate::consent::{Ledger, Scope};
use crate::gate::{Body, Parcel, Verdict, judge};
use crate::radio::frame::Received;
use crate::radio::ftp;
use crate::senses::{LawName, Tick};
use crate::settings::{Controls, Setting};
use alloc::collections::BTreeMap;
use alloc::vec;

const OPEN: u8 = 4;
const READ: u8 = 5;
const LIST: u8 = 3;
const ACK: u8 = 128;
const NAK: u8 = 129;

struct Card(BTreeMap<String, Vec<u8>>);

impl Storage for Card {
    fn length(&self, path: &str) -> Option<usize> {
        self.0.get(path).map(Vec::len)
    }
    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8] {
        let file = self.0.get(path).map_or(&[][..], Vec::as_slice);
        file.get(offset..(offset + length).min(file.len())).unwrap_or_default()
    }
    fn paths(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
    fn free_bytes(&self) -> u64 {
        1 << 20
    }
    fn has_failed(&self) -> bool {
        false
    }
}

/// A station that asks, and the vehicle's side of it. Log 2 is granted to it, log 1 is not.
struct Bench {
    card: Card,
    camera: Camera,
    files: Files,
    metadata: Option<Metadata>,
    incoming: Option<Incoming>,
    granted: Vec<u32>,
    now: Tick,
    is_armed: bool,
}

impl Bench {
    fn new() -> Self {
        let files = [
            "CONSENT/LEDGER.HCL",
            "DCIM/100HUSHW/HW_0001.JPG",
            "ID/IDENTITY.HID",
            "LOG/LOG_0001.HLG",
            "LOG/LOG_0002.HLG",
            "SOUND/SND_0001.AU",
        ];
        let log: Vec<u8> = (0..=255).cycle().take(600).collect();
        let card = Card(files.iter().map(|path| (String::from(*path), log.clone())).collect());
        let (camera, files) = (Camera::new(2), Files::closed());
        let (metadata, incoming, now) = (None, None, Tick(0));
        Self { card, camera, files, metadata, incoming, granted: vec![2], now, is_armed: false }
    }

    /// One that tells of itself.
    fn telling() -> Self {
        let streams = crate::senses::Streams::Normal;
        let (metadata, incoming) = (Metadata::of(streams), Incoming::of(streams));
        Self { metadata, incoming, ..Self::new() }
    }

    fn ask(&mut self, opcode: u8, session: u8, offset: u32, size: u8, data: &[u8]) -> Answer {
        self.ask_as([255, 190], [opcode, session, size], offset, data)
    }

    fn ask_as(&mut self, by: [u8; 2], head: [u8; 3], offset: u32, data: &[u8]) -> Answer {
        let [opcode, session, size] = head;
        let head = [0, 1, 1, 7, 0, session, opcode, size, 0, 0, 0];
        let payload = [&head[..], &offset.to_le_bytes(), data].concat();
        let frame = Received { system: by[0], component: by[1], id: 110, payload: &payload };
        let request = ftp::read(&frame).expect("a request to us");
        self.moment(|files, moment| files.answer(request, moment))
    }

    fn moment<T>(&mut self, look: impl FnOnce(&mut Files, &Moment<'_>) -> T) -> T {
        let granted = self.granted.clone();
        let may = |class, object| match class {
            Class::FlightLog => granted.contains(&object),
            class => class == Class::Public,
        };
        let shelf = Shelf {
            card: &self.card,
            camera: &self.camera,
            metadata: self.metadata.as_ref(),
            incoming: self.incoming.as_ref(),
            may: &may,
        };
        let moment = Moment { now: self.now, shelf: &shelf, is_armed: self.is_armed };
        look(&mut self.files, &moment)
    }

    /// Sequence, last-of-burst, offset and data of each answer of the burst that is under way.
    fn burst(&mut self) -> Vec<(u16, u8, u32, Vec<u8>)> {
        let mut said = Vec::new();
        while let Some(answer) = self.moment(Files::next_of_burst) {
            let (Answer::Offer(parcel, _) | Answer::Say(parcel)) = answer else {
                panic!("a part of a file")
            };
            let payload = self.payload(parcel).expect("it is granted");
            let end = 15 + usize::from(payload[7]);
            let sequence = u16::from_le_bytes([payload[3], payload[4]]);
            let offset = u32::from_le_bytes([payload[11], payload[12], payload[13], payload[14]]);
            said.push((sequence, payload[9], offset, payload[15..end].to_vec()));
        }
        said
    }

    /// Opcode and data of the answer.
    fn told(
        &mut self,
        opcode: u8,
        session: u8,
        offset: u32,
        size: u8,
        data: &[u8],
    ) -> (u8, Vec<u8>) {
        match self.ask(opcode, session, offset, size, data) {
            Answer::Change(place, change, parcel) => {
                self.incoming.as_mut().expect("there is room").make(place, change);
                self.cleared(parcel).expect("that it is done may be told")
            }
            Answer::Say(parcel) | Answer::Offer(parcel, _) | Answer::Remove(_, parcel) => {
                self.cleared(parcel).expect("what is on the shelf may leave")
            }
            Answer::Later => (0, Vec::new()),
        }
    }

    fn named(&mut self, opcode: u8, path: &str) -> (u8, Vec<u8>) {
        self.told(opcode, 3, 0, path.len() as u8, path.as_bytes())
    }

    /// Opcode and data of what the gate lets out of a parcel.
    fn cleared(&self, parcel: Parcel) -> Option<(u8, Vec<u8>)> {
        let payload = self.payload(parcel)?;
        assert_eq!(payload[..5], [0, 255, 190, 8, 0], "to the station, next in turn");
        let end = 15 + usize::from(payload[7]);
        Some((payload[6], payload[15..end].to_vec()))
    }

    /// What the gate lets out of a parcel, under exactly the grants of the bench.
    fn payload(&self, parcel: Parcel) -> Option<Vec<u8>> {
        let mut ledger = Ledger::empty();
        for &object in &self.granted {
            let (category, recipient) = (Class::FlightLog, Recipient::Pilot);
            ledger.grant(Scope { category, object, recipient }, Tick(0), None);
        }
        let mut controls = Controls::as_delivered();
        controls.turn(Setting::RadLogs, true);
        match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(0)) {
            Verdict::Cleared(cleared) => match cleared.body {
                Body::Message { id: 110, payload, .. } => {
                    assert_eq!(payload.len(), 254);
                    Some(payload)
                }
                _ => panic!("an answer is a file message"),
            },
            Verdict::Refused(_) => None,
        }
    }
}

fn nak(why: u8) -> (u8, Vec<u8>) {
    (NAK, vec![why])
}

#[test]
fn what_is_not_granted_is_answered_like_what_is_not_there() {
    let there = ["LOG/LOG_0001.HLG", "DCIM/100HUSHW/HW_0001.JPG"];
    let hidden = ["CONSENT/LEDGER.HCL", "ID/IDENTITY.HID", "SOUND/SND_0001.AU"];
    let absent = ["LOG/LOG_0009.HLG", "DCIM/100HUSHW/HW_0009.JPG", "LOG/NOTHING", "NOTHING", ""];
    let tricks = ["../LOG/LOG_0002.HLG", "LOG/../LOG/LOG_0002.HLG", "LOG//LOG_0002.HLG", "LOG/."];
    for path in there.iter().chain(&hidden).chain(&absent).chain(&tricks) {
        for opcode in [OPEN, 8] {
            assert_eq!(Bench::new().named(opcode, path), nak(10), "{path}");
        }
    }
    for folder in ["CONSENT", "ID", "SOUND", "SET", "NOWHERE", "LOG/LOG_0002.HLG"] {
        assert_eq!(Bench::new().named(LIST, folder), nak(10), "{folder}");
    }
}

#[test]
fn a_list_has_one_granted_file_an_answer_and_then_its_end() {
    let mut bench = Bench::new();
    for (folder, index, expected) in [
        ("", 0, (ACK, b"DDCIM\0".to_vec())),
        ("/", 1, (ACK, b"DLOG\0".to_vec())),
        ("", 2, nak(6)),
        ("DCIM", 0, (ACK, b"D100HUSHW\0".to_vec())),
        ("DCIM", 1, nak(6)),
        ("DCIM/100HUSHW", 0, nak(6)),
        ("LOG", 0, (ACK, b"FLOG_0002.HLG\t600\0".to_vec())),
        ("/LOG/", 1, nak(6)),
        ("LOG", u32::MAX, nak(6)),
    ] {
        let answer = bench.told(LIST, 0, index, folder.len() as u8, folder.as_bytes());
        assert_eq!(answer, expected, "{folder} from {index}");
    }
}

#[test]
fn a_granted_log_is_read_to_its_end_and_no_further() {
    let mut bench = Bench::new();
    assert_eq!(bench.named(OPEN, "LOG/LOG_0002.HLG"), (ACK, 600_u32.to_le_bytes().to_vec()));
    let mut read = Vec::new();
    while let (ACK, data) = bench.told(READ, 3, read.len() as u32, 239, b"") {
        read.extend(data);
    }
    assert_eq!(read, bench.card.0["LOG/LOG_0002.HLG"]);
    for (name, session, offset, size, expected) in [
        ("behind the end", 3, 600, 1, nak(6)),
        ("far behind it", 3, u32::MAX, 239, nak(6)),
        ("another session", 4, 0, 10, nak(4)),
        ("more than fits", 3, 0, 240, nak(3)),
        ("nothing", 3, 0, 0, nak(3)),
        ("the last byte", 3, 599, 239, (ACK, vec![87])),
    ] {
        assert_eq!(bench.told(READ, session, offset, size, b""), expected, "{name}");
    }
}

#[test]
fn sessions_have_the_numbers_of_their_stations_and_end_when_told() {
    let mut bench = Bench::new();
    let path = b"LOG/LOG_0002.HLG";
    assert_eq!(bench.told(READ, 3, 0, 10, b""), nak(4), "none is open");
    assert_eq!(bench.told(1, 3, 0, 0, b""), nak(4), "none to end");
    for session in 0..8 {
        assert_eq!(bench.told(OPEN, session, 0, 16, path).0, ACK, "{session}");
    }
    assert_eq!(bench.told(OPEN, 3, 0, 16, path).0, ACK, "opened again under its number");
    assert_eq!(bench.told(OPEN, 9, 0, 16, path), nak(5), "one more has no place");
    assert_eq!(bench.told(OPEN, 9, 0, 7, b"NOTHING"), nak(5), "whatever it asks for");
    assert_eq!(bench.told(1, 9, 0, 0, b""), nak(4));
    assert_eq!(bench.told(1, 3, 0, 0, b""), (ACK, vec![]));
    assert_eq!(bench.told(READ, 3, 0, 10, b""), nak(4));
    assert_eq!(bench.told(2, 0, 0, 0, b""), (ACK, vec![]), "all of them can be ended");
    assert_eq!(bench.told(READ, 4, 0, 10, b""), nak(4));
    assert_eq!(bench.told(2, 0, 0, 0, b""), (ACK, vec![]), "and all of none");
}

#[test]
fn a_session_is_its_components_own_and_gives_way_when_nobody_uses_it() {
    let mut bench = Bench::new();
    let path = b"LOG/LOG_0002.HLG";
    for component in 1..=8 {
        let opened = bench.ask_as([255, component], [OPEN, 0, 16], 0, path);
        assert!(matches!(opened, Answer::Say(_)));
    }
    assert_eq!(bench.told(READ, 0, 0, 10, b""), nak(4), "the others' are not ours");
    bench.now = Tick(4_999);
    assert!(matches!(bench.ask_as([255, 1], [READ, 0, 10], 0, b""), Answer::Offer(..)));
    assert_eq!(bench.told(OPEN, 0, 0, 16, path), nak(5));
    bench.now = Tick(5_000);
    assert_eq!(bench.told(OPEN, 0, 0, 16, path).0, ACK, "one that was idle for 10 s gave way");
    assert!(matches!(bench.ask_as([255, 1], [READ, 0, 10], 0, b""), Answer::Offer(..)));
    assert!(matches!(bench.ask_as([255, 2], [READ, 0, 10], 0, b""), Answer::Say(_)));
}

#[test]
fn a_burst_comes_in_order_and_says_which_is_its_last() {
    let mut bench = Bench::new();
    assert_eq!(bench.named(OPEN, "LOG/LOG_0002.HLG").0, ACK);
    assert_eq!(bench.told(15, 3, 600, 239, b""), nak(6), "behind the end");
    assert_eq!(bench.told(15, 4, 0, 239, b""), nak(4), "another session");
    assert!(matches!(bench.ask(15, 3, 10, 239, b""), Answer::Later));
    let log = bench.card.0["LOG/LOG_0002.HLG"].clone();
    let expected = [
        (8, 0, 10, log[10..249].to_vec()),
        (9, 0, 249, log[249..488].to_vec()),
        (10, 1, 488, log[488..].to_vec()),
    ];
    assert_eq!(bench.burst(), expected);
    assert!(matches!(bench.ask(15, 3, 0, 1, b""), Answer::Later));
    let long = bench.burst();
    assert_eq!(long.len(), 200, "no more than a socket holds");
    assert_eq!(long.iter().map(|(_, last, ..)| u32::from(*last)).sum::<u32>(), 1);
    assert_eq!(long[199], (207, 1, 199, vec![199]));
    for other in [1, 2, 4, 5] {
        assert_eq!(bench.named(OPEN, "LOG/LOG_0002.HLG").0, ACK);
        assert!(matches!(bench.ask(15, 3, 0, 239, b""), Answer::Later));
        bench.ask(other, 3, 0, 16, b"LOG/LOG_0002.HLG");
        assert_eq!(bench.burst(), [], "{other} ends it");
    }
}

#[test]
fn a_withdrawal_ends_a_burst_and_a_checksum_with_the_next_tick() {
    let mut bench = Bench::new();
    assert_eq!(bench.named(OPEN, "LOG/LOG_0002.HLG").0, ACK);
    assert!(matches!(bench.ask(15, 3, 0, 239, b""), Answer::Later));
    assert!(matches!(bench.ask(14, 0, 0, 16, b"LOG/LOG_0002.HLG"), Answer::Later));
    bench.granted.clear();
    for answer in [
        bench.moment(Files::next_of_burst),
        bench.moment(|files, moment| files.sum_up(moment.shelf)),
    ] {
        let Some(Answer::Say(refusal)) = answer else { panic!("a refusal") };
        assert_eq!(bench.cleared(refusal), Some(nak(10)));
    }
    assert_eq!(bench.burst(), []);
}

#[test]
fn a_checksum_takes_as_many_ticks_as_the_file_is_long() {
    for (length, ticks, expected) in [(0, 1, 0), (600, 1, 0x5CED_62E2), (140_000, 3, 0xB23B_178C)] {
        let mut bench = Bench::new();
        let log: Vec<u8> = (0..=255).cycle().take(length).collect();
        bench.card.0.insert(String::from("LOG/LOG_0002.HLG"), log);
        assert_eq!(bench.named(14, "LOG/LOG_0001.HLG"), nak(10), "not granted");
        assert!(matches!(bench.ask(14, 0, 0, 16, b"LOG/LOG_0002.HLG"), Answer::Later));
        let other = bench.ask_as([255, 1], [14, 0, 16], 0, b"LOG/LOG_0002.HLG");
        assert!(matches!(other, Answer::Say(_)), "one at a time");
        let mut took = 0;
        let answer = loop {
            took += 1;
            if let Some(answer) = bench.moment(|files, moment| files.sum_up(moment.shelf)) {
                break answer;
            }
        };
        let Answer::Say(sum) = answer else { panic!("an answer") };
        let expected: u32 = expected;
        assert_eq!(bench.cleared(sum), Some((ACK, expected.to_le_bytes().to_vec())), "{length}");
        assert_eq!(took, ticks, "{length}");
    }
}

#[test]
fn a_withdrawal_ends_the_reading_with_the_next_answer() {
    let mut bench = Bench::new();
    assert_eq!(bench.named(OPEN, "LOG/LOG_0002.HLG").0, ACK);
    let Answer::Offer(piece, _) = bench.ask(READ, 3, 0, 10, b"") else { panic!("a piece") };
    bench.granted.clear();
    assert_eq!(bench.cleared(piece), None, "judged when it leaves, not when it was read");
    assert_eq!(bench.told(READ, 3, 0, 10, b""), nak(10));
    bench.granted = vec![2];
    assert_eq!(bench.told(READ, 3, 0, 10, b""), nak(4), "a new grant opens no old session");
}

#[test]
fn what_is_asked_for_again_is_answered_again_and_not_done_again() {
    let mut bench = Bench::new();
    let path = b"LOG/LOG_0002.HLG";
    assert!(matches!(bench.ask(8, 0, 0, 16, path), Answer::Remove(..)));
    assert!(matches!(bench.ask(8, 0, 0, 16, path), Answer::Say(_)), "its answer was lost");
    let other = bench.ask_as([255, 1], [8, 0, 16], 0, path);
    assert!(matches!(other, Answer::Remove(..)), "another station, another request");
    bench.now = Tick(3_000);
    assert!(matches!(bench.ask(8, 0, 0, 16, path), Answer::Remove(..)), "long after: a new one");
    assert_eq!(bench.told(OPEN, 0, 0, 16, path).0, ACK);
    assert_eq!(bench.told(1, 0, 0, 0, b""), (ACK, vec![]));
    assert_eq!(bench.told(1, 0, 0, 0, b""), (ACK, vec![]), "the same end again");
    bench.is_armed = true;
    assert_eq!(bench.named(8, "LOG/LOG_0002.HLG"), nak(1), "in flight");
    bench.is_armed = false;
    assert_eq!(bench.named(8, "LOG/LOG_0002.HLG"), nak(1), "what was refused is refused again");
    bench.now = Tick(6_000);
    assert_eq!(bench.named(8, "LOG/LOG_0002.HLG"), (ACK, vec![]));
}

#[test]
fn nothing_is_removed_in_flight_and_nothing_is_changed_at_all() {
    let mut bench = Bench::new();
    for opcode in [6, 7, 9, 10, 11, 12, 13] {
        assert_eq!(bench.named(opcode, "LOG/LOG_0002.HLG"), nak(9), "{opcode}");
        assert_eq!(bench.named(opcode, "../../etc/passwd"), nak(9), "{opcode}");
    }
    assert_eq!(bench.told(7, 3, 0xFFFF_FF00, 1, b"A"), nak(9), "far behind the end");
    bench.is_armed = true;
    assert_eq!(bench.named(8, "LOG/LOG_0002.HLG"), nak(1));
    assert_eq!(bench.named(8, "LOG/LOG_0009.HLG"), nak(1), "whether it is there or not");
}
