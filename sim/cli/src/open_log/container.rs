//! The sealed container: header, numbered blocks, records.
//!
//! Header: `HWLOG001` and an ephemeral X25519 public key. Key: SHA-256 of `hushwing log 1`, the shared secret, the
//! ephemeral and the owner's public key. Block: number and length (1024), then 1008 bytes of records under
//! ChaCha20-Poly1305 with their tag; nonce: 8 zero bytes and the number; associated data: the header. Record: kind,
//! length of its payload, milliseconds, payload; a block ends in zeros.
//!
//! **Never:** stops at a block that is wrong; gives out a byte that the key does not vouch for.

use super::topics::TOPICS;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

const MAGIC: &[u8; 8] = b"HWLOG001";
const HEADER: usize = 40;
const BLOCK_HEAD: usize = 6;
const BLOCK: usize = BLOCK_HEAD + 1024;
const RECORD_HEAD: usize = 6;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its kind.
    pub kind: u8,
    /// When, in milliseconds on the vehicle's clock.
    pub at_ms: u32,
    /// Its fields.
    pub payload: Vec<u8>,
}

/// What a key found in a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// All records, in order.
    pub records: Vec<Record>,
    /// Blocks that opened.
    pub blocks: usize,
    /// Whole blocks that did not.
    pub damaged: Vec<usize>,
    /// Bytes behind the last whole block.
    pub torn_bytes: usize,
    /// Records of no known kind or length.
    pub strange: usize,
}

/// Opens a log.
///
/// # Errors
/// Where it is none, or the key opens nothing in it.
pub fn open(file: &[u8], owner_secret: [u8; 32]) -> Result<Opened, String> {
    let no_log = "is no sealed flight log\n  hint: logs lie in LOG/ on the card and end in .HLG";
    let (header, blocks) = file.split_at_checked(HEADER).ok_or(no_log)?;
    let ephemeral = header.strip_prefix(MAGIC).ok_or(no_log)?;
    let ephemeral: [u8; 32] = ephemeral.try_into().map_err(|_| no_log)?;
    let cipher = cipher(ephemeral, owner_secret).ok_or("its key is one that anybody has")?;
    let mut opened = Opened::default();
    let mut latest_ms = 0;
    for (number, block) in blocks.chunks(BLOCK).enumerate() {
        if block.len() < BLOCK {
            opened.torn_bytes = block.len();
        } else if let Some(plain) = unseal(&cipher, header, number, block) {
            opened.blocks += 1;
            read(&plain, &mut latest_ms, &mut opened);
        } else {
            opened.damaged.push(number);
        }
    }
    if opened.blocks == 0 && !opened.damaged.is_empty() {
        return Err("does not open with this key\n  hint: it takes its owner's key".to_owned());
    }
    Ok(opened)
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

fn unseal(
    cipher: &ChaCha20Poly1305,
    header: &[u8],
    number: usize,
    block: &[u8],
) -> Option<Vec<u8>> {
    let number = (number as u32).to_le_bytes();
    let (head, sealed) = block.split_at(BLOCK_HEAD);
    let is_in_place = head[..4] == number && head[4..] == 1024_u16.to_le_bytes();
    let mut nonce = [0; 12];
    nonce[8..].copy_from_slice(&number);
    let mut plain = sealed.to_vec();
    cipher.decrypt_in_place(&Nonce::from(nonce), header, &mut plain).ok()?;
    is_in_place.then_some(plain)
}

fn read(mut plain: &[u8], latest_ms: &mut u32, opened: &mut Opened) {
    while plain.first().is_some_and(|kind| *kind != 0) {
        let Some((head, rest)) = plain.split_at_checked(RECORD_HEAD) else { break };
        let Some((payload, rest)) = rest.split_at_checked(usize::from(head[1])) else { break };
        let at_ms = u32::from_le_bytes([head[2], head[3], head[4], head[5]]).max(*latest_ms);
        *latest_ms = at_ms;
        let kind = head[0];
        let is_known =
            TOPICS.iter().any(|topic| topic.kind == kind && topic.bytes() == payload.len());
        if is_known {
            opened.records.push(Record { kind, at_ms, payload: payload.to_vec() });
        } else {
            opened.strange += 1;
        }
        plain = rest;
    }
}
