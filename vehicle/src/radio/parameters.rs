//! Parameters: INT32 and REAL32, carried in the float field byte by byte as PX4 does, or as a number as ArduPilot does.
//!
//! Source: mavlink.io, "Parameter Protocol". A vehicle that tells little has the switches alone, and tells a list slowly,
//! one value every tenth of a second; otherwise one value every tick, so that a list is whole within a second.
//!
//! **Never:** sets anything itself; takes a value out of its range; knows a name that is not in the catalogue.

use super::frame::Received;
use crate::gate::Message;
use crate::senses::{Personality, Streams, TICKS_PER_S, Tick};
use crate::settings::catalogue::{Parameter, Value};
use crate::settings::knobs::Unfit;

const PARAM_REQUEST_READ: u32 = 20;
const PARAM_REQUEST_LIST: u32 = 21;
const PARAM_VALUE: u32 = 22;
const PARAM_SET: u32 = 23;
const PARAM_ERROR: u32 = 345;

const INT32: u8 = 6;
const REAL32: u8 = 9;
const NAME: usize = 16;
/// By name: no number is given.
const NO_NUMBER: i16 = -1;
const SLOWLY_TICKS: u64 = TICKS_PER_S / 10;

/// What a ground station asks of the parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ask {
    /// Set this one, to what it may be.
    Set(Parameter, Value),
    /// Tell this one.
    Read(Parameter),
    /// Tell them all.
    List,
    /// Nothing comes of it; the parameter is told where there is one and it was to be set.
    Wrong { about: About, why: Wrong, stays: Option<Parameter> },
}

impl Ask {
    /// Whether it would set something.
    pub(crate) fn sets(&self) -> bool {
        match self {
            Self::Set(..) | Self::Wrong { stays: Some(_), .. } => true,
            Self::Read(_) | Self::List | Self::Wrong { stays: None, .. } => false,
        }
    }

    /// Which one it is about, as whoever asks calls it.
    pub(crate) fn about(&self) -> Option<About> {
        match self {
            Self::Set(parameter, _) | Self::Read(parameter) => Some(About::of(*parameter)),
            Self::Wrong { about, .. } => Some(*about),
            Self::List => None,
        }
    }
}

/// A parameter as somebody calls it: by a number or by a name, right or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct About {
    number: i16,
    name: [u8; NAME],
}

impl About {
    fn of(parameter: Parameter) -> Self {
        let mut name = [0; NAME];
        let length = parameter.name().len();
        name[..length].copy_from_slice(parameter.name().as_bytes());
        Self { number: NO_NUMBER, name }
    }
}

/// Why nothing comes of it, as MAVLink numbers it (MAV_PARAM_ERROR).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    NoSuch = 1,
    Range = 2,
    NotThePilot = 3,
    ReadOnly = 5,
    UnknownType = 6,
    OtherType = 7,
}

/// Reads what is asked of so many parameters; none for other messages and other vehicles.
pub(crate) fn read(frame: &Received<'_>, count: usize, personality: Personality) -> Option<Ask> {
    let mut wire = [0; 23];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let is_for_us = |at: usize| matches!(wire[at], 0 | 1) && matches!(wire[at + 1], 0 | 1);
    match frame.id {
        PARAM_SET if is_for_us(4) => Some(set(&wire, count, personality)),
        PARAM_REQUEST_READ if is_for_us(2) => {
            let number = i16::from_le_bytes([wire[0], wire[1]]);
            let about = About { number, name: name_at(&wire, 4) };
            let parameter = match usize::try_from(number) {
                Ok(number) => Parameter::numbered(number),
                Err(_) => named(&about.name),
            };
            let parameter = parameter.filter(|parameter| parameter.number() < count);
            let nothing = Ask::Wrong { about, why: Wrong::NoSuch, stays: None };
            Some(parameter.map_or(nothing, Ask::Read))
        }
        PARAM_REQUEST_LIST if is_for_us(0) => Some(Ask::List),
        _ => None,
    }
}

/// `value (4), target (2), name (16), type`.
fn set(wire: &[u8; 23], count: usize, personality: Personality) -> Ask {
    let about = About { number: NO_NUMBER, name: name_at(wire, 6) };
    let wrong = |why, stays| Ask::Wrong { about, why, stays };
    let known = named(&about.name).filter(|parameter| parameter.number() < count);
    let Some(parameter) = known else { return wrong(Wrong::NoSuch, None) };
    let four = [wire[0], wire[1], wire[2], wire[3]];
    let Some(value) = personality.value(wire[22], four, parameter.is_whole()) else {
        return wrong(Wrong::UnknownType, Some(parameter));
    };
    match parameter.fits(value) {
        Ok(()) => Ask::Set(parameter, value),
        Err(Unfit::Type) => wrong(Wrong::OtherType, Some(parameter)),
        Err(Unfit::Range) => wrong(Wrong::Range, Some(parameter)),
        Err(Unfit::ReadOnly) => wrong(Wrong::ReadOnly, Some(parameter)),
    }
}

fn name_at(wire: &[u8; 23], at: usize) -> [u8; NAME] {
    let mut name = [0; NAME];
    name.copy_from_slice(&wire[at..at + NAME]);
    name
}

fn named(field: &[u8]) -> Option<Parameter> {
    let length = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    Parameter::named(&field[..length])
}

/// PARAM_VALUE: `value (4), count (2), number (2), name (16), type`.
pub(crate) fn value(
    parameter: Parameter,
    value: Value,
    count: usize,
    personality: Personality,
) -> Message {
    let mut payload = [0; 25];
    payload[..4].copy_from_slice(&personality.field(value));
    payload[4..6].copy_from_slice(&(count as u16).to_le_bytes());
    payload[6..8].copy_from_slice(&(parameter.number() as u16).to_le_bytes());
    payload[8..24].copy_from_slice(&About::of(parameter).name);
    payload[24] = match value {
        Value::Whole(_) => INT32,
        Value::Real(_) => REAL32,
    };
    Message::new(PARAM_VALUE, payload.to_vec())
}

/// PARAM_ERROR, to whoever asked, in his own words: `number (2), target (2), name (16), error`.
pub(crate) fn error(about: About, why: Wrong, to: (u8, u8)) -> Message {
    let mut payload = [0; 21];
    payload[..2].copy_from_slice(&about.number.to_le_bytes());
    payload[2..4].copy_from_slice(&[to.0, to.1]);
    payload[4..20].copy_from_slice(&about.name);
    payload[20] = why as u8;
    Message::new(PARAM_ERROR, payload.to_vec())
}

/// A list that is being told.
pub(crate) struct Listing {
    streams: Streams,
    next: usize,
    left: usize,
}

impl Listing {
    /// Nothing is being told.
    pub(crate) fn none(streams: Streams) -> Self {
        Self { streams, next: 0, left: 0 }
    }

    /// Begins. Who asks while a list is told hears the rest of it and then its beginning, so that nobody can keep the
    /// others from its end by asking again and again.
    pub(crate) fn begin(&mut self) {
        if self.left == 0 || self.streams == Streams::Minimal {
            self.next = 0;
        }
        self.left = Parameter::count(self.streams);
    }

    /// The parameter that is to be told at this tick.
    pub(crate) fn due(&mut self, now: Tick) -> Option<Parameter> {
        let every_ticks = match self.streams {
            Streams::Minimal => SLOWLY_TICKS,
            Streams::Normal => 1,
        };
        if self.left == 0 || !now.0.is_multiple_of(every_ticks) {
            return None;
        }
        let parameter = Parameter::numbered(self.next);
        self.next = (self.next + 1) % Parameter::count(self.streams);
        self.left -= 1;
        parameter
    }
}

#[cfg(test)]
mod tests;
