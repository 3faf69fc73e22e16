//! What was really so: who was heard and seen, who consented to what, where the airframe flew.
//!
//! Claims are judged against the [`Mandate`], never against the vehicle's own ledger.
//!
//! **Never:** comes from the vehicle.

use crate::cell::Cell;
use crate::scenario::Setting;
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

/// A switch that the pilot really set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// When the vehicle heard it.
    pub tick: Tick,
    /// Which switch.
    pub name: Setting,
    /// 0 or 1.
    pub value: i32,
}

/// All consent really given in a flight, all captures really commanded (recipients `Card` and `Viewer`), and all
/// switches really set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mandate {
    /// In the order given.
    pub grants: Vec<Grant>,
    /// In the order set. What was never set is as it left the factory.
    pub controls: Vec<Control>,
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

    /// Whether a switch is on at `tick`, counting what was set in that very tick.
    #[must_use]
    pub fn is_on(&self, name: Setting, tick: Tick) -> bool {
        let set = self.controls.iter().rev().find(|c| c.name == name && c.tick <= tick);
        set.map_or(name.factory(), |control| control.value) == 1
    }

    /// When a grant for `category` first opens `link` in this flight; never, for most.
    #[must_use]
    pub fn opens(&self, category: Class, link: Link) -> Option<Tick> {
        let opening = |g: &&Grant| g.category == category && g.recipient.link() == link.column();
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

/// What satellite positioning told the vehicle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionFix {
    /// When the vehicle was told.
    pub tick: Tick,
    /// Degrees north.
    pub lat_deg: f64,
    /// Degrees east.
    pub lon_deg: f64,
    /// The cell that this is in.
    pub cell: Cell,
}

/// When and why the airframe was destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destroyed {
    /// When.
    pub tick: Tick,
    /// What did it, as a sentence without its full stop.
    pub why: String,
}

/// Everything that was really so, for seat 0's secrets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Which secret reached which sense when.
    pub exposures: Vec<Exposure>,
    /// Consent as really given.
    pub mandate: Mandate,
    /// Canaries of classes that have no exposure of their own: serial, keys, neighbours, log texts, e-mail, phone,
    /// operator's number.
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
    /// Frames that were searched for faces, two a second at most.
    pub frames_looked_at: u64,
    /// Frames among those in which at least one face of 8 pixels or more is turned to the camera and in view.
    pub frames_with_faces: u64,
    /// People of whom any part was in view, summed over frames.
    pub people_in_view: u64,
    /// Heads and people that the vision chip found, summed over frames.
    pub found: u64,
    /// Heads and people in view that the vision chip did not find, summed over frames.
    pub missed: u64,
    /// Times that the maker's servers refused a stranger what the vehicle had sent them.
    pub refused_reads: u64,
    /// Ticks in which the vehicle was switched on: its first step of each boot.
    pub power_ons: Vec<Tick>,
    /// Ticks from which it was without power.
    pub power_offs: Vec<Tick>,
    /// Fixes of satellite positioning as delivered: one a second, and each first one in another cell.
    pub position_fixes: Vec<PositionFix>,
    /// Whether the airframe ended on the ground, upright, with its rotors still.
    pub landed_safely: bool,
    /// What destroyed the airframe, if anything did. It stays down from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destroyed: Option<Destroyed>,
}
