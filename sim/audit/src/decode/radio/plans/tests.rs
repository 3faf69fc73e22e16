//! What a live vehicle may say of plans, and when.

use crate::tests::live::{Asked, PILOT, STRANGER, Told, key, shown};

/// A way-point for somebody.
fn item(seq: u8, to: (u8, u8)) -> Vec<u8> {
    let mut wire = vec![0; 38];
    wire[12..16].copy_from_slice(&f32::NAN.to_le_bytes());
    wire[16..24].copy_from_slice(&[7, 0, 0, 28, 9, 0, 0, 5]);
    wire[24..28].copy_from_slice(&12.5_f32.to_le_bytes());
    wire[28..38].copy_from_slice(&[seq, 0, 16, 0, to.0, to.1, 6, 0, 1, 0]);
    wire
}

fn crc(items: &[Vec<u8>]) -> u32 {
    let mut hash = flate2::Crc::new();
    for item in items {
        let mut item = item.clone();
        item[32..34].fill(0);
        hash.update(&item);
    }
    hash.sum()
}

const US: (u8, u8) = (1, 1);

fn uploads() -> Vec<Asked> {
    vec![
        (100, PILOT, 44, vec![2, 0, 1, 1, 0]),
        (110, PILOT, 73, item(0, US)),
        (120, PILOT, 73, item(1, US)),
    ]
}

fn id() -> u32 {
    crc(&[item(0, US), item(1, US)])
}

fn request(tick: u64, seq: u8) -> Told {
    (tick, 51, vec![seq, 0, 255, 190, 0])
}

fn ack(tick: u64, outcome: u8, kind: u8, id: u32) -> Told {
    (tick, 47, [&[255, 190, outcome, kind][..], &id.to_le_bytes()].concat())
}

fn accepted() -> Vec<Told> {
    vec![request(100, 0), request(110, 1), ack(120, 0, 0, id())]
}

fn with(asked: Vec<Asked>, told: Vec<Told>) -> Vec<String> {
    shown(&[uploads(), asked].concat(), &[accepted(), told].concat())
}

#[test]
fn an_upload_is_asked_for_item_by_item_and_acknowledged() {
    let none: [&str; 0] = [];
    assert_eq!(with(vec![], vec![]), none);
    let no_upload = "MISSION_REQUEST_INT without an upload";
    let no_transfer = "MISSION_ACK without a transfer";
    let count = || vec![(100, PILOT, 44, vec![2, 0, 1, 1, 0])];
    for (asked, told, expected) in [
        (count(), vec![request(100, 0), request(225, 0), request(475, 0)], vec![]),
        (count(), vec![request(100, 0), request(224, 0)], vec![no_upload]),
        (count(), vec![request(100, 1)], vec![no_upload]),
        (count(), vec![request(153, 0)], vec![no_upload]),
        (vec![], vec![request(100, 0)], vec![no_upload]),
        (vec![(100, STRANGER, 44, vec![2, 0, 1, 1, 0])], vec![request(100, 0)], vec![no_upload]),
        ([vec![key(99)], count()].concat(), vec![request(100, 0)], vec![no_upload]),
        ([vec![key(99)], count()].concat(), vec![ack(100, 4, 0, 0)], vec![no_transfer]),
        (count(), vec![ack(100, 4, 0, 0)], vec![]),
        (count(), vec![ack(100, 0, 0, 0)], vec![no_transfer]),
        (count(), vec![ack(100, 7, 0, 0)], vec![no_transfer]),
        (count(), vec![ack(100, 4, 0, 9)], vec![no_transfer]),
        (vec![], vec![ack(100, 14, 0, 0)], vec![no_transfer]),
        (uploads(), vec![request(100, 0), request(110, 1), ack(120, 12, 0, 0)], vec![]),
        (uploads(), vec![request(100, 0), request(110, 1), ack(120, 0, 0, 77)], vec![no_transfer]),
        (vec![(100, PILOT, 45, vec![1, 1, 255])], vec![ack(100, 0, 255, 0)], vec![]),
        (vec![(100, PILOT, 45, vec![1, 1, 255])], vec![ack(100, 0, 1, 0)], vec![no_transfer]),
    ] {
        assert_eq!(shown(&asked, &told), expected, "{asked:?} {told:?}");
    }
    let late = [100, 225, 475, 975, 1975, 3975].map(|tick| request(tick, 0));
    assert_eq!(shown(&count(), &[&late[..], &[ack(7975, 1, 0, 0)]].concat()), none);
    assert_eq!(shown(&count(), &[&late[..], &[ack(7974, 1, 0, 0)]].concat()), [no_transfer]);
}

#[test]
fn items_go_back_to_the_byte_and_only_when_asked_for() {
    let count = |id: u32| (200, 44, [&[2, 0, 9, 1, 0][..], &id.to_le_bytes()].concat());
    let list = || (200, STRANGER, 43, vec![1, 1, 0]);
    let ask = |seq| (210, STRANGER, 51, vec![seq, 0, 1, 1, 0]);
    let changed = |at: usize| {
        let mut item = item(1, STRANGER);
        item[at] ^= 1;
        item
    };
    let another = "MISSION_COUNT without a question, or of another plan";
    let other = "MISSION_ITEM_INT is not the item that came";
    for (asked, told, expected) in [
        (vec![list()], count(id()), vec![]),
        (vec![], count(id()), vec![another]),
        (vec![list()], count(1), vec![another]),
        (vec![ask(1)], (210, 73, item(1, STRANGER)), vec![]),
        (vec![key(199), list()], count(id()), vec![another]),
        (vec![key(199), ask(1)], (210, 73, item(1, STRANGER)), vec![other]),
        (vec![ask(0)], (210, 73, item(1, STRANGER)), vec![other]),
        (vec![], (210, 73, item(1, STRANGER)), vec![other]),
        (vec![ask(1)], (263, 73, item(1, STRANGER)), vec![other]),
        // A bit in a parameter that is no number, in a place, in a flag.
        (vec![ask(1)], (210, 73, changed(12)), vec![other]),
        (vec![ask(1)], (210, 73, changed(16)), vec![other]),
        (vec![ask(1)], (210, 73, changed(35)), vec![other]),
    ] {
        assert_eq!(with(asked.clone(), vec![told.clone()]), expected, "{asked:?} {told:?}");
    }
}

#[test]
fn progress_is_told_in_step_with_the_plan() {
    let current = |tick, seq: u8, total: u16, state, mode, id: u32| {
        let head = [&[seq, 0][..], &total.to_le_bytes(), &[state, mode]].concat();
        (tick, 42, [&head[..], &id.to_le_bytes(), &[0; 8]].concat())
    };
    let reached = |tick, seq| (tick, 46, vec![seq, 0]);
    let out = "MISSION_CURRENT is not in step with the plan";
    let off = "MISSION_ITEM_REACHED is not in step with the plan";
    for (told, expected) in [
        (vec![current(500, 0, 2, 2, 2, id())], vec![]),
        (vec![current(500, 0, 2, 2, 2, id()), current(600, 1, 2, 3, 1, id())], vec![]),
        (vec![current(500, 0, 2, 2, 2, id()), current(600, 0, 2, 2, 2, id())], vec![out]),
        (vec![current(500, 2, 2, 2, 2, id())], vec![out]),
        (vec![current(500, 0, 3, 2, 2, id())], vec![out]),
        (vec![current(500, 0, 2, 2, 1, id())], vec![out]),
        (vec![current(500, 0, 2, 0, 2, id())], vec![out]),
        (vec![current(500, 0, 2, 2, 2, 5)], vec![out]),
        (vec![reached(300, 0), reached(301, 1)], vec![]),
        (vec![reached(300, 1), reached(301, 0)], vec![off]),
        (vec![reached(300, 0), reached(301, 0)], vec![off]),
        (vec![reached(300, 2)], vec![off]),
    ] {
        assert_eq!(with(vec![], told.clone()), expected, "{told:?}");
    }
    let none = |seq| vec![current(500, seq, u16::MAX, 1, 2, 0)];
    assert_eq!(shown(&[], &none(0)), [""; 0]);
    assert_eq!(shown(&[], &none(1)), [out]);
}
