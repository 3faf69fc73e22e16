//! The modes as PX4 numbers them, so that ground stations show and set them.
//!
//! It has none of its own for braking and for going to a place: both end in a hold.
//!
//! **Never:** has a number that ground stations would call unknown.

use super::frame::Message;
use super::wire::Wire;
use crate::flight::{Mode, State};

const AVAILABLE_MODES: u32 = 435;
const CURRENT_MODE: u32 = 436;

/// PX4's main mode in which the vehicle flies by itself.
const AUTO: u32 = 4;
/// MAV_MODE_PROPERTY: it flies by itself; the pilot cannot choose it by its number.
const BY_ITSELF: u32 = 4;
const BY_COMMAND_ONLY: u32 = 2;
/// Bytes of a mode's name.
const NAME: usize = 35;

/// One mode that a ground station may list.
struct Row {
    mode: (u32, u32),
    /// MAV_STANDARD_MODE; 0 where it is none of them.
    standard: u8,
    name: &'static str,
    properties: u32,
}

const fn row(mode: (u32, u32), standard: u8, name: &'static str, properties: u32) -> Row {
    Row { mode, standard, name, properties }
}

/// Every mode, in the order of the list.
const ROWS: [Row; 11] = [
    row((2, 0), 4, "Altitude", 0),
    row((3, 0), 1, "Position", 0),
    row((AUTO, 2), 8, "Takeoff", BY_ITSELF),
    row((AUTO, 3), 0, "Hold", BY_ITSELF),
    row((AUTO, 4), 6, "Mission", BY_ITSELF),
    row((AUTO, 5), 5, "Return", BY_ITSELF),
    row((AUTO, 6), 7, "Land", BY_ITSELF),
    row((AUTO, 8), 0, "Follow Me", BY_ITSELF),
    row((3, 1), 2, "Orbit", BY_ITSELF | BY_COMMAND_ONLY),
    row((7, 0), 0, "Stabilized", 0),
    row((6, 0), 0, "Offboard", 0),
];

/// PX4's main mode and sub-mode.
pub(crate) fn px4(mode: Mode) -> (u32, u32) {
    match mode {
        Mode::TakeOff => (AUTO, 2),
        Mode::Disarmed | Mode::Hold | Mode::GoTo | Mode::Brake => (AUTO, 3),
        Mode::Mission => (AUTO, 4),
        Mode::Return => (AUTO, 5),
        Mode::Land => (AUTO, 6),
        Mode::Follow => (AUTO, 8),
        Mode::AltitudeHold => (2, 0),
        Mode::PositionHold => (3, 0),
        Mode::Orbit => (3, 1),
        Mode::Offboard => (6, 0),
        Mode::Stabilise => (7, 0),
    }
}

/// The mode to show: before the rotors turn, the one in which it will start.
pub(crate) fn shown(state: &State) -> (u32, u32) {
    px4(state.starts_in.unwrap_or(state.mode))
}

/// Whether it flies by itself.
pub(crate) fn is_auto(mode: (u32, u32)) -> bool {
    mode.0 == AUTO
}

/// Both numbers in one, as the heartbeat has them.
pub(crate) fn custom((main, sub): (u32, u32)) -> u32 {
    main << 16 | sub << 24
}

/// How many modes there are.
pub(crate) const COUNT: u8 = ROWS.len() as u8;

/// AVAILABLE_MODES: one of them, counted from 1.
pub(crate) fn available(place: u8) -> Option<Message> {
    let row = ROWS.get(usize::from(place).checked_sub(1)?)?;
    let mut name = [0; NAME];
    name[..row.name.len()].copy_from_slice(row.name.as_bytes());
    let wire = Wire::new().u32(custom(row.mode)).u32(row.properties);
    let wire = wire.u8(COUNT).u8(place).u8(row.standard).bytes(&name);
    Some(wire.message(AVAILABLE_MODES))
}

/// CURRENT_MODE.
pub(crate) fn current(state: &State) -> Message {
    let mode = shown(state);
    let row = ROWS.iter().find(|row| row.mode == mode);
    let standard = row.map_or(0, |row| row.standard);
    Wire::new().u32(custom(mode)).u32(0).u8(standard).message(CURRENT_MODE)
}
