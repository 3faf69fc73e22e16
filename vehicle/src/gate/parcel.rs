//! What asks to leave: the parcel that carries labelled contents to the gate.
//!
//! Each label is a type, made in the one room that knows how (camera, scrubber, recorder, logbook, radio) and opened
//! here with the gate's [`Door`], which nobody else can make.
//!
//! **Never:** shows contents in a debug print; turns a label into another one.

use super::Door;
use crate::data::camera::Still;
use crate::data::logbook::SealedLog;
use crate::data::recorder::Sound;
use crate::data::scrub::Scrubbed;
use crate::data::transfer::HttpHead;
use crate::radio::frame::Message;
use crate::words::{Class, Link};
use alloc::string::String;
use alloc::vec::Vec;

const DOOR: &Door = &Door(());

/// What a card write does.
#[derive(Clone, Copy)]
pub(crate) enum CardOperation {
    Append = 0,
    Replace = 1,
}

/// Contents, in the form in which the outbox will put them on the link.
pub(crate) enum Body {
    Message { id: u32, payload: Vec<u8> },
    LogData { object: u32, offset: usize, bytes: Vec<u8> },
    Http { head: String, bytes: Vec<u8> },
    Card { operation: CardOperation, path: String, bytes: Vec<u8> },
    Plain(Vec<u8>),
}

/// Something that asks to leave: class, way, object, contents.
pub struct Parcel {
    pub(super) class: Class,
    pub(super) link: Link,
    pub(super) object: u32,
    pub(super) coarse: bool,
    pub(super) body: Body,
}

impl Parcel {
    /// Telemetry that tells where the vehicle is and how it moves, for the pilot.
    #[must_use]
    pub fn telemetry(message: Message) -> Self {
        Self::message(Class::Position, message)
    }

    /// Unclassified state, for the pilot.
    #[must_use]
    pub fn state(message: Message) -> Self {
        Self::message(Class::Public, message)
    }

    /// A still as taken, for the card.
    #[must_use]
    pub fn still(object: u32, path: String, still: Still) -> Self {
        let operation = CardOperation::Replace;
        Self::new(
            Class::Face,
            Link::Card,
            object,
            Body::Card { operation, path, bytes: still.open(DOOR) },
        )
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

    /// A piece of a sealed log, for the pilot.
    #[must_use]
    pub fn log_to_pilot(object: u32, offset: usize, log: SealedLog) -> Self {
        let body = Body::LogData { object, offset, bytes: log.open(DOOR) };
        Self::new(Class::FlightLog, Link::Radio, object, body)
    }

    /// A piece of a sealed log, for the maker.
    #[must_use]
    pub fn log_to_maker(object: u32, head: HttpHead, log: SealedLog) -> Self {
        let body = Body::Http { head: head.open(DOOR), bytes: log.open(DOOR) };
        Self::new(Class::FlightLog, Link::Uplink, object, body)
    }

    /// A piece of a scrubbed picture, for the maker.
    #[must_use]
    pub fn picture_to_maker(object: u32, head: HttpHead, picture: Scrubbed) -> Self {
        let body = Body::Http { head: head.open(DOOR), bytes: picture.open(DOOR) };
        Self::new(Class::Imagery, Link::Uplink, object, body)
    }

    /// The question whether there is newer software.
    #[must_use]
    pub fn update_check(head: HttpHead) -> Self {
        let body = Body::Http { head: head.open(DOOR), bytes: Vec::new() };
        Self::new(Class::Public, Link::Uplink, 0, body)
    }

    /// Remote ID: the serial number that the standard asks for.
    #[must_use]
    pub fn basic_id(message: [u8; 25]) -> Self {
        Self::new(Class::Device, Link::RemoteId, 0, Body::Plain(message.to_vec()))
    }

    /// Remote ID: the position that the standard asks for.
    #[must_use]
    pub fn location(message: [u8; 25]) -> Self {
        Self::new(Class::Position, Link::RemoteId, 0, Body::Plain(message.to_vec()))
    }

    /// State of the lamps.
    #[must_use]
    pub fn lamps(lamps: u8) -> Self {
        Self::new(Class::Public, Link::Lights, 0, Body::Plain([lamps].to_vec()))
    }

    /// A fixed line for the console.
    #[must_use]
    pub fn console(line: &'static str) -> Self {
        Self::new(Class::Public, Link::Console, 0, Body::Plain(line.as_bytes().to_vec()))
    }

    fn message(class: Class, message: Message) -> Self {
        let (id, payload) = message.open(DOOR);
        Self::new(class, Link::Radio, 0, Body::Message { id, payload })
    }

    fn new(class: Class, link: Link, object: u32, body: Body) -> Self {
        Self { class, link, object, coarse: false, body }
    }
}
