//! The rules of broadcasts: quiet on the canonical ones, loud on every spare bit.

use crate::tests::{alarms_of, evidence};
use evidence::scenario::Act;
use evidence::{Class, Evidence, Link, Tick};

fn basic() -> Vec<u8> {
    let mut bytes = vec![0; 25];
    bytes[..2].copy_from_slice(&[0x02, 0x12]);
    bytes[2..22].copy_from_slice(b"HWX17ABCDEFGHJKLMNPQ");
    bytes
}

fn location(tick: u64) -> Vec<u8> {
    let mut bytes = vec![0; 25];
    bytes[..2].copy_from_slice(&[0x12, 0x20]);
    bytes[21..23].copy_from_slice(&((tick / 50) as u16).to_le_bytes());
    bytes
}

fn self_id() -> Vec<u8> {
    let mut bytes = b"\x32\0Recreational".to_vec();
    bytes.resize(25, 0);
    bytes
}

fn operator(number: &[u8]) -> Vec<u8> {
    let mut bytes = [b"\x52\0", number].concat();
    bytes.resize(25, 0);
    bytes
}

/// Where the pilot stands: 10 m north of the start.
fn system(tick: u64) -> Vec<u8> {
    let mut bytes = vec![0; 25];
    bytes[..2].copy_from_slice(&[0x42, 1]);
    bytes[2..6].copy_from_slice(&520_000_899_i32.to_le_bytes());
    bytes[6..10].copy_from_slice(&130_000_000_i32.to_le_bytes());
    bytes[10] = 1;
    bytes[18..20].copy_from_slice(&2068_u16.to_le_bytes());
    bytes[20..24].copy_from_slice(&(220_924_800 + tick as u32 / 500).to_le_bytes());
    bytes
}

fn pack(messages: &[Vec<u8>]) -> Vec<u8> {
    [&[0xF2, 25, messages.len() as u8], messages.concat().as_slice()].concat()
}

fn story() -> Evidence {
    let mut story = evidence(&[(1.0, Act::SharesPosition { at_m: (0.0, 10.0) })]);
    story.scenario.operator = Some("DEU87astrdge12k8".to_owned());
    story
}

fn found(said: &[(u64, Vec<u8>)]) -> Vec<(String, Option<Class>)> {
    let said: Vec<_> = said.iter().map(|(t, b)| (Tick(*t), Link::RemoteId, b.clone())).collect();
    let dec = |a: &crate::Alarm| a.detector == crate::Detector::DEC;
    let alarms = alarms_of(&story(), &said).into_iter().filter(dec);
    alarms.map(|alarm| (alarm.shown, alarm.class)).collect()
}

fn shown(said: &[(u64, Vec<u8>)]) -> Vec<String> {
    found(said).into_iter().map(|(shown, _)| shown).collect()
}

fn with(mut bytes: Vec<u8>, at: usize, value: u8) -> Vec<u8> {
    bytes[at] = value;
    bytes
}

#[test]
fn canonical_broadcasts_are_quiet_and_every_reserved_bit_is_held_to() {
    let number = b"DEU87astrdge12k8";
    let all = [
        (0, basic()),
        (500, location(500)),
        (600, self_id()),
        (700, operator(number)),
        (750, pack(&[basic(), location(750), self_id(), system(750), operator(number)])),
        (900, system(900)),
        (1500, basic()),
    ];
    let quiet: &[String] = &[];
    // Location goes on at its period.
    assert_eq!(shown(&all), quiet);
    let table = [
        (0, vec![0x02; 24], "broadcast that is not 25 bytes"),
        (0, with(basic(), 0, 0x22), "broadcast of an unlisted type or version"),
        (0, with(basic(), 1, 0x22), "Basic ID is not the serial of a multirotor"),
        (0, with(basic(), 24, 1), "Basic ID reserved bytes are not zero"),
        (7, basic(), "Basic ID is not sent at its period of 1500 ticks"),
        (500, with(location(500), 1, 0x28), "Location status has unlisted bits"),
        (500, with(location(500), 24, 1), "Location reserved bits are not zero"),
        (500, with(location(500), 23, 0x10), "Location reserved bits are not zero"),
        (500, location(550), "Location time is not the tick's"),
        (600, with(self_id(), 2, b'r'), "Self-ID says something else"),
        (600, with(self_id(), 24, 1), "Self-ID says something else"),
        (900, with(system(900), 13, 1), "System has unlisted bits"),
        (900, with(system(900), 3, 9), "System tells another place than the operator's"),
        (1400, system(900), "System time is not the tick's"),
        (700, with(operator(number), 24, 1), "Operator ID has unlisted bits"),
        (751, pack(&[basic()]), "a pack of broadcasts is not sent at its time"),
        (750, pack(&[location(750), basic()]), "a pack of broadcasts in another order"),
        (750, with(pack(&[basic()]), 2, 2), "a pack of broadcasts of another form"),
    ];
    for (tick, bytes, rule) in table {
        assert_eq!(shown(&[(tick, bytes)]), [rule]);
    }
}

#[test]
fn the_operator_is_told_by_number_and_by_a_live_fix_alone() {
    let account = operator(b"ada@b.example");
    let rule = ("Operator ID is not the operator's number".to_owned(), Some(Class::Account));
    assert_eq!(found(&[(700, account)]), [rule]);
    let stale = "System tells the operator's place without a live fix".to_owned();
    assert_eq!(found(&[(3100, system(3100))]), [(stale.clone(), Some(Class::Position))]);
    assert_eq!(found(&[(400, system(400))]), [(stale, Some(Class::Position))]);
}
