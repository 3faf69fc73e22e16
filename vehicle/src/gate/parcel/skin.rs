//! What everybody about can see or hear: the live view, the broadcast identification, the console, the lamps.
//!
//! **Never:** takes more than the standard asks for, or a text that was not fixed beforehand.

use super::{Body, DOOR, Parcel};
use crate::data::live_view::LivePacket;
use crate::senses::Provision;
use crate::words::{Class, Link};
use alloc::format;
use alloc::vec::Vec;

impl Parcel {
    /// A packet of the live view.
    #[must_use]
    pub fn live(packet: LivePacket) -> Self {
        Self::new(Class::Imagery, Link::Video, 0, Body::Plain(packet.open(DOOR)))
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

    /// Remote ID: what every flight is for, in fixed words.
    #[must_use]
    pub fn self_id(message: [u8; 25]) -> Self {
        Self::new(Class::Public, Link::RemoteId, 0, Body::Plain(message.to_vec()))
    }

    /// Remote ID: where the operator stands, which the standard asks for in flight.
    #[must_use]
    pub fn operator_place(message: [u8; 25]) -> Self {
        Self::new(Class::Position, Link::RemoteId, 0, Body::Plain(message.to_vec()))
    }

    /// Remote ID: the operator's registration, which the standard asks for.
    #[must_use]
    pub fn operator_id(message: [u8; 25]) -> Self {
        Self::new(Class::Device, Link::RemoteId, 0, Body::Plain(message.to_vec()))
    }

    /// Remote ID: all of these in one.
    #[must_use]
    pub fn remote_id_pack(messages: Vec<u8>) -> Self {
        let parcel = Self::new(Class::Device, Link::RemoteId, 0, Body::Plain(messages));
        Self { also: &[Class::Position], ..parcel }
    }

    /// State of the lamps.
    #[must_use]
    pub fn lamps(lamps: u8) -> Self {
        Self::new(Class::Public, Link::Lights, 0, Body::Plain([lamps].to_vec()))
    }

    /// The greeting on the console: the version of the software.
    #[must_use]
    pub fn greeting(provision: &Provision) -> Self {
        let line = format!("hushwing {}\r\n", provision.version);
        Self::new(Class::Public, Link::Console, 0, Body::Plain(line.into_bytes()))
    }
}
