//! What the fields of the messages may hold that a live vehicle streams beside those of a story.
//!
//! **Never:** looks at accuracy: whether a value is true is not the question, whether it has room for something else is.

use super::fields::{clock, is_on_earth};
use crate::decode::Faults;
use evidence::{TICK_S, Tick};
use mavlink::dialects::common::{
    ACTUATOR_OUTPUT_STATUS_DATA, ALTITUDE_DATA, ATTITUDE_QUATERNION_DATA, DISTANCE_SENSOR_DATA,
    ESTIMATOR_STATUS_DATA, GPS_GLOBAL_ORIGIN_DATA, HIGHRES_IMU_DATA, HOME_POSITION_DATA,
    LOCAL_POSITION_NED_DATA, MavDistanceSensor, MavFrame, MavMessage, MavSensorOrientation,
    ODOMETRY_DATA, RC_CHANNELS_DATA, SCALED_IMU_DATA, SCALED_PRESSURE_DATA, SERVO_OUTPUT_RAW_DATA,
    VFR_HUD_DATA, VIBRATION_DATA, WIND_COV_DATA,
};

const TICK_US: u64 = (TICK_S * 1e6) as u64;
/// Farther from power-on nothing flies, metres; and no faster, m/s.
const AWAY_M_MAX: f32 = 1e5;
const SPEED_MPS_MAX: f32 = 200.0;
const RATE_RADPS_MAX: f32 = 60.0;
const FORCE_MPS2_MAX: f32 = 1e3;
const FIELD_GAUSS_MAX: f32 = 10.0;
/// How far the rangefinder reaches, centimetres; one more is farther.
const RANGE_CM_MAX: u16 = 3_000;
/// Air pressures that there are, hectopascal.
const PRESSURES_HPA: std::ops::RangeInclusive<f32> = 100.0..=1_200.0;
/// HIGHRES_IMU's flags for force, rate, field, pressure and the height by it.
const FIELDS: u16 = 0x1FF | 1 << 9 | 1 << 11;
/// ESTIMATOR_STATUS's flags: nothing holds; without satellites; with them.
const HOLDS: [u16; 3] = [0, 1 | 4 | 32, 1 | 2 | 4 | 8 | 16 | 32];

/// Checks one message; other messages have rooms of their own.
pub fn check(since_boot: Tick, message: &MavMessage, faults: &mut Faults<'_>) {
    let now = Now { tick: since_boot };
    let (name, is_well) = match message {
        MavMessage::ATTITUDE_QUATERNION(m) => ("ATTITUDE_QUATERNION", quaternion(&now, m)),
        MavMessage::LOCAL_POSITION_NED(m) => ("LOCAL_POSITION_NED", local_position(&now, m)),
        MavMessage::VFR_HUD(m) => ("VFR_HUD", hud(m)),
        MavMessage::HIGHRES_IMU(m) => ("HIGHRES_IMU", imu(&now, m)),
        MavMessage::ODOMETRY(m) => ("ODOMETRY", odometry(&now, m)),
        MavMessage::ALTITUDE(m) => ("ALTITUDE", altitude(&now, m)),
        MavMessage::SERVO_OUTPUT_RAW(m) => ("SERVO_OUTPUT_RAW", servos(&now, m)),
        MavMessage::ACTUATOR_OUTPUT_STATUS(m) => ("ACTUATOR_OUTPUT_STATUS", actuators(&now, m)),
        MavMessage::SCALED_IMU(m) => ("SCALED_IMU", scaled_imu(&now, m)),
        MavMessage::DISTANCE_SENSOR(m) => ("DISTANCE_SENSOR", distance(&now, m)),
        MavMessage::SCALED_PRESSURE(m) => ("SCALED_PRESSURE", pressure(&now, m)),
        MavMessage::ESTIMATOR_STATUS(m) => ("ESTIMATOR_STATUS", estimator(&now, m)),
        MavMessage::WIND_COV(m) => ("WIND_COV", wind(&now, m)),
        MavMessage::VIBRATION(m) => ("VIBRATION", vibration(&now, m)),
        MavMessage::RC_CHANNELS(m) => ("RC_CHANNELS", no_channels(&now, m)),
        MavMessage::HOME_POSITION(m) => ("HOME_POSITION", home(m)),
        MavMessage::GPS_GLOBAL_ORIGIN(m) => ("GPS_GLOBAL_ORIGIN", origin(m)),
        MavMessage::SYSTEM_TIME(m) => {
            clock(since_boot, m.time_boot_ms, "SYSTEM_TIME", faults);
            ("SYSTEM_TIME", m.time_unix_usec == 0)
        }
        _ => return,
    };
    faults.must(is_well, &format!("{name} holds what it may not"));
}

/// The vehicle's clock.
struct Now {
    tick: Tick,
}

impl Now {
    fn is_ms(&self, ms: u32) -> bool {
        self.is_us(u64::from(ms) * 1000)
    }

    fn is_us(&self, us: u64) -> bool {
        us.abs_diff(self.tick.0 * TICK_US) <= TICK_US
    }
}

fn within(values: impl IntoIterator<Item = f32>, limit: f32) -> bool {
    values.into_iter().all(|value| value.abs() <= limit)
}

/// The one NaN that says "unknown".
fn is_unknown(value: f32) -> bool {
    value.to_bits() == f32::NAN.to_bits()
}

fn is_rotation([w, x, y, z]: [f32; 4]) -> bool {
    (w * w + x * x + y * y + z * z - 1.0).abs() < 1e-2
}

fn quaternion(now: &Now, m: &ATTITUDE_QUATERNION_DATA) -> bool {
    now.is_ms(m.time_boot_ms)
        && is_rotation([m.q1, m.q2, m.q3, m.q4])
        && within([m.rollspeed, m.pitchspeed, m.yawspeed], RATE_RADPS_MAX)
        && m.repr_offset_q.map(f32::to_bits) == [0; 4]
}

fn local_position(now: &Now, m: &LOCAL_POSITION_NED_DATA) -> bool {
    now.is_ms(m.time_boot_ms)
        && within([m.x, m.y, m.z], AWAY_M_MAX)
        && within([m.vx, m.vy, m.vz], SPEED_MPS_MAX)
}

fn hud(m: &VFR_HUD_DATA) -> bool {
    within([m.airspeed, m.groundspeed, m.climb], SPEED_MPS_MAX)
        && within([m.alt], AWAY_M_MAX)
        && (0..360).contains(&m.heading)
        && m.throttle <= 100
}

fn imu(now: &Now, m: &HIGHRES_IMU_DATA) -> bool {
    let unused = [m.diff_pressure, m.temperature].map(f32::to_bits);
    now.is_us(m.time_usec)
        && within([m.xacc, m.yacc, m.zacc], FORCE_MPS2_MAX)
        && within([m.xgyro, m.ygyro, m.zgyro], RATE_RADPS_MAX)
        && within([m.xmag, m.ymag, m.zmag], FIELD_GAUSS_MAX)
        && (PRESSURES_HPA.contains(&m.abs_pressure) || m.abs_pressure.to_bits() == 0)
        && within([m.pressure_alt], AWAY_M_MAX)
        && (m.fields_updated.bits(), m.id, unused) == (FIELDS, 0, [0; 2])
}

fn odometry(now: &Now, m: &ODOMETRY_DATA) -> bool {
    let is_untold =
        |all: &[f32; 21]| is_unknown(all[0]) && all[1..].iter().all(|value| value.to_bits() == 0);
    now.is_us(m.time_usec)
        && within([m.x, m.y, m.z], AWAY_M_MAX)
        && is_rotation(m.q)
        && within([m.vx, m.vy, m.vz], SPEED_MPS_MAX)
        && within([m.rollspeed, m.pitchspeed, m.yawspeed], RATE_RADPS_MAX)
        && is_untold(&m.pose_covariance)
        && is_untold(&m.velocity_covariance)
        && m.frame_id == MavFrame::MAV_FRAME_LOCAL_NED
        && m.child_frame_id == MavFrame::MAV_FRAME_BODY_FRD
        && (m.reset_counter, m.estimator_type as u8, m.quality) == (0, 0, 0)
}

fn altitude(now: &Now, m: &ALTITUDE_DATA) -> bool {
    let heights = [m.altitude_monotonic, m.altitude_amsl, m.altitude_local, m.altitude_relative];
    now.is_us(m.time_usec)
        && within(heights, AWAY_M_MAX)
        && is_unknown(m.altitude_terrain)
        && (is_unknown(m.bottom_clearance) || within([m.bottom_clearance], 100.0))
}

fn servos(now: &Now, m: &SERVO_OUTPUT_RAW_DATA) -> bool {
    let told = [
        m.servo1_raw,
        m.servo2_raw,
        m.servo3_raw,
        m.servo4_raw,
        m.servo5_raw,
        m.servo6_raw,
        m.servo7_raw,
        m.servo8_raw,
    ];
    let more = [
        m.servo9_raw,
        m.servo10_raw,
        m.servo11_raw,
        m.servo12_raw,
        m.servo13_raw,
        m.servo14_raw,
        m.servo15_raw,
        m.servo16_raw,
    ];
    // The field has 32 bits and begins anew after an hour.
    let us = u64::from(m.time_usec);
    let is_now = us.abs_diff((now.tick.0 * TICK_US) & u64::from(u32::MAX)) <= TICK_US;
    is_now
        && told.iter().all(|pulse| *pulse == 0 || (1000..=2000).contains(pulse))
        && (more, m.port) == ([0; 8], 0)
}

/// As many rotors as there are airframes with, each at a whole microsecond of its pulse.
fn actuators(now: &Now, m: &ACTUATOR_OUTPUT_STATUS_DATA) -> bool {
    let is_pulse =
        |us: &f32| us.to_bits() == 0 || ((1000.0..=2000.0).contains(us) && us.fract() == 0.0);
    let (told, more) = m.actuator.split_at((m.active as usize).min(m.actuator.len()));
    now.is_us(m.time_usec)
        && matches!(m.active, 4 | 6 | 8)
        && told.iter().all(is_pulse)
        && more.iter().all(|us| us.to_bits() == 0)
}

/// Whole thousandths, and how warm it is not told.
fn scaled_imu(now: &Now, m: &SCALED_IMU_DATA) -> bool {
    let thousandths =
        |parts: [i16; 3], limit: f32| within(parts.map(|n| f32::from(n) / 1e3), limit);
    now.is_ms(m.time_boot_ms)
        && thousandths([m.xgyro, m.ygyro, m.zgyro], RATE_RADPS_MAX)
        && thousandths([m.xmag, m.ymag, m.zmag], FIELD_GAUSS_MAX)
}

/// One laser that looks down.
fn distance(now: &Now, m: &DISTANCE_SENSOR_DATA) -> bool {
    let sensor = (m.mavtype, m.id, m.orientation, m.covariance);
    now.is_ms(m.time_boot_ms)
        && (m.min_distance, m.max_distance) == (0, RANGE_CM_MAX)
        && m.current_distance <= RANGE_CM_MAX + 1
        && sensor
            == (
                MavDistanceSensor::MAV_DISTANCE_SENSOR_LASER,
                0,
                MavSensorOrientation::MAV_SENSOR_ROTATION_PITCH_270,
                u8::MAX,
            )
}

fn pressure(now: &Now, m: &SCALED_PRESSURE_DATA) -> bool {
    now.is_ms(m.time_boot_ms)
        && PRESSURES_HPA.contains(&m.press_abs)
        && (m.press_diff.to_bits(), m.temperature, m.temperature_press_diff) == (0, 0, 0)
}

fn estimator(now: &Now, m: &ESTIMATOR_STATUS_DATA) -> bool {
    let ratios =
        [m.vel_ratio, m.pos_horiz_ratio, m.pos_vert_ratio, m.mag_ratio, m.hagl_ratio, m.tas_ratio];
    let accuracies = [m.pos_horiz_accuracy, m.pos_vert_accuracy];
    now.is_us(m.time_usec)
        && ratios.map(f32::to_bits) == [0; 6]
        && HOLDS.contains(&m.flags.bits())
        && accuracies.iter().all(|sd_m| is_unknown(*sd_m) || (0.0..=1e3).contains(sd_m))
}

fn wind(now: &Now, m: &WIND_COV_DATA) -> bool {
    now.is_us(m.time_usec)
        && within([m.wind_x, m.wind_y, m.wind_z], SPEED_MPS_MAX)
        && is_unknown(m.var_horiz)
        && is_unknown(m.var_vert)
        && within([m.wind_alt], AWAY_M_MAX)
        && [m.horiz_accuracy, m.vert_accuracy].map(f32::to_bits) == [0; 2]
}

fn vibration(now: &Now, m: &VIBRATION_DATA) -> bool {
    now.is_us(m.time_usec)
        && within([m.vibration_x, m.vibration_y, m.vibration_z], FORCE_MPS2_MAX)
        && [m.clipping_0, m.clipping_1, m.clipping_2] == [0; 3]
}

/// There is no remote control.
fn no_channels(now: &Now, m: &RC_CHANNELS_DATA) -> bool {
    let channels = [
        m.chan1_raw,
        m.chan2_raw,
        m.chan3_raw,
        m.chan4_raw,
        m.chan5_raw,
        m.chan6_raw,
        m.chan7_raw,
        m.chan8_raw,
        m.chan9_raw,
        m.chan10_raw,
        m.chan11_raw,
        m.chan12_raw,
        m.chan13_raw,
        m.chan14_raw,
        m.chan15_raw,
        m.chan16_raw,
        m.chan17_raw,
        m.chan18_raw,
    ];
    now.is_ms(m.time_boot_ms) && (channels, m.chancount, m.rssi) == ([u16::MAX; 18], 0, u8::MAX)
}

fn home(m: &HOME_POSITION_DATA) -> bool {
    is_on_earth(m.latitude, m.longitude)
        && within([m.x, m.y, m.z], AWAY_M_MAX)
        && m.q == [1.0, 0.0, 0.0, 0.0]
        && [m.approach_x, m.approach_y].map(f32::to_bits) == [0; 2]
        && (m.approach_z, m.time_usec) == (1.0, 0)
}

fn origin(m: &GPS_GLOBAL_ORIGIN_DATA) -> bool {
    is_on_earth(m.latitude, m.longitude) && m.time_usec == 0
}
