//! What a detector says, which claim that breaks, and the set of detectors.
//!
//! **Never:** holds the secret that was found; an alarm names its rule and shows at most a few bytes.

mod claim;
mod switch;

pub(crate) use switch::{TELEMETRY, switch_of};

use crate::case::{Case, Memo};
use crate::{chance, consent, decode, place, rest, search, swap};
use evidence::scenario::Setting;
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
    /// Consent monitor: what left was not granted or not switched on at that tick, was asked for by nobody who may,
    /// or is another still than it says.
    CON,
    /// Card at rest: a file that nobody commanded, a log that its owner cannot open and read, a deletion that leaves
    /// the contents behind.
    RES,
    /// Location checker: a place finer than its cell, another cell than the one flown in, a report off its slot.
    LOC,
    /// Chance: a key, nonce or number that should be drawn afresh and is constant, repeated or easily guessed.
    ENT,
}

impl Detector {
    /// Every detector, in the order of the matrix.
    pub const ALL: [Self; 9] = [
        Self::CAN,
        Self::DEC,
        Self::NIC,
        Self::NIT,
        Self::PHY,
        Self::CON,
        Self::RES,
        Self::LOC,
        Self::ENT,
    ];

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
            Self::LOC => "LOC",
            Self::ENT => "ENT",
        }
    }

    /// Whether it is a verdict of the swap test, so that it says nothing where no twin was flown.
    #[must_use]
    pub fn is_swap(self) -> bool {
        match self {
            Self::NIC | Self::NIT | Self::PHY => true,
            Self::CAN | Self::DEC | Self::CON | Self::RES | Self::LOC | Self::ENT => false,
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
    /// The one claim that it breaks, beside `only-known-links` where it is unlisted.
    pub claim: ClaimId,
    /// The rule, and a few words of proof.
    pub shown: String,
    /// The switch under which this leaves, where there is one. Known until the claim is.
    #[serde(skip)]
    switch: Option<Setting>,
    /// The claim that the rule itself is about, whatever was carried. Known until the claim is.
    #[serde(skip)]
    about: Option<ClaimId>,
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
        let claim = claim::of_class(class, link);
        let (switch, about) = (None, None);
        Self { tick, link, detector, class, unlisted: false, claim, shown, switch, about }
    }

    /// The same alarm about a way out that nobody listed.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }

    /// The same alarm about something that leaves under a switch.
    #[must_use]
    pub(crate) fn under(mut self, switch: Option<Setting>) -> Self {
        self.switch = self.switch.or(switch);
        self
    }

    /// The same alarm about a claim that does not follow from what was carried.
    #[must_use]
    pub(crate) fn about(mut self, claim: Option<ClaimId>) -> Self {
        self.about = self.about.or(claim);
        self
    }

    /// Whether it breaks `claim`: its own, and `only-known-links` where it is unlisted.
    #[must_use]
    pub fn breaks(&self, claim: ClaimId) -> bool {
        self.claim == claim || (claim == ClaimId::OnlyKnownLinks && self.unlisted)
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
    alarms_with(&Memo::of(evidence), evidence, recording, twins, detectors)
}

/// As [`alarms`], with what is found out once for an evidence.
pub(crate) fn alarms_with(
    memo: &Memo<'_>,
    evidence: &Evidence,
    recording: &Recording,
    twins: &[TwinRecord],
    detectors: &Detectors,
) -> Vec<Alarm> {
    let case = Case::of(evidence, recording, memo);
    let mut alarms = Vec::new();
    if detectors.has(Detector::CAN) {
        search::search(&case, &mut alarms);
    }
    if detectors.has(Detector::DEC) {
        decode::decode(&case, &mut alarms);
    }
    swap::swap(twins, &mut alarms);
    if detectors.has(Detector::CON) {
        consent::consent(&case, &mut alarms);
    }
    if detectors.has(Detector::RES) {
        rest::rest(&case, &mut alarms);
    }
    if detectors.has(Detector::LOC) {
        place::place(&case, &mut alarms);
    }
    if detectors.has(Detector::ENT) {
        chance::chance(&case, &mut alarms);
    }
    alarms.retain(|alarm| detectors.has(alarm.detector));
    alarms.iter_mut().for_each(|alarm| claim::settle(&case, alarm));
    alarms.sort();
    alarms.dedup();
    alarms
}
