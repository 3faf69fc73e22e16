//! What the ground says, and who says it.
//!
//! The pilot's station is the first ground station that is heard after power-on; while there is a key, the first that
//! signs with it. What is the pilot's alone is refused to every other station, and, once signing is set up, everything
//! is refused to every frame without a right signature.
//!
//! **Never:** answers a stranger who asks for what is the pilot's but with the word that he is not the pilot.

use super::Vehicle;
use super::obey::result;
use crate::data::identity;
use crate::data::logbook::{Kind, LogEntry};
use crate::gate::Parcel;
use crate::outbox::Outbox;
use crate::radio::frame::{Component, Received};
use crate::radio::inbound::{Asks, Given, Inbound, read};
use crate::radio::inbox::Inbox;
use crate::radio::parameters::Wrong;
use crate::radio::port::{Port, Station};
use crate::radio::words::Text;
use crate::radio::{clocks, ftp, logs, missions, parameters, signing, streams, telemetry};
use crate::senses::{Personality, Provision, Senses, Streams, Tick};
use crate::settings::catalogue::Parameter;

/// Most denied commands of a second that a text tells of.
const DENIED_PER_S: u32 = 10;

/// Who sent a frame, as far as it has been shown.
#[derive(Clone, Copy)]
pub(super) struct Sender {
    /// On which port: there he is answered.
    pub port: Port,
    pub system: u8,
    pub component: u8,
    pub is_signed: bool,
    /// Whether it should be.
    lacks_signature: bool,
    /// Whom of us he spoke to: it is this one that answers.
    pub to: Component,
}

impl Sender {
    pub(super) fn station(self) -> Station {
        Station { port: self.port, id: (self.system, self.component) }
    }

    /// Why what he says is not taken from anybody.
    fn unsigned(self) -> Option<Text> {
        self.lacks_signature.then_some(Text::NotSigned)
    }
}

impl Vehicle {
    pub(super) fn hear(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        for port in self.ports() {
            self.hear_on(port, now, senses, outbox);
        }
    }

    fn hear_on(&mut self, port: Port, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let arrived = match port {
            Port::First => senses.radio,
            Port::Second => senses.telemetry2,
        };
        self.line_mut(port).inbox.arrive(arrived, now);
        // Most ticks bring nothing.
        if !self.line(port).inbox.is_empty() {
            self.read_inbox(port, now, senses, outbox);
        }
        if let Some(bytes) = self.line_mut(port).inbox.news_of_losses(now) {
            let bytes = bytes.to_le_bytes().to_vec();
            self.log(now, &LogEntry::new(Kind::PassedOver, bytes), outbox);
        }
    }

    fn read_inbox(&mut self, port: Port, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let personality = self.line(port).personality();
        let mut inbox = core::mem::replace(&mut self.line_mut(port).inbox, Inbox::empty());
        while let Some((frame, signed)) = inbox.next(now) {
            let is_signed = self.signing.check(&frame, signed.as_ref());
            let (system, component) = (frame.system, frame.component);
            let lacks_signature = !is_signed && self.signing.is_demanded_of(frame.id);
            let to = Component::Autopilot;
            let sender = Sender { port, system, component, is_signed, lacks_signature, to };
            match read(&frame, personality) {
                Inbound::Heartbeat { is_ground_station } => {
                    self.meet(sender, is_ground_station, now);
                }
                Inbound::Command { given, asks } => {
                    let sender = Sender { to: given.addressed, ..sender };
                    self.hear_command(&given, asks, sender, now, senses, outbox);
                }
                Inbound::Mode(asks) => {
                    self.judge_command(asks, sender, now, senses, outbox);
                }
                Inbound::Group { .. } if lacks_signature => {
                    self.rebuff(Text::NotSigned, port, now, outbox);
                }
                Inbound::Group { group, interval } => self.set_group_rate(group, interval, port),
                Inbound::Other => match clocks::read(&frame) {
                    Some(_) if lacks_signature => self.rebuff(Text::NotSigned, port, now, outbox),
                    Some(ask) => self.compare_clocks(ask, sender, now, outbox),
                    None => self.serve(&frame, sender, now, senses, outbox),
                },
            }
        }
        self.line_mut(port).inbox = inbox;
    }

    /// Carries out a command once, and answers it each time.
    fn hear_command(
        &mut self,
        given: &Given,
        asks: Asks,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        let to = if given.is_to_all { asks.meant().unwrap_or(sender.to) } else { sender.to };
        let sender = Sender { to, ..sender };
        let asks = if asks.is_for(to) { asks } else { Asks::Unsupported };
        // To tell a message once more does no harm, and whoever asks again has not had it.
        let is_harmless = matches!(asks, Asks::Tell { .. });
        let answered = &self.line(sender.port).answered;
        let known = answered.again(given, sender, now).filter(|_| !is_harmless);
        let answer = match known {
            Some(answer) => answer,
            None => {
                let answer = self.judge_command(asks, sender, now, senses, outbox);
                if !is_harmless {
                    self.line_mut(sender.port).answered.keep(given, sender, answer, now);
                }
                answer
            }
        };
        if let Some(answer) = answer {
            self.acknowledge(given.number, answer, sender, now, outbox);
        }
    }

    /// Carries out a command of whoever may give it; the answer, or none where it follows.
    fn judge_command(
        &mut self,
        asks: Asks,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> Option<u8> {
        let refused = if asks.is_the_pilots() { self.doubt(sender) } else { sender.unsigned() };
        match refused {
            Some(text) => {
                // The answer says so too, and a station that goes on and on must not drown the rest.
                if self.line_mut(sender.port).denied.lets(DENIED_PER_S, now) {
                    self.say(text, now, outbox);
                }
                Some(result::DENIED)
            }
            None => self.obey(asks, sender, now, senses, outbox),
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
        self.send(Parcel::state(ack.from(to.to)).by(to.port), now, outbox);
        let words = [&number.to_le_bytes()[..], &[answer]].concat();
        self.log(now, &LogEntry::new(Kind::Command, words), outbox);
    }

    /// Hears that somebody is there. Only the pilot's station keeps the link alive.
    fn meet(&mut self, sender: Sender, is_ground_station: bool, now: Tick) {
        let may_lead = self.signing.lets_lead(sender.is_signed);
        if is_ground_station && self.pilot.is_none() && may_lead {
            self.pilot = Some(sender.system);
        }
        if self.pilot == Some(sender.system) {
            self.last_heard = Some(now);
        }
    }

    /// Why a sender is not taken for the pilot, if he is not.
    pub(super) fn doubt(&self, sender: Sender) -> Option<Text> {
        match self.pilot {
            // Whoever it is: nobody is the pilot yet, and he cannot become it so.
            None if sender.lacks_signature => Some(Text::NotSigned),
            Some(pilot) if pilot == sender.system => sender.unsigned(),
            None | Some(_) => Some(Text::NotThePilot),
        }
    }

    /// Messages of the services: the pilot's alone, but for reading plans and parameters.
    fn serve(
        &mut self,
        frame: &Received<'_>,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        if let Some(said) = missions::read(frame) {
            if let Some(text) = sender.unsigned() {
                return self.rebuff(text, sender.port, now, outbox);
            }
            // Whoever listens may read a plan; who may not change one is told so by the transfer itself.
            return self.plan(said, sender, now, outbox);
        }
        let personality = self.line(sender.port).personality();
        let service = Service::read(frame, &self.provision, personality);
        let Some(service) = service else { return };
        let doubt = self.doubt(sender).filter(|&text| {
            // A key may be set up without a signature as long as there is none to sign with.
            let is_first_key = match &service {
                Service::Signing(setup) => self.signing.may_be_set_up(setup, sender.is_signed),
                Service::Parameters(_)
                | Service::Operator(_)
                | Service::Logs(_)
                | Service::Files(_)
                | Service::Streams(_) => false,
            };
            text != Text::NotSigned || !is_first_key
        });
        if let Some(text) = doubt {
            if let Service::Parameters(ask) = service
                && sender.unsigned().is_none()
                && self.provision.streams == Streams::Normal
            {
                return self.let_read(ask, sender, now, senses, outbox);
            }
            return self.rebuff(text, sender.port, now, outbox);
        }
        match service {
            Service::Parameters(ask) => self.adjust(ask, sender, now, senses, outbox),
            Service::Signing(setup) => self.set_up_signing(setup, now, senses, outbox),
            Service::Operator(told) => self.identify(told, now, senses, outbox),
            Service::Logs(ask) => self.fetch(ask, sender.port, now, senses, outbox),
            Service::Files(request) => self.open_file(request, sender.port, now, senses, outbox),
            Service::Streams(stream) => self.keep_up_with(stream),
        }
    }

    /// Parameters tell nothing that is the pilot's alone, so that whoever listens may ask for them; he may set none.
    fn let_read(
        &mut self,
        ask: parameters::Ask,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        match ask.about().filter(|_| ask.sets()) {
            Some(about) => self.tell_wrong(about, Wrong::NotThePilot, sender, now, outbox),
            None => self.adjust(ask, sender, now, senses, outbox),
        }
    }

    /// Says why nothing comes of a message: once a second, for a station that asks on and on must not drown the rest.
    fn rebuff(&mut self, text: Text, port: Port, now: Tick, outbox: &mut Outbox) {
        if self.line_mut(port).rebuffed.lets(1, now) {
            self.say(text, now, outbox);
        }
    }
}

/// A message of a service that has its own room.
enum Service {
    Parameters(parameters::Ask),
    Signing(signing::Setup),
    Operator(identity::Told),
    Logs(logs::Ask),
    Files(ftp::Request),
    Streams(streams::Stream),
}

impl Service {
    fn read(frame: &Received<'_>, told: &Provision, personality: Personality) -> Option<Self> {
        parameters::read(frame, Parameter::count(told.streams), personality)
            .map(Self::Parameters)
            .or_else(|| signing::read(frame).map(Self::Signing))
            .or_else(|| identity::read(frame).map(Self::Operator))
            .or_else(|| logs::read(frame).map(Self::Logs))
            .or_else(|| ftp::read(frame).map(Self::Files))
            .or_else(|| streams::read(frame).map(Self::Streams))
    }
}
