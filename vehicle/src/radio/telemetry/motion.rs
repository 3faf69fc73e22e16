//! How the vehicle moves: attitude, rates, what it feels, what its rotors are told.
//!
//! **Never:** tells a reading as it came: rates are without their bias, forces and shaking are smoothed.

use super::{Message, Told, message, rounded};
use crate::flight::estimate::GRAVITY_MPS2;
use crate::radio::wire::Wire;
use crate::senses::ROTORS_MAX;
use mavlink::dialects::common::{ATTITUDE_DATA, MavMessage};

/// HIGHRES_IMU's fields that hold something: force, rate, field, pressure and the height by it.
const FIELDS: u16 = 0x1FF | 1 << 9 | 1 << 11;
/// Room for actuators in ACTUATOR_OUTPUT_STATUS.
const ACTUATORS: usize = 32;
/// Numbers of a covariance, none of which is told.
const COVARIANCE: usize = 21;
/// Frames of ODOMETRY: local NED, body FRD.
const FRAMES: [u8; 2] = [1, 12];
/// A rotor that stands, and the way to full speed, microseconds of a pulse.
const PULSE_US: (f64, f64) = (1000.0, 1000.0);

pub(super) fn attitude(told: &Told<'_>) -> Message {
    let state = told.state;
    let (angles, rates) = (state.euler_rad(), state.rates_frd_radps);
    message(&MavMessage::ATTITUDE(ATTITUDE_DATA {
        time_boot_ms: told.milliseconds(),
        roll: angles.x as f32,
        pitch: angles.y as f32,
        yaw: angles.z as f32,
        rollspeed: rates.x as f32,
        pitchspeed: rates.y as f32,
        yawspeed: rates.z as f32,
    }))
}

/// ATTITUDE_QUATERNION.
pub(super) fn attitude_quaternion(told: &Told<'_>) -> Message {
    let wire = Wire::new().u32(told.milliseconds()).f32s(quaternion(told));
    wire.f32s(told.state.rates_frd_radps.to_array()).message(31)
}

/// VFR_HUD.
pub(super) fn hud(told: &Told<'_>) -> Message {
    let state = told.state;
    let v = state.velocity_ned_mps;
    let air = state.wind_ned_mps.map_or(v, |wind| v - wind);
    let speeds = [air.truncate().length(), v.truncate().length(), state.alt_m, -v.z];
    let told_radps = state.thrust.rotor_radps;
    let rotors = told_radps.iter().filter(|radps| **radps > 0.0).count().max(1);
    let sum: f64 = told_radps.iter().sum();
    let throttle = sum / rotors as f64 / told.rotor_radps_max * 100.0;
    let wire = Wire::new().f32s(speeds).u16(rounded(state.heading_deg()) as u16 % 360);
    wire.u16(rounded(throttle.clamp(0.0, 100.0)) as u16).message(74)
}

/// HIGHRES_IMU.
pub(super) fn imu(told: &Told<'_>) -> Message {
    let (state, felt) = (told.state, &told.state.felt);
    let wire = Wire::new().u64(told.microseconds()).f32s(felt.force_frd_mps2.to_array());
    let wire = wire.f32s(state.rates_frd_radps.to_array()).f32s(felt.field_frd_gauss.to_array());
    let wire = wire.f32s([felt.pressure_pa / 100.0, 0.0, felt.pressure_alt_m(), 0.0]);
    wire.u16(FIELDS).message(105)
}

/// SCALED_IMU, in thousandths of g, of a radian a second and of a gauss.
pub(super) fn scaled_imu(told: &Told<'_>) -> Message {
    let (state, felt) = (told.state, &told.state.felt);
    let parts = [
        felt.force_frd_mps2 / GRAVITY_MPS2 * 1e3,
        state.rates_frd_radps * 1e3,
        felt.field_frd_gauss * 1e3,
    ];
    let numbers = parts.iter().flat_map(|part| part.to_array());
    let wire = Wire::new().u32(told.milliseconds());
    let wire = numbers.fold(wire, |wire, n| wire.bytes(&(rounded(n) as i16).to_le_bytes()));
    wire.message(26)
}

/// ODOMETRY: place in the local frame, velocity in the body's.
pub(super) fn odometry(told: &Told<'_>) -> Message {
    let state = told.state;
    let velocity_frd_mps = state.ned_from_frd.inverse() * state.velocity_ned_mps;
    let mut unknown = [0.0; COVARIANCE];
    unknown[0] = f64::NAN;
    let wire = Wire::new().u64(told.microseconds()).f32s(state.position_ned_m.to_array());
    let wire = wire.f32s(quaternion(told)).f32s(velocity_frd_mps.to_array());
    let wire = wire.f32s(state.rates_frd_radps.to_array()).f32s(unknown).f32s(unknown);
    wire.bytes(&FRAMES).message(331)
}

/// SERVO_OUTPUT_RAW: what the rotors are told, as pulses.
pub(super) fn rotors(told: &Told<'_>) -> Message {
    let wire = Wire::new().u32(told.microseconds() as u32);
    pulses_us(told).into_iter().fold(wire, Wire::u16).u8(0).message(36)
}

/// ACTUATOR_OUTPUT_STATUS: the same, and of how many.
pub(super) fn actuators(told: &Told<'_>) -> Message {
    let mut actuators = [0.0; ACTUATORS];
    for (actuator, us) in actuators.iter_mut().zip(pulses_us(told)) {
        *actuator = f64::from(us);
    }
    let wire = Wire::new().u64(told.microseconds()).u32(told.rotors as u32);
    wire.f32s(actuators).message(375)
}

fn pulses_us(told: &Told<'_>) -> [u16; ROTORS_MAX] {
    let (rest_us, way_us) = PULSE_US;
    told.state.thrust.rotor_radps.map(|radps| match radps / told.rotor_radps_max {
        part if part > 0.0 => rounded(rest_us + way_us * part.min(1.0)) as u16,
        _ => 0,
    })
}

/// VIBRATION: how far the force felt shakes about its mean. Nothing is clipped.
pub(super) fn vibration(told: &Told<'_>) -> Message {
    let wire = Wire::new().u64(told.microseconds());
    wire.f32s(told.state.felt.shaking_mps2.to_array()).bytes(&[0; 12]).message(241)
}

fn quaternion(told: &Told<'_>) -> [f64; 4] {
    let q = told.state.ned_from_frd;
    [q.w, q.x, q.y, q.z]
}
