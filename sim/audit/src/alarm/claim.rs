//! Which one claim an alarm breaks: by what was carried, where, when, and under which switch.
//!
//! **Never:** has a class or a link fall through to another's claim.

use super::{Alarm, switch_of};
use crate::case::Case;
use crate::decode::uplink::{Service, service};
use evidence::scenario::Setting;
use evidence::{ClaimId, Class, Link, Recipient, Tick};

/// Ticks after a commanded recording in which its last sound may still be written.
const SOUND_LATE_TICKS: u64 = 5;

/// The claim that carrying a class on a link breaks, where nothing else is known.
pub fn of_class(class: Option<Class>, link: Link) -> ClaimId {
    let is_uplink = link == Link::Uplink;
    let is_card = link == Link::Card;
    match class {
        Some(Class::Audio) => ClaimId::NoAudio,
        Some(Class::Face) => ClaimId::NoFaces,
        Some(Class::Imagery) if is_card => ClaimId::MediaManual,
        Some(Class::Imagery) => ClaimId::MediaConsent,
        Some(Class::FlightLog) if is_card => ClaimId::LogSealed,
        Some(Class::FlightLog) => ClaimId::LogConsent,
        Some(Class::Position) if is_uplink => ClaimId::DiagCoarse,
        Some(Class::Device | Class::Surroundings) => ClaimId::IdentityMinimal,
        Some(Class::Account) if is_uplink => ClaimId::IdentityUnverified,
        Some(Class::Account) if is_card => ClaimId::IdentitySealed,
        Some(Class::Account) => ClaimId::IdentityMinimal,
        Some(Class::Key) if is_card => ClaimId::IdentitySealed,
        Some(Class::Position | Class::Key | Class::Public) | None => ClaimId::OnlyKnownLinks,
    }
}

/// Gives an alarm its claim, now that the whole case is known.
pub fn settle(case: &Case<'_>, alarm: &mut Alarm) {
    alarm.claim = claim(case, alarm);
    // Whatever leaves while its switch is off breaks that promise and no other: off wins.
    let is_off = matches!(alarm.claim, ClaimId::OffMeansOff | ClaimId::UserControl);
    alarm.unlisted &= !is_off;
    (alarm.switch, alarm.about) = (None, None);
}

fn claim(case: &Case<'_>, alarm: &Alarm) -> ClaimId {
    let said = || case.recording.transcript.on(alarm.link).filter(|said| said.tick == alarm.tick);
    let switch = alarm.switch.or_else(|| match alarm.link {
        Link::Uplink => said().find_map(|said| switch_of(said.link, said.bytes)),
        Link::Radio
        | Link::Telemetry2
        | Link::Video
        | Link::RemoteId
        | Link::Card
        | Link::Console
        | Link::Lights
        | Link::Motion => None,
    });
    let is_surely_off = |switch: &Setting| case.is_surely_off(*switch, alarm.tick);
    // A look-up may be for several services; it is off where all of them are.
    let is_silent = |service: Service| service.switches().iter().all(is_surely_off);
    let is_off = switch.as_ref().is_some_and(is_surely_off)
        || (alarm.link == Link::Uplink
            && said().filter_map(|said| service(said.bytes)).any(is_silent));
    match alarm.link {
        Link::Uplink if is_off || case.is_surely_local(alarm.tick) => return ClaimId::OffMeansOff,
        Link::Radio | Link::Telemetry2 | Link::Video | Link::RemoteId | Link::Card if is_off => {
            return ClaimId::UserControl;
        }
        Link::Uplink
        | Link::Radio
        | Link::Telemetry2
        | Link::Video
        | Link::RemoteId
        | Link::Card
        | Link::Console
        | Link::Lights
        | Link::Motion => {}
    }
    if let Some(claim) = alarm.about {
        return claim;
    }
    match alarm.class {
        Some(Class::Audio) if is_recording(case, alarm.tick) => ClaimId::MicConsent,
        Some(Class::Position) if switch == Some(Setting::UpNofly) => ClaimId::NoflyCoarse,
        class => of_class(class, alarm.link),
    }
}

/// Whether a commanded recording runs at `tick`, or has just ended.
fn is_recording(case: &Case<'_>, tick: Tick) -> bool {
    let before = Tick(tick.0.saturating_sub(SOUND_LATE_TICKS));
    case.evidence.truth.mandate.grants.iter().any(|grant| {
        grant.category == Class::Audio
            && grant.recipient == Recipient::Card
            && (grant.holds_at(tick) || grant.holds_at(before))
    })
}

#[cfg(test)]
mod tests;
