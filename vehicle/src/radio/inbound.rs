//! What the ground says: heartbeats and commands, decoded by hand so that an unknown command can be answered.
//!
//! Messages of a service of its own (switches, signing, operator, logs, files) are read in their own rooms.
//!
//! **Never:** acts on a message for somebody else; guesses a parameter that was not given.

mod place;
#[cfg(test)]
mod tests;

pub(crate) use place::{Height, Spot};

use super::frame::Received;
use crate::consent::{Purpose, Scope};
use crate::flight::{Command, Manual};
use crate::words::{Class, Recipient};

const HEARTBEAT: u32 = 0;
const COMMAND_INT: u32 = 75;
const COMMAND_LONG: u32 = 76;

/// The number that makes of a disarming an emergency stop.
const STOPS_IN_THE_AIR: f64 = 21_196.0;

/// MAV_TYPE_GCS.
const GROUND_STATION: u8 = 6;

/// What a frame from the ground means.
pub(crate) enum Inbound {
    /// Somebody is there.
    Heartbeat { is_ground_station: bool },
    /// A command for us.
    Command { number: u16, asks: Asks },
    /// Nothing that is read here.
    Other,
}

/// What a command asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Asks {
    /// Flight control.
    Fly(Command),
    /// Take-off to an altitude above mean sea level, in metres.
    TakeOffTo { alt_m: f64 },
    /// Go to a spot; at the usual speed where none is given.
    GoTo { spot: Spot, speed_mps: Option<f64> },
    /// Circle a spot.
    Orbit { spot: Spot, radius_m: f64, is_clockwise: bool, speed_mps: Option<f64> },
    /// A still with this sequence number.
    Still { sequence: u32 },
    /// Start or stop a film.
    Film(bool),
    /// Start or stop the live view.
    View(bool),
    /// Start or stop the external microphone's recording.
    Record(bool),
    /// Record a grant; `valid_s` is `None` where it holds until withdrawn.
    Grant { scope: Scope, valid_s: Option<f64>, purpose: Purpose },
    /// Withdraw a grant.
    Withdraw(Scope),
    /// Tell which grants are in force.
    ListConsent,
    /// Send an object.
    Send(Scope),
    /// Open a no-fly zone for a while.
    Unlock { zone: u32, code: u32, valid_s: u32 },
    /// Forget everything.
    Reset,
    /// Known, but with parameters that make no sense.
    Nonsense,
    /// Not known.
    Unsupported,
}

impl Asks {
    /// Whether only the pilot's own station may ask for it. Flying is open to every station, but for
    /// stopping the rotors in the air.
    pub(crate) fn is_the_pilots(&self) -> bool {
        match self {
            // Whoever can stop the rotors in the air can bring it down on somebody's head.
            Self::Fly(Command::StopMotors) => true,
            Self::Fly(
                Command::Arm
                | Command::Disarm
                | Command::TakeOff { .. }
                | Command::Hold
                | Command::StartMission
                | Command::Return
                | Command::Land
                | Command::GoTo { .. }
                | Command::Orbit(_)
                | Command::Follow
                | Command::Brake
                | Command::TakeInHand(_),
            )
            | Self::TakeOffTo { .. }
            | Self::GoTo { .. }
            | Self::Orbit { .. }
            | Self::Nonsense
            | Self::Unsupported => false,
            Self::Still { .. }
            | Self::Film(_)
            | Self::View(_)
            | Self::Record(_)
            | Self::Grant { .. }
            | Self::Withdraw(_)
            | Self::ListConsent
            | Self::Send(_)
            | Self::Unlock { .. }
            | Self::Reset => true,
        }
    }
}

/// Reads one frame from the ground.
pub(crate) fn read(frame: &Received<'_>) -> Inbound {
    match frame.id {
        HEARTBEAT if frame.system != super::frame::SYSTEM => {
            let kind = frame.payload.get(4).copied().unwrap_or(0);
            Inbound::Heartbeat { is_ground_station: kind == GROUND_STATION }
        }
        COMMAND_LONG | COMMAND_INT => command(frame),
        _ => Inbound::Other,
    }
}

fn command(frame: &Received<'_>) -> Inbound {
    let mut wire = [0_u8; 35];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let (targets, number) = ([wire[30], wire[31]], u16::from_le_bytes([wire[28], wire[29]]));
    let for_us = matches!(targets[0], 0 | 1) && matches!(targets[1], 0 | 1);
    if !for_us {
        return Inbound::Other;
    }
    let mut p = [0.0; 7];
    for (value, four) in p.iter_mut().zip(wire.chunks_exact(4)) {
        *value = f64::from(f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    }
    let asks = if frame.id == COMMAND_INT && matches!(number, 34 | 192) {
        place::asks(number, p, &wire)
    } else if frame.id == COMMAND_LONG || coordinates_unused(number) {
        asks(number, p)
    } else {
        Asks::Unsupported
    };
    Inbound::Command { number, asks }
}

/// Commands whose parameters 5 and 6 mean nothing, so that the integer form says the same.
fn coordinates_unused(number: u16) -> bool {
    matches!(number, 20 | 176 | 193 | 245 | 300 | 400 | 2000 | 2500..=2503 | 31005 | 31011..=31014)
}

fn asks(number: u16, p: [f64; 7]) -> Asks {
    match number {
        400 if p[0] == 1.0 => Asks::Fly(Command::Arm),
        400 if p[0] == 0.0 && p[1] == STOPS_IN_THE_AIR => Asks::Fly(Command::StopMotors),
        400 if p[0] == 0.0 => Asks::Fly(Command::Disarm),
        22 if p[6].is_finite() => Asks::TakeOffTo { alt_m: p[6] },
        176 if p[1] == 4.0 && p[2] == 3.0 => Asks::Fly(Command::Hold),
        176 if p[1] == 4.0 && p[2] == 4.0 => Asks::Fly(Command::StartMission),
        176 if p[1] == 4.0 && p[2] == 5.0 => Asks::Fly(Command::Return),
        176 if p[1] == 4.0 && p[2] == 6.0 => Asks::Fly(Command::Land),
        176 if p[1] == 4.0 && p[2] == 8.0 => Asks::Fly(Command::Follow),
        176 if p[1] == 1.0 || p[1] == 7.0 => Asks::Fly(Command::TakeInHand(Manual::Stabilise)),
        176 if p[1] == 2.0 => Asks::Fly(Command::TakeInHand(Manual::AltitudeHold)),
        176 if p[1] == 3.0 && p[2] == 0.0 => Asks::Fly(Command::TakeInHand(Manual::PositionHold)),
        193 if p[0] == 0.0 => Asks::Fly(Command::Brake),
        300 => Asks::Fly(Command::StartMission),
        20 => Asks::Fly(Command::Return),
        21 => Asks::Fly(Command::Land),
        245 if p[0] == 4.0 => Asks::Reset,
        2000 if p[2] == 1.0 => {
            whole(p[3]).map_or(Asks::Nonsense, |sequence| Asks::Still { sequence })
        }
        2500 => Asks::Film(true),
        2501 => Asks::Film(false),
        2502 => Asks::View(true),
        2503 => Asks::View(false),
        31005 => match (whole(p[0]), whole(p[1]), whole(p[2])) {
            (Some(zone), Some(code), Some(valid_s)) => Asks::Unlock { zone, code, valid_s },
            _ => Asks::Nonsense,
        },
        31010 => match (scope(p), valid_s(p[3]), whole(p[4]).and_then(Purpose::numbered)) {
            (Some(scope), Ok(valid_s), Some(purpose)) => Asks::Grant { scope, valid_s, purpose },
            _ => Asks::Nonsense,
        },
        31011 => scope(p).map_or(Asks::Nonsense, Asks::Withdraw),
        31012 => Asks::ListConsent,
        31013 if p[0] == 1.0 => Asks::Record(true),
        31013 if p[0] == 0.0 => Asks::Record(false),
        31014 => scope(p).map_or(Asks::Nonsense, Asks::Send),
        400 | 22 | 176 | 193 | 245 | 2000 | 31013 => Asks::Nonsense,
        _ => Asks::Unsupported,
    }
}

/// 0 means until withdrawn; anything but a positive number of seconds up to a year makes no sense.
fn valid_s(seconds: f64) -> Result<Option<f64>, ()> {
    match seconds {
        0.0 => Ok(None),
        s if s > 0.0 && s <= 31_622_400.0 => Ok(Some(s)),
        _ => Err(()),
    }
}

fn scope(p: [f64; 7]) -> Option<Scope> {
    let category = *Class::ALL.get(whole(p[0])? as usize)?;
    let may_be_granted = match category {
        Class::Audio | Class::Face | Class::Imagery | Class::FlightLog | Class::Position => true,
        Class::Device | Class::Account | Class::Surroundings | Class::Key | Class::Public => false,
    };
    let object = whole(p[1]).filter(|&object| object > 0 && may_be_granted)?;
    let recipient = match whole(p[2])? {
        0 => Recipient::Pilot,
        1 => Recipient::Maker,
        _ => return None,
    };
    Some(Scope { category, object, recipient })
}

/// A parameter that must be a whole number, not negative.
fn whole(value: f64) -> Option<u32> {
    ((0.0..=16_777_216.0).contains(&value) && value == libm::floor(value)).then_some(value as u32)
}
