//! Rays over the ground as a picture needs them: in strides, several of them together.
//!
//! Each stride has two divisions that wait for each other, and strides of other rays wait for neither: rays that take turns
//! need little more time than one.
//!
//! **Never:** tells whether somebody is hidden; a thin ridge may slip through.

use super::{FAR_M, NEAR_M, Terrain};
use glam::DVec3;

/// The shortest stride for a picture: a part of a cell, or of the way so far.
const STRIDE_CELLS: f64 = 0.6;
const STRIDE_PART: f64 = 0.03;

/// A ray of sight and how far it has been followed.
#[derive(Clone, Copy, Debug)]
pub struct Ray {
    /// A unit vector.
    pub way: DVec3,
    /// Where it is met; none if it is not, or not yet.
    pub met_m: Option<f64>,
    /// How fast the ground can come nearer, at most.
    closing: f64,
    at_m: f64,
    /// The place before, and how far above the ground it was.
    before: Option<(f64, f64)>,
    goes_on: bool,
}

impl Ray {
    /// A ray that has not been followed.
    #[must_use]
    pub fn along(way: DVec3) -> Self {
        Self { way, met_m: None, closing: 0.0, at_m: 0.0, before: None, goes_on: true }
    }
}

impl Terrain {
    /// Where a ray is met, as near as a picture needs it: in strides that a thin ridge may slip through. None if it is
    /// not met.
    #[must_use]
    pub fn seen_m(&self, from_m: DVec3, way: DVec3) -> Option<f64> {
        let mut ray = Ray::along(way);
        self.follow(from_m, std::slice::from_mut(&mut ray));
        ray.met_m
    }

    /// Follows several rays from one place, until each is met or lost, in turn: while one waits for its division the
    /// others go on.
    pub fn follow(&self, from_m: DVec3, rays: &mut [Ray]) {
        for ray in rays.iter_mut() {
            ray.closing = self.slope_max * ray.way.truncate().length() - ray.way.z;
            // There is nothing above its highest hill.
            ray.at_m = ((from_m.z - self.highest_m) / -ray.way.z.min(-1e-3)).max(0.0);
            ray.goes_on = ray.closing > 0.0 && ray.at_m < FAR_M;
        }
        while rays.iter().any(|ray| ray.goes_on) {
            for ray in rays.iter_mut().filter(|ray| ray.goes_on) {
                self.stride(from_m, ray);
            }
        }
    }

    #[inline]
    fn stride(&self, from_m: DVec3, ray: &mut Ray) {
        let at_m = ray.at_m;
        let point_m = from_m + ray.way * at_m;
        let above_m = point_m.z - self.height_m(point_m.x, point_m.y);
        if above_m <= NEAR_M {
            // Where the way between the last two places comes to height 0 above it.
            let (last_m, last_above_m) = ray.before.unwrap_or((at_m, 1.0));
            let part = last_above_m / (last_above_m - above_m).max(NEAR_M);
            ray.met_m = Some(last_m + (at_m - last_m) * part.min(1.0));
            ray.goes_on = false;
            return;
        }
        ray.before = Some((at_m, above_m));
        let longest_m = (STRIDE_CELLS * self.cell_m).max(STRIDE_PART * at_m);
        ray.at_m += (above_m / ray.closing).max(longest_m);
        ray.goes_on = ray.at_m < FAR_M;
    }
}
