//! The mount's messages: it looks where it always does, and only who may command it changes.
//!
//! **Never:** lets a station hold it that the vehicle has not heard of.

use super::camera::{is_levelled, is_text};
use crate::case::Line;
use evidence::Tick;
use mavlink::dialects::common::{
    GIMBAL_DEVICE_ATTITUDE_STATUS_DATA, GIMBAL_DEVICE_INFORMATION_DATA,
    GIMBAL_MANAGER_INFORMATION_DATA, GIMBAL_MANAGER_STATUS_DATA,
};

const CAPABILITIES: u32 = 16 | 128 | 512;
const FLAGS: u32 = 2 | 4 | 8 | 32;
const DEVICE: u8 = 154;
/// 35° down, as a float has it.
const PITCH_RAD: f32 = -0.610_865_24;
const CONFIGURE: u16 = 1001;

fn is_a_point(range: [f32; 6]) -> bool {
    range.map(f32::to_bits) == [0.0, 0.0, PITCH_RAD, PITCH_RAD, 0.0, 0.0].map(f32::to_bits)
}

pub(super) fn manager(m: &GIMBAL_MANAGER_INFORMATION_DATA) -> bool {
    is_a_point([m.roll_min, m.roll_max, m.pitch_min, m.pitch_max, m.yaw_min, m.yaw_max])
        && (m.cap_flags.bits(), m.gimbal_device_id) == (CAPABILITIES, DEVICE)
}

pub(super) fn status(case: &Line<'_, '_>, tick: Tick, m: &GIMBAL_MANAGER_STATUS_DATA) -> bool {
    let primary = (m.primary_control_sysid, m.primary_control_compid);
    let secondary = (m.secondary_control_sysid, m.secondary_control_compid);
    (m.flags.bits(), m.gimbal_device_id) == (FLAGS, DEVICE)
        && [primary, secondary].into_iter().all(|station| is_named(case, tick, station))
}

/// Whether a station is nobody, or was put in control by a command: who gave it, or whom it names.
fn is_named(case: &Line<'_, '_>, tick: Tick, station: (u8, u8)) -> bool {
    let commands = case.whole.asked.iter().filter(|asked| {
        let wire = asked.padded::<33>();
        let number = u16::from_le_bytes([wire[28], wire[29]]);
        matches!(asked.id, 75 | 76) && asked.tick <= tick && number == CONFIGURE
    });
    let mut named = commands.flat_map(|asked| {
        let wire = asked.padded::<33>();
        let p = |at: usize| f32::from_le_bytes([0, 1, 2, 3].map(|i| wire[4 * at + i]));
        [(asked.system, asked.component), (p(0) as u8, p(1) as u8), (p(2) as u8, p(3) as u8)]
    });
    station == (0, 0) || named.any(|named| named == station)
}

pub(super) fn device(m: &GIMBAL_DEVICE_INFORMATION_DATA) -> bool {
    let versions = (m.uid, m.firmware_version, m.hardware_version, m.custom_cap_flags);
    let flags = (u32::from(m.cap_flags.bits()), m.cap_flags2.bits());
    is_a_point([m.roll_min, m.roll_max, m.pitch_min, m.pitch_max, m.yaw_min, m.yaw_max])
        && versions == (0, 0, 0, 0)
        && flags == (CAPABILITIES, CAPABILITIES)
        && is_text(&m.vendor_name[..], b"Hushwing")
        && is_text(&m.model_name[..], b"Fixed mount")
        && is_text(&m.custom_name[..], b"")
        && m.gimbal_device_id == 0
}

pub(super) fn attitude(m: &GIMBAL_DEVICE_ATTITUDE_STATUS_DATA) -> bool {
    let rates = [m.angular_velocity_x, m.angular_velocity_y, m.angular_velocity_z];
    let [_, x, _, z] = m.q.map(f32::to_bits);
    is_levelled(m.q)
        // Not turned against the vehicle; of either sign.
        && [x, z].iter().all(|bits| bits & !(1 << 31) == 0)
        && rates.map(f32::to_bits) == [0; 3]
        && (m.failure_flags.bits(), u32::from(m.flags.bits())) == (0, FLAGS)
        && (m.target_system, m.target_component, m.gimbal_device_id) == (0, 0, 0)
        && m.delta_yaw.abs() <= std::f32::consts::PI
        && m.delta_yaw_velocity.to_bits() == f32::NAN.to_bits()
}
