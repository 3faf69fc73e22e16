//! What the ground says: heartbeats and commands, decoded by hand so that an unknown command can be answered.
//!
//! **Never:** acts on a message for somebody else; guesses a parameter that was not given.

use super::frame::Received;
use crate::consent::Scope;
use crate::flight::Command;
use crate::words::{Class, Recipient};

const HEARTBEAT: u32 = 0;
const COMMAND_INT: u32 = 75;
const COMMAND_LONG: u32 = 76;

/// What a frame from the ground means.
pub(crate) enum Inbound {
    /// A ground station is there.
    Heartbeat,
    /// A command for us, and who sent it.
    Command { number: u16, from: (u8, u8), asks: Asks },
    /// Nothing for us.
    Nothing,
}

/// What a command asks for.
pub(crate) enum Asks {
    /// Flight control.
    Fly(Command),
    /// Take-off to an altitude above mean sea level, in metres.
    TakeOffTo { alt_m: f64 },
    /// A still with this sequence number.
    Still { sequence: u32 },
    /// Start or stop the external microphone's recording.
    Record(bool),
    /// Record a grant; `valid_s` is `None` where it holds until withdrawn.
    Grant { scope: Scope, valid_s: Option<f64> },
    /// Withdraw a grant.
    Withdraw(Scope),
    /// Send an object.
    Send(Scope),
    /// Known, but with parameters that make no sense.
    Nonsense,
    /// Not known.
    Unsupported,
}

/// Reads one frame from the ground.
pub(crate) fn read(frame: &Received<'_>) -> Inbound {
    match frame.id {
        HEARTBEAT if frame.system != super::frame::SYSTEM => Inbound::Heartbeat,
        COMMAND_LONG | COMMAND_INT => command(frame),
        _ => Inbound::Nothing,
    }
}

fn command(frame: &Received<'_>) -> Inbound {
    let mut wire = [0_u8; 35];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let (targets, number) = ([wire[30], wire[31]], u16::from_le_bytes([wire[28], wire[29]]));
    let for_us = matches!(targets[0], 0 | 1) && matches!(targets[1], 0 | 1);
    if !for_us {
        return Inbound::Nothing;
    }
    let mut p = [0.0; 7];
    for (value, four) in p.iter_mut().zip(wire.chunks_exact(4)) {
        *value = f64::from(f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    }
    let asks = if frame.id == COMMAND_LONG || coordinates_unused(number) {
        asks(number, p)
    } else {
        Asks::Unsupported
    };
    Inbound::Command { number, from: (frame.system, frame.component), asks }
}

/// Commands whose parameters 5 and 6 mean nothing, so that the integer form says the same.
fn coordinates_unused(number: u16) -> bool {
    matches!(number, 20 | 176 | 300 | 400 | 2000 | 31010..=31014)
}

fn asks(number: u16, p: [f64; 7]) -> Asks {
    match number {
        400 if p[0] == 1.0 => Asks::Fly(Command::Arm),
        400 if p[0] == 0.0 => Asks::Fly(Command::Disarm),
        22 if p[6].is_finite() => Asks::TakeOffTo { alt_m: p[6] },
        176 if p[1] == 4.0 && p[2] == 3.0 => Asks::Fly(Command::Hold),
        176 if p[1] == 4.0 && p[2] == 4.0 => Asks::Fly(Command::StartMission),
        176 if p[1] == 4.0 && p[2] == 5.0 => Asks::Fly(Command::Return),
        176 if p[1] == 4.0 && p[2] == 6.0 => Asks::Fly(Command::Land),
        300 => Asks::Fly(Command::StartMission),
        20 => Asks::Fly(Command::Return),
        21 => Asks::Fly(Command::Land),
        2000 if p[2] == 1.0 => {
            whole(p[3]).map_or(Asks::Nonsense, |sequence| Asks::Still { sequence })
        }
        31013 if p[0] == 1.0 => Asks::Record(true),
        31013 if p[0] == 0.0 => Asks::Record(false),
        31010 => match (scope(p), valid_s(p[3])) {
            (Some(scope), Ok(valid_s)) => Asks::Grant { scope, valid_s },
            _ => Asks::Nonsense,
        },
        31011 => scope(p).map_or(Asks::Nonsense, Asks::Withdraw),
        31014 => scope(p).map_or(Asks::Nonsense, Asks::Send),
        400 | 22 | 176 | 2000 | 31013 => Asks::Nonsense,
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
    let asked = matches!(category, Class::Audio | Class::Face | Class::Imagery | Class::FlightLog);
    let object = whole(p[1]).filter(|&object| object > 0 && asked)?;
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
