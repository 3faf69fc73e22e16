//! Keys of a flight that every seat shares: what they seal and vouch for lies on the card, and in a twin that had
//! others it would differ lawfully.
//!
//! **Never:** leaves the simulator but by a provision, or by the pilot's own hand.

use crate::chance::Seed;
use sha2::{Digest, Sha256};

/// The keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Of the vehicle's secure element.
    pub vault: [u8; 32],
    /// Of the authority that may unlock no-fly zones.
    pub unlock: [u8; 32],
    /// That the pilot signs with, where the story lets the pilot sign.
    pub signing: [u8; 32],
}

impl Keys {
    /// The keys of a flight.
    #[must_use]
    pub fn of(seed: &Seed) -> Self {
        let key = |name| seed.fork(name).bytes();
        Self { vault: key("vault"), unlock: key("unlock"), signing: key("signing") }
    }

    /// The code with which the authority unlocks a zone.
    #[must_use]
    pub fn unlock_code(&self, zone: u16) -> u32 {
        let mac = hmac(&self.unlock, &zone.to_le_bytes());
        u32::from_be_bytes([0, mac[0], mac[1], mac[2]])
    }
}

/// HMAC-SHA256 (RFC 2104) under a key that is no longer than a block.
fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new_with_prefix(pad(0x36)).chain_update(message).finalize();
    Sha256::new_with_prefix(pad(0x5C)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mac_is_the_published_one() {
        // RFC 4231, test case 1, whose key of 20 bytes stands for one that ends in zeros.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let expected = [0xb0, 0x34, 0x4c, 0x61, 0xd8, 0xdb, 0x38, 0x53];
        assert_eq!(hmac(&key, b"Hi There")[..8], expected);
    }

    #[test]
    fn a_code_has_24_bits_and_each_zone_its_own() {
        let keys = Keys::of(&Seed::master(1));
        assert!(keys.unlock_code(1) < 1 << 24);
        assert_ne!(keys.unlock_code(1), keys.unlock_code(2));
    }
}
