//! A building as a box with its sides along the axes.
//!
//! **Never:** has an inside.

use super::Terrain;
use evidence::scenario::Building;
use glam::DVec3;

/// A building.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// East, north of its middle, metres.
    pub at_m: (f64, f64),
    /// East, north, half of each, metres.
    pub half_m: (f64, f64),
    /// The height of the ground at its corners, from the south-west on against the clock.
    pub corners_m: [f64; 4],
    /// The height that its walls come down to: no corner is lower.
    pub foot_m: f64,
    /// The height of its roof.
    pub roof_m: f64,
}

impl Block {
    /// A building, as high as it is over the ground at its middle.
    #[must_use]
    pub fn of(building: &Building, terrain: &Terrain) -> Self {
        let ((east_m, north_m), (width_m, depth_m, height_m)) = (building.at_m, building.size_m);
        let half_m = (width_m / 2.0, depth_m / 2.0);
        let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        let corners_m =
            corners.map(|(e, n)| terrain.height_m(east_m + e * half_m.0, north_m + n * half_m.1));
        let ground_m = terrain.height_m(east_m, north_m);
        let foot_m = corners_m.into_iter().fold(ground_m, f64::min);
        // A hill may rise over one of its corners: the roof is clear of it all the same.
        let roof_m = corners_m.into_iter().fold(ground_m + height_m, f64::max);
        Self { at_m: building.at_m, half_m, corners_m, foot_m, roof_m }
    }

    /// Whether a place is above its roof.
    #[must_use]
    pub fn is_below(&self, place_m: DVec3) -> bool {
        (place_m.x - self.at_m.0).abs() <= self.half_m.0
            && (place_m.y - self.at_m.1).abs() <= self.half_m.1
            && self.roof_m <= place_m.z
    }

    /// From a place to the nearest wall or roof, squared.
    #[must_use]
    pub fn distance2_m2(&self, place_m: DVec3) -> f64 {
        let x = (place_m.x - self.at_m.0).abs() - self.half_m.0;
        let y = (place_m.y - self.at_m.1).abs() - self.half_m.1;
        DVec3::new(x, y, place_m.z - self.roof_m).max(DVec3::ZERO).length_squared()
    }

    /// Whether the straight line from `a` to `b` goes through it: the slab test.
    #[must_use]
    pub fn is_crossed(&self, a: DVec3, b: DVec3) -> bool {
        let (half_e, half_n) = self.half_m;
        let low = [self.at_m.0 - half_e, self.at_m.1 - half_n, self.foot_m];
        let high = [self.at_m.0 + half_e, self.at_m.1 + half_n, self.roof_m];
        let (a, way) = (a.to_array(), (b - a).to_array());
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for axis in 0..3 {
            if way[axis].abs() < 1e-12 {
                if a[axis] < low[axis] || a[axis] > high[axis] {
                    return false;
                }
                continue;
            }
            let (s, t) = ((low[axis] - a[axis]) / way[axis], (high[axis] - a[axis]) / way[axis]);
            enter = enter.max(s.min(t));
            leave = leave.min(s.max(t));
        }
        enter < leave
    }
}
