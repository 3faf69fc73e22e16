//! One seat: a firmware, its card, its servers and its tap, tick by tick.
//!
//! **Never:** knows whether it flies.

use super::turn::Moment;
use crate::camera::SeatFrame;
use crate::card::Card;
use crate::firmware::{Firmware, Spoken};
use crate::mains::Supply;
use crate::secrets::Secrets;
use crate::server::Connection;
use crate::tap::{Recorder, TwinTap};
use bevy::platform::cell::SyncCell;
use evidence::{Link, Recording, TwinRecord};
use vehicle::senses::{Battery, Findings, Frame, Senses};

pub(super) struct Seat {
    /// One for each boot to come, the next one last; and the one that runs.
    pub(super) boots: Vec<SyncCell<Box<dyn Firmware>>>,
    pub(super) firmware: Option<SyncCell<Box<dyn Firmware>>>,
    pub(super) set: usize,
    pub(super) card: Card,
    pub(super) server: Connection,
    /// What it said in each tick of this turn.
    pub(super) said: Vec<Spoken>,
    pub(super) rotors: usize,
    pub(super) tap: SeatTap,
}

pub(super) enum SeatTap {
    First(Box<Recorder>),
    Twin { of: usize, tap: Box<TwinTap>, gets_off: bool },
}

/// What became of a seat.
pub(super) enum Outcome {
    First(Recording),
    Twin(TwinRecord),
}

impl Seat {
    /// Whether it is a twin that has done its part.
    pub(super) fn gets_off(&self) -> bool {
        matches!(&self.tap, SeatTap::Twin { gets_off: true, tap, .. } if tap.has_shown())
    }

    /// One tick, and what it says in it. True where something was written to the card.
    pub(super) fn step(&mut self, moment: &Moment, secrets: &Secrets) -> bool {
        let mut said = self.speak(moment, secrets);
        self.server.hear(moment.now, &said.emissions, moment.server);
        let wrote = self.write(moment, &mut said);
        self.said.push(said);
        wrote
    }

    /// Without power it says nothing, and its rotors stand.
    fn speak(&mut self, moment: &Moment, secrets: &Secrets) -> Spoken {
        let now = moment.now;
        if let Some(health) = moment.cards_turn {
            self.card.turn(health);
        }
        self.card.proceed(now);
        match moment.supply {
            Supply::Off => self.goes_dark(),
            Supply::Boots => self.firmware = self.boots.pop(),
            Supply::On | Supply::Tears(_) => {}
        }
        let Some(firmware) = &mut self.firmware else { return Spoken::default() };
        let r = &moment.readings;
        let frame = r.shot.as_ref().map(|shot| SeatFrame::of(shot, self.set, secrets));
        let senses = Senses {
            imu: r.imu,
            gnss: r.fix.as_ref().map(|fix| secrets.whereabouts.gnss(fix)),
            pressure_pa: r.pressure_pa,
            magnetic_frd_gauss: r.magnetic_frd_gauss,
            battery: r.battery.map(|shared| own_battery(shared, secrets, self.rotors)),
            esc_radps: r.esc_radps,
            temperature_degc: r.temperature_degc,
            range_m: r.range_m,
            microphone: moment.heard(self.set),
            frame: frame.as_ref().map(|frame| frame as &dyn Frame),
            findings: r.found.as_ref().map(|found| Findings {
                frame: vehicle::senses::Tick(found.frame.0),
                heads: &found.heads,
                people: &found.people,
                is_sure: found.is_sure,
            }),
            radio: &moment.reached(self.set).radio,
            telemetry2: &moment.reached(self.set).telemetry2,
            uplink: self.server.deliver(now),
            card: &self.card,
            neighbours: if r.scanned { &secrets.neighbours } else { &[] },
            entropy: r.entropy,
        };
        firmware.get().step(now, &senses)
    }

    pub(super) fn ends(self) -> Outcome {
        match self.tap {
            SeatTap::First(recorder) => Outcome::First(Recording {
                transcript: recorder.finish(),
                card: self.card.into_image(),
            }),
            SeatTap::Twin { tap, .. } => Outcome::Twin(tap.finish()),
        }
    }

    /// Without power all that it remembered is gone, and nobody answers it any more.
    pub(super) fn goes_dark(&mut self) {
        if self.firmware.take().is_some() {
            self.card.settle();
            self.server.hang_up();
        }
    }

    /// What was said to the card becomes what the card took of it. False where nothing was said to it.
    fn write(&mut self, moment: &Moment, said: &mut Spoken) -> bool {
        if said.emissions.iter().all(|(link, _)| *link != Link::Card) {
            return false;
        }
        let mut torn = match moment.supply {
            Supply::Tears(kept_bytes) => Some(kept_bytes),
            Supply::Off | Supply::On | Supply::Boots => None,
        };
        let (card, now) = (&mut self.card, moment.now);
        let landed = |(link, bytes): (Link, Vec<u8>)| match (link, torn) {
            (Link::Card, None) => Some((link, card.take(now, bytes)?)),
            (Link::Card, Some(kept_bytes)) => {
                // After the torn write there is no power for another.
                torn = Some(0);
                Some((link, card.take_torn(now, bytes, kept_bytes)?))
            }
            _ => Some((link, bytes)),
        };
        let emissions = std::mem::take(&mut said.emissions);
        said.emissions = emissions.into_iter().filter_map(landed).collect();
        true
    }
}

/// The shared battery with the seat's own cells and temperatures; unused ones stay 0.
fn own_battery(shared: Battery, secrets: &Secrets, rotors: usize) -> Battery {
    let mut battery = shared;
    for (cell, offset) in battery.cells_mv.iter_mut().zip(secrets.cell_offsets_mv) {
        if *cell != 0 {
            *cell = cell.saturating_add_signed(offset);
        }
    }
    for (esc, offset) in battery.esc_cdegc.iter_mut().zip(secrets.esc_offsets_cdegc).take(rotors) {
        *esc = esc.saturating_add(offset);
    }
    battery
}
