//! The land: what stands in the way of the airframe, of light and of the rangefinder.
//!
//! One shape for each thing, so that touch, sight and range agree: buildings are boxes, trees a trunk and a ball.
//!
//! **Never:** moves; knows who looks.

mod block;
mod terrain;
mod tree;

pub use block::Block;
pub use terrain::{FLAT_M, Ray, Terrain};
pub use tree::Stem;

use crate::chance::Seed;
use evidence::Scenario;
use evidence::scenario::{Building, Tree, Water};
use glam::DVec3;

/// Ground and what stands on it.
#[derive(Clone, Debug)]
pub struct Land {
    /// The ground itself.
    pub terrain: Terrain,
    /// Buildings, in scenario order.
    pub blocks: Vec<Block>,
    /// Trees, in scenario order.
    pub trees: Vec<Stem>,
    /// Waters, in scenario order.
    waters: Vec<Water>,
}

impl Land {
    /// The land of a story.
    #[must_use]
    pub fn of(scenario: &Scenario, seed: &Seed) -> Self {
        let terrain = Terrain::of(&scenario.terrain, seed);
        let land = Self::on(terrain, &scenario.buildings, &scenario.trees);
        Self { waters: scenario.waters.clone(), ..land }
    }

    /// Flat ground with these on it.
    #[must_use]
    pub fn flat(buildings: &[Building], trees: &[Tree]) -> Self {
        Self::on(Terrain::flat(), buildings, trees)
    }

    fn on(terrain: Terrain, buildings: &[Building], trees: &[Tree]) -> Self {
        Self {
            blocks: buildings.iter().map(|b| Block::of(b, &terrain)).collect(),
            trees: trees.iter().map(|tree| Stem::of(tree, &terrain)).collect(),
            terrain,
            waters: Vec::new(),
        }
    }

    /// The height of the bare ground at a place.
    #[must_use]
    pub fn ground_m(&self, place_m: DVec3) -> f64 {
        self.terrain.height_m(place_m.x, place_m.y)
    }

    /// The height of the ground or of the roof below a place.
    #[must_use]
    pub fn floor_m(&self, place_m: DVec3) -> f64 {
        let roofs = self.blocks.iter().filter(|b| b.is_below(place_m)).map(|b| b.roof_m);
        roofs.fold(self.ground_m(place_m), f64::max)
    }

    /// The height of whatever is nearest below a place: ground, roof or crown.
    #[must_use]
    pub fn top_m(&self, place_m: DVec3) -> f64 {
        let crowns = self.trees.iter().filter_map(|tree| tree.top_below_m(place_m));
        crowns.fold(self.floor_m(place_m), f64::max)
    }

    /// Whether what is nearest below a place is water.
    #[must_use]
    pub fn is_over_water(&self, place_m: DVec3) -> bool {
        let is_on = |water: &Water| {
            let (east, north) = water.at_m;
            libm::hypot(place_m.x - east, place_m.y - north) < water.radius_m
        };
        self.waters.iter().any(is_on) && self.top_m(place_m) <= self.ground_m(place_m)
    }

    /// Whether no building and no tree is within so many metres of a place.
    #[must_use]
    pub fn is_clear(&self, place_m: DVec3, room_m: f64) -> bool {
        self.blocks.iter().all(|b| b.distance2_m2(place_m) > room_m * room_m)
            && self.trees.iter().all(|tree| tree.distance_m(place_m) > room_m)
    }

    /// How far along a unit vector the bare ground is, as near as a picture needs it; none if it is not met.
    #[must_use]
    pub fn away_m(&self, from_m: DVec3, way: DVec3) -> Option<f64> {
        if self.terrain.is_flat() {
            return (way.z < -1e-6 && from_m.z > 0.0).then(|| from_m.z / -way.z);
        }
        self.terrain.seen_m(from_m, way)
    }

    /// Whether something hides a point from an eye.
    #[must_use]
    pub fn hides(&self, point_m: DVec3, eye_m: DVec3) -> bool {
        self.blocks.iter().any(|b| b.is_crossed(eye_m, point_m))
            || self.trees.iter().any(|tree| tree.is_crossed(eye_m, point_m))
            || self.terrain.is_crossed(eye_m, point_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::scenario::Terrain as Shape;

    fn land() -> Land {
        let wall = Building { at_m: (0.0, 10.0), size_m: (6.0, 2.0, 8.0) };
        let tree = Tree { at_m: (20.0, 10.0), height_m: 10.0, crown_m: 6.0 };
        Land::flat(&[wall], &[tree])
    }

    #[test]
    fn what_stands_behind_a_building_or_a_tree_is_hidden_and_what_stands_before_it_is_not() {
        let eye_m = DVec3::new(0.0, 0.0, 5.0);
        let by_the_tree_m = DVec3::new(20.0, 0.0, 7.0);
        for (eye_m, point_m, hidden) in [
            (eye_m, (0.0, 15.0, 1.6), true),
            (eye_m, (0.0, 8.0, 1.6), false),
            (eye_m, (9.0, 15.0, 1.6), false),
            // Through the crown, past it, under it beside the trunk, through the trunk, and before it.
            (by_the_tree_m, (20.0, 20.0, 6.0), true),
            (by_the_tree_m, (28.0, 20.0, 6.0), false),
            (by_the_tree_m.with_z(2.0), (20.5, 20.0, 1.6), false),
            (by_the_tree_m.with_z(2.0), (20.1, 20.0, 1.6), true),
            (by_the_tree_m, (20.0, 6.0, 1.6), false),
        ] {
            let point_m = DVec3::from(point_m);
            assert_eq!(land().hides(point_m, eye_m), hidden, "{eye_m} {point_m}");
        }
    }

    #[test]
    fn floors_are_roofs_and_tops_are_crowns_too() {
        // Place, floor, top.
        for (place_m, floor_m, top_m) in [
            ((5.0, 5.0, 4.0), 0.0, 0.0),
            ((1.0, 10.5, 9.0), 8.0, 8.0),
            ((1.0, 10.5, 7.0), 0.0, 0.0),
            ((20.0, 10.0, 12.0), 0.0, 10.0),
            ((20.0, 13.1, 12.0), 0.0, 0.0),
            ((20.0, 10.0, 3.0), 0.0, 0.0),
        ] {
            let place_m = DVec3::from(place_m);
            let found = (land().floor_m(place_m), land().top_m(place_m));
            assert_eq!(found, (floor_m, top_m), "{place_m}");
        }
    }

    #[test]
    fn room_is_measured_to_wall_roof_trunk_and_leaves() {
        for (place_m, room_m, clear) in [
            ((4.0, 10.0, 3.0), 0.9, true),
            ((4.0, 10.0, 3.0), 1.1, false),
            ((0.0, 10.0, 9.0), 0.9, true),
            ((0.0, 10.0, 9.0), 1.1, false),
            ((22.0, 10.0, 1.0), 1.7, true),
            ((22.0, 10.0, 1.0), 1.9, false),
            ((20.0, 10.0, 11.0), 0.9, true),
            ((20.0, 10.0, 11.0), 1.1, false),
        ] {
            let place_m = DVec3::from(place_m);
            assert_eq!(land().is_clear(place_m, room_m), clear, "{place_m} {room_m}");
        }
    }

    /// A ridge 20 m high from west to east, 100 m north of the start.
    fn ridge() -> Land {
        let heights_m = [0.0, 20.0, 0.0, 0.0, 0.0].map(|height_m| vec![height_m; 2]).to_vec();
        let terrain = Shape::Grid { cell_m: 100.0, heights_m };
        let house = Building { at_m: (0.0, 150.0), size_m: (10.0, 10.0, 5.0) };
        let tree = Tree { at_m: (0.0, 100.0), height_m: 10.0, crown_m: 4.0 };
        Land::on(Terrain::of(&terrain, &Seed::master(1)), &[house], &[tree])
    }

    #[test]
    fn a_ridge_hides_what_is_behind_it_and_houses_and_trees_stand_on_it() {
        let eye_m = DVec3::new(30.0, 0.0, 10.0);
        for (point_m, hidden) in [
            ((30.0, 190.0, 3.0), true),
            ((30.0, 190.0, 45.0), false),
            ((30.0, 90.0, 18.5), false),
            ((30.0, -90.0, 0.5), false),
        ] {
            assert_eq!(ridge().hides(DVec3::from(point_m), eye_m), hidden, "{point_m:?}");
        }
        // Place, floor, top.
        for (place_m, floor_m, top_m) in [
            ((30.0, 100.0, 50.0), 20.0, 20.0),
            ((0.0, 100.0, 50.0), 20.0, 30.0),
            ((0.0, 150.0, 50.0), 15.0, 15.0),
            ((30.0, 150.0, 50.0), 10.0, 10.0),
        ] {
            let place_m = DVec3::from(place_m);
            assert_eq!((ridge().floor_m(place_m), ridge().top_m(place_m)), (floor_m, top_m));
        }
    }
}
