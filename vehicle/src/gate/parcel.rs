//! What asks to leave: the parcel that carries labelled contents to the gate.
//!
//! Each label is a type, made in the one room that knows how (camera, scrubber, recorder, logbook, radio) and opened
//! here with the gate's [`Door`], which nobody else can make. For each way out there is a room that lists what may ask
//! to leave by it.
//!
//! **Never:** shows contents in a debug print; turns a label into another one.

mod card;
mod radio;
mod skin;
mod uplink;

use super::Door;
use crate::radio::frame::Component;
use crate::settings::Setting;
use crate::words::{Class, Link};
use alloc::string::String;
use alloc::vec::Vec;

const DOOR: &Door = &Door(());

/// What a card write does.
#[derive(Clone, Copy)]
pub(crate) enum CardOperation {
    Append = 0,
    Replace = 1,
    Delete = 2,
    Rename = 3,
    Wipe = 4,
}

/// Contents, in the form in which the outbox will put them on the link.
pub(crate) enum Body {
    Message { from: Component, id: u32, payload: Vec<u8> },
    LogData { id: u32, offset: usize, bytes: Vec<u8> },
    Http { head: String, bytes: Vec<u8> },
    Card { operation: CardOperation, path: String, bytes: Vec<u8> },
    Plain(Vec<u8>),
}

/// Something that asks to leave: class, way, object, contents.
pub struct Parcel {
    pub(super) class: Class,
    /// What else is in it; the law must let through each of them.
    pub(super) also: &'static [Class],
    pub(super) link: Link,
    pub(super) object: u32,
    pub(super) coarse: bool,
    pub(super) service: Option<Setting>,
    pub(super) body: Body,
}

impl Parcel {
    fn new(class: Class, link: Link, object: u32, body: Body) -> Self {
        Self { class, also: &[], link, object, coarse: false, service: None, body }
    }
}
