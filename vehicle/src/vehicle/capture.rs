//! What the camera and the external microphone do on the pilot's command.
//!
//! A command to capture is a grant for that one object on the card; with its place and its serial number only where
//! the pilot has switched those on. To show the live view is a grant for the pilot's screen.
//!
//! **Never:** captures without a command; shares anything: that takes another grant.

use super::Vehicle;
use super::obey::result;
use crate::consent::Scope;
use crate::data::camera::{Moment, Order, Tells};
use crate::data::exif::Place;
use crate::data::whole::{Capture, Deed};
use crate::gate::{Asked, Refusal, decide};
use crate::outbox::Outbox;
use crate::radio::words::Text;
use crate::senses::{Senses, TICKS_PER_S, Tick};
use crate::settings::Setting;
use crate::words::{Class, Link, Recipient};

/// A capture that takes longer than this after its command does not happen.
const CAPTURE_WITHIN_TICKS: u64 = 2 * TICKS_PER_S;
const VIEW: Scope = Scope { category: Class::Imagery, object: 0, recipient: Recipient::Viewer };

impl Vehicle {
    pub(super) fn capture(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let ledger = &self.ledger;
        self.camera.let_place(|object, recipient| {
            ledger.allows(Scope { category: Class::Position, object, recipient }, now)
        });
        let geotag = self.controls.is_on(Setting::CamGeotag);
        let fix = self.flight.state().gnss.filter(|_| geotag);
        let tells_serial = self.controls.is_on(Setting::CamSerial);
        let (film, sound) = (self.camera.film(), self.recorder.object());
        let moment = Moment {
            now,
            boot: self.booted_at(now),
            frame: senses.frame,
            findings: senses.findings.as_ref(),
            microphone: sound.map(|_| senses.microphone),
            card: senses.card,
            version: &self.provision.version,
            place: fix.map(|fix| Place {
                lat_deg: fix.lat_deg,
                lon_deg: fix.lon_deg,
                alt_m: fix.alt_m,
            }),
            serial: tells_serial.then_some(self.provision.serial.as_str()),
        };
        let mut deeds = self.camera.step(&moment, &mut self.store);
        deeds.extend(self.recorder.hear(now, senses.microphone, &mut self.store, senses.card));
        for deed in deeds {
            self.carry_out(deed, now, outbox);
        }
        // The card may have ended what no command has.
        if let Some(film) = film.filter(|_| self.camera.film().is_none()) {
            self.end_capture(Capture::Film(film), now);
        }
        if let Some(sound) = sound.filter(|_| !self.recorder.is_on()) {
            self.end_capture(Capture::Sound(sound), now);
        }
    }

    /// Sends what belongs together; a refusal ends the capture that it belongs to.
    fn carry_out(&mut self, deed: Deed, now: Tick, outbox: &mut Outbox) {
        let Deed { of, parcels, text } = deed;
        for parcel in parcels {
            if !self.send(parcel, now, outbox) {
                if let Some(capture) = of {
                    self.camera.refused(capture);
                    self.recorder.refused(capture);
                    self.end_capture(capture, now);
                }
                return;
            }
        }
        if let Some(text) = text {
            self.say(text, now, outbox);
            if text == Text::StillTaken {
                self.note_still(now, outbox);
            }
        }
    }

    pub(super) fn order_still(&mut self, sequence: u32, now: Tick, outbox: &mut Outbox) -> u8 {
        let tells = Tells {
            place: self.controls.is_on(Setting::CamGeotag),
            serial: self.controls.is_on(Setting::CamSerial),
        };
        let object = match self.camera.order_still(now, sequence, tells, &mut self.store) {
            Order::Given(object) => object,
            // An order that is repeated is answered again and not carried out again.
            Order::Again => return result::ACCEPTED,
            Order::Busy => return result::TEMPORARILY_REJECTED,
            Order::No(text) => {
                self.say(text, now, outbox);
                return result::FAILED;
            }
        };
        let until = Some(Tick(now.0 + CAPTURE_WITHIN_TICKS));
        let is_allowed = self.allow_on_card(Class::Face, object, now, until)
            && (!tells.place || self.allow_on_card(Class::Position, object, now, until))
            && (!tells.serial || self.allow_on_card(Class::Device, object, now, until));
        if is_allowed { result::ACCEPTED } else { result::FAILED }
    }

    pub(super) fn switch_film(&mut self, on: bool, now: Tick, outbox: &mut Outbox) -> u8 {
        if on {
            let has_sound = self.recorder.is_on();
            let object = match self.camera.start_film(now, has_sound, &self.store) {
                Order::Given(object) => object,
                Order::Again | Order::Busy => return result::TEMPORARILY_REJECTED,
                Order::No(text) => {
                    self.say(text, now, outbox);
                    return result::FAILED;
                }
            };
            let is_allowed = self.allow_on_card(Class::Face, object, now, None)
                && (!has_sound || self.allow_on_card(Class::Audio, object, now, None));
            if !is_allowed {
                self.camera.refused(Capture::Film(object));
                return result::FAILED;
            }
            self.say(Text::FilmStarted, now, outbox);
        } else {
            let Some((object, last)) = self.camera.stop_film(now) else {
                return result::TEMPORARILY_REJECTED;
            };
            self.carry_out(last, now, outbox);
            self.end_capture(Capture::Film(object), now);
            self.say(Text::FilmStopped, now, outbox);
        }
        result::ACCEPTED
    }

    pub(super) fn switch_view(&mut self, on: bool, now: Tick, outbox: &mut Outbox) -> u8 {
        if on {
            let asked = Asked {
                class: VIEW.category,
                link: Link::Video,
                object: VIEW.object,
                coarse: false,
                service: None,
            };
            // The command itself is the grant, so that only its absence may stand in the way.
            match decide(self.provision.law, &self.controls, &self.ledger, asked, now) {
                Ok(()) | Err(Refusal::NoGrant) => {}
                Err(refusal) => {
                    self.refuse(refusal, now, outbox);
                    return result::DENIED;
                }
            }
            if self.camera.is_viewed() {
                return result::TEMPORARILY_REJECTED;
            }
            if !self.ledger.capture(VIEW, now, None) {
                return result::FAILED;
            }
            self.camera.switch_view(true);
            self.say(Text::LiveViewOn, now, outbox);
        } else {
            if !self.camera.is_viewed() {
                return result::TEMPORARILY_REJECTED;
            }
            self.camera.switch_view(false);
            self.end_capture(Capture::View, now);
            self.say(Text::LiveViewOff, now, outbox);
        }
        result::ACCEPTED
    }

    pub(super) fn switch_recorder(&mut self, on: bool, now: Tick, outbox: &mut Outbox) -> u8 {
        if on {
            let object = match self.recorder.start(now, &self.store) {
                Order::Given(object) => object,
                Order::Again | Order::Busy => return result::TEMPORARILY_REJECTED,
                Order::No(text) => {
                    self.say(text, now, outbox);
                    return result::FAILED;
                }
            };
            if !self.allow_on_card(Class::Audio, object, now, None) {
                self.recorder.refused(Capture::Sound(object));
                return result::FAILED;
            }
            self.say(Text::RecordingStarted, now, outbox);
        } else {
            let Some((object, last)) = self.recorder.stop(now) else {
                return result::TEMPORARILY_REJECTED;
            };
            self.carry_out(last, now, outbox);
            self.end_capture(Capture::Sound(object), now);
            self.say(Text::RecordingStopped, now, outbox);
        }
        result::ACCEPTED
    }

    /// Records that the pilot commands this capture.
    fn allow_on_card(
        &mut self,
        category: Class,
        object: u32,
        now: Tick,
        until: Option<Tick>,
    ) -> bool {
        self.ledger.capture(Scope { category, object, recipient: Recipient::Card }, now, until)
    }

    /// Nothing more is written or shown of a capture.
    fn end_capture(&mut self, capture: Capture, now: Tick) {
        let (object, categories): (u32, &[Class]) = match capture {
            Capture::View => {
                self.ledger.withdraw(VIEW, now);
                return;
            }
            Capture::Still(object) => (object, &[Class::Face, Class::Position, Class::Device]),
            // A recording of the same number may go on: its grant is the same.
            Capture::Film(object) if self.recorder.object() == Some(object) => {
                (object, &[Class::Face])
            }
            Capture::Film(object) => (object, &[Class::Face, Class::Audio]),
            Capture::Sound(object) if self.camera.film() == Some(object) => (object, &[]),
            Capture::Sound(object) => (object, &[Class::Audio]),
        };
        for &category in categories {
            self.ledger.withdraw(Scope { category, object, recipient: Recipient::Card }, now);
        }
    }
}
