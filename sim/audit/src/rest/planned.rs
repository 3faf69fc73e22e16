//! How many stills the triggers of a mission can come to on the way that was really flown.
//!
//! The story has the plan, the track has the way. A trigger is on along its part of the plan's way alone; its first
//! still comes at once, and each other one a trigger's spacing after the one before it. What no such chain explains,
//! nobody commanded.
//!
//! **Never:** asks the vehicle which way-point it has come to; accuses where the vehicle may have been led astray, or
//! where the plan came from a live client: there the number that was commanded is the bound.

use crate::case::Case;
use evidence::scenario::{Act, Item, Sensor};
use evidence::{TICKS_PER_S, Tick};
use std::collections::BTreeSet;

/// A trigger's part of the way is left by turns and gusts by so much, metres.
const BESIDE_M: f64 = 8.0;
/// What the vehicle believes of a distance is off by so much, and by this part of it, metres.
const OFF_M: f64 = 1.0;
const OFF_SHARE: f64 = 0.1;
/// A still waits for the next frame for so long, seconds.
const FRAME_S: f64 = 0.12;
/// Two stills of triggers are never nearer in time, seconds.
const APART_S: f64 = 1.0;

type Place = [f64; 2];

/// One trigger of the plan.
struct Trigger {
    spacing: Spacing,
    /// Its part of the way: from, to, and how far beside that it may be.
    way: Vec<(Place, Place, f64)>,
}

#[derive(Clone, Copy)]
enum Spacing {
    Metres(f64),
    Seconds(f64),
}

/// What a plan has taken so far: which trigger was the last and when it fired, and how many way-points have had
/// their own still.
type Taken = (usize, Option<usize>, usize);

/// Follows the stills of a mission, one after the other.
pub(super) struct Plan<'a> {
    case: &'a Case<'a>,
    triggers: Vec<Trigger>,
    /// Way-points that take a still of their own.
    points: Vec<Place>,
    stills: Vec<(Tick, Place)>,
    may_be: BTreeSet<Taken>,
}

impl<'a> Plan<'a> {
    /// That of the story; none where it has no trigger, or does not say enough.
    pub(super) fn of(case: &'a Case<'a>) -> Option<Self> {
        let story = &case.evidence.scenario;
        let leads_astray = |act: &Act| {
            matches!(
                act,
                Act::JamsGnss { .. }
                    | Act::SpoofsGnss { .. }
                    | Act::SensorFails { sensor: Sensor::Gnss, .. }
            )
        };
        let is_told = case.evidence.heard.is_none()
            && story.mission.iter().any(Item::triggers)
            && !story.beats.iter().any(|beat| leads_astray(&beat.does));
        is_told.then(|| Self {
            case,
            triggers: triggers(&story.mission),
            points: story.mission.iter().filter(|item| item.takes_still()).filter_map(at).collect(),
            stills: Vec::new(),
            may_be: BTreeSet::from([(0, None, 0)]),
        })
    }

    /// Whether the plan comes to one more still, taken now. One that it does not come to is as if it had not been.
    pub(super) fn comes_to(&mut self, now: Tick) -> bool {
        let track = &self.case.evidence.track;
        let after = track.partition_point(|at| at.tick <= now);
        let Some(at) = track.get(after.saturating_sub(1)) else { return true };
        let here = [at.position_m[0], at.position_m[1]];
        let still = self.stills.len();
        self.stills.push((now, here));
        let next: BTreeSet<Taken> =
            self.may_be.iter().flat_map(|taken| self.goes_on(*taken)).collect();
        if next.is_empty() {
            self.stills.truncate(still);
            return false;
        }
        self.may_be = next;
        true
    }

    /// What may have been taken once the last still is.
    fn goes_on(&self, (trigger, last, points): Taken) -> Vec<Taken> {
        let still = self.stills.len() - 1;
        let (now, here) = self.stills[still];
        let mut next = Vec::new();
        if let Some(last) = last
            && self.triggers[trigger].is_due(self.stills[last], (now, here))
        {
            next.push((trigger, Some(still), points));
        }
        // The first of each trigger that has not fired yet.
        let fresh = if last.is_some() { trigger + 1 } else { 0 };
        let is_apart =
            last.is_none_or(|last| seconds(self.stills[last].0, now) >= APART_S - FRAME_S);
        let firsts =
            (fresh..self.triggers.len()).filter(|i| is_apart && self.triggers[*i].is_on(here));
        next.extend(firsts.map(|first| (first, Some(still), points)));
        let own = (points..self.points.len()).find(|i| away_m(self.points[*i], here) <= BESIDE_M);
        next.extend(own.map(|own| (trigger, last, own + 1)));
        next
    }
}

impl Trigger {
    fn is_due(&self, last: (Tick, Place), now: (Tick, Place)) -> bool {
        let since_s = seconds(last.0, now.0);
        let has_come = match self.spacing {
            Spacing::Metres(every_m) => {
                away_m(last.1, now.1) >= every_m * (1.0 - OFF_SHARE) - OFF_M
            }
            Spacing::Seconds(every_s) => since_s >= every_s - FRAME_S,
        };
        has_come && since_s >= APART_S - FRAME_S && self.is_on(now.1)
    }

    /// Whether a place is on its part of the way.
    fn is_on(&self, place: Place) -> bool {
        self.way.iter().any(|(from, to, beside_m)| off_m(place, *from, *to) <= *beside_m)
    }
}

/// The triggers of a mission with the parts of the way on which they are on.
fn triggers(mission: &[Item]) -> Vec<Trigger> {
    let mut all: Vec<Trigger> = Vec::new();
    // Where a mission begins that was started in the air, the plan does not say.
    let (mut here, mut beside_m, mut is_on) = ([0.0, 0.0], f64::INFINITY, false);
    for item in mission {
        let spacing = match item {
            Item::TriggersByDistance { every_m } => Some(Spacing::Metres(*every_m)),
            Item::TriggersByTime { every_s } => Some(Spacing::Seconds(*every_s)),
            Item::TriggersNever => {
                is_on = false;
                None
            }
            Item::Waypoint { .. }
            | Item::TakeOff { .. }
            | Item::Loiter { .. }
            | Item::Delay { .. }
            | Item::Speed { .. }
            | Item::LooksAt { .. }
            | Item::LooksAhead
            | Item::Land
            | Item::Returns => None,
        };
        if let Some(spacing) = spacing {
            all.push(Trigger { spacing, way: vec![(here, here, beside_m)] });
            is_on = true;
        }
        let Some(there) = at(item) else { continue };
        // It comes to a circle and leaves it somewhere on it.
        let round_m = if let Item::Loiter { radius_m, .. } = item { radius_m.abs() } else { 0.0 };
        let widest_m = beside_m.max(BESIDE_M + round_m);
        if let Some(trigger) = all.last_mut().filter(|_| is_on) {
            trigger.way.push((here, there, widest_m));
        }
        (here, beside_m) = (there, BESIDE_M + round_m);
    }
    all
}

fn at(item: &Item) -> Option<Place> {
    item.at_m().map(|(east, north, _)| [east, north])
}

fn seconds(from: Tick, to: Tick) -> f64 {
    to.0.saturating_sub(from.0) as f64 / TICKS_PER_S as f64
}

fn away_m(a: Place, b: Place) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}

/// How far a place is from the line between two.
fn off_m(place: Place, a: Place, b: Place) -> f64 {
    let (way, to) = ([b[0] - a[0], b[1] - a[1]], [place[0] - a[0], place[1] - a[1]]);
    let length_2 = way[0] * way[0] + way[1] * way[1];
    let dot = to[0] * way[0] + to[1] * way[1];
    let part = if length_2 > 0.0 { (dot / length_2).clamp(0.0, 1.0) } else { 0.0 };
    libm::hypot(to[0] - way[0] * part, to[1] - way[1] * part)
}
