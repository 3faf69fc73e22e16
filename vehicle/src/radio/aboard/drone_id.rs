//! Remote ID on the pilot's link: Open Drone ID messages that tell what the broadcast may tell here.
//!
//! The serial number and the operator's registration are broadcast because the standard demands it. On this link
//! nothing demands them, and the law does not let them out: BASIC_ID names no number, SYSTEM no operator's place.
//!
//! **Never:** tells a serial number, a registration, or where the operator stands.

use super::{Aboard, text};
use crate::flight::{Landed, State};
use crate::radio::frame::Message;
use crate::radio::wire::Wire;
use crate::senses::{TICKS_PER_S, Tick};

/// Id of OPEN_DRONE_ID_BASIC_ID.
pub(crate) const BASIC_ID: u32 = 12_900;
/// Id of OPEN_DRONE_ID_LOCATION.
pub(crate) const LOCATION: u32 = 12_901;
/// Id of OPEN_DRONE_ID_SYSTEM.
pub(crate) const SYSTEM: u32 = 12_904;
/// Id of OPEN_DRONE_ID_ARM_STATUS.
pub(crate) const ARM_STATUS: u32 = 12_918;

/// MAV_ODID_UA_TYPE_HELICOPTER_OR_MULTIROTOR.
const MULTIROTOR: u8 = 2;
/// Horizontal and vertical below 10 m, the barometer below 10 m, speed below 1 m/s, time below 0.1 s.
const ACCURACIES: [u8; 5] = [10, 4, 4, 3, 1];
/// A speed that is not known, cm/s.
const SPEED_MAX_CMPS: f64 = 25_425.0;
const CLIMB_MAX_CMPS: f64 = 6_200.0;
/// A height that is not known, metres.
const NO_HEIGHT_M: f64 = -1000.0;
/// How many fly in the area.
const ALONE: u16 = 1;
/// MAV_ODID_ARM_STATUS: good to arm, or not.
const GOOD: u8 = 0;
const NOT_GOOD: u8 = 1;

/// OPEN_DRONE_ID_BASIC_ID without an identity.
pub(crate) fn basic_id() -> Message {
    Wire::new().bytes(&[0; 22]).u8(0).u8(MULTIROTOR).bytes(&[0; 20]).message(BASIC_ID)
}

/// OPEN_DRONE_ID_LOCATION; none before there was a fix.
pub(crate) fn location(now: Tick, state: &State) -> Option<Message> {
    state.gnss?;
    let v = state.velocity_ned_mps * 100.0;
    let track_deg = libm::atan2(v.y, v.x).to_degrees();
    let track_deg = if track_deg < 0.0 { track_deg + 360.0 } else { track_deg };
    let status = if state.landed == Landed::OnGround { 1 } else { 2 };
    let tenths_of_the_hour = now.0 / (TICKS_PER_S / 10) % 36_000;
    let wire = Wire::new().i32(libm::round(state.lat_deg * 1e7) as i32);
    let wire = wire.i32(libm::round(state.lon_deg * 1e7) as i32);
    let wire = wire.f32s([state.alt_m, state.alt_m, state.height_m]);
    let wire = wire.f32(tenths_of_the_hour as f64 / 10.0);
    let wire = wire.u16((libm::round(track_deg * 100.0) as u16) % 36_000);
    let wire = wire.u16(libm::round(libm::hypot(v.x, v.y).min(SPEED_MAX_CMPS)) as u16);
    let climb = libm::round((-v.z).clamp(-CLIMB_MAX_CMPS, CLIMB_MAX_CMPS)) as i16;
    let wire = wire.bytes(&climb.to_le_bytes()).bytes(&[0; 22]).u8(status).u8(0);
    Some(wire.bytes(&ACCURACIES).message(LOCATION))
}

/// OPEN_DRONE_ID_SYSTEM without an operator: it is alone in its area, and neither where the operator is nor when is known.
pub(crate) fn system() -> Message {
    let wire = Wire::new().i32(0).i32(0).f32s([NO_HEIGHT_M; 3]).u32(0);
    wire.u16(ALONE).bytes(&[0; 28]).message(SYSTEM)
}

/// OPEN_DRONE_ID_ARM_STATUS: whether the broadcast says what it must. Arming does not wait for it.
pub(crate) fn arm_status(state: &State, aboard: &Aboard) -> Message {
    let (status, error) = if !aboard.is_identified {
        (NOT_GOOD, "Remote ID is switched off")
    } else if state.gnss.is_none() {
        (NOT_GOOD, "No fix yet")
    } else {
        (GOOD, "")
    };
    Wire::new().u8(status).bytes(&text::<50>(error)).message(ARM_STATUS)
}
