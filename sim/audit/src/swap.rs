//! The swap test's judgement: a twin that differs where its secrets may not show.
//!
//! Content, time and motion are three detectors, because a leak can hide in any of them alone. A group twin
//! that differs accuses every class of its group, until a single-class twin of the same choice differs on the
//! same link no later and so names the class.
//!
//! **Never:** asks what the difference means; forgives one.

use crate::alarm::{Alarm, Detector, switch_of};
use crate::decode::radio::{message_name, payload};
use evidence::card::Write;
use evidence::scenario::Setting;
use evidence::{Carrier, ClaimId, Class, Compared, Difference, DifferenceKind, Link, TwinRecord};

/// Whether a twin of several classes differs where it may not: then single-class twins are worth flying.
#[must_use]
pub fn diverged(records: &[TwinRecord]) -> bool {
    records.iter().any(|record| record.twin.swaps.len() > 1 && judged(record).next().is_some())
}

/// Raises the alarms of all twins.
pub fn swap(records: &[TwinRecord], alarms: &mut Vec<Alarm>) {
    for record in records {
        for difference in judged(record) {
            let accused = match record.twin.swaps.as_slice() {
                [class] => vec![*class],
                _ => suspects(records, record, difference),
            };
            alarms.extend(accused.into_iter().map(|class| alarm(class, record, difference)));
        }
    }
}

fn judged(record: &TwinRecord) -> impl Iterator<Item = &Difference> {
    record.differences.iter().filter(|d| record.twin.judges(d.link, d.tick))
}

/// The classes of a group that its difference accuses. A single-class twin of the same choice hides the same
/// secrets: where it differs on that link no later, nothing is left to explain. Otherwise all are suspected
/// but those whose own twins accuse them there already.
fn suspects(records: &[TwinRecord], group: &TwinRecord, difference: &Difference) -> Vec<Class> {
    let singles = |class: Class| records.iter().filter(move |r| r.twin.swaps == [class]);
    let on_link = |single: &TwinRecord| judged(single).find(|d| d.link == difference.link).cloned();
    let explains = |single: &TwinRecord| {
        single.twin.choice == group.twin.choice
            && on_link(single).is_some_and(|own| own.tick <= difference.tick)
    };
    let classes = || group.twin.swaps.iter().copied();
    if classes().flat_map(singles).any(explains) {
        return Vec::new();
    }
    classes().filter(|class| singles(*class).all(|single| on_link(single).is_none())).collect()
}

fn alarm(class: Class, record: &TwinRecord, difference: &Difference) -> Alarm {
    let detector = match (difference.link, difference.kind) {
        (Link::Motion | Link::Lights, _) => Detector::PHY,
        (
            Link::Radio
            | Link::Telemetry2
            | Link::Video
            | Link::Uplink
            | Link::RemoteId
            | Link::Card
            | Link::Console,
            kind,
        ) => match kind {
            DifferenceKind::Content => Detector::NIC,
            DifferenceKind::Size if is_trimmed(difference) => Detector::NIC,
            DifferenceKind::Size | DifferenceKind::Order | DifferenceKind::Presence => {
                Detector::NIT
            }
        },
    };
    let among = match record.twin.swaps.as_slice() {
        [_] => String::new(),
        group => format!(" (one of {})", names(group)),
    };
    let what = describe(difference, &record.twin.carriers);
    let shown = format!("a twin differs at {}: {what}{among}", difference.tick);
    let alarm = Alarm::new(detector, Some(class), difference.link, difference.tick, &shown);
    let is_unreadable = class == Class::Imagery && is_no_picture(record, difference);
    let about = is_unreadable.then_some(ClaimId::OnlyKnownLinks);
    alarm.under(switch(class, difference)).about(about)
}

/// Whether a packet of an opened live view has another form than a picture's: what a twin shows there is the picture
/// that may stand there, in a form that nobody listed.
fn is_no_picture(record: &TwinRecord, difference: &Difference) -> bool {
    let carriers = &record.twin.carriers;
    let is_whole = |bytes: &Vec<u8>| {
        matches!(Carrier::masked(carriers, Link::Video, bytes), Compared::Whole(_))
    };
    difference.link == Link::Video
        && carriers.contains(&Carrier::LiveView)
        && difference.kind == DifferenceKind::Content
        && difference.seat0.as_ref().is_some_and(is_whole)
}

/// The switch under which a class shows there: where it shows what it should not while that is off, the switch is
/// broken too.
fn switch(class: Class, difference: &Difference) -> Option<Setting> {
    let bytes = difference.seat0.as_ref().or(difference.twin.as_ref())?;
    if difference.link == Link::Card {
        let is_picture = Write::decode(bytes)?.path.starts_with("DCIM/");
        return match class {
            Class::Position if is_picture => Some(Setting::CamGeotag),
            Class::Device if is_picture => Some(Setting::CamSerial),
            _ => None,
        };
    }
    let switch = switch_of(difference.link, bytes)?;
    let is_its_own = match switch {
        Setting::VidEnable | Setting::RadMedia => class == Class::Imagery,
        Setting::RadLogs => class == Class::FlightLog,
        Setting::RidEnable => matches!(class, Class::Device | Class::Position),
        Setting::RadTelem | Setting::CamGeotag => class == Class::Position,
        Setting::CamSerial => class == Class::Device,
        Setting::PrivLocal
        | Setting::UpLogs
        | Setting::UpMedia
        | Setting::UpDiag
        | Setting::UpNofly
        | Setting::UpUpdate => true,
    };
    is_its_own.then_some(switch)
}

/// Whether two Radio frames differ in length only because MAVLink cuts trailing zeros: then it is their
/// contents that differ.
fn is_trimmed(difference: &Difference) -> bool {
    let (Some(ours), Some(theirs)) = (&difference.seat0, &difference.twin) else { return false };
    let (Some((id, a)), Some((other, b))) = (payload(ours), payload(theirs)) else { return false };
    let kept = |bytes: &[u8]| bytes.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    difference.link.is_mavlink() && id == other && a[..kept(a)] != b[..kept(b)]
}

fn names(group: &[Class]) -> String {
    group.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn describe(difference: &Difference, carriers: &[Carrier]) -> String {
    let what = name(difference);
    match (&difference.seat0, &difference.twin) {
        (Some(ours), Some(theirs)) => {
            let masked = |bytes| Carrier::masked(carriers, difference.link, bytes);
            let (ours, theirs) = (masked(ours), masked(theirs));
            let (ours, theirs) = (ours.bytes(), theirs.bytes());
            let at = ours.iter().zip(theirs).position(|(a, b)| a != b);
            match (difference.kind, at) {
                (DifferenceKind::Order, _) => format!("{what} in another order"),
                (DifferenceKind::Presence, _) => format!("{what} said by one of them only"),
                (DifferenceKind::Size, _) => {
                    format!("{what} of {} and {} bytes", ours.len(), theirs.len())
                }
                (DifferenceKind::Content, Some(at)) => {
                    format!("{what} byte {at} is {:#04x} and {:#04x}", ours[at], theirs[at])
                }
                (DifferenceKind::Content, None) => format!("{what} on an emission of equal bytes"),
            }
        }
        (Some(_), None) => format!("{what} missing in the twin"),
        (None, Some(_)) => format!("{what} in the twin only"),
        (None, None) => "nothing said".to_owned(),
    }
}

/// What kind of emission it is, in a word.
fn name(difference: &Difference) -> String {
    let bytes = difference.seat0.as_ref().or(difference.twin.as_ref());
    match (difference.link, bytes) {
        (Link::Radio | Link::Telemetry2, Some(bytes)) => message_name(bytes),
        (Link::Uplink, Some(bytes)) => {
            let line = bytes.split(|b| *b == b'\r').next().unwrap_or_default();
            String::from_utf8_lossy(&line[..line.len().min(40)]).into_owned()
        }
        _ => "emission".to_owned(),
    }
}
