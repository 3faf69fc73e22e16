//! Uplink: one HTTP/1.1 request an emission, to one of two hosts, with exactly the headers listed.
//!
//! A request is read with a public parser, written again in its one canonical form and compared; so there
//! is no room in a header, a number or a body.
//!
//! **Never:** asks for consent; that is for the consent monitor.

mod request;

use super::Faults;
use super::jpeg::{self, Pictures};
use crate::case::{Case, log_number};
use crate::decode::radio::commands::is_requested;
use evidence::transcript::Said;
use evidence::{Recipient, TICKS_PER_S, Tick};
pub use request::{Kind, Part, Request, read};
use std::collections::BTreeMap;

const UPDATE_AT: Tick = Tick(10 * TICKS_PER_S);
const PART: u64 = 1024;
const TRIES_MAX: u32 = 3;
const RETRY_TICKS_MIN: u64 = 5 * TICKS_PER_S;

/// What has been heard so far.
#[derive(Default)]
pub struct Uplink {
    updates: u32,
    uploads: BTreeMap<(Kind, u32), Upload>,
    /// Uploads that were begun again.
    before: Vec<((Kind, u32), Upload)>,
}

struct Upload {
    total: u64,
    part: u64,
    tries: u32,
    last_at: Tick,
    body: Vec<u8>,
    body_before: usize,
}

impl Uplink {
    /// Reads one emission.
    pub fn said(&mut self, case: &Case<'_>, said: Said<'_>, faults: &mut Faults<'_>) {
        match request::read(said.bytes) {
            Err(rule) => faults.unlisted(None, &rule),
            Ok(Request::Update) => {
                self.updates += 1;
                // It waits its turn behind an upload that began before.
                let is_due =
                    said.tick == UPDATE_AT || (said.tick > UPDATE_AT && !self.uploads.is_empty());
                let rule = "the update check is not sent once, 10 s after power-on";
                faults.must(is_due && self.updates == 1, rule);
            }
            Ok(Request::Part(part)) => self.part(case, said.tick, &part, faults),
        }
    }

    /// Pictures are looked at when all their parts are there; what was cut off, as far as it goes.
    pub fn at_end(self, pictures: &mut Pictures, faults: &mut Faults<'_>) {
        for ((kind, object), upload) in self.before.into_iter().chain(self.uploads) {
            if kind == Kind::Media && upload.tries > 0 {
                let is_whole = upload.body.len() as u64 == upload.total;
                let (is_fine, why) = match pictures.check(&upload.body) {
                    Ok(()) => (is_whole, "it is shorter than it says".to_owned()),
                    Err(fault @ jpeg::Fault::Cut) => (!is_whole, fault.to_string()),
                    Err(fault @ jpeg::Fault::Rule(_)) => (false, fault.to_string()),
                };
                faults.tick = upload.last_at;
                faults.must(is_fine, &format!("picture {object} as sent: {why}"));
            }
        }
    }

    fn part(&mut self, case: &Case<'_>, tick: Tick, part: &Part<'_>, faults: &mut Faults<'_>) {
        let (kind, object) = (part.kind, part.object);
        let class = kind.class();
        if !is_requested(&case.evidence.scenario, class, object, Recipient::Maker, tick) {
            faults.unasked(
                class,
                &format!("{class} {object} is sent to the maker without a request"),
            );
        }
        let is_last = part.last + 1 == part.total;
        let is_whole = part.body.len() as u64 == PART || is_last;
        faults.must(part.first == part.number * PART && is_whole, "a part is not 1024 bytes");
        if kind == Kind::Log {
            self.log_is_the_cards(case, tick, part, faults);
        }
        let upload = self.uploads.entry((kind, object)).or_insert_with(|| Upload::begin(tick));
        let is_again = upload.tries > 0 && part.number == upload.part;
        let is_same = part.total == upload.total && upload.body[upload.body_before..] == *part.body;
        if part.number == 0 && !(is_again && is_same) {
            // A log may have grown since it was last sent; a still never changes.
            let may_differ = kind == Kind::Log || upload.tries == 0;
            let is_known = part.total == upload.total && upload.body.starts_with(part.body);
            faults.must(may_differ || is_known, "a picture is sent again with other bytes");
            let before = std::mem::replace(upload, Upload::begin(tick));
            self.before.push(((kind, object), before));
            upload.take(part);
        } else if is_again {
            upload.tries += 1;
            let is_timely = tick.0 >= upload.last_at.0 + RETRY_TICKS_MIN;
            let may_begin_again = part.number == 0;
            faults.must(
                upload.tries <= TRIES_MAX || may_begin_again,
                "a part is sent more than three times",
            );
            faults.must(is_timely || may_begin_again, "a part is sent again too soon");
            faults.must(is_same, "a part is sent again with other bytes");
        } else {
            let is_next = part.number == upload.part + 1 && upload.tries > 0;
            faults.must(is_next && part.total == upload.total, "a part is out of order");
            upload.part = part.number;
            upload.take(part);
        }
        upload.last_at = tick;
    }

    /// A log's body stands on the card, and its total was the card's at some time before.
    fn log_is_the_cards(
        &self,
        case: &Case<'_>,
        tick: Tick,
        part: &Part<'_>,
        faults: &mut Faults<'_>,
    ) {
        let file = case.written.iter().find(|(path, _)| log_number(path) == Some(part.object));
        let range = part.first as usize..part.last as usize + 1;
        let stored = file.and_then(|(_, file)| file.history.get(range));
        faults.must(stored == Some(part.body), "a log as sent is not what the card holds there");
        let was_so_long = file.is_some_and(|(_, file)| {
            let ends = file.writes.iter().skip(1).map(|(_, start)| *start);
            let known = file.writes.iter().filter(|(at, _)| *at <= tick).count();
            ends.chain([file.history.len()]).take(known).any(|end| end as u64 == part.total)
        });
        faults.must(was_so_long, "a log's total was never its length");
    }
}

impl Upload {
    fn begin(tick: Tick) -> Self {
        Self { total: 0, part: 0, tries: 0, last_at: tick, body: Vec::new(), body_before: 0 }
    }

    fn take(&mut self, part: &Part<'_>) {
        self.total = part.total;
        self.tries = 1;
        self.body_before = self.body.len();
        self.body.extend_from_slice(part.body);
    }
}

#[cfg(test)]
mod tests;
