//! ArduCopter's modes: one number each.
//!
//! "Guided" is to hold and wait for a place to go to, on the way there, and at the place; "Loiter" is to hold and stay.
//!
//! **Never:** circles without knowing about what: that takes a command that names it.

use super::{BY_COMMAND_ONLY, BY_ITSELF, Row, row};
use crate::flight::{Command, Manual, Mode};
use crate::radio::inbound::Asks;

const STABILIZE: u32 = 0;
const ALT_HOLD: u32 = 2;
const AUTO: u32 = 3;
const GUIDED: u32 = 4;
const LOITER: u32 = 5;
const RTL: u32 = 6;
const CIRCLE: u32 = 7;
const LAND: u32 = 9;
const POS_HOLD: u32 = 16;
const BRAKE: u32 = 17;
const FOLLOW: u32 = 23;

/// Every mode, in the order of the list.
pub(super) const ROWS: [Row; 11] = [
    row(STABILIZE, 0, "Stabilize", 0),
    row(ALT_HOLD, 4, "Altitude Hold", 0),
    row(AUTO, 6, "Auto", BY_ITSELF),
    row(GUIDED, 0, "Guided", BY_ITSELF),
    row(LOITER, 0, "Loiter", BY_ITSELF),
    row(RTL, 5, "RTL", BY_ITSELF),
    row(CIRCLE, 2, "Circle", BY_ITSELF | BY_COMMAND_ONLY),
    row(LAND, 7, "Land", BY_ITSELF),
    row(POS_HOLD, 1, "Position Hold", 0),
    row(BRAKE, 0, "Brake", BY_ITSELF),
    row(FOLLOW, 0, "Follow", BY_ITSELF),
];

/// `is_led` tells the two ways to hold from each other.
pub(super) fn number(mode: Mode, is_led: bool) -> u32 {
    match mode {
        Mode::TakeOff | Mode::GoTo | Mode::Offboard => GUIDED,
        Mode::Disarmed | Mode::Hold if is_led => GUIDED,
        Mode::Disarmed | Mode::Hold => LOITER,
        Mode::Brake => BRAKE,
        Mode::Mission => AUTO,
        Mode::Return => RTL,
        Mode::Land => LAND,
        Mode::Follow => FOLLOW,
        Mode::AltitudeHold => ALT_HOLD,
        Mode::PositionHold => POS_HOLD,
        Mode::Orbit => CIRCLE,
        Mode::Stabilise => STABILIZE,
    }
}

pub(super) fn is_auto(mode: Mode) -> bool {
    match mode {
        Mode::AltitudeHold | Mode::PositionHold | Mode::Stabilise => false,
        Mode::TakeOff
        | Mode::GoTo
        | Mode::Offboard
        | Mode::Disarmed
        | Mode::Hold
        | Mode::Brake
        | Mode::Mission
        | Mode::Return
        | Mode::Land
        | Mode::Follow
        | Mode::Orbit => true,
    }
}

/// What a number asks for.
pub(super) fn asked(number: u32) -> Asks {
    match number {
        STABILIZE => Asks::Fly(Command::TakeInHand(Manual::Stabilise)),
        ALT_HOLD => Asks::Fly(Command::TakeInHand(Manual::AltitudeHold)),
        AUTO => Asks::Mission,
        GUIDED => Asks::Lead,
        LOITER => Asks::Fly(Command::Hold),
        RTL => Asks::Fly(Command::Return),
        LAND => Asks::Fly(Command::Land),
        POS_HOLD => Asks::Fly(Command::TakeInHand(Manual::PositionHold)),
        BRAKE => Asks::Fly(Command::Brake),
        FOLLOW => Asks::Fly(Command::Follow),
        _ => Asks::Nonsense,
    }
}
