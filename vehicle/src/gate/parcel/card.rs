//! What is written to the card, and how it ends there.
//!
//! **Never:** writes in clear what must be sealed: those labels have no way here but through the vault.

use super::{Body, CardOperation, DOOR, Parcel};
use crate::data::camera::{Film, Still};
use crate::data::logbook::SealedLog;
use crate::data::no_fly::ZoneText;
use crate::data::recorder::Sound;
use crate::vault::Kept;
use crate::words::{Class, Link};
use alloc::string::String;
use alloc::vec::Vec;

impl Parcel {
    /// A still as taken, for the card, with what it tells of place and aircraft.
    #[must_use]
    pub fn still(object: u32, path: String, still: Still) -> Self {
        let also: &[Class] = match (still.tells().place, still.tells().serial) {
            (true, true) => &[Class::Position, Class::Device],
            (true, false) => &[Class::Position],
            (false, true) => &[Class::Device],
            (false, false) => &[],
        };
        let bytes = still.open(DOOR);
        let body = Body::Card { operation: CardOperation::Replace, path, bytes };
        Self { also, ..Self::new(Class::Face, Link::Card, object, body) }
    }

    /// A part of a film as taken, for the card.
    #[must_use]
    pub fn film(object: u32, path: String, film: Film) -> Self {
        let also: &[Class] = if film.has_sound() { &[Class::Audio] } else { &[] };
        let bytes = film.open(DOOR);
        let body = Body::Card { operation: CardOperation::Append, path, bytes };
        Self { also, ..Self::new(Class::Face, Link::Card, object, body) }
    }

    /// Recorded sound, for the card.
    #[must_use]
    pub fn sound(object: u32, path: String, sound: Sound) -> Self {
        let operation = CardOperation::Append;
        Self::new(
            Class::Audio,
            Link::Card,
            object,
            Body::Card { operation, path, bytes: sound.open(DOOR) },
        )
    }

    /// A block of the sealed log, for the card.
    #[must_use]
    pub fn log(object: u32, path: String, log: SealedLog) -> Self {
        let operation = CardOperation::Append;
        let body = Body::Card { operation, path, bytes: log.open(DOOR) };
        Self::new(Class::FlightLog, Link::Card, object, body)
    }

    /// A file that the vault has sealed or vouched for, whole.
    #[must_use]
    pub fn keep(path: String, kept: Kept) -> Self {
        let body = Body::Card { operation: CardOperation::Replace, path, bytes: kept.open(DOOR) };
        Self::new(Class::Public, Link::Card, 0, body)
    }

    /// A record that the vault has vouched for, behind those that are there.
    #[must_use]
    pub fn keep_more(path: String, kept: Kept) -> Self {
        let body = Body::Card { operation: CardOperation::Append, path, bytes: kept.open(DOOR) };
        Self::new(Class::Public, Link::Card, 0, body)
    }

    /// The no-fly zones of a cell, for the card.
    #[must_use]
    pub fn zone_list(path: String, list: ZoneText) -> Self {
        let bytes = list.open(DOOR).into_bytes();
        let body = Body::Card { operation: CardOperation::Replace, path, bytes };
        Self::new(Class::Public, Link::Card, 0, body)
    }

    /// Zeros over the whole of a file.
    #[must_use]
    pub fn wipe(path: String) -> Self {
        Self::on_card(CardOperation::Wipe, path, Vec::new())
    }

    /// The end of a file.
    #[must_use]
    pub fn delete(path: String) -> Self {
        Self::on_card(CardOperation::Delete, path, Vec::new())
    }

    /// Another name for a file that is complete.
    #[must_use]
    pub fn rename(path: String, to: &str) -> Self {
        Self::on_card(CardOperation::Rename, path, to.as_bytes().to_vec())
    }

    fn on_card(operation: CardOperation, path: String, bytes: Vec<u8>) -> Self {
        Self::new(Class::Public, Link::Card, 0, Body::Card { operation, path, bytes })
    }
}
