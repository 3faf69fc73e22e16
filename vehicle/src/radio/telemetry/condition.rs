//! In what condition the vehicle is: heartbeat, health, battery, clock, landed or not.
//!
//! **Never:** tells the load of its computer, single cells, or a temperature.

use super::{Message, Told, message, rounded};
use crate::flight::Landed;
use crate::gate::Parcel;
use crate::radio::wire::Wire;
use crate::senses::Streams;
use mavlink::dialects::common::{
    BATTERY_STATUS_DATA, EXTENDED_SYS_STATE_DATA, HEARTBEAT_DATA, MavLandedState, MavMessage,
    MavModeFlag, MavState, MavSysStatusSensor, MavType, SYS_STATUS_DATA,
};

/// Load shown to the pilot, in 0.1 %: a constant, because the true one follows the senses.
const LOAD: u16 = 250;
/// Channels of a remote control.
const CHANNELS: usize = 18;

/// The heartbeat; sent once more whenever arming or mode changes.
pub(crate) fn heartbeat(told: &Told<'_>) -> Parcel {
    Parcel::state(beat(told))
}

pub(super) fn beat(told: &Told<'_>) -> Message {
    let state = told.state;
    let by_whom = if told.face.is_auto(state) {
        MavModeFlag::MAV_MODE_FLAG_GUIDED_ENABLED | MavModeFlag::MAV_MODE_FLAG_AUTO_ENABLED
    } else {
        MavModeFlag::MAV_MODE_FLAG_MANUAL_INPUT_ENABLED
    };
    let flags = MavModeFlag::MAV_MODE_FLAG_CUSTOM_MODE_ENABLED
        | MavModeFlag::MAV_MODE_FLAG_STABILIZE_ENABLED
        | by_whom;
    let armed = MavModeFlag::MAV_MODE_FLAG_SAFETY_ARMED;
    message(&MavMessage::HEARTBEAT(HEARTBEAT_DATA {
        custom_mode: told.face.number(state),
        mavtype: MavType::MAV_TYPE_QUADROTOR,
        autopilot: told.face.personality.autopilot(),
        base_mode: if state.armed { flags | armed } else { flags },
        system_status: match told.streams {
            Streams::Normal if state.in_distress => MavState::MAV_STATE_CRITICAL,
            Streams::Minimal | Streams::Normal if state.armed => MavState::MAV_STATE_ACTIVE,
            Streams::Minimal | Streams::Normal => MavState::MAV_STATE_STANDBY,
        },
        mavlink_version: 3,
    }))
}

pub(super) fn sys_status(told: &Told<'_>) -> Message {
    let state = told.state;
    let present = MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_3D_GYRO
        | MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_3D_ACCEL
        | MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_3D_MAG
        | MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_GPS;
    let ready = MavSysStatusSensor::MAV_SYS_STATUS_PREARM_CHECK;
    let satellites = MavSysStatusSensor::MAV_SYS_STATUS_SENSOR_GPS;
    let health = match told.streams {
        Streams::Minimal if state.ready => present | ready,
        Streams::Minimal => present,
        // Ground stations wait for these two before they let anybody start.
        Streams::Normal => {
            let place = if state.fix.is_usable() { present } else { present - satellites };
            if state.armed || state.may_arm { place | ready } else { place }
        }
    };
    let battery = state.battery;
    message(&MavMessage::SYS_STATUS(SYS_STATUS_DATA {
        onboard_control_sensors_present: present | ready,
        onboard_control_sensors_enabled: present | ready,
        onboard_control_sensors_health: health,
        load: LOAD,
        voltage_battery: battery.map_or(u16::MAX, |b| rounded(b.pack_v * 1000.0) as u16),
        current_battery: battery.map_or(-1, |b| rounded(b.current_a * 100.0) as i16),
        battery_remaining: battery.map_or(-1, |b| rounded(b.charge_pct) as i8),
        errors_comm: told.overheard,
        ..SYS_STATUS_DATA::DEFAULT
    }))
}

pub(super) fn extended_sys_state(told: &Told<'_>) -> Message {
    let state = told.state;
    message(&MavMessage::EXTENDED_SYS_STATE(EXTENDED_SYS_STATE_DATA {
        landed_state: match state.landed {
            Landed::OnGround => MavLandedState::MAV_LANDED_STATE_ON_GROUND,
            Landed::TakingOff => MavLandedState::MAV_LANDED_STATE_TAKEOFF,
            Landed::InAir => MavLandedState::MAV_LANDED_STATE_IN_AIR,
            Landed::Landing => MavLandedState::MAV_LANDED_STATE_LANDING,
        },
        ..EXTENDED_SYS_STATE_DATA::DEFAULT
    }))
}

pub(super) fn battery_status(told: &Told<'_>) -> Message {
    let state = told.state;
    let mut voltages = [u16::MAX; 10];
    let battery = state.battery;
    voltages[0] = battery.map_or(u16::MAX, |b| rounded(b.pack_v * 1000.0) as u16);
    message(&MavMessage::BATTERY_STATUS(BATTERY_STATUS_DATA {
        current_consumed: -1,
        energy_consumed: -1,
        temperature: i16::MAX,
        voltages,
        current_battery: battery.map_or(-1, |b| rounded(b.current_a * 100.0) as i16),
        battery_remaining: battery.map_or(-1, |b| rounded(b.charge_pct) as i8),
        ..BATTERY_STATUS_DATA::DEFAULT
    }))
}

/// ESTIMATOR_STATUS. How far the readings surprise the estimate is not told: 0.
pub(super) fn estimator_status(told: &Told<'_>) -> Message {
    let state = told.state;
    let flag = |bit: u16, is_set: bool| if is_set { bit } else { 0 };
    let sound = state.ready && !state.in_doubt;
    let fixed = sound && state.fix.is_usable();
    // Attitude; velocity across and up; place on Earth; height above the sea; place relative to power-on.
    let flags = flag(1 | 4, sound) | flag(2 | 8 | 16, fixed) | flag(32, sound);
    let sd = state.gnss.filter(|_| fixed).map(|fix| [fix.horizontal_sd_m, fix.vertical_sd_m]);
    let wire = Wire::new().u64(told.microseconds()).f32s([0.0; 6]);
    wire.f32s(sd.unwrap_or([f64::NAN; 2])).u16(flags).message(230)
}

/// SYSTEM_TIME: since power-on. What day it is nobody has told the vehicle.
pub(super) fn system_time(told: &Told<'_>) -> Message {
    Wire::new().u64(0).u32(told.milliseconds()).message(2)
}

/// RC_CHANNELS: there is no remote control.
pub(super) fn no_channels(told: &Told<'_>) -> Message {
    let channels = [u16::MAX; CHANNELS];
    let wire = channels.iter().fold(Wire::new().u32(told.milliseconds()), |wire, c| wire.u16(*c));
    wire.u8(0).u8(u8::MAX).message(65)
}
