//! The card's room: what lies where, which numbers come next, how much room is left, and how things end.
//!
//! The room is counted, not measured: a still is charged at one price and a second of film or sound at another,
//! whatever their true size, so that neither a refusal nor a log that makes room ever tells what a picture shows.
//! What is deleted is overwritten first. What the pilot is told of the room leaves the logs out, for not even that there
//! is one is told without a grant.
//!
//! **Never:** reads a file; gives a number twice; tells anybody but the pilot's own log what was given up.

#[cfg(test)]
mod tests;

use super::logbook;
use crate::gate::Parcel;
use crate::radio::aboard::camera::Room;
use crate::radio::words::Text;
use crate::senses::{Storage, TICKS_PER_S, Tick};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// What a still is charged at.
pub(crate) const STILL_BYTES: u64 = 64 * 1024;
/// What a second of film is charged at.
pub(crate) const FILM_BYTES_PER_S: u64 = 192 * 1024;
/// What a second of sound is charged at.
pub(crate) const SOUND_BYTES_PER_S: u64 = 32_000;

/// Kept free of captures and logs, for consent, settings and identity.
const RESERVE_BYTES: u64 = 16 * 1024;
/// Kept free of captures, so that a flight can still be logged for a while.
const LOG_RESERVE_BYTES: u64 = 32 * 1024;
/// Less than this is no room at all: a write that fails then says nothing of the card's health.
const FULL_BYTES: u64 = 4 * 1024;
/// A card counts as failing for so long after a write that failed.
const FAILING_TICKS: u64 = 10 * TICKS_PER_S;
/// Numbers beyond this are nobody's: MAVLink could not name such a log.
const NUMBER_MAX: u32 = 65_534;

const UNFINISHED: &str = ".TMP";

/// The card as the vehicle keeps house on it.
pub(crate) struct Store {
    room_bytes: u64,
    /// All that the card can hold.
    whole_bytes: u64,
    /// What the captures on it were charged at; a film of an earlier boot as its first second.
    captured_bytes: u64,
    failed_at: Option<Tick>,
    was_told: bool,
    next: Numbers,
    logs: BTreeMap<u32, u64>,
}

/// The next number of each kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Of the next log.
    pub log: u32,
    /// Of the next still or film.
    pub media: u32,
    /// Of the next recording of sound.
    pub sound: u32,
}

/// An older log that made room.
pub(super) struct GivenUp {
    pub object: u32,
    pub blocks: u32,
    pub writes: [Parcel; 2],
}

impl Store {
    /// Before the card has been looked at: no room, and no number is given.
    pub(crate) fn unknown() -> Self {
        Self {
            room_bytes: 0,
            whole_bytes: 0,
            captured_bytes: 0,
            failed_at: None,
            was_told: false,
            next: Numbers { log: 1, media: 1, sound: 1 },
            logs: BTreeMap::new(),
        }
    }

    /// Looks at the card at the first tick of a boot. What was never finished is wiped and deleted.
    pub(crate) fn boot(&mut self, card: &dyn Storage) -> Vec<Parcel> {
        *self = Self::unknown();
        self.room_bytes = card.free_bytes();
        self.whole_bytes = self.room_bytes;
        let mut writes = Vec::new();
        for path in card.paths() {
            self.whole_bytes += card.length(&path).unwrap_or(0) as u64;
            self.captured_bytes += price(&path);
            let after = |last: u32| last + 1;
            if let Some(number) = number_of(&path, "LOG/LOG_") {
                self.next.log = self.next.log.max(after(number));
                self.logs.insert(number, card.length(&path).unwrap_or(0) as u64);
            } else if let Some(number) = number_of(&path, "DCIM/100HUSHW/HW_") {
                self.next.media = self.next.media.max(after(number));
            } else if let Some(number) = number_of(&path, "SOUND/SND_") {
                self.next.sound = self.next.sound.max(after(number));
            }
            if path.ends_with(UNFINISHED) {
                writes.extend(erase(path));
            }
        }
        writes
    }

    /// The numbers that come next.
    pub(crate) fn next(&self) -> Numbers {
        self.next
    }

    /// Watches the card's health, every tick; what the pilot is told of it, once a boot.
    pub(crate) fn watch(&mut self, now: Tick, card: &dyn Storage) -> Option<Text> {
        if !card.has_failed() {
            return None;
        }
        if card.free_bytes() < FULL_BYTES {
            self.room_bytes = 0;
            return None;
        }
        self.failed_at = Some(now);
        (!core::mem::replace(&mut self.was_told, true)).then_some(Text::CardFailing)
    }

    /// Whether a capture of this price may begin or go on; otherwise what the pilot is told.
    pub(crate) fn may_capture(&self, now: Tick, bytes: u64) -> Result<(), Text> {
        if self.is_failing(now) {
            return Err(Text::CardFailing);
        }
        let has_room = self.room_bytes >= RESERVE_BYTES + LOG_RESERVE_BYTES + bytes;
        has_room.then_some(()).ok_or(Text::CardFull)
    }

    /// Charges for a capture.
    pub(crate) fn charge(&mut self, bytes: u64) {
        self.room_bytes = self.room_bytes.saturating_sub(bytes);
        self.captured_bytes += bytes;
    }

    /// What the pilot is told of the room.
    pub(crate) fn room(&self, now: Tick) -> Room {
        let (bytes, used_bytes) = (self.whole_bytes, self.captured_bytes);
        Room { bytes, used_bytes, is_sound: !self.is_failing(now) }
    }

    /// Whether writes have failed lately.
    pub(crate) fn is_failing(&self, now: Tick) -> bool {
        self.failed_at.is_some_and(|at| now.0 < at.0 + FAILING_TICKS)
    }

    /// A number for a new log.
    pub(super) fn new_log(&mut self) -> u32 {
        let number = self.next.log;
        self.next.log += 1;
        self.logs.insert(number, 0);
        number
    }

    /// Whether a log may grow by so much; if so it is charged.
    pub(super) fn grow_log(&mut self, object: u32, bytes: u64) -> bool {
        let has_room = self.room_bytes >= RESERVE_BYTES + bytes;
        if has_room {
            self.room_bytes -= bytes;
            *self.logs.entry(object).or_insert(0) += bytes;
        }
        has_room
    }

    /// Gives up the oldest log but this one.
    pub(super) fn give_up_oldest(&mut self, but: u32) -> Option<GivenUp> {
        let (&object, &bytes) = self.logs.iter().find(|(number, _)| **number != but)?;
        self.logs.remove(&object);
        self.room_bytes += bytes;
        let blocks = logbook::blocks_in(bytes);
        Some(GivenUp { object, blocks, writes: erase(logbook::path(object)) })
    }

    /// Removes one object of the pilot's.
    pub(crate) fn remove(&mut self, path: &str, card: &dyn Storage) -> Vec<Parcel> {
        let Some(bytes) = card.length(path) else { return Vec::new() };
        self.forget(path, bytes as u64);
        Vec::from(erase(String::from(path)))
    }

    /// Removes every log.
    pub(crate) fn remove_logs(&mut self, card: &dyn Storage) -> Vec<Parcel> {
        self.remove_all(card, |path| path.starts_with("LOG/"))
    }

    /// Removes everything. Numbers go on: within a boot none is given twice.
    pub(crate) fn reset(&mut self, card: &dyn Storage) -> Vec<Parcel> {
        self.remove_all(card, |_| true)
    }

    fn remove_all(&mut self, card: &dyn Storage, ends: impl Fn(&str) -> bool) -> Vec<Parcel> {
        let paths = card.paths().into_iter().filter(|path| ends(path));
        let mut writes = Vec::new();
        for path in paths {
            writes.extend(self.remove(&path, card));
        }
        writes
    }

    fn forget(&mut self, path: &str, bytes: u64) {
        self.captured_bytes = self.captured_bytes.saturating_sub(price(path));
        if let Some(number) = number_of(path, "LOG/LOG_") {
            self.logs.remove(&number);
            self.room_bytes += bytes;
        } else {
            // In whole prices, so that the room gained does not tell a picture's size.
            self.room_bytes += bytes / STILL_BYTES * STILL_BYTES;
        }
    }
}

/// What a capture on the card is charged at, as far as its name tells: by it alone, for its length tells what it shows.
fn price(path: &str) -> u64 {
    match path.rsplit_once('.') {
        Some((_, "JPG")) => STILL_BYTES,
        Some((_, "MKV")) => FILM_BYTES_PER_S,
        Some((_, "AU")) => SOUND_BYTES_PER_S,
        _ => 0,
    }
}

/// Overwrites a file, then deletes it.
pub(crate) fn erase(path: String) -> [Parcel; 2] {
    [Parcel::wipe(path.clone()), Parcel::delete(path)]
}

/// The number in a file's name: the digits between its beginning and the first dot.
pub(super) fn number_of(path: &str, beginning: &str) -> Option<u32> {
    let (digits, _) = path.strip_prefix(beginning)?.split_once('.')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| is_number && (1..=NUMBER_MAX).contains(number))
}
