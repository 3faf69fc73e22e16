//! What a ground station asks to be told: single messages, and messages at a rate.
//!
//! Rooms that have messages of their own add a line to [`Vehicle::messages`].
//!
//! **Never:** says that a message comes when the gate will not let it; tells anything less often for somebody who is
//! not the pilot.

use super::Vehicle;
use super::hear::Sender;
use super::obey::result;
use crate::gate::{Parcel, weigh};
use crate::outbox::Outbox;
use crate::radio::aboard::camera;
use crate::radio::clocks;
use crate::radio::port::Port;
use crate::radio::telemetry::{self, Interval, Told};
use crate::radio::{about, modes};
use crate::senses::Tick;
use alloc::vec::Vec;

const MESSAGE_INTERVAL: u32 = 244;
const AVAILABLE_MODES: u32 = 435;
const MISSION_CURRENT: u32 = 42;
const COMPONENT_METADATA: u32 = 397;

/// Lists are told no more often, ticks.
const LIST_TICKS: u64 = 10;

/// The groups of REQUEST_DATA_STREAM, each with its messages. Group 0 is all of them.
const GROUPS: [(u8, &[u32]); 7] = [
    (1, &[24, 29, 105]),
    (2, &[1, 147, 245]),
    (3, &[36, 65]),
    (6, &[32, 33]),
    (10, &[30]),
    (11, &[74]),
    (12, &[2, 231, 241]),
];

impl Vehicle {
    /// Time since power-on.
    pub(super) fn up(&self, now: Tick) -> Tick {
        Tick(now.0.saturating_sub(self.booted_at(now).0))
    }

    /// What messages are made of now, for a port.
    pub(super) fn told(&self, port: Port, now: Tick) -> Told<'_> {
        let line = self.line(port);
        Told {
            up: self.up(now),
            state: self.flight.state(),
            now,
            aboard: self.aboard(now),
            streams: self.provision.streams,
            face: line.face,
            overheard: line.inbox.dropped(),
            rotors: self.provision.airframe.rotors.len(),
            rotor_radps_max: self.provision.airframe.rotor_radps_max,
        }
    }

    /// Answers for a message, and then says it: ground stations wait for both.
    pub(super) fn tell(
        &mut self,
        id: u32,
        which: u32,
        by: u16,
        sender: Sender,
        now: Tick,
        outbox: &mut Outbox,
    ) -> Option<u8> {
        let Some(parcels) = self.messages(id, which, sender.port, now) else {
            return Some(result::UNSUPPORTED);
        };
        // A list is many messages for one question: a flood of questions must not become a greater one of answers.
        let is_list = parcels.len() > 1;
        let listed = self.line(sender.port).listed;
        let is_soon = listed.is_some_and(|at| now.0 < at.0 + LIST_TICKS);
        if parcels.is_empty() || (is_list && is_soon) {
            return Some(result::TEMPORARILY_REJECTED);
        }
        let (law, controls, ledger) = (self.provision.law, &self.controls, &self.ledger);
        if parcels.iter().any(|parcel| weigh(law, controls, ledger, parcel, now).is_err()) {
            return Some(result::DENIED);
        }
        if is_list {
            self.line_mut(sender.port).listed = Some(now);
        }
        self.acknowledge(by, result::ACCEPTED, sender, now, outbox);
        let parcels = parcels.into_iter().map(|parcel| parcel.by(sender.port));
        self.send_all(parcels, now, outbox);
        None
    }

    /// The messages that a number stands for: none at all where it is nobody's, none yet where there is nothing to tell.
    fn messages(&self, id: u32, which: u32, port: Port, now: Tick) -> Option<Vec<Parcel>> {
        let line = self.line(port);
        match id {
            MESSAGE_INTERVAL => {
                let interval_us = line.schedule.interval_us(which);
                let id = u16::try_from(which).ok()?;
                let told = about::message_interval(id, interval_us);
                Some([Parcel::state(told)].into())
            }
            COMPONENT_METADATA => {
                let (uri, sum) = self.metadata.as_ref()?.address();
                Some([Parcel::state(about::metadata(self.up(now), sum, &uri))].into())
            }
            MISSION_CURRENT => Some([self.tell_mission_current(port)].into()),
            AVAILABLE_MODES => {
                let is_asked = |place: &u8| which == 0 || which == u32::from(*place);
                let personality = line.personality();
                let places = (1..=modes::count(personality)).filter(is_asked);
                let told = places.filter_map(|place| modes::available(personality, place));
                Some(told.map(Parcel::state).collect())
            }
            camera::CAPTURED => {
                let shot = self.shots.get(which);
                Some(shot.into_iter().map(|shot| self.captured(shot, now)).collect())
            }
            _ if telemetry::is_listed(id) => {
                Some(telemetry::tell(id, &self.told(port, now)).into_iter().collect())
            }
            _ => None,
        }
    }

    /// Takes on a rate for a message.
    pub(super) fn set_rate(&mut self, id: u32, interval: Interval, sender: Sender) -> u8 {
        if !telemetry::is_listed(id) {
            return result::UNSUPPORTED;
        }
        let is_pilot = self.doubt(sender).is_none();
        let schedule = &mut self.line_mut(sender.port).schedule;
        if schedule.set(id, interval, is_pilot) { result::ACCEPTED } else { result::DENIED }
    }

    /// Takes on a rate for a group of messages, as older ground stations ask for it: at least so often.
    pub(super) fn set_group_rate(&mut self, group: u8, interval: Interval, port: Port) {
        let schedule = &mut self.line_mut(port).schedule;
        let groups = GROUPS.iter().filter(|(number, _)| group == 0 || *number == group);
        for id in groups.flat_map(|(_, ids)| ids.iter()) {
            schedule.set(*id, interval, false);
        }
    }

    /// Answers a question for the time.
    pub(super) fn compare_clocks(
        &mut self,
        ask: clocks::Ask,
        sender: Sender,
        now: Tick,
        outbox: &mut Outbox,
    ) {
        let answer = clocks::answer(ask, self.up(now), (sender.system, sender.component));
        self.send(Parcel::state(answer).by(sender.port), now, outbox);
    }
}
