//! What stands on the ground beside people: buildings and trees.
//!
//! **Never:** says who or what can be seen past them.

use serde::{Deserialize, Serialize};

/// A box that stands on the ground, its sides along the axes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Building {
    /// East, north of its centre, in metres.
    pub at_m: (f64, f64),
    /// East, north and height, in metres.
    pub size_m: (f64, f64, f64),
}

/// A trunk with a ball of leaves on top.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// East, north of its trunk, in metres.
    pub at_m: (f64, f64),
    /// From the ground to its top, in metres.
    pub height_m: f64,
    /// From side to side of its crown, in metres; no more than its height.
    pub crown_m: f64,
}

impl Tree {
    /// Half the width of its trunk: a fiftieth of its height, as broad-leaved trees have.
    #[must_use]
    pub fn trunk_radius_m(&self) -> f64 {
        self.height_m / 50.0
    }

    /// How high the middle of its crown is above the ground.
    #[must_use]
    pub fn crown_up_m(&self) -> f64 {
        self.height_m - self.crown_m / 2.0
    }
}
