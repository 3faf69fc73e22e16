//! Transfers as a ground station sees them, with all that may go wrong.

use super::super::{NOT_GIVEN, read};
use super::*;
use crate::consent::Ledger;
use crate::gate::{Body, Verdict, judge};
use crate::radio::frame::Received;
use crate::radio::port::Port;
use crate::senses::LawName;
use crate::settings::Controls;

const A: (u8, u8) = (255, 190);
const B: (u8, u8) = (255, 1);

/// MISSION_ITEM_INT: a way-point with the parameters of a ground station, some of them no numbers.
pub(super) fn wire(seq: u16, command: u16, frame: u8, p1: f32, kind: u8) -> [u8; 38] {
    let mut wire = [0; 38];
    wire[..4].copy_from_slice(&p1.to_le_bytes());
    wire[12..16].copy_from_slice(&0x7FC0_1234_u32.to_le_bytes());
    wire[16..20].copy_from_slice(&473_977_421_i32.to_le_bytes());
    wire[20..24].copy_from_slice(&(85_455_939_i32 + i32::from(seq) * 1_000).to_le_bytes());
    wire[24..28].copy_from_slice(&12.5_f32.to_le_bytes());
    wire[28..30].copy_from_slice(&seq.to_le_bytes());
    wire[30..32].copy_from_slice(&command.to_le_bytes());
    wire[32..].copy_from_slice(&[1, 1, frame, u8::from(seq == 0), 1, kind]);
    wire
}

fn heard(transfer: &mut Transfer, id: u32, payload: &[u8], from: (u8, u8)) -> Vec<u8> {
    heard_at(transfer, id, payload, from, true, Tick(0))
}

/// What is said to a frame: the number of the message and its payload.
fn heard_at(
    transfer: &mut Transfer,
    id: u32,
    payload: &[u8],
    (system, component): (u8, u8),
    is_pilot: bool,
    now: Tick,
) -> Vec<u8> {
    let Some(said) = read(&Received { system, component, id, payload }) else { return Vec::new() };
    let station = Station { port: Port::First, id: (system, component) };
    match transfer.hear(said, station, is_pilot, None, now) {
        Answer::Nothing => Vec::new(),
        Answer::Say(parcel) | Answer::Changed(_, parcel) => bytes(parcel),
    }
}

fn bytes(parcel: Parcel) -> Vec<u8> {
    let (controls, ledger) = (Controls::as_delivered(), Ledger::empty());
    match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(0)) {
        Verdict::Cleared(cleared) => match cleared.body {
            Body::Message { id, payload, .. } => [&[id as u8][..], &payload].concat(),
            _ => panic!("plans go by the radio"),
        },
        Verdict::Refused(refusal) => panic!("{refusal:?}"),
    }
}

fn count(items: u16, kind: u8) -> [u8; 5] {
    let [low, high] = items.to_le_bytes();
    [low, high, 1, 1, kind]
}

/// Sends items; the last answer.
fn upload(transfer: &mut Transfer, items: &[[u8; 38]], kind: u8) -> Vec<u8> {
    let mut last = heard(transfer, 44, &count(items.len() as u16, kind), A);
    for item in items {
        if outcome(&last).is_some() {
            break;
        }
        last = heard(transfer, 73, item, A);
    }
    last
}

/// The outcome of an acknowledgement to A.
fn outcome(said: &[u8]) -> Option<u8> {
    (said.first() == Some(&47)).then(|| said[3])
}

fn two() -> [[u8; 38]; 2] {
    [wire(0, 22, 6, f32::NAN, 0), wire(1, 16, 6, 3.0, 0)]
}

#[test]
fn a_plan_comes_item_by_item_and_goes_back_as_it_came() {
    let mut transfer = Transfer::none();
    assert_eq!(heard(&mut transfer, 44, &count(2, 0), A), [51, 0, 0, 255, 190, 0]);
    assert_eq!(heard(&mut transfer, 73, &two()[0], A), [51, 1, 0, 255, 190, 0]);
    let done = heard(&mut transfer, 73, &two()[1], A);
    assert_eq!(outcome(&done), Some(0));
    let id = transfer.plan(Kind::Mission).id;
    assert_eq!(done[5..9], id.to_le_bytes());
    assert_ne!(id, 0);
    // Anybody may read it.
    let told = heard_at(&mut transfer, 43, &[1, 1, 0], B, false, Tick(9));
    assert_eq!(told[..6], [44, 2, 0, 255, 1, 0]);
    assert_eq!(told[6..], id.to_le_bytes());
    for (seq, sent) in two().iter().enumerate() {
        for request in [40, 51] {
            let item = heard(&mut transfer, request, &[seq as u8, 0, 1, 1, 0], B);
            let mut expected = sent.to_vec();
            expected[32..34].copy_from_slice(&[255, 1]);
            assert_eq!(item, [&[73], &expected[..]].concat());
        }
    }
    assert_eq!(outcome(&heard(&mut transfer, 51, &[2, 0, 1, 1, 0], B)), Some(13));
}

#[test]
fn what_is_wrong_with_an_item_is_said_and_the_old_plan_stays() {
    let good = two();
    let with = |change: fn(&mut [u8; 38])| {
        let mut item = wire(1, 16, 6, 3.0, 0);
        change(&mut item);
        [good[0], item]
    };
    let mut transfer = Transfer::none();
    assert_eq!(outcome(&upload(&mut transfer, &good, 0)), Some(0));
    let before = transfer.plan(Kind::Mission).clone();
    for (name, items, expected) in [
        ("an unknown command", with(|i| i[30..32].copy_from_slice(&65_000_u16.to_le_bytes())), 3),
        ("a film", with(|i| i[30..32].copy_from_slice(&2500_u16.to_le_bytes())), 3),
        ("an unknown frame", with(|i| i[34] = 99), 2),
        ("a local frame", with(|i| i[34] = 1), 2),
        ("no number for a height", with(|i| i[24..28].copy_from_slice(&[0, 0, 0xC0, 0x7F])), 12),
        ("an endless height", with(|i| i[24..28].copy_from_slice(&[0, 0, 0x80, 0x7F])), 12),
        ("off the Earth", with(|i| i[16..20].copy_from_slice(&910_000_000_i32.to_le_bytes())), 10),
        ("no place", with(|i| i[16..20].copy_from_slice(&NOT_GIVEN.to_le_bytes())), 10),
        ("a stay before it comes", with(|i| i[..4].copy_from_slice(&(-1_f32).to_le_bytes())), 6),
        ("a jump to nowhere", with(|i| i[30..32].copy_from_slice(&177_u16.to_le_bytes())), 6),
    ] {
        assert_eq!(outcome(&upload(&mut transfer, &items, 0)), Some(expected), "{name}");
        assert_eq!(*transfer.plan(Kind::Mission), before, "{name}");
        assert!(transfer.upload.is_none(), "{name}");
    }
}

#[test]
fn counts_that_lie_parts_and_kinds_that_there_are_not_are_refused() {
    for (id, payload, expected) in [
        (44, &count(501, 0)[..], Some(4)),
        (44, &count(u16::MAX, 1), Some(4)),
        (44, &count(3, 3), Some(3)),
        (44, &count(3, 255), Some(3)),
        (38, &[0, 0, 1, 0, 1, 1, 0], Some(3)),
        (43, &[1, 1, 77], Some(3)),
        (45, &[1, 1, 4], Some(3)),
        (45, &[1, 1, 255], Some(0)),
        (44, &[], Some(0)),
        // For somebody else.
        (44, &[3, 0, 7, 1, 0], None),
        (44, &[3, 0, 1, 100, 0], None),
        // Items and requests without a transfer.
        (73, &two()[0], None),
        (51, &[0, 0, 1, 1, 0], None),
        (47, &[1, 1, 0, 0], None),
    ] {
        let mut transfer = Transfer::none();
        let said = heard(&mut transfer, id, payload, A);
        assert_eq!(outcome(&said), expected, "{id} {payload:?}");
        assert_eq!(said.is_empty(), expected.is_none());
        assert!(transfer.upload.is_none());
    }
}

#[test]
fn one_upload_at_a_time_and_by_the_pilot_alone() {
    let mut transfer = Transfer::none();
    let stranger = heard_at(&mut transfer, 44, &count(2, 0), (254, 190), false, Tick(0));
    assert_eq!(outcome(&stranger), Some(14));
    heard(&mut transfer, 44, &count(2, 0), A);
    assert_eq!(outcome(&heard(&mut transfer, 44, &count(1, 1), B)), Some(14));
    assert_eq!(outcome(&heard(&mut transfer, 45, &[1, 1, 0], B)), Some(14));
    assert!(heard(&mut transfer, 73, &two()[0], B).is_empty(), "of another partner");
    assert!(heard(&mut transfer, 73, &two()[1], A).is_empty(), "too early");
    heard(&mut transfer, 73, &two()[0], A);
    assert!(heard(&mut transfer, 73, &two()[0], A).is_empty(), "twice");
    assert_eq!(outcome(&heard(&mut transfer, 73, &two()[1], A)), Some(0));
}

#[test]
fn what_does_not_come_is_asked_for_five_times_more_and_a_cancelled_transfer_never() {
    let mut transfer = Transfer::none();
    heard(&mut transfer, 44, &count(2, 0), A);
    let due: Vec<(u64, Vec<u8>)> =
        (0..10_000).filter_map(|tick| Some((tick, bytes(transfer.due(Tick(tick))?)))).collect();
    let ticks: Vec<u64> = due.iter().map(|(tick, _)| *tick).collect();
    assert_eq!(ticks, [125, 375, 875, 1875, 3875, 7875]);
    assert!(due[..5].iter().all(|(_, said)| said[..] == [51, 0, 0, 255, 190, 0]));
    assert_eq!(outcome(&due[5].1), Some(1));
    assert_eq!(transfer.plan(Kind::Mission).items, []);
    heard(&mut transfer, 44, &count(2, 0), A);
    heard(&mut transfer, 47, &[1, 1, 15, 0], A);
    assert!((0..10_000).all(|tick| transfer.due(Tick(tick)).is_none()));
    assert!(heard(&mut transfer, 73, &two()[0], A).is_empty());
}

#[test]
fn who_reads_while_the_plan_changes_hears_that_it_has() {
    let mut transfer = Transfer::none();
    upload(&mut transfer, &two(), 0);
    heard(&mut transfer, 43, &[1, 1, 0], B);
    heard(&mut transfer, 51, &[0, 0, 1, 1, 0], B);
    upload(&mut transfer, &[two()[0], wire(1, 21, 6, 0.0, 0)], 0);
    assert_eq!(outcome(&heard(&mut transfer, 51, &[1, 0, 1, 1, 0], B)), Some(1));
    // However many read, what is held of them is bounded.
    for component in 0..=255 {
        heard(&mut transfer, 43, &[1, 1, 0], (200, component));
    }
    assert_eq!(transfer.readers.len(), READERS);
}

#[test]
fn a_fence_is_whole_or_not_at_all() {
    let corner = |seq, corners| wire(seq, 5001, 5, corners, 1);
    let circle = |seq, radius_m| wire(seq, 5004, 5, radius_m, 1);
    for (name, items, expected) in [
        ("a triangle", [corner(0, 3.0), corner(1, 3.0), corner(2, 3.0)].to_vec(), 0),
        ("a circle and the way back", [circle(0, 50.0), wire(1, 5000, 5, 0.0, 1)].to_vec(), 0),
        ("a corner missing", [corner(0, 3.0), corner(1, 3.0)].to_vec(), 5),
        ("cut by a circle", [corner(0, 3.0), corner(1, 3.0), circle(2, 9.0)].to_vec(), 5),
        ("of other sizes", [corner(0, 3.0), corner(1, 3.0), corner(2, 4.0)].to_vec(), 5),
        ("two corners", [corner(0, 2.0), corner(1, 2.0)].to_vec(), 6),
        ("no number of corners", [corner(0, f32::NAN), corner(1, 3.0)].to_vec(), 6),
        ("a circle of nothing", [circle(0, 0.0)].to_vec(), 6),
        ("a circle without end", [circle(0, f32::INFINITY)].to_vec(), 6),
        ("a way-point", [wire(0, 16, 5, 0.0, 1)].to_vec(), 3),
    ] {
        let mut transfer = Transfer::none();
        assert_eq!(outcome(&upload(&mut transfer, &items, 1)), Some(expected), "{name}");
        let kept = transfer.plan(Kind::Fence).items.len();
        assert_eq!(kept, if expected == 0 { items.len() } else { 0 }, "{name}");
    }
    let mut transfer = Transfer::none();
    assert_eq!(outcome(&upload(&mut transfer, &[wire(0, 5100, 3, 0.0, 2)], 2)), Some(0));
    assert_eq!(outcome(&upload(&mut transfer, &[wire(0, 5001, 3, 3.0, 2)], 2)), Some(3));
}

#[test]
fn the_old_form_is_taken_and_goes_back_in_the_new() {
    let mut old = wire(0, 16, 3, 0.0, 0);
    old[16..20].copy_from_slice(&47.5_f32.to_le_bytes());
    old[20..24].copy_from_slice(&8.25_f32.to_le_bytes());
    let mut transfer = Transfer::none();
    heard(&mut transfer, 44, &count(1, 0), A);
    assert_eq!(outcome(&heard(&mut transfer, 39, &old, A)), Some(0));
    let item = transfer.plan(Kind::Mission).items[0];
    assert_eq!((item.x, item.y), (475_000_000, 82_500_000));
    old[16..20].copy_from_slice(&f32::NAN.to_le_bytes());
    heard(&mut transfer, 44, &count(1, 0), A);
    assert_eq!(outcome(&heard(&mut transfer, 39, &old, A)), Some(10));
}

#[test]
fn any_bytes_at_all_are_heard_without_harm() {
    let mut transfer = Transfer::none();
    for id in 37..=73 {
        for length in 0..=40 {
            for byte in [0, 1, 0xA5, 0xFF] {
                heard(&mut transfer, id, &[byte; 40][..length], A);
            }
        }
    }
    assert!(transfer.plans.iter().all(|plan| plan.items.is_empty()));
}
