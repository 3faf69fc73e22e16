//! What is expected of the flight itself, in numbers: how still it hovers, how well it follows a line, how it ends.
//!
//! Each is judged from where the airframe truly was, ten times a second, never from what the vehicle says of itself.
//! Places are east and north of the start, and up from where the airframe stood at power-on, in metres.
//!
//! **Never:** judges (the auditor does); asks for what standing on the ground would give for nothing.

use serde::{Deserialize, Serialize};

/// East, north, up, in metres.
pub type Spot = (f64, f64, f64);

/// One thing that is expected of a flight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum FlightExpectation {
    /// It holds a point: root mean square of its distance in space.
    Hovers {
        /// From when, from power-on.
        from_s: f64,
        /// Until when.
        until_s: f64,
        /// The point.
        at_m: Spot,
        /// At most.
        rms_m_max: f64,
    },
    /// It goes from where it is to a point, and stays there.
    Steps {
        /// When it is told to, from power-on; the step is as long as it is then away.
        at_s: f64,
        /// Until when it is watched.
        until_s: f64,
        /// The point.
        to_m: Spot,
        /// How far beyond the point it may get along the step, in per cent of the step's length.
        overshoot_pct_max: f64,
        /// How long after `at_s` it may take until it stays within `within_m`.
        settles_s_max: f64,
        /// Its distance from the point once it has settled, at most.
        within_m: f64,
    },
    /// It follows a line through some points in order, and gets as near to each of them.
    Tracks {
        /// From when, from power-on.
        from_s: f64,
        /// Until when.
        until_s: f64,
        /// The corners of the line.
        through_m: Vec<Spot>,
        /// Its distance in space from the line, at most.
        cross_track_m_max: f64,
    },
    /// It gets up to a height.
    Climbs {
        /// The height above where it stood.
        above_m: f64,
        /// When at the latest, from power-on.
        by_s: f64,
    },
    /// It stays near the start, or between heights; at least one of the three limits is given.
    StaysWithin {
        /// From when, from power-on.
        #[serde(default)]
        from_s: f64,
        /// Until when; to the end of the flight if absent.
        #[serde(default)]
        until_s: Option<f64>,
        /// Its distance from the start over the ground, at most.
        #[serde(default)]
        radius_m_max: Option<f64>,
        /// Its height above where it stood, at least.
        #[serde(default)]
        height_m_min: Option<f64>,
        /// Its height above where it stood, at most.
        #[serde(default)]
        height_m_max: Option<f64>,
    },
    /// Having flown, it comes to rest near a place, upright and whole.
    LandsWithin {
        /// East, north of the start.
        of_m: (f64, f64),
        /// Its distance from there over the ground, at most.
        metres_max: f64,
    },
    /// Having flown, it is at rest on the ground before a moment, upright and whole, and stays so.
    LandsBefore {
        /// From power-on.
        at_s: f64,
    },
    /// At the end it stands on the ground, upright and whole, its rotors still.
    EndsUpright,
    /// Nothing destroys it.
    NotDestroyed,
    /// Something destroys it: for stories about what nothing could survive.
    IsDestroyed,
}

impl FlightExpectation {
    /// The moments that it names.
    pub(crate) fn moments_s(&mut self) -> Vec<&mut f64> {
        match self {
            Self::Hovers { from_s, until_s, .. } | Self::Tracks { from_s, until_s, .. } => {
                vec![from_s, until_s]
            }
            Self::Steps { at_s, until_s, .. } => vec![at_s, until_s],
            Self::StaysWithin { from_s, until_s, .. } => {
                std::iter::once(from_s).chain(until_s).collect()
            }
            Self::Climbs { by_s: at_s, .. } | Self::LandsBefore { at_s } => vec![at_s],
            Self::LandsWithin { .. }
            | Self::EndsUpright
            | Self::NotDestroyed
            | Self::IsDestroyed => Vec::new(),
        }
    }
}
