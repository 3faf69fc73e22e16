//! Periodic telemetry: what the pilot's ground station is told, at fixed rates.
//!
//! Identity and modes are PX4's, so that ground stations show them whole.
//!
//! **Never:** shows a sense raw; shows a cell, a temperature, a count or a load that a secret could move.

use super::frame::payload;
use crate::flight::{Landed, Mode, State};
use crate::gate::{Message, Parcel};
use crate::senses::{GnssFix, TICKS_PER_S, Tick};
use alloc::vec::Vec;
use mavlink::Message as _;
use mavlink::dialects::common::{
    ATTITUDE_DATA, BATTERY_STATUS_DATA, COMMAND_ACK_DATA, EXTENDED_SYS_STATE_DATA,
    GLOBAL_POSITION_INT_DATA, GPS_RAW_INT_DATA, GpsFixType, HEARTBEAT_DATA, MavAutopilot,
    MavLandedState, MavMessage, MavModeFlag, MavState, MavSysStatusSensor, MavType,
    SYS_STATUS_DATA,
};

/// Load shown to the pilot, in 0.1 %: a constant, because the true one follows the senses.
const LOAD: u16 = 250;

/// Every period is a multiple of this number of ticks.
const TENTH_S: u64 = TICKS_PER_S / 10;

/// All periodic messages that are due at a tick, in their fixed order.
pub(crate) fn due(now: Tick, boot: Tick, state: &State) -> Vec<Parcel> {
    let mut parcels = Vec::new();
    if !now.0.is_multiple_of(TENTH_S) {
        return parcels;
    }
    let every = |period_ticks: u64| now.0.is_multiple_of(period_ticks);
    if every(TICKS_PER_S) {
        parcels.push(heartbeat(state));
        parcels.push(Parcel::state(message(&sys_status(state))));
        parcels.push(Parcel::state(message(&extended_sys_state(state))));
    }
    parcels.push(Parcel::telemetry(message(&attitude(since(boot, now), state))));
    if every(TICKS_PER_S / 5) {
        parcels.push(Parcel::telemetry(message(&global_position(since(boot, now), state))));
    }
    if every(TICKS_PER_S / 2) {
        parcels.push(Parcel::telemetry(message(&gps_raw(since(boot, now), state))));
    }
    if every(TICKS_PER_S * 2) {
        parcels.push(Parcel::state(message(&battery_status(state))));
    }
    parcels
}

/// The heartbeat; sent once more whenever arming or mode changes.
pub(crate) fn heartbeat(state: &State) -> Parcel {
    let (main_mode, sub_mode) = px4_mode(state.mode);
    let by_whom = if main_mode == AUTO {
        MavModeFlag::MAV_MODE_FLAG_GUIDED_ENABLED | MavModeFlag::MAV_MODE_FLAG_AUTO_ENABLED
    } else {
        MavModeFlag::MAV_MODE_FLAG_MANUAL_INPUT_ENABLED
    };
    let flags = MavModeFlag::MAV_MODE_FLAG_CUSTOM_MODE_ENABLED
        | MavModeFlag::MAV_MODE_FLAG_STABILIZE_ENABLED
        | by_whom;
    let armed = MavModeFlag::MAV_MODE_FLAG_SAFETY_ARMED;
    let data = HEARTBEAT_DATA {
        custom_mode: main_mode << 16 | sub_mode << 24,
        mavtype: MavType::MAV_TYPE_QUADROTOR,
        autopilot: MavAutopilot::MAV_AUTOPILOT_PX4,
        base_mode: if state.armed { flags | armed } else { flags },
        system_status: if state.armed {
            MavState::MAV_STATE_ACTIVE
        } else {
            MavState::MAV_STATE_STANDBY
        },
        mavlink_version: 3,
    };
    Parcel::state(message(&MavMessage::HEARTBEAT(data)))
}

/// PX4's main mode in which the vehicle flies by itself.
const AUTO: u32 = 4;

/// PX4's main mode and sub-mode. It has none of its own for braking and for going to a place: both end in a hold.
pub(crate) fn px4_mode(mode: Mode) -> (u32, u32) {
    match mode {
        Mode::TakeOff => (AUTO, 2),
        Mode::Disarmed | Mode::Hold | Mode::GoTo | Mode::Brake => (AUTO, 3),
        Mode::Mission => (AUTO, 4),
        Mode::Return => (AUTO, 5),
        Mode::Land => (AUTO, 6),
        Mode::Follow => (AUTO, 8),
        Mode::AltitudeHold => (2, 0),
        Mode::PositionHold => (3, 0),
        Mode::Orbit => (3, 1),
        Mode::Stabilise => (7, 0),
    }
}

/// The answer to a command. Encoded by hand: the number may be one that the dialect does not know.
pub(crate) fn command_ack(number: u16, result: u8, to: (u8, u8)) -> Message {
    let mut payload = Vec::with_capacity(10);
    payload.extend(number.to_le_bytes());
    payload.extend([result, 0, 0, 0, 0, 0, to.0, to.1]);
    Message::new(MavMessage::COMMAND_ACK(COMMAND_ACK_DATA::DEFAULT).message_id(), payload)
}

/// A message without its extension fields: whether the crate has them depends on what other rooms ask for, and
/// its defaults for them are not zero.
fn message(message: &MavMessage) -> Message {
    let mut payload = payload(message);
    payload.truncate(match message {
        MavMessage::SYS_STATUS(_) => 31,
        MavMessage::GPS_RAW_INT(_) => 30,
        MavMessage::BATTERY_STATUS(_) => 36,
        _ => payload.len(),
    });
    Message::new(message.message_id(), payload)
}

/// Time since power-on.
fn since(boot: Tick, now: Tick) -> Tick {
    Tick(now.0.saturating_sub(boot.0))
}

fn milliseconds(up: Tick) -> u32 {
    (up.0 * 1000 / TICKS_PER_S) as u32
}

fn sys_status(state: &State) -> MavMessage {
    let present = MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_3D_GYRO
        | MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_3D_ACCEL
        | MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_3D_MAG
        | MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_GPS;
    let ready = MavSysStatusSensor::MAV_SYS_STATUS_PREARM_CHECK;
    let battery = state.battery;
    MavMessage::SYS_STATUS(SYS_STATUS_DATA {
        onboard_control_sensors_present: present | ready,
        onboard_control_sensors_enabled: present | ready,
        onboard_control_sensors_health: if state.ready { present | ready } else { present },
        load: LOAD,
        voltage_battery: battery.map_or(u16::MAX, |b| rounded(b.pack_v * 1000.0) as u16),
        current_battery: battery.map_or(-1, |b| rounded(b.current_a * 100.0) as i16),
        battery_remaining: battery.map_or(-1, |b| rounded(b.charge_pct) as i8),
        ..SYS_STATUS_DATA::DEFAULT
    })
}

fn extended_sys_state(state: &State) -> MavMessage {
    MavMessage::EXTENDED_SYS_STATE(EXTENDED_SYS_STATE_DATA {
        landed_state: match state.landed {
            Landed::OnGround => MavLandedState::MAV_LANDED_STATE_ON_GROUND,
            Landed::TakingOff => MavLandedState::MAV_LANDED_STATE_TAKEOFF,
            Landed::InAir => MavLandedState::MAV_LANDED_STATE_IN_AIR,
            Landed::Landing => MavLandedState::MAV_LANDED_STATE_LANDING,
        },
        ..EXTENDED_SYS_STATE_DATA::DEFAULT
    })
}

fn attitude(up: Tick, state: &State) -> MavMessage {
    let (angles, rates) = (state.euler_rad(), state.rates_frd_radps);
    MavMessage::ATTITUDE(ATTITUDE_DATA {
        time_boot_ms: milliseconds(up),
        roll: angles.x as f32,
        pitch: angles.y as f32,
        yaw: angles.z as f32,
        rollspeed: rates.x as f32,
        pitchspeed: rates.y as f32,
        yawspeed: rates.z as f32,
    })
}

fn global_position(up: Tick, state: &State) -> MavMessage {
    let v = state.velocity_ned_mps * 100.0;
    MavMessage::GLOBAL_POSITION_INT(GLOBAL_POSITION_INT_DATA {
        time_boot_ms: milliseconds(up),
        lat: rounded(state.lat_deg * 1e7) as i32,
        lon: rounded(state.lon_deg * 1e7) as i32,
        alt: rounded(state.alt_m * 1e3) as i32,
        relative_alt: rounded(state.height_m * 1e3) as i32,
        vx: rounded(v.x) as i16,
        vy: rounded(v.y) as i16,
        vz: rounded(v.z) as i16,
        hdg: (rounded(state.heading_deg() * 100.0) as u16) % 36_000,
    })
}

fn gps_raw(up: Tick, state: &State) -> MavMessage {
    let none = GPS_RAW_INT_DATA {
        time_usec: up.0 * 1_000_000 / TICKS_PER_S,
        eph: u16::MAX,
        epv: u16::MAX,
        vel: u16::MAX,
        cog: u16::MAX,
        fix_type: fix_type(state.fix),
        ..GPS_RAW_INT_DATA::DEFAULT
    };
    let fix = state.gnss.filter(|_| state.fix.is_usable());
    MavMessage::GPS_RAW_INT(fix.map_or(none.clone(), |fix| {
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
    }))
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

fn battery_status(state: &State) -> MavMessage {
    let mut voltages = [u16::MAX; 10];
    let battery = state.battery;
    voltages[0] = battery.map_or(u16::MAX, |b| rounded(b.pack_v * 1000.0) as u16);
    MavMessage::BATTERY_STATUS(BATTERY_STATUS_DATA {
        current_consumed: -1,
        energy_consumed: -1,
        temperature: i16::MAX,
        voltages,
        current_battery: battery.map_or(-1, |b| rounded(b.current_a * 100.0) as i16),
        battery_remaining: battery.map_or(-1, |b| rounded(b.charge_pct) as i8),
        ..BATTERY_STATUS_DATA::DEFAULT
    })
}

/// To the nearest whole number; conversion to an integer then saturates.
fn rounded(value: f64) -> f64 {
    libm::round(value)
}
