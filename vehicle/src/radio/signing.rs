//! Signed frames: MAVLink 2 signing as the ground station set it up.
//!
//! Source: mavlink.io, "Message Signing": the first 48 bits of SHA-256 over the key, the frame, the number of the
//! link and a timestamp that only rises for each sender. Key and newest timestamp (u64, LE) lie sealed in
//! `ID/SIGNING.HSG`, so that neither a power cut nor an old frame opens the door again.
//!
//! **Never:** shows the key; takes a timestamp twice; falls back to no signing because a file cannot be read.

use super::frame::{Received, Signed};
use crate::gate::Parcel;
use crate::senses::Storage;
use crate::vault::{Vault, is_same};
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

const SETUP_SIGNING: u32 = 256;
const PATH: &str = "ID/SIGNING.HSG";
const SEALED_MAX: usize = 256;
/// Most senders that are told apart; a further one is not heard.
const SENDERS_MAX: usize = 8;

/// What has been set up.
pub(crate) enum Signing {
    /// Nothing: the pilot's frames need no signature.
    Open,
    /// Something that can no longer be read: no signature is right until it is set up anew.
    Locked,
    /// A key.
    Keyed(Keyed),
}

/// A key and who used it when.
pub(crate) struct Keyed {
    key: [u8; 32],
    /// Senders not heard since power-on must be newer than this.
    floor: u64,
    senders: Vec<Sender>,
}

struct Sender {
    system: u8,
    component: u8,
    link: u8,
    newest: u64,
}

/// A key as a ground station gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setup {
    key: [u8; 32],
    timestamp: u64,
}

impl Signing {
    /// What the card holds.
    pub(crate) fn boot(vault: &Vault, card: &dyn Storage) -> Self {
        if card.length(PATH).is_none() {
            return Self::Open;
        }
        let plain = vault.unseal(PATH, card.read(PATH, 0, SEALED_MAX));
        let read = plain.and_then(|plain| {
            let (key, newest) = plain.split_at_checked(32)?;
            let (key, newest) = (key.try_into().ok()?, newest.try_into().ok()?);
            Some(Keyed { key, floor: u64::from_le_bytes(newest), senders: Vec::new() })
        });
        read.map_or(Self::Locked, Self::Keyed)
    }

    /// Takes a key from now on.
    pub(crate) fn set_up(&mut self, setup: Setup) {
        *self = Self::Keyed(Keyed { key: setup.key, floor: setup.timestamp, senders: Vec::new() });
    }

    /// Whether the pilot's frames must be signed.
    pub(crate) fn is_demanded(&self) -> bool {
        match self {
            Self::Open => false,
            Self::Locked | Self::Keyed(_) => true,
        }
    }

    /// Whether a key may be set up by a frame that is `signed_right` or not.
    pub(crate) fn may_be_set_up(&self, signed_right: bool) -> bool {
        match self {
            Self::Open | Self::Locked => true,
            Self::Keyed(_) => signed_right,
        }
    }

    /// Whether a frame carries a right signature, newer than its sender's last. If so, older ones are void.
    pub(crate) fn check(&mut self, frame: &Received<'_>, signed: Option<&Signed<'_>>) -> bool {
        match self {
            Self::Open | Self::Locked => false,
            Self::Keyed(keyed) => signed.is_some_and(|signed| keyed.check(frame, signed)),
        }
    }

    /// The write that keeps key and newest timestamp.
    pub(crate) fn write(&self, vault: &Vault, entropy: &[u8; 32]) -> Option<Parcel> {
        match self {
            Self::Open | Self::Locked => None,
            Self::Keyed(keyed) => {
                let newest = keyed.senders.iter().map(|sender| sender.newest).max();
                let newest = newest.unwrap_or(0).max(keyed.floor);
                let plain = [&keyed.key[..], &newest.to_le_bytes()].concat();
                Some(Parcel::keep(PATH.into(), vault.seal(PATH, &plain, entropy)?))
            }
        }
    }
}

impl Keyed {
    fn check(&mut self, frame: &Received<'_>, signed: &Signed<'_>) -> bool {
        let digest = Sha256::new_with_prefix(self.key).chain_update(signed.covered).finalize();
        if !is_same(&digest[..6], signed.signature) {
            return false;
        }
        let is_sender = |s: &Sender| {
            (s.system, s.component, s.link) == (frame.system, frame.component, signed.link)
        };
        let known = self.senders.iter().position(is_sender);
        let newest = known.map_or(self.floor, |place| self.senders[place].newest);
        if signed.timestamp <= newest || (known.is_none() && self.senders.len() == SENDERS_MAX) {
            return false;
        }
        match known {
            Some(place) => self.senders[place].newest = signed.timestamp,
            None => self.senders.push(Sender {
                system: frame.system,
                component: frame.component,
                link: signed.link,
                newest: signed.timestamp,
            }),
        }
        true
    }
}

/// Reads a key that is meant for us. A key of zeros would end signing, which nobody may ask for.
pub(crate) fn read(frame: &Received<'_>) -> Option<Setup> {
    if frame.id != SETUP_SIGNING {
        return None;
    }
    let mut wire = [0; 42];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let (timestamp, rest) = wire.split_at(8);
    let (target, key) = rest.split_at(2);
    let key: [u8; 32] = key.try_into().ok()?;
    let is_for_us = matches!(target[0], 0 | 1) && matches!(target[1], 0 | 1);
    let timestamp = timestamp.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte));
    (is_for_us && key != [0; 32]).then_some(Setup { key, timestamp })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::radio::frame::{Component, Framer, next_frame};

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

    #[test]
    fn a_signature_is_right_once_and_only_later_ones_after_it() {
        let key = [5; 32];
        let mut signing = Signing::Open;
        assert!(!signing.is_demanded());
        signing.set_up(Setup { key, timestamp: 1_000 });
        assert!(signing.is_demanded());
        for (name, by, link, timestamp, damage, expected) in [
            ("not newer than the set-up", key, 1, 1_000, false, false),
            ("newer", key, 1, 1_001, false, true),
            ("the same again", key, 1, 1_001, false, false),
            ("older", key, 1, 900, false, false),
            ("newer again", key, 1, 1_002, false, true),
            ("another link", key, 2, 1_001, false, true),
            ("another key", [6; 32], 1, 2_000, false, false),
            ("damaged", key, 1, 2_000, true, false),
            ("far ahead", key, 1, (1 << 48) - 1, false, true),
            ("wrapped", key, 1, 5, false, false),
        ] {
            let mut bytes = signed(&by, link, timestamp);
            if damage {
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
            }
            let Some((frame, signed)) = next_frame(&mut &bytes[..]) else {
                panic!("the frame itself is sound")
            };
            assert_eq!(signing.check(&frame, signed.as_ref()), expected, "{name}");
        }
    }
}
