//! What a ground station sets up: a key, or the end of signing.
//!
//! **Never:** is shown or said again.

use crate::radio::frame::Received;

const SETUP_SIGNING: u32 = 256;
/// A signature has no room for a timestamp of more bits.
const TIMESTAMP_BITS: u32 = 48;

/// SETUP_SIGNING.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setup {
    /// Sign with this from now on.
    Key { key: [u8; 32], timestamp: u64 },
    /// A key of zeros: sign no more.
    End,
}

/// Reads what is meant for us.
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
    let setup = if key == [0; 32] { Setup::End } else { Setup::Key { key, timestamp } };
    (is_for_us && timestamp >> TIMESTAMP_BITS == 0).then_some(setup)
}
