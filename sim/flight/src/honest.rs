//! The honest vehicle in a seat.
//!
//! **Never:** adds to what the vehicle says, or leaves anything out.

use crate::firmware::{Firmware, Senses, Spoken};
use evidence::{Link, Tick};
use vehicle::Vehicle;

impl Firmware for Vehicle {
    fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Spoken {
        let outbox = Self::step(self, vehicle::senses::Tick(now.0), senses);
        let thrust = outbox.thrust();
        let emissions = outbox.into_emissions();
        Spoken {
            thrust,
            emissions: emissions.into_iter().map(|(l, bytes)| (link(l), bytes)).collect(),
        }
    }
}

fn link(link: vehicle::words::Link) -> Link {
    use vehicle::words::Link as Own;
    match link {
        Own::Radio => Link::Radio,
        Own::Video => Link::Video,
        Own::Uplink => Link::Uplink,
        Own::RemoteId => Link::RemoteId,
        Own::Card => Link::Card,
        Own::Console => Link::Console,
        Own::Lights => Link::Lights,
        Own::Motion => Link::Motion,
        Own::Telemetry2 => Link::Telemetry2,
    }
}
