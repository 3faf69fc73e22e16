//! What may be expected of a flight: moments within it, limits that can be met and can be missed.
//!
//! **Never:** knows what the airframe can do.

use super::{Fault, at_most, fault, within};
use crate::scenario::{FlightExpectation, Scenario, airmanship::Spot};

/// Shortest time that is watched: the track has a point every 0.1 s.
const WATCHED_S_MIN: f64 = 0.5;

/// The first expectation that is wrong.
pub(super) fn check(scenario: &Scenario) -> Result<(), Fault> {
    let expected = &scenario.expects_flight;
    at_most("expects_flight", expected.len(), 64)?;
    for (i, one) in expected.iter().enumerate() {
        check_one(&format!("expects_flight[{i}]"), one, scenario.length_s)?;
    }
    let Some(wreck) = expected.iter().position(|one| *one == FlightExpectation::IsDestroyed) else {
        return Ok(());
    };
    if expected.iter().any(needs_a_whole_airframe) {
        let what = "it cannot be destroyed and come down whole";
        return fault(&format!("expects_flight[{wreck}]"), what, "leave one of the two out");
    }
    Ok(())
}

fn needs_a_whole_airframe(expected: &FlightExpectation) -> bool {
    match expected {
        FlightExpectation::LandsWithin { .. }
        | FlightExpectation::LandsBefore { .. }
        | FlightExpectation::EndsUpright
        | FlightExpectation::NotDestroyed => true,
        FlightExpectation::Hovers { .. }
        | FlightExpectation::Steps { .. }
        | FlightExpectation::Tracks { .. }
        | FlightExpectation::Climbs { .. }
        | FlightExpectation::StaysWithin { .. }
        | FlightExpectation::IsDestroyed => false,
    }
}

fn check_one(path: &str, one: &FlightExpectation, length_s: f64) -> Result<(), Fault> {
    let sub = |key: &str| format!("{path}.{key}");
    let metres = |key: &str, value: f64| within(&sub(key), value, 0.001..=1000.0, "metres");
    match one {
        FlightExpectation::Hovers { from_s, until_s, at_m, rms_m_max } => {
            check_window(path, "from_s", *from_s, *until_s, length_s)?;
            check_spot(&sub("at_m"), *at_m)?;
            metres("rms_m_max", *rms_m_max)
        }
        FlightExpectation::Steps {
            at_s,
            until_s,
            to_m,
            overshoot_pct_max,
            settles_s_max,
            within_m,
        } => {
            check_window(path, "at_s", *at_s, *until_s, length_s)?;
            check_spot(&sub("to_m"), *to_m)?;
            let of = "per cent of the step";
            within(&sub("overshoot_pct_max"), *overshoot_pct_max, 0.0..=100.0, of)?;
            let watched = "seconds, at most from `at_s` to `until_s`";
            within(&sub("settles_s_max"), *settles_s_max, 0.0..=until_s - at_s, watched)?;
            metres("within_m", *within_m)
        }
        FlightExpectation::Tracks { from_s, until_s, through_m, cross_track_m_max } => {
            check_window(path, "from_s", *from_s, *until_s, length_s)?;
            if !(2..=64).contains(&through_m.len()) {
                let what = format!("a line through {} points", through_m.len());
                return fault(&sub("through_m"), &what, "give 2 to 64 points");
            }
            for (i, spot) in through_m.iter().enumerate() {
                check_spot(&sub(&format!("through_m[{i}]")), *spot)?;
            }
            metres("cross_track_m_max", *cross_track_m_max)
        }
        FlightExpectation::Climbs { above_m, by_s } => {
            within(&sub("above_m"), *above_m, 0.5..=500.0, "metres above the start")?;
            within(&sub("by_s"), *by_s, 0.5..=length_s, "seconds, within the flight")
        }
        FlightExpectation::StaysWithin {
            from_s,
            until_s,
            radius_m_max,
            height_m_min,
            height_m_max,
        } => {
            check_window(path, "from_s", *from_s, until_s.unwrap_or(length_s), length_s)?;
            let from_start = "metres from the start";
            radius_m_max
                .map_or(Ok(()), |m| within(&sub("radius_m_max"), m, 0.1..=20_000.0, from_start))?;
            let above = "metres above the start";
            height_m_min
                .map_or(Ok(()), |m| within(&sub("height_m_min"), m, -500.0..=500.0, above))?;
            let floor = height_m_min.unwrap_or(-500.0);
            height_m_max
                .map_or(Ok(()), |m| within(&sub("height_m_max"), m, floor..=5000.0, above))?;
            if radius_m_max.or(*height_m_min).or(*height_m_max).is_none() {
                let hint = "give `radius_m_max`, `height_m_min` or `height_m_max`";
                return fault(path, "it stays within nothing", hint);
            }
            Ok(())
        }
        FlightExpectation::LandsWithin { of_m: (east, north), metres_max } => {
            within(&sub("of_m[0]"), *east, -2000.0..=2000.0, "metres east of the start")?;
            within(&sub("of_m[1]"), *north, -2000.0..=2000.0, "metres north of the start")?;
            metres("metres_max", *metres_max)
        }
        FlightExpectation::LandsBefore { at_s } => {
            within(&sub("at_s"), *at_s, 0.5..=length_s, "seconds, within the flight")
        }
        FlightExpectation::EndsUpright
        | FlightExpectation::NotDestroyed
        | FlightExpectation::IsDestroyed => Ok(()),
    }
}

/// A window must lie within the flight and hold some points of the track.
fn check_window(
    path: &str,
    begins: &str,
    from_s: f64,
    until_s: f64,
    length_s: f64,
) -> Result<(), Fault> {
    let latest_s = length_s - WATCHED_S_MIN;
    let within_flight = "seconds, within the flight";
    within(&format!("{path}.{begins}"), from_s, 0.0..=latest_s, within_flight)?;
    let earliest_s = from_s + WATCHED_S_MIN;
    let unit = format!("seconds: {WATCHED_S_MIN} s after `{begins}`, and within the flight");
    within(&format!("{path}.until_s"), until_s, earliest_s..=length_s, &unit)
}

fn check_spot(path: &str, (east, north, up): Spot) -> Result<(), Fault> {
    within(&format!("{path}[0]"), east, -2000.0..=2000.0, "metres east of the start")?;
    within(&format!("{path}[1]"), north, -2000.0..=2000.0, "metres north of the start")?;
    within(&format!("{path}[2]"), up, -500.0..=500.0, "metres above the start")
}
