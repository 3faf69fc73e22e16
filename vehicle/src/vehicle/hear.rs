//! What the ground says, and who says it.
//!
//! The pilot's station is the first ground station that is heard after power-on. What is the pilot's alone is
//! refused to every other station, and, once signing is set up, to every frame without a right signature.
//!
//! **Never:** answers a stranger who asks for what is the pilot's but with the word that he is not the pilot.

use super::Vehicle;
use super::obey::result;
use crate::data::identity;
use crate::data::logbook::{Kind, LogEntry};
use crate::gate::Parcel;
use crate::outbox::Outbox;
use crate::radio::frame::{Received, next_frame};
use crate::radio::inbound::{Inbound, read};
use crate::radio::words::Text;
use crate::radio::{ftp, logs, parameters, signing, streams, telemetry};
use crate::senses::{Senses, TICKS_PER_S, Tick};

/// Who sent a frame, as far as it has been shown.
#[derive(Clone, Copy)]
pub(super) struct Sender {
    pub system: u8,
    pub component: u8,
    pub is_signed: bool,
}

impl Vehicle {
    pub(super) fn hear(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let mut arrived = senses.radio;
        while let Some((frame, signed)) = next_frame(&mut arrived) {
            let is_signed = self.signing.check(&frame, signed.as_ref());
            let sender = Sender { system: frame.system, component: frame.component, is_signed };
            match read(&frame) {
                Inbound::Heartbeat { is_ground_station } => {
                    self.meet(sender, is_ground_station, now);
                }
                Inbound::Command { number, asks } => {
                    let refused = if asks.is_the_pilots() { self.doubt(sender) } else { None };
                    let answer = match refused {
                        Some(text) => {
                            self.say(text, now, outbox);
                            Some(result::DENIED)
                        }
                        None => self.obey(asks, sender, now, senses, outbox),
                    };
                    if let Some(answer) = answer {
                        self.acknowledge(number, answer, sender, now, outbox);
                    }
                }
                Inbound::Other => self.serve(&frame, sender, now, senses, outbox),
            }
        }
    }

    /// Answers a command, to whoever gave it.
    pub(super) fn acknowledge(
        &mut self,
        number: u16,
        answer: u8,
        to: Sender,
        now: Tick,
        outbox: &mut Outbox,
    ) {
        let ack = telemetry::command_ack(number, answer, (to.system, to.component));
        self.send(Parcel::state(ack), now, outbox);
        let words = [&number.to_le_bytes()[..], &[answer]].concat();
        self.log(now, &LogEntry::new(Kind::Command, words), outbox);
    }

    /// Hears that somebody is there. Only the pilot's station keeps the link alive.
    fn meet(&mut self, sender: Sender, is_ground_station: bool, now: Tick) {
        if is_ground_station && self.pilot.is_none() {
            self.pilot = Some(sender.system);
        }
        if self.pilot == Some(sender.system) {
            self.last_heard = Some(now);
        }
    }

    /// Why a sender is not taken for the pilot, if he is not.
    fn doubt(&self, sender: Sender) -> Option<Text> {
        if self.pilot != Some(sender.system) {
            Some(Text::NotThePilot)
        } else if self.signing.is_demanded() && !sender.is_signed {
            Some(Text::NotSigned)
        } else {
            None
        }
    }

    /// Messages of the services, all of them the pilot's alone.
    fn serve(
        &mut self,
        frame: &Received<'_>,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        let Some(service) = Service::read(frame) else { return };
        let doubt = self.doubt(sender).filter(|&text| {
            // A key may be set up without a signature as long as there is none to sign with.
            let is_first_key = matches!(service, Service::Signing(_))
                && self.signing.may_be_set_up(sender.is_signed);
            text != Text::NotSigned || !is_first_key
        });
        if let Some(text) = doubt {
            return self.rebuff(text, now, outbox);
        }
        match service {
            Service::Switches(ask) => self.adjust(ask, now, senses, outbox),
            Service::Signing(setup) => self.set_up_signing(setup, now, senses, outbox),
            Service::Operator(told) => self.identify(told, now, senses, outbox),
            Service::Logs(ask) => self.fetch(ask, now, senses, outbox),
            Service::Files(request) => self.open_file(request, now, senses, outbox),
            Service::Streams(stream) => self.keep_up_with(stream),
        }
    }

    /// Says why nothing comes of a message: once a second, for a station that asks on and on must not drown the rest.
    fn rebuff(&mut self, text: Text, now: Tick, outbox: &mut Outbox) {
        if self.rebuffed.is_none_or(|at| now.0 >= at.0 + TICKS_PER_S) {
            self.rebuffed = Some(now);
            self.say(text, now, outbox);
        }
    }
}

/// A message of a service that has its own room.
enum Service {
    Switches(parameters::Ask),
    Signing(signing::Setup),
    Operator(identity::Told),
    Logs(logs::Ask),
    Files(ftp::Request),
    Streams(streams::Stream),
}

impl Service {
    fn read(frame: &Received<'_>) -> Option<Self> {
        parameters::read(frame)
            .map(Self::Switches)
            .or_else(|| signing::read(frame).map(Self::Signing))
            .or_else(|| identity::read(frame).map(Self::Operator))
            .or_else(|| logs::read(frame).map(Self::Logs))
            .or_else(|| ftp::read(frame).map(Self::Files))
            .or_else(|| streams::read(frame).map(Self::Streams))
    }
}
