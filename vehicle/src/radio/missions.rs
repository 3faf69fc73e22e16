//! Missions, fences and rally points: what ground stations say of plans, and what they are told.
//!
//! Source: mavlink.io, "Mission Protocol". Items are kept as they came, byte by byte, so that they go back so. Decoded by
//! hand: the dialect's reader loses a message with a command that it does not know, and the opaque numbers.
//!
//! **Never:** changes an item; answers for a kind of plan that there is not.

pub(crate) mod fence;
pub(crate) mod route;
pub(crate) mod transfer;

use super::frame::Received;
use crate::gate::Message;
use alloc::vec::Vec;

const WRITE_PARTIAL: u32 = 38;
const ITEM: u32 = 39;
const REQUEST: u32 = 40;
const SET_CURRENT: u32 = 41;
const CURRENT: u32 = 42;
const REQUEST_LIST: u32 = 43;
const COUNT: u32 = 44;
const CLEAR_ALL: u32 = 45;
const ITEM_REACHED: u32 = 46;
const ACK: u32 = 47;
const REQUEST_INT: u32 = 51;
const ITEM_INT: u32 = 73;

/// A place within a plan that is not given.
pub(crate) const NOT_GIVEN: i32 = i32::MAX;

/// A kind of plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Mission = 0,
    Fence = 1,
    Rally = 2,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Mission, Self::Fence, Self::Rally];

    fn numbered(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// The number that stands for every kind at once.
const EVERY_KIND: u8 = 255;

/// What a ground station says of plans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Said {
    /// So many items are to come.
    Count(Kind, u16),
    /// One of them.
    Item(Item),
    /// How many are there?
    List(Kind),
    /// This one, please.
    Request(Kind, u16),
    /// It is done with it, well or not.
    Ack(Kind),
    /// Forget one kind, or all.
    Clear(Option<Kind>),
    /// Go on with this one.
    SetCurrent(u16),
    /// Only a part of a plan, or a kind that there is not.
    Unsupported,
}

/// Why a transfer ends, as MAVLink numbers it (MAV_MISSION_RESULT).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Accepted = 0,
    Error = 1,
    UnsupportedFrame = 2,
    Unsupported = 3,
    NoSpace = 4,
    Invalid = 5,
    InvalidParam1 = 6,
    InvalidParam2 = 7,
    InvalidParam3 = 8,
    InvalidPlace = 10,
    InvalidHeight = 12,
    InvalidSequence = 13,
    Denied = 14,
}

/// An item of a plan, as it came: everything of MISSION_ITEM_INT but whom it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Parameters 1 to 4, their bits.
    pub p: [u32; 4],
    /// Latitude or what else the frame makes of it, 1e-7 degrees.
    pub x: i32,
    /// Longitude.
    pub y: i32,
    /// Height, its bits.
    pub z: u32,
    pub seq: u16,
    pub command: u16,
    pub frame: u8,
    pub current: u8,
    pub autocontinue: u8,
    pub kind: Kind,
}

impl Item {
    /// Home, as it stands before a mission's first item: degrees in ten-millionths, metres above the sea.
    pub(crate) fn home((lat_e7, lon_e7, alt_m): (i32, i32, f32)) -> Self {
        Self {
            p: [0; 4],
            x: lat_e7,
            y: lon_e7,
            z: alt_m.to_bits(),
            seq: 0,
            command: route::WAYPOINT,
            frame: 0,
            current: 0,
            autocontinue: 1,
            kind: Kind::Mission,
        }
    }

    /// Parameter 1 to 4.
    pub(crate) fn param(&self, number: usize) -> f64 {
        f64::from(f32::from_bits(self.p[number - 1]))
    }

    /// Height, metres.
    pub(crate) fn height_m(&self) -> f64 {
        f64::from(f32::from_bits(self.z))
    }

    /// Latitude and longitude, degrees, where both are given and are on Earth.
    pub(crate) fn lat_lon_deg(&self) -> Option<(f64, f64)> {
        let is_given = self.x != NOT_GIVEN && self.y != NOT_GIVEN;
        let (lat_deg, lon_deg) = (f64::from(self.x) / 1e7, f64::from(self.y) / 1e7);
        let is_on_earth = lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0;
        (is_given && is_on_earth).then_some((lat_deg, lon_deg))
    }

    fn wire(&self, to: (u8, u8)) -> Vec<u8> {
        let mut wire = Vec::with_capacity(38);
        for bits in self.p {
            wire.extend(bits.to_le_bytes());
        }
        wire.extend(self.x.to_le_bytes());
        wire.extend(self.y.to_le_bytes());
        wire.extend(self.z.to_le_bytes());
        wire.extend(self.seq.to_le_bytes());
        wire.extend(self.command.to_le_bytes());
        wire.extend([to.0, to.1, self.frame, self.current, self.autocontinue, self.kind as u8]);
        wire
    }
}

/// Reads one frame; none where it is something else or for another vehicle.
pub(crate) fn read(frame: &Received<'_>) -> Option<Said> {
    let mut wire = [0; 38];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let word = |at: usize| u16::from_le_bytes([wire[at], wire[at + 1]]);
    let (target, kind) = match frame.id {
        SET_CURRENT => (2, 4),
        COUNT | REQUEST | REQUEST_INT => (2, 4),
        REQUEST_LIST | CLEAR_ALL => (0, 2),
        ACK => (0, 3),
        ITEM | ITEM_INT => (32, 37),
        WRITE_PARTIAL => (4, 6),
        _ => return None,
    };
    if !matches!(wire[target], 0 | 1) || !matches!(wire[target + 1], 0 | 1) {
        return None;
    }
    let known = Kind::numbered(wire[kind]);
    Some(match (frame.id, known) {
        (SET_CURRENT, _) => Said::SetCurrent(word(0)),
        (WRITE_PARTIAL, _) => Said::Unsupported,
        (CLEAR_ALL, None) if wire[kind] == EVERY_KIND => Said::Clear(None),
        (_, None) => Said::Unsupported,
        (COUNT, Some(kind)) => Said::Count(kind, word(0)),
        (REQUEST | REQUEST_INT, Some(kind)) => Said::Request(kind, word(0)),
        (REQUEST_LIST, Some(kind)) => Said::List(kind),
        (CLEAR_ALL, Some(kind)) => Said::Clear(Some(kind)),
        (ACK, Some(kind)) => Said::Ack(kind),
        (id, Some(kind)) => Said::Item(item(&wire, id == ITEM, kind)),
    })
}

/// `parameters 1 to 4, x, y, z (4 each), number, command (2 each), target (2), frame, current, autocontinue, kind`.
fn item(wire: &[u8; 38], is_float: bool, kind: Kind) -> Item {
    let four = |at: usize| u32::from_le_bytes([wire[at], wire[at + 1], wire[at + 2], wire[at + 3]]);
    let frame = wire[34];
    // The old form has degrees or metres as floats. What is no number is not given.
    let unit = if matches!(frame, 1 | 7 | 8 | 9) { 1e4 } else { 1e7 };
    let place = |at: usize| {
        let bits = four(at);
        match f64::from(f32::from_bits(bits)) {
            _ if !is_float => bits as i32,
            value if value.is_finite() => libm::round(value * unit) as i32,
            _ => NOT_GIVEN,
        }
    };
    Item {
        p: [four(0), four(4), four(8), four(12)],
        x: place(16),
        y: place(20),
        z: four(24),
        seq: u16::from_le_bytes([wire[28], wire[29]]),
        command: u16::from_le_bytes([wire[30], wire[31]]),
        frame,
        current: wire[35],
        autocontinue: wire[36],
        kind,
    }
}

/// MISSION_REQUEST_INT.
fn request(kind: Kind, seq: u16, to: (u8, u8)) -> Message {
    let [low, high] = seq.to_le_bytes();
    Message::new(REQUEST_INT, [low, high, to.0, to.1, kind as u8].to_vec())
}

/// MISSION_COUNT, with the number of the plan.
fn count(kind: Kind, count: u16, plan: u32, to: (u8, u8)) -> Message {
    let [low, high] = count.to_le_bytes();
    let mut payload = [low, high, to.0, to.1, kind as u8].to_vec();
    payload.extend(plan.to_le_bytes());
    Message::new(COUNT, payload)
}

/// MISSION_ACK, with the number of the plan; without a kind it is about all of them.
fn ack(kind: Option<Kind>, outcome: Outcome, plan: u32, to: (u8, u8)) -> Message {
    let kind = kind.map_or(EVERY_KIND, |kind| kind as u8);
    let mut payload = [to.0, to.1, outcome as u8, kind].to_vec();
    payload.extend(plan.to_le_bytes());
    Message::new(ACK, payload)
}

/// How far the mission has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    NoMission = 1,
    NotStarted = 2,
    Active = 3,
    Paused = 4,
    Complete = 5,
}

/// MISSION_CURRENT; with the numbers of the three plans.
pub(crate) fn current(seq: u16, total: u16, progress: Progress, plans: [u32; 3]) -> Message {
    let mut payload = Vec::with_capacity(18);
    payload.extend(seq.to_le_bytes());
    payload.extend(total.to_le_bytes());
    // In a mode that flies it, or not.
    payload.extend([progress as u8, if progress == Progress::Active { 1 } else { 2 }]);
    for plan in plans {
        payload.extend(plan.to_le_bytes());
    }
    Message::new(CURRENT, payload)
}

/// MISSION_ITEM_REACHED.
pub(crate) fn reached(seq: u16) -> Message {
    Message::new(ITEM_REACHED, seq.to_le_bytes().to_vec())
}

/// MISSION_ITEM_INT, as it came.
fn told(item: &Item, to: (u8, u8)) -> Message {
    Message::new(ITEM_INT, item.wire(to))
}
