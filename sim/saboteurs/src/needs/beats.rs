//! What a story's beats ask for, grant, and say.
//!
//! **Never:** looks at a switch.

use evidence::cell::Cell;
use evidence::scenario::{Act, Sender};
use evidence::{Class, Recipient, Scenario};

/// Whether an object is both granted to and requested for a recipient.
pub(super) fn sends(story: &Scenario, wanted: Class, recipient: Recipient) -> bool {
    requests(story).any(|(category, object, to)| {
        (category, to) == (wanted, recipient) && is_granted(story, category, object, to)
    })
}

/// Whether a log is requested for the maker without a grant for it, while another one has a grant.
pub(super) fn asks_for_another(story: &Scenario) -> bool {
    let (log, maker) = (Class::FlightLog, Recipient::Maker);
    grants(story, log)
        && requests(story).any(|(category, object, to)| {
            (category, to) == (log, maker) && !is_granted(story, log, object, maker)
        })
}

/// Everything that is asked to be sent, whoever may have it.
fn requests(story: &Scenario) -> impl Iterator<Item = (Class, u32, Recipient)> {
    story.beats.iter().filter_map(|beat| match beat.does {
        Act::Requests { category, object, to } => Some((category, object, to)),
        _ => None,
    })
}

/// Whether exactly this is granted at some time.
fn is_granted(story: &Scenario, wanted: Class, number: u32, recipient: Recipient) -> bool {
    story.beats.iter().any(|beat| {
        matches!(beat.does, Act::Grants { category, object, to, .. }
            if (category, object, to) == (wanted, number, recipient))
    })
}

/// Whether anything of a class is granted at some time.
pub(super) fn grants(story: &Scenario, wanted: Class) -> bool {
    story
        .beats
        .iter()
        .any(|beat| matches!(beat.does, Act::Grants { category, .. } if category == wanted))
}

/// Whether somebody sends an act of a kind; flying is free to all.
pub(super) fn sent_by(story: &Scenario, wanted: Sender, is_meant: fn(&Act) -> bool) -> bool {
    story.beats.iter().any(|beat| {
        let (act, sender) = beat.does.sender();
        let asks = matches!(
            act,
            Act::Grants { .. }
                | Act::Withdraws { .. }
                | Act::Requests { .. }
                | Act::TakesStill
                | Act::StartsRecording
                | Act::AsksParameters
                | Act::AsksLogs
                | Act::AsksFiles { .. }
                | Act::ReadsFile { .. }
                | Act::ReadsLog { .. }
                | Act::ListsConsent
                | Act::Sets { .. }
        );
        sender == wanted && asks && is_meant(act)
    })
}

/// Whether somebody speaks while the pilot records.
pub(super) fn speaks_while_recording(story: &Scenario) -> bool {
    let mut is_recording = false;
    story.beats.iter().any(|beat| {
        match beat.does {
            Act::StartsRecording => is_recording = true,
            Act::StopsRecording => is_recording = false,
            _ => {}
        }
        is_recording && matches!(beat.does, Act::Speaks { .. })
    })
}

/// Whether somebody speaks soon after the power came back.
pub(super) fn speaks_after_restart(story: &Scenario) -> bool {
    let mut back_s = story.beats.iter().filter_map(|beat| Some(beat.at_s + beat.does.off_s()?));
    back_s.next().is_some_and(|back_s| {
        let is_soon = |at_s: f64| (back_s + 3.0..back_s + 30.0).contains(&at_s);
        let says = |act: &Act| matches!(act, Act::Speaks { .. });
        story.beats.iter().any(|beat| says(&beat.does) && is_soon(beat.at_s))
    })
}

/// Whether a way-point lies in another cell than the start.
pub(super) fn crosses(story: &Scenario) -> bool {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let here = Cell::of(story.place.lat_deg, story.place.lon_deg);
    let east_m_per_deg = METRES_PER_DEGREE * libm::cos(story.place.lat_deg.to_radians());
    story.mission.iter().any(|point| {
        let (east_m, north_m, _) = point.at_m;
        let lat_deg = story.place.lat_deg + north_m / METRES_PER_DEGREE;
        let lon_deg = story.place.lon_deg + east_m / east_m_per_deg;
        Cell::of(lat_deg, lon_deg) != here
    })
}
