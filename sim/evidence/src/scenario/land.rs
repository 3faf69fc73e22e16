//! The ground, and what stands on it beside people: buildings and trees.
//!
//! **Never:** says who or what can be seen past them.

use serde::{Deserialize, Serialize};

/// The shape of the ground. Within 8 m of the start it is flat and at height 0; 40 m off it is as it is said here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Terrain {
    /// Height 0 everywhere.
    #[default]
    Flat,
    /// Rolling hills; which ones follows from the seed.
    Hills {
        /// How high they rise and how deep valleys lie, at most, in metres above and below the start.
        height_m: f64,
        /// From hill to hill, in metres.
        wavelength_m: f64,
    },
    /// Heights of the corners of a grid whose middle is the start; between them the ground is bilinear, beyond them
    /// it is as high as its edge.
    Grid {
        /// From corner to corner, in metres.
        cell_m: f64,
        /// As on a map: rows from north to south, each from west to east, in metres above the start.
        heights_m: Vec<Vec<f64>>,
    },
}

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

/// Still water: it lies flat on the ground, and gives a range finder's light back elsewhere than where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Water {
    /// East, north of its middle, in metres.
    pub at_m: (f64, f64),
    /// From its middle to its shore, in metres.
    pub radius_m: f64,
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
