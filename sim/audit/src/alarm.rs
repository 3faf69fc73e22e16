//! What a detector says, and the set of detectors.
//!
//! **Never:** holds the secret that was found; an alarm names its rule and shows at most a few bytes.

use crate::case::{Case, Needles};
use crate::{consent, decode, rest, search, swap};
use evidence::{ClaimId, Class, Evidence, Link, Recording, Tick, TwinRecord};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Longest text of an alarm, in characters.
pub const SHOWN_MAX: usize = 120;

/// A way of looking for leaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Detector {
    /// Canary search: known secrets in many disguises.
    CAN,
    /// Decoder: every byte on every link must be of a listed form.
    DEC,
    /// Noninterference in content: a twin said other bytes.
    NIC,
    /// Noninterference in time: a twin said more, less, longer or in another order.
    NIT,
    /// Noninterference in what can be seen: a twin moved or lit up otherwise.
    PHY,
    /// Consent monitor: what left was not granted at that tick, or is another still than it says.
    CON,
    /// Card at rest: a file that nobody commanded, or a log that its owner cannot open and read.
    RES,
}

impl Detector {
    /// Every detector, in the order of the matrix.
    pub const ALL: [Self; 7] =
        [Self::CAN, Self::DEC, Self::NIC, Self::NIT, Self::PHY, Self::CON, Self::RES];

    /// Its three letters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CAN => "CAN",
            Self::DEC => "DEC",
            Self::NIC => "NIC",
            Self::NIT => "NIT",
            Self::PHY => "PHY",
            Self::CON => "CON",
            Self::RES => "RES",
        }
    }
}

impl fmt::Display for Detector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Which detectors are switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detectors(BTreeSet<Detector>);

impl Detectors {
    /// All of them.
    #[must_use]
    pub fn all() -> Self {
        Self(Detector::ALL.into())
    }

    /// Exactly these.
    #[must_use]
    pub fn only(detectors: &[Detector]) -> Self {
        Self(detectors.iter().copied().collect())
    }

    /// The same set with one of them switched off.
    #[must_use]
    pub fn without(mut self, detector: Detector) -> Self {
        self.0.remove(&detector);
        self
    }

    /// Whether a detector is switched on.
    #[must_use]
    pub fn has(&self, detector: Detector) -> bool {
        self.0.contains(&detector)
    }
}

/// One thing that a detector holds to be wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alarm {
    /// When.
    pub tick: Tick,
    /// On which link.
    pub link: Link,
    /// Who says so.
    pub detector: Detector,
    /// Which class of data got out, where that can be told.
    pub class: Option<Class>,
    /// Whether this is a way out that nobody listed: unreadable bytes, an unknown message, an undeclared file.
    pub unlisted: bool,
    /// The rule, and a few words of proof.
    pub shown: String,
}

impl Alarm {
    /// An alarm about a listed way out; its text is cut to [`SHOWN_MAX`] printable characters.
    #[must_use]
    pub fn new(
        detector: Detector,
        class: Option<Class>,
        link: Link,
        tick: Tick,
        shown: &str,
    ) -> Self {
        let shown = shown.chars().map(|c| if c.is_control() { '?' } else { c });
        let shown = shown.take(SHOWN_MAX).collect();
        Self { tick, link, detector, class, unlisted: false, shown }
    }

    /// The same alarm about a way out that nobody listed.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }

    /// Whether it breaks `claim`. A class with a claim of its own breaks that claim; everything else, and
    /// every unlisted way out, breaks `only-known-links`.
    #[must_use]
    pub fn breaks(&self, claim: ClaimId) -> bool {
        let own = match self.class {
            Some(Class::Audio) => Some(ClaimId::NoAudio),
            Some(Class::Face) => Some(ClaimId::NoFaces),
            Some(Class::FlightLog) => Some(ClaimId::LogConsent),
            Some(Class::Imagery) => Some(ClaimId::MediaConsent),
            Some(
                Class::Position
                | Class::Device
                | Class::Account
                | Class::Surroundings
                | Class::Key
                | Class::Public,
            )
            | None => None,
        };
        own == Some(claim) || (claim == ClaimId::OnlyKnownLinks && (own.is_none() || self.unlisted))
    }
}

/// What the detectors say of one seat's recording and its twins, in order of time.
#[must_use]
pub fn alarms(
    evidence: &Evidence,
    recording: &Recording,
    twins: &[TwinRecord],
    detectors: &Detectors,
) -> Vec<Alarm> {
    alarms_with(&Needles::of(evidence), evidence, recording, twins, detectors)
}

/// As [`alarms`], with needles that are built once for an evidence.
pub(crate) fn alarms_with(
    needles: &Needles,
    evidence: &Evidence,
    recording: &Recording,
    twins: &[TwinRecord],
    detectors: &Detectors,
) -> Vec<Alarm> {
    let case = Case::of(evidence, recording);
    let mut alarms = Vec::new();
    if detectors.has(Detector::CAN) {
        search::search(&case, needles, &mut alarms);
    }
    if detectors.has(Detector::DEC) {
        decode::decode(&case, &mut alarms);
    }
    swap::swap(twins, &mut alarms);
    if detectors.has(Detector::CON) {
        consent::consent(&case, &mut alarms);
    }
    if detectors.has(Detector::RES) {
        rest::rest(&case, needles, &mut alarms);
    }
    alarms.retain(|alarm| detectors.has(alarm.detector));
    alarms.sort();
    alarms.dedup();
    alarms
}
