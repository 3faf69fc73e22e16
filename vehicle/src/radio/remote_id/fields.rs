//! The messages of F3411-22a, field by field.
//!
//! Byte 0 of each: type in the high half, protocol version in the low one. Numbers are little-endian.
//!
//! **Never:** says more than its arguments; leaves a reserved bit to chance.

use crate::data::identity::{OperatorId, OperatorPlace};
use crate::flight::{Landed, State};
use crate::senses::{TICKS_PER_S, Tick};
use alloc::vec::Vec;

/// One message.
pub(super) type Message = [u8; LENGTH];

const LENGTH: usize = 25;
const VERSION: u8 = 2;
const BASIC_ID: u8 = 0;
const LOCATION: u8 = 1;
const SELF_ID: u8 = 3;
const SYSTEM: u8 = 4;
const OPERATOR_ID: u8 = 5;
const PACK: u8 = 0xF;

const SERIAL_NUMBER: u8 = 1;
const MULTIROTOR: u8 = 2;
/// The operator's place is live.
const DYNAMIC: u8 = 1;
/// What the flight is for, said the same way by every vehicle.
const PURPOSE: &[u8] = b"Recreational";
/// Seconds from 2019-01-01, the standard's epoch, to 2026-01-01, the epoch of the vehicle's clock.
const EPOCH_S: u64 = 2_557 * 86_400;

fn message(kind: u8) -> Message {
    let mut out = [0; LENGTH];
    out[0] = kind << 4 | VERSION;
    out
}

/// Basic ID: id type and aircraft type, 20 characters, 3 reserved bytes.
pub(super) fn basic_id(serial: &str) -> Message {
    let mut out = message(BASIC_ID);
    out[1] = SERIAL_NUMBER << 4 | MULTIROTOR;
    let length = serial.len().min(20);
    out[2..2 + length].copy_from_slice(&serial.as_bytes()[..length]);
    out
}

/// Location: status, track, speeds, place, three heights, accuracies, tenths of the hour, one reserved byte.
pub(super) fn location(now: Tick, state: &State) -> Message {
    let v = state.velocity_ned_mps;
    let track_deg = libm::atan2(v.y, v.x).to_degrees();
    let track_deg = if track_deg < 0.0 { track_deg + 360.0 } else { track_deg };
    let west = track_deg >= 180.0;
    let speed_mps = libm::hypot(v.x, v.y);
    let coarse = speed_mps > 63.75;
    let status = if state.landed == Landed::OnGround { 1 } else { 2 };
    let mut out = message(LOCATION);
    out[1] = status << 4 | u8::from(west) << 1 | u8::from(coarse);
    out[2] = libm::floor(if west { track_deg - 180.0 } else { track_deg }) as u8;
    out[3] = libm::round(if coarse {
        ((speed_mps - 63.75) / 0.75).min(254.0)
    } else {
        speed_mps / 0.25
    }) as u8;
    out[4] = libm::round((-v.z).clamp(-62.0, 62.0) / 0.5) as i8 as u8;
    out[5..9].copy_from_slice(&(libm::round(state.lat_deg * 1e7) as i32).to_le_bytes());
    out[9..13].copy_from_slice(&(libm::round(state.lon_deg * 1e7) as i32).to_le_bytes());
    out[13..15].copy_from_slice(&altitude(state.alt_m));
    out[15..17].copy_from_slice(&altitude(state.alt_m));
    out[17..19].copy_from_slice(&altitude(state.height_m));
    // Accuracies: vertical below 10 m (4), horizontal below 10 m (10), barometric 4, speed below 1 m/s (3).
    out[19] = 4 << 4 | 10;
    out[20] = 4 << 4 | 3;
    let tenths_of_the_hour = (now.0 / (TICKS_PER_S / 10) % 36_000) as u16;
    out[21..23].copy_from_slice(&tenths_of_the_hour.to_le_bytes());
    out[23] = 1;
    out
}

/// Self-ID: description type 0 (text), 23 characters.
pub(super) fn self_id() -> Message {
    let mut out = message(SELF_ID);
    out[2..2 + PURPOSE.len()].copy_from_slice(PURPOSE);
    out
}

/// System: how the operator's place is known (no classification), place, an area of one aircraft and no radius,
/// ceiling and floor unknown (0), no category or class, the operator's height, seconds since 2019, one reserved byte.
pub(super) fn system(now: Tick, operator: &OperatorPlace) -> Message {
    let mut out = message(SYSTEM);
    out[1] = DYNAMIC;
    out[2..6].copy_from_slice(&operator.lat_e7.to_le_bytes());
    out[6..10].copy_from_slice(&operator.lon_e7.to_le_bytes());
    out[10..12].copy_from_slice(&1_u16.to_le_bytes());
    out[18..20].copy_from_slice(&altitude(f64::from(operator.alt_m)));
    let seconds = (EPOCH_S + now.0 / TICKS_PER_S) as u32;
    out[20..24].copy_from_slice(&seconds.to_le_bytes());
    out
}

/// Operator ID: id type 0, 20 characters, 3 reserved bytes.
pub(super) fn operator_id(id: &OperatorId) -> Message {
    let mut out = message(OPERATOR_ID);
    out[2..22].copy_from_slice(id.bytes());
    out
}

/// Message pack: length of a message, how many, and they.
pub(super) fn pack<'a>(messages: impl Iterator<Item = &'a Message>) -> Vec<u8> {
    let mut out = Vec::from([PACK << 4 | VERSION, LENGTH as u8, 0]);
    for message in messages {
        out[2] += 1;
        out.extend(message);
    }
    out
}

/// Half metres above -1000 m.
fn altitude(metres: f64) -> [u8; 2] {
    (libm::round((metres + 1000.0) * 2.0).clamp(0.0, 65_535.0) as u16).to_le_bytes()
}
