//! Telemetry: what the pilot's ground station is told, each message at its rate.
//!
//! Identity and modes are PX4's or ArduCopter's, so that ground stations show them whole. The rooms: [`catalogue`] lists every message
//! with its rates, [`schedule`] knows what is due, and [`condition`], [`place`], [`motion`] and [`air`] write it.
//!
//! Readings are told as flight believes them: what it makes of a sense holds nothing of a person, for no rotor and no
//! filter of flight hears the microphone or sees a picture.
//!
//! **Never:** shows a sense raw; shows a cell, a temperature, a count or a load that a secret could move.

mod air;
mod catalogue;
mod condition;
mod motion;
mod place;
mod schedule;
#[cfg(test)]
mod tests;

pub(crate) use catalogue::{is_listed, tell};
pub(crate) use condition::heartbeat;
pub(crate) use schedule::{Interval, Schedule};

use super::aboard::Aboard;
use super::frame::{Message, payload};
use super::modes::Face;
use super::wire::Wire;
use crate::flight::State;
use crate::senses::{Streams, TICKS_PER_S, Tick};
use mavlink::Message as _;
use mavlink::dialects::common::MavMessage;

/// What messages are made of.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    /// Time since power-on.
    pub up: Tick,
    /// Since the first power-on.
    pub now: Tick,
    /// What flight believes.
    pub state: &'a State,
    /// What is aboard.
    pub aboard: Aboard,
    /// How much is told.
    pub streams: Streams,
    /// Whose ways it has, and what is shown of its mode.
    pub face: Face,
    /// In how many ticks more arrived than could be heard.
    pub overheard: u16,
    /// How many rotors it has.
    pub rotors: usize,
    /// Fastest that a rotor may be told to turn, rad/s.
    pub rotor_radps_max: f64,
}

impl Told<'_> {
    fn milliseconds(&self) -> u32 {
        (self.up.0 * 1000 / TICKS_PER_S) as u32
    }

    fn microseconds(&self) -> u64 {
        self.up.0 * 1_000_000 / TICKS_PER_S
    }
}

/// The answer to a command. Encoded by hand: the number may be one that the dialect does not know.
pub(crate) fn command_ack(number: u16, result: u8, (system, component): (u8, u8)) -> Message {
    let wire = Wire::new().u16(number).u8(result).u8(0).u32(0);
    wire.u8(system).u8(component).message(COMMAND_ACK)
}

const COMMAND_ACK: u32 = 77;

/// A message without its extension fields: whether the crate has them depends on what other rooms ask for, and
/// its defaults for them are not zero.
fn message(message: &MavMessage) -> Message {
    let mut payload = payload(message);
    payload.truncate(match message {
        MavMessage::SYS_STATUS(_) => 31,
        MavMessage::GPS_RAW_INT(_) => 30,
        MavMessage::BATTERY_STATUS(_) => 36,
        _ => payload.len(),
    });
    Message::new(message.message_id(), payload)
}

/// To the nearest whole number; conversion to an integer then saturates.
fn rounded(value: f64) -> f64 {
    libm::round(value)
}
