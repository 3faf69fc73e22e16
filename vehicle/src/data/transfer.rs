//! Carries granted objects away: logs to the pilot, logs and scrubbed pictures to the maker.
//!
//! Every piece is a parcel of its own and is judged at the moment it leaves, so a withdrawal stops a transfer
//! within the tick. One request is in flight at a time; a failed one is tried again on a fixed schedule.
//!
//! **Never:** starts by itself; tells how long an object is to anyone who has no grant for it; retries for ever.

use super::camera::Camera;
use super::logbook::{SealedLog, path};
use crate::consent::Scope;
use crate::gate::{Door, Parcel};
use crate::senses::{Storage, TICKS_PER_S, Tick};
use crate::words::{Class, Recipient};
use alloc::format;
use alloc::string::String;

const PART: usize = 1024;
const LOG_DATA_PIECE: usize = 90;
const LOG_DATA_EVERY_TICKS: u64 = TICKS_PER_S / 50;
const REPLY_WITHIN_TICKS: u64 = 5 * TICKS_PER_S;
const RETRY_AFTER_TICKS: u64 = 5 * TICKS_PER_S;
const TRIES_MAX: u32 = 3;
const UPDATE_CHECK_AT: Tick = Tick(10 * TICKS_PER_S);

/// The head of an HTTP request. Made here and nowhere else.
pub struct HttpHead(String);

impl HttpHead {
    pub(crate) fn open(self, _: &Door) -> String {
        self.0
    }
}

/// What came of asking for a transfer.
pub(crate) enum Start {
    /// It goes from the next tick on.
    Started,
    /// Another transfer over the same link is under way.
    Busy,
    /// There is no such object, or no such way for it.
    NoSuchObject,
}

/// Transfers under way: at most one over each link.
pub(crate) struct Transfers {
    to_pilot: Option<Download>,
    to_maker: Option<Upload>,
    uplink: Uplink,
    checked_for_updates: bool,
}

struct Download {
    object: u32,
    offset: usize,
    total: usize,
}

struct Upload {
    scope: Scope,
    part: usize,
    total: usize,
}

#[derive(Clone, Copy)]
enum Uplink {
    Free,
    /// `part_of` is the upload whose part was sent; none for an update check or an upload that was stopped.
    Awaiting {
        part_of: Option<Scope>,
        since: Tick,
        tries: u32,
    },
    Pausing {
        until: Tick,
        tries: u32,
    },
}

impl Transfers {
    pub(crate) fn new() -> Self {
        Self { to_pilot: None, to_maker: None, uplink: Uplink::Free, checked_for_updates: false }
    }

    /// Starts a transfer that the gate would clear now.
    pub(crate) fn start(&mut self, scope: Scope, camera: &Camera, card: &dyn Storage) -> Start {
        let total = match scope.category {
            Class::FlightLog => card.length(&path(scope.object)),
            Class::Imagery if scope.recipient == Recipient::Maker => {
                camera.shared(scope.object).map(|picture| picture.len())
            }
            _ => None,
        };
        let Some(total) = total.filter(|&total| total > 0) else { return Start::NoSuchObject };
        match scope.recipient {
            Recipient::Pilot if self.to_pilot.is_none() => {
                self.to_pilot = Some(Download { object: scope.object, offset: 0, total });
                Start::Started
            }
            Recipient::Maker if self.to_maker.is_none() => {
                self.to_maker = Some(Upload { scope, part: 0, total });
                Start::Started
            }
            Recipient::Pilot | Recipient::Maker => Start::Busy,
            Recipient::Card => Start::NoSuchObject,
        }
    }

    /// The next piece for the pilot, if one is due.
    pub(crate) fn next_for_pilot(&mut self, now: Tick, card: &dyn Storage) -> Option<Parcel> {
        if !now.0.is_multiple_of(LOG_DATA_EVERY_TICKS) {
            return None;
        }
        let download = self.to_pilot.as_mut()?;
        let (object, offset) = (download.object, download.offset);
        let length = LOG_DATA_PIECE.min(download.total - offset);
        let piece = SealedLog::piece(card, object, offset, length);
        let last = piece.len() < LOG_DATA_PIECE;
        download.offset += piece.len();
        if last {
            self.to_pilot = None;
        }
        Some(Parcel::log_to_pilot(object, offset, piece))
    }

    /// The next request to the maker, if one is due. `reply` is what the server said in this tick.
    pub(crate) fn next_for_maker(
        &mut self,
        now: Tick,
        reply: &[u8],
        camera: &Camera,
        card: &dyn Storage,
    ) -> Option<Parcel> {
        match self.uplink {
            Uplink::Awaiting { part_of, since, tries } => {
                let late = now.0 >= since.0 + REPLY_WITHIN_TICKS;
                if reply.is_empty() && !late {
                    return None;
                }
                self.uplink = Uplink::Free;
                match part_of {
                    None => {}
                    Some(scope) if is_success(reply) => self.part_arrived(scope),
                    Some(_) if tries >= TRIES_MAX => self.to_maker = None,
                    Some(_) => {
                        self.uplink =
                            Uplink::Pausing { until: Tick(now.0 + RETRY_AFTER_TICKS), tries };
                    }
                }
                None
            }
            Uplink::Pausing { until, .. } if now < until => None,
            Uplink::Pausing { tries, .. } => self.send(now, tries, camera, card),
            Uplink::Free => self.send(now, 0, camera, card),
        }
    }

    /// Ends the transfer to a recipient: the gate has refused a piece of it.
    pub(crate) fn stop(&mut self, recipient: Recipient) {
        match recipient {
            Recipient::Pilot => self.to_pilot = None,
            Recipient::Maker => {
                self.to_maker = None;
                self.uplink = Uplink::Free;
            }
            Recipient::Card => {}
        }
    }

    fn send(
        &mut self,
        now: Tick,
        tries: u32,
        camera: &Camera,
        card: &dyn Storage,
    ) -> Option<Parcel> {
        let parcel = self.request(now, camera, card);
        let part_of = self.to_maker.as_ref().map(|upload| upload.scope);
        self.uplink = match parcel {
            Some(_) => Uplink::Awaiting { part_of, since: now, tries: tries + 1 },
            None => Uplink::Free,
        };
        parcel
    }

    fn part_arrived(&mut self, scope: Scope) {
        if let Some(upload) = self.to_maker.as_mut().filter(|upload| upload.scope == scope) {
            upload.part += 1;
            if upload.part * PART >= upload.total {
                self.to_maker = None;
            }
        }
    }

    fn request(&mut self, now: Tick, camera: &Camera, card: &dyn Storage) -> Option<Parcel> {
        let Some(upload) = self.to_maker.as_ref() else {
            return self.update_check(now);
        };
        let Scope { object, category, .. } = upload.scope;
        let (first, total) = (upload.part * PART, upload.total);
        let length = PART.min(total - first);
        let (folder, kind) = match category {
            Class::FlightLog => ("logs", "application/vnd.hushwing.log"),
            _ => ("media", "image/jpeg"),
        };
        let head = HttpHead(format!(
            "PUT /v1/{folder}/{object}/{} HTTP/1.1\r\nHost: intake.hushwing.example\r\nContent-Type: {kind}\r\n\
             Content-Range: bytes {first}-{}/{total}\r\nContent-Length: {length}\r\n\r\n",
            upload.part,
            first + length - 1,
        ));
        if category == Class::FlightLog {
            let piece = SealedLog::piece(card, object, first, length);
            return Some(Parcel::log_to_maker(object, head, piece));
        }
        let Some(picture) = camera.shared(object) else {
            self.to_maker = None;
            return None;
        };
        Some(Parcel::picture_to_maker(object, head, picture.part(first, length)))
    }

    fn update_check(&mut self, now: Tick) -> Option<Parcel> {
        if self.checked_for_updates || now < UPDATE_CHECK_AT {
            return None;
        }
        self.checked_for_updates = true;
        Some(Parcel::update_check(HttpHead(format!(
            "GET /v1/updates/{} HTTP/1.1\r\nHost: updates.hushwing.example\r\nContent-Length: 0\r\n\r\n",
            env!("CARGO_PKG_VERSION"),
        ))))
    }
}

/// Whether a server's answer says that the request was carried out.
fn is_success(reply: &[u8]) -> bool {
    reply
        .strip_prefix(b"HTTP/1.1 2")
        .is_some_and(|rest| rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_digit))
}
