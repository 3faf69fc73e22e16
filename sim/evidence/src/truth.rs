//! What was really so: who was heard and seen, who consented to what, where the airframe flew.
//!
//! Claims are judged against the [`Mandate`], never against the vehicle's own ledger.
//!
//! **Never:** comes from the vehicle.

use crate::{Class, Link, Recipient, Tick};
use serde::{Deserialize, Serialize};

/// A secret reached a sense. At most one a second per class and subject is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exposure {
    /// When.
    pub tick: Tick,
    /// What kind of secret.
    pub class: Class,
    /// Whose voice or face; which object; which sensor.
    pub subject: String,
    /// Sound pressure level in dB at the microphone for `Audio`, head height in pixels for `Face`
    /// and `Imagery`, 0 otherwise.
    pub level: f64,
    /// Bytes of the secret exactly as the sense delivered them; empty where none is recognisable.
    #[serde(with = "crate::hex::bytes")]
    pub needle: Vec<u8>,
}

/// Consent, or a pilot's own command to capture, as it really was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// Number of the record, from 1, in the order given.
    pub record_id: u32,
    /// Who gave it.
    pub subject: String,
    /// What for.
    pub purpose: String,
    /// Which category of data (`FlightLog`, `Imagery`, `Audio`).
    pub category: Class,
    /// Which object of that category (log 1, still 2, recording 1).
    pub object: u32,
    /// To whom it may go.
    pub recipient: Recipient,
    /// From this tick.
    pub given_at: Tick,
    /// Not at this tick or later.
    pub valid_until: Option<Tick>,
    /// Not at this tick or later.
    pub withdrawn_at: Option<Tick>,
    /// How it was given.
    pub method: String,
}

impl Grant {
    /// Whether it is in force at `tick`.
    #[must_use]
    pub fn holds_at(&self, tick: Tick) -> bool {
        self.given_at <= tick
            && self.valid_until.is_none_or(|end| tick < end)
            && self.withdrawn_at.is_none_or(|end| tick < end)
    }
}

/// All consent really given in a flight, and all captures really commanded (recipient `Card`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mandate {
    /// In the order given.
    pub grants: Vec<Grant>,
}

impl Mandate {
    /// Whether a grant for exactly this object and recipient is in force at `tick`.
    #[must_use]
    pub fn allows(&self, category: Class, object: u32, recipient: Recipient, tick: Tick) -> bool {
        self.grants.iter().any(|g| {
            g.category == category
                && g.object == object
                && g.recipient == recipient
                && g.holds_at(tick)
        })
    }

    /// When a grant for `category` first opens `link` in this flight; never, for most.
    #[must_use]
    pub fn opens(&self, category: Class, link: Link) -> Option<Tick> {
        let opening = |g: &&Grant| g.category == category && g.recipient.link() == link;
        self.grants.iter().filter(opening).map(|g| g.given_at).min()
    }
}

/// Where the airframe was: world ENU, metres and metres per second, at 10 Hz.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrackPoint {
    /// When.
    pub tick: Tick,
    /// East, north, up of the scenario's place, in metres.
    pub position_m: [f64; 3],
    /// East, north, up, in metres per second.
    pub velocity_mps: [f64; 3],
    /// Unit quaternion x, y, z, w that turns body (x forward, y left, z up) into world ENU.
    pub world_from_body_xyzw: [f64; 4],
}

/// Everything that was really so, for seat 0's secrets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Which secret reached which sense when.
    pub exposures: Vec<Exposure>,
    /// Consent as really given.
    pub mandate: Mandate,
    /// Canaries of classes that have no exposure of their own: serial, Wi-Fi key, neighbours, log texts.
    pub canaries: Vec<Exposure>,
    /// The owner's X25519 secret, which an auditor is handed: with it the sealed logs on the card can be opened.
    #[serde(with = "crate::hex::key")]
    pub owner_secret: [u8; 32],
    /// Microphone samples delivered.
    pub microphone_samples: u64,
    /// Ticks in which a voice reached the microphone at 70 dB or more.
    pub loud_ticks: u64,
    /// Camera frames offered to the vehicle.
    pub frames: u64,
    /// Frames in which at least one face of 8 pixels or more is turned to the camera and in view.
    pub frames_with_faces: u64,
    /// Whether the airframe ended on the ground, upright, with its rotors still.
    pub landed_safely: bool,
}
