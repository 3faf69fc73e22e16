//! Switches, signing and the operator: what the pilot sets up, and keeps.
//!
//! A switch is in force at once: the gate asks it at the moment of leaving. What is turned off stops there and then.
//!
//! **Never:** turns a switch without keeping it; says what a key or a registration is.

use super::Vehicle;
use crate::data::identity::Told;
use crate::data::logbook::{Kind, LogEntry};
use crate::gate::Parcel;
use crate::outbox::Outbox;
use crate::radio::parameters::{self, Ask};
use crate::radio::signing::Setup;
use crate::radio::words::Text;
use crate::senses::{Senses, Tick};
use crate::settings::{Setting, kept};

impl Vehicle {
    pub(super) fn adjust(&mut self, ask: Ask, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        match ask {
            Ask::Set(setting, on) => {
                if self.controls.is_on(setting) != on {
                    self.controls.turn(setting, on);
                    self.keep_controls(now, outbox);
                    self.keep_signing(now, senses, outbox);
                    let change = [setting as u8, u8::from(on)];
                    self.log(now, &LogEntry::new(Kind::Setting, change.to_vec()), outbox);
                }
                self.tell_setting(setting, now, outbox);
            }
            Ask::Read(setting) => self.tell_setting(setting, now, outbox),
            Ask::List => self.listing.begin(),
            Ask::Nonsense => self.say(Text::SettingRefused, now, outbox),
        }
    }

    pub(super) fn tell_setting(&mut self, setting: Setting, now: Tick, outbox: &mut Outbox) {
        let value = parameters::value(setting, self.controls.is_on(setting));
        self.send(Parcel::state(value), now, outbox);
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
        self.signing.set_up(setup);
        self.keep_signing(now, senses, outbox);
        self.say(Text::SigningSetUp, now, outbox);
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
