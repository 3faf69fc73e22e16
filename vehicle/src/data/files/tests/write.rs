//! Writing into the one folder for it, and nowhere else.

use super::*;

const CREATE: u8 = 6;
const WRITE: u8 = 7;
const REMOVE: u8 = 8;
const OPEN_TO_WRITE: u8 = 11;
const TRUNCATE: u8 = 12;
const SUM: u8 = 14;
const PATH: &str = "INCOMING/a.txt";

fn ack(data: &[u8]) -> (u8, Vec<u8>) {
    (ACK, data.to_vec())
}

impl Bench {
    fn writes(&mut self, session: u8, offset: u32, data: &[u8]) -> (u8, Vec<u8>) {
        self.told(WRITE, session, offset, data.len() as u8, data)
    }

    /// All that can be read of a file.
    fn contents(&mut self, path: &str) -> Option<Vec<u8>> {
        let (ACK, size) = self.named(OPEN, path) else { return None };
        let mut read = Vec::new();
        while let (ACK, data) = self.told(READ, 3, read.len() as u32, 239, b"") {
            read.extend(data);
        }
        assert_eq!(size, (read.len() as u32).to_le_bytes());
        Some(read)
    }
}

#[test]
fn what_is_written_is_read_back_to_the_bit_and_cut_and_removed() {
    let mut bench = Bench::telling();
    let all: Vec<u8> = (0..=255).cycle().take(700).collect();
    assert_eq!(bench.named(CREATE, PATH), ack(b""));
    for (at, part) in (0..).step_by(239).zip(all.chunks(239)) {
        assert_eq!(bench.writes(3, at, part), ack(b""));
        assert_eq!(bench.writes(3, at, part), ack(b""), "said again for want of the answer");
    }
    assert_eq!(bench.contents(PATH).as_deref(), Some(&all[..]));
    let sum = crate::data::checksum::add(0, &all).to_le_bytes();
    assert_eq!(bench.named(SUM, PATH), ack(&sum));
    assert!(matches!(bench.ask(15, 3, 0, 239, b""), Answer::Later));
    let burst: Vec<u8> = bench.burst().into_iter().flat_map(|(.., data)| data).collect();
    assert_eq!(burst, all);
    let list = |bench: &mut Bench| bench.told(LIST, 0, 0, 8, b"INCOMING");
    assert_eq!(list(&mut bench), ack(b"Fa.txt\t700\0"));
    assert_eq!(bench.named(OPEN_TO_WRITE, PATH), ack(&700_u32.to_le_bytes()));
    assert_eq!(bench.writes(3, 700, b"more"), ack(b""));
    assert_eq!(bench.contents(PATH).map(|all| all.len()), Some(704));
    let cut = bench.told(TRUNCATE, 0, 5, PATH.len() as u8, PATH.as_bytes());
    assert_eq!((cut, bench.contents(PATH)), (ack(b""), Some(all[..5].to_vec())));
    assert_eq!(bench.named(REMOVE, PATH), ack(b""));
    assert_eq!(list(&mut bench), nak(6));
    assert_eq!(bench.told(READ, 3, 0, 9, b""), nak(4), "a session does not outlive its file");
    assert_eq!(bench.named(OPEN, PATH), nak(10));
    bench.files.close();
    assert_eq!(bench.card.0.len(), 6, "the card has not been touched");
}

#[test]
fn nothing_is_written_but_there_and_by_who_opened_it_to_write() {
    let mut bench = Bench::telling();
    for (name, opcode, path, why) in [
        ("into the root", CREATE, "a.txt", 9),
        ("among the logs", CREATE, "LOG/LOG_0009.HLG", 9),
        ("over a log", CREATE, "LOG/LOG_0002.HLG", 9),
        ("into a log", OPEN_TO_WRITE, "LOG/LOG_0002.HLG", 9),
        ("into a log that is not granted", OPEN_TO_WRITE, "LOG/LOG_0001.HLG", 9),
        ("cutting a log", TRUNCATE, "LOG/LOG_0002.HLG", 9),
        ("over the metadata", CREATE, "META/general.json", 9),
        ("into the metadata", OPEN_TO_WRITE, "META/general.json", 9),
        ("among the settings", CREATE, "SET/SETTINGS.HST", 9),
        ("the folder itself", CREATE, "INCOMING", 9),
        ("a folder within", CREATE, "INCOMING/a/b", 10),
        ("upwards", CREATE, "INCOMING/../LOG/a", 9),
        ("a hidden name", CREATE, "INCOMING/.a", 10),
        ("into what is not there", OPEN_TO_WRITE, "INCOMING/b", 10),
        ("cutting what is not there", TRUNCATE, "INCOMING/b", 10),
        ("removing what is not there", REMOVE, "INCOMING/b", 10),
    ] {
        assert_eq!(bench.named(opcode, path), nak(why), "{name}");
        assert_eq!(bench.writes(3, 0, b"x"), nak(4), "{name}: nothing is open");
    }
    assert_eq!(bench.named(CREATE, PATH), ack(b""));
    for (name, session, offset, why) in [
        ("beyond a gap", 3, 1, 1),
        ("far behind all ends", 3, 0xFFFF_FF00, 1),
        ("in another session", 4, 0, 4),
    ] {
        assert_eq!(bench.writes(session, offset, b"x"), nak(why), "{name}");
    }
    assert_eq!(bench.told(WRITE, 3, 0, 0, b""), nak(3), "nothing");
    for (opcode, path) in [(OPEN, PATH), (OPEN, "LOG/LOG_0002.HLG"), (OPEN, "META/general.json")] {
        assert_eq!(bench.named(opcode, path).0, ACK);
        assert_eq!(bench.writes(3, 0, b"x"), nak(9), "{path} was opened to be read");
    }
    assert_eq!(bench.contents(PATH).as_deref(), Some(&b""[..]));
    let mut story = Bench::new();
    for (opcode, path) in [(CREATE, PATH), (OPEN_TO_WRITE, PATH), (TRUNCATE, PATH)] {
        assert_eq!(story.named(opcode, path), nak(9), "there is nobody in a story");
    }
    assert_eq!(story.writes(3, 0, b"x"), nak(9));
    assert_eq!(story.told(LIST, 0, 0, 8, b"INCOMING"), nak(10));
}

#[test]
fn what_was_created_is_not_emptied_by_the_same_request_again() {
    let mut bench = Bench::telling();
    assert_eq!(bench.named(CREATE, PATH), ack(b""));
    assert_eq!(bench.named(CREATE, PATH), ack(b""));
    assert_eq!(bench.writes(3, 0, b"abc"), ack(b""), "the session that was opened is open");
    assert_eq!(bench.named(CREATE, PATH), ack(b""), "the same request, said again");
    assert_eq!(bench.contents(PATH).as_deref(), Some(&b"abc"[..]));
    bench.now = Tick(2_501);
    assert_eq!(bench.named(CREATE, PATH), ack(b""), "a new one");
    assert_eq!(bench.contents(PATH).as_deref(), Some(&b""[..]));
    for path in ["INCOMING/b", "INCOMING/c", "INCOMING/d"] {
        assert_eq!(bench.named(CREATE, path), ack(b""));
    }
    assert_eq!(bench.named(CREATE, "INCOMING/e"), nak(1), "there is no more room");
    bench.is_armed = true;
    assert_eq!(bench.named(REMOVE, PATH), nak(1));
}
