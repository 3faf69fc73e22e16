//! PX4's modes: a main mode and a sub-mode.
//!
//! It has none of its own for braking and for going to a place: both end in a hold.
//!
//! **Never:** takes a main mode with a sub-mode that it does not have.

use super::{BY_COMMAND_ONLY, BY_ITSELF, Row, row};
use crate::flight::{Command, Manual, Mode};
use crate::radio::inbound::{Asks, Height};

/// The main mode in which the vehicle flies by itself.
const AUTO: u32 = 4;

/// Every mode, in the order of the list.
pub(super) const ROWS: [Row; 11] = [
    row(custom((2, 0)), 4, "Altitude", 0),
    row(custom((3, 0)), 1, "Position", 0),
    row(custom((AUTO, 2)), 8, "Takeoff", BY_ITSELF),
    row(custom((AUTO, 3)), 0, "Hold", BY_ITSELF),
    row(custom((AUTO, 4)), 6, "Mission", BY_ITSELF),
    row(custom((AUTO, 5)), 5, "Return", BY_ITSELF),
    row(custom((AUTO, 6)), 7, "Land", BY_ITSELF),
    row(custom((AUTO, 8)), 0, "Follow Me", BY_ITSELF),
    row(custom((3, 1)), 2, "Orbit", BY_ITSELF | BY_COMMAND_ONLY),
    row(custom((7, 0)), 0, "Stabilized", 0),
    row(custom((6, 0)), 0, "Offboard", 0),
];

/// Main mode and sub-mode.
fn pair(mode: Mode) -> (u32, u32) {
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

/// Both numbers in one, as the heartbeat has them.
const fn custom((main, sub): (u32, u32)) -> u32 {
    main << 16 | sub << 24
}

pub(super) fn number(mode: Mode) -> u32 {
    custom(pair(mode))
}

pub(super) fn is_auto(mode: Mode) -> bool {
    pair(mode).0 == AUTO
}

/// What a main mode and a sub-mode ask for.
pub(super) fn asked(main: u32, sub: u32) -> Asks {
    match (main, sub) {
        (AUTO, 2) => Asks::TakeOff(Height::Kept),
        (AUTO, 3) => Asks::Fly(Command::Hold),
        (AUTO, 4) => Asks::Mission,
        (AUTO, 5) => Asks::Fly(Command::Return),
        (AUTO, 6) => Asks::Fly(Command::Land),
        (AUTO, 8) => Asks::Fly(Command::Follow),
        (6, 0) => Asks::Fly(Command::Offboard),
        (1 | 7, 0) => Asks::Fly(Command::TakeInHand(Manual::Stabilise)),
        (2, 0) => Asks::Fly(Command::TakeInHand(Manual::AltitudeHold)),
        (3, 0) => Asks::Fly(Command::TakeInHand(Manual::PositionHold)),
        _ => Asks::Nonsense,
    }
}
