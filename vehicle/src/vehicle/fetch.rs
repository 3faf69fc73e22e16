//! What the pilot's station fetches: lists, logs and files, each answer judged when it leaves.
//!
//! **Never:** tells a log or a picture that is not granted from one that is not there.

use super::Vehicle;
use crate::data::download::Start;
use crate::data::files::{Answer, Shelf};
use crate::gate::{Asked, Parcel, Refusal, decide};
use crate::outbox::Outbox;
use crate::radio::ftp::{Nak, Request};
use crate::radio::logs::Ask;
use crate::radio::words::Text;
use crate::senses::{Senses, Tick};
use crate::words::{Class, Link};

impl Vehicle {
    /// The log protocol.
    pub(super) fn fetch(&mut self, ask: Ask, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        match ask {
            Ask::List { first, last } => self.download.list(first, last),
            Ask::Data { object, offset, count } => {
                // Consent first: without a grant, not even the absence of a log is told.
                if let Err(refusal) = self.may_have(Class::FlightLog, object, now) {
                    return self.refuse(refusal, now, outbox);
                }
                match self.download.seek(object, offset, count, senses.card) {
                    Start::Started | Start::Busy => {}
                    Start::NoSuchObject => self.say(Text::NoSuchObject, now, outbox),
                }
            }
            Ask::End => self.download.stop(),
            Ask::Erase if self.flight.state().armed => {}
            Ask::Erase => {
                self.download.stop();
                self.files.close();
                let ends = self.store.remove_logs(senses.card);
                self.send_all(ends, now, outbox);
                // Said whether there were any or not.
                self.say(Text::LogsErased, now, outbox);
            }
        }
    }

    /// The file protocol.
    pub(super) fn open_file(
        &mut self,
        request: Request,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        let is_armed = self.flight.state().armed;
        let may = |class, object| self.may_have(class, object, now).is_ok();
        let shelf = Shelf { card: senses.card, camera: &self.camera, may: &may };
        let mut files = self.files;
        let answer = files.answer(request, &shelf, is_armed);
        self.files = files;
        match answer {
            Answer::Say(parcel) => {
                self.send(parcel, now, outbox);
            }
            Answer::Offer(parcel, head) => {
                if !self.send(parcel, now, outbox) {
                    self.files.close();
                    let refused = head.refused(Nak::FileNotFound);
                    self.send(Parcel::state(refused), now, outbox);
                }
            }
            Answer::Remove(path, parcel) => {
                self.camera.forget(&path);
                let ends = self.store.remove(&path, senses.card);
                self.send_all(ends, now, outbox);
                self.send(parcel, now, outbox);
            }
        }
    }

    /// The next entry of a list, or piece of a log.
    pub(super) fn hand_over(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let may = |class, object| self.may_have(class, object, now).is_ok();
        let shelf = Shelf { card: senses.card, camera: &self.camera, may: &may };
        let mut download = self.download;
        let due = download.due(now, &shelf);
        self.download = download;
        if let Some(parcel) = due
            && !self.send(parcel, now, outbox)
        {
            self.download.stop();
        }
    }

    /// Whether the gate would let an object to the pilot now.
    fn may_have(&self, class: Class, object: u32, now: Tick) -> Result<(), Refusal> {
        let asked = Asked { class, link: Link::Radio, object, coarse: false, service: None };
        decide(self.provision.law, &self.controls, &self.ledger, asked, now)
    }
}
