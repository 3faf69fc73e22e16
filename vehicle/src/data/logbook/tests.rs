//! The log on cards that lose power, fill up, fail and tear, read back with the owner's key.

use super::container::{BLOCK, BLOCKS_MAX, HEADER, PLAIN};
use super::*;
use crate::consent::Ledger;
use crate::gate::{Body, Verdict, judge};
use crate::senses::LawName;
use crate::settings::Controls;
use alloc::collections::BTreeMap;
use alloc::string::String;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use x25519_dalek::StaticSecret;

/// A card in memory. `takes` is how many bytes of the next append it still takes.
struct Card {
    files: BTreeMap<String, Vec<u8>>,
    free: u64,
    has_failed: bool,
    takes: Option<usize>,
    refuses: bool,
}

impl Card {
    fn with_free(free: u64) -> Self {
        Self { files: BTreeMap::new(), free, has_failed: false, takes: None, refuses: false }
    }

    fn take(&mut self, writes: Vec<Parcel>) {
        self.has_failed = false;
        for parcel in writes {
            let Verdict::Cleared(cleared) = judge(
                LawName::Sealed,
                &Controls::as_delivered(),
                &Ledger::empty(),
                parcel,
                Tick(0),
            ) else {
                panic!("the law lets a sealed log onto the card")
            };
            let Body::Card { operation, path, mut bytes } = cleared.body else {
                panic!("a log goes to the card and nowhere else")
            };
            match operation as u8 {
                0 => {
                    if let Some(taken) = self.takes.take() {
                        self.has_failed = true;
                        bytes.truncate(taken);
                    }
                    self.has_failed |= self.refuses;
                    if !self.refuses && (!self.has_failed || !bytes.is_empty()) {
                        self.files.entry(path).or_default().extend(bytes);
                    }
                }
                2 => drop(self.files.remove(&path)),
                4 => self.files.get_mut(&path).expect("a file to wipe").fill(0),
                _ => panic!("the log neither replaces nor renames"),
            }
        }
    }

    fn names(&self) -> Vec<&str> {
        self.files.keys().map(|path| &path[8..12]).collect()
    }
}

impl Storage for Card {
    fn length(&self, path: &str) -> Option<usize> {
        self.files.get(path).map(Vec::len)
    }
    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8] {
        let file = self.files.get(path).map_or(&[][..], Vec::as_slice);
        file.get(offset..(offset + length).min(file.len())).unwrap_or_default()
    }
    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }
    fn free_bytes(&self) -> u64 {
        self.free
    }
    fn has_failed(&self) -> bool {
        self.has_failed
    }
}

fn owner() -> StaticSecret {
    StaticSecret::from([9; 32])
}

fn start() -> LogEntry {
    LogEntry::start("0.1.0", 48.0, 11.5, 520.0)
}

struct Bench {
    card: Card,
    store: Store,
    book: Logbook,
}

impl Bench {
    fn on(card: Card) -> Self {
        let mut store = Store::unknown();
        store.boot(&card);
        let mut book = Logbook::new(PublicKey::from(&owner()).to_bytes());
        let mut bench = Self { store, card, book: Logbook::new([0; 32]) };
        bench.card.take(book.open(Tick(0), [5; 32], start(), &mut bench.store));
        bench.book = book;
        bench
    }

    fn add(&mut self, tick: u64) {
        let writes = self.book.watch(Tick(tick), &self.card, &mut self.store);
        self.card.take(writes);
        let entry = LogEntry::new(Kind::Waypoint, b"OAK BY THE GATE".to_vec());
        let writes = self.book.add(Tick(tick), &entry, &mut self.store);
        self.card.take(writes);
    }

    fn close(&mut self, tick: u64) -> bool {
        let writes = self.book.watch(Tick(tick), &self.card, &mut self.store);
        self.card.take(writes);
        let (writes, lost) = self.book.close(Tick(tick), &mut self.store);
        self.card.take(writes);
        lost
    }

    /// Records of each kind in a file, and the sum of all that it says was lost.
    fn tally(&self, object: u32) -> (BTreeMap<u8, u32>, u32) {
        let (mut kinds, mut lost) = (BTreeMap::new(), 0);
        for (kind, payload) in records(&self.card.files[&path(object)]) {
            *kinds.entry(kind).or_insert(0) += 1;
            if kind == Kind::Lost as u8 {
                lost += u32::from_le_bytes(payload.try_into().expect("4 bytes"));
            }
        }
        (kinds, lost)
    }
}

/// Every record of every block that opens, as the owner reads it.
fn records(file: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut found = Vec::new();
    let Some((header, blocks)) = file.split_at_checked(HEADER) else { return found };
    let ephemeral: [u8; 32] = header[8..].try_into().expect("a key of 32 bytes");
    let mut key = Sha256::new();
    key.update(b"hushwing log 1");
    key.update(owner().diffie_hellman(&PublicKey::from(ephemeral)).as_bytes());
    key.update(ephemeral);
    key.update(PublicKey::from(&owner()).as_bytes());
    let cipher = ChaCha20Poly1305::new(&key.finalize());
    for (number, block) in blocks.chunks(BLOCK).enumerate() {
        let mut nonce = [0; 12];
        nonce[8..].copy_from_slice(&(number as u32).to_le_bytes());
        let Some(mut plain) = block.get(6..).map(<[u8]>::to_vec) else { continue };
        if cipher.decrypt_in_place(&Nonce::from(nonce), header, &mut plain).is_err() {
            continue;
        }
        let mut rest = &plain[..];
        while rest.len() >= RECORD_HEAD && rest[0] != 0 {
            let (head, behind) = rest.split_at(RECORD_HEAD);
            let (payload, behind) = behind.split_at(usize::from(head[1]));
            let record = table::RECORDS[usize::from(head[0]) - 1];
            assert_eq!(payload.len(), record.payload_bytes(), "{}", record.name);
            found.push((head[0], payload.to_vec()));
            rest = behind;
        }
        assert!(rest.iter().all(|&byte| byte == 0), "zeros behind the records");
    }
    found
}

#[test]
fn the_owner_can_open_the_log_and_it_tells_nothing_in_clear() {
    let mut bench = Bench::on(Card::with_free(1 << 20));
    bench.add(500);
    assert!(!bench.close(501));
    let file = &bench.card.files["LOG/LOG_0001.HLG"];
    assert_eq!(file.len(), HEADER + BLOCK);
    assert!(!file.windows(3).any(|w| w == b"OAK"));
    let found = records(file);
    assert_eq!((found[0].0, &found[0].1[..5]), (Kind::Start as u8, &b"0.1.0"[..]));
    assert_eq!(found[1], (Kind::Waypoint as u8, b"OAK BY THE GATE\0".to_vec()));
}

#[test]
fn no_length_follows_what_a_record_says() {
    let lengths = ["", "A", "A LONGER NAME", "A NAME THAT IS MUCH TOO LONG"].map(|label| {
        let mut bench = Bench::on(Card::with_free(1 << 20));
        let entry = LogEntry::new(Kind::Waypoint, label.as_bytes().to_vec());
        for tick in 0..100 {
            let writes = bench.book.add(Tick(tick), &entry, &mut bench.store);
            bench.card.take(writes);
        }
        bench.card.files["LOG/LOG_0001.HLG"].len()
    });
    assert_eq!(lengths, [lengths[0]; 4]);
}

#[test]
fn power_lost_at_any_byte_costs_at_most_the_last_block() {
    let mut bench = Bench::on(Card::with_free(1 << 20));
    (0..200).for_each(|tick| bench.add(tick));
    bench.close(200);
    let file = &bench.card.files["LOG/LOG_0001.HLG"];
    let whole: Vec<usize> =
        file[HEADER..].chunks(BLOCK).enumerate().map(|(n, _)| HEADER + (n + 1) * BLOCK).collect();
    assert!(whole.len() >= 4, "enough blocks to cut");
    let in_blocks: Vec<usize> = whole.iter().map(|&end| records(&file[..end]).len()).collect();
    for cut in 0..=file.len() {
        let opened = whole.iter().rposition(|&end| end <= cut).map_or(0, |n| in_blocks[n]);
        assert_eq!(records(&file[..cut]).len(), opened, "cut at {cut}");
    }
}

#[test]
fn a_full_file_is_followed_by_the_next_number_and_no_record_is_lost() {
    let mut bench = Bench::on(Card::with_free(8 << 20));
    let records_in_file = BLOCKS_MAX as usize * (PLAIN / 22);
    let total = records_in_file as u64 + 500;
    (0..total).for_each(|tick| bench.add(tick));
    assert!(!bench.close(total));
    assert_eq!(bench.card.names(), ["0001", "0002"]);
    let first = bench.card.files["LOG/LOG_0001.HLG"].len();
    assert!((2 * 1024 * 1024 - BLOCK..=2 * 1024 * 1024).contains(&first), "{first}");
    let (one, lost_one) = bench.tally(1);
    let (two, lost_two) = bench.tally(2);
    let waypoints = one[&8] + two[&8];
    assert_eq!((u64::from(waypoints), lost_one + lost_two), (total, 0));
    assert_eq!((two[&23], two[&28]), (1, 1), "the new file says where it begins and why");
    let headers = [1, 2].map(|n| bench.card.files[&path(n)][8..HEADER].to_vec());
    assert_ne!(headers[0], headers[1], "each file has a key of its own");
}

#[test]
fn on_a_full_card_the_oldest_log_makes_room_and_the_stream_says_so() {
    let mut card = Card::with_free(16 * 1024 + 6 * BLOCK as u64);
    for (name, blocks) in [("LOG/LOG_0003.HLG", 3), ("LOG/LOG_0007.HLG", 5)] {
        card.files.insert(name.into(), alloc::vec![7; HEADER + blocks * BLOCK]);
    }
    let mut bench = Bench::on(card);
    (0..300).for_each(|tick| bench.add(tick));
    assert!(bench.close(300));
    assert_eq!(bench.card.names(), ["0007", "0008"]);
    let (kinds, lost) = bench.tally(8);
    assert_eq!((kinds[&8], lost, kinds[&28]), (300, 3, 1));
}

#[test]
fn with_no_room_at_all_what_does_not_fit_is_counted() {
    let mut bench = Bench::on(Card::with_free(16 * 1024 + HEADER as u64 + 2 * BLOCK as u64));
    (0..400).for_each(|tick| bench.add(tick));
    assert!(bench.close(400));
    assert_eq!(bench.card.files["LOG/LOG_0001.HLG"].len(), HEADER + 2 * BLOCK);
    let (kinds, lost) = bench.tally(1);
    assert!(kinds[&8] < 100 && lost == 0, "the two blocks are whole");
}

#[test]
fn behind_a_torn_block_nothing_is_written_and_the_log_goes_on_under_the_next_number() {
    for taken in [0, 1, 6, 500, BLOCK - 1] {
        let mut bench = Bench::on(Card::with_free(1 << 20));
        for tick in 0..300 {
            if tick == 150 {
                bench.card.takes = Some(taken);
            }
            bench.add(tick);
        }
        assert!(bench.close(300), "{taken}");
        assert_eq!(bench.card.names(), ["0001", "0002"], "{taken}");
        let ((one, _), (two, lost)) = (bench.tally(1), bench.tally(2));
        assert_eq!(one[&8] + two[&8] + lost, 300, "{taken}");
        assert!(lost <= (PLAIN / 22) as u32, "at most a block: {lost}");
    }
}

#[test]
fn a_card_that_takes_nothing_any_more_is_left_alone_and_flight_records_go_on_later() {
    let mut bench = Bench::on(Card::with_free(1 << 20));
    for tick in 0..20_000 {
        bench.card.refuses = (1_000..12_000).contains(&tick);
        bench.add(tick);
    }
    assert!(bench.close(20_000));
    assert_eq!(bench.card.names(), ["0001", "0002"]);
    let ((one, _), (two, lost)) = (bench.tally(1), bench.tally(2));
    assert_eq!(one[&8] + two[&8] + lost, 20_000);
}
