//! A tree as an upright trunk and a ball of leaves, both as hard as a wall.
//!
//! **Never:** sways; lets light through its leaves.

use super::Terrain;
use evidence::scenario::Tree;
use glam::DVec3;

/// A tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stem {
    /// Where its trunk stands.
    pub foot_m: DVec3,
    /// Half the width of its trunk.
    pub trunk_radius_m: f64,
    /// The middle of its crown; the trunk ends in it.
    pub crown_m: DVec3,
    /// Half the width of its crown.
    pub crown_radius_m: f64,
}

impl Stem {
    /// A tree where it grows.
    #[must_use]
    pub fn of(tree: &Tree, terrain: &Terrain) -> Self {
        let (east_m, north_m) = tree.at_m;
        let foot_m = DVec3::new(east_m, north_m, terrain.height_m(east_m, north_m));
        Self {
            foot_m,
            trunk_radius_m: tree.trunk_radius_m(),
            crown_m: foot_m + DVec3::Z * tree.crown_up_m(),
            crown_radius_m: tree.crown_m / 2.0,
        }
    }

    /// The height of its crown straight below a place; none beside it or under it.
    #[must_use]
    pub fn top_below_m(&self, place_m: DVec3) -> Option<f64> {
        let away_m = (place_m - self.crown_m).with_z(0.0).length_squared();
        let up2_m2 = self.crown_radius_m * self.crown_radius_m - away_m;
        let top_m = self.crown_m.z + up2_m2.max(0.0).sqrt();
        (up2_m2 >= 0.0 && top_m <= place_m.z).then_some(top_m)
    }

    /// From a place to its bark or its leaves; negative inside.
    #[must_use]
    pub fn distance_m(&self, place_m: DVec3) -> f64 {
        let height_m = place_m.z.clamp(self.foot_m.z, self.crown_m.z);
        let trunk_m = place_m.distance(self.foot_m.with_z(height_m)) - self.trunk_radius_m;
        trunk_m.min(place_m.distance(self.crown_m) - self.crown_radius_m)
    }

    /// Whether the straight line from `a` to `b` goes through it.
    #[must_use]
    pub fn is_crossed(&self, a: DVec3, b: DVec3) -> bool {
        let nearest_m = nearest(a - self.crown_m, b - self.crown_m);
        if nearest_m.length_squared() < self.crown_radius_m * self.crown_radius_m {
            return true;
        }
        // Seen from above the trunk is a circle; the line is near enough to it at one height.
        let (from_m, to_m) = (a - self.foot_m, b - self.foot_m);
        let (level_from_m, level_to_m) = (from_m.with_z(0.0), to_m.with_z(0.0));
        let near_m = nearest(level_from_m, level_to_m);
        let way_m = level_to_m - level_from_m;
        let part = (near_m - level_from_m).dot(way_m) / way_m.length_squared().max(1e-12);
        let height_m = from_m.z + (to_m.z - from_m.z) * part;
        near_m.length_squared() < self.trunk_radius_m * self.trunk_radius_m
            && (0.0..self.crown_m.z - self.foot_m.z).contains(&height_m)
    }
}

/// The point of a straight line that is nearest to the origin.
fn nearest(a: DVec3, b: DVec3) -> DVec3 {
    let way = b - a;
    let part = -a.dot(way) / way.length_squared().max(1e-12);
    a + way * part.clamp(0.0, 1.0)
}
