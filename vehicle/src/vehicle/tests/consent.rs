//! Consent: kept, listed, withdrawn, and never more than was given, whatever becomes of the card.

use super::bench::{Bench, PILOT, command_long};
use crate::consent::Scope;
use crate::senses::Tick;
use crate::words::{Class, Recipient};
use alloc::vec::Vec;

const LEDGER: &str = "CONSENT/LEDGER.HCL";
const LOG_2: [f32; 5] = [3.0, 2.0, 1.0, 0.0, 1.0];
const PICTURE_5: [f32; 5] = [2.0, 5.0, 0.0, 60.0, 1.0];

/// A command, and the logs that are granted to whom after it.
type Act = (u16, [f32; 5], &'static [(u32, Recipient)]);

fn allows(bench: &Bench, category: Class, object: u32, recipient: Recipient) -> bool {
    let scope = Scope { category, object, recipient };
    bench.vehicle.ledger.allows(scope, Tick(bench.now))
}

#[test]
fn a_grant_is_kept_listed_and_withdrawn() {
    let mut bench = Bench::new();
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0));
    assert_eq!(bench.command(PILOT, 31010, &PICTURE_5), Some(0));
    assert_eq!(bench.texts(), ["Grant recorded", "Grant recorded"]);
    assert_eq!(bench.card.files[LEDGER].len(), 8 + 2 * 72);
    let mut bench = bench.reboot();
    assert!(allows(&bench, Class::FlightLog, 2, Recipient::Maker));
    assert!(!allows(&bench, Class::FlightLog, 2, Recipient::Pilot));
    bench.command(PILOT, 31012, &[]);
    bench.wait(500);
    let list =
        ["Consent 1: log 2 to maker", "Consent 2: picture 5 to pilot", "Consent: end of list"];
    assert_eq!(bench.texts(), list);
    assert_eq!(bench.command(PILOT, 31011, &LOG_2), Some(0));
    assert_eq!(bench.command(PILOT, 31011, &LOG_2), Some(4), "nothing is left to withdraw");
    let bench = bench.reboot();
    assert!(!allows(&bench, Class::FlightLog, 2, Recipient::Maker));
    assert!(allows(&bench, Class::Imagery, 5, Recipient::Pilot));
}

#[test]
fn what_the_law_forbids_cannot_be_granted() {
    for category in [0.0, 1.0] {
        let mut bench = Bench::new();
        assert_eq!(bench.command(PILOT, 31010, &[category, 1.0, 1.0, 0.0, 1.0]), Some(2));
        assert_eq!(bench.texts(), ["Refused: never on this link"]);
        assert!(bench.card.files.is_empty());
    }
}

#[test]
fn a_grant_ends_by_itself_also_over_a_reboot() {
    let mut bench = Bench::new();
    bench.command(PILOT, 31010, &[3.0, 1.0, 1.0, 2.0, 1.0]);
    assert!(allows(&bench, Class::FlightLog, 1, Recipient::Maker));
    let mut bench = bench.reboot();
    assert!(allows(&bench, Class::FlightLog, 1, Recipient::Maker));
    bench.wait(500);
    assert!(!allows(&bench, Class::FlightLog, 1, Recipient::Maker));
}

#[test]
fn a_broken_ledger_is_no_consent_and_says_so() {
    let mut bench = Bench::new();
    bench.command(PILOT, 31010, &LOG_2);
    bench.card.files.get_mut(LEDGER).expect("it is kept").push(0);
    let mut bench = bench.reboot();
    assert!(!allows(&bench, Class::FlightLog, 2, Recipient::Maker));
    assert_eq!(bench.texts(), ["Consent lost: ledger broken"]);
    assert_eq!(bench.card.files[LEDGER], b"HWCONS01");
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0), "it can be given anew");
    let bench = bench.reboot();
    assert!(allows(&bench, Class::FlightLog, 2, Recipient::Maker));
}

#[test]
fn a_card_that_cannot_take_it_takes_no_grant() {
    let mut bench = Bench::new();
    bench.card.free_bytes = 79;
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(4));
    assert_eq!(bench.texts(), ["Card full"]);
    bench.card.free_bytes = 80;
    assert_eq!(bench.command(PILOT, 31010, &LOG_2), Some(0));
    bench.card.has_failed = true;
    assert_eq!(bench.command(PILOT, 31010, &PICTURE_5), Some(4));
    assert!(!allows(&bench, Class::Imagery, 5, Recipient::Pilot));
    // A withdrawal holds all the same, and the card ends up with no consent at all.
    assert_eq!(bench.command(PILOT, 31011, &LOG_2), Some(0));
    bench.card.has_failed = false;
    let bench = bench.reboot();
    assert!(!allows(&bench, Class::FlightLog, 2, Recipient::Maker));
}

#[test]
fn a_write_that_is_lost_loses_all_consent_on_the_card_too() {
    let mut bench = Bench::new();
    bench.command(PILOT, 31010, &LOG_2);
    let kept = bench.card.files[LEDGER].clone();
    let withdrawal = command_long(31011, &LOG_2);
    bench.says(PILOT, 76, &withdrawal);
    bench.card.files.insert(LEDGER.into(), kept);
    bench.wait(251);
    assert_eq!(bench.card.files[LEDGER], b"HWCONS01", "the chain begins anew");
    assert!(!allows(&bench, Class::FlightLog, 2, Recipient::Maker));
}

#[test]
fn power_cut_at_every_write_and_byte_never_leaves_more_than_was_granted() {
    let acts: [Act; 4] = [
        (31010, LOG_2, &[(2, Recipient::Maker)]),
        (31010, [3.0, 4.0, 0.0, 0.0, 1.0], &[(2, Recipient::Maker), (4, Recipient::Pilot)]),
        (31011, LOG_2, &[(4, Recipient::Pilot)]),
        (31011, [3.0, 4.0, 0.0, 0.0, 1.0], &[]),
    ];
    for cut_in in 0..acts.len() {
        for kept in 0..=80 {
            let mut bench = Bench::new();
            for (number, p, _) in &acts[..cut_in] {
                bench.command(PILOT, *number, p);
            }
            let before = bench.card.clone();
            let (number, p, after) = &acts[cut_in];
            bench.writes.clear();
            let frame = command_long(*number, p);
            bench.says(PILOT, 76, &frame);
            let mut torn = before;
            torn.take(&bench.writes[0], kept);
            let bench = Bench { card: torn, ..bench }.reboot();
            let granted_before = if cut_in == 0 { &[][..] } else { acts[cut_in - 1].2 };
            // The act whose write is torn was never acknowledged: either side of it is right, nothing else is.
            let held: Vec<_> = [(2, Recipient::Maker), (4, Recipient::Pilot)]
                .into_iter()
                .filter(|&(object, to)| allows(&bench, Class::FlightLog, object, to))
                .collect();
            let is_right = held.is_empty() || held == granted_before || held == *after;
            assert!(is_right, "act {cut_in}, {kept} bytes: {held:?}");
        }
    }
}

#[test]
fn a_factory_reset_leaves_nothing() {
    let mut bench = Bench::new();
    bench.command(PILOT, 31010, &LOG_2);
    bench.says(PILOT, 23, &super::bench::param_set("UP_LOGS", 1));
    assert_eq!(bench.card.files.len(), 2);
    bench.texts();
    bench.writes.clear();
    assert_eq!(bench.command(PILOT, 245, &[4.0]), Some(0));
    assert_eq!(bench.texts(), ["Factory reset"]);
    assert!(bench.card.files.is_empty());
    let operations: Vec<u8> = bench.writes.iter().map(|write| write[0]).collect();
    assert_eq!(operations, [4, 2, 4, 2], "overwritten, then deleted");
    assert!(!allows(&bench, Class::FlightLog, 2, Recipient::Maker));
    let bench = bench.reboot();
    assert!(!allows(&bench, Class::FlightLog, 2, Recipient::Maker));
}
