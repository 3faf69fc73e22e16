//! Where a canary may lawfully stand.
//!
//! **Never:** excuses by a wildcard; a new link or a new rule of the law breaks the build here.

use super::needles::Mark;
use super::streams::Stream;
use crate::case::{Case, sound_number, still_number};
use evidence::{Class, Link, Mandate, Recipient, Rule, Tick};

/// Ticks around a commanded recording in which its first or last samples may fall.
const SLACK_TICKS: u64 = 5;

/// Whether the law and the mandate cover this hit.
pub fn is_lawful(case: &Case<'_>, mark: &Mark, stream: &Stream<'_>, tick: Tick) -> bool {
    let mandate = &case.evidence.truth.mandate;
    match (case.evidence.law.rule(mark.class, stream.link), stream.link) {
        (Rule::Free, _) => true,
        (Rule::Never | Rule::Coarse, _) => false,
        (Rule::ByGrant, Link::Card) => is_commanded(mandate, mark, stream.path),
        (
            Rule::ByGrant,
            link @ (Link::Radio
            | Link::Video
            | Link::Uplink
            | Link::RemoteId
            | Link::Console
            | Link::Lights
            | Link::Motion),
        ) => mandate.grants.iter().any(|grant| {
            grant.category == mark.class && grant.recipient.link() == link && grant.holds_at(tick)
        }),
    }
}

/// On the card a sound may stand in a recording that was running when it was heard, and a picture or a face
/// in a still (whether that still was commanded is for the look at the card at rest).
fn is_commanded(mandate: &Mandate, mark: &Mark, path: Option<&str>) -> bool {
    let Some(path) = path else { return false };
    match mark.class {
        Class::Audio => {
            let at = mark.exposed_at.0;
            let runs = |from: u64, to: u64| {
                (from..=to).any(|tick| {
                    mandate.grants.iter().any(|grant| {
                        grant.category == Class::Audio
                            && grant.recipient == Recipient::Card
                            && grant.holds_at(Tick(tick))
                    })
                })
            };
            sound_number(path).is_some() && runs(at.saturating_sub(SLACK_TICKS), at + SLACK_TICKS)
        }
        Class::Face | Class::Imagery => still_number(path).is_some(),
        Class::FlightLog
        | Class::Position
        | Class::Device
        | Class::Account
        | Class::Surroundings
        | Class::Key
        | Class::Public => false,
    }
}
