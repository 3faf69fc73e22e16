//! What the pilot's station fetches: lists, logs and files, each answer judged when it leaves.
//!
//! **Never:** tells a log or a picture that is not granted from one that is not there.

use super::Vehicle;
use crate::data::download::{Download, Pace, Start};
use crate::data::files::{Answer, Files, Moment, Shelf};
use crate::gate::{Asked, Parcel, Refusal, decide};
use crate::outbox::Outbox;
use crate::radio::ftp::{Nak, Request};
use crate::radio::logs::{Ask, Numbering};
use crate::radio::port::Port;
use crate::radio::words::Text;
use crate::senses::{Senses, Streams, Tick};
use crate::words::{Class, Link};

impl Vehicle {
    /// The log protocol.
    pub(super) fn fetch(
        &mut self,
        ask: Ask,
        port: Port,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        match ask {
            Ask::List { first, last } => self.line_mut(port).download.list(first, last),
            Ask::Data { id, offset, count } => {
                let object = self.numbering().object(id);
                // Consent first: without a grant, not even the absence of a log is told.
                if let Err(refusal) = self.may_have(Class::FlightLog, object, now) {
                    return self.refuse(refusal, now, outbox);
                }
                match self.line_mut(port).download.seek(object, offset, count, senses.card) {
                    Start::Started | Start::Busy => {}
                    Start::NoSuchObject => self.say(Text::NoSuchObject, now, outbox),
                }
            }
            Ask::End => self.line_mut(port).download.stop(),
            Ask::Erase if self.flight.state().armed => {}
            Ask::Erase => {
                for line in self.lines_mut() {
                    line.download.stop();
                    line.files.close();
                }
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
        port: Port,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        let answer =
            self.with_files(port, now, senses, |files, moment| files.answer(request, moment));
        self.answer_file(answer, port, now, senses, outbox);
    }

    /// What is due of lists, logs, bursts and checksums.
    pub(super) fn hand_over(
        &mut self,
        port: Port,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        // Most ticks have nothing to hand over, and even to look costs time.
        let download = &self.line(port).download;
        let pieces = if download.is_idle() { 0 } else { download.share(now, self.pace()) };
        for _ in 0..pieces {
            let line = self.line_mut(port);
            let mut download = core::mem::replace(&mut line.download, Download::none());
            let may = |class, object| self.may_have(class, object, now).is_ok();
            let shelf = self.shelf(senses, &may);
            let due = download.due(self.numbering(), &shelf);
            self.line_mut(port).download = download;
            if let Some(parcel) = due
                && !self.send(parcel.by(port), now, outbox)
            {
                self.line_mut(port).download.stop();
            }
        }
        if self.line(port).files.is_idle() {
            return;
        }
        for _ in 0..self.pace().answers(now) {
            let answer = self.with_files(port, now, senses, Files::next_of_burst);
            let Some(answer) = answer else { break };
            self.answer_file(answer, port, now, senses, outbox);
        }
        let sum = self.with_files(port, now, senses, |files, moment| files.sum_up(moment.shelf));
        if let Some(answer) = sum {
            self.answer_file(answer, port, now, senses, outbox);
        }
    }

    /// Lets the file protocol look at what may be seen now.
    fn with_files<T>(
        &mut self,
        port: Port,
        now: Tick,
        senses: &Senses<'_>,
        look: impl FnOnce(&mut Files, &Moment<'_>) -> T,
    ) -> T {
        let mut files = core::mem::replace(&mut self.line_mut(port).files, Files::closed());
        let may = |class, object| self.may_have(class, object, now).is_ok();
        let shelf = self.shelf(senses, &may);
        let is_armed = self.flight.state().armed;
        let seen = look(&mut files, &Moment { now, shelf: &shelf, is_armed });
        self.line_mut(port).files = files;
        seen
    }

    /// All that may be seen now, of which the gate knows.
    fn shelf<'a>(
        &'a self,
        senses: &'a Senses<'_>,
        may: &'a dyn Fn(Class, u32) -> bool,
    ) -> Shelf<'a> {
        let (metadata, incoming) = (self.metadata.as_ref(), self.incoming.as_ref());
        Shelf { card: senses.card, camera: &self.camera, metadata, incoming, may }
    }

    fn answer_file(
        &mut self,
        answer: Answer,
        port: Port,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) {
        match answer {
            Answer::Later => {}
            Answer::Say(parcel) => {
                self.send(parcel.by(port), now, outbox);
            }
            Answer::Offer(parcel, head) => {
                if !self.send(parcel.by(port), now, outbox) {
                    self.line_mut(port).files.close_of(&head);
                    let refused = head.refused(Nak::FileNotFound);
                    self.send(Parcel::state(refused).by(port), now, outbox);
                }
            }
            Answer::Change(place, change, parcel) => {
                if let Some(incoming) = &mut self.incoming {
                    incoming.make(place, change);
                }
                self.send(parcel.by(port), now, outbox);
            }
            Answer::Remove(path, parcel) => {
                self.camera.forget(&path);
                let ends = self.store.remove(&path, senses.card);
                self.send_all(ends, now, outbox);
                self.send(parcel.by(port), now, outbox);
            }
        }
    }

    fn pace(&self) -> Pace {
        match self.provision.streams {
            Streams::Minimal => Pace::Calm,
            Streams::Normal => Pace::Brisk,
        }
    }

    fn numbering(&self) -> Numbering {
        match self.provision.streams {
            Streams::Minimal => Numbering::AsKept,
            Streams::Normal => Numbering::Contiguous,
        }
    }

    /// Whether the gate would let an object to the pilot now.
    fn may_have(&self, class: Class, object: u32, now: Tick) -> Result<(), Refusal> {
        let asked = Asked { class, link: Link::Radio, object, coarse: false, service: None };
        decide(self.provision.law, &self.controls, &self.ledger, asked, now)
    }
}
