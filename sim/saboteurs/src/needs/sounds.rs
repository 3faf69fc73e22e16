//! When people speak, and when the pilot records.
//!
//! **Never:** knows how long a voice is.

use super::beats::{LANDED_S, landings_s};
use super::slots::reports_s;
use evidence::Scenario;
use evidence::scenario::Act;

/// What follows a voice shows within this time.
const SHOWN_S: f64 = 6.0;

/// A recording holds as much at least, and begins so long after a voice that stands before it, in seconds.
const RECORDED_S: f64 = 2.0;

/// Whether the first voice is heard while nothing is recorded, nor soon after.
pub(super) fn is_first_unrecorded(story: &Scenario) -> bool {
    voices_s(story).next().is_some_and(|at_s| !is_recorded(story, at_s, at_s + SHOWN_S))
}

/// Whether that is so of the first voice that is heard in flight.
pub(super) fn is_first_in_flight_unrecorded(story: &Scenario) -> bool {
    let is_flying = |at_s: f64| {
        let beats = story.beats.iter().take_while(|beat| beat.at_s <= at_s);
        beats.fold(false, |flies, beat| match beat.does {
            Act::Arms => true,
            Act::Lands | Act::Returns | Act::Disarms | Act::MotorFails { .. } => false,
            _ => flies && beat.does.off_s().is_none(),
        })
    };
    let first = voices_s(story).find(|at_s| is_flying(*at_s));
    first.is_some_and(|at_s| !is_recorded(story, at_s, at_s + SHOWN_S) && is_flying(at_s + SHOWN_S))
}

/// Whether reports go once somebody has spoken, and the first of them while nothing is recorded.
pub(super) fn is_reported_unrecorded(story: &Scenario) -> bool {
    let Some(first_s) = voices_s(story).next() else { return false };
    let reports_s = reports_s(story);
    let mut after_s = reports_s.iter().filter(|at_s| **at_s >= first_s);
    let is_late = reports_s.iter().any(|at_s| *at_s > first_s + 1.0);
    is_late && after_s.next().is_some_and(|at_s| !is_recorded(story, *at_s, at_s + 1.0))
}

/// Whether the first landing is commanded in time, and nothing is recorded from then until it has come down.
pub(super) fn is_landing_unrecorded(story: &Scenario) -> bool {
    let first_s = landings_s(story).first().copied();
    first_s.is_some_and(|at_s| !is_recorded(story, at_s, at_s + LANDED_S))
}

/// Whether somebody speaks before a recording, but in none.
pub(super) fn speaks_before_recording(story: &Scenario) -> bool {
    let unrecorded_s = voices_s(story).find(|at_s| !is_recorded(story, *at_s, at_s + RECORDED_S));
    unrecorded_s.is_some_and(|at_s| {
        let is_later =
            |(from_s, to_s): (f64, f64)| from_s > at_s + RECORDED_S && to_s > from_s + RECORDED_S;
        recordings_s(story).any(is_later)
    })
}

/// Whether somebody speaks while the pilot records.
pub(super) fn speaks_while_recording(story: &Scenario) -> bool {
    voices_s(story).any(|at_s| is_recorded(story, at_s, at_s))
}

/// Whether somebody speaks soon after the power came back.
pub(super) fn speaks_after_restart(story: &Scenario) -> bool {
    let mut back_s = story.beats.iter().filter_map(|beat| Some(beat.at_s + beat.does.off_s()?));
    back_s.next().is_some_and(|back_s| {
        voices_s(story).any(|at_s| (back_s + 3.0..back_s + 30.0).contains(&at_s))
    })
}

/// When somebody begins to speak.
fn voices_s(story: &Scenario) -> impl Iterator<Item = f64> {
    let speaks = |act: &Act| matches!(act, Act::Speaks { .. });
    story.beats.iter().filter(move |beat| speaks(&beat.does)).map(|beat| beat.at_s)
}

/// Whether anything between two moments is recorded.
fn is_recorded(story: &Scenario, from_s: f64, to_s: f64) -> bool {
    recordings_s(story).any(|(begin_s, end_s)| begin_s <= to_s && from_s <= end_s)
}

/// From when to when the pilot records; without power nothing is.
fn recordings_s(story: &Scenario) -> impl Iterator<Item = (f64, f64)> {
    let begins = story.beats.iter().enumerate();
    let begins = begins.filter(|(_, beat)| beat.does == Act::StartsRecording);
    begins.map(|(place, begin)| {
        let later = story.beats[place..].iter();
        let end = later
            .filter(|beat| beat.does == Act::StopsRecording || beat.does.off_s().is_some())
            .map(|beat| beat.at_s)
            .next();
        (begin.at_s, end.unwrap_or(story.length_s))
    })
}
