//! Where a way may turn: at the corners of the areas, with some distance to them.
//!
//! **Never:** holds more than it has room for; turns outside of the geofence.

use super::line::{MARGIN_M, cross};
use crate::flight::geofence::{edges, level_room_m, off_m};
use crate::senses::{Area, Geofence};
use core::f64::consts::TAU;
use glam::DVec2;

/// How far from a corner a way turns: an arrival is within 2 m of it, metres.
pub(super) const CLEAR_M: f64 = 4.0;
/// Turns round a circle.
const ROUND: u32 = 12;

/// The start, the end, and where a way between them may turn.
pub(super) struct Corners {
    list: [DVec2; Self::MAX],
    count: usize,
}

impl Corners {
    /// Most places.
    pub(super) const MAX: usize = 160;

    /// Those of the areas in the straight way first: with too many corners, those matter least that do not stand in it.
    pub(super) fn between(fence: &Geofence, from: DVec2, to: DVec2) -> Self {
        let mut corners = Self { list: [DVec2::ZERO; Self::MAX], count: 2 };
        (corners.list[0], corners.list[1]) = (from, to);
        for bars in [true, false] {
            let in_it = |area: &&Area| touches(area, from, to) == bars;
            fence.keeps_out.iter().filter(in_it).for_each(|area| corners.add(fence, area, false));
            fence.keeps_in.iter().filter(in_it).for_each(|area| corners.add(fence, area, true));
        }
        corners
    }

    pub(super) fn places(&self) -> &[DVec2] {
        &self.list[..self.count]
    }

    fn add(&mut self, fence: &Geofence, area: &Area, keeps_in: bool) {
        match area {
            Area::Circle { centre_ne_m, radius_m } => {
                // The way between two turns comes nearest to the circle in its middle.
                let half = libm::cos(TAU / 2.0 / f64::from(ROUND));
                let apart_m =
                    if keeps_in { radius_m - CLEAR_M } else { (radius_m + CLEAR_M) / half };
                for step in 0..ROUND {
                    let turn = DVec2::from_angle(TAU * f64::from(step) / f64::from(ROUND));
                    self.turn_at(fence, *centre_ne_m + turn * apart_m.max(0.0));
                }
            }
            Area::Polygon { corners_ne_m } => {
                let doubled_m2: f64 = edges(corners_ne_m).map(|(a, b)| a.perp_dot(b)).sum();
                // To the right of an edge is outside where the corners go round from north to east.
                let side = if (doubled_m2 > 0.0) == keeps_in { 1.0 } else { -1.0 };
                let next = edges(corners_ne_m).cycle().skip(1);
                for ((a, b), (_, c)) in edges(corners_ne_m).zip(next) {
                    let off =
                        |from: DVec2, to: DVec2| (to - from).perp().normalize_or_zero() * side;
                    let (first, last) = (off(a, b), off(b, c));
                    let between = (first + last).normalize_or(first.perp());
                    let points_at_it = first.perp_dot(last) * side < 0.0;
                    match first.dot(last) {
                        // A sharp corner is not passed in one turn, and a blade not in the middle of it.
                        along if along < -0.2 => {
                            for way in [first, between, last] {
                                self.turn_at(fence, b + way * CLEAR_M);
                            }
                        }
                        _ if points_at_it => self.turn_at(fence, b + between * CLEAR_M),
                        _ => {}
                    }
                }
            }
        }
    }

    fn turn_at(&mut self, fence: &Geofence, place: DVec2) {
        if self.count < Self::MAX && level_room_m(fence, place) >= MARGIN_M {
            self.list[self.count] = place;
            self.count += 1;
        }
    }
}

/// Whether an area's border stands in a straight way.
fn touches(area: &Area, from: DVec2, to: DVec2) -> bool {
    match area {
        Area::Circle { centre_ne_m, radius_m } => off_m(*centre_ne_m, from, to) < *radius_m,
        Area::Polygon { corners_ne_m } => edges(corners_ne_m).any(|(a, b)| cross(from, to, a, b)),
    }
}
