//! The file protocol against a card that holds more than may be seen.

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
    granted: Vec<u32>,
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
        Self { card, camera: Camera::new(2), files: Files::closed(), granted: vec![2] }
    }

    fn ask(&mut self, opcode: u8, session: u8, offset: u32, size: u8, data: &[u8]) -> Answer {
        let head = [0, 1, 1, 7, 0, session, opcode, size, 0, 0, 0];
        let payload = [&head[..], &offset.to_le_bytes(), data].concat();
        let frame = Received { system: 255, component: 190, id: 110, payload: &payload };
        let request = ftp::read(&frame).expect("a request to us");
        let granted = self.granted.clone();
        let may = |class, object| class == Class::FlightLog && granted.contains(&object);
        let shelf = Shelf { card: &self.card, camera: &self.camera, may: &may };
        self.files.answer(request, &shelf, false)
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
            Answer::Say(parcel) | Answer::Offer(parcel, _) | Answer::Remove(_, parcel) => {
                self.cleared(parcel).expect("what is on the shelf may leave")
            }
        }
    }

    fn named(&mut self, opcode: u8, path: &str) -> (u8, Vec<u8>) {
        self.told(opcode, 3, 0, path.len() as u8, path.as_bytes())
    }

    /// What the gate lets out of a parcel, under exactly the grants of the bench.
    fn cleared(&self, parcel: Parcel) -> Option<(u8, Vec<u8>)> {
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
                    assert_eq!(payload[..5], [0, 255, 190, 8, 0], "to the station, next in turn");
                    let end = 15 + usize::from(payload[7]);
                    Some((payload[6], payload[15..end].to_vec()))
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
fn there_is_one_session_and_it_ends_when_told() {
    let mut bench = Bench::new();
    let path = b"LOG/LOG_0002.HLG";
    assert_eq!(bench.told(READ, 3, 0, 10, b""), nak(4), "none is open");
    assert_eq!(bench.told(1, 3, 0, 0, b""), nak(4), "none to end");
    assert_eq!(bench.told(OPEN, 3, 0, 16, path).0, ACK);
    assert_eq!(bench.told(OPEN, 3, 0, 16, path).0, ACK, "opened again under its number");
    assert_eq!(bench.told(OPEN, 4, 0, 16, path), nak(5), "another has no place");
    assert_eq!(bench.told(OPEN, 4, 0, 7, b"NOTHING"), nak(5), "whatever it asks for");
    assert_eq!(bench.told(1, 4, 0, 0, b""), nak(4));
    assert_eq!(bench.told(1, 3, 0, 0, b""), (ACK, vec![]));
    assert_eq!(bench.told(READ, 3, 0, 10, b""), nak(4));
    assert_eq!(bench.told(2, 0, 0, 0, b""), (ACK, vec![]), "all of none can be ended");
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
fn a_removal_is_carried_out_once_and_not_in_flight() {
    let mut bench = Bench::new();
    let path = b"LOG/LOG_0002.HLG";
    assert!(matches!(bench.ask(8, 0, 0, 16, path), Answer::Remove(..)));
    assert!(matches!(bench.ask(8, 0, 0, 16, path), Answer::Say(_)), "its answer was lost");
    let payload = [&[0, 1, 1, 9, 0, 0, 8, 16, 0, 0, 0, 0, 0, 0, 0][..], path].concat();
    let frame = Received { system: 255, component: 190, id: 110, payload: &payload };
    let may = |_, _| true;
    let shelf = Shelf { card: &bench.card, camera: &bench.camera, may: &may };
    let request = ftp::read(&frame).expect("a request to us");
    assert!(matches!(bench.files.answer(request, &shelf, true), Answer::Say(_)));
}
