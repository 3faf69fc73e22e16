//! What a ground station may read of the vehicle and cannot set: who it is, and the figures that it is controlled and
//! estimated by, each taken from the room that goes by it.
//!
//! Names are PX4's where it has one for the same thing in the same sense; the others begin with HW.
//!
//! **Never:** copies a figure; holds one that a sense, a secret or a serial number moves.

use crate::flight::control::{self, limp, spin, travel};
use crate::flight::estimate::{self, believe, compass, health, level, place, soundness, wind};
use crate::flight::modes::{self, guided, home, manual, orders, round, touch, trigger};
use crate::flight::{self, breach, crash, failsafe, mix, rotors};
use crate::senses::TICK_S;

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// A whole number that never changes.
    Whole(i32),
    /// A number that never changes.
    Real(f64),
    /// The airframe's rotors.
    Rotors,
    /// The airframe's cells in series.
    Cells,
    /// The airframe's kind.
    Airframe,
}

/// What is documented of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Its name as a parameter, at most 16 bytes.
    pub name: &'static str,
    /// Its unit; empty where it has none.
    pub unit: &'static str,
    /// Where it comes from.
    pub source: Source,
}

const fn figure(name: &'static str, unit: &'static str, source: Source) -> Figure {
    Figure { name, unit, source }
}

const fn degrees(radians: f64) -> Source {
    Source::Real(radians.to_degrees())
}

const fn seconds(ticks: u64) -> Source {
    Source::Real(ticks as f64 * TICK_S)
}

/// Every figure, in the order of its number as a parameter.
pub const FIGURES: [Figure; 143] = [
    figure("SYS_AUTOSTART", "", Source::Airframe),
    figure("CA_ROTOR_COUNT", "", Source::Rotors),
    figure("BAT1_N_CELLS", "", Source::Cells),
    figure("BAT1_SOURCE", "", Source::Whole(0)),
    figure("MAV_SYS_ID", "", Source::Whole(1)),
    figure("MAV_COMP_ID", "", Source::Whole(1)),
    figure("MAV_TYPE", "", Source::Whole(2)),
    figure("MAV_PROTO_VER", "", Source::Whole(2)),
    figure("CAL_ACC0_ID", "", Source::Whole(1_310_988)),
    figure("CAL_GYRO0_ID", "", Source::Whole(1_310_988)),
    figure("CAL_MAG0_ID", "", Source::Whole(197_388)),
    figure("CAL_BARO0_ID", "", Source::Whole(6_620_172)),
    figure("SYS_HAS_BARO", "", Source::Whole(1)),
    figure("SYS_HAS_MAG", "", Source::Whole(1)),
    figure("SYS_HAS_GPS", "", Source::Whole(1)),
    figure("COM_RC_IN_MODE", "", Source::Whole(1)),
    figure("NAV_RCL_ACT", "", Source::Whole(1)),
    figure("COM_LOW_BAT_ACT", "", Source::Whole(3)),
    figure("COM_POS_FS_DELAY", "s", Source::Real(failsafe::FIX_LOST_S)),
    figure("HW_LEVEL_COS", "", Source::Real(flight::watch::LEVEL_COS_MIN)),
    figure("MC_ROLL_P", "1/s", Source::Real(spin::ATTITUDE_GAIN_PER_S.x)),
    figure("MC_PITCH_P", "1/s", Source::Real(spin::ATTITUDE_GAIN_PER_S.y)),
    figure("MC_YAW_P", "1/s", Source::Real(spin::ATTITUDE_GAIN_PER_S.z)),
    figure("MC_ROLLRATE_MAX", "deg/s", degrees(spin::RATE_MAX_RADPS.x)),
    figure("MC_PITCHRATE_MAX", "deg/s", degrees(spin::RATE_MAX_RADPS.y)),
    figure("MC_YAWRATE_MAX", "deg/s", degrees(spin::RATE_MAX_RADPS.z)),
    figure("MC_ROLLRATE_P", "1/s", Source::Real(spin::RATE_GAIN_PER_S.x)),
    figure("MC_PITCHRATE_P", "1/s", Source::Real(spin::RATE_GAIN_PER_S.y)),
    figure("MC_YAWRATE_P", "1/s", Source::Real(spin::RATE_GAIN_PER_S.z)),
    figure("MC_ROLLRATE_I", "1/s^2", Source::Real(spin::LASTING_GAIN_PER_S2.x)),
    figure("MC_PITCHRATE_I", "1/s^2", Source::Real(spin::LASTING_GAIN_PER_S2.y)),
    figure("MC_YAWRATE_I", "1/s^2", Source::Real(spin::LASTING_GAIN_PER_S2.z)),
    figure("MC_RR_INT_LIM", "rad/s^2", Source::Real(spin::LASTING_MAX_RADPS2.x)),
    figure("MC_PR_INT_LIM", "rad/s^2", Source::Real(spin::LASTING_MAX_RADPS2.y)),
    figure("MC_YR_INT_LIM", "rad/s^2", Source::Real(spin::LASTING_MAX_RADPS2.z)),
    figure("HW_LIMP_LEAN_P", "1/s", Source::Real(limp::LEAN_GAIN_PER_S)),
    figure("HW_LIMP_RATE_MAX", "deg/s", degrees(limp::RATE_MAX_RADPS)),
    figure("HW_LIMP_RATE_P", "1/s", Source::Real(limp::RATE_GAIN_PER_S)),
    figure("HW_LIMP_MOTOR", "s", Source::Real(limp::MOTOR_S)),
    figure("MPC_XY_P", "1/s", Source::Real(travel::PLACE_GAIN_PER_S.x)),
    figure("MPC_Z_P", "1/s", Source::Real(travel::PLACE_GAIN_PER_S.y)),
    figure("MPC_XY_VEL_P_ACC", "1/s", Source::Real(travel::VELOCITY_GAIN_PER_S.x)),
    figure("MPC_Z_VEL_P_ACC", "1/s", Source::Real(travel::VELOCITY_GAIN_PER_S.z)),
    figure("MPC_XY_VEL_I_ACC", "1/s^2", Source::Real(travel::LASTING_GAIN_PER_S2.x)),
    figure("MPC_Z_VEL_I_ACC", "1/s^2", Source::Real(travel::LASTING_GAIN_PER_S2.z)),
    figure("HW_XY_INT_LIM", "m/s^2", Source::Real(travel::LASTING_MAX_MPS2.x)),
    figure("HW_Z_INT_LIM", "m/s^2", Source::Real(travel::LASTING_MAX_MPS2.z)),
    figure("HW_BRAKE_XY", "m/s^2", Source::Real(travel::BRAKE_MPS2.x)),
    figure("HW_BRAKE_Z", "m/s^2", Source::Real(travel::BRAKE_MPS2.y)),
    figure("MPC_ACC_HOR", "m/s^2", Source::Real(travel::CHANGE_MPS2.x)),
    figure("MPC_ACC_UP_MAX", "m/s^2", Source::Real(travel::CHANGE_MPS2.y)),
    figure("MPC_ACC_HOR_MAX", "m/s^2", Source::Real(travel::ACROSS_MAX_MPS2)),
    figure("MPC_JERK_AUTO", "m/s^3", Source::Real(travel::JERK_MPS3)),
    figure("HW_LEAN_TAN_MAX", "", Source::Real(control::LEAN_TAN_MAX)),
    figure("HW_LIFT_MIN", "", Source::Real(control::LIFT_PARTS.0)),
    figure("HW_LIFT_MAX", "", Source::Real(control::LIFT_PARTS.1)),
    figure("MPC_TKO_RAMP_T", "s", Source::Real(control::SPOOL_S)),
    figure("MPC_YAWRAUTO_MAX", "deg/s", degrees(control::NOSE_RADPS_MAX)),
    figure("HW_SLOW_PERIOD", "s", Source::Real(control::SLOW_S)),
    figure("HW_IDLE_PART", "", Source::Real(mix::IDLE_PART)),
    figure("COM_RC_LOSS_T", "s", seconds(manual::SILENT_TICKS)),
    figure("MPC_HOLD_DZ", "", Source::Real(manual::CENTRE)),
    figure("HW_HAND_LEAN_TAN", "", Source::Real(manual::LEAN_TAN)),
    figure("HW_HAND_UP", "m/s", Source::Real(manual::FULL_MPS.1)),
    figure("HW_HAND_DOWN", "m/s", Source::Real(manual::FULL_MPS.2)),
    figure("MPC_MAN_Y_MAX", "deg/s", degrees(manual::FULL_TURN_RADPS)),
    figure("HW_HAND_LIFT", "", Source::Real(manual::FULL_LIFT)),
    figure("MPC_HOLD_MAX_XY", "m/s", Source::Real(manual::HELD_MPS)),
    figure("HW_HAND_TOUCH", "m", Source::Real(manual::TOUCH_HEIGHT_M)),
    figure("HW_HOME_SLOW", "m/s", Source::Real(home::ARRIVED_MPS)),
    figure("HW_LAND_CHASE", "m", Source::Real(home::CHASED_M_MAX)),
    figure("HW_LAND_TOUCH", "m", Source::Real(home::TOUCHING_M)),
    figure("MPC_LAND_ALT2", "m", Source::Real(home::SINK.1)),
    figure("HW_LAND_GROWTH", "1/s", Source::Real(home::SINK.2)),
    figure("HW_DOWN_EFFORT", "", Source::Real(touch::EFFORT_MAX)),
    figure("HW_DOWN_SINK", "m/s", Source::Real(touch::SINK_MAX_MPS)),
    figure("HW_DOWN_FALL", "m/s", Source::Real(touch::FALL_MPS)),
    figure("LNDMC_ROT_MAX", "rad/s", Source::Real(touch::STILL.0)),
    figure("LNDMC_Z_VEL_MAX", "m/s", Source::Real(touch::STILL.1)),
    figure("HW_DOWN_LOW", "m", Source::Real(touch::LOW_M)),
    figure("HW_DOWN_FELT", "s", seconds(touch::FELT_TICKS as u64)),
    figure("LNDMC_TRIG_TIME", "s", seconds(touch::SURE_TICKS as u64)),
    figure("HW_ORBIT_ACC", "m/s^2", Source::Real(round::INWARD_MPS2)),
    figure("HW_ORBIT_P", "1/s", Source::Real(round::INWARD_GAIN_PER_S)),
    figure("FLW_TGT_MAX_VEL", "m/s", Source::Real(guided::FOLLOW_MPS)),
    figure("FLW_TGT_DST", "m", Source::Real(guided::STANDOFF_M.0)),
    figure("FLW_TGT_HT", "m", Source::Real(guided::STANDOFF_M.1)),
    figure("HW_FLW_EYE", "m", Source::Real(guided::SUBJECT_HEIGHT_M)),
    figure("HW_FLW_LOST", "s", seconds(guided::SUBJECT_TICKS)),
    figure("HW_BRAKE_END", "m/s", Source::Real(guided::STOPPED_MPS)),
    figure("HW_CLEAR", "m", Source::Real(modes::CLEAR_HEIGHT_M)),
    figure("HW_STAY_RAD", "m", Source::Real(modes::REACHED_M.0)),
    figure("NAV_MC_ALT_RAD", "m", Source::Real(modes::LEVEL_M)),
    figure("HW_NOSE_FROM", "m", Source::Real(modes::NOSE_FROM_M)),
    figure("HW_LOOK_FROM", "m", Source::Real(modes::LOOK_FROM_M)),
    figure("HW_STOP_ACC", "m/s^2", Source::Real(modes::STOP_MPS2)),
    figure("HW_TKOFF_MIN", "m", Source::Real(orders::TAKE_OFF_HEIGHTS_M.0)),
    figure("HW_TKOFF_MAX", "m", Source::Real(orders::TAKE_OFF_HEIGHTS_M.1)),
    figure("HW_GOTO_MIN", "m", Source::Real(orders::GUIDED_HEIGHTS_M.0)),
    figure("HW_GOTO_MAX", "m", Source::Real(orders::GUIDED_HEIGHTS_M.1)),
    figure("HW_SPEED_MIN", "m/s", Source::Real(orders::SPEEDS_MPS.0)),
    figure("HW_ORBIT_MIN", "m", Source::Real(orders::RADII_M.0)),
    figure("HW_ORBIT_MAX", "m", Source::Real(orders::RADII_M.1)),
    figure("HW_AWAY_MAX", "m", Source::Real(orders::AWAY_M_MAX)),
    figure("HW_FENCE_MARGIN", "m", Source::Real(orders::FENCE_MARGIN_M)),
    figure("HW_FENCE_BACK", "m", Source::Real(breach::BACK_M)),
    figure("HW_FENCE_AGAIN", "m", Source::Real(breach::AGAIN_M)),
    figure("HW_TRIG_APART", "s", seconds(trigger::APART_TICKS)),
    figure("HW_CRASH_COS", "", Source::Real(crash::OVER_COS)),
    figure("HW_CRASH_TIME", "s", seconds(crash::OVER_TICKS as u64)),
    figure("HW_CRASH_BLOW", "m/s^2", Source::Real(crash::BLOW_MPS2)),
    figure("HW_ROTOR_PART", "", Source::Real(rotors::FOLLOWS_PART)),
    figure("HW_ROTOR_READS", "", Source::Whole(rotors::READINGS as i32)),
    figure("EKF2_GPS_DELAY", "s", seconds(estimate::FIX_LATENCY_TICKS)),
    figure("HW_FIX_FRESH", "s", Source::Real(estimate::FIX_FRESH_S)),
    figure("HW_RNG_FRESH", "s", seconds(estimate::RANGE_FRESH_TICKS)),
    figure("EKF2_BARO_NOISE", "m", Source::Real(believe::AIR_SD_M)),
    figure("EKF2_HEAD_NOISE", "rad", Source::Real(believe::HEADING_SD_RAD)),
    figure("EKF2_RNG_NOISE", "m", Source::Real(believe::RANGE_SD_M)),
    figure("EKF2_RNG_A_HMAX", "m", Source::Real(believe::RANGE_NEAR_M)),
    figure("EKF2_GPS_V_NOISE", "m/s", Source::Real(believe::FIX_VELOCITY_SD_MPS)),
    figure("EKF2_GPS_P_GATE", "SD", Source::Real(believe::GATE)),
    figure("EKF2_HDG_GATE", "SD", Source::Real(believe::HEADING_GATE)),
    figure("HW_FIX_WANDERS", "", Source::Real(believe::FIX_WANDERS)),
    figure("HW_FIX_REFUSED", "m", Source::Real(believe::REFUSED_SD_M)),
    figure("HW_RNG_UPRIGHT", "", Source::Real(believe::RANGE_UPRIGHT_MIN)),
    figure("HW_RNG_SURPRISE", "m", Source::Real(believe::RANGE_SURPRISE_MAX_M)),
    figure("HW_AIR_PUSH", "m/s", Source::Real(believe::AIR_PUSH_SD_MPS)),
    figure("HW_WASH", "m", Source::Real(believe::WASH_SD_M)),
    figure("EKF2_ABL_GYRLIM", "rad/s", Source::Real(believe::BIAS_MAX.0)),
    figure("EKF2_ABL_LIM", "m/s^2", Source::Real(believe::BIAS_MAX.1)),
    figure("HW_MAG_STRENGTH", "", Source::Real(compass::STRENGTH_PART)),
    figure("HW_MAG_DIP", "", Source::Real(compass::DIP_SINE)),
    figure("HW_MAG_ACROSS", "gauss", Source::Real(compass::ACROSS_MIN_GAUSS)),
    figure("HW_WIND_GAIN", "", Source::Real(wind::GAIN)),
    figure("HW_WIND_UPRIGHT", "", Source::Real(wind::UPRIGHT_MIN)),
    figure("HW_ALIGN_TIME", "s", seconds(level::LEVELLING_TICKS)),
    figure("HW_ALIGN_RATE", "rad/s", Source::Real(level::STILL_RADPS_MAX)),
    figure("HW_ALIGN_FORCE", "m/s^2", Source::Real(level::FORCE_OFF_MAX_MPS2)),
    figure("HW_STUCK_READS", "", Source::Whole(health::REPEATS_MAX as i32)),
    figure("HW_DIVERGED_TILT", "rad", Source::Real(soundness::DIVERGED_SD.0)),
    figure("HW_DIVERGED_VEL", "m/s", Source::Real(soundness::DIVERGED_SD.1)),
    figure("HW_FIXES_MIN", "", Source::Whole(place::FIXES_MIN as i32)),
];
