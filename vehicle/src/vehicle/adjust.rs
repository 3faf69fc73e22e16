//! Switches, figures of the flight, signing and the operator: what the pilot sets up, and keeps.
//!
//! A switch is in force at once: the gate asks it at the moment of leaving. What is turned off stops there and then.
//!
//! **Never:** turns a switch without keeping it; says what a key or a registration is.

use super::Vehicle;
use super::hear::Sender;
use crate::data::identity::Told;
use crate::data::logbook::{Kind, LogEntry};
use crate::data::store::erase;
use crate::gate::Parcel;
use crate::outbox::Outbox;
use crate::radio::parameters::{self, About, Ask, Wrong};
use crate::radio::port::Port;
use crate::radio::signing::Setup;
use crate::radio::words::Text;
use crate::senses::{Senses, Streams, Tick};
use crate::settings::catalogue::{Parameter, Value};
use crate::settings::knobs::{Knob, kept as tuned};
use crate::settings::{Setting, kept};

impl Vehicle {
    pub(super) fn adjust(
        &mut self,
        ask: Ask,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        match ask {
            Ask::Set(parameter, value) => {
                match (parameter, value) {
                    (Parameter::Switch(setting), value) => {
                        self.turn(setting, value == Value::Whole(1), now, senses, outbox);
                    }
                    (Parameter::Knob(knob), value) => self.tune(knob, value, now, outbox),
                    // What can only be read is never asked to be set: it would not fit.
                    (Parameter::Figure(_), _) => {}
                }
                self.tell_parameter(parameter, sender.port, now, outbox);
            }
            Ask::Read(parameter) => self.tell_parameter(parameter, sender.port, now, outbox),
            Ask::List => self.line_mut(sender.port).listing.begin(),
            Ask::Wrong { about, why, stays } => match self.provision.streams {
                Streams::Minimal => self.say(Text::SettingRefused, now, outbox),
                Streams::Normal => {
                    self.tell_wrong(about, why, sender, now, outbox);
                    // For stations that do not know the error: they see that the value has stayed.
                    if let Some(parameter) = stays {
                        self.tell_parameter(parameter, sender.port, now, outbox);
                    }
                }
            },
        }
    }

    /// Turns a switch, and keeps it.
    fn turn(
        &mut self,
        setting: Setting,
        on: bool,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        if self.controls.is_on(setting) != on {
            self.controls.turn(setting, on);
            self.keep_controls(now, outbox);
            self.keep_signing(now, senses, outbox);
            let change = [setting as u8, u8::from(on)];
            self.log(now, &LogEntry::new(Kind::Setting, change.to_vec()), outbox);
        }
    }

    /// Sets a figure of the flight, and keeps it.
    fn tune(&mut self, knob: Knob, value: Value, now: Tick, outbox: &mut Outbox) {
        let before = self.knobs;
        if self.knobs.set(knob, value).is_ok() && self.knobs != before {
            self.flight.tune(self.knobs.tuning());
            self.keep_knobs(now, outbox);
        }
    }

    pub(super) fn tell_parameter(
        &mut self,
        parameter: Parameter,
        port: Port,
        now: Tick,
        outbox: &mut Outbox,
    ) {
        let value = parameter.value(&self.controls, &self.knobs, &self.provision.airframe);
        let (count, personality) =
            (Parameter::count(self.provision.streams), self.line(port).personality());
        let told = parameters::value(parameter, value, count, personality);
        self.send(Parcel::state(told).by(port), now, outbox);
    }

    pub(super) fn tell_wrong(
        &mut self,
        about: About,
        why: Wrong,
        to: Sender,
        now: Tick,
        outbox: &mut Outbox,
    ) {
        let error = parameters::error(about, why, (to.system, to.component));
        self.send(Parcel::state(error).by(to.port), now, outbox);
    }

    pub(super) fn keep_knobs(&mut self, now: Tick, outbox: &mut Outbox) {
        self.are_knobs_kept = false;
        let write = tuned::write(&self.knobs, &self.vault);
        self.send(write, now, outbox);
    }

    pub(super) fn keep_controls(&mut self, now: Tick, outbox: &mut Outbox) {
        self.is_kept = false;
        let write = kept::write(&self.controls, &self.vault);
        self.send(write, now, outbox);
    }

    /// Keeps how far the signed frames have come, so that none of them can be said again after a power cut.
    pub(super) fn keep_signing(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        if let Some(write) = self.signing.write(&self.vault, &senses.entropy) {
            self.send(write, now, outbox);
        }
    }

    pub(super) fn set_up_signing(
        &mut self,
        setup: Setup,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        if self.flight.state().armed {
            return self.say(Text::SettingRefused, now, outbox);
        }
        let text = match setup {
            Setup::Key { key, timestamp } => {
                self.signing.set_up(key, timestamp, now);
                self.keep_signing(now, senses, outbox);
                Text::SigningSetUp
            }
            Setup::End => {
                let path = self.signing.end();
                let ends = senses.card.length(&path).is_some().then(|| erase(path));
                self.send_all(ends.into_iter().flatten(), now, outbox);
                Text::SigningEnded
            }
        };
        self.sign_frames();
        self.say(text, now, outbox);
    }

    /// Signs what is said from now on, as far as it is said to a station that reads signatures.
    pub(super) fn sign_frames(&mut self) {
        for port in self.ports() {
            let signer = match self.provision.streams {
                Streams::Minimal => None,
                Streams::Normal => self.signing.signer(port),
            };
            self.line_mut(port).framer.sign_with(signer);
        }
    }

    pub(super) fn identify(
        &mut self,
        told: Told,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        if let Some(write) = self.identity.told(told, now, &self.vault, &senses.entropy)
            && self.send(write, now, outbox)
        {
            self.say(Text::IdentityStored, now, outbox);
        }
    }
}
