//! The flight log: records of a flight, sealed to the owner's key before they touch the card.
//!
//! Container version 1: `HWLOG001`, ephemeral X25519 public key (32 bytes); then blocks of: number (u32 LE, from 0),
//! length 1024 (u16 LE), 1008 bytes of records under ChaCha20-Poly1305 with their 16-byte tag. Nonce: 8 zero bytes,
//! then the block's number (u32 LE); associated data: the 40 bytes of the header; key: SHA-256 of
//! `hushwing log 1`, the shared secret, the ephemeral and the owner's public key. A record is kind (u8), length of its
//! payload (u8), milliseconds since power-on (u32 LE), payload; a block ends in zeros.
//!
//! **Never:** writes a record in clear; tells anyone but the gate that there is a log.

use crate::gate::{Door, Parcel};
use crate::senses::{Storage, TICKS_PER_S, Tick};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

const MAGIC: &[u8; 8] = b"HWLOG001";
const PLAIN: usize = 1008;
const RECORD_HEAD: usize = 6;

/// Bytes of the sealed container. Made here and nowhere else.
pub struct SealedLog(Vec<u8>);

impl SealedLog {
    /// A piece of a log as it lies on the card.
    pub(super) fn piece(card: &dyn Storage, object: u32, offset: usize, length: usize) -> Self {
        Self(card.read(&path(object), offset, length).to_vec())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// One record. Its contents can be sealed, and nothing else can be done with them.
pub struct LogEntry {
    kind: Kind,
    payload: Vec<u8>,
}

/// What a record tells.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Attitude = 1,
    Position = 2,
    Rotors = 3,
    Cells = 4,
    Temperatures = 5,
    Fix = 6,
    Event = 7,
    Waypoint = 8,
    Command = 9,
    Consent = 10,
    Refusal = 11,
    Lost = 12,
}

impl LogEntry {
    pub(crate) fn new(kind: Kind, payload: Vec<u8>) -> Self {
        Self { kind, payload }
    }

    /// A record of numbers.
    pub(crate) fn numbers(kind: Kind, values: &[f64]) -> Self {
        Self::new(kind, values.iter().flat_map(|v| (*v as f32).to_le_bytes()).collect())
    }
}

/// The log of the flight under way, if any.
pub(crate) struct Logbook {
    owner: PublicKey,
    next_object: u32,
    open: Option<Open>,
}

struct Open {
    object: u32,
    header: Vec<u8>,
    cipher: ChaCha20Poly1305,
    block: u32,
    plain: Vec<u8>,
    lost: u32,
}

impl Logbook {
    pub(crate) fn new(owner_public_key: [u8; 32], first_object: u32) -> Self {
        Self { owner: PublicKey::from(owner_public_key), next_object: first_object, open: None }
    }

    /// Opens the next log, with a key made from fresh chance; the write of its header.
    pub(crate) fn open(&mut self, entropy: [u8; 32]) -> Parcel {
        let secret = StaticSecret::from(entropy);
        let public = PublicKey::from(&secret);
        let shared = secret.diffie_hellman(&self.owner);
        let mut key = Sha256::new();
        key.update(b"hushwing log 1");
        key.update(shared.as_bytes());
        key.update(public.as_bytes());
        key.update(self.owner.as_bytes());
        let header = [&MAGIC[..], public.as_bytes()].concat();
        let object = self.next_object;
        self.next_object += 1;
        let sealed = SealedLog(header.clone());
        self.open = Some(Open {
            object,
            header,
            cipher: ChaCha20Poly1305::new(&key.finalize()),
            block: 0,
            plain: Vec::with_capacity(PLAIN),
            lost: 0,
        });
        Parcel::log(object, path(object), sealed)
    }

    /// Adds a record; the write of a block that it filled.
    pub(crate) fn add(&mut self, now: Tick, entry: &LogEntry) -> Option<Parcel> {
        let open = self.open.as_mut()?;
        if entry.payload.len() > 255 {
            open.lost += 1;
            return None;
        }
        let full = open.plain.len() + RECORD_HEAD + entry.payload.len() > PLAIN;
        let block = if full { open.seal_block() } else { None };
        open.put(now, entry.kind, &entry.payload);
        block
    }

    /// Closes the log; the write of its last block, and whether records were lost.
    pub(crate) fn close(&mut self, now: Tick) -> Option<(Option<Parcel>, bool)> {
        let mut open = self.open.take()?;
        let lost = open.lost;
        if lost > 0 {
            open.put(now, Kind::Lost, &lost.to_le_bytes());
        }
        Some((open.seal_block(), lost > 0))
    }
}

impl Open {
    fn put(&mut self, now: Tick, kind: Kind, payload: &[u8]) {
        let milliseconds = (now.0 * 1000 / TICKS_PER_S) as u32;
        self.plain.extend([kind as u8, payload.len() as u8]);
        self.plain.extend(milliseconds.to_le_bytes());
        self.plain.extend_from_slice(payload);
    }

    fn seal_block(&mut self) -> Option<Parcel> {
        let mut bytes = core::mem::replace(&mut self.plain, Vec::with_capacity(PLAIN));
        bytes.resize(PLAIN, 0);
        let mut nonce = [0; 12];
        nonce[8..].copy_from_slice(&self.block.to_le_bytes());
        // A buffer in memory cannot fail to be sealed; if it did, the block would be lost and never plain.
        if self.cipher.encrypt_in_place(&Nonce::from(nonce), &self.header, &mut bytes).is_err() {
            self.lost += 1;
            return None;
        }
        let mut block = Vec::with_capacity(6 + bytes.len());
        block.extend(self.block.to_le_bytes());
        block.extend((bytes.len() as u16).to_le_bytes());
        block.extend(bytes);
        self.block += 1;
        Some(Parcel::log(self.object, path(self.object), SealedLog(block)))
    }
}

/// Where a log lies on the card.
pub(super) fn path(object: u32) -> String {
    format!("LOG/LOG_{object:04}.HLG")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::Ledger;
    use crate::gate::{Body, Verdict, judge};
    use crate::senses::LawName;

    fn bytes(parcel: Parcel) -> Vec<u8> {
        match judge(LawName::Sealed, &Ledger::empty(), parcel, Tick(0)) {
            Verdict::Cleared(cleared) => match cleared.body {
                Body::Card { bytes, .. } => bytes,
                _ => panic!("a log block is a card write"),
            },
            Verdict::Refused(refusal) => panic!("{refusal:?}"),
        }
    }

    #[test]
    fn the_owner_can_open_the_log_and_it_tells_nothing_in_clear() {
        let owner = StaticSecret::from([9; 32]);
        let mut book = Logbook::new(PublicKey::from(&owner).to_bytes(), 1);
        let header = bytes(book.open([5; 32]));
        let entry = LogEntry::new(Kind::Waypoint, b"OAK BY THE GATE".to_vec());
        assert!(book.add(Tick(500), &entry).is_none());
        let block = bytes(book.close(Tick(501)).and_then(|(block, _)| block).expect("a block"));
        assert!(!block.windows(3).any(|w| w == b"OAK"));

        let ephemeral: [u8; 32] = header[8..].try_into().expect("a key of 32 bytes");
        let mut key = Sha256::new();
        key.update(b"hushwing log 1");
        key.update(owner.diffie_hellman(&PublicKey::from(ephemeral)).as_bytes());
        key.update(ephemeral);
        key.update(PublicKey::from(&owner).as_bytes());
        let cipher = ChaCha20Poly1305::new(&key.finalize());
        let mut plain = block[6..].to_vec();
        cipher.decrypt_in_place(&Nonce::from([0; 12]), &header, &mut plain).expect("it opens");
        assert_eq!(&plain[..21], b"\x08\x0f\xe8\x03\x00\x00OAK BY THE GATE");
    }
}
