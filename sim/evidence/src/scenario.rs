//! A story: a place, people, a flight, beats, and what each claim should come to.
//!
//! A [`Scenario`] that exists is valid; nothing downstream checks it again. World frame: east, north, up of
//! the place, in metres; headings in degrees clockwise from north.
//!
//! **Never:** guesses a value that privacy depends on; panics on any input.

mod expects;
mod locate;
mod parse;
mod validate;

#[cfg(test)]
mod tests;

pub use parse::ScenarioError;

use crate::{ClaimId, Class, Recipient};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One story, as its file has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// A sentence.
    pub title: String,
    /// Where on Earth the world's origin lies; the airframe starts there, on the ground, heading north.
    pub place: Place,
    /// Name of a file in `assets/airframes`, without its ending.
    #[serde(default = "default_airframe")]
    pub airframe: String,
    /// Master seed; every room forks its own stream from it.
    pub seed: u64,
    /// Length of the flight, from power-on.
    pub length_s: f64,
    /// Which law the gate enforces.
    #[serde(default = "default_law")]
    pub law: String,
    /// Moving air.
    #[serde(default)]
    pub weather: Weather,
    /// What stands around.
    #[serde(default)]
    pub buildings: Vec<Building>,
    /// Who is there.
    #[serde(default)]
    pub cast: Vec<Person>,
    /// Way-points of the mission, loaded before power-on; their labels are known to pilot and log only.
    #[serde(default)]
    pub mission: Vec<Waypoint>,
    /// Charge of the battery at power-on.
    #[serde(default = "full")]
    pub battery_pct: f64,
    /// How the maker's servers answer.
    #[serde(default)]
    pub server: Server,
    /// What happens, in order of time.
    pub beats: Vec<Beat>,
    /// What each claim should come to; every claim is named.
    #[serde(with = "expects")]
    pub expects: BTreeMap<ClaimId, Expectation>,
}

fn default_airframe() -> String {
    "camera_quad".to_owned()
}

fn default_law() -> String {
    "sealed".to_owned()
}

fn full() -> f64 {
    100.0
}

/// A real place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Latitude, WGS 84, in degrees north.
    pub lat_deg: f64,
    /// Longitude, WGS 84, in degrees east.
    pub lon_deg: f64,
    /// Height of the ground above mean sea level, in metres.
    pub alt_m: f64,
}

/// Steady wind with a random part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weather {
    /// East, north: where the air moves to, in metres per second.
    pub wind_mps: (f64, f64),
    /// Standard deviation of a first-order random gust on each axis, in metres per second.
    pub gust_mps: f64,
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

/// Someone in the scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Unique in the scenario.
    pub name: String,
    /// East, north, in metres.
    pub at_m: (f64, f64),
    /// Heading of the face, in degrees clockwise from north.
    #[serde(default)]
    pub facing_deg: f64,
    /// Height, in metres.
    #[serde(default = "usual_height")]
    pub height_m: f64,
}

fn usual_height() -> f64 {
    1.72
}

/// A point of the mission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waypoint {
    /// What the pilot calls it (1 to 16 printable ASCII characters). It goes to the log only.
    pub label: String,
    /// East, north, and height above the start, in metres.
    pub at_m: (f64, f64, f64),
    /// How long to stay.
    #[serde(default)]
    pub stay_s: f64,
}

/// How the maker's servers answer uploads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Server {
    /// 201 after 40 ms.
    #[default]
    Accepts,
    /// 503 after 40 ms.
    Refuses,
    /// No answer.
    Silent,
}

/// One scripted moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    /// When, from power-on.
    pub at_s: f64,
    /// What.
    pub does: Act,
}

/// What happens in a beat. Commands reach the vehicle as MAVLink bytes from the pilot's ground station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Act {
    /// The pilot arms.
    Arms,
    /// The pilot disarms.
    Disarms,
    /// The pilot commands take-off and hold at a height above the start.
    TakesOff {
        /// Metres above the start.
        height_m: f64,
    },
    /// The pilot switches to hold.
    Holds,
    /// The pilot starts the mission.
    StartsMission,
    /// The pilot commands return to the start and landing.
    Returns,
    /// The pilot commands landing here.
    Lands,
    /// The pilot takes a still; stills are numbered from 1.
    TakesStill,
    /// The pilot starts a recording with the external microphone; recordings are numbered from 1.
    StartsRecording,
    /// The pilot stops the recording.
    StopsRecording,
    /// Somebody speaks: plays a voice from where they stand.
    Speaks {
        /// A name of the cast.
        who: String,
        /// Name of a file in `assets/voices`, without its ending.
        voice: String,
        /// Loudness one metre from the mouth, dB SPL.
        level_db: f64,
    },
    /// Somebody walks to a place, in a straight line.
    Walks {
        /// A name of the cast.
        who: String,
        /// East, north, in metres.
        to_m: (f64, f64),
        /// Metres per second.
        speed_mps: f64,
    },
    /// Somebody turns their face.
    Faces {
        /// A name of the cast.
        who: String,
        /// Degrees clockwise from north.
        heading_deg: f64,
    },
    /// The pilot grants that an object may go to a recipient.
    Grants {
        /// `FlightLog` or `Imagery` (`Audio` and `Face` are refused under the sealed law).
        category: Class,
        /// Which log, still or recording.
        object: u32,
        /// To whom.
        to: Recipient,
        /// For how long; until withdrawn if absent.
        #[serde(default)]
        for_s: Option<f64>,
    },
    /// The pilot withdraws such a grant.
    Withdraws {
        /// As granted.
        category: Class,
        /// As granted.
        object: u32,
        /// As granted.
        from: Recipient,
    },
    /// The pilot asks that an object be sent.
    Requests {
        /// `FlightLog` or `Imagery`.
        category: Class,
        /// Which log or still.
        object: u32,
        /// To whom.
        to: Recipient,
    },
    /// The pilot's link is dead for a while: nothing from the ground reaches the vehicle.
    LosesLink {
        /// For how long.
        for_s: f64,
    },
    /// The maker's servers answer otherwise from now on.
    ServerTurns(Server),
}

/// What a claim should come to in a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expectation {
    /// Tempted, and nothing found.
    Held,
    /// Not tempted.
    Untested,
    /// Broken (for stories about a leaking vehicle or law).
    Broken,
}
