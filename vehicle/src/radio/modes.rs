//! The modes as ground stations show and set them, by the numbers of whom the vehicle takes after.
//!
//! The rooms: [`px4`] and [`ardupilot`], each with its list, what a mode of the flight is called in it, and what one of
//! its numbers asks for.
//!
//! **Never:** has a number that ground stations would call unknown; mixes the two lists.

mod ardupilot;
mod px4;

use super::frame::Message;
use super::inbound::Asks;
use super::wire::Wire;
use crate::flight::{Mode, State};
use crate::senses::Personality;

const AVAILABLE_MODES: u32 = 435;
const CURRENT_MODE: u32 = 436;

/// MAV_MODE_PROPERTY: it flies by itself; the pilot cannot choose it by its number.
const BY_ITSELF: u32 = 4;
const BY_COMMAND_ONLY: u32 = 2;
/// Bytes of a mode's name.
const NAME: usize = 35;

/// One mode that a ground station may list.
struct Row {
    /// As the heartbeat has it.
    number: u32,
    /// MAV_STANDARD_MODE; 0 where it is none of them.
    standard: u8,
    name: &'static str,
    properties: u32,
}

const fn row(number: u32, standard: u8, name: &'static str, properties: u32) -> Row {
    Row { number, standard, name, properties }
}

/// What is shown of the mode: in whose numbers, and whether a hold is one in which it waits to be led elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Face {
    pub personality: Personality,
    is_led: bool,
}

impl Face {
    /// Nobody has led it anywhere yet.
    pub(crate) fn new(personality: Personality) -> Self {
        Self { personality, is_led: false }
    }

    /// Somebody has it hold: to lead it on from there, or to stay.
    pub(crate) fn hold(&mut self, is_led: bool) {
        self.is_led = is_led;
    }

    /// Whoever was led somewhere is still led when he holds there.
    pub(crate) fn follow(&mut self, state: &State) {
        self.is_led = match shown(state) {
            Mode::TakeOff | Mode::GoTo | Mode::Offboard => true,
            Mode::Disarmed | Mode::Hold => self.is_led,
            Mode::Brake
            | Mode::Mission
            | Mode::Return
            | Mode::Land
            | Mode::Follow
            | Mode::AltitudeHold
            | Mode::PositionHold
            | Mode::Orbit
            | Mode::Stabilise => false,
        };
    }

    /// The number to show.
    pub(crate) fn number(self, state: &State) -> u32 {
        match self.personality {
            Personality::Px4 => px4::number(shown(state)),
            Personality::ArduPilot => ardupilot::number(shown(state), self.is_led),
        }
    }

    /// Whether what is shown flies by itself.
    pub(crate) fn is_auto(self, state: &State) -> bool {
        match self.personality {
            Personality::Px4 => px4::is_auto(shown(state)),
            Personality::ArduPilot => ardupilot::is_auto(shown(state)),
        }
    }

    /// CURRENT_MODE.
    pub(crate) fn current(self, state: &State) -> Message {
        let number = self.number(state);
        let row = rows(self.personality).iter().find(|row| row.number == number);
        let standard = row.map_or(0, |row| row.standard);
        Wire::new().u32(number).u32(0).u8(standard).message(CURRENT_MODE)
    }
}

/// The mode to show: before the rotors turn, the one in which it will start.
fn shown(state: &State) -> Mode {
    state.starts_in.unwrap_or(state.mode)
}

fn rows(personality: Personality) -> &'static [Row] {
    match personality {
        Personality::Px4 => &px4::ROWS,
        Personality::ArduPilot => &ardupilot::ROWS,
    }
}

/// How many modes there are.
pub(crate) fn count(personality: Personality) -> u8 {
    rows(personality).len() as u8
}

/// AVAILABLE_MODES: one of them, counted from 1.
pub(crate) fn available(personality: Personality, place: u8) -> Option<Message> {
    let row = rows(personality).get(usize::from(place).checked_sub(1)?)?;
    let mut name = [0; NAME];
    name[..row.name.len()].copy_from_slice(row.name.as_bytes());
    let wire = Wire::new().u32(row.number).u32(row.properties);
    let wire = wire.u8(count(personality)).u8(place).u8(row.standard).bytes(&name);
    Some(wire.message(AVAILABLE_MODES))
}

/// What SET_MODE asks for: the mode as the heartbeat would have it.
pub(crate) fn set(personality: Personality, number: u32) -> Asks {
    match personality {
        Personality::Px4 => {
            let [_, _, main, sub] = number.to_le_bytes();
            px4::asked(main.into(), sub.into())
        }
        Personality::ArduPilot => ardupilot::asked(number),
    }
}

/// What DO_SET_MODE asks for: the mode in one number, or in PX4's two.
pub(crate) fn ordered(personality: Personality, main: u32, sub: u32) -> Asks {
    match personality {
        Personality::Px4 => px4::asked(main, sub),
        Personality::ArduPilot => ardupilot::asked(main),
    }
}

#[cfg(test)]
mod tests;
