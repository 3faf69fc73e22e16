//! The chained digest over all that a flight leaves behind.
//!
//! **Never:** covers what may differ between two runs of one scenario and seed.

use crate::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 over the scenario, law, truth, transcript, card and track of a flight, as hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seal(pub String);

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Chains named parts into a seal: each link is SHA-256(previous ‖ name ‖ SHA-256(part)).
pub struct Sealer {
    chain: [u8; 32],
}

impl Sealer {
    /// Begins a chain.
    #[must_use]
    pub fn begin() -> Self {
        Self { chain: Sha256::digest(b"hushwing seal 1").into() }
    }

    /// Adds one part.
    #[must_use]
    pub fn part(self, name: &str, bytes: &[u8]) -> Self {
        let mut next = Sha256::new();
        next.update(self.chain);
        next.update((name.len() as u64).to_le_bytes());
        next.update(name.as_bytes());
        next.update(Sha256::digest(bytes));
        Self { chain: next.finalize().into() }
    }

    /// Ends the chain.
    #[must_use]
    pub fn seal(self) -> Seal {
        Seal(hex::encode(&self.chain))
    }
}

/// SHA-256 of some bytes, as hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes))
}
