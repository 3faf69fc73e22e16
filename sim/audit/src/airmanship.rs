//! How well the vehicle flew, beside what its story expects of the flight.
//!
//! Measured on the track, ten points a second, and on the truth of how it ended. No promise of privacy hangs on it, so
//! it stands beside the claims and needs neither twin nor probe.
//!
//! **Never:** reads what the vehicle said; calls a flight good that has no track; judges what no story asks for.

mod measure;
#[cfg(test)]
mod tests;

use crate::report::FlightFinding;
use evidence::scenario::FlightExpectation;
use evidence::scenario::airmanship::Spot;
use evidence::{Evidence, TICKS_PER_S, Tick, TrackPoint, Truth};
use measure::Path;

/// What each expectation of the flight's story came to, in the story's order.
#[must_use]
pub fn flown(evidence: &Evidence) -> Vec<FlightFinding> {
    let path = Path::of(&evidence.track);
    let judge = |expected| finding(expected, path.as_ref(), &evidence.truth);
    evidence.scenario.expects_flight.iter().map(judge).collect()
}

fn finding(expected: &FlightExpectation, path: Option<&Path>, truth: &Truth) -> FlightFinding {
    let (said, allowed) = words(expected);
    let (measured, is_met) = match path {
        Some(path) => outcome(expected, path, truth),
        None => ("there is no track".to_owned(), false),
    };
    FlightFinding { expected: said, allowed, measured, is_met }
}

/// What is expected, and the limit, in words.
fn words(expected: &FlightExpectation) -> (String, String) {
    match expected {
        FlightExpectation::Hovers { from_s, until_s, at_m, rms_m_max } => (
            format!("hovers at {} from {from_s} to {until_s} s", spot(*at_m)),
            format!("at most {rms_m_max} m RMS"),
        ),
        FlightExpectation::Steps {
            at_s,
            until_s,
            to_m,
            overshoot_pct_max,
            settles_s_max,
            within_m,
        } => (
            format!("steps to {} from {at_s} to {until_s} s", spot(*to_m)),
            format!(
                "at most {overshoot_pct_max} % over, within {within_m} m after {settles_s_max} s"
            ),
        ),
        FlightExpectation::Tracks { from_s, until_s, through_m, cross_track_m_max } => (
            format!("tracks a line of {} points from {from_s} to {until_s} s", through_m.len()),
            format!("at most {cross_track_m_max} m off, past every point in order"),
        ),
        FlightExpectation::Climbs { above_m, by_s } => {
            (format!("climbs by {by_s} s"), format!("above {above_m} m"))
        }
        FlightExpectation::StaysWithin {
            from_s,
            until_s,
            radius_m_max,
            height_m_min,
            height_m_max,
        } => {
            let until = until_s.map_or("the end".to_owned(), |s| format!("{s} s"));
            let limits = [
                radius_m_max.map(|m| format!("at most {m} m away")),
                height_m_min.map(|m| format!("at least {m} m up")),
                height_m_max.map(|m| format!("at most {m} m up")),
            ];
            let limits: Vec<_> = limits.into_iter().flatten().collect();
            (format!("stays near from {from_s} s to {until}"), limits.join(", "))
        }
        FlightExpectation::LandsWithin { of_m: (east, north), metres_max } => {
            (format!("lands at ({east}, {north}) m"), format!("at most {metres_max} m off"))
        }
        FlightExpectation::LandsBefore { at_s } => ("lands".to_owned(), format!("before {at_s} s")),
        FlightExpectation::EndsUpright => ("ends upright, rotors still".to_owned(), String::new()),
        FlightExpectation::NotDestroyed => ("is not destroyed".to_owned(), String::new()),
        FlightExpectation::IsDestroyed => ("is destroyed".to_owned(), String::new()),
    }
}

fn spot((east, north, up): Spot) -> String {
    format!("({east}, {north}, {up}) m")
}

/// What was measured, in words, and whether that is as expected.
fn outcome(expected: &FlightExpectation, path: &Path, truth: &Truth) -> (String, bool) {
    match expected {
        FlightExpectation::Hovers { from_s, until_s, at_m, rms_m_max } => {
            match path.between(*from_s, *until_s).rms_m(*at_m) {
                Some(rms_m) => (format!("{rms_m:.3} m RMS"), rms_m <= *rms_m_max),
                None => unwatched(),
            }
        }
        FlightExpectation::Steps {
            at_s,
            until_s,
            to_m,
            overshoot_pct_max,
            settles_s_max,
            within_m,
        } => {
            let Some(step) = path.between(*at_s, *until_s).step(*to_m, *within_m) else {
                return ("it stood there already".to_owned(), false);
            };
            let over = format!("{:.1} % over", step.overshoot_pct);
            match step.settled_s {
                Some(settled_s) => (
                    format!("{over}, settled after {settled_s:.1} s"),
                    step.overshoot_pct <= *overshoot_pct_max && settled_s <= *settles_s_max,
                ),
                None => (format!("{over}, never settled"), false),
            }
        }
        FlightExpectation::Tracks { from_s, until_s, through_m, cross_track_m_max } => {
            let watched = path.between(*from_s, *until_s);
            let Some(off_m) = watched.off_line_m(through_m) else { return unwatched() };
            match watched.first_unpassed(through_m, *cross_track_m_max) {
                Some(missed) => {
                    (format!("{off_m:.3} m off, point {} not passed", missed + 1), false)
                }
                None => (format!("{off_m:.3} m off"), off_m <= *cross_track_m_max),
            }
        }
        FlightExpectation::Climbs { above_m, by_s } => match path.between(0.0, *by_s).heights_m() {
            Some((_, high_m)) => (format!("{high_m:.2} m"), high_m > *above_m),
            None => unwatched(),
        },
        FlightExpectation::StaysWithin {
            from_s,
            until_s,
            radius_m_max,
            height_m_min,
            height_m_max,
        } => {
            let watched = path.between(*from_s, until_s.unwrap_or(f64::INFINITY));
            let (Some((low_m, high_m)), Some(radius_m)) = (watched.heights_m(), watched.radius_m())
            else {
                return unwatched();
            };
            let is_met = radius_m_max.is_none_or(|most| radius_m <= most)
                && height_m_min.is_none_or(|least| low_m >= least)
                && height_m_max.is_none_or(|most| high_m <= most);
            // A hair below where it stood is no "-0.00 m".
            let low_shown_m = if low_m > -0.005 { low_m.max(0.0) } else { low_m };
            (format!("{radius_m:.2} m away, {low_shown_m:.2} to {high_m:.2} m up"), is_met)
        }
        FlightExpectation::LandsWithin { of_m, metres_max } => match landing(path, truth) {
            Ok(_) => {
                let off_m = path.end_off_m(*of_m);
                (format!("{off_m:.3} m off"), off_m <= *metres_max)
            }
            Err(why) => (why, false),
        },
        FlightExpectation::LandsBefore { at_s } => match landing(path, truth) {
            Ok(landed_s) => (format!("at {landed_s:.1} s"), landed_s < *at_s),
            Err(why) => (why, false),
        },
        FlightExpectation::EndsUpright => match (truth.landed_safely, wreck(truth)) {
            (true, _) => ("it does".to_owned(), true),
            (false, Some(why)) => (why, false),
            (false, None) => (NOT_DOWN.to_owned(), false),
        },
        FlightExpectation::NotDestroyed => match wreck(truth) {
            Some(why) => (why, false),
            None => ("it is not".to_owned(), true),
        },
        FlightExpectation::IsDestroyed => match wreck(truth) {
            Some(why) => (why, true),
            None => ("it is not".to_owned(), false),
        },
    }
}

const NOT_DOWN: &str = "it did not end on the ground, upright and still";

fn unwatched() -> (String, bool) {
    ("the track has no point in that time".to_owned(), false)
}

fn wreck(truth: &Truth) -> Option<String> {
    let told =
        |d: &evidence::Destroyed| format!("destroyed at {:.1} s: {}", seconds(d.tick), d.why);
    truth.destroyed.as_ref().map(told)
}

/// When it came to rest for good, having flown; or why that cannot be said.
fn landing(path: &Path, truth: &Truth) -> Result<f64, String> {
    if let Some(why) = wreck(truth) {
        return Err(why);
    }
    if !path.has_flown() {
        return Err("it never flew".to_owned());
    }
    path.rests_from_s().filter(|_| truth.landed_safely).ok_or_else(|| NOT_DOWN.to_owned())
}

fn seconds(tick: Tick) -> f64 {
    tick.0 as f64 / TICKS_PER_S as f64
}

/// East, north and up of a track point, from where the first one was.
fn from_start_m(point: &TrackPoint, start: &TrackPoint) -> [f64; 3] {
    std::array::from_fn(|axis| point.position_m[axis] - start.position_m[axis])
}
