//! The geofence: where the pilot wants the vehicle to stay, and where not to go.
//!
//! Pure: a place in, how far it is within the fence out. Within means in one of the areas to keep in, if there are any,
//! in none of those to keep out of, below the ceiling, and not farther from home than it may be.
//!
//! **Never:** decides what comes of a breach; remembers anything; allocates while flying.

use crate::senses::{Area, Geofence};
use core::f64::consts::TAU;
use glam::{DVec2, DVec3};

/// A way is looked at in steps of this, metres.
const STEP_M: f64 = 2.0;
/// Most steps; a longer way is looked at in longer ones.
const STEPS_MAX: f64 = 2_000.0;

/// How far a place is within the fence, metres; less than nothing outside. Without a fence nothing is outside.
pub fn room_m(fence: &Geofence, position_ned_m: DVec3) -> f64 {
    let place = position_ned_m.truncate();
    let inside_m = |area: &Area| depth_m(area, place);
    let kept_in_m = fence.keeps_in.iter().map(inside_m).reduce(f64::max);
    let kept_out_m = fence.keeps_out.iter().map(|area| -inside_m(area)).reduce(f64::min);
    let below_m = fence.height_m_max.map(|ceiling_m| ceiling_m + position_ned_m.z);
    let around_m = fence.around_m_max.map(|radius_m| radius_m - place.length());
    [kept_in_m, kept_out_m, below_m, around_m].into_iter().flatten().fold(f64::INFINITY, f64::min)
}

/// The same, whatever the height.
pub(super) fn level_room_m(fence: &Geofence, place_ne_m: DVec2) -> f64 {
    room_m(fence, place_ne_m.extend(f64::INFINITY))
}

/// The shortest way to where the border that is nearest, or farthest crossed, is `clear_m` away; nothing where it is.
pub(super) fn way_in_m(fence: &Geofence, place: DVec2, clear_m: f64) -> DVec2 {
    let short_m = |room_m: f64| (clear_m - room_m).max(0.0);
    let deepest =
        fence.keeps_in.iter().max_by(|a, b| depth_m(a, place).total_cmp(&depth_m(b, place)));
    let in_again = deepest.map(|area| -outward(area, place) * short_m(depth_m(area, place)));
    let around = fence
        .around_m_max
        .map(|around_m| -place.normalize_or_zero() * short_m(around_m - place.length()));
    let out_again =
        fence.keeps_out.iter().map(|area| outward(area, place) * short_m(-depth_m(area, place)));
    let ways = out_again.chain(in_again).chain(around);
    ways.max_by(|a, b| a.length().total_cmp(&b.length())).unwrap_or(DVec2::ZERO)
}

/// The direction in which an area is left soonest.
fn outward(area: &Area, place: DVec2) -> DVec2 {
    match area {
        Area::Circle { centre_ne_m, .. } => (place - centre_ne_m).normalize_or(DVec2::X),
        Area::Polygon { corners_ne_m } => {
            let nearest = |&(a, b): &(DVec2, DVec2)| off_m(place, a, b);
            let edge = edges(corners_ne_m).min_by(|a, b| nearest(a).total_cmp(&nearest(b)));
            let Some((a, b)) = edge else { return DVec2::ZERO };
            let way = nearest_on(place, a, b) - place;
            let out = if is_in(corners_ne_m, place) { way } else { -way };
            out.normalize_or((b - a).perp().normalize_or_zero())
        }
    }
}

/// Whether a straight way stays within the fence by a margin, all along.
pub fn lets_pass(fence: &Geofence, from_ned_m: DVec3, to_ned_m: DVec3, margin_m: f64) -> bool {
    let length_m = from_ned_m.distance(to_ned_m);
    if !length_m.is_finite() {
        return false;
    }
    let steps = libm::ceil((length_m / STEP_M).clamp(1.0, STEPS_MAX)) as u32;
    // From outside it may come in; what counts is where it leads.
    let was_inside = room_m(fence, from_ned_m) >= margin_m;
    let first = if was_inside { 0 } else { steps };
    (first..=steps).all(|step| {
        let place = from_ned_m.lerp(to_ned_m, f64::from(step) / f64::from(steps));
        room_m(fence, place) >= margin_m
    })
}

/// Whether a level circle stays within the fence by a margin.
pub fn lets_circle(fence: &Geofence, centre_ned_m: DVec3, radius_m: f64, margin_m: f64) -> bool {
    // Nothing that is wider than the steps hides between them.
    let steps = libm::ceil((TAU * radius_m / STEP_M).clamp(8.0, STEPS_MAX)) as u32;
    (0..steps).all(|step| {
        let turn = f64::from(step) / f64::from(steps) * TAU;
        let (sin, cos) = libm::sincos(turn);
        room_m(fence, centre_ned_m + DVec3::new(cos, sin, 0.0) * radius_m) >= margin_m
    })
}

/// How deep a place lies in an area, metres; less than nothing outside.
pub(super) fn depth_m(area: &Area, place: DVec2) -> f64 {
    match area {
        Area::Circle { centre_ne_m, radius_m } => radius_m - place.distance(*centre_ne_m),
        Area::Polygon { corners_ne_m } => {
            let to_edge_m =
                edges(corners_ne_m).map(|(a, b)| off_m(place, a, b)).fold(f64::INFINITY, f64::min);
            if is_in(corners_ne_m, place) { to_edge_m } else { -to_edge_m }
        }
    }
}

pub(super) fn edges(corners: &[DVec2]) -> impl Iterator<Item = (DVec2, DVec2)> + Clone + '_ {
    corners.iter().copied().zip(corners.iter().copied().cycle().skip(1))
}

/// A ray to the north crosses the border an odd number of times from within.
fn is_in(corners: &[DVec2], place: DVec2) -> bool {
    edges(corners).fold(false, |is_in, (a, b)| {
        let spans = (a.y > place.y) != (b.y > place.y);
        is_in ^ (spans && place.x < a.x + (b.x - a.x) * ((place.y - a.y) / (b.y - a.y)))
    })
}

/// How far a place is from a line between two.
pub(super) fn off_m(place: DVec2, a: DVec2, b: DVec2) -> f64 {
    place.distance(nearest_on(place, a, b))
}

/// The place of a line between two that is nearest to another.
fn nearest_on(place: DVec2, a: DVec2, b: DVec2) -> DVec2 {
    let way = b - a;
    let length_2 = way.length_squared();
    let part = if length_2 > 0.0 { ((place - a).dot(way) / length_2).clamp(0.0, 1.0) } else { 0.0 };
    a + way * part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::senses::FenceAction;
    use alloc::vec::Vec;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn polygon(corners: &[(f64, f64)]) -> Area {
        Area::Polygon { corners_ne_m: corners.iter().map(|&(n, e)| DVec2::new(n, e)).collect() }
    }

    fn circle(north: f64, east: f64, radius_m: f64) -> Area {
        Area::Circle { centre_ne_m: DVec2::new(north, east), radius_m }
    }

    fn fence(keeps_in: Vec<Area>, keeps_out: Vec<Area>, height_m_max: Option<f64>) -> Geofence {
        let around_m_max = None;
        Geofence { keeps_in, keeps_out, height_m_max, around_m_max, action: FenceAction::Hold }
    }

    #[test]
    fn the_room_left_is_the_way_to_the_nearest_border() {
        // An L that turns round its corner at (10, 10), either way round.
        let l = [(0.0, 0.0), (30.0, 0.0), (30.0, 10.0), (10.0, 10.0), (10.0, 30.0), (0.0, 30.0)];
        let turned: Vec<_> = l.iter().rev().copied().collect();
        for corners in [&l[..], &turned] {
            let fence = fence([polygon(corners)].into(), Vec::new(), None);
            for (north, east, room) in [
                (5.0, 5.0, 5.0),
                (20.0, 5.0, 5.0),
                (5.0, 29.0, 1.0),
                (20.0, 12.0, -2.0),
                (13.0, 14.0, -3.0),
                (-3.0, -4.0, -5.0),
                (40.0, 5.0, -10.0),
                (0.0, 15.0, 0.0),
            ] {
                let found = room_m(&fence, DVec3::new(north, east, -99.0));
                assert!((found - room).abs() < 1e-9, "{north} {east}: {found}");
            }
        }
    }

    #[test]
    fn one_area_to_keep_in_is_enough_and_one_to_keep_out_of_too_many() {
        let two = fence(
            [circle(0.0, 0.0, 20.0), circle(30.0, 0.0, 20.0)].into(),
            [circle(5.0, 0.0, 3.0)].into(),
            Some(50.0),
        );
        for (north, height, room) in [
            (-10.0, 10.0, 10.0),
            (25.0, 10.0, 15.0),
            (60.0, 10.0, -10.0),
            (5.0, 10.0, -3.0),
            (9.0, 10.0, 1.0),
            (-10.0, 48.0, 2.0),
            (-10.0, 52.0, -2.0),
        ] {
            let found = room_m(&two, DVec3::new(north, 0.0, -height));
            assert!((found - room).abs() < 1e-9, "{north} {height}: {found}");
        }
        assert_eq!(room_m(&Geofence::none(), DVec3::splat(1e6)), f64::INFINITY);
        let tied = Geofence { around_m_max: Some(25.0), ..two };
        assert_eq!(room_m(&tied, DVec3::new(25.0, 0.0, -10.0)), 0.0);
        assert_eq!(room_m(&tied, DVec3::new(-10.0, 0.0, -10.0)), 10.0);
    }

    #[test]
    fn a_way_must_stay_inside_and_may_come_back_in() {
        let ring = fence(
            [circle(0.0, 0.0, 50.0)].into(),
            [polygon(&[(10.0, -5.0), (20.0, -5.0), (20.0, 5.0), (10.0, 5.0)])].into(),
            None,
        );
        for (from, to, passes) in [
            ((0.0, 0.0), (0.0, 40.0), true),
            ((0.0, 0.0), (0.0, 60.0), false),
            ((0.0, 0.0), (30.0, 0.0), false),
            ((0.0, 0.0), (30.0, 40.0), false),
            ((0.0, 0.0), (30.0, 30.0), true),
            ((60.0, 0.0), (-10.0, 0.0), true),
            ((60.0, 0.0), (55.0, 0.0), false),
            ((0.0, 0.0), (f64::NAN, 0.0), false),
        ] {
            let at = |(north, east): (f64, f64)| DVec3::new(north, east, -10.0);
            assert_eq!(lets_pass(&ring, at(from), at(to), 0.5), passes, "{from:?} {to:?}");
        }
        let here = DVec3::new(0.0, 0.0, -10.0);
        assert!(lets_circle(&ring, here, 8.0, 1.0) && !lets_circle(&ring, here, 15.0, 1.0));
    }

    proptest! {
        #[test]
        fn the_room_is_a_number_and_its_sign_is_that_of_being_inside(
            corners in vec((-100.0..100.0, -100.0..100.0), 1..12),
            place in (-200.0..200.0, -200.0..200.0),
        ) {
            let (Area::Polygon { corners_ne_m: corners }, place) =
                (polygon(&corners), DVec2::new(place.0, place.1)) else { unreachable!() };
            let depth = depth_m(&Area::Polygon { corners_ne_m: corners.clone() }, place);
            prop_assert!(depth.is_finite());
            // Counted the other way: a ray to the south.
            let mirrored: Vec<_> = corners.iter().map(|c| DVec2::new(-c.x, c.y)).collect();
            if depth.abs() > 1e-6 {
                let is_inside = is_in(&mirrored, DVec2::new(-place.x, place.y));
                prop_assert_eq!(depth > 0.0, is_inside);
            }
        }
    }
}
