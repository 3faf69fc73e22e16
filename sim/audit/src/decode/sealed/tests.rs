//! Small files, made as the secure element makes them: quiet, and loud with one byte changed.

use super::*;
use crate::case::Memo;
use crate::tests::{OWNER_SECRET, canary, evidence};
use evidence::Control;
use evidence::scenario::Act;
use evidence::{Evidence, Recording};

const VAULT: [u8; 32] = *b"the vault's key is 32 bytes long";

fn story() -> Evidence {
    let (category, to, from) = (Class::FlightLog, Recipient::Maker, Recipient::Maker);
    let mut story = evidence(&[
        (1.0, Act::Grants { category, object: 2, to, for_s: None }),
        (2.0, Act::Withdraws { category, object: 2, from }),
    ]);
    story.truth.canaries.push(canary(Class::Key, "vault key", &VAULT));
    let on = Control { tick: Tick(500), name: Setting::UpLogs, value: 1 };
    story.truth.mandate.controls.push(on);
    story.scenario.operator = Some("DEU87astrdge12k8".to_owned());
    story
}

fn rule(path: &str, file: &[u8], tick: u64) -> Option<&'static str> {
    let (story, recording) = (story(), Recording::default());
    let memo = Memo::of(&story);
    let case = Case::of(&story, &recording, &memo);
    check(&case, path, file, Tick(tick)).err().map(|fault| fault.rule)
}

fn settings(values: [u8; 13]) -> Vec<u8> {
    let said = [SETTINGS_MAGIC, &values].concat();
    let mac = hmac(&VAULT, &[b"settings", &said]);
    [said, mac.to_vec()].concat()
}

fn record(id: u32, act: u8, object: u32, at: u64) -> [u8; CLAIMED] {
    let mut record = [0; CLAIMED];
    record[..4].copy_from_slice(&id.to_le_bytes());
    record[4..8].copy_from_slice(&[act, 3, 1, 1]);
    record[8..12].copy_from_slice(&object.to_le_bytes());
    record[12..20].copy_from_slice(&at.to_le_bytes());
    record[28..32].copy_from_slice(&[1, 1, 1, 0]);
    record
}

fn ledger(records: &[[u8; CLAIMED]]) -> Vec<u8> {
    let mut file = LEDGER_MAGIC.to_vec();
    let mut before = LEDGER_MAGIC.to_vec();
    for record in records {
        before = hmac(&VAULT, &[&before, record]).to_vec();
        file.extend([record.as_slice(), &before].concat());
    }
    file
}

fn sealed(path: &str, plain: &[u8]) -> Vec<u8> {
    let cipher = ChaCha20Poly1305::new(&hmac(&VAULT, &[b"seal"]).into());
    let mut bytes = plain.to_vec();
    cipher.encrypt_in_place(&Nonce::from([7; 12]), path.as_bytes(), &mut bytes).unwrap();
    [SEAL_MAGIC, &[7; 12], &bytes].concat()
}

#[test]
fn the_code_of_the_secure_element_is_that_of_the_standard() {
    // RFC 4231, test case 2.
    let code = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
    let expected = [0x5B, 0xDC, 0xC1, 0x46, 0xBF, 0x60, 0x75, 0x4E];
    assert_eq!(code[..8], expected);
}

#[test]
fn settings_are_the_pilots_and_vouched_for() {
    let mut values = [0; 13];
    (values[0], values[1], values[11], values[12]) = (1, 1, 1, 1);
    assert_eq!(rule(SETTINGS, &settings(values), 600), None);
    assert_eq!(
        rule(SETTINGS, &settings(values), 400),
        Some("settings that the pilot has not made")
    );
    let mut bent = settings(values);
    bent[44] ^= 1;
    let vouched = Some("bytes that the secure element does not vouch for");
    assert_eq!(rule(SETTINGS, &bent, 600), vouched);
    assert_eq!(rule(SETTINGS, &bent[..20], 600), Some("settings that are cut short"));
}

#[test]
fn the_ledger_holds_what_was_given_and_taken_away_and_no_more() {
    let (given, taken) = (record(1, 1, 2, 500), record(2, 2, 2, 1000));
    let odd = Some("a record of consent with an unlisted value");
    let nobody = Some("a consent that nobody gave");
    let table: [(&[[u8; CLAIMED]], Option<&str>); 7] = [
        (&[], None),
        (&[given], None),
        (&[given, taken], None),
        (&[record(2, 1, 2, 500)], odd),
        (&[record(1, 3, 2, 500)], odd),
        (&[record(1, 1, 3, 500)], nobody),
        (&[record(1, 1, 2, 600)], nobody),
    ];
    for (records, expected) in table {
        assert_eq!(rule(LEDGER, &ledger(records), 1000), expected);
    }
    let mut bent = ledger(&[given]);
    bent[79] ^= 1;
    let vouched = Some("bytes that the secure element does not vouch for");
    assert_eq!(rule(LEDGER, &bent, 1000), vouched);
    assert_eq!(rule(LEDGER, &bent[..50], 1000), Some("a ledger with half a record"));
}

#[test]
fn identity_and_keys_are_sealed_and_hold_nothing_else() {
    let mut number = b"\x10DEU87astrdge12k8".to_vec();
    number.resize(21, 0);
    let owner = PublicKey::from(&StaticSecret::from(OWNER_SECRET));
    let with_owner = [number.as_slice(), owner.as_bytes()].concat();
    let other = b"\x0Dada@b.example\0\0\0\0\0\0\0\0";
    let bare = [SEAL_MAGIC, &[7; 12], &number, &[0; 16]].concat();
    let closed = Some("it does not open with the vault's key");
    let table = [
        (IDENTITY, sealed(IDENTITY, &number), None),
        (IDENTITY, sealed(IDENTITY, &with_owner), None),
        (IDENTITY, sealed(IDENTITY, other), Some("it holds something else")),
        (IDENTITY, sealed(SIGNING, &number), closed),
        (IDENTITY, bare, closed),
        (IDENTITY, number.clone(), Some("it is not sealed")),
        (SIGNING, sealed(SIGNING, &[1; 40]), None),
        (SIGNING, sealed(SIGNING, &[1; 65]), Some("it holds more than a key")),
    ];
    for (path, file, expected) in table {
        assert_eq!(rule(path, &file, 600), expected, "{path}");
    }
    assert_eq!(nonce_of(IDENTITY, &sealed(IDENTITY, &number)), Some([7; 12]));
    assert_eq!(nonce_of(LEDGER, &sealed(IDENTITY, &number)), None);
}

#[test]
fn the_cache_is_text_about_one_cell() {
    let no = Some("not the zones of a cell");
    for (file, expected) in [
        (&b"1619-1265\ncircle 52.3 4.8 150 0 300\n"[..], None),
        (b"hushwing.zones/1 1619-1265\n", None),
        (b"hushwing.zones/2 1619-1265\n", no),
        (b"1619-01265\n", no),
        (b"somewhere\n", no),
        (b"1619-1265\n\x01", no),
    ] {
        assert_eq!(rule(CACHE, file, 600), expected, "{}", file.escape_ascii());
    }
}
