//! The geofence, as the vehicle is told it before power-on or by its pilot's ground station.
//!
//! **Never:** says what comes of the border but by its action.

use alloc::vec::Vec;
use glam::DVec2;

/// The geofence.
#[derive(Clone, Debug, PartialEq)]
pub struct Geofence {
    /// Areas of which it must be in one, if there are any.
    pub keeps_in: Vec<Area>,
    /// Areas of which it must be in none.
    pub keeps_out: Vec<Area>,
    /// Above the place of power-on, metres.
    pub height_m_max: Option<f64>,
    /// From the place of power-on, level, metres.
    pub around_m_max: Option<f64>,
    /// What to do outside.
    pub action: FenceAction,
}

impl Geofence {
    /// Nothing is outside.
    pub const fn none() -> Self {
        Self {
            keeps_in: Vec::new(),
            keeps_out: Vec::new(),
            height_m_max: None,
            around_m_max: None,
            action: FenceAction::Warn,
        }
    }
}

/// A part of the ground, north and east of the place of power-on, metres.
#[derive(Clone, Debug, PartialEq)]
pub enum Area {
    /// Around a place.
    Circle {
        /// Metres.
        centre_ne_m: DVec2,
        /// Metres.
        radius_m: f64,
    },
    /// Within a border.
    Polygon {
        /// In order, either way round; the last is joined to the first.
        corners_ne_m: Vec<DVec2>,
    },
}

/// What the vehicle does outside its geofence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FenceAction {
    /// Tell the pilot.
    Warn,
    /// Tell, and hold.
    Hold,
    /// Tell, and come home.
    Return,
    /// Tell, and land.
    Land,
}
