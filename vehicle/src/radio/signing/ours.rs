//! The vehicle's own signature under its frames.
//!
//! The timestamp is the station's clock at the set-up, taken on by the vehicle's ticks, and one more for each further
//! frame of a tick: nothing that the vehicle knows can move it.
//!
//! **Never:** goes backwards, over a reboot either; signs with a clock of its own.

use super::STEPS_PER_TICK;
use crate::radio::port::Port;
use crate::senses::Tick;
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

/// A key to sign with.
pub(crate) struct Signer {
    key: [u8; 32],
    /// The number of the port as signatures have it.
    link: u8,
    began: (u64, Tick),
    now: Tick,
    last: u64,
}

impl Signer {
    pub(super) fn new(key: [u8; 32], began: (u64, Tick), port: Port) -> Self {
        let link = match port {
            Port::First => 0,
            Port::Second => 1,
        };
        Self { key, link, began, now: began.1, last: 0 }
    }

    /// Signs as of this tick from now on.
    pub(crate) fn keep_time(&mut self, now: Tick) {
        self.now = now;
    }

    /// Puts link, timestamp and signature behind a frame that says in its flags that it is signed.
    pub(crate) fn sign(&mut self, frame: &mut Vec<u8>) {
        self.last = clock(self.began, self.now).max(self.last + 1);
        frame.push(self.link);
        frame.extend_from_slice(&self.last.to_le_bytes()[..6]);
        let digest = Sha256::new_with_prefix(self.key).chain_update(&frame).finalize();
        frame.extend_from_slice(&digest[..6]);
    }
}

/// What the station's clock shows by the vehicle's ticks.
pub(super) fn clock((timestamp, at): (u64, Tick), now: Tick) -> u64 {
    timestamp.saturating_add(now.0.saturating_sub(at.0).saturating_mul(STEPS_PER_TICK))
}
