//! What is said when its time has come: telemetry, identification, lists, transfers, lamps.
//!
//! **Never:** says out of turn because of what was seen, heard or logged.

use super::Vehicle;
use crate::gate::Parcel;
use crate::outbox::Outbox;
use crate::radio::remote_id::Known;
use crate::senses::{Senses, Tick};
use alloc::vec::Vec;

const LAMP_NAVIGATION: u8 = 1;
const LAMP_STROBE: u8 = 2;
const LAMP_RECORDING: u8 = 4;

impl Vehicle {
    pub(super) fn speak(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        self.beat(now, outbox);
        let mut due = Vec::new();
        for port in self.ports() {
            let schedule = &self.line(port).schedule;
            if schedule.is_moment(now) {
                let told = schedule.due(now, &self.told(port, now));
                due.extend(told.into_iter().map(|parcel| parcel.by(port)));
            }
        }
        self.remote_id.hear(now, senses);
        let known = Known {
            state: self.flight.state(),
            serial: &self.provision.serial,
            identity: &self.identity,
        };
        due.extend(self.remote_id.due(now, &known));
        for parcel in due {
            // What the pilot has switched off is silence, and silence is not announced ten times a second.
            let _ = self.offer(parcel, now, outbox);
        }
        for port in self.ports() {
            if let Some(parameter) = self.line_mut(port).listing.due(now) {
                self.tell_parameter(parameter, port, now, outbox);
            }
        }
        self.tell_plans(now, outbox);
        self.tell_consent(now, outbox);
        for port in self.ports() {
            self.hand_over(port, now, senses, outbox);
        }
        self.call(now, senses, outbox);
        self.light(now, outbox);
    }

    fn light(&mut self, now: Tick, outbox: &mut Outbox) {
        let strobe = if self.flight.state().armed { LAMP_STROBE } else { 0 };
        let recording = if self.recorder.is_on() { LAMP_RECORDING } else { 0 };
        let lamps = LAMP_NAVIGATION | strobe | recording;
        if self.lamps != Some(lamps) {
            self.lamps = Some(lamps);
            self.send(Parcel::lamps(lamps), now, outbox);
        }
    }
}
