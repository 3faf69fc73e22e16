//! Where the vehicle is, and where home is.
//!
//! **Never:** tells a place that the estimate does not stand on.

use super::{Message, Told, message, rounded};
use crate::radio::wire::Wire;
use crate::senses::GnssFix;
use mavlink::dialects::common::{
    GLOBAL_POSITION_INT_DATA, GPS_RAW_INT_DATA, GpsFixType, MavMessage,
};

/// Farthest that the rangefinder measures, metres.
const RANGE_M_MAX: f64 = 30.0;
/// MAV_DISTANCE_SENSOR, and where it looks: MAV_SENSOR_ROTATION_PITCH_270.
const LASER: u8 = 0;
const DOWNWARDS: u8 = 25;

pub(super) fn global_position(told: &Told<'_>) -> Message {
    let state = told.state;
    let v = state.velocity_ned_mps * 100.0;
    message(&MavMessage::GLOBAL_POSITION_INT(GLOBAL_POSITION_INT_DATA {
        time_boot_ms: told.milliseconds(),
        lat: rounded(state.lat_deg * 1e7) as i32,
        lon: rounded(state.lon_deg * 1e7) as i32,
        alt: rounded(state.alt_m * 1e3) as i32,
        relative_alt: rounded((state.height_m + state.home_ned_m.z) * 1e3) as i32,
        vx: rounded(v.x) as i16,
        vy: rounded(v.y) as i16,
        vz: rounded(v.z) as i16,
        hdg: (rounded(state.heading_deg() * 100.0) as u16) % 36_000,
    }))
}

pub(super) fn gps_raw(told: &Told<'_>) -> Message {
    let state = told.state;
    let none = GPS_RAW_INT_DATA {
        time_usec: told.microseconds(),
        eph: u16::MAX,
        epv: u16::MAX,
        vel: u16::MAX,
        cog: u16::MAX,
        fix_type: fix_type(state.fix),
        ..GPS_RAW_INT_DATA::DEFAULT
    };
    let fix = state.gnss.filter(|_| state.fix.is_usable());
    message(&MavMessage::GPS_RAW_INT(fix.map_or(none.clone(), |fix| {
        let v = fix.velocity_ned_mps;
        let course_deg = libm::atan2(v.y, v.x).to_degrees();
        let course_deg = if course_deg < 0.0 { course_deg + 360.0 } else { course_deg };
        GPS_RAW_INT_DATA {
            lat: rounded(fix.lat_deg * 1e7) as i32,
            lon: rounded(fix.lon_deg * 1e7) as i32,
            alt: rounded(fix.alt_m * 1e3) as i32,
            eph: rounded(fix.horizontal_sd_m * 100.0) as u16,
            epv: rounded(fix.vertical_sd_m * 100.0) as u16,
            vel: rounded(libm::hypot(v.x, v.y) * 100.0) as u16,
            cog: (rounded(course_deg * 100.0) as u16) % 36_000,
            satellites_visible: fix.satellites,
            ..none
        }
    })))
}

fn fix_type(fix: GnssFix) -> GpsFixType {
    match fix {
        GnssFix::None => GpsFixType::GPS_FIX_TYPE_NO_FIX,
        GnssFix::TwoD => GpsFixType::GPS_FIX_TYPE_2D_FIX,
        GnssFix::ThreeD => GpsFixType::GPS_FIX_TYPE_3D_FIX,
        GnssFix::Differential => GpsFixType::GPS_FIX_TYPE_DGPS,
        GnssFix::RtkFloat => GpsFixType::GPS_FIX_TYPE_RTK_FLOAT,
        GnssFix::RtkFixed => GpsFixType::GPS_FIX_TYPE_RTK_FIXED,
    }
}

/// LOCAL_POSITION_NED, from the place of power-on.
pub(super) fn local_position(told: &Told<'_>) -> Message {
    let (at, v) = (told.state.position_ned_m, told.state.velocity_ned_mps);
    Wire::new().u32(told.milliseconds()).f32s(at.to_array()).f32s(v.to_array()).message(32)
}

/// ALTITUDE: above the sea, above power-on, above home, and above what is below.
pub(super) fn altitude(told: &Told<'_>) -> Message {
    let state = told.state;
    let above_home_m = state.height_m + state.home_ned_m.z;
    let clearance_m = state.felt.range_m.unwrap_or(f64::NAN);
    let heights = [state.alt_m, state.alt_m, state.height_m, above_home_m, f64::NAN, clearance_m];
    Wire::new().u64(told.microseconds()).f32s(heights).message(141)
}

/// DISTANCE_SENSOR: what is straight below, as it was measured last; a little more than it can measure where that is
/// nothing.
pub(super) fn distance(told: &Told<'_>) -> Message {
    let seen_m = told.state.felt.range_m.filter(|m| (0.0..=RANGE_M_MAX).contains(m));
    let seen_cm = |m: f64| rounded(m * 100.0) as u16;
    let far_cm = seen_cm(RANGE_M_MAX);
    let wire = Wire::new().u32(told.milliseconds()).u16(0).u16(far_cm);
    let wire = wire.u16(seen_m.map_or(far_cm + 1, seen_cm));
    wire.bytes(&[LASER, 0, DOWNWARDS, u8::MAX]).message(132)
}

/// HOME_POSITION; none before the satellites have said where that is.
pub(super) fn home(told: &Told<'_>) -> Option<Message> {
    let (lat_deg, lon_deg, alt_m) = told.state.home?;
    let wire = Wire::new().bytes(&on_earth(lat_deg, lon_deg, alt_m));
    let wire = wire.f32s(told.state.home_ned_m.to_array());
    // It comes down from above, its nose where it likes.
    Some(wire.f32s([1.0, 0.0, 0.0, 0.0]).f32s([0.0, 0.0, 1.0]).message(242))
}

/// GPS_GLOBAL_ORIGIN: the place of power-on.
pub(super) fn origin(told: &Told<'_>) -> Option<Message> {
    let (lat_deg, lon_deg, alt_m) = told.state.origin?;
    Some(Wire::new().bytes(&on_earth(lat_deg, lon_deg, alt_m)).message(49))
}

/// Latitude and longitude in units of 1e-7 degrees, height above the sea in millimetres.
fn on_earth(lat_deg: f64, lon_deg: f64, alt_m: f64) -> [u8; 12] {
    let mut bytes = [0; 12];
    let values = [lat_deg * 1e7, lon_deg * 1e7, alt_m * 1e3];
    for (four, value) in bytes.chunks_exact_mut(4).zip(values) {
        four.copy_from_slice(&(rounded(value) as i32).to_le_bytes());
    }
    bytes
}
