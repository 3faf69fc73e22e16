//! Broadcast identification: ASTM F3411-22a messages of 25 bytes, protocol version 2.
//!
//! Basic ID (section 5.4.5.5) every 3 s, Location (section 5.4.5.7) every second.
//!
//! **Never:** carries the pilot's position, a free text, or a reserved bit that is not zero.

use crate::flight::{Landed, State};
use crate::gate::Parcel;
use crate::senses::{TICKS_PER_S, Tick};
use alloc::vec::Vec;

const VERSION: u8 = 2;
const SERIAL_NUMBER: u8 = 1;
const MULTIROTOR: u8 = 2;

/// Messages that are due at a tick.
pub(crate) fn due(now: Tick, state: &State, serial: &str) -> Vec<Parcel> {
    let mut parcels = Vec::new();
    if now.0.is_multiple_of(3 * TICKS_PER_S) {
        parcels.push(Parcel::basic_id(basic_id(serial)));
    }
    if now.0.is_multiple_of(TICKS_PER_S) && state.gnss.is_some() {
        parcels.push(Parcel::location(location(now, state)));
    }
    parcels
}

fn basic_id(serial: &str) -> [u8; 25] {
    let mut out = [0; 25];
    out[0] = VERSION;
    out[1] = SERIAL_NUMBER << 4 | MULTIROTOR;
    let length = serial.len().min(20);
    out[2..2 + length].copy_from_slice(&serial.as_bytes()[..length]);
    out
}

fn location(now: Tick, state: &State) -> [u8; 25] {
    let v = state.velocity_ned_mps;
    let track_deg = libm::atan2(v.y, v.x).to_degrees();
    let track_deg = if track_deg < 0.0 { track_deg + 360.0 } else { track_deg };
    let west = track_deg >= 180.0;
    let speed_mps = libm::hypot(v.x, v.y);
    let coarse = speed_mps > 63.75;
    let status = if state.landed == Landed::OnGround { 1 } else { 2 };
    let mut out = [0; 25];
    out[0] = 1 << 4 | VERSION;
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

/// Half metres above -1000 m.
fn altitude(metres: f64) -> [u8; 2] {
    (libm::round((metres + 1000.0) * 2.0).clamp(0.0, 65_535.0) as u16).to_le_bytes()
}
