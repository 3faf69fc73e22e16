//! What light there is: the hour, or where the sun stands, and lamps.
//!
//! **Never:** says what a camera makes of it.

use serde::{Deserialize, Serialize};

/// The light of a story. It does not change while the story lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Light {
    /// A bright day without shadows, in which no picture is smeared or grainy.
    #[default]
    Noon,
    /// A clear sky with the sun where it is said to be; below the horizon it is dusk, dawn or night.
    Sun {
        /// Degrees clockwise from north.
        azimuth_deg: f64,
        /// Degrees above the horizon.
        elevation_deg: f64,
    },
    /// A clear sky with the sun where it stands over the place on a day of the year at a time by the sundial.
    Clock {
        /// From 1, which is 1 January.
        day: u16,
        /// Hours; at 12 the sun is highest.
        solar_time_h: f64,
    },
    /// A night without a moon.
    Night,
}

/// A street lamp that shines alike in all directions downwards.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lamp {
    /// East, north, in metres.
    pub at_m: (f64, f64),
    /// Above the ground, in metres.
    pub height_m: f64,
    /// How strong it is, in candela; a street lamp has 500 to 5000.
    pub intensity_cd: f64,
}
