//! What a frame that is no command means as an act.
//!
//! **Never:** reads a frame whose checksum is wrong, or that is for another vehicle.

use crate::scenario::{Act, Setting};
use crate::wire::Frame;
use crate::{Personality, Tick};

const HEARTBEAT: (u32, u8) = (0, 50);
const SET_MODE: (u32, u8) = (11, 89);
const PARAM_REQUEST_LIST: (u32, u8) = (21, 159);
const PARAM_SET: (u32, u8) = (23, 168);
const FILE_TRANSFER_PROTOCOL: (u32, u8) = (110, 84);
const LOG_REQUEST_LIST: (u32, u8) = (117, 128);
const LOG_REQUEST_DATA: (u32, u8) = (119, 116);
const LOG_ERASE: (u32, u8) = (121, 237);
const SETUP_SIGNING: (u32, u8) = (256, 71);
const OPEN_DRONE_ID_SYSTEM: (u32, u8) = (12_904, 77);

/// Every message that is read here, with the extra byte of its checksum.
#[cfg(test)]
pub const READ: [(u32, u8); 10] = [
    HEARTBEAT,
    SET_MODE,
    PARAM_REQUEST_LIST,
    PARAM_SET,
    FILE_TRANSFER_PROTOCOL,
    LOG_REQUEST_LIST,
    LOG_REQUEST_DATA,
    LOG_ERASE,
    SETUP_SIGNING,
    OPEN_DRONE_ID_SYSTEM,
];

const INT32: u8 = 6;
const REAL32: u8 = 9;
const LIST_DIRECTORY: u8 = 3;
const OPEN_FILE: u8 = 4;
const FILE_HEAD: usize = 15;

/// Whether it is a heartbeat.
pub fn is_heartbeat(frame: &Frame<'_>) -> bool {
    is(frame, HEARTBEAT)
}

/// Whether it is a heartbeat of this kind (MAV_TYPE).
pub fn is_heartbeat_of(frame: &Frame<'_>, kind: u8) -> bool {
    is_heartbeat(frame) && frame.padded::<9>()[4] == kind
}

/// The key that a frame hands over, and from which time on it signs.
pub fn signing_key(frame: &Frame<'_>) -> Option<([u8; 32], u64)> {
    let wire = frame.padded::<42>();
    let (time, rest) = wire.split_first_chunk::<8>()?;
    let (time, key) = (u64::from_le_bytes(*time), rest[2..].try_into().ok()?);
    // A signature has six bytes for its time: of a longer one nothing comes.
    let has_room = time >> 48 == 0;
    let is_one = is(frame, SETUP_SIGNING) && is_for_us(wire[8], wire[9]) && has_room;
    is_one.then_some((key, time))
}

/// What it asks for; most frames ask for nothing that a story knows.
pub fn acts(frame: &Frame<'_>, personality: Personality) -> Option<Act> {
    if is(frame, PARAM_SET) {
        sets(&frame.padded(), personality)
    } else if is(frame, SET_MODE) {
        // `custom mode (4), target`; of PX4's modes it is `0, 0, main mode, sub mode`.
        let [a, b, main, sub, target, _] = frame.padded::<6>();
        match personality {
            _ if !is_for_us(target, 0) => None,
            Personality::Px4 => mode(personality, main.into(), sub.into()),
            Personality::ArduPilot => mode(personality, u32::from_le_bytes([a, b, main, sub]), 0),
        }
    } else if is(frame, PARAM_REQUEST_LIST) {
        let wire = frame.padded::<2>();
        is_for_us(wire[0], wire[1]).then_some(Act::AsksParameters)
    } else if is(frame, LOG_REQUEST_LIST) {
        let wire = frame.padded::<6>();
        is_for_us(wire[4], wire[5]).then_some(Act::AsksLogs)
    } else if is(frame, LOG_REQUEST_DATA) {
        let wire = frame.padded::<12>();
        // A live vehicle's list counts from 0, consent and the card from 1.
        let object = u32::from(u16::from_le_bytes([wire[8], wire[9]])) + 1;
        is_for_us(wire[10], wire[11]).then_some(Act::ReadsLog { object })
    } else if is(frame, LOG_ERASE) {
        let wire = frame.padded::<2>();
        is_for_us(wire[0], wire[1]).then_some(Act::ErasesLogs)
    } else if is(frame, FILE_TRANSFER_PROTOCOL) {
        file(&frame.padded())
    } else if is(frame, OPEN_DRONE_ID_SYSTEM) {
        // Where exactly is the pilot's own secret: the place is not kept twice.
        Some(Act::SharesPosition { at_m: (0.0, 0.0) })
    } else {
        signing_key(frame).map(|_| Act::SetsUpSigning)
    }
}

/// A mode: PX4's main and sub mode, or ArduCopter's one number. By hand there is nothing to tell.
pub fn mode(personality: Personality, main: u32, sub: u32) -> Option<Act> {
    match (personality, main, sub) {
        (Personality::Px4, 4, 3) | (Personality::ArduPilot, 4 | 5, _) => Some(Act::Holds),
        (Personality::Px4, 4, 4) | (Personality::ArduPilot, 3, _) => Some(Act::StartsMission),
        (Personality::Px4, 4, 5) | (Personality::ArduPilot, 6, _) => Some(Act::Returns),
        (Personality::Px4, 4, 6) | (Personality::ArduPilot, 9, _) => Some(Act::Lands),
        (Personality::ArduPilot, 17, _) => Some(Act::Brakes),
        (Personality::Px4 | Personality::ArduPilot, ..) => None,
    }
}

fn is(frame: &Frame<'_>, (id, extra): (u32, u8)) -> bool {
    frame.id == id && frame.is_sound(extra)
}

/// Whether a target is this vehicle's autopilot, or everybody.
pub fn is_for_us(system: u8, component: u8) -> bool {
    matches!(system, 0 | 1) && matches!(component, 0 | 1)
}

/// `value (4), target (2), name (16), type`.
fn sets(wire: &[u8; 23], personality: Personality) -> Option<Act> {
    let four = [wire[0], wire[1], wire[2], wire[3]];
    let value = match personality {
        Personality::Px4 => (wire[22] == INT32).then(|| i32::from_le_bytes(four)),
        // A number, whatever its type.
        Personality::ArduPilot if !matches!(wire[22], 1..=INT32 | REAL32) => None,
        Personality::ArduPilot => whole(f32::from_le_bytes(four)),
    };
    let name = text(&wire[6..22])?;
    let setting = Setting::ALL.into_iter().find(|setting| setting.name() == name)?;
    let value = value.filter(|_| is_for_us(wire[4], wire[5]))?;
    Some(Act::Sets { name: setting, value })
}

/// A whole number that a float tells exactly.
fn whole(value: f32) -> Option<i32> {
    (value.abs() <= 16_777_216.0 && value.fract() == 0.0).then_some(value as i32)
}

/// `network, target (2), sequence (2), session, opcode, size, …, offset (4)`, then data.
fn file(wire: &[u8; 254]) -> Option<Act> {
    let (head, data) = wire.split_at(FILE_HEAD);
    let path = text(data.get(..usize::from(head[7]))?)?.to_owned();
    match head[6] {
        _ if !is_for_us(head[1], head[2]) => None,
        LIST_DIRECTORY => Some(Act::AsksFiles { path }),
        OPEN_FILE => Some(Act::ReadsFile { path }),
        _ => None,
    }
}

fn text(field: &[u8]) -> Option<&str> {
    let length = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    std::str::from_utf8(&field[..length]).ok()
}

/// A moment so many seconds after another.
pub fn later(tick: Tick, seconds: f64) -> Tick {
    Tick(tick.0 + Tick::at_s(seconds).0)
}
