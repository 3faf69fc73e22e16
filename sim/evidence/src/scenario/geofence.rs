//! The geofence: where the vehicle is to stay and where not to go, loaded before power-on.
//!
//! **Never:** moves with the vehicle.

use serde::{Deserialize, Serialize};

/// The fence of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Geofence {
    /// Areas of which it must be in one, if there are any.
    #[serde(default)]
    pub keeps_in: Vec<Area>,
    /// Areas of which it must be in none.
    #[serde(default)]
    pub keeps_out: Vec<Area>,
    /// Highest above the start.
    #[serde(default)]
    pub height_m_max: Option<f64>,
    /// What it does outside.
    pub action: FenceAction,
}

/// A part of the ground.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Area {
    /// Around a place.
    Circle {
        /// East, north, in metres.
        at_m: (f64, f64),
        /// Metres.
        radius_m: f64,
    },
    /// Within a border.
    Polygon {
        /// East, north, in metres, in order; the last is joined to the first.
        corners_m: Vec<(f64, f64)>,
    },
}

/// What the vehicle does outside its fence. It tells its pilot in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FenceAction {
    /// Nothing more.
    Warns,
    /// Holds.
    Holds,
    /// Returns to the start and lands.
    Returns,
    /// Lands.
    Lands,
}
