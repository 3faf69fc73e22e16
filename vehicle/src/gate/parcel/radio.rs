//! What goes to the pilot's ground station.
//!
//! **Never:** takes a picture that is not scrubbed, a log that is not sealed, or a sound.

use super::{Body, DOOR, Parcel};
use crate::data::logbook::SealedLog;
use crate::data::scrub::Scrubbed;
use crate::radio::frame::Message;
use crate::radio::ftp::FileHead;
use crate::radio::port::Port;
use crate::words::{Class, Link};

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

    /// A piece of a sealed log, for the pilot, to whom the list has told its number.
    #[must_use]
    pub fn log_to_pilot(object: u32, id: u32, offset: usize, log: SealedLog) -> Self {
        let body = Body::LogData { id, offset, bytes: log.open(DOOR) };
        Self::new(Class::FlightLog, Link::Radio, object, body)
    }

    /// That there is a log, and how long it is, for the pilot.
    #[must_use]
    pub fn about_log(object: u32, message: Message) -> Self {
        Self { object, ..Self::message(Class::FlightLog, message) }
    }

    /// That there is a picture to share, and how long it is, for the pilot.
    #[must_use]
    pub fn about_picture(object: u32, message: Message) -> Self {
        Self { object, ..Self::message(Class::Imagery, message) }
    }

    /// A piece of a sealed log as a file, for the pilot.
    #[must_use]
    pub fn log_file(object: u32, head: FileHead, log: SealedLog) -> Self {
        Self::about_log(object, head.around(&log.open(DOOR)))
    }

    /// A piece of a scrubbed picture as a file, for the pilot.
    #[must_use]
    pub fn picture_file(object: u32, head: FileHead, picture: Scrubbed) -> Self {
        Self::about_picture(object, head.around(&picture.open(DOOR)))
    }

    /// The same by another telemetry port; what does not go to ground stations at all stays where it is.
    #[must_use]
    pub(crate) fn by(self, port: Port) -> Self {
        let link = if Port::of(self.link).is_some() { port.link() } else { self.link };
        Self { link, ..self }
    }

    fn message(class: Class, message: Message) -> Self {
        let (from, id, payload) = message.open(DOOR);
        Self::new(class, Link::Radio, 0, Body::Message { from, id, payload })
    }
}
