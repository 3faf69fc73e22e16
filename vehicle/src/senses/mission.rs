//! The mission, as the vehicle is told it before power-on or by its pilot's ground station.
//!
//! **Never:** changes while it is flown.

use alloc::string::String;
use glam::DVec3;

/// One item of the mission.
#[derive(Clone, Debug, PartialEq)]
pub enum MissionItem {
    /// Fly to a place.
    Waypoint(Waypoint),
    /// Climb straight up, to a height above the place of power-on, metres.
    TakeOff {
        /// Metres.
        height_m: f64,
    },
    /// Circle a place.
    Loiter {
        /// The pilot's own name for it; for the log only.
        label: String,
        /// North, east, down of the place of power-on, metres.
        centre_ned_m: DVec3,
        /// Metres.
        radius_m: f64,
        /// Seen from above.
        is_clockwise: bool,
        /// How often.
        turns: f64,
    },
    /// Take stills by itself from here on.
    Trigger(Trigger),
    /// Take a still, on the way.
    TakeStill,
    /// Wait where it is.
    Delay {
        /// Seconds.
        for_s: f64,
    },
    /// Fly no faster from here on.
    Speed {
        /// Metres per second.
        at_most_mps: f64,
    },
    /// Turn the nose to a place from here on.
    LookAt {
        /// North, east, down of the place of power-on, metres.
        position_ned_m: DVec3,
    },
    /// Turn the nose to where it flies again.
    LookAhead,
    /// Land where it is.
    Land,
    /// Return to the place of power-on and land.
    Return,
}

impl MissionItem {
    /// The pilot's own name for it, if it has one.
    pub fn label(&self) -> Option<&str> {
        match self {
            Self::Waypoint(Waypoint { label, .. }) | Self::Loiter { label, .. } => Some(label),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn label_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Waypoint(Waypoint { label, .. }) | Self::Loiter { label, .. } => Some(label),
            _ => None,
        }
    }

    /// The place that it flies to, if it has one.
    pub fn position_ned_m(&self) -> Option<DVec3> {
        match self {
            Self::Waypoint(point) => Some(point.position_ned_m),
            Self::Loiter { centre_ned_m, .. } => Some(*centre_ned_m),
            _ => None,
        }
    }

    /// Whether a still is to be taken on arrival.
    pub fn takes_still(&self) -> bool {
        matches!(self, Self::Waypoint(point) if point.takes_still)
    }
}

/// When the mission takes stills by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trigger {
    /// At once, and then at each place that is so far from the last.
    ByDistance {
        /// Metres.
        every_m: f64,
    },
    /// At once, and then so often.
    ByTime {
        /// Seconds.
        every_s: f64,
    },
    /// Not at all.
    Never,
}

/// A place that the mission flies to.
#[derive(Clone, Debug, PartialEq)]
pub struct Waypoint {
    /// The pilot's own name for it; for the log only.
    pub label: String,
    /// North, east, down of the place of power-on, metres.
    pub position_ned_m: DVec3,
    /// How long to stay, seconds.
    pub stay_s: f64,
    /// Whether a still is to be taken on arrival.
    pub takes_still: bool,
}
