//! Whether a straight way, level, stays within the geofence.
//!
//! **Never:** steps over an area that is kept out, however small.

use crate::flight::geofence::{depth_m, edges, level_room_m, off_m};
use crate::senses::{Area, Geofence};
use glam::DVec2;

/// How far from a border a way stays that begins and ends as far from it, metres.
pub(super) const MARGIN_M: f64 = 1.0;
/// Where areas to keep in overlap, the way is looked at in steps of this, metres; and in so many at most.
const STEP_M: f64 = 2.0;
const STEPS_MAX: f64 = 500.0;

/// Whether it does, by a margin that is no wider than that of its ends.
pub(super) fn is_free(fence: &Geofence, from: DVec2, to: DVec2) -> bool {
    let ends_m = level_room_m(fence, from).min(level_room_m(fence, to));
    let margin_m = ends_m.min(MARGIN_M);
    margin_m >= 0.0
        && fence.keeps_out.iter().all(|area| clears(area, from, to, margin_m))
        && is_kept_in(fence, from, to, margin_m)
}

/// Whether a way between two places outside of an area keeps away from it.
fn clears(area: &Area, from: DVec2, to: DVec2, margin_m: f64) -> bool {
    match area {
        Area::Circle { centre_ne_m, radius_m } => {
            off_m(*centre_ne_m, from, to) >= radius_m + margin_m - SLACK_M
        }
        Area::Polygon { corners_ne_m } => keeps_off(corners_ne_m, from, to, margin_m),
    }
}

/// What rounding may take from a margin, metres.
const SLACK_M: f64 = 1e-6;

/// Whether a way keeps away from a border.
fn keeps_off(corners: &[DVec2], from: DVec2, to: DVec2, margin_m: f64) -> bool {
    edges(corners).all(|(a, b)| {
        let ends_m = [off_m(from, a, b), off_m(to, a, b), off_m(a, from, to), off_m(b, from, to)];
        let apart_m = ends_m.into_iter().fold(f64::INFINITY, f64::min);
        !cross(from, to, a, b) && apart_m >= margin_m - SLACK_M
    })
}

/// Whether two lines cross, each between its ends.
pub(super) fn cross(a: DVec2, b: DVec2, c: DVec2, d: DVec2) -> bool {
    let side = |from: DVec2, to: DVec2, place: DVec2| (to - from).perp_dot(place - from);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// Whether a way between two places that are kept in stays kept in: within one area, or from one into the other.
fn is_kept_in(fence: &Geofence, from: DVec2, to: DVec2, margin_m: f64) -> bool {
    if fence.keeps_in.is_empty()
        || fence.keeps_in.iter().any(|area| holds(area, from, to, margin_m))
    {
        return true;
    }
    if fence.keeps_in.len() == 1 {
        return false;
    }
    let steps = libm::ceil((from.distance(to) / STEP_M).clamp(1.0, STEPS_MAX)) as u32;
    (0..=steps).all(|step| {
        let place = from.lerp(to, f64::from(step) / f64::from(steps));
        fence.keeps_in.iter().any(|area| depth_m(area, place) >= margin_m - SLACK_M)
    })
}

/// Whether a way lies in one area.
fn holds(area: &Area, from: DVec2, to: DVec2, margin_m: f64) -> bool {
    let is_in = |place| depth_m(area, place) >= margin_m - SLACK_M;
    is_in(from)
        && is_in(to)
        && match area {
            Area::Circle { .. } => true,
            Area::Polygon { corners_ne_m } => keeps_off(corners_ne_m, from, to, margin_m),
        }
}
