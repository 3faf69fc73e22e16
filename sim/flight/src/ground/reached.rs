//! What reaches the vehicle from the ground in a tick, by which of its telemetry ports.
//!
//! **Never:** has room for a third port; joins what came by two.

use evidence::Link;

/// Bytes by port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// By the radio.
    pub radio: Vec<u8>,
    /// By the second telemetry port.
    pub telemetry2: Vec<u8>,
}

impl Reached {
    /// Both, in the order in which the vehicle hears them.
    #[must_use]
    pub fn ports(&self) -> [(Link, &[u8]); 2] {
        [(Link::Radio, &self.radio), (Link::Telemetry2, &self.telemetry2)]
    }

    /// What has come by a port; all that is not the second is the first.
    pub fn on(&mut self, link: Link) -> &mut Vec<u8> {
        if link == Link::Telemetry2 { &mut self.telemetry2 } else { &mut self.radio }
    }

    /// Whether nothing has come.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.radio.is_empty() && self.telemetry2.is_empty()
    }

    /// Takes in more behind what has come.
    pub fn extend(&mut self, more: &Self) {
        self.radio.extend_from_slice(&more.radio);
        self.telemetry2.extend_from_slice(&more.telemetry2);
    }

    /// Nothing has come.
    pub fn clear(&mut self) {
        self.radio.clear();
        self.telemetry2.clear();
    }
}
