//! The shadows that buildings, trees and people throw on the ground, as outlines on it.
//!
//! **Never:** throws a shadow on anything but the ground.

use super::scene::HALF_SHOULDER_M;
use crate::cast::Figure;
use crate::land::{Block, Land, Stem};
use crate::sky::Beam;
use glam::DVec3;

/// Shadows are no longer than this.
const LONGEST_M: f64 = 150.0;
/// Corners of a crown's shadow.
const CROWN_CORNERS: u32 = 12;

/// Shadows of all that stands still, each as the corners of a polygon on the ground, convex and in order.
#[must_use]
pub fn of_land(land: &Land, beam: Beam) -> Vec<Vec<DVec3>> {
    let light = Light { land, beam };
    let mut outlines: Vec<_> = land.blocks.iter().map(|block| light.behind_block(block)).collect();
    for tree in &land.trees {
        let radius_m = tree.trunk_radius_m;
        outlines.push(light.behind_pole(tree.foot_m, tree.crown_m.z, radius_m));
        outlines.push(light.behind_crown(tree));
    }
    outlines
}

/// A person's shadow.
#[must_use]
pub fn of_person(land: &Land, figure: &Figure, beam: Beam) -> Vec<DVec3> {
    let top_m = figure.feet_m.z + figure.height_m;
    Light { land, beam }.behind_pole(figure.feet_m, top_m, HALF_SHOULDER_M)
}

struct Light<'a> {
    land: &'a Land,
    beam: Beam,
}

impl Light<'_> {
    /// Where a point's shadow falls.
    fn thrown(&self, point_m: DVec3) -> DVec3 {
        let way = -self.beam.to_sun;
        let away_m = self.land.away_m(point_m, way).unwrap_or(LONGEST_M).min(LONGEST_M);
        self.grounded(point_m + way * away_m)
    }

    fn grounded(&self, point_m: DVec3) -> DVec3 {
        point_m.with_z(self.land.ground_m(point_m))
    }

    /// Level, and across the light.
    fn across(&self) -> DVec3 {
        DVec3::new(self.beam.to_sun.y, -self.beam.to_sun.x, 0.0).try_normalize().unwrap_or(DVec3::X)
    }

    fn behind_block(&self, block: &Block) -> Vec<DVec3> {
        let ((east, north), (half_e, half_n)) = (block.at_m, block.half_m);
        let mut corners_m = Vec::new();
        for (e, n) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
            let corner_m = DVec3::new(east + e * half_e, north + n * half_n, block.roof_m);
            corners_m.push(self.grounded(corner_m));
            corners_m.push(self.thrown(corner_m));
        }
        hull(corners_m)
    }

    fn behind_pole(&self, foot_m: DVec3, top_m: f64, half_m: f64) -> Vec<DVec3> {
        let (aside_m, end_m) = (self.across() * half_m, self.thrown(foot_m.with_z(top_m)));
        [foot_m - aside_m, foot_m + aside_m, end_m + aside_m, end_m - aside_m]
            .map(|corner_m| self.grounded(corner_m))
            .to_vec()
    }

    fn behind_crown(&self, tree: &Stem) -> Vec<DVec3> {
        let across = self.across();
        let upwards = across.cross(self.beam.to_sun);
        let corner = |i: u32| {
            let turn = core::f64::consts::TAU * f64::from(i) / f64::from(CROWN_CORNERS);
            let (sin, cos) = libm::sincos(turn);
            self.thrown(tree.crown_m + (across * cos + upwards * sin) * tree.crown_radius_m)
        };
        (0..CROWN_CORNERS).map(corner).collect()
    }
}

/// The corners around all points, seen from above (Andrew's monotone chain).
fn hull(mut points_m: Vec<DVec3>) -> Vec<DVec3> {
    points_m.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let half = |points_m: &mut dyn Iterator<Item = DVec3>| {
        let mut chain: Vec<DVec3> = Vec::new();
        for point_m in points_m {
            while let [.., a, b] = chain[..] {
                if (b - a).truncate().perp_dot((point_m - b).truncate()) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(point_m);
        }
        chain.pop();
        chain
    };
    let mut all = half(&mut points_m.iter().copied());
    all.extend(half(&mut points_m.iter().rev().copied()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::scenario::{Building, Tree};

    #[test]
    fn shadows_lie_away_from_the_sun_and_are_as_long_as_its_height_makes_them() {
        let house = Building { at_m: (0.0, 0.0), size_m: (4.0, 2.0, 6.0) };
        let tree = Tree { at_m: (50.0, 0.0), height_m: 10.0, crown_m: 4.0 };
        let land = Land::flat(&[house], &[tree]);
        // The sun in the south, 45° up.
        let half = core::f64::consts::FRAC_1_SQRT_2;
        let beam = Beam { to_sun: DVec3::new(0.0, -half, half), lux: 1.0 };
        let shadows = of_land(&land, beam);
        let spans = |shadow: &Vec<DVec3>| {
            let all = |of: fn(&DVec3) -> f64| {
                let low = shadow.iter().map(of).fold(f64::INFINITY, f64::min);
                let high = shadow.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
                ((low * 100.0).round() / 100.0, (high * 100.0).round() / 100.0)
            };
            (all(|p| p.x), all(|p| p.y))
        };
        // From west to east, from south to north.
        let crown_half_m = 2.83;
        for (shadow, (across, along)) in shadows.iter().zip([
            ((-2.0, 2.0), (-1.0, 7.0)),
            ((49.8, 50.2), (0.0, 8.0)),
            ((48.0, 52.0), (8.0 - crown_half_m, 8.0 + crown_half_m)),
        ]) {
            assert_eq!(spans(shadow), (across, along));
            assert!(shadow.iter().all(|corner| corner.z == 0.0));
        }
        assert_eq!(shadows[0].len(), 4, "the house and its shadow are one box from above");
    }
}
