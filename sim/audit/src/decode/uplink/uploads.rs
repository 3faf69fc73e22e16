//! Logs and pictures on their way, part by part.
//!
//! **Never:** takes a part for granted because the one before it was right.

use super::request::{Kind, Part};
use super::{moods, request};
use crate::case::{Case, Life, log_number};
use crate::decode::jpeg::{self, Form};
use crate::decode::matroska::{self, Films};
use crate::decode::{Faults, exif_of_shared};
use evidence::scenario::Server;
use evidence::{Recipient, TICKS_PER_S, Tick};
use std::collections::BTreeMap;

const PART: u64 = 1024;
/// Tries at one host, and at another one after that.
const TRIES_MAX: u32 = 6;
const RETRY_TICKS_MIN: u64 = 5 * TICKS_PER_S;

/// All uploads of a flight.
#[derive(Default)]
pub struct Uploads {
    latest: BTreeMap<(Kind, u32), Upload>,
    /// Uploads that were begun again.
    before: Vec<((Kind, u32), Upload)>,
}

struct Upload {
    total: u64,
    part: u64,
    tries: u32,
    last_at: Tick,
    host: &'static str,
    body: Vec<u8>,
    body_before: usize,
}

impl Uploads {
    /// Takes one part.
    pub fn part(
        &mut self,
        case: &Case<'_>,
        tick: Tick,
        host: &'static str,
        part: &Part<'_>,
        faults: &mut Faults<'_>,
    ) {
        let (kind, object) = (part.kind, part.object);
        let class = kind.class();
        if !case.heard.is_requested(class, object, Recipient::Maker, tick) {
            let rule = format!("{class} {object} is sent to the maker without a request");
            faults.unasked(class, case.demanded(tick), &rule);
        }
        let is_last = part.last + 1 == part.total;
        let is_whole = part.body.len() as u64 == PART || is_last;
        faults.must(part.first == part.number * PART && is_whole, "a part is not 1024 bytes");
        if kind == Kind::Log {
            log_is_the_cards(case, tick, part, faults);
        }
        let redirects = |mood: &Server| matches!(mood, Server::Redirects(_));
        let doubled = if moods(&case.evidence.scenario).iter().any(redirects) { 2 } else { 1 };
        let upload = self.latest.entry((kind, object)).or_insert_with(|| Upload::begin(tick, host));
        let is_again = upload.tries > 0 && part.number == upload.part;
        let is_same = part.total == upload.total && upload.body[upload.body_before..] == *part.body;
        if part.number == 0 && !(is_again && is_same) {
            // A log may have grown since it was last sent; a still never changes, but what of it may be told does.
            let may_differ = kind == Kind::Log || upload.tries == 0;
            let is_known = part.total == upload.total && upload.body.starts_with(part.body);
            let is_later = tick.0 >= upload.last_at.0 + RETRY_TICKS_MIN;
            faults.must(
                may_differ || is_known || is_later,
                "a picture is sent again with other bytes",
            );
            let before = std::mem::replace(upload, Upload::begin(tick, host));
            self.before.push(((kind, object), before));
            upload.take(part);
        } else if is_again {
            upload.tries += 1;
            let is_timely = tick.0 >= upload.last_at.0 + RETRY_TICKS_MIN || upload.host != host;
            let may_begin_again = part.number == 0;
            faults.must(
                upload.tries <= TRIES_MAX * doubled || may_begin_again,
                "a part is sent more often than it is tried",
            );
            faults.must(is_timely || may_begin_again, "a part is sent again too soon");
            faults.must(is_same, "a part is sent again with other bytes");
        } else {
            let is_next = part.number == upload.part + 1 && upload.tries > 0;
            faults.must(is_next && part.total == upload.total, "a part is out of order");
            upload.part = part.number;
            upload.take(part);
        }
        (upload.last_at, upload.host) = (tick, host);
    }

    /// Looks at what was sent in all.
    pub fn at_end(self, case: &Case<'_>, films: &mut Films, faults: &mut Faults<'_>) {
        for ((kind, object), upload) in self.before.into_iter().chain(self.latest) {
            if upload.tries == 0 {
                continue;
            }
            faults.tick = upload.last_at;
            let is_whole = upload.body.len() as u64 == upload.total;
            let (checked, what) = match kind {
                Kind::Log => continue,
                Kind::Still => {
                    let read = films.pictures.check(case.memo, Form::Shared, &upload.body);
                    if let Ok(picture) = &read {
                        let to = Recipient::Maker;
                        exif_of_shared(case, films, object, to, picture, &upload.body, faults);
                    }
                    (read.map(|_| ()), "picture")
                }
                Kind::Film => {
                    let rules = matroska::Rules { is_shared: true, has_sound: false };
                    (films.check(case.memo, rules, &upload.body).map(|_| ()), "film")
                }
            };
            let (is_fine, why) = match checked {
                Ok(()) => (is_whole, "it is shorter than it says".to_owned()),
                Err(fault @ jpeg::Fault::Cut) => (!is_whole, fault.to_string()),
                Err(fault @ jpeg::Fault::Rule(_)) => (false, fault.to_string()),
            };
            // A film has no length of its own: cut between two of its parts, it is whole so far.
            let is_fine = is_fine || (kind == Kind::Film && checked.is_ok());
            faults.must(is_fine, &format!("{what} {object} as sent: {why}"));
        }
    }
}

/// A log's body stands on the card, and its total was the card's at some time before.
fn log_is_the_cards(case: &Case<'_>, tick: Tick, part: &Part<'_>, faults: &mut Faults<'_>) {
    let file = case.file_at(|path| log_number(path) == Some(part.object), tick);
    let range = part.first as usize..part.last as usize + 1;
    let stored = file.and_then(|file| file.bytes.get(range));
    faults.must(stored == Some(part.body), "a log as sent is not what the card holds there");
    let has_been = |file: &Life<'_>| file.lengths(tick).any(|end| end as u64 == part.total);
    let may_be_torn = case.power.is_card_doubtful();
    faults.must(may_be_torn || file.is_some_and(has_been), "a log's total was never its length");
}

impl Upload {
    fn begin(tick: Tick, host: &'static str) -> Self {
        let (body, body_before) = (Vec::new(), 0);
        Self { total: 0, part: 0, tries: 0, last_at: tick, host, body, body_before }
    }

    fn take(&mut self, part: &request::Part<'_>) {
        self.total = part.total;
        self.tries = 1;
        self.body_before = self.body.len();
        self.body.extend_from_slice(part.body);
    }
}
