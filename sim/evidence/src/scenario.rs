//! A story: a place, people, a flight, beats, and what each claim should come to.
//!
//! A [`Scenario`] that exists is valid; nothing downstream checks it again. World frame: east, north, up of
//! the place, in metres; headings in degrees clockwise from north.
//!
//! **Never:** guesses a value that privacy depends on; panics on any input.

pub(crate) mod act;
pub mod airmanship;
mod expects;
pub mod geofence;
mod hand;
mod land;
mod light;
mod locate;
pub mod mission;
pub mod outages;
mod parse;
mod sensor;
mod setting;
mod validate;
mod weather;

#[cfg(test)]
mod tests;

pub use act::{Act, Client, Gaze, Sender};
pub use airmanship::FlightExpectation;
pub use geofence::{Area, FenceAction, Geofence};
pub use hand::{BY_HAND_MPS_MAX, Manual};
pub use land::{Building, Terrain, Tree, Water};
pub use light::{Lamp, Light};
pub use mission::Item;
pub use parse::ScenarioError;
pub use sensor::{Bias, Failure, Receiver, Sensor};
pub use setting::Setting;
pub use weather::{Gust, Shear, Weather};

use crate::{ClaimId, Personality, Ways};
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
    /// How high the ground is.
    #[serde(default)]
    pub terrain: Terrain,
    /// What stands around.
    #[serde(default)]
    pub buildings: Vec<Building>,
    /// What grows around.
    #[serde(default)]
    pub trees: Vec<Tree>,
    /// Where there is water.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waters: Vec<Water>,
    /// What light there is.
    #[serde(default)]
    pub light: Light,
    /// Lamps that shine.
    #[serde(default)]
    pub lamps: Vec<Lamp>,
    /// Who is there.
    #[serde(default)]
    pub cast: Vec<Person>,
    /// The mission, loaded before power-on; the labels of its way-points are known to pilot and log only.
    #[serde(default)]
    pub mission: Vec<Item>,
    /// Where it is to stay, loaded before power-on; everywhere, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geofence: Option<Geofence>,
    /// Charge of the battery at power-on.
    #[serde(default = "full")]
    pub battery_pct: f64,
    /// What the satellite receiver is.
    #[serde(default)]
    pub receiver: Receiver,
    /// How the maker's servers answer.
    #[serde(default)]
    pub server: Server,
    /// What the ground station sets from 1 s after the first power-on, in the order of [`Setting::ALL`].
    #[serde(default)]
    pub settings: BTreeMap<Setting, i32>,
    /// How well the vision chip finds heads and people.
    #[serde(default)]
    pub finder: Finder,
    /// The pilot's account, known to the ground station.
    #[serde(default)]
    pub account: Option<Account>,
    /// The operator's registration number, which the ground station hands over 2 s after the first power-on.
    #[serde(default)]
    pub operator: Option<String>,
    /// How the removable card is at power-on.
    #[serde(default)]
    pub card: Card,
    /// Whose ways it has with ground stations on a second telemetry port; it has none, if absent. On its radio it has
    /// PX4's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telemetry2: Option<Personality>,
    /// What happens, in order of time.
    pub beats: Vec<Beat>,
    /// How well the vehicle should fly; where it says nothing, nothing is judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expects_flight: Vec<FlightExpectation>,
    /// What each claim should come to; a claim that the file does not name is expected untested.
    #[serde(with = "expects")]
    pub expects: BTreeMap<ClaimId, Expectation>,
}

impl Scenario {
    /// Whether the script has a ground station that says something.
    #[must_use]
    pub fn speaks(&self) -> bool {
        let says = self.beats.iter().any(|beat| beat.does.is_said());
        says || !self.settings.is_empty() || self.operator.is_some()
    }

    /// Whose ways the vehicle has where the script alone speaks.
    #[must_use]
    pub fn ways(&self) -> Ways {
        Ways { radio: Personality::Px4, telemetry2: self.telemetry2 }
    }

    /// The story as a file that [`Scenario::parse`] reads back to the same story, for one that no person wrote.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Numbers, strings, lists and maps with names for keys: there is nothing in a story that RON cannot hold.
        let layout = ron::ser::PrettyConfig::default().depth_limit(2);
        let mut text = ron::ser::to_string_pretty(self, layout).unwrap_or_default();
        text.push('\n');
        text
    }
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

/// The vision chip: how often it finds, how exactly, how late. It never knows who it finds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Finder {
    /// Chance that a head or a person in view is found in a frame.
    pub recall: f64,
    /// Standard deviation of each edge of a box, in pixels.
    pub noise_px: f64,
    /// How many frames late its findings are.
    pub latency_frames: u32,
}

impl Default for Finder {
    fn default() -> Self {
        Self { recall: 1.0, noise_px: 1.5, latency_frames: 1 }
    }
}

/// Who flies, as the ground station knows it. Nobody checks whether it is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// An e-mail address, or whatever was typed there.
    pub email: String,
    /// A phone number, or whatever was typed there.
    pub phone: String,
}

/// How the removable card takes writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Card {
    /// All of them, at once.
    #[default]
    Healthy,
    /// As long as they fit into the last 200 kB.
    Full,
    /// All of them, but each only some time later.
    Slow,
    /// Cut short or not at all, from one write to the next.
    Failing,
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
    /// 307 to another host.
    Redirects(Whither),
    /// Bytes that are no HTTP.
    Garbage,
    /// 200, with a body that asks for more than was offered.
    Greedy,
    /// No answer to look-ups of names; whoever knows the address is accepted.
    NameServerSilent,
}

/// Where a server redirects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whither {
    /// Another of the maker's declared hosts.
    Declared,
    /// A host that nobody declared.
    Elsewhere,
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
