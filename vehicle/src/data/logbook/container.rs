//! The sealed container of a flight log: one file, its key, its numbered blocks.
//!
//! Version 1: `HWLOG001`, ephemeral X25519 public key (32 bytes); then blocks of: number (u32 LE, from 0), length 1024
//! (u16 LE), 1008 bytes of records under ChaCha20-Poly1305 with their 16-byte tag. Nonce: 8 zero bytes, then the
//! block's number (u32 LE); associated data: the 40 bytes of the header; key: SHA-256 of `hushwing log 1`, the shared
//! secret, the ephemeral and the owner's public key. Each block stands alone: a file that is cut anywhere opens up
//! to its last whole block.
//!
//! **Never:** keeps the secret half of a key longer than it takes to make the cipher; seals two blocks under one number.

use crate::gate::Door;
use crate::senses::Storage;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

const MAGIC: &[u8; 8] = b"HWLOG001";
/// Bytes of records in a block.
pub(super) const PLAIN: usize = 1008;
/// Bytes before the first block.
pub(super) const HEADER: usize = 40;
/// Bytes of a block on the card.
pub(super) const BLOCK: usize = 6 + PLAIN + 16;
/// Most bytes of one file, 2 MiB.
const FILE_MAX: usize = 2 * 1024 * 1024;
/// Most blocks of one file.
pub(super) const BLOCKS_MAX: u32 = ((FILE_MAX - HEADER) / BLOCK) as u32;

/// Bytes of the sealed container. Made here and nowhere else.
pub struct SealedLog(Vec<u8>);

impl SealedLog {
    /// A piece of a log as it lies on the card.
    pub(in crate::data) fn piece(
        card: &dyn Storage,
        object: u32,
        offset: usize,
        length: usize,
    ) -> Self {
        Self(card.read(&path(object), offset, length).to_vec())
    }

    pub(in crate::data) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// Seals the blocks of one file.
pub(super) struct Container {
    header: Vec<u8>,
    cipher: ChaCha20Poly1305,
    blocks: u32,
}

impl Container {
    /// A new file under a key of its own.
    pub(super) fn new(owner: &PublicKey, seed: [u8; 32]) -> Self {
        let secret = StaticSecret::from(seed);
        let public = PublicKey::from(&secret);
        let shared = secret.diffie_hellman(owner);
        let mut key = Sha256::new();
        key.update(b"hushwing log 1");
        key.update(shared.as_bytes());
        key.update(public.as_bytes());
        key.update(owner.as_bytes());
        Self {
            header: [&MAGIC[..], public.as_bytes()].concat(),
            cipher: ChaCha20Poly1305::new(&key.finalize()),
            blocks: 0,
        }
    }

    /// The head of the file.
    pub(super) fn header(&self) -> SealedLog {
        SealedLog(self.header.clone())
    }

    /// Blocks sealed so far.
    pub(super) fn blocks(&self) -> u32 {
        self.blocks
    }

    /// Bytes that the file has once all that was sealed is on the card.
    pub(super) fn bytes(&self) -> usize {
        HEADER + self.blocks as usize * BLOCK
    }

    /// The next block; `plain` is at most [`PLAIN`] bytes of records.
    pub(super) fn seal(&mut self, mut plain: Vec<u8>) -> Option<SealedLog> {
        plain.resize(PLAIN, 0);
        let mut nonce = [0; 12];
        nonce[8..].copy_from_slice(&self.blocks.to_le_bytes());
        // A buffer in memory cannot fail to be sealed; if it did, the block would be lost and never plain.
        self.cipher.encrypt_in_place(&Nonce::from(nonce), &self.header, &mut plain).ok()?;
        let mut block = Vec::with_capacity(BLOCK);
        block.extend(self.blocks.to_le_bytes());
        block.extend((plain.len() as u16).to_le_bytes());
        block.extend(plain);
        self.blocks += 1;
        Some(SealedLog(block))
    }
}

/// The seed of the next file, of which the last one tells nothing backwards.
pub(super) fn next_seed(seed: [u8; 32]) -> [u8; 32] {
    let mut next = Sha256::new();
    next.update(b"hushwing next log 1");
    next.update(seed);
    next.finalize().into()
}

/// Where a log lies on the card.
pub(in crate::data) fn path(object: u32) -> String {
    format!("LOG/LOG_{object:04}.HLG")
}
