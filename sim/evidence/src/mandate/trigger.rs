//! How many stills the camera trigger of a mission can come to, and until when.
//!
//! How many it will be, only the flight knows. From the story follows a bound: so many as there is time for at the
//! trigger's own spacing, in a flight as fast as the mission may fly. A still beyond it, or after the pilot has ended
//! the mission, nobody commanded.
//!
//! **Never:** gives less than a vehicle that obeys may take.

use super::{STILL_VALID_S, after};
use crate::Tick;
use crate::scenario::{Act, Item, Scenario};

/// Two stills of a trigger are never nearer in time.
const APART_S: f64 = 1.0;
/// Fastest cruise where the mission names no speed, m/s.
const CRUISE_MPS: f64 = 6.0;
/// How much faster than told a gust may carry it for a while.
const GUST: f64 = 1.25;

/// How many stills more than its way-points' own, and their end; without a trigger, none and no end.
pub(super) fn stills(scenario: &Scenario, now: Tick) -> (usize, Option<Tick>) {
    let triggers = scenario.mission.iter().filter(|item| item.triggers()).count();
    if triggers == 0 {
        return (0, None);
    }
    let ending = scenario.beats.iter().map(|beat| (Tick::at_s(beat.at_s), &beat.does));
    let end = ending.filter(|(at, act)| *at > now && ends(act)).map(|(at, _)| at).next();
    let lasts_s = end.unwrap_or(Tick::at_s(scenario.length_s)).seconds() - now.seconds();
    let most = libm::floor(lasts_s / spacing_s(scenario)) as usize + triggers;
    (most, end.map(|end| after(end, STILL_VALID_S)))
}

/// The shortest time between two stills of a trigger.
fn spacing_s(scenario: &Scenario) -> f64 {
    let speeds = scenario.mission.iter().filter_map(|item| match item {
        Item::Speed { at_most_mps } => Some(*at_most_mps),
        _ => None,
    });
    let fastest_mps = GUST * speeds.fold(CRUISE_MPS, f64::max);
    let spacings = scenario.mission.iter().filter_map(|item| match item {
        Item::TriggersByDistance { every_m } => Some((every_m / fastest_mps).max(APART_S)),
        Item::TriggersByTime { every_s } => Some(*every_s),
        _ => None,
    });
    spacings.fold(f64::INFINITY, f64::min)
}

/// Whether an act of the pilot's surely ends a mission. A return may be refused beside a no-fly zone, and a place to
/// go to outside the geofence.
fn ends(act: &Act) -> bool {
    matches!(
        act.on_any_port(),
        Act::Holds
            | Act::Lands
            | Act::Brakes
            | Act::StopsMotors
            | Act::Follows { .. }
            | Act::Switches { .. }
    )
}
