//! The consent monitor: what left, against what had been granted, switched on and asked for at that tick.
//!
//! It looks at what an emission says it is, and, because that may be a lie, for runs of bytes of any file of
//! the card in every emission, and whether a picture shows the still or film whose number it is sent under.
//!
//! **Never:** looks at the vehicle's own ledger; takes a grant for one object, recipient or moment as one for
//! another; takes a stranger's word for the pilot's.

mod asked;
mod carried;
mod film;
mod picture;
mod shelf;
mod told;

pub use film::Reel;
pub use picture::{is_small_copy, shows_the_same};
pub use shelf::object_of;

use crate::alarm::{Alarm, Detector, switch_of};
use crate::case::Case;
use crate::decode::uplink::{self, Service};
use asked::{Asked, Uploads};
use carried::Carried;
use evidence::scenario::Setting;
use evidence::transcript::Said;
use evidence::{ClaimId, Class, Link, Recipient, TICKS_PER_S, Tick};
use shelf::Shelf;
use std::collections::BTreeSet;

/// Raises an alarm for each emission that no grant covers, no switch lets out, or nobody who may has asked for.
pub fn consent(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let shelf = Shelf::of(case);
    let mut pictures = picture::Sent::default();
    let mut uploads = Uploads::default();
    let mut is_told_off = BTreeSet::new();
    for said in case.recording.transcript.iter() {
        let recipient = match said.link {
            Link::Radio | Link::Telemetry2 => Some(Recipient::Pilot),
            Link::Video => Some(Recipient::Viewer),
            Link::Uplink => Some(Recipient::Maker),
            Link::RemoteId | Link::Console => None,
            // The card is judged at rest; lamps and the tap's digests have no room for a file.
            Link::Card | Link::Lights | Link::Motion => continue,
        };
        let carried = carried::of(case, said);
        let class = carried.first().map(|carried| carried.class);
        let switch = carried.first().and_then(|carried| carried.switch());
        let switch = switch.or_else(|| switch_of(said.link, said.bytes));
        let asked = asked::on_radio(case, said);
        let is_unasked = uploads.take(case, said) == Some(false);
        let about = about(case, said, &carried, asked.map(|(asked, _)| asked), is_unasked);
        let mut alarm = |class, shown: &str| {
            let alarm = Alarm::new(Detector::CON, class, said.link, said.tick, shown);
            alarms.push(alarm.under(switch).about(about));
        };
        // Once a second is often enough.
        if let Some(shown) = off(case, said, switch)
            && is_told_off.insert((said.link, switch, said.tick.0 / TICKS_PER_S))
        {
            alarm(class.or(class_under(switch)), &shown);
        }
        if let Some((Asked::Others, what)) = asked {
            alarm(class, &format!("{what} that only somebody asked for who may not"));
        }
        if let (true, Some(Carried { class, object, .. })) = (is_unasked, carried.first()) {
            alarm(Some(*class), &format!("{class} {object} is uploaded without a request for it"));
        }
        for Carried { class, object, to } in &carried {
            if !is_granted(case, *class, *object, *to, said.tick) {
                alarm(Some(*class), &format!("{class} {object} to {to:?}: no grant is in force"));
            }
        }
        for (class, shown) in pictures.take(case, said) {
            alarm(Some(class), &shown);
        }
        if let Some(sources) = shelf.sources(said.bytes) {
            let covered = |source: &(Class, u32)| {
                recipient.is_some_and(|r| is_granted(case, source.0, source.1, r, said.tick))
            };
            // A granted picture shows what a film of the same scene shows; that it is itself has been looked at.
            let is_picture = |source: &(Class, u32)| {
                source.0 == Class::Imagery
                    && carried.iter().any(|c| {
                        c.class == Class::Imagery
                            && is_granted(case, c.class, c.object, c.to, said.tick)
                    })
            };
            let covered = |source: &(Class, u32)| covered(source) || is_picture(source);
            if let (Some((class, object)), false) = (sources.first(), sources.iter().any(covered)) {
                let shown =
                    format!("bytes of {class} {object} from the card: no grant is in force");
                alarm(Some(*class), &shown);
            }
        }
    }
    told::on_the_card(case, alarms);
}

/// The claim that an answer to somebody who may not, or to a server's demand, breaks.
fn about(
    case: &Case<'_>,
    said: Said<'_>,
    carried: &[Carried],
    asked: Option<Asked>,
    is_unasked: bool,
) -> Option<ClaimId> {
    let is_others = asked == Some(Asked::Others)
        || carried.iter().any(|carried| asked::is_given_by_others(case, *carried, said.tick));
    if is_others {
        return Some(ClaimId::ServerAccess);
    }
    let wanted = carried.first().filter(|_| is_unasked)?;
    let asks =
        |act: &_| crate::case::asks_for(act) == Some((wanted.class, wanted.object, wanted.to));
    case.demanded(said.tick).or_else(|| case.heard.asked_by_others(said.tick, asks))
}

/// What leaves though the pilot has its switch off.
fn off(case: &Case<'_>, said: Said<'_>, switch: Option<Setting>) -> Option<String> {
    let is_off = |switch: &Setting| case.is_surely_off(*switch, said.tick);
    if said.link == Link::Uplink {
        if case.is_surely_local(said.tick) {
            return Some("something goes to the maker in local data mode".to_owned());
        }
        let switches = uplink::service(said.bytes).map_or(&[][..], Service::switches);
        let is_silent = !switches.is_empty() && switches.iter().all(is_off);
        return is_silent.then(|| format!("{} is off, and its service speaks", switches[0].name()));
    }
    let switch = switch.filter(is_off)?;
    Some(format!("{} is off, and something leaves under it", switch.name()))
}

/// What leaves under a switch, where the switch tells.
fn class_under(switch: Option<Setting>) -> Option<Class> {
    match switch? {
        Setting::UpLogs | Setting::RadLogs => Some(Class::FlightLog),
        Setting::UpMedia | Setting::RadMedia | Setting::VidEnable => Some(Class::Imagery),
        Setting::CamGeotag | Setting::RadTelem => Some(Class::Position),
        Setting::CamSerial => Some(Class::Device),
        Setting::PrivLocal
        | Setting::UpDiag
        | Setting::UpNofly
        | Setting::UpUpdate
        | Setting::RidEnable => None,
    }
}

fn is_granted(
    case: &Case<'_>,
    class: Class,
    object: u32,
    recipient: Recipient,
    tick: Tick,
) -> bool {
    let mandate = &case.evidence.truth.mandate;
    // A picture of the view that is on its way when the view is stopped may still leave in that tick.
    let before = Tick(tick.0.saturating_sub(1));
    mandate.allows(class, object, recipient, tick)
        || (recipient == Recipient::Viewer && mandate.allows(class, object, recipient, before))
}

#[cfg(test)]
mod tests;
