//! Signatures that are right, replayed, too old, and not there.

use super::*;
use crate::radio::frame::{Component, Framer, open};

/// A heartbeat of system 1, signed.
fn signed(key: &[u8; 32], link: u8, timestamp: u64) -> Vec<u8> {
    let mut frame = Framer::new().frame(Component::Autopilot, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]);
    frame[2] = 1;
    let crc_at = frame.len() - 2;
    let crc = mavlink::calculate_crc(&frame[1..crc_at], 50);
    frame[crc_at..].copy_from_slice(&crc.to_le_bytes());
    frame.push(link);
    frame.extend(&timestamp.to_le_bytes()[..6]);
    let digest = Sha256::new_with_prefix(key).chain_update(&frame).finalize();
    frame.extend(&digest[..6]);
    frame
}

fn check(signing: &mut Signing, bytes: &[u8]) -> bool {
    let (frame, signed) = open(bytes);
    signing.check(&frame, signed.as_ref())
}

#[test]
fn a_signature_is_right_once_and_only_later_ones_after_it() {
    let key = [5; 32];
    let mut signing = Signing::Open;
    assert!(!signing.is_demanded_of(76));
    signing.set_up(key, 1_000, Tick(0));
    for (name, by, link, timestamp, damage, expected) in [
        ("not newer than the set-up", key, 1, 1_000, false, false),
        ("newer", key, 1, 1_001, false, true),
        ("the same again", key, 1, 1_001, false, false),
        ("older", key, 1, 900, false, false),
        ("newer again", key, 1, 1_002, false, true),
        ("another link", key, 2, 1_001, false, true),
        ("another key", [6; 32], 1, 2_000, false, false),
        ("damaged", key, 1, 2_000, true, false),
        ("a minute on", key, 1, 6_002_000, false, true),
        ("its other link goes on", key, 2, 1_002, false, true),
        ("a new link, a minute behind", key, 3, 2_000, false, true),
        ("a new link, more than a minute behind", key, 4, 1_999, false, false),
        ("far ahead", key, 1, (1 << 48) - 1, false, true),
        ("wrapped", key, 1, 5, false, false),
    ] {
        let mut bytes = signed(&by, link, timestamp);
        if damage {
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
        }
        assert_eq!(check(&mut signing, &bytes), expected, "{name}");
    }
}

#[test]
fn so_many_senders_are_told_apart_and_no_more() {
    let mut signing = Signing::Open;
    signing.set_up([5; 32], 0, Tick(0));
    let heard = (0..20).filter(|&link| check(&mut signing, &signed(&[5; 32], link, 7)));
    assert_eq!(heard.count(), SENDERS_MAX);
}

#[test]
fn without_a_signature_only_the_four_messages_that_warn_are_taken() {
    let mut keyed = Signing::Open;
    keyed.set_up([5; 32], 0, Tick(0));
    for (name, signing, refused) in [
        ("open", &Signing::Open, false),
        ("keyed", &keyed, true),
        ("locked", &Signing::Locked, true),
    ] {
        for id in [0, 109, 246, 247] {
            assert!(!signing.is_demanded_of(id), "{name} {id}");
        }
        for id in [1, 11, 23, 69, 75, 76, 110, 119, 256] {
            assert_eq!(signing.is_demanded_of(id), refused, "{name} {id}");
        }
    }
}

#[test]
fn who_may_set_up_what() {
    let mut keyed = Signing::Open;
    keyed.set_up([5; 32], 0, Tick(0));
    let key = Setup::Key { key: [6; 32], timestamp: 1 };
    for (name, signing, setup, unsigned, signed) in [
        ("the first key", &Signing::Open, key, true, true),
        ("no key, again", &Signing::Open, Setup::End, true, true),
        ("another key", &keyed, key, false, true),
        ("the end", &keyed, Setup::End, false, true),
        ("a key for one that was lost", &Signing::Locked, key, true, true),
        ("the end of one that was lost", &Signing::Locked, Setup::End, false, false),
    ] {
        assert_eq!(signing.may_be_set_up(&setup, false), unsigned, "{name}");
        assert_eq!(signing.may_be_set_up(&setup, true), signed, "{name}");
    }
}

#[test]
fn a_key_is_read_if_it_is_ours_and_has_a_time_that_can_be_signed() {
    let wire = |timestamp: u64, target: [u8; 2], key: [u8; 32]| {
        [&timestamp.to_le_bytes()[..], &target, &key].concat()
    };
    let key = Setup::Key { key: [7; 32], timestamp: 5 };
    for (name, payload, expected) in [
        ("a key", wire(5, [1, 1], [7; 32]), Some(key)),
        ("to all", wire(5, [0, 0], [7; 32]), Some(key)),
        ("the end", wire(5, [1, 1], [0; 32]), Some(Setup::End)),
        ("the end, its zeros left out", wire(5, [1, 1], [0; 32])[..10].to_vec(), Some(Setup::End)),
        ("another's", wire(5, [2, 1], [7; 32]), None),
        ("another component's", wire(5, [1, 100], [7; 32]), None),
        ("beyond all time", wire(1 << 48, [1, 1], [7; 32]), None),
    ] {
        let frame = Received { system: 255, component: 190, id: 256, payload: &payload };
        assert!(read(&frame) == expected, "{name}");
    }
}

#[test]
fn over_a_power_cut_the_newest_is_kept_and_the_clock_covers_what_is_not() {
    let began = (1_000, Tick(500));
    let floor = |kept, now| {
        let keyed = Keyed { key: [5; 32], began, floor: 0, kept, senders: Vec::new() };
        let read = Keyed::read(&keyed.plain(), Tick(now)).expect("it reads what it wrote");
        assert_eq!((read.key, read.began, read.kept), ([5; 32], began, kept));
        read.floor
    };
    for (name, kept, now, expected) in [
        ("nothing heard since", 1_000, 500, 1_000),
        ("a second later", 1_000, 1_000, 101_000),
        ("an hour later, kept lately", 359_000_000, 1_800_500, 360_001_000),
        ("an hour later, kept long ago: the station's clock was slow", 1_000, 1_800_500, 6_001_000),
        ("the station's clock is fast", 900_000_000, 1_800_500, 900_000_000),
    ] {
        assert_eq!(floor(kept, now), expected, "{name}");
    }
    let plain = Keyed { key: [5; 32], began, floor: 0, kept: 9, senders: Vec::new() }.plain();
    for length in 0..plain.len() {
        assert!(Keyed::read(&plain[..length], Tick(0)).is_none(), "cut at {length}");
    }
    assert!(Keyed::read(&[&plain[..], &[0; 8]].concat(), Tick(0)).is_none(), "too long");
}

#[test]
fn our_frames_are_signed_with_a_time_that_only_rises() {
    for (port, link) in [(Port::First, 0), (Port::Second, 1)] {
        signs_with_a_rising_time(port, link);
    }
}

fn signs_with_a_rising_time(port: Port, link: u8) {
    let mut signing = Signing::Open;
    assert!(signing.signer(port).is_none());
    signing.set_up([5; 32], 1_000, Tick(10));
    let mut framer = Framer::new();
    framer.sign_with(signing.signer(port));
    let mut times = Vec::new();
    for now in [10, 10, 10, 11, 12] {
        framer.keep_time(Tick(now));
        let bytes = framer.frame(Component::Autopilot, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]);
        let (_, signed) = open(&bytes);
        let signed = signed.expect("a signature");
        let digest = Sha256::new_with_prefix([5; 32]).chain_update(signed.covered).finalize();
        assert_eq!((signed.link, signed.signature), (link, &digest[..6]));
        times.push(signed.timestamp);
    }
    assert_eq!(times, [1_000, 1_001, 1_002, 1_200, 1_400]);
}
