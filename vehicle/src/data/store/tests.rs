//! The house on cards that are new, used, full, failing and full of nonsense.

use super::*;
use crate::consent::Ledger;
use crate::gate::{Body, Verdict, judge};
use crate::senses::LawName;
use crate::settings::Controls;
use alloc::format;
use alloc::vec;

struct Card {
    files: BTreeMap<String, usize>,
    free: u64,
    has_failed: bool,
}

impl Storage for Card {
    fn length(&self, path: &str) -> Option<usize> {
        self.files.get(path).copied()
    }
    fn read(&self, _path: &str, _offset: usize, _length: usize) -> &[u8] {
        panic!("the house is kept without reading")
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

fn card(paths: &[&str]) -> Card {
    let files = paths.iter().map(|path| (String::from(*path), 1070)).collect();
    Card { files, free: 1 << 30, has_failed: false }
}

/// What the writes do, as `4 PATH`: the operation's number and the file.
fn told(writes: Vec<Parcel>) -> Vec<String> {
    let (law, controls, ledger) = (LawName::Sealed, Controls::as_delivered(), Ledger::empty());
    let tell = |parcel| match judge(law, &controls, &ledger, parcel, Tick(0)) {
        Verdict::Cleared(cleared) => match cleared.body {
            Body::Card { operation, path, bytes } => {
                assert!(bytes.is_empty());
                format!("{} {path}", operation as u8)
            }
            _ => panic!("house is kept on the card alone"),
        },
        Verdict::Refused(refusal) => panic!("{refusal:?}"),
    };
    writes.into_iter().map(tell).collect()
}

#[test]
fn numbers_go_on_behind_the_highest_on_the_card() {
    let table: [(&[&str], [u32; 3]); 6] = [
        (&[], [1, 1, 1]),
        (&["LOG/LOG_0001.HLG", "LOG/LOG_0007.HLG"], [8, 1, 1]),
        (&["DCIM/100HUSHW/HW_0002.MKV", "DCIM/100HUSHW/HW_0001.JPG"], [1, 3, 1]),
        (&["DCIM/100HUSHW/HW_0004.JPG.TMP", "SOUND/SND_0002.AU"], [1, 5, 3]),
        (&["LOG/LOG_10000.HLG"], [10_001, 1, 1]),
        (
            &["LOG/LOG_.HLG", "LOG/LOG_+5.HLG", "LOG/LOG_99999999999.HLG", "LOG/LOG_0.HLG", "X"],
            [1, 1, 1],
        ),
    ];
    for (paths, [log, media, sound]) in table {
        let mut store = Store::unknown();
        store.boot(&card(paths));
        assert_eq!(store.next(), Numbers { log, media, sound }, "{paths:?}");
    }
}

#[test]
fn what_was_never_finished_is_wiped_and_deleted_at_boot() {
    let mut store = Store::unknown();
    let writes = store.boot(&card(&["DCIM/100HUSHW/HW_0001.JPG", "DCIM/100HUSHW/HW_0002.MKV.TMP"]));
    let unfinished = "DCIM/100HUSHW/HW_0002.MKV.TMP";
    assert_eq!(told(writes), [format!("4 {unfinished}"), format!("2 {unfinished}")]);
}

#[test]
fn whatever_ends_is_overwritten_first() {
    let mut store = Store::unknown();
    let card = card(&["CONSENT/LEDGER.HCL", "LOG/LOG_0001.HLG", "LOG/LOG_0002.HLG"]);
    store.boot(&card);
    assert_eq!(
        told(store.remove("LOG/LOG_0001.HLG", &card)),
        ["4 LOG/LOG_0001.HLG", "2 LOG/LOG_0001.HLG"]
    );
    assert!(told(store.remove("LOG/LOG_0009.HLG", &card)).is_empty());
    assert_eq!(told(store.remove_logs(&card)).len(), 4);
    assert_eq!(told(store.reset(&card)).len(), 6, "a reset leaves nothing");
    assert_eq!(store.next().log, 3, "and gives no number twice");
}

#[test]
fn a_capture_needs_room_and_a_card_that_takes_it() {
    let reserve = RESERVE_BYTES + LOG_RESERVE_BYTES;
    for (name, free, has_failed, expected) in [
        ("room for one", reserve + STILL_BYTES, false, Ok(())),
        ("not quite", reserve + STILL_BYTES - 1, false, Err(Text::CardFull)),
        ("none", 0, false, Err(Text::CardFull)),
        ("failing", 1 << 30, true, Err(Text::CardFailing)),
    ] {
        let mut store = Store::unknown();
        let card = Card { free, has_failed, ..card(&[]) };
        store.boot(&card);
        store.watch(Tick(5), &card);
        assert_eq!(store.may_capture(Tick(6), STILL_BYTES), expected, "{name}");
    }
}

#[test]
fn the_room_left_is_counted_in_prices_and_never_in_a_picture_s_size() {
    let mut rooms = vec![];
    for bytes in [9_000, 30_000, 60_000] {
        let mut store = Store::unknown();
        let mut card = card(&[]);
        store.boot(&card);
        store.charge(STILL_BYTES);
        card.files.insert(String::from("DCIM/100HUSHW/HW_0001.JPG"), bytes);
        card.free -= bytes as u64;
        store.watch(Tick(1), &card);
        store.remove("DCIM/100HUSHW/HW_0001.JPG", &card);
        rooms.push(store.room_bytes);
    }
    assert_eq!(rooms, [rooms[0]; 3]);
}

#[test]
fn a_failing_card_is_told_of_once_and_trusted_again_after_a_while() {
    let mut store = Store::unknown();
    let mut card = card(&[]);
    store.boot(&card);
    card.has_failed = true;
    assert_eq!(store.watch(Tick(10), &card), Some(Text::CardFailing));
    assert_eq!(store.watch(Tick(11), &card), None);
    assert!(store.is_failing(Tick(11 + FAILING_TICKS - 1)));
    assert!(!store.is_failing(Tick(11 + FAILING_TICKS)));
    card.free = 100;
    store.watch(Tick(20_000), &card);
    assert!(!store.is_failing(Tick(20_001)), "a full card is full, not failing");
    assert_eq!(store.may_capture(Tick(20_001), 1), Err(Text::CardFull));
}

#[test]
fn what_is_told_of_the_room_follows_no_size_and_no_log() {
    let mut told = Vec::new();
    for (picture, log) in [(1_070, 0), (20_000, 0), (20_000, 300_000)] {
        let mut card = card(&["DCIM/100HUSHW/HW_0001.JPG", "DCIM/100HUSHW/HW_0002.MKV"]);
        card.files.insert(String::from("DCIM/100HUSHW/HW_0001.JPG"), picture);
        if log > 0 {
            card.files.insert(String::from("LOG/LOG_0001.HLG"), log);
        }
        // A card is as large as it is, whatever lies on it.
        card.free = (1 << 30) - card.files.values().map(|length| *length as u64).sum::<u64>();
        let mut store = Store::unknown();
        store.boot(&card);
        store.charge(STILL_BYTES);
        told.push(store.room(Tick(0)));
        store.remove("DCIM/100HUSHW/HW_0001.JPG", &card);
        told.push(store.room(Tick(0)));
    }
    let room = |used_bytes| Room { bytes: 1 << 30, used_bytes, is_sound: true };
    let both = [room(2 * STILL_BYTES + FILM_BYTES_PER_S), room(STILL_BYTES + FILM_BYTES_PER_S)];
    assert_eq!(told, [both, both, both].concat());
}
