//! Each message against the field tables of F3411-22a, and which of them may be said when.

use super::*;
use crate::data::identity::{OperatorPlace, Told};
use crate::flight::bench::provision;
use crate::flight::{Flight, Landed, Mode};
use crate::gate::{Verdict, judge};
use crate::radio::frame::Received;
use crate::senses::{Gnss, GnssFix, LawName};
use crate::settings::Controls;
use crate::vault::Vault;
use crate::{consent::Ledger, gate::Body};
use alloc::vec;
use glam::DVec3;

const SERIAL: &str = "HWX17ABCDEFGHJKLMNPQ";

fn state() -> State {
    State {
        ready: true,
        velocity_ned_mps: DVec3::new(0.0, -4.0, -1.0),
        lat_deg: 48.1,
        lon_deg: -11.5,
        alt_m: 530.0,
        home_alt_m: 520.0,
        height_m: 10.0,
        fix: GnssFix::ThreeD,
        gnss: Some(Gnss {
            fix: GnssFix::ThreeD,
            lat_deg: 48.1,
            lon_deg: -11.5,
            alt_m: 530.0,
            velocity_ned_mps: DVec3::ZERO,
            horizontal_sd_m: 1.0,
            vertical_sd_m: 1.5,
            satellites: 14,
        }),
        mode: Mode::Hold,
        armed: true,
        landed: Landed::InAir,
        ..Flight::new(&provision(&[])).state().clone()
    }
}

fn operator() -> Identity {
    let vault = Vault::new([3; 32]);
    let mut identity = Identity::unknown([1; 32]);
    let mut wire = vec![0; 43];
    wire[..2].copy_from_slice(&[1, 1]);
    wire[23..39].copy_from_slice(b"FIN87astrdge12k8");
    let frame = Received { system: 255, component: 190, id: 12_905, payload: &wire };
    let told = crate::data::identity::read(&frame).expect("a registration");
    identity.told(told, Tick(0), &vault, &[0; 32]);
    let place = OperatorPlace { lat_e7: 481_000_000, lon_e7: -115_000_000, alt_m: 521.0 };
    identity.told(Told::Stands(place), Tick(0), &vault, &[0; 32]);
    identity
}

fn said(now: u64, state: &State, identity: &Identity, fix_at: Option<u64>) -> Vec<Vec<u8>> {
    let room = RemoteId { fix_at: fix_at.map(Tick) };
    let known = Known { state, serial: SERIAL, identity };
    room.due(Tick(now), &known)
        .into_iter()
        .map(|parcel| {
            let (law, controls) = (LawName::Sealed, Controls::as_delivered());
            match judge(law, &controls, &Ledger::empty(), parcel, Tick(now)) {
                Verdict::Cleared(cleared) => match cleared.body {
                    Body::Plain(bytes) => bytes,
                    _ => panic!("a broadcast is plain bytes"),
                },
                Verdict::Refused(refusal) => panic!("{refusal:?}"),
            }
        })
        .collect()
}

fn kinds(messages: &[Vec<u8>]) -> Vec<u8> {
    messages.iter().map(|message| message[0] >> 4).collect()
}

/// Bytes from a place on.
type Field<'a> = (usize, &'a [u8]);

/// What is known of flight, operator and fix, and the kinds of messages that belong in a pack.
type Pack<'a> = (&'a str, &'a State, &'a Identity, Option<u64>, &'a [u8]);

#[test]
fn every_message_has_the_bytes_of_its_field_table() {
    let messages = said(1_500, &state(), &operator(), Some(1_450));
    assert_eq!(kinds(&messages), [0, 1, 3, 4, 5]);
    let expected: [(&str, &[Field<'_>]); 5] = [
        ("Basic ID: serial of a multirotor", &[(0, &[0x02, 0x12]), (2, SERIAL.as_bytes())]),
        (
            "Location: airborne, west, 4 m/s, up 1 m/s",
            &[
                (0, &[0x12, 0x22, 90, 16, 2]),
                (5, &481_000_000_i32.to_le_bytes()),
                (9, &(-115_000_000_i32).to_le_bytes()),
                (13, &3_060_u16.to_le_bytes()),
                (15, &3_060_u16.to_le_bytes()),
                (17, &2_020_u16.to_le_bytes()),
                (19, &[0x4A, 0x43]),
                (21, &30_u16.to_le_bytes()),
                (23, &[1]),
            ],
        ),
        ("Self-ID: text", &[(0, &[0x32, 0]), (2, b"Recreational")]),
        (
            "System: live place of one operator",
            &[
                (0, &[0x42, 1]),
                (2, &481_000_000_i32.to_le_bytes()),
                (6, &(-115_000_000_i32).to_le_bytes()),
                (10, &[1, 0]),
                (18, &3_042_u16.to_le_bytes()),
                (20, &220_924_803_u32.to_le_bytes()),
            ],
        ),
        ("Operator ID", &[(0, &[0x52, 0]), (2, b"FIN87astrdge12k8")]),
    ];
    for (message, (name, fields)) in messages.iter().zip(expected) {
        let mut whole = [0; 25];
        for (at, bytes) in fields {
            whole[*at..at + bytes.len()].copy_from_slice(bytes);
        }
        assert_eq!(message[..], whole, "{name}: all else is zero");
    }
}

#[test]
fn a_pack_holds_what_applies_in_order_and_nothing_else() {
    let identity = operator();
    let nobody = Identity::unknown([1; 32]);
    let grounded = State { armed: false, ..state() };
    let lost = State { gnss: None, ..state() };
    let flying = state();
    let table: [Pack<'_>; 5] = [
        ("all of it", &flying, &identity, Some(700), &[0, 1, 3, 4, 5]),
        ("no operator known", &flying, &nobody, Some(700), &[0, 1, 3]),
        ("disarmed", &grounded, &identity, Some(700), &[0, 1, 3, 5]),
        ("fix too old", &flying, &identity, Some(200), &[0, 1, 3, 5]),
        ("never a fix", &lost, &identity, None, &[0, 3, 5]),
    ];
    for (name, state, identity, fix_at, expected) in table {
        let packs = said(750, state, identity, fix_at);
        let [pack] = &packs[..] else { panic!("{name}: one pack at its phase") };
        assert_eq!(pack[..3], [0xF2, 25, expected.len() as u8], "{name}");
        assert_eq!(pack.len(), 3 + 25 * expected.len(), "{name}");
        let inner: Vec<u8> = pack[3..].chunks(25).map(|message| message[0] >> 4).collect();
        assert_eq!(inner, expected, "{name}");
    }
}

#[test]
fn an_operator_who_fell_silent_is_not_shown_any_more() {
    let identity = operator();
    for (tick, expected) in [(1_500, vec![0, 1, 3, 4, 5]), (3_000, vec![0, 1, 3, 5])] {
        assert_eq!(kinds(&said(tick, &state(), &identity, Some(tick))), expected, "{tick}");
    }
}

#[test]
fn rates_are_those_of_the_standard() {
    let identity = operator();
    let mut counts = [0; 16];
    for tick in 0..6_000 {
        for message in said(tick, &state(), &identity, Some(tick)) {
            counts[usize::from(message[0] >> 4)] += 1;
        }
    }
    // Twelve seconds; the operator's place was sent once, at their beginning.
    assert_eq!(
        (counts[0], counts[1], counts[3], counts[4], counts[5], counts[15]),
        (4, 12, 4, 2, 4, 4)
    );
}
