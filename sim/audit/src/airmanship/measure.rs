//! Lengths and times on the path that was flown.
//!
//! Sums, products and square roots only, so that a figure is the same on every machine.
//!
//! **Never:** knows what is allowed.

use super::{from_start_m, seconds};
use evidence::TrackPoint;
use evidence::scenario::airmanship::Spot;

/// It has flown once it was so high above where it stood.
const FLOWN_M: f64 = 0.5;
/// At rest it moves no faster than this,
const REST_MPS: f64 = 0.2;
/// and is no higher above where it ends.
const REST_M: f64 = 0.1;
/// A step shorter than this is none.
const STEP_M_MIN: f64 = 0.1;

/// Where it was when, from where it stood at power-on; at least one point.
pub struct Path(Vec<Point>);

#[derive(Clone, Copy)]
struct Point {
    at_s: f64,
    at_m: [f64; 3],
    speed_mps: f64,
}

/// A part of the path.
pub struct Watched<'a>(&'a [Point]);

/// How a step went.
pub struct Step {
    /// How far beyond its end it got, in per cent of its length.
    pub overshoot_pct: f64,
    /// How long after its begin it stayed near its end; none if it never did.
    pub settled_s: Option<f64>,
}

impl Path {
    /// The path of a track, unless that is empty.
    pub fn of(track: &[TrackPoint]) -> Option<Self> {
        let start = track.first()?;
        let point = |point: &TrackPoint| Point {
            at_s: seconds(point.tick),
            at_m: from_start_m(point, start),
            speed_mps: length(point.velocity_mps),
        };
        Some(Self(track.iter().map(point).collect()))
    }

    /// The points of a window, its ends included.
    pub fn between(&self, from_s: f64, until_s: f64) -> Watched<'_> {
        let begin = self.0.partition_point(|point| point.at_s < from_s);
        let end = self.0.partition_point(|point| point.at_s <= until_s);
        Watched(&self.0[begin..end.max(begin)])
    }

    /// Whether it has left the ground.
    pub fn has_flown(&self) -> bool {
        self.0.iter().any(|point| point.at_m[2] > FLOWN_M)
    }

    /// From when it has been at rest where it is at the end; none if it still moves there.
    pub fn rests_from_s(&self) -> Option<f64> {
        let end_m = self.end_m()[2];
        let moves = |point: &Point| point.speed_mps > REST_MPS || point.at_m[2] - end_m > REST_M;
        match self.0.iter().rposition(moves) {
            Some(last) => self.0.get(last + 1).map(|point| point.at_s),
            None => self.0.first().map(|point| point.at_s),
        }
    }

    /// How far over the ground it ends from a place.
    pub fn end_off_m(&self, (east, north): (f64, f64)) -> f64 {
        let end_m = self.end_m();
        length([end_m[0] - east, end_m[1] - north, 0.0])
    }

    fn end_m(&self) -> [f64; 3] {
        self.0.last().map_or([0.0; 3], |point| point.at_m)
    }
}

impl Watched<'_> {
    /// Root mean square of the distance from a point.
    pub fn rms_m(&self, spot: Spot) -> Option<f64> {
        let square = |point: &Point| dot(off(point, spot), off(point, spot));
        let sum: f64 = self.0.iter().map(square).sum();
        (!self.0.is_empty()).then(|| (sum / self.0.len() as f64).sqrt())
    }

    /// How a step from the first point to another place went; none if it was there already.
    pub fn step(&self, to: Spot, within_m: f64) -> Option<Step> {
        let first = self.0.first()?;
        let back = off(first, to);
        let length_m = length(back);
        if length_m < STEP_M_MIN {
            return None;
        }
        let beyond_m = |point: &Point| -dot(off(point, to), back) / length_m;
        let overshoot_m = self.0.iter().map(beyond_m).fold(0.0, f64::max);
        let is_off = |point: &Point| length(off(point, to)) > within_m;
        let settled = self.0.iter().rposition(is_off).map_or(0, |last| last + 1);
        Some(Step {
            overshoot_pct: 100.0 * overshoot_m / length_m,
            settled_s: self.0.get(settled).map(|point| point.at_s - first.at_s),
        })
    }

    /// The largest distance from the line through some points.
    pub fn off_line_m(&self, line: &[Spot]) -> Option<f64> {
        let nearest = |point: &Point| {
            let legs =
                line.windows(2).map(|leg| from_leg_m(triple(leg[0]), triple(leg[1]), point.at_m));
            legs.fold(f64::INFINITY, f64::min)
        };
        self.0.iter().map(nearest).reduce(f64::max)
    }

    /// The first of some points that it does not pass within a distance, having passed those before.
    pub fn first_unpassed(&self, line: &[Spot], within_m: f64) -> Option<usize> {
        let mut hops = self.0.windows(2);
        let mut hop = hops.next();
        line.iter().position(|spot| {
            while let Some([from, to]) = hop {
                if from_leg_m(from.at_m, to.at_m, triple(*spot)) <= within_m {
                    return false;
                }
                hop = hops.next();
            }
            true
        })
    }

    /// The lowest and the highest it was above where it stood.
    pub fn heights_m(&self) -> Option<(f64, f64)> {
        let heights = || self.0.iter().map(|point| point.at_m[2]);
        Some((heights().reduce(f64::min)?, heights().reduce(f64::max)?))
    }

    /// The farthest it was from the start over the ground.
    pub fn radius_m(&self) -> Option<f64> {
        let away = |point: &Point| length([point.at_m[0], point.at_m[1], 0.0]);
        self.0.iter().map(away).reduce(f64::max)
    }
}

/// Distance of a point from the straight way between two others.
fn from_leg_m(from: [f64; 3], to: [f64; 3], point: [f64; 3]) -> f64 {
    let (along, away) = (minus(to, from), minus(point, from));
    let square = dot(along, along);
    let share = if square > 0.0 { (dot(away, along) / square).clamp(0.0, 1.0) } else { 0.0 };
    length(minus(away, along.map(|part| share * part)))
}

fn off(point: &Point, spot: Spot) -> [f64; 3] {
    minus(point.at_m, triple(spot))
}

fn triple((east, north, up): Spot) -> [f64; 3] {
    [east, north, up]
}

fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|axis| a[axis] - b[axis])
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn length(v: [f64; 3]) -> f64 {
    dot(v, v).sqrt()
}
