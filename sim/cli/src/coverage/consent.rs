//! In which state consent is at a moment of a story.
//!
//! A beat that names an object is in the state of that object and recipient. Any other moment is in every state
//! that the beats before it have left behind.
//!
//! **Never:** counts what a stranger or a forger says.

use evidence::scenario::Act;
use evidence::{Class, Recipient};
use serde::Serialize;
use std::collections::BTreeSet;

/// What was agreed about something that might leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Nobody has granted or asked for anything.
    NeverAsked,
    /// Asked for, and never granted.
    Denied,
    /// A grant is in force.
    Granted,
    /// A grant was taken back.
    Withdrawn,
    /// A grant has run out.
    Expired,
    /// A grant is in force for another object or recipient.
    OtherObject,
}

impl Consent {
    /// Every state, in the order of the columns.
    pub const ALL: [Self; 6] = [
        Self::NeverAsked,
        Self::Denied,
        Self::Granted,
        Self::Withdrawn,
        Self::Expired,
        Self::OtherObject,
    ];

    /// The head of its column.
    #[must_use]
    pub fn head(self) -> &'static str {
        match self {
            Self::NeverAsked => "never asked",
            Self::Denied => "denied",
            Self::Granted => "granted",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::OtherObject => "other object",
        }
    }
}

type Scope = (Class, u32, Recipient);

struct Grant {
    scope: Scope,
    until_s: f64,
    is_withdrawn: bool,
}

/// What the beats so far have said about consent.
#[derive(Default)]
pub struct Ledger {
    grants: Vec<Grant>,
    left_behind: BTreeSet<Consent>,
}

impl Ledger {
    /// Takes note of a beat, and answers the states that it is in.
    pub fn hear(&mut self, at_s: f64, act: &Act) -> BTreeSet<Consent> {
        match act {
            Act::Grants { category, object, to, for_s } => {
                let until_s = for_s.map_or(f64::INFINITY, |for_s| at_s + for_s);
                let scope = (*category, *object, *to);
                self.grants.push(Grant { scope, until_s, is_withdrawn: false });
                BTreeSet::from([Consent::Granted])
            }
            Act::Withdraws { category, object, from } => {
                let scope = (*category, *object, *from);
                for grant in self.grants.iter_mut().filter(|grant| grant.scope == scope) {
                    grant.is_withdrawn = true;
                }
                BTreeSet::from([Consent::Withdrawn])
            }
            Act::ResetsToFactory => {
                *self = Self::default();
                self.states(at_s)
            }
            act => match named(act) {
                Some(scope) => {
                    let state = self.state(scope, at_s);
                    self.left_behind.insert(state);
                    BTreeSet::from([state])
                }
                None => self.states(at_s),
            },
        }
    }

    /// Every state that was left behind.
    #[must_use]
    pub fn states(&self, at_s: f64) -> BTreeSet<Consent> {
        let mut states = self.left_behind.clone();
        states.remove(&Consent::Granted);
        states.extend(self.grants.iter().map(|grant| grant.state(at_s)));
        if states.is_empty() {
            states.insert(Consent::NeverAsked);
        }
        states
    }

    fn state(&self, scope: Scope, at_s: f64) -> Consent {
        let of_scope = || self.grants.iter().filter(|grant| grant.scope == scope);
        if of_scope().any(|grant| grant.state(at_s) == Consent::Granted) {
            return Consent::Granted;
        }
        if let Some(last) = of_scope().next_back() {
            return last.state(at_s);
        }
        let is_alike = |grant: &&Grant| grant.scope.0 == scope.0;
        let mut alike = self.grants.iter().filter(is_alike);
        match alike.any(|grant| grant.state(at_s) == Consent::Granted) {
            true => Consent::OtherObject,
            false => Consent::Denied,
        }
    }
}

impl Grant {
    fn state(&self, at_s: f64) -> Consent {
        match () {
            () if self.is_withdrawn => Consent::Withdrawn,
            () if self.until_s <= at_s => Consent::Expired,
            () => Consent::Granted,
        }
    }
}

/// The object that a beat asks for.
fn named(act: &Act) -> Option<Scope> {
    match act {
        Act::Requests { category, object, to } => Some((*category, *object, *to)),
        Act::ReadsLog { object } => Some((Class::FlightLog, *object, Recipient::Pilot)),
        Act::ReadsFile { path } => {
            let digits: String = path.chars().rev().skip(4).take(4).collect();
            let number = digits.chars().rev().collect::<String>().parse().ok()?;
            let category = match path.split('/').next() {
                Some("DCIM") => Class::Imagery,
                Some("LOG") => Class::FlightLog,
                _ => return None,
            };
            Some((category, number, Recipient::Pilot))
        }
        _ => None,
    }
}
