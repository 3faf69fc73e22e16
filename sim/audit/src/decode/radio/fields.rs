//! What the fields of each listed message may hold.
//!
//! **Never:** looks at accuracy: whether a value is true is not the question, whether it has room for
//! something else is.

use super::personality::{Mode, autopilot, modes};
use super::texts;
use crate::case::Line;
use crate::decode::Faults;
use evidence::{Personality, TICK_S, Tick};
use mavlink::dialects::common::{
    ATTITUDE_DATA, BATTERY_STATUS_DATA, GLOBAL_POSITION_INT_DATA, GPS_RAW_INT_DATA, HEARTBEAT_DATA,
    MavMessage, MavState, MavType, SYS_STATUS_DATA,
};

const TICK_MS: u64 = (TICK_S * 1000.0) as u64;
const TICK_US: u64 = 1000 * TICK_MS;
const ARMED: u8 = 128;
const LOAD: u16 = 250;
const UNKNOWN_HEADING: u16 = u16::MAX;
const ANGLE_MAX_RAD: f32 = std::f32::consts::PI;
const RATE_MAX_RADPS: f32 = 60.0;

/// Checks one message. `present` is the first SYS_STATUS's list of sensors: it never changes in a flight.
pub fn check(
    case: &Line<'_, '_>,
    tick: Tick,
    message: &MavMessage,
    present: &mut Option<u32>,
    faults: &mut Faults<'_>,
) {
    // The vehicle's clock counts from its last power-on.
    let since_boot = Tick(tick.0 - case.power.boot(tick).0);
    match message {
        MavMessage::HEARTBEAT(m) => heartbeat(m, case.personality, faults),
        MavMessage::SYS_STATUS(m) => {
            let listed = m.onboard_control_sensors_present.bits();
            faults.must(
                *present.get_or_insert(listed) == listed,
                "SYS_STATUS: the list of sensors changed",
            );
            sys_status(m, faults);
        }
        MavMessage::ATTITUDE(m) => attitude(since_boot, m, faults),
        MavMessage::GLOBAL_POSITION_INT(m) => position(since_boot, m, faults),
        MavMessage::GPS_RAW_INT(m) => satellites([since_boot, tick], m, faults),
        MavMessage::BATTERY_STATUS(m) => battery(m, faults),
        MavMessage::EXTENDED_SYS_STATE(m) => {
            let states = (m.vtol_state as u8, m.landed_state as u8);
            faults.must(
                states.0 == 0 && (1..=4).contains(&states.1),
                "EXTENDED_SYS_STATE outside its states",
            );
        }
        MavMessage::STATUSTEXT(m) => {
            let is_listed = texts::is_listed(case, tick, &m.text, m.severity as u8);
            faults.must(is_listed, "STATUSTEXT is not in the vocabulary");
            faults.must(m.id == 0 && m.chunk_seq == 0, "STATUSTEXT in chunks");
        }
        // Other listed messages have rooms of their own; unlisted ones have been reported.
        _ => {}
    }
}

fn heartbeat(m: &HEARTBEAT_DATA, personality: Personality, faults: &mut Faults<'_>) {
    let identity = (m.mavtype, m.autopilot, m.mavlink_version);
    faults.must(
        identity == (MavType::MAV_TYPE_QUADROTOR, autopilot(personality), 3),
        "HEARTBEAT has another identity",
    );
    let mode = modes(personality).iter().find(|Mode(number, ..)| *number == m.custom_mode);
    let flags = m.base_mode.bits() & !ARMED;
    faults.must(mode.is_some(), "HEARTBEAT has an unlisted mode");
    faults.must(
        mode.is_none_or(|Mode(_, listed, ..)| flags == *listed),
        "HEARTBEAT has unlisted mode flags",
    );
    let is_listed = matches!(
        m.system_status,
        MavState::MAV_STATE_STANDBY | MavState::MAV_STATE_ACTIVE | MavState::MAV_STATE_CRITICAL
    );
    faults.must(is_listed, "HEARTBEAT has an unlisted state");
}

fn sys_status(m: &SYS_STATUS_DATA, faults: &mut Faults<'_>) {
    faults.must(m.load == LOAD, "SYS_STATUS.load is not constant");
    let present = m.onboard_control_sensors_present.bits();
    let others = m.onboard_control_sensors_enabled.bits() | m.onboard_control_sensors_health.bits();
    faults.must(others & !present == 0, "SYS_STATUS names sensors that are not present");
    let counters =
        [m.drop_rate_comm, m.errors_count1, m.errors_count2, m.errors_count3, m.errors_count4];
    faults.must(counters == [0; 5], "SYS_STATUS counters are not zero");
    let extended = m.onboard_control_sensors_present_extended.bits()
        | m.onboard_control_sensors_enabled_extended.bits()
        | m.onboard_control_sensors_health_extended.bits();
    faults.must(extended == 0, "SYS_STATUS extension fields are not zero");
    faults.must((-1..=100).contains(&m.battery_remaining), "SYS_STATUS charge is out of range");
}

fn attitude(tick: Tick, m: &ATTITUDE_DATA, faults: &mut Faults<'_>) {
    clock(tick, m.time_boot_ms, "ATTITUDE", faults);
    let within = |values: [f32; 3], limit: f32| values.iter().all(|v| v.abs() <= limit);
    faults.must(within([m.roll, m.pitch, m.yaw], ANGLE_MAX_RAD), "ATTITUDE angle is out of range");
    faults.must(
        within([m.rollspeed, m.pitchspeed, m.yawspeed], RATE_MAX_RADPS),
        "ATTITUDE rate is out of range",
    );
}

fn position(tick: Tick, m: &GLOBAL_POSITION_INT_DATA, faults: &mut Faults<'_>) {
    clock(tick, m.time_boot_ms, "GLOBAL_POSITION_INT", faults);
    faults.must(is_on_earth(m.lat, m.lon), "GLOBAL_POSITION_INT is not on Earth");
    faults.must(is_heading(m.hdg), "GLOBAL_POSITION_INT heading is out of range");
}

fn satellites(clocks: [Tick; 2], m: &GPS_RAW_INT_DATA, faults: &mut Faults<'_>) {
    // Since the last power-on or since the first: the standard leaves the epoch open.
    let is_of = |tick: Tick| m.time_usec.abs_diff(tick.0.saturating_mul(TICK_US)) <= TICK_US;
    let is_now = clocks.into_iter().any(is_of);
    faults.must(is_now, "GPS_RAW_INT time is not the tick's");
    faults.must(is_on_earth(m.lat, m.lon), "GPS_RAW_INT is not on Earth");
    faults.must(is_heading(m.cog), "GPS_RAW_INT course is out of range");
    let extension = [m.alt_ellipsoid as u32, m.h_acc, m.v_acc, m.vel_acc, m.hdg_acc];
    faults.must(extension == [0; 5] && m.yaw == 0, "GPS_RAW_INT extension fields are not zero");
}

fn battery(m: &BATTERY_STATUS_DATA, faults: &mut Faults<'_>) {
    faults.must(m.voltages[1..] == [u16::MAX; 9], "BATTERY_STATUS tells single cells");
    faults.must(m.voltages_ext == [0; 4], "BATTERY_STATUS tells cells in its extension");
    faults.must(m.temperature == i16::MAX, "BATTERY_STATUS tells a temperature");
    faults.must((-1..=100).contains(&m.battery_remaining), "BATTERY_STATUS charge is out of range");
    let is_zero = m.time_remaining == 0 && m.fault_bitmask.bits() == 0 && m.mode as u8 == 0;
    faults.must(is_zero && m.id == 0, "BATTERY_STATUS unused fields are not zero");
}

pub(super) fn clock(tick: Tick, time_boot_ms: u32, name: &str, faults: &mut Faults<'_>) {
    let now_ms = tick.0.saturating_mul(TICK_MS);
    let is_now = u64::from(time_boot_ms).abs_diff(now_ms) <= TICK_MS;
    faults.must(is_now, &format!("{name} time is not the tick's"));
}

pub(super) fn is_on_earth(lat_e7: i32, lon_e7: i32) -> bool {
    lat_e7.unsigned_abs() <= 900_000_000 && lon_e7.unsigned_abs() <= 1_800_000_000
}

fn is_heading(cdeg: u16) -> bool {
    cdeg < 36_000 || cdeg == UNKNOWN_HEADING
}
