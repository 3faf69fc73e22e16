//! What has arrived and is not taken in yet: so many frames are heard in a tick, the rest wait their turn.
//!
//! Sixteen thousand frames a second are heard at once; what waits is heard within a tenth of a second.
//!
//! **Never:** grows beyond its bounds, however much arrives; lets a later frame pass an earlier one.

use alloc::vec::Vec;

/// Most frames that are heard in a tick.
pub(crate) const FRAMES_PER_TICK: usize = 32;
/// Most bytes that wait.
const BYTES_MAX: usize = 8 * 1024;

/// Bytes that wait.
pub(crate) struct Backlog {
    bytes: Vec<u8>,
    /// Ticks in which something was dropped.
    dropped: u16,
}

impl Backlog {
    pub(crate) fn none() -> Self {
        Self { bytes: Vec::new(), dropped: 0 }
    }

    /// What waited, and behind it what arrived now. Nothing waits any more.
    pub(crate) fn take(&mut self, arrived: &[u8]) -> Vec<u8> {
        let mut all = core::mem::take(&mut self.bytes);
        all.extend_from_slice(arrived);
        all
    }

    /// Lets the rest wait, as much of it as there is room for.
    pub(crate) fn keep(&mut self, rest: &[u8]) {
        let kept = rest.len().min(BYTES_MAX);
        self.bytes.extend_from_slice(&rest[..kept]);
        if kept < rest.len() {
            self.dropped = self.dropped.saturating_add(1);
        }
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// In how many ticks something was dropped.
    pub(crate) fn dropped(&self) -> u16 {
        self.dropped
    }
}
