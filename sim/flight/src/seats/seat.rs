//! One seat: a firmware, its card, its servers and its tap, tick by tick.
//!
//! **Never:** knows whether it flies.

use super::Arrivals;
use crate::camera::SeatFrame;
use crate::card::Card;
use crate::firmware::{Firmware, Spoken};
use crate::mains::Supply;
use crate::secrets::Secrets;
use crate::server::Connection;
use crate::tap::{Recorder, TwinTap};
use bevy::platform::cell::SyncCell;
use evidence::{Link, Recording, Tick, TwinRecord};
use vehicle::senses::{Battery, Findings, Frame, Senses};

pub(super) struct Seat {
    /// One for each boot to come, the next one last; and the one that runs.
    pub(super) boots: Vec<SyncCell<Box<dyn Firmware>>>,
    pub(super) firmware: Option<SyncCell<Box<dyn Firmware>>>,
    pub(super) set: usize,
    pub(super) card: Card,
    pub(super) server: Connection,
    pub(super) said: Spoken,
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
    /// One tick. True where something was written to the card.
    pub(super) fn step(
        &mut self,
        now: Tick,
        arrivals: &Arrivals<'_>,
        supply: Supply,
        secrets: &Secrets,
    ) -> bool {
        if let SeatTap::Twin { gets_off: true, tap, .. } = &self.tap
            && tap.has_shown()
        {
            self.goes_dark();
            return false;
        }
        if let Some(health) = arrivals.cards_turn {
            self.card.turn(health);
        }
        self.card.proceed(now);
        match supply {
            Supply::Off => {
                self.goes_dark();
                return false;
            }
            Supply::Boots => self.firmware = self.boots.pop(),
            Supply::On | Supply::Tears(_) => {}
        }
        let Some(firmware) = &mut self.firmware else { return false };
        let r = arrivals.readings;
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
            microphone: arrivals.microphone.heard(self.set),
            frame: frame.as_ref().map(|frame| frame as &dyn Frame),
            findings: r.found.as_ref().map(|found| Findings {
                frame: vehicle::senses::Tick(found.frame.0),
                heads: &found.heads,
                people: &found.people,
                is_sure: found.is_sure,
            }),
            radio: &arrivals.pilot.arriving(self.set).radio,
            telemetry2: &arrivals.pilot.arriving(self.set).telemetry2,
            uplink: self.server.deliver(now),
            card: &self.card,
            neighbours: if r.scanned { &secrets.neighbours } else { &[] },
            entropy: r.entropy,
        };
        self.said = firmware.get().step(now, &senses);
        self.server.hear(now, &self.said.emissions, arrivals.server);
        self.write(now, supply)
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

    /// Without power it says nothing, its rotors stand, and nobody answers it any more.
    fn goes_dark(&mut self) {
        if self.firmware.take().is_some() {
            self.card.settle();
            self.server.hang_up();
            self.said = Spoken::default();
        }
    }

    /// What was said to the card becomes what the card took of it. False where nothing was said to it.
    fn write(&mut self, now: Tick, supply: Supply) -> bool {
        if self.said.emissions.iter().all(|(link, _)| *link != Link::Card) {
            return false;
        }
        let mut torn = match supply {
            Supply::Tears(kept_bytes) => Some(kept_bytes),
            Supply::Off | Supply::On | Supply::Boots => None,
        };
        let card = &mut self.card;
        let landed = |(link, bytes): (Link, Vec<u8>)| match (link, torn) {
            (Link::Card, None) => Some((link, card.take(now, bytes)?)),
            (Link::Card, Some(kept_bytes)) => {
                // After the torn write there is no power for another.
                torn = Some(0);
                Some((link, card.take_torn(now, bytes, kept_bytes)?))
            }
            _ => Some((link, bytes)),
        };
        let said = std::mem::take(&mut self.said.emissions);
        self.said.emissions = said.into_iter().filter_map(landed).collect();
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
