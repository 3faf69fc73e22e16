//! What the pilot may change of how it flies, in the units of the flight rooms.
//!
//! As delivered it holds the figures of the rooms themselves, so that nobody flies differently for having read them.
//!
//! **Never:** holds a figure that no room goes by; knows a parameter's name.

use super::control::travel::{CLIMB_MPS, DESCENT_MPS};
use super::failsafe::{
    CHARGE_CRITICAL_PCT, CHARGE_LOW_PCT, CHARGE_TO_ARM_PCT, FIX_SD_TO_ARM_M, LINK_LOST_S,
};
use super::modes::{CRUISE_MPS, REACHED_M, home, manual, mission, orders};
use crate::senses::FenceAction;

/// What comes of a ground station that has fallen silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It flies on.
    FliesOn,
    /// It holds.
    Holds,
    /// It comes home.
    Returns,
    /// It lands.
    Lands,
}

/// The figures that the flight rooms go by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    /// A mission leaves its place of take-off no lower, metres.
    pub take_off_m: f64,
    /// Lowest height of a way home, metres.
    pub return_height_m: f64,
    /// Usual speed of missions and ways home, m/s.
    pub cruise_mps: f64,
    /// Fastest across, m/s.
    pub speed_mps_max: f64,
    /// Fastest climb, m/s.
    pub climb_mps: f64,
    /// Fastest descent, m/s.
    pub descent_mps: f64,
    /// Across at the end of the stick, m/s.
    pub by_hand_mps: f64,
    /// Sink rate at the ground, m/s.
    pub touch_down_mps: f64,
    /// A place that is passed is reached within this, metres.
    pub reached_m: f64,
    /// A ground station silent for longer is lost, seconds.
    pub link_lost_s: f64,
    /// What comes of it.
    pub silence: Silence,
    /// Below this charge it comes home, percent.
    pub charge_low_pct: f64,
    /// Below this charge it comes down, percent.
    pub charge_critical_pct: f64,
    /// At or below this charge it does not start, percent.
    pub charge_to_arm_pct: f64,
    /// A fix that is worse is too poor to start with, standard deviation in metres.
    pub fix_sd_to_arm_m: f64,
    /// What it does outside its geofence; nothing at all where there is none.
    pub fence_action: Option<FenceAction>,
    /// Farthest from home, metres.
    pub fence_around_m: Option<f64>,
    /// Highest above home, metres.
    pub fence_height_m: Option<f64>,
}

impl Tuning {
    /// As delivered, with the geofence's own action.
    pub fn as_delivered(fence_action: FenceAction) -> Self {
        Self {
            take_off_m: mission::DEPART_HEIGHT_M,
            return_height_m: home::RETURN_HEIGHT_M,
            cruise_mps: CRUISE_MPS,
            speed_mps_max: orders::SPEEDS_MPS.1,
            climb_mps: CLIMB_MPS,
            descent_mps: DESCENT_MPS,
            by_hand_mps: manual::FULL_MPS.0,
            touch_down_mps: home::SINK.0,
            reached_m: REACHED_M.1,
            link_lost_s: LINK_LOST_S,
            silence: Silence::Returns,
            charge_low_pct: CHARGE_LOW_PCT,
            charge_critical_pct: CHARGE_CRITICAL_PCT,
            charge_to_arm_pct: CHARGE_TO_ARM_PCT,
            fix_sd_to_arm_m: FIX_SD_TO_ARM_M,
            fence_action: Some(fence_action),
            fence_around_m: None,
            fence_height_m: None,
        }
    }
}
