//! A sealed log on the card, opened as its owner can open it.
//!
//! Header: `HWLOG001` and an ephemeral X25519 public key. Key: SHA-256 of `hushwing log 1`, the shared secret, the
//! ephemeral and the owner's public key. Block: number and length, then 1008 bytes of records under
//! ChaCha20-Poly1305 with their tag; nonce: 8 zero bytes and the block's place; associated data: the header.
//! Record: kind, length of its payload, milliseconds since power-on, payload; a block ends in zeros.
//!
//! **Never:** uses the firmware's own code; believes a block's number; stops at the first block that is wrong.

use super::Life;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use evidence::Tick;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use x25519_dalek::{PublicKey, StaticSecret};

const MAGIC: &[u8; 8] = b"HWLOG001";
const HEADER: usize = 40;
const BLOCK_HEAD: usize = 6;
const BLOCK: usize = BLOCK_HEAD + 1024;
const RECORD_HEAD: usize = 6;
const KINDS: std::ops::RangeInclusive<u8> = 1..=29;

/// Bytes out of a log, with the tick at which each stretch of them was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where in `bytes` each block's part starts, and when that block was written.
    pub ticks: Vec<(usize, Tick)>,
}

/// What the owner's key finds in a log.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct OpenedLog {
    /// Where it lies.
    pub path: String,
    /// Its ephemeral public key, and when that was written.
    pub key: Option<(Tick, [u8; 32])>,
    /// All blocks that open, padding included.
    pub blocks: Stretch,
    /// The payloads of all their records, one behind the other.
    pub payloads: Stretch,
    /// The kinds of its records.
    pub kinds: BTreeSet<u8>,
    /// What is wrong with it, and when that was written.
    pub faults: Vec<(Tick, String)>,
}

impl OpenedLog {
    /// Opens every block of a log. A file without a log's header has none.
    pub fn of(life: &Life<'_>, owner_secret: [u8; 32]) -> Self {
        let mut log = Self { path: life.path.to_owned(), ..Self::default() };
        let Some((header, blocks)) = life.bytes.split_at_checked(HEADER) else { return log };
        let Some(ephemeral) = header.strip_prefix(MAGIC) else { return log };
        let ephemeral: [u8; 32] = ephemeral.try_into().unwrap_or_default();
        log.key = Some((life.born, ephemeral));
        let Some(cipher) = cipher(ephemeral, owner_secret) else {
            log.faults.push((life.born, "its key is one that anybody has".to_owned()));
            return log;
        };
        let mut latest_ms = 0;
        for (number, block) in blocks.chunks(BLOCK).enumerate() {
            let tick = life.tick_at(HEADER + number * BLOCK);
            let Some(plain) = open(&cipher, header, number as u32, block) else {
                let rule = format!("block {number} does not open with the owner's key");
                log.faults.push((tick, rule));
                continue;
            };
            log.payloads.ticks.push((log.payloads.bytes.len(), tick));
            let read = read(&plain, &mut latest_ms, &mut log.payloads.bytes, &mut log.kinds);
            if let Err(rule) = read {
                log.faults.push((tick, format!("block {number} {rule}")));
            }
            log.blocks.ticks.push((log.blocks.bytes.len(), tick));
            log.blocks.bytes.extend(plain);
        }
        log
    }
}

/// The cipher of a log; none if its ephemeral key would give the same shared secret to everybody.
fn cipher(ephemeral: [u8; 32], owner_secret: [u8; 32]) -> Option<ChaCha20Poly1305> {
    let owner = StaticSecret::from(owner_secret);
    let shared = owner.diffie_hellman(&PublicKey::from(ephemeral));
    let mut key = Sha256::new();
    key.update(b"hushwing log 1");
    key.update(shared.as_bytes());
    key.update(ephemeral);
    key.update(PublicKey::from(&owner).as_bytes());
    shared.was_contributory().then(|| ChaCha20Poly1305::new(&key.finalize()))
}

fn open(cipher: &ChaCha20Poly1305, header: &[u8], number: u32, block: &[u8]) -> Option<Vec<u8>> {
    let mut plain = block.get(BLOCK_HEAD..BLOCK)?.to_vec();
    let mut nonce = [0; 12];
    nonce[8..].copy_from_slice(&number.to_le_bytes());
    cipher.decrypt_in_place(&Nonce::from(nonce), header, &mut plain).ok()?;
    Some(plain)
}

/// Reads the records of a block and adds their payloads; the error is what the block does that it may not.
fn read(
    mut plain: &[u8],
    latest_ms: &mut u32,
    payloads: &mut Vec<u8>,
    kinds: &mut BTreeSet<u8>,
) -> Result<(), &'static str> {
    while plain.first().is_some_and(|kind| *kind != 0) {
        let (head, rest) =
            plain.split_at_checked(RECORD_HEAD).ok_or("ends within a record's head")?;
        let (payload, rest) =
            rest.split_at_checked(usize::from(head[1])).ok_or("ends within a record")?;
        payloads.extend_from_slice(payload);
        if !KINDS.contains(&head[0]) {
            return Err("holds a record of an unlisted kind");
        }
        kinds.insert(head[0]);
        let at_ms = u32::from_le_bytes([head[2], head[3], head[4], head[5]]);
        if at_ms < *latest_ms {
            return Err("holds a record that goes back in time");
        }
        *latest_ms = at_ms;
        plain = rest;
    }
    if plain.iter().all(|byte| *byte == 0) { Ok(()) } else { Err("holds bytes behind its records") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{OWNER_SECRET, sealed_log};
    use evidence::Link;
    use evidence::card::{Operation, Write};

    fn opened(file: &[u8], owner_secret: [u8; 32]) -> OpenedLog {
        let mut recording = evidence::Recording::default();
        let (operation, path) = (Operation::Append, "LOG/LOG_0001.HLG");
        let write = Write { operation, path, data: file }.encode();
        recording.transcript.hear(Tick(0), Link::Card, &write);
        let (lives, _) = crate::case::life::of(&recording);
        OpenedLog::of(&lives[0], owner_secret)
    }

    fn rules(file: &[u8]) -> Vec<String> {
        opened(file, OWNER_SECRET).faults.into_iter().map(|(_, rule)| rule).collect()
    }

    #[test]
    fn the_owner_reads_every_record_and_nobody_else_does() {
        let file = sealed_log(&[b"\x08\x03\x01\0\0\0Oak\x01\x01\x02\0\0\0!", b"\x07\0\x02\0\0\0"]);
        let log = opened(&file, OWNER_SECRET);
        assert_eq!((log.payloads.bytes.as_slice(), log.faults), (b"Oak!".as_slice(), vec![]));
        assert_eq!(log.blocks.bytes.len(), 2 * 1008);
        let other = opened(&file, [1; 32]);
        assert_eq!((other.blocks.bytes.len(), other.faults.len()), (0, 2));
    }

    #[test]
    fn a_block_holds_records_in_order_and_then_zeros() {
        let full = [b"\x01\xFF\0\0\0\0".as_slice(), &[7; 255]].concat().repeat(3);
        let table: [(&[&[u8]], &[&str]); 8] = [
            (&[], &[]),
            (&[b"", b"\x1C\x04\x05\0\0\0\x01\0\0\0"], &[]),
            (&[b"\x1E\0\0\0\0\0"], &["block 0 holds a record of an unlisted kind"]),
            (
                &[b"\x01\0\x05\0\0\0\x01\0\x04\0\0\0"],
                &["block 0 holds a record that goes back in time"],
            ),
            (
                &[b"\x01\0\x05\0\0\0", b"\x01\0\x04\0\0\0"],
                &["block 1 holds a record that goes back in time"],
            ),
            (&[b"\x01\0\x05\0\0\0\0\0\0x"], &["block 0 holds bytes behind its records"]),
            (&[&[&full[..], &full[..225 - 6]].concat()], &["block 0 ends within a record"]),
            (&[&[&full[..], b"\x01\xDB\0\0\0\0", &[7; 219], b"\x01"].concat()[..1008]], &[]),
        ];
        for (blocks, expected) in table {
            assert_eq!(rules(&sealed_log(blocks)), expected, "{blocks:?}");
        }
    }

    #[test]
    fn a_changed_byte_a_swapped_block_and_a_common_key_are_told() {
        let file = sealed_log(&[b"", b""]);
        let no = |number: usize| format!("block {number} does not open with the owner's key");
        let with = |at: usize| {
            let mut file = file.clone();
            file[at] ^= 1;
            rules(&file)
        };
        assert_eq!(with(39), [no(0), no(1)]);
        assert_eq!(with(46), [no(0)]);
        assert_eq!(with(file.len() - 1), [no(1)]);
        let swapped = [&file[..40], &file[40 + BLOCK..], &file[40..40 + BLOCK]].concat();
        assert_eq!(rules(&swapped), [no(0), no(1)]);
        assert_eq!(rules(&file[..file.len() - 1]), [no(1)]);
        let common = [MAGIC.as_slice(), &[0; 32]].concat();
        assert_eq!(rules(&common), ["its key is one that anybody has"]);
    }
}
