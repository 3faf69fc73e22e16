//! Where a canary may lawfully stand.
//!
//! **Never:** excuses by a wildcard; a new class, place or rule of the law breaks the build here.

use super::needles::Mark;
use super::streams::{Place, Stream};
use crate::case::{
    Case, film_number, is_sound_under_way, is_under_way, picture_number, sound_number,
};
use evidence::{Class, Link, Mandate, Recipient, Rule, Tick};

/// How truth calls the operator's number.
const OPERATOR: &str = "operator";

/// Ticks around a commanded recording in which its first or last samples may fall.
const SLACK_TICKS: u64 = 5;

/// Whether the law and the mandate cover this hit.
pub fn is_lawful(case: &Case<'_>, mark: &Mark, stream: &Stream<'_>, tick: Tick) -> bool {
    let mandate = &case.evidence.truth.mandate;
    let rule = case.evidence.law.rule(mark.class, stream.link);
    if is_operator_broadcast(mark, stream.link) {
        return true;
    }
    match (stream.place, rule) {
        (Place::OpenedLog, _) => is_logged(mark.class),
        (_, Rule::Never | Rule::Coarse) => false,
        (_, Rule::Free | Rule::ByGrant) if is_never_in_clear(mark.class, stream.place) => false,
        (_, Rule::Free) => true,
        (Place::File(path), Rule::ByGrant) => is_commanded(mandate, mark, path),
        (Place::Said, Rule::ByGrant) => mandate.grants.iter().any(|grant| {
            grant.category == mark.class
                && grant.recipient.link() == stream.link.column()
                && grant.holds_at(tick)
        }),
    }
}

/// The operator's number is broadcast, as the standard asks; that it stands in its own message is for the decoder.
fn is_operator_broadcast(mark: &Mark, link: Link) -> bool {
    link == Link::RemoteId && mark.subject == OPERATOR
}

/// Whether a class has its place in what the owner's key opens.
fn is_logged(class: Class) -> bool {
    match class {
        Class::FlightLog | Class::Position | Class::Public => true,
        Class::Audio
        | Class::Face
        | Class::Imagery
        | Class::Device
        | Class::Account
        | Class::Surroundings
        | Class::Key => false,
    }
}

/// What a law frees or a grant opens of a log is its sealed form, and of a picture on a link its scrubbed JPEG: no
/// needle stands in these, so one that is found there is of neither, whatever was granted.
fn is_never_in_clear(class: Class, place: Place<'_>) -> bool {
    match class {
        Class::FlightLog => true,
        Class::Imagery => place == Place::Said,
        Class::Audio
        | Class::Face
        | Class::Position
        | Class::Device
        | Class::Account
        | Class::Surroundings
        | Class::Key
        | Class::Public => false,
    }
}

/// On the card a sound may stand in a recording that was running when it was heard, and a picture or a face
/// in a still (whether that still was commanded is for the look at the card at rest).
fn is_commanded(mandate: &Mandate, mark: &Mark, path: &str) -> bool {
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
            let is_sound =
                sound_number(path).is_some() || is_sound_under_way(path) || is_film(path);
            is_sound && runs(at.saturating_sub(SLACK_TICKS), at + SLACK_TICKS)
        }
        Class::Face | Class::Imagery => picture_number(path).is_some() || is_under_way(path),
        // What a still says of its camera, where the pilot has that on.
        Class::Device => mandate.grants.iter().any(|grant| {
            grant.category == Class::Device
                && grant.recipient == Recipient::Card
                && picture_number(path) == Some(grant.object)
        }),
        Class::FlightLog
        | Class::Position
        | Class::Account
        | Class::Surroundings
        | Class::Key
        | Class::Public => false,
    }
}

/// Whether a path is that of a film, whole or under way.
fn is_film(path: &str) -> bool {
    film_number(path).is_some() || is_under_way(path)
}
