//! The mouth: takes only what the gate has cleared, and frames it for its link.
//!
//! **Never:** takes a parcel, a label or bytes; sends what has not been cleared in this tick.

use crate::gate::{Body, Cleared};
use crate::radio::frame::Framer;
use crate::senses::Thrust;
use crate::words::Link;
use alloc::vec::Vec;

/// What the vehicle says in one tick: rotor commands, and emissions in order.
pub struct Outbox {
    thrust: Thrust,
    emissions: Vec<(Link, Vec<u8>)>,
}

impl Outbox {
    pub(crate) fn open() -> Self {
        Self { thrust: Thrust::default(), emissions: Vec::new() }
    }

    /// Commanded rotor speeds.
    #[must_use]
    pub fn thrust(&self) -> Thrust {
        self.thrust
    }

    /// What leaves, in order.
    #[must_use]
    pub fn emissions(&self) -> &[(Link, Vec<u8>)] {
        &self.emissions
    }

    /// What leaves, in order, by value.
    #[must_use]
    pub fn into_emissions(self) -> Vec<(Link, Vec<u8>)> {
        self.emissions
    }

    /// Commands the rotors. `Motion` is open to flight control alone, whose inputs hold no secret.
    pub(crate) fn drive(&mut self, thrust: Thrust) {
        self.thrust = thrust;
    }

    /// Puts card writes behind everything else: where a full log block falls among the frames of a tick would tell
    /// how much was logged.
    pub(crate) fn settle(&mut self) {
        self.emissions.sort_by_key(|(link, _)| *link == Link::Card);
    }

    /// Sends what the gate has cleared. A frame gets its number here, when it really leaves.
    pub fn send(&mut self, cleared: Cleared, framer: &mut Framer) {
        let link = cleared.link;
        let bytes = match cleared.body {
            Body::Message { from, id, payload } => framer.frame(from, id, &payload),
            Body::LogData { id, offset, bytes } => framer.log_data(id, offset, &bytes),
            Body::Http { head, bytes } => [head.as_bytes(), &bytes].concat(),
            Body::Card { operation, path, bytes } => {
                let length = (path.len() as u16).to_le_bytes();
                [&[operation as u8][..], &length, path.as_bytes(), &bytes].concat()
            }
            Body::Plain(bytes) => bytes,
        };
        self.emissions.push((link, bytes));
    }
}
