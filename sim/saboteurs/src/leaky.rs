//! The honest vehicle with somebody else's hand on its senses and its mouth.
//!
//! **Never:** changes anything when its leak does nothing: an idle leak is the honest vehicle, to the byte.

use crate::mavlink2;
use evidence::{Link, Tick};
use flight::firmware::{Frame, HeadBox, Provision, Senses};
use flight::{Firmware, Spoken};
use vehicle::Vehicle;

/// A way of leaking.
pub(crate) trait Leak: Send {
    /// Whether frames on `Radio` are numbered afresh after the leak, so that it can add and remove some.
    const NUMBERED: bool = true;

    /// Adds to what the honest vehicle hears from the ground.
    fn whisper(&mut self, _now: Tick, _senses: &Senses<'_>, _radio: &mut Vec<u8>) {}

    /// Whether the honest vehicle is shown no heads in its frames.
    fn blindfolds(&self) -> bool {
        false
    }

    /// Changes what the vehicle says.
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, _said: &mut Spoken) {}
}

/// Seats a leak on the honest vehicle.
pub(crate) fn seat<L: Leak + 'static>(provision: Provision, leak: L) -> Box<dyn Firmware> {
    Box::new(Leaky { honest: Vehicle::new(provision), leak, sequence: 0 })
}

struct Leaky<L> {
    honest: Vehicle,
    leak: L,
    sequence: u8,
}

impl<L: Leak> Firmware for Leaky<L> {
    fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Spoken {
        let mut radio = senses.radio.to_vec();
        self.leak.whisper(now, senses, &mut radio);
        let blind = senses.frame.map(Blindfold);
        let frame = match &blind {
            Some(blind) if self.leak.blindfolds() => Some(blind as &dyn Frame),
            _ => senses.frame,
        };
        let heard = Senses { radio: &radio, frame, ..*senses };
        let mut said = Firmware::step(&mut self.honest, now, &heard);
        self.leak.leak(now, senses, &mut said);
        if L::NUMBERED {
            for (_, frame) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Radio) {
                mavlink2::number(frame, self.sequence);
                self.sequence = self.sequence.wrapping_add(1);
            }
        }
        said
    }
}

/// A frame in which no head is found.
struct Blindfold<'a>(&'a dyn Frame);

impl Frame for Blindfold<'_> {
    fn width_px(&self) -> u16 {
        self.0.width_px()
    }

    fn height_px(&self) -> u16 {
        self.0.height_px()
    }

    fn rgb(&self) -> &[u8] {
        self.0.rgb()
    }

    fn heads(&self) -> &[HeadBox] {
        &[]
    }
}
