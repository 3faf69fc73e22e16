//! Waking up, and keeping house: what the card holds of earlier flights, and whether it still takes what is written.
//!
//! The order at power-on: greet; wipe what was never finished; settings; ledger; identity; signing; the numbers of
//! the next objects. Whatever is torn or forged counts as not there.
//!
//! **Never:** takes a consent or a switch from a file that the vault does not vouch for.

use super::Vehicle;
use crate::consent::Ledger;
use crate::consent::chain::Chain;
use crate::data::camera::Camera;
use crate::data::diagnostics::Fault;
use crate::data::recorder::Recorder;
use crate::gate::Parcel;
use crate::outbox::Outbox;
use crate::radio::signing::Signing;
use crate::radio::words::Text;
use crate::senses::{Senses, TICKS_PER_S, Tick};
use crate::settings::kept;
use crate::settings::knobs::kept as tuned;

impl Vehicle {
    /// The first tick after power-on.
    pub(super) fn wake(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        if self.boot.is_some() {
            return;
        }
        self.boot = Some(now);
        self.send(Parcel::greeting(&self.provision), now, outbox);
        let unfinished = self.store.boot(senses.card);
        self.send_all(unfinished, now, outbox);
        self.controls = kept::read(senses.card, &self.vault);
        if let Some(knobs) = tuned::read(senses.card, &self.vault, &self.knobs) {
            self.knobs = knobs;
            self.flight.tune(knobs.tuning());
        }
        match Chain::recover(senses.card, &self.vault, now) {
            Ok((chain, ledger)) => (self.chain, self.ledger) = (chain, ledger),
            Err(_) => self.lose_consent(now, outbox),
        }
        self.identity.boot(&self.vault, senses.card);
        self.signing = Signing::boot(&self.vault, senses.card, now);
        self.sign_frames();
        self.no_fly.recall(senses.card);
        self.camera = Camera::new(self.store.next().media);
        self.recorder = Recorder::new(self.store.next().sound);
    }

    /// Every tick, before anything else is heard.
    pub(super) fn keep_house(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        // Armed in the very tick of the order: the flight comes first, and the order is void.
        if core::mem::take(&mut self.must_reset) && !self.flight.state().armed {
            self.reset(now, senses, outbox);
        }
        if let Some(text) = self.store.watch(now, senses.card) {
            if text == Text::CardFailing {
                self.diagnostics.note(Fault::Card);
            }
            self.say(text, now, outbox);
        }
        let goes_on = self.logbook.watch(now, senses.card, &mut self.store);
        self.send_all(goes_on, now, outbox);
        self.confirm_consent(now, senses, outbox);
        if self.signing.is_to_be_kept() {
            self.keep_signing(now, senses, outbox);
        }
        // A switch that the card has not taken would come back with the next power-on.
        if !self.is_kept && now.0.is_multiple_of(TICKS_PER_S) {
            self.is_kept = kept::read(senses.card, &self.vault) == self.controls;
            if !self.is_kept {
                self.keep_controls(now, outbox);
            }
        }
        if !self.are_knobs_kept && now.0.is_multiple_of(TICKS_PER_S) {
            let kept = tuned::read(senses.card, &self.vault, &self.knobs);
            self.are_knobs_kept = kept == Some(self.knobs);
            if !self.are_knobs_kept {
                self.keep_knobs(now, outbox);
            }
        }
    }

    /// Factory reset: every file ends, everything is forgotten but how to fly home.
    fn reset(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let ends = self.store.reset(senses.card);
        self.send_all(ends, now, outbox);
        let anew = Self::new(self.provision.clone());
        self.ledger = Ledger::empty();
        self.chain = Chain::new();
        self.consenting = anew.consenting;
        self.controls = anew.controls;
        self.knobs = anew.knobs;
        self.flight.tune(self.knobs.tuning());
        self.is_kept = true;
        self.are_knobs_kept = true;
        let streams = self.provision.streams;
        self.lines_mut().for_each(|line| line.forget(streams));
        self.forget_plans();
        self.signing = Signing::Open;
        self.sign_frames();
        self.identity.forget();
        self.uplink = anew.uplink;
        self.diagnostics = anew.diagnostics;
        self.no_fly = anew.no_fly;
        self.incoming = anew.incoming;
        self.logbook = anew.logbook;
        self.shots.stop();
        self.track = None;
        self.control = anew.control;
        self.camera_mode = anew.camera_mode;
        self.camera.reset();
        self.recorder.reset();
        self.say(Text::FactoryReset, now, outbox);
    }
}
