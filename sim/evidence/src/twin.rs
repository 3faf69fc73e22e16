//! The same flight with other secrets: what is swapped, and where it was first heard.
//!
//! **Never:** chooses twins (the audit does, from the law) or builds secrets (the flight does).

use crate::{Carrier, Class, Difference, Link, Tick};
use serde::{Deserialize, Serialize};

/// How a twin's secrets are chosen. Chosen secrets come before random ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// Silence; nobody's face (blank heads); short log texts.
    Nothing,
    /// Full-scale speech; loud colours; long log texts.
    Loudest,
    /// Drawn from the seed, of the same length as seat 0's.
    Random(u64),
    /// A tone at 7.9 kHz, above what speech holds, for `Audio`; for other classes as `Random(0)`.
    Ultrasonic,
}

/// One twin to fly: which classes get other secrets, and on which links no difference may show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// Classes whose secrets are swapped together.
    pub swaps: Vec<Class>,
    /// How the other secrets are chosen.
    pub choice: Choice,
    /// Links on which this twin must equal seat 0, byte and tick.
    pub judged: Vec<Link>,
    /// Links on which this twin must equal seat 0 before that tick, because from then on a grant lets lengths
    /// show that it does not share with seat 0.
    pub judged_before: Vec<(Link, Tick)>,
    /// What a grant lets through for these classes: emissions whose contents are not compared. All else on
    /// their links is, to the byte and the tick.
    pub carriers: Vec<Carrier>,
}

impl Twin {
    /// Whether a difference on `link` at `tick` is one that may not be.
    #[must_use]
    pub fn judges(&self, link: Link, tick: Tick) -> bool {
        self.judged.contains(&link)
            || self.judged_before.iter().any(|(opened, at)| *opened == link && tick < *at)
    }
}

/// What became of a twin: the first difference on each link, none where it stayed equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwinRecord {
    /// The twin as planned.
    pub twin: Twin,
    /// First difference per link, in link order; all links, judged or not.
    pub differences: Vec<Difference>,
}
