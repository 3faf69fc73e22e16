//! Payloads field by field, in the order in which they lie on the wire: largest fields first, as MAVLink has them.
//!
//! By hand where the crate's own structures have more or fewer fields with the features that other rooms ask for.
//!
//! **Never:** writes a NaN but the one that says "unknown": the others have room for something else.

use super::frame::Message;
use alloc::vec::Vec;

/// A payload that is being written.
pub(super) struct Wire(Vec<u8>);

impl Wire {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(super) fn u8(self, value: u8) -> Self {
        self.bytes(&[value])
    }

    pub(super) fn u16(self, value: u16) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(super) fn u32(self, value: u32) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(super) fn i32(self, value: i32) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(super) fn u64(self, value: u64) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(super) fn f32(self, value: f64) -> Self {
        let value = if value.is_nan() { f32::NAN } else { value as f32 };
        self.bytes(&value.to_le_bytes())
    }

    pub(super) fn f32s(self, values: impl IntoIterator<Item = f64>) -> Self {
        values.into_iter().fold(self, Self::f32)
    }

    pub(super) fn message(self, id: u32) -> Message {
        Message::new(id, self.0)
    }
}

/// A payload as long as its message may be: what was cut off its end were zeros.
pub(super) fn padded<const N: usize>(payload: &[u8]) -> [u8; N] {
    let mut wire = [0; N];
    let length = payload.len().min(N);
    wire[..length].copy_from_slice(&payload[..length]);
    wire
}
