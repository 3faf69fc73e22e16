//! The way round, on maps of a few areas: where it turns, and that no step of it leads out.
//!
//! **Never:** flies.

use super::*;
use crate::senses::{Area, FenceAction};
use alloc::vec::Vec;
use proptest::collection::vec;
use proptest::prelude::*;

const HOME: DVec2 = DVec2::ZERO;

fn at(north: f64, east: f64) -> DVec2 {
    DVec2::new(north, east)
}

fn polygon(corners: &[(f64, f64)]) -> Area {
    Area::Polygon { corners_ne_m: corners.iter().map(|&(n, e)| at(n, e)).collect() }
}

fn circle(north: f64, east: f64, radius_m: f64) -> Area {
    Area::Circle { centre_ne_m: at(north, east), radius_m }
}

fn fence(keeps_in: Vec<Area>, keeps_out: Vec<Area>) -> Geofence {
    Geofence { keeps_in, keeps_out, action: FenceAction::Hold, ..Geofence::none() }
}

/// All turns from a place home, home the last; none where a way was not found.
fn way(fence: &Geofence, from: DVec2) -> Option<Vec<DVec2>> {
    let mut turns = Vec::from([from]);
    while turns.last() != Some(&HOME) {
        assert!(turns.len() < 30, "it goes in circles: {turns:?}");
        turns.push(next_turn(fence, *turns.last()?, HOME)?);
    }
    Some(turns)
}

/// The length of a way, and the least room on it once it is within.
fn measured(fence: &Geofence, turns: &[DVec2]) -> (f64, f64) {
    let (mut length_m, mut least_m, mut is_in) = (0.0, f64::INFINITY, false);
    for pair in turns.windows(2) {
        length_m += pair[0].distance(pair[1]);
        for step in 0..=1_000 {
            let room_m = level_room_m(fence, pair[0].lerp(pair[1], f64::from(step) / 1e3));
            is_in |= room_m >= 0.0;
            least_m = if is_in { least_m.min(room_m) } else { least_m };
        }
    }
    (length_m, least_m)
}

#[test]
fn the_way_home_goes_round_what_stands_in_it_and_no_farther_than_it_must() {
    let wall = polygon(&[(20.0, -30.0), (30.0, -30.0), (30.0, 50.0), (20.0, 50.0)]);
    let blade = polygon(&[(20.0, -60.0), (22.0, -60.0), (21.0, 30.0)]);
    // A pocket that opens to the north: home lies behind its bottom.
    let pocket = polygon(&[
        (20.0, -30.0),
        (60.0, -30.0),
        (60.0, -25.0),
        (25.0, -25.0),
        (25.0, 25.0),
        (60.0, 25.0),
        (60.0, 30.0),
        (20.0, 30.0),
    ]);
    // An L to keep in: home lies in its east leg.
    let l =
        [(-10.0, -50.0), (60.0, -50.0), (60.0, -30.0), (10.0, -30.0), (10.0, 10.0), (-10.0, 10.0)];
    let (lens, far) = (circle(0.0, 0.0, 30.0), circle(50.0, 0.0, 30.0));
    let turned: Vec<_> = l.iter().rev().copied().collect();
    // The last is the length: as short as can be where nothing is in the way, and with the room that it keeps.
    for (what, fence, from, turns, length_m) in [
        ("nothing", fence([].into(), [wall.clone()].into()), at(10.0, 40.0), 0, (41.2, 41.3)),
        ("a wall", fence([].into(), [wall.clone()].into()), at(50.0, 0.0), 2, (82.0, 90.0)),
        ("its back", fence([].into(), [wall].into()), at(50.0, 30.0), 2, (91.0, 100.0)),
        ("a blade", fence([].into(), [blade].into()), at(40.0, 10.0), 1, (64.0, 71.0)),
        (
            "a mast",
            fence([].into(), [circle(25.0, 0.5, 8.0)].into()),
            at(50.0, 0.0),
            2,
            (52.0, 56.0),
        ),
        ("a pocket", fence([].into(), [pocket].into()), at(40.0, 0.0), 3, (113.0, 126.0)),
        ("a leg", fence([polygon(&l)].into(), [].into()), at(0.0, -40.0), 0, (39.9, 40.1)),
        ("a corner", fence([polygon(&l)].into(), [].into()), at(50.0, -40.0), 1, (72.8, 78.0)),
        ("the same", fence([polygon(&turned)].into(), [].into()), at(50.0, -40.0), 1, (72.8, 78.0)),
        ("a lens", fence([lens, far].into(), [].into()), at(70.0, 0.0), 0, (69.9, 70.1)),
    ] {
        let way = way(&fence, from).expect(what);
        let (found_m, least_m) = measured(&fence, &way);
        assert_eq!(way.len() - 2, turns, "{what}: {way:?}");
        let (least, most) = length_m;
        assert!((least..most).contains(&found_m), "{what}: {found_m} m");
        assert!(least_m > 2.0, "{what}: {least_m} m within, {way:?}");
    }
}

#[test]
fn where_no_way_leads_there_is_none() {
    let ring = [(30.0, -30.0), (30.0, 30.0), (-30.0, 30.0), (-30.0, -30.0)];
    let walls: Vec<_> = (0..4)
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % 4]);
            polygon(&[a, b, (b.0 * 1.2, b.1 * 1.2), (a.0 * 1.2, a.1 * 1.2)])
        })
        .collect();
    for (what, fence) in [
        ("home is kept out", fence([].into(), [circle(0.0, 1.0, 5.0)].into())),
        ("home is walled in", fence([].into(), walls)),
        (
            "home is in another area",
            fence([circle(0.0, 0.0, 10.0), circle(60.0, 0.0, 20.0)].into(), [].into()),
        ),
    ] {
        assert_eq!(next_turn(&fence, at(60.0, 0.0), HOME), None, "{what}");
    }
}

#[test]
fn from_outside_it_comes_in_by_the_nearest_way_or_straight() {
    let square = polygon(&[(20.0, -20.0), (60.0, -20.0), (60.0, 20.0), (20.0, 20.0)]);
    let out = fence([].into(), [square].into());
    // Just within the far side of what is kept out: back out, and round.
    let way = way(&out, at(58.0, 2.0)).expect("a way");
    assert!(way[1].distance(at(64.0, 2.0)) < 0.1, "{way:?}");
    assert!(measured(&out, &way[1..]).1 > 0.9, "{way:?}");
    // Just beyond the border: straight home.
    let within = fence([circle(0.0, 0.0, 40.0)].into(), [].into());
    assert_eq!(next_turn(&within, at(44.0, 0.0), HOME), Some(HOME));
}

proptest! {
    /// Whatever stands about: a way that is found ends at home and never leads out.
    #[test]
    fn a_way_never_leads_out(
        masts in vec((-90.0..90.0, -90.0..90.0, 1.0..25.0), 0..5),
        walls in vec(((-80.0..80.0, -80.0..80.0), 4.0..40.0, 3usize..7, 0.2..1.0, 0.0..6.0), 0..4),
        from in (-100.0..100.0, -100.0..100.0),
    ) {
        let mut keeps_out: Vec<_> = masts.iter().map(|&(n, e, r): &(f64, f64, f64)| circle(n, e, r)).collect();
        for &((north, east), wide_m, count, flat, turned) in &walls {
            let corner = |i: usize| {
                let turn = DVec2::from_angle(turned);
                let round = DVec2::from_angle(core::f64::consts::TAU * i as f64 / count as f64);
                let place = at(north, east) + turn.rotate(round * at(wide_m, wide_m * flat));
                (place.x, place.y)
            };
            let corners: Vec<_> = (0..count).map(corner).collect();
            keeps_out.push(polygon(&corners));
        }
        let fence = fence([circle(0.0, 0.0, 130.0)].into(), keeps_out);
        let from = at(from.0, from.1);
        if level_room_m(&fence, from) >= 0.0 && let Some(way) = way(&fence, from) {
            let (length_m, least_m) = measured(&fence, &way);
            prop_assert!(least_m > -1e-6, "{} m within, {:?}", least_m, way);
            prop_assert!(length_m < 700.0);
        }
    }
}
