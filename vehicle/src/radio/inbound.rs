//! What the ground says: heartbeats, commands and modes, decoded by hand so that an unknown command can be answered.
//!
//! Messages of a service of its own (switches, signing, operator, logs, files) are read in their own rooms.
//!
//! **Never:** acts on a message for somebody else; guesses a parameter that was not given.

mod addressed;
mod given;
mod place;
#[cfg(test)]
mod tests;

pub(crate) use given::Given;
pub(crate) use place::{Height, Spot};

use super::aboard::{self, Order, orders::Meaning};
use super::frame::{Component, Received, SYSTEM};
use super::modes;
use super::telemetry::Interval;
use super::wire::padded;
use crate::consent::{Purpose, Scope};
use crate::flight::Command;
use crate::senses::Personality;
use crate::words::{Class, Recipient};
use given::COMMAND_INT;

const HEARTBEAT: u32 = 0;
const SET_MODE: u32 = 11;
const REQUEST_DATA_STREAM: u32 = 66;
const COMMAND_LONG: u32 = 76;

/// The number that makes of a disarming an emergency stop.
const STOPS_IN_THE_AIR: f64 = 21_196.0;

/// MAV_MODE_FLAG: the number of the mode is the autopilot's own.
const CUSTOM: u8 = 1;

/// MAV_TYPE_GCS.
const GROUND_STATION: u8 = 6;

/// What a frame from the ground means.
pub(crate) enum Inbound {
    /// Somebody is there.
    Heartbeat { is_ground_station: bool },
    /// A command for one of us.
    Command { given: Given, asks: Asks },
    /// A mode, in the message that has no answer.
    Mode(Asks),
    /// A group of messages, in the message that has no answer: so often, or as usual.
    Group { group: u8, interval: Interval },
    /// Nothing that is read here.
    Other,
}

/// What a command asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Asks {
    /// Flight control.
    Fly(Command),
    /// Take-off so high; to the usual height where none is given.
    TakeOff(Height),
    /// Fly the mission; before the rotors turn, once they do.
    Mission,
    /// Hold, to be led elsewhere from here.
    Lead,
    /// Go on with this item of the mission.
    GoOnWith { seq: u16 },
    /// Go to a spot; at the usual speed where none is given, the nose ahead where it is not told where to.
    GoTo { spot: Spot, speed_mps: Option<f64>, nose_rad: Option<f64> },
    /// Circle a spot.
    Orbit { spot: Spot, radius_m: f64, is_clockwise: bool, speed_mps: Option<f64> },
    /// Call a spot home, or the place where it is.
    SetHome(Option<Spot>),
    /// Keep the nose to a spot, or let it go.
    LookAt(Option<Spot>),
    /// Tell one message now; some have more than one, which the second number chooses.
    /// The third is the command that asks.
    Tell { id: u32, which: u32, by: u16 },
    /// Tell a message at a rate.
    Every { id: u32, interval: Interval },
    /// Something of the camera or its mount.
    Aboard(Order),
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
    /// Known, but in a frame that is not.
    UnknownFrame,
    /// Not known.
    Unsupported,
}

impl Asks {
    /// Whether only the pilot's own station may ask for it. Flying is open to every station, but for
    /// stopping the rotors in the air.
    pub(crate) fn is_the_pilots(&self) -> bool {
        match self {
            Self::Aboard(order) => order.is_the_pilots(),
            // Whoever can stop the rotors in the air can bring it down on somebody's head.
            Self::Fly(Command::StopMotors) => true,
            // It returns there when the pilot is not heard any more.
            Self::Fly(Command::SetHome(_)) | Self::SetHome(_) | Self::GoOnWith { .. } => true,
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
                | Command::LimitSpeed(_)
                | Command::LookAt(_)
                | Command::Offboard
                | Command::TakeInHand(_),
            )
            | Self::TakeOff(_)
            | Self::Mission
            | Self::Lead
            | Self::GoTo { .. }
            | Self::Orbit { .. }
            | Self::LookAt(_)
            | Self::Tell { .. }
            // Whoever is not the pilot may only have things told more often.
            | Self::Every { .. }
            | Self::Nonsense
            | Self::UnknownFrame
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

/// Reads one frame from the ground, as stations write it that expect such a personality.
pub(crate) fn read(frame: &Received<'_>, personality: Personality) -> Inbound {
    match frame.id {
        HEARTBEAT if frame.system != SYSTEM => {
            let kind = frame.payload.get(4).copied().unwrap_or(0);
            Inbound::Heartbeat { is_ground_station: kind == GROUND_STATION }
        }
        COMMAND_LONG | COMMAND_INT => Given::read(frame).map_or(Inbound::Other, |given| {
            let asks = asks(&given, personality);
            Inbound::Command { given, asks }
        }),
        SET_MODE => set_mode(frame.payload, personality),
        REQUEST_DATA_STREAM => group(frame.payload),
        _ => Inbound::Other,
    }
}

/// `custom mode (4), target, base mode`.
fn set_mode(payload: &[u8], personality: Personality) -> Inbound {
    let [a, b, c, d, target, base] = padded::<6>(payload);
    match target {
        0 | SYSTEM if base & CUSTOM == 0 => Inbound::Mode(Asks::Nonsense),
        0 | SYSTEM => Inbound::Mode(modes::set(personality, u32::from_le_bytes([a, b, c, d]))),
        _ => Inbound::Other,
    }
}

/// `rate in hertz (2), target system, target component, group, whether to begin`.
fn group(payload: &[u8]) -> Inbound {
    let [low, high, system, component, group, begins] = padded::<6>(payload);
    if Component::addressed((system, component)) != Some(Component::Autopilot) {
        return Inbound::Other;
    }
    let rate = f64::from(u16::from_le_bytes([low, high]));
    let interval = if begins == 1 && rate > 0.0 {
        Interval::of_us(libm::round(1e6 / rate))
    } else {
        Some(Interval::Usual)
    };
    interval.map_or(Inbound::Other, |interval| Inbound::Group { group, interval })
}

/// DO_SET_MODE. The base mode must say that numbers of modes are meant.
fn mode(p: [f64; 7], personality: Personality) -> Asks {
    let is_custom = whole(p[0]).is_some_and(|base| base & u32::from(CUSTOM) != 0);
    let sub = if p[2].is_nan() { 0.0 } else { p[2] };
    match (whole(p[1]), whole(sub)) {
        (Some(main), Some(sub)) if is_custom => modes::ordered(personality, main, sub),
        _ => Asks::Nonsense,
    }
}

fn asks(given: &Given, personality: Personality) -> Asks {
    let p = given.p;
    match given.number {
        // By force or not: the checks are asked all the same.
        400 if p[0] == 1.0 => Asks::Fly(Command::Arm),
        400 if p[0] == 0.0 && p[1] == STOPS_IN_THE_AIR => Asks::Fly(Command::StopMotors),
        400 if p[0] == 0.0 => Asks::Fly(Command::Disarm),
        22 => place::take_off(given, personality),
        176 => mode(p, personality),
        34 | 179 | 192 | 195 | 201 => place::asks(given),
        197 => Asks::LookAt(None),
        178 if p[0] == 0.0 || p[0] == 1.0 => {
            given.positive(1).map_or(Asks::Nonsense, |mps| Asks::Fly(Command::LimitSpeed(mps)))
        }
        185 if p[0] == 1.0 => Asks::Fly(Command::StopMotors),
        193 if p[0] == 0.0 => Asks::Fly(Command::Brake),
        // The whole mission: from its first item on.
        300 if given.lacks(0) && given.lacks(1) => Asks::Fly(Command::StartMission),
        224 => whole(p[0])
            .and_then(|seq| u16::try_from(seq).ok())
            .map_or(Asks::Nonsense, |seq| Asks::GoOnWith { seq }),
        20 => Asks::Fly(Command::Return),
        21 if given.lacks(4) && given.lacks(5) => Asks::Fly(Command::Land),
        245 if p[0] == 4.0 => Asks::Reset,
        511 => match (whole(p[0]), Interval::of_us(p[1])) {
            (Some(id), Some(interval)) => Asks::Every { id, interval },
            (Some(_), None) => Asks::Nonsense,
            (None, _) => Asks::Unsupported,
        },
        512 => whole(p[0]).map_or(Asks::Unsupported, |id| Asks::Tell {
            id,
            which: whole(p[1]).unwrap_or(0),
            by: 512,
        }),
        // The older command for the same.
        520 if p[0] == 1.0 => Asks::Tell { id: AUTOPILOT_VERSION, which: 0, by: 520 },
        2000 if p[2] == 1.0 => {
            let sequence = if p[3].is_nan() { Some(0) } else { whole(p[3]) };
            sequence.map_or(Asks::Nonsense, |sequence| Asks::Still { sequence })
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
        // Known, but not with these parameters; a log is never streamed while it is written, whoever asks.
        21 | 178 | 185 | 193 | 245 | 300 | 400 | 520 | 2510 | 2511 | 31013 => Asks::Nonsense,
        number => match aboard::orders::read(number, p) {
            Some(Meaning::Order(order)) => Asks::Aboard(order),
            Some(Meaning::Tell { id, which }) => Asks::Tell { id, which, by: number },
            Some(Meaning::Nonsense) => Asks::Nonsense,
            None => Asks::Unsupported,
        },
    }
}

const AUTOPILOT_VERSION: u32 = 148;

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
