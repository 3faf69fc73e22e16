//! Signed frames: MAVLink 2 signing as the ground station set it up.
//!
//! Source: mavlink.io, "Message Signing": the first 48 bits of SHA-256 over the key, the frame, the number of the
//! link and a timestamp that only rises for each sender. The key, when it was set up and by which clock, and the
//! newest timestamp lie sealed in `ID/SIGNING.HSG`, so that neither a power cut nor an old frame opens the door again.
//! What was heard in the minute since it was kept is refused after a power cut by the vehicle's own clock.
//!
//! **Never:** shows the key; takes a timestamp twice; falls back to no signing because a file cannot be read.

mod ours;
mod setup;
#[cfg(test)]
mod tests;

pub(crate) use ours::Signer;
pub(crate) use setup::{Setup, read};

use super::frame::{Received, Signed};
use super::port::Port;
use crate::gate::Parcel;
use crate::senses::{Storage, TICKS_PER_S, Tick};
use crate::vault::{Vault, is_same};
use alloc::string::String;
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

const PATH: &str = "ID/SIGNING.HSG";
const SEALED_MAX: usize = 256;
/// Most senders that are told apart; a further one is not heard.
const SENDERS_MAX: usize = 8;
/// Timestamps count in steps of 10 µs.
const STEPS_PER_TICK: u64 = 100_000 / TICKS_PER_S;
/// So far a sender that was not heard before may be behind the newest, and so often the newest is kept.
const MINUTE_STEPS: u64 = 6_000_000;
/// HEARTBEAT, RADIO_STATUS, ADSB_VEHICLE and COLLISION: who cannot sign may be there, and may warn.
const UNSIGNED: [u32; 4] = [0, 109, 246, 247];

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
    /// What the station's clock showed when it set up the key, and when that was.
    began: (u64, Tick),
    /// Senders not heard since power-on must be newer than this.
    floor: u64,
    /// The newest that lies on the card.
    kept: u64,
    senders: Vec<Sender>,
}

struct Sender {
    system: u8,
    component: u8,
    link: u8,
    newest: u64,
}

impl Signing {
    /// What the card holds at power-on.
    pub(crate) fn boot(vault: &Vault, card: &dyn Storage, now: Tick) -> Self {
        if card.length(PATH).is_none() {
            return Self::Open;
        }
        let plain = vault.unseal(PATH, card.read(PATH, 0, SEALED_MAX));
        plain.and_then(|plain| Keyed::read(&plain, now)).map_or(Self::Locked, Self::Keyed)
    }

    /// Takes a key from now on.
    pub(crate) fn set_up(&mut self, key: [u8; 32], timestamp: u64, now: Tick) {
        let (began, senders) = ((timestamp, now), Vec::new());
        *self = Self::Keyed(Keyed { key, began, floor: timestamp, kept: timestamp, senders });
    }

    /// Ends signing; the file that is to end with it.
    pub(crate) fn end(&mut self) -> String {
        *self = Self::Open;
        PATH.into()
    }

    /// Whether what a frame says is taken only if it is signed.
    pub(crate) fn is_demanded_of(&self, id: u32) -> bool {
        match self {
            Self::Open => false,
            Self::Locked | Self::Keyed(_) => !UNSIGNED.contains(&id),
        }
    }

    /// Whether a station that `signs_right` or not may become the pilot's: a key outlives the power, and whoever has
    /// none must not take his place who has. Where no key can be read, nobody can show that he has it.
    pub(crate) fn lets_lead(&self, signs_right: bool) -> bool {
        match self {
            Self::Open | Self::Locked => true,
            Self::Keyed(_) => signs_right,
        }
    }

    /// Whether a key may be set up by a frame that is `signed_right` or not. What cannot be read is no reason to end
    /// signing.
    pub(crate) fn may_be_set_up(&self, setup: &Setup, signed_right: bool) -> bool {
        match (self, setup) {
            (Self::Open, _) | (Self::Locked, Setup::Key { .. }) => true,
            (Self::Locked, Setup::End) => false,
            (Self::Keyed(_), _) => signed_right,
        }
    }

    /// Whether a frame carries a right signature, newer than its sender's last. If so, older ones are void.
    pub(crate) fn check(&mut self, frame: &Received<'_>, signed: Option<&Signed<'_>>) -> bool {
        match self {
            Self::Open | Self::Locked => false,
            Self::Keyed(keyed) => signed.is_some_and(|signed| keyed.check(frame, signed)),
        }
    }

    /// With what the vehicle signs its own frames on a port, if it does.
    pub(crate) fn signer(&self, port: Port) -> Option<Signer> {
        match self {
            Self::Open | Self::Locked => None,
            Self::Keyed(keyed) => Some(Signer::new(keyed.key, keyed.began, port)),
        }
    }

    /// Whether a minute has been heard since it was kept last.
    pub(crate) fn is_to_be_kept(&self) -> bool {
        match self {
            Self::Open | Self::Locked => false,
            Self::Keyed(keyed) => keyed.newest() >= keyed.kept.saturating_add(MINUTE_STEPS),
        }
    }

    /// The write that keeps key and newest timestamp.
    pub(crate) fn write(&mut self, vault: &Vault, entropy: &[u8; 32]) -> Option<Parcel> {
        match self {
            Self::Open | Self::Locked => None,
            Self::Keyed(keyed) => {
                keyed.kept = keyed.newest();
                Some(Parcel::keep(PATH.into(), vault.seal(PATH, &keyed.plain(), entropy)?))
            }
        }
    }
}

impl Keyed {
    /// Key (32 bytes), what the station's clock showed, at which tick, newest timestamp (u64 each, LE).
    fn plain(&self) -> Vec<u8> {
        let (timestamp, tick) = self.began;
        let numbers = [timestamp, tick.0, self.kept].map(u64::to_le_bytes);
        [&self.key[..], numbers.as_flattened()].concat()
    }

    fn read(plain: &[u8], now: Tick) -> Option<Self> {
        let (key, numbers) = plain.split_first_chunk::<32>()?;
        let (numbers, []) = numbers.as_chunks::<8>() else { return None };
        let &[timestamp, tick, kept] = numbers else { return None };
        let [timestamp, tick, kept] = [timestamp, tick, kept].map(u64::from_le_bytes);
        let began = (timestamp, Tick(tick));
        // What has been heard since it was kept is not known, but it was less than a minute, and no newer than now.
        let clock = ours::clock(began, now).min(kept.saturating_add(MINUTE_STEPS));
        Some(Self { key: *key, began, floor: kept.max(clock), kept, senders: Vec::new() })
    }

    fn newest(&self) -> u64 {
        self.senders.iter().map(|sender| sender.newest).fold(self.floor, u64::max)
    }

    fn check(&mut self, frame: &Received<'_>, signed: &Signed<'_>) -> bool {
        let digest = Sha256::new_with_prefix(self.key).chain_update(signed.covered).finalize();
        if !is_same(&digest[..6], signed.signature) {
            return false;
        }
        let is_sender = |s: &Sender| {
            (s.system, s.component, s.link) == (frame.system, frame.component, signed.link)
        };
        let known = self.senders.iter().position(is_sender);
        let behind = self.floor.max(self.newest().saturating_sub(MINUTE_STEPS + 1));
        let newest = known.map_or(behind, |place| self.senders[place].newest);
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
