//! The mission: what the vehicle does by itself, item by item, loaded before power-on.
//!
//! The items are MAVLink's mission commands, under their numbers: `Waypoint` 16, `TakeOff` 22, `Delay` 93, `Speed`
//! 178, `LooksAt` 195, `LooksAhead` 197, `Land` 21, `Returns` 20, `Loiter` 18, `TriggersByDistance` 206,
//! `TriggersByTime` 214, `TriggersNever` 206 with no distance.
//!
//! **Never:** says how long an item takes; that is for the flight.

use serde::{Deserialize, Serialize};

/// One item of the mission. Those that name no place take effect where the vehicle is then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Item {
    /// Flies to a place.
    Waypoint {
        /// What the pilot calls it (1 to 16 printable ASCII characters). It goes to the log only.
        label: String,
        /// East, north, and height above the start, in metres.
        at_m: (f64, f64, f64),
        /// How long to stay.
        #[serde(default)]
        stay_s: f64,
        /// Whether the vehicle takes a still on reaching it.
        #[serde(default)]
        takes_still: bool,
    },
    /// Climbs straight up.
    TakeOff {
        /// Metres above the start.
        height_m: f64,
    },
    /// Circles a place, its nose to the centre unless it looks elsewhere.
    Loiter {
        /// What the pilot calls it, as a way-point.
        label: String,
        /// The centre: east, north, and height above the start, in metres.
        at_m: (f64, f64, f64),
        /// Clockwise from above if positive.
        radius_m: f64,
        /// How often.
        turns: f64,
    },
    /// Takes a still here, and from here on one each so far, until it never does or the mission ends.
    TriggersByDistance {
        /// Metres.
        every_m: f64,
    },
    /// The same, one each so often.
    TriggersByTime {
        /// Seconds.
        every_s: f64,
    },
    /// Takes no more such stills.
    TriggersNever,
    /// Waits where it is.
    Delay {
        /// For how long.
        for_s: f64,
    },
    /// Flies no faster from here on.
    Speed {
        /// Metres per second.
        at_most_mps: f64,
    },
    /// Turns its nose to a place from here on.
    LooksAt {
        /// East, north, and height above the start, in metres.
        at_m: (f64, f64, f64),
    },
    /// Turns its nose to where it flies again.
    LooksAhead,
    /// Lands where it is. It is the last item.
    Land,
    /// Returns to the start and lands. It is the last item.
    Returns,
}

impl Item {
    /// The place that it flies to, if it has one: east, north, and height above the start, in metres.
    #[must_use]
    pub fn at_m(&self) -> Option<(f64, f64, f64)> {
        match self {
            Self::Waypoint { at_m, .. } | Self::Loiter { at_m, .. } => Some(*at_m),
            Self::TakeOff { .. }
            | Self::TriggersByDistance { .. }
            | Self::TriggersByTime { .. }
            | Self::TriggersNever
            | Self::Delay { .. }
            | Self::Speed { .. }
            | Self::LooksAt { .. }
            | Self::LooksAhead
            | Self::Land
            | Self::Returns => None,
        }
    }

    /// What the pilot calls it, if it has a name.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        match self {
            Self::Waypoint { label, .. } | Self::Loiter { label, .. } => Some(label),
            Self::TakeOff { .. }
            | Self::TriggersByDistance { .. }
            | Self::TriggersByTime { .. }
            | Self::TriggersNever
            | Self::Delay { .. }
            | Self::Speed { .. }
            | Self::LooksAt { .. }
            | Self::LooksAhead
            | Self::Land
            | Self::Returns => None,
        }
    }

    /// Whether it takes a still of its own.
    #[must_use]
    pub fn takes_still(&self) -> bool {
        matches!(self, Self::Waypoint { takes_still: true, .. })
    }

    /// Whether stills come by themselves from here on.
    #[must_use]
    pub fn triggers(&self) -> bool {
        matches!(self, Self::TriggersByDistance { .. } | Self::TriggersByTime { .. })
    }

    /// Whether it ends the mission on the ground.
    #[must_use]
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Land | Self::Returns)
    }

    /// Whether a mission on the ground may begin to fly with it.
    #[must_use]
    pub fn leaves_the_ground(&self) -> bool {
        matches!(self, Self::Waypoint { .. } | Self::Loiter { .. } | Self::TakeOff { .. })
    }

    /// Whether it takes time; the others set something on the way to the next.
    #[must_use]
    pub fn flies(&self) -> bool {
        match self {
            Self::Waypoint { .. }
            | Self::Loiter { .. }
            | Self::TakeOff { .. }
            | Self::Delay { .. }
            | Self::Land
            | Self::Returns => true,
            Self::Speed { .. }
            | Self::LooksAt { .. }
            | Self::LooksAhead
            | Self::TriggersByDistance { .. }
            | Self::TriggersByTime { .. }
            | Self::TriggersNever => false,
        }
    }
}
