//! What the ground says: heartbeats and commands, decoded by hand so that an unknown command can be answered.
//!
//! Messages of a service of its own (switches, signing, operator, logs, files) are read in their own rooms.
//!
//! **Never:** acts on a message for somebody else; guesses a parameter that was not given.

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

/// A place on Earth as a command names it; what it leaves out stays as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// WGS 84, degrees: latitude and longitude.
    pub lat_lon_deg: Option<(f64, f64)>,
    /// How high.
    pub height: Height,
}

/// A height as a command names it, metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Height {
    /// As high as now.
    Kept,
    /// Above mean sea level.
    AboveSea(f64),
    /// Above the place of power-on.
    AboveHome(f64),
}

impl Asks {
    /// Whether only the pilot's own station may ask for it. Flying is open to every station, but for
    /// stopping the rotors in the air.
    pub(crate) fn is_the_pilots(&self) -> bool {
        match self {
            // Whoever can stop the rotors in the air can bring it down on somebody's head.
            Self::Fly(Command::StopMotors) => true,
            Self::Fly(_)
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
        asks_for_a_place(number, p, &wire)
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

/// Commands that name a place, which only the integer form does exactly enough.
fn asks_for_a_place(number: u16, p: [f64; 7], wire: &[u8; 35]) -> Asks {
    let degrees = |at: usize| {
        let e7 = i32::from_le_bytes([wire[at], wire[at + 1], wire[at + 2], wire[at + 3]]);
        (e7 != i32::MAX).then(|| f64::from(e7) / 1e7)
    };
    let lat_lon_deg = degrees(16).zip(degrees(20));
    let height = match wire[32] {
        _ if p[6].is_nan() => Height::Kept,
        // Ground stations that say "above home" of an orbit mean the sea all the same.
        3 | 6 if number == 192 => Height::AboveHome(p[6]),
        _ => Height::AboveSea(p[6]),
    };
    let is_on_earth = lat_lon_deg.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
    let spot = Spot { lat_lon_deg, height };
    let given = |value: f64| (!value.is_nan() && value != -1.0).then_some(value);
    match number {
        _ if !is_on_earth => Asks::Nonsense,
        // Nothing is given: this is how ground stations say "pause".
        192 if lat_lon_deg.is_none() && height == Height::Kept => Asks::Fly(Command::Hold),
        192 => Asks::GoTo { spot, speed_mps: given(p[0]) },
        34 if p[0].is_finite() => Asks::Orbit {
            spot,
            radius_m: libm::fabs(p[0]),
            is_clockwise: p[0] > 0.0,
            speed_mps: given(p[1]),
        },
        _ => Asks::Nonsense,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    #[test]
    fn commands_mean_what_the_table_says_and_nothing_is_guessed() {
        let log_2 = Scope { category: Class::FlightLog, object: 2, recipient: Recipient::Maker };
        let in_hand = |how| Asks::Fly(Command::TakeInHand(how));
        let grant = |valid_s, purpose| Asks::Grant { scope: log_2, valid_s, purpose };
        for (name, number, p, expected) in [
            ("until withdrawn", 31010, [3.0, 2.0, 1.0, 0.0, 1.0], grant(None, Purpose::Delivery)),
            (
                "a minute",
                31010,
                [3.0, 2.0, 1.0, 60.0, 3.0],
                grant(Some(60.0), Purpose::Publication),
            ),
            ("no purpose", 31010, [3.0, 2.0, 1.0, 0.0, 0.0], Asks::Nonsense),
            ("no object", 31010, [3.0, 0.0, 1.0, 0.0, 1.0], Asks::Nonsense),
            ("half an object", 31010, [3.0, 1.5, 1.0, 0.0, 1.0], Asks::Nonsense),
            ("a key", 31010, [8.0, 2.0, 1.0, 0.0, 1.0], Asks::Nonsense),
            ("to nobody known", 31010, [3.0, 2.0, 2.0, 0.0, 1.0], Asks::Nonsense),
            ("for less than nothing", 31010, [3.0, 2.0, 1.0, -1.0, 1.0], Asks::Nonsense),
            ("for ever and a day", 31010, [3.0, 2.0, 1.0, f64::INFINITY, 1.0], Asks::Nonsense),
            ("not a number", 31010, [NAN, NAN, NAN, NAN, NAN], Asks::Nonsense),
            ("withdrawn", 31011, [3.0, 2.0, 1.0, 0.0, 0.0], Asks::Withdraw(log_2)),
            ("listed", 31012, [NAN; 5], Asks::ListConsent),
            (
                "unlocked",
                31005,
                [7.0, 9.0, 60.0, 0.0, 0.0],
                Asks::Unlock { zone: 7, code: 9, valid_s: 60 },
            ),
            ("reset", 245, [4.0, 0.0, 0.0, 0.0, 0.0], Asks::Reset),
            ("another kind of storage", 245, [1.0, 0.0, 0.0, 0.0, 0.0], Asks::Nonsense),
            ("view", 2502, [0.0; 5], Asks::View(true)),
            ("disarmed", 400, [0.0; 5], Asks::Fly(Command::Disarm)),
            ("stopped", 400, [0.0, 21_196.0, 0.0, 0.0, 0.0], Asks::Fly(Command::StopMotors)),
            ("nearly stopped", 400, [0.0, 21_195.0, 0.0, 0.0, 0.0], Asks::Fly(Command::Disarm)),
            ("braked", 193, [0.0; 5], Asks::Fly(Command::Brake)),
            ("continued", 193, [1.0, 0.0, 0.0, 0.0, 0.0], Asks::Nonsense),
            ("followed", 176, [1.0, 4.0, 8.0, 0.0, 0.0], Asks::Fly(Command::Follow)),
            ("by hand", 176, [1.0, 7.0, 0.0, 0.0, 0.0], in_hand(Manual::Stabilise)),
            ("height held", 176, [1.0, 2.0, 0.0, 0.0, 0.0], in_hand(Manual::AltitudeHold)),
            ("place held", 176, [1.0, 3.0, 0.0, 0.0, 0.0], in_hand(Manual::PositionHold)),
            ("acrobatics", 176, [1.0, 5.0, 0.0, 0.0, 0.0], Asks::Nonsense),
            ("no exact place", 192, [0.0; 5], Asks::Unsupported),
            ("unknown", 31009, [0.0; 5], Asks::Unsupported),
        ] {
            let mut all = [0.0; 7];
            all[..5].copy_from_slice(&p);
            assert_eq!(asks(number, all), expected, "{name}");
        }
    }

    #[test]
    fn a_place_is_read_to_the_centimetre_and_what_is_not_given_is_kept() {
        let (lat, lon) = (523_000_001, -49_000_002);
        let here = Some((52.300_000_1, -4.900_000_2));
        let spot = |lat_lon_deg, height| Spot { lat_lon_deg, height };
        let go = |spot, speed_mps| Asks::GoTo { spot, speed_mps };
        let (none, nan) = (i32::MAX, f32::NAN);
        for (name, number, [p1, p2], (x, y), z, frame, expected) in [
            (
                "there",
                192,
                [3.0, 1.0],
                (lat, lon),
                40.0,
                0,
                go(spot(here, Height::AboveSea(40.0)), Some(3.0)),
            ),
            (
                "over home",
                192,
                [-1.0, 1.0],
                (lat, lon),
                40.0,
                3,
                go(spot(here, Height::AboveHome(40.0)), None),
            ),
            ("as high", 192, [nan, 1.0], (lat, lon), nan, 0, go(spot(here, Height::Kept), None)),
            (
                "only higher",
                192,
                [-1.0, 1.0],
                (none, none),
                9.0,
                0,
                go(spot(None, Height::AboveSea(9.0)), None),
            ),
            ("pause", 192, [nan, nan], (none, none), nan, 0, Asks::Fly(Command::Hold)),
            ("off Earth", 192, [3.0, 1.0], (950_000_000, lon), 40.0, 0, Asks::Nonsense),
            (
                "left round",
                34,
                [-9.0, 2.0],
                (lat, lon),
                40.0,
                3,
                Asks::Orbit {
                    spot: spot(here, Height::AboveSea(40.0)),
                    radius_m: 9.0,
                    is_clockwise: false,
                    speed_mps: Some(2.0),
                },
            ),
            ("round what", 34, [nan, nan], (lat, lon), 40.0, 0, Asks::Nonsense),
        ] {
            let mut wire = [p1, p2, 0.0, 0.0].map(f32::to_le_bytes).concat();
            wire.extend([i32::to_le_bytes(x), i32::to_le_bytes(y), f32::to_le_bytes(z)].concat());
            wire.extend(u16::to_le_bytes(number));
            wire.extend([1, 1, frame]);
            let frame = Received { id: COMMAND_INT, system: 255, component: 190, payload: &wire };
            let Inbound::Command { asks, .. } = read(&frame) else { panic!("{name}") };
            assert_eq!(asks, expected, "{name}");
        }
    }
}
