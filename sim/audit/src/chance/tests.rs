//! Numbers that chance chose, and numbers that only look so.

use super::LOG_SEED;
use crate::Detector;
use crate::decode::uplink::INTAKE;
use crate::tests::{alarms_by, evidence};
use evidence::card::{Operation, Write};
use evidence::{ClaimId, Link, Tick};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

type Said = (Tick, Link, Vec<u8>);

fn found(said: &[Said]) -> Vec<(ClaimId, String)> {
    let found = alarms_by(Detector::ENT, &evidence(&[]), said);
    found.into_iter().map(|alarm| (alarm.claim, alarm.shown)).collect()
}

/// A log's header, begun at a tick.
fn log(tick: u64, number: u32, secret: [u8; 32]) -> Said {
    let key = PublicKey::from(&StaticSecret::from(secret)).to_bytes();
    let (path, data) = (format!("LOG/LOG_{number:04}.HLG"), [&b"HWLOG001"[..], &key].concat());
    let write = Write { operation: Operation::Append, path: &path, data: &data };
    (Tick(tick), Link::Card, write.encode())
}

fn sha(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

#[test]
fn a_logs_key_is_drawn_afresh_and_nobody_could_guess_its_secret() {
    let drawn = sha(&[b"the true chance of a tick"]);
    let guessed = "LOG/LOG_0001.HLG: its key is one that anybody could guess";
    let mut eight = [0; 32];
    eight[..8].copy_from_slice(&2500_u64.to_le_bytes());
    for secret in [
        [0; 32],
        [0x11; 32],
        sha(&[LOG_SEED, &[0x11; 32]]),
        sha(&[b"HWX17ABCDEFGHJKLMNPQ"]),
        sha(&[&3_u64.to_le_bytes()]),
        eight,
        sha(&[LOG_SEED, &eight]),
        sha(&[&2500_u64.to_le_bytes()]),
        sha(&[b"7"]),
    ] {
        assert_eq!(
            found(&[log(2500, 1, secret)]),
            [(ClaimId::LogSealed, guessed.to_owned())],
            "{secret:?}"
        );
    }
    assert_eq!(found(&[log(2500, 1, drawn), log(2600, 2, sha(&[&drawn]))]), []);
    let again = "LOG/LOG_0002.HLG: its key is another log's too".to_owned();
    assert_eq!(found(&[log(2500, 1, drawn), log(2600, 2, drawn)]), [(ClaimId::LogSealed, again)]);
}

#[test]
fn the_nonce_of_a_sealed_file_is_drawn_afresh() {
    let sealed = |tick: u64, nonce: &[u8], text: &[u8]| {
        let data = [b"HWSEAL01", nonce, text].concat();
        let path = "ID/IDENTITY.HID";
        let write = Write { operation: Operation::Replace, path, data: &data };
        (Tick(tick), Link::Card, write.encode())
    };
    let rule = "ID/IDENTITY.HID: its nonce is not drawn afresh".to_owned();
    let (one, other) = (&sha(&[b"one"])[..12], &sha(&[b"other"])[..12]);
    for (said, is_found) in [
        (vec![sealed(1, one, b"text"), sealed(2, other, b"text")], false),
        // What is written a second time is nothing new.
        (vec![sealed(1, one, b"text"), sealed(2, one, b"text")], false),
        (vec![sealed(1, one, b"text"), sealed(2, one, b"more")], true),
        (vec![sealed(1, &[0; 12], b"text")], true),
        (vec![sealed(1, &[9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], b"text")], true),
    ] {
        let expected =
            if is_found { vec![(ClaimId::IdentitySealed, rule.clone())] } else { vec![] };
        assert_eq!(found(&said), expected);
    }
}

#[test]
fn the_number_of_a_report_tells_nothing_of_the_vehicle_or_of_another_report() {
    let report = |at_s: f64, number: &[u8], flights: u8| {
        let id = data_encoding::HEXLOWER.encode(&number[..16]);
        let body = format!(
            "{{\"schema\":\"hushwing.report/1\",\"report\":\"{id}\",\"kind\":\"health\",\
             \"software\":\"0.1.0\",\"cell\":\"none\",\"boots\":1,\"flights\":{flights},\
             \"minutes\":0,\"faults\":[]}}"
        );
        let head = format!(
            "POST /v1/reports HTTP/1.1\r\nHost: {INTAKE}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        (Tick::at_s(at_s), Link::Uplink, (head + &body).into_bytes())
    };
    let (one, other) = (sha(&[b"one"]), sha(&[b"other"]));
    let mut next = one;
    next[15] = next[15].wrapping_add(1);
    let serial = sha(&[b"HWX17ABCDEFGHJKLMNPQ"]);
    let rules = |said: &[Said]| {
        alarms_by(Detector::ENT, &evidence(&[]), said)
            .into_iter()
            .map(|alarm| alarm.shown)
            .collect::<Vec<_>>()
    };
    for (said, expected) in [
        (vec![report(15.0, &one, 0), report(45.0, &other, 0)], None),
        // Tried again.
        (vec![report(15.0, &one, 0), report(25.0, &one, 0)], None),
        (vec![report(15.0, &one, 0), report(45.0, &one, 0)], Some("another report's too")),
        (vec![report(15.0, &one, 0), report(25.0, &one, 1)], Some("another report's too")),
        (vec![report(15.0, &one, 0), report(45.0, &next, 0)], Some("follows from another's")),
        (vec![report(15.0, &[0; 16], 0)], Some("is a pattern")),
        (vec![report(15.0, &serial, 0)], Some("follows from what the vehicle is")),
    ] {
        let found = rules(&said);
        match expected {
            None => assert_eq!(found, Vec::<String>::new()),
            Some(end) => assert!(found.len() == 1 && found[0].ends_with(end), "{found:?}"),
        }
    }
}
