//! The way round: from one place to another within the geofence, by the corners of what stands between.
//!
//! Pure: the shortest way over the corners of the areas, each with some distance to its border; of that way, the next
//! turn. Whoever has come there asks again.
//!
//! **Never:** leads nearer to a border than its ends are, or than its margin; finds a way where there is none; thinks for
//! ever: a fence with more corners than it looks at is one with fewer ways; allocates.

mod corners;
mod line;

use super::geofence::{level_room_m, way_in_m};
use crate::senses::Geofence;
use corners::{CLEAR_M, Corners};
use glam::DVec2;
use line::is_free;

/// So far outside of the fence, the straight way is good enough if it leads in within twice as much, and this, metres.
const STRAIGHT_M: f64 = 5.0;

/// Where to fly next to come from one place to another, level; none where no way was found.
pub fn next_turn(fence: &Geofence, from: DVec2, to: DVec2) -> Option<DVec2> {
    let (room_m, room_there_m) = (level_room_m(fence, from), level_room_m(fence, to));
    if room_there_m < 0.0 || !from.is_finite() {
        return None;
    }
    if room_m < 0.0 {
        return out_of_it(fence, from, to, -room_m);
    }
    if is_free(fence, from, to) {
        return Some(to);
    }
    shortest(fence, from, to)
}

/// From outside: straight, if that leads in at once and for good; else to the nearest place inside.
fn out_of_it(fence: &Geofence, from: DVec2, to: DVec2, outside_m: f64) -> Option<DVec2> {
    let away_m = from.distance(to);
    let in_at_m = outside_m * 2.0 + STRAIGHT_M;
    if away_m > in_at_m {
        let in_at = from + (to - from) * (in_at_m / away_m);
        if level_room_m(fence, in_at) >= 0.0 && is_free(fence, in_at, to) {
            return Some(to);
        }
    }
    let inside = (0..4).fold(from, |place, _| place + way_in_m(fence, place, CLEAR_M));
    (level_room_m(fence, inside) >= 0.0).then_some(inside)
}

/// The first turn of the shortest way over the corners. It is sought from its end, so that the turn after the start is
/// known when the start is found.
fn shortest(fence: &Geofence, from: DVec2, to: DVec2) -> Option<DVec2> {
    let corners = Corners::between(fence, from, to);
    let places = corners.places();
    let (start, end) = (0, 1);
    let mut far_m = [f64::INFINITY; Corners::MAX];
    let mut after = [end; Corners::MAX];
    let mut is_settled = [false; Corners::MAX];
    far_m[end] = 0.0;
    loop {
        let open = (0..places.len()).filter(|i| !is_settled[*i] && far_m[*i].is_finite());
        let sum_m = |i: &usize| far_m[*i] + places[*i].distance(from);
        let near = open.min_by(|a, b| sum_m(a).total_cmp(&sum_m(b)))?;
        if near == start {
            return Some(places[after[start]]);
        }
        is_settled[near] = true;
        for i in 0..places.len() {
            let by_here_m = far_m[near] + places[near].distance(places[i]);
            let is_better = !is_settled[i] && by_here_m < far_m[i];
            if is_better && is_free(fence, places[i], places[near]) {
                (far_m[i], after[i]) = (by_here_m, near);
            }
        }
    }
}

#[cfg(test)]
mod tests;
