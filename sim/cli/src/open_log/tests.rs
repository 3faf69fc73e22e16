//! Logs as the firmware seals them, cut, changed and opened; the ULog that comes of them.

use super::container::{Record, open};
use super::{key_in, topics, ulog};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

const OWNER: [u8; 32] = [9; 32];
const HEADER: usize = 40;
const BLOCK: usize = 1030;

/// A log of these blocks, sealed to the owner.
fn sealed(blocks: &[&[u8]]) -> Vec<u8> {
    let (owner, secret) = (StaticSecret::from(OWNER), StaticSecret::from([5; 32]));
    let public = PublicKey::from(&secret);
    let mut key = Sha256::new();
    key.update(b"hushwing log 1");
    key.update(secret.diffie_hellman(&PublicKey::from(&owner)).as_bytes());
    key.update(public.as_bytes());
    key.update(PublicKey::from(&owner).as_bytes());
    let cipher = ChaCha20Poly1305::new(&key.finalize());
    let header = [&b"HWLOG001"[..], public.as_bytes()].concat();
    let mut file = header.clone();
    for (number, records) in blocks.iter().enumerate() {
        let mut plain = records.to_vec();
        plain.resize(1008, 0);
        let number = (number as u32).to_le_bytes();
        let mut nonce = [0; 12];
        nonce[8..].copy_from_slice(&number);
        cipher.encrypt_in_place(&Nonce::from(nonce), &header, &mut plain).expect("it seals");
        file.extend(number);
        file.extend(1024_u16.to_le_bytes());
        file.extend(plain);
    }
    file
}

fn record(kind: u8, at_ms: u32, payload: &[u8]) -> Vec<u8> {
    [&[kind, payload.len() as u8][..], &at_ms.to_le_bytes(), payload].concat()
}

#[test]
fn the_topics_are_the_firmwares_records() {
    use vehicle::log_table::{RECORDS, Shape};
    for (topic, record) in topics::TOPICS.iter().zip(RECORDS) {
        let fields: String = record
            .fields
            .iter()
            .map(|field| {
                let shape = match field.shape {
                    Shape::U8 => "uint8_t",
                    Shape::U16 => "uint16_t",
                    Shape::I16 => "int16_t",
                    Shape::U32 => "uint32_t",
                    Shape::F32 => "float",
                    Shape::F64 => "double",
                    Shape::Character => "char",
                };
                match field.count {
                    1 => format!("{shape} {};", field.name),
                    count => format!("{shape}[{count}] {};", field.name),
                }
            })
            .collect();
        assert_eq!((topic.kind, topic.name, topic.fields), (record.kind, record.name, &fields[..]));
        assert_eq!(topic.bytes(), record.payload_bytes(), "{}", topic.name);
    }
    assert_eq!(topics::TOPICS.len(), RECORDS.len());
}

#[test]
fn a_log_cut_at_any_byte_opens_up_to_its_last_whole_block() {
    let blocks: Vec<Vec<u8>> = (0..3)
        .map(|n| [record(11, n * 10, &[1]), record(18, n * 10 + 5, &[0; 4])].concat())
        .collect();
    let file = sealed(&blocks.iter().map(Vec::as_slice).collect::<Vec<_>>());
    for cut in 0..=file.len() {
        let opened = open(&file[..cut], OWNER);
        if cut < HEADER {
            assert!(opened.is_err(), "cut at {cut}");
            continue;
        }
        let opened = opened.expect("a log");
        let whole = (cut - HEADER) / BLOCK;
        assert_eq!((opened.blocks, opened.records.len()), (whole, 2 * whole), "cut at {cut}");
        assert_eq!(opened.torn_bytes, (cut - HEADER) % BLOCK, "cut at {cut}");
        assert!(opened.damaged.is_empty());
    }
}

#[test]
fn a_changed_block_is_left_out_and_a_wrong_key_opens_nothing() {
    let mut file = sealed(&[&record(11, 0, &[1]), &record(11, 1, &[2]), &record(99, 2, &[3])]);
    assert_eq!(open(&file, OWNER).expect("a log").strange, 1);
    file[HEADER + BLOCK + 500] ^= 1;
    let opened = open(&file, OWNER).expect("a log");
    assert_eq!((opened.blocks, &opened.damaged[..], opened.records.len()), (2, &[1][..], 1));
    assert!(open(&file, [8; 32]).is_err());
    assert!(open(b"HWLOG002", OWNER).is_err());
    assert!(open(&[&b"HWLOG001"[..], &[0; 32], &[0; BLOCK]].concat(), OWNER).is_err());
}

#[test]
fn a_ulog_has_its_header_its_formats_and_a_topic() {
    let rule = Record { kind: 11, at_ms: 1500, payload: vec![7] };
    let file = ulog::write(&[rule]);
    assert_eq!(file[..8], [0x55, 0x4C, 0x6F, 0x67, 0x01, 0x12, 0x35, 1]);
    assert_eq!(file[8..16], 1_500_000_u64.to_le_bytes());
    let (mut rest, mut kinds, mut last) = (&file[16..], String::new(), Vec::new());
    while let Some((head, behind)) = rest.split_at_checked(3) {
        let length = usize::from(u16::from_le_bytes([head[0], head[1]]));
        kinds.push(char::from(head[2]));
        last = behind[..length].to_vec();
        rest = &behind[length..];
    }
    assert_eq!(kinds, format!("BI{}AD", "F".repeat(29)));
    assert_eq!(last, [&[11, 0][..], &1_500_000_u64.to_le_bytes(), &[7]].concat());
}

#[test]
fn a_key_is_32_bytes_or_64_hex_digits() {
    let digits = "09".repeat(32);
    for (name, bytes, is_key) in [
        ("bytes", OWNER.to_vec(), true),
        ("digits", digits.clone().into_bytes(), true),
        ("digits and a line's end", format!("{digits}\n").into_bytes(), true),
        ("no digits", "zz".repeat(32).into_bytes(), false),
        ("too short", vec![9; 31], false),
        ("nothing", vec![], false),
    ] {
        assert_eq!(key_in(&bytes), is_key.then_some(OWNER), "{name}");
    }
}
