//! Media files are whole or absent: written under another name, and given their own when every byte is there.
//!
//! What was begun and cannot be finished is wiped and deleted; what a power cut leaves is wiped at the next boot.
//!
//! **Never:** gives its name to a file that is shorter than what was written; reads a file.

use super::store::erase;
use crate::gate::Parcel;
use crate::radio::words::Text;
use crate::senses::{Storage, TICKS_PER_S, Tick};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A slow card has so long to take what was written.
const TAKEN_WITHIN_TICKS: u64 = TICKS_PER_S;
/// What could not be deleted is tried again so many times, once a second.
const TRIES_MAX: u8 = 5;

/// Parcels that belong together: one after another, and none after the first that is refused. If none is, the
/// pilot is told.
pub(crate) struct Deed {
    /// What was captured, if the gate may refuse it.
    pub(crate) of: Option<Capture>,
    /// In order.
    pub(crate) parcels: Vec<Parcel>,
    /// What the pilot is told then.
    pub(crate) text: Option<Text>,
}

/// What a refusal stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capture {
    /// This still.
    Still(u32),
    /// This film.
    Film(u32),
    /// The live view.
    View,
    /// This recording.
    Sound(u32),
}

impl Deed {
    /// Only a text.
    pub(super) fn told(text: Text) -> Self {
        Self { of: None, parcels: Vec::new(), text: Some(text) }
    }
}

/// A file on the card that has not its name yet.
pub(super) struct Unfinished {
    pub(super) of: Capture,
    path: String,
    bytes: usize,
    /// Since when nothing more is written to it; none while it grows.
    complete_at: Option<Tick>,
    text: Option<Text>,
    tries: u8,
}

/// What became of a file in a tick.
pub(super) struct Step {
    pub(super) deed: Option<Deed>,
    /// Whether it is still unfinished.
    pub(super) stays: bool,
    /// Whether it will never be whole.
    pub(super) is_lost: bool,
}

/// Where a file stands.
enum Standing {
    Waits,
    IsWhole,
    IsBroken,
}

impl Unfinished {
    /// A file that grows from now on.
    pub(super) fn grows(of: Capture, path: String) -> Self {
        Self { of, path, bytes: 0, complete_at: None, text: None, tries: 0 }
    }

    /// Under which name it is written.
    pub(super) fn path(&self) -> String {
        let (name, _) = self.path.rsplit_once('.').unwrap_or((&self.path, ""));
        format!("{name}.TMP")
    }

    /// So many bytes more were sent.
    pub(super) fn grow(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    /// All of it was sent; what the pilot is told when it is there.
    pub(super) fn complete(&mut self, now: Tick, text: Option<Text>) {
        self.complete_at = Some(now);
        self.text = text;
    }

    /// It must not stay.
    pub(super) fn give_up(&mut self) {
        self.complete_at = Some(Tick(0));
        self.bytes = usize::MAX;
    }

    /// What is to be done for it in this tick.
    pub(super) fn proceed(&mut self, now: Tick, card: &dyn Storage) -> Step {
        let path = self.path();
        match self.standing(now, card.length(&path)) {
            Standing::Waits => Step { deed: None, stays: true, is_lost: false },
            Standing::IsWhole => {
                let parcels = Vec::from([Parcel::rename(path, &self.path)]);
                let deed = Some(Deed { of: None, parcels, text: self.text });
                Step { deed, stays: false, is_lost: false }
            }
            Standing::IsBroken => {
                let goes_on = card.length(&path).is_some() && self.tries < TRIES_MAX;
                self.tries += 1;
                self.bytes = usize::MAX;
                self.complete_at = Some(now);
                let erase = || Deed { of: None, parcels: Vec::from(erase(path)), text: None };
                Step { deed: goes_on.then(erase), stays: goes_on, is_lost: true }
            }
        }
    }

    fn standing(&self, now: Tick, on_card: Option<usize>) -> Standing {
        match self.complete_at {
            None => Standing::Waits,
            Some(at) if now <= at => Standing::Waits,
            Some(_) if on_card == Some(self.bytes) => Standing::IsWhole,
            Some(at) if now.0 < at.0 + TAKEN_WITHIN_TICKS => Standing::Waits,
            Some(_) => Standing::IsBroken,
        }
    }
}
