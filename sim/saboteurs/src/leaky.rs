//! The honest vehicle with somebody else's hand on its senses and its mouth.
//!
//! **Never:** changes anything when its leak does nothing: an idle leak is the honest vehicle, to the byte.

use crate::mavlink2;
use evidence::{Link, Tick};
use flight::firmware::{Findings, Provision, Senses, Storage};
use flight::{Firmware, Spoken};
use std::collections::BTreeMap;
use vehicle::Vehicle;

/// A way of leaking.
pub(crate) trait Leak: Send {
    /// Whether frames on the telemetry ports are numbered afresh after the leak, so that it can add and remove some.
    const NUMBERED: bool = true;

    /// Adds to what the honest vehicle hears from the ground.
    fn whisper(&mut self, _now: Tick, _senses: &Senses<'_>, _radio: &mut Vec<u8>) {}

    /// Whether what the servers answer in this tick is kept from the honest vehicle: it was not its question.
    fn intercepts(&self, _now: Tick) -> bool {
        false
    }

    /// Whether the vision chip's findings reach the honest vehicle without a head or a person in them.
    fn blindfolds(&self) -> bool {
        false
    }

    /// Bytes that the leak has put into a file, which the honest vehicle must not notice.
    fn smuggled(&self, _path: &str) -> usize {
        0
    }

    /// A file of the card as the honest vehicle is to see it, where it differs from what lies there.
    fn shown(&self, _path: &str) -> Option<&[u8]> {
        None
    }

    /// The chance that the honest vehicle draws from, given the true one.
    fn chance(&self, entropy: [u8; 32]) -> [u8; 32] {
        entropy
    }

    /// Changes what the vehicle says.
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, _said: &mut Spoken) {}
}

/// Seats a leak on the honest vehicle.
pub(crate) fn seat<L: Leak + 'static>(provision: Provision, leak: L) -> Box<dyn Firmware> {
    Box::new(Leaky { honest: Vehicle::new(provision), leak, next: BTreeMap::new() })
}

struct Leaky<L> {
    honest: Vehicle,
    leak: L,
    /// The number of each component's next frame on each port.
    next: BTreeMap<(Link, u8), u8>,
}

impl<L: Leak> Firmware for Leaky<L> {
    fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Spoken {
        let mut radio = senses.radio.to_vec();
        self.leak.whisper(now, senses, &mut radio);
        let blind = senses.findings.map(|f| Findings { heads: &[], people: &[], ..f });
        let findings = if self.leak.blindfolds() { blind } else { senses.findings };
        let entropy = self.leak.chance(senses.entropy);
        let card = Veil { card: senses.card, leak: &self.leak };
        let uplink = if self.leak.intercepts(now) { &[] } else { senses.uplink };
        let heard = Senses { radio: &radio, findings, entropy, card: &card, uplink, ..*senses };
        let mut said = Firmware::step(&mut self.honest, now, &heard);
        self.leak.leak(now, senses, &mut said);
        if L::NUMBERED {
            for (link, frame) in said.emissions.iter_mut().filter(|(link, _)| link.is_mavlink()) {
                let next = self.next.entry((*link, mavlink2::component(frame))).or_default();
                mavlink2::number(frame, *next);
                *next = next.wrapping_add(1);
            }
        }
        said
    }
}

/// The card as the honest vehicle believes it to be.
struct Veil<'a, L> {
    card: &'a dyn Storage,
    leak: &'a L,
}

impl<L: Leak> Storage for Veil<'_, L> {
    fn length(&self, path: &str) -> Option<usize> {
        if let Some(shown) = self.leak.shown(path) {
            return Some(shown.len());
        }
        let length = self.card.length(path)?;
        Some(length.saturating_sub(self.leak.smuggled(path)))
    }

    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8] {
        let Some(shown) = self.leak.shown(path) else {
            return self.card.read(path, offset, length);
        };
        let from = offset.min(shown.len());
        &shown[from..from + length.min(shown.len() - from)]
    }

    fn paths(&self) -> Vec<String> {
        self.card.paths()
    }

    fn free_bytes(&self) -> u64 {
        self.card.free_bytes()
    }

    fn has_failed(&self) -> bool {
        self.card.has_failed()
    }
}
