//! The height of the ground: flat, hills of gradient noise, or a grid of heights, bilinear between its corners.
//!
//! Hills are Perlin's gradient noise ("Improving Noise", SIGGRAPH 2002) in two octaves, sampled once, 16 times a wavelength, on a tile
//! that repeats after 16 wavelengths: touch, sight and range read one surface. Around the start the ground is flat and
//! at height 0, and it rises or falls from there to what it is.
//!
//! **Never:** overhangs; draws on a stream after it is made.

mod noise;
mod sight;
#[cfg(test)]
mod tests;

pub use sight::Ray;

use crate::chance::Seed;
use evidence::scenario::Terrain as Shape;
use glam::{DVec2, DVec3};
use noise::hills;

/// Flat around the start up to here: airframe and sheet lie on it.
pub const FLAT_M: f64 = 8.0;
/// From here on the ground is as the story has it.
const WHOLE_M: f64 = 40.0;
/// Slope of the way between the two, at most: that of 3t² − 2t³.
const RISE_PER_M: f64 = 1.5 / (WHOLE_M - FLAT_M);
/// Apart from each other are samples of the ground between the two.
const SPACING_M: f64 = 2.0;
const SAMPLES_PER_WAVE: usize = 16;
const WAVES: usize = 16;
/// Corners of a tile, on either side.
const SIDE: usize = SAMPLES_PER_WAVE * WAVES;
/// Rays are followed this far.
const FAR_M: f64 = 3000.0;
/// A ray this near to the ground, for each metre that it has gone, is on it.
const NEAR_PER_M: f64 = 2e-4;
const NEAR_M: f64 = 2e-3;

/// The ground.
#[derive(Clone, Debug)]
pub struct Terrain {
    /// Corners; none where all is flat.
    heights_m: Vec<f64>,
    east: usize,
    north: usize,
    cell_m: f64,
    /// Where the first corner is, east and north.
    origin_m: DVec2,
    repeats: bool,
    slope_max: f64,
    highest_m: f64,
}

impl Terrain {
    /// Ground of height 0 everywhere.
    #[must_use]
    pub fn flat() -> Self {
        Self {
            heights_m: Vec::new(),
            east: 0,
            north: 0,
            cell_m: 1.0,
            origin_m: DVec2::ZERO,
            repeats: false,
            slope_max: 0.0,
            highest_m: 0.0,
        }
    }

    /// The story's ground; hills follow from the seed.
    #[must_use]
    pub fn of(shape: &Shape, seed: &Seed) -> Self {
        let ground = match shape {
            Shape::Flat => return Self::flat(),
            Shape::Hills { height_m, wavelength_m } => {
                let mut stream = seed.fork("terrain").stream();
                let heights_m = hills(*height_m, &mut stream);
                let cell_m = wavelength_m / SAMPLES_PER_WAVE as f64;
                Self { heights_m, east: SIDE, north: SIDE, cell_m, repeats: true, ..Self::flat() }
            }
            Shape::Grid { cell_m, heights_m } => {
                let (north, east) = (heights_m.len(), heights_m.first().map_or(0, Vec::len));
                let last = DVec2::new(east as f64 - 1.0, north as f64 - 1.0);
                // The story has the northernmost row first, as a map does.
                let heights_m = heights_m.iter().rev().flatten().copied().collect();
                let origin_m = last * (-cell_m / 2.0);
                Self { heights_m, east, north, cell_m: *cell_m, origin_m, ..Self::flat() }
            }
        };
        ground.measured()
    }

    /// Whether all of it is at height 0.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        self.heights_m.is_empty()
    }

    /// Nothing of it is higher.
    #[must_use]
    pub fn highest_m(&self) -> f64 {
        self.highest_m
    }

    /// It is nowhere steeper than this, metres up for a metre along.
    #[must_use]
    pub fn slope_max(&self) -> f64 {
        self.slope_max
    }

    /// Its height at a place.
    #[must_use]
    #[inline]
    pub fn height_m(&self, east_m: f64, north_m: f64) -> f64 {
        if self.is_flat() {
            return 0.0;
        }
        let distance2_m2 = east_m * east_m + north_m * north_m;
        if distance2_m2 <= FLAT_M * FLAT_M {
            return 0.0;
        }
        let height_m = self.raw_m(east_m, north_m);
        if distance2_m2 >= WHOLE_M * WHOLE_M {
            return height_m;
        }
        let t = (distance2_m2.sqrt() - FLAT_M) / (WHOLE_M - FLAT_M);
        height_m * t * t * (3.0 - 2.0 * t)
    }

    /// The unit vector straight out of it.
    #[must_use]
    pub fn normal(&self, east_m: f64, north_m: f64) -> DVec3 {
        if self.is_flat() {
            return DVec3::Z;
        }
        let step_m = (self.cell_m / 8.0).min(0.2);
        let along = |e: f64, n: f64| {
            let (ahead, behind) =
                (self.height_m(east_m + e, north_m + n), self.height_m(east_m - e, north_m - n));
            (ahead - behind) / (2.0 * step_m)
        };
        DVec3::new(-along(step_m, 0.0), -along(0.0, step_m), 1.0).normalize()
    }

    /// How far along a ray it is met; `way` is a unit vector. None if it is not within `most_m`.
    #[must_use]
    pub fn met_m(&self, from_m: DVec3, way: DVec3, begin_m: f64, most_m: f64) -> Option<f64> {
        // The ground cannot rise into the ray faster than this.
        let closing = self.slope_max * way.truncate().length() - way.z;
        if closing <= 0.0 {
            return None;
        }
        let mut at_m = begin_m;
        let most_m = most_m.min(FAR_M);
        while at_m < most_m {
            let point_m = from_m + way * at_m;
            let above_m = point_m.z - self.height_m(point_m.x, point_m.y);
            if above_m <= NEAR_M + NEAR_PER_M * at_m {
                return Some(at_m);
            }
            if way.z >= 0.0 && point_m.z > self.highest_m {
                return None;
            }
            at_m += above_m / closing;
        }
        None
    }

    /// Whether it is farther than this from a place above it.
    #[must_use]
    pub fn is_clear(&self, place_m: DVec3, room_m: f64) -> bool {
        let above_m = place_m.z - self.height_m(place_m.x, place_m.y);
        above_m > room_m * (1.0 + self.slope_max * self.slope_max).sqrt()
    }

    /// Whether it stands between two points, both above it.
    #[must_use]
    pub fn is_crossed(&self, a_m: DVec3, b_m: DVec3) -> bool {
        let length_m = a_m.distance(b_m);
        let Some(way) = (b_m - a_m).try_normalize().filter(|_| !self.is_flat()) else {
            return false;
        };
        self.met_m(a_m, way, 0.0, length_m - 2.0 * (NEAR_M + NEAR_PER_M * length_m)).is_some()
    }

    #[inline(always)]
    fn raw_m(&self, east_m: f64, north_m: f64) -> f64 {
        let x = (east_m - self.origin_m.x) / self.cell_m;
        let y = (north_m - self.origin_m.y) / self.cell_m;
        let (tx, ty, x0, x1, y0, y1);
        if self.repeats {
            let (column, row) = (below(x), below(y));
            // The tile's side is a power of two.
            let wrap = |i: i64| (i & (SIDE as i64 - 1)) as usize;
            (x0, x1) = (wrap(column), wrap(column + 1));
            (y0, y1) = (wrap(row), wrap(row + 1));
            (tx, ty) = (x - column as f64, y - row as f64);
        } else {
            // Beyond the edge it goes on as high as the edge is.
            let (last_x, last_y) = (self.east - 1, self.north - 1);
            let clamp = |v: f64, last: usize| v.clamp(0.0, last as f64);
            (x0, y0) = (clamp(x, last_x) as usize, clamp(y, last_y) as usize);
            (x1, y1) = ((x0 + 1).min(last_x), (y0 + 1).min(last_y));
            tx = clamp(x, last_x) - x0 as f64;
            ty = clamp(y, last_y) - y0 as f64;
        }
        let h = |x: usize, y: usize| self.heights_m[y * self.east + x];
        let low = h(x0, y0) + (h(x1, y0) - h(x0, y0)) * tx;
        let high = h(x0, y1) + (h(x1, y1) - h(x0, y1)) * tx;
        low + (high - low) * ty
    }

    /// With the bounds that rays rely on.
    fn measured(mut self) -> Self {
        let (mut steepest, mut highest_m) = (0.0_f64, 0.0_f64);
        for (i, height_m) in self.heights_m.iter().enumerate() {
            let (x, y) = (i % self.east, i / self.east);
            let next = |at: usize, count: usize| {
                if self.repeats { (at + 1) % count } else { (at + 1).min(count - 1) }
            };
            let beside_m = self.heights_m[y * self.east + next(x, self.east)] - height_m;
            let behind_m = self.heights_m[next(y, self.north) * self.east + x] - height_m;
            steepest = steepest.max(beside_m.abs()).max(behind_m.abs());
            highest_m = highest_m.max(*height_m);
        }
        // Along a diagonal both slopes may come together; on the way out from the pad the way's own does too.
        let slope = steepest / self.cell_m * core::f64::consts::SQRT_2;
        self.slope_max = slope + (self.about_the_start_m() + slope * SPACING_M) * RISE_PER_M;
        self.highest_m = highest_m;
        self
    }

    /// How far off height 0 the story has it near the start, from a net of samples.
    fn about_the_start_m(&self) -> f64 {
        let reach = (WHOLE_M / SPACING_M) as i32;
        let along = |i: i32| f64::from(i) * SPACING_M;
        let across = |e: i32| (-reach..=reach).map(move |n| self.raw_m(along(e), along(n)).abs());
        (-reach..=reach).flat_map(across).fold(0.0, f64::max)
    }
}

/// The whole number below; quicker than a floor that no machine code stands for.
fn below(v: f64) -> i64 {
    let towards_0 = v as i64;
    towards_0 - i64::from((towards_0 as f64) > v)
}
