//! What stands on the ground: buildings, trees, people, the start, and the coloured sheet north of it.
//!
//! **Never:** lets two things stand in one place.

use super::{Fault, at_most, fault, within};
use crate::scenario::{Building, Person, Scenario, Tree, Water};
use std::collections::BTreeSet;

/// East and north, in metres.
pub(super) type Spot = (f64, f64);

/// An upright box seen from above.
#[derive(Clone, Copy)]
struct Area {
    low_m: Spot,
    high_m: Spot,
}

/// The coloured sheet: 3 m by 3 m, centred 5 m north of the start.
const SHEET: Area = Area { low_m: (-1.5, 3.5), high_m: (1.5, 6.5) };

const OFF_THE_SHEET: &str = "keep the 3 m square whose centre is 5 m north of the start free";

/// The start: no wall here, and no feet under the rotors.
const START: Area = Area { low_m: (-0.6, -0.6), high_m: (0.6, 0.6) };

pub(super) fn check(scenario: &Scenario) -> Result<(), Fault> {
    at_most("buildings", scenario.buildings.len(), 64)?;
    for (i, building) in scenario.buildings.iter().enumerate() {
        check_building(i, building)?;
    }
    at_most("trees", scenario.trees.len(), 64)?;
    for (i, tree) in scenario.trees.iter().enumerate() {
        check_tree(scenario, i, tree)?;
    }
    at_most("waters", scenario.waters.len(), 16)?;
    for (i, water) in scenario.waters.iter().enumerate() {
        check_water(i, water)?;
    }
    at_most("cast", scenario.cast.len(), 32)?;
    let mut names = BTreeSet::new();
    for (i, person) in scenario.cast.iter().enumerate() {
        check_person(i, person)?;
        if !names.insert(&person.name) {
            let what = format!("two people are called {:?}", person.name);
            let hint = "beats call people by name: give each another";
            return fault(&format!("cast[{i}].name"), &what, hint);
        }
        let who = format!("{} stands", person.name);
        check_path(scenario, &format!("cast[{i}].at_m"), &who, person.at_m, person.at_m)?;
    }
    Ok(())
}

/// Nobody walks through a wall, over the sheet, or into the rotors at the start.
pub(super) fn check_path(
    scenario: &Scenario,
    path: &str,
    who: &str,
    from_m: Spot,
    to_m: Spot,
) -> Result<(), Fault> {
    if let Some(i) = scenario.buildings.iter().position(|b| area(b).is_crossed(from_m, to_m)) {
        let what = format!("{who} inside buildings[{i}]");
        return fault(path, &what, "move one of them; `at_m` of a building is its centre");
    }
    if let Some(i) = scenario.trees.iter().position(|t| trunk(t).is_crossed(from_m, to_m)) {
        let what = format!("{who} where trees[{i}] stands");
        return fault(path, &what, "move one of them; `at_m` of a tree is its trunk");
    }
    if SHEET.is_crossed(from_m, to_m) {
        return fault(path, &format!("{who} on the coloured sheet"), OFF_THE_SHEET);
    }
    if START.is_crossed(from_m, to_m) {
        return fault(
            path,
            &format!("{who} where the airframe starts"),
            "keep 0.6 m away from (0, 0)",
        );
    }
    Ok(())
}

pub(super) fn check_way_point(
    scenario: &Scenario,
    path: &str,
    label: &str,
    (east, north, up): (f64, f64, f64),
) -> Result<(), Fault> {
    let inside = scenario
        .buildings
        .iter()
        .position(|b| area(b).is_crossed((east, north), (east, north)) && up <= b.size_m.2);
    if let Some(i) = inside {
        let what = format!("the way-point {label:?} is inside buildings[{i}]");
        return fault(path, &what, "fly over it or round it");
    }
    let is_among_leaves = |tree: &Tree| {
        let away_m = (east - tree.at_m.0, north - tree.at_m.1, up - tree.crown_up_m());
        let away2_m2 = away_m.0 * away_m.0 + away_m.1 * away_m.1 + away_m.2 * away_m.2;
        away2_m2 < tree.crown_m * tree.crown_m / 4.0
    };
    match scenario.trees.iter().position(is_among_leaves) {
        Some(i) => {
            let what = format!("the way-point {label:?} is in the crown of trees[{i}]");
            fault(path, &what, "fly over it or round it")
        }
        None => Ok(()),
    }
}

fn check_water(i: usize, water: &Water) -> Result<(), Fault> {
    let path = |rest: &str| format!("waters[{i}].{rest}");
    let (east, north) = water.at_m;
    within(&path("at_m[0]"), east, -2000.0..=2000.0, "metres east of the start")?;
    within(&path("at_m[1]"), north, -2000.0..=2000.0, "metres north of the start")?;
    within(&path("radius_m"), water.radius_m, 1.0..=2000.0, "metres from the middle to the shore")
}

fn check_building(i: usize, building: &Building) -> Result<(), Fault> {
    let path = |rest: &str| format!("buildings[{i}].{rest}");
    within(&path("at_m[0]"), building.at_m.0, -2000.0..=2000.0, "metres east of the start")?;
    within(&path("at_m[1]"), building.at_m.1, -2000.0..=2000.0, "metres north of the start")?;
    within(&path("size_m[0]"), building.size_m.0, 0.1..=500.0, "metres from west to east")?;
    within(&path("size_m[1]"), building.size_m.1, 0.1..=500.0, "metres from south to north")?;
    within(&path("size_m[2]"), building.size_m.2, 0.1..=300.0, "metres high")?;
    for (place, name, hint) in [
        (SHEET, "the coloured sheet", OFF_THE_SHEET),
        (START, "the start", "the airframe starts at (0, 0); `at_m` is the building's centre"),
    ] {
        if area(building).overlaps(place) {
            return fault(&path("at_m"), &format!("this building stands on {name}"), hint);
        }
    }
    Ok(())
}

fn check_tree(scenario: &Scenario, i: usize, tree: &Tree) -> Result<(), Fault> {
    let path = |rest: &str| format!("trees[{i}].{rest}");
    let (east, north) = tree.at_m;
    within(&path("at_m[0]"), east, -2000.0..=2000.0, "metres east of the start")?;
    within(&path("at_m[1]"), north, -2000.0..=2000.0, "metres north of the start")?;
    within(&path("height_m"), tree.height_m, 1.0..=60.0, "metres from the ground to the top")?;
    let most_m = tree.height_m.min(30.0);
    within(&path("crown_m"), tree.crown_m, 0.5..=most_m, "metres across, within its height")?;
    let crown = Area::about(tree.at_m, tree.crown_m / 2.0);
    if crown.overlaps(START) {
        let hint = "the airframe starts at (0, 0): leave it room to rise";
        return fault(&path("at_m"), "this tree reaches over the start", hint);
    }
    if trunk(tree).overlaps(SHEET) {
        return fault(&path("at_m"), "this tree stands on the coloured sheet", OFF_THE_SHEET);
    }
    match scenario.buildings.iter().position(|b| area(b).overlaps(trunk(tree))) {
        Some(b) => {
            let what = format!("this tree stands inside buildings[{b}]");
            fault(&path("at_m"), &what, "`at_m` of a building is its centre; move one of them")
        }
        None => Ok(()),
    }
}

fn check_person(i: usize, person: &Person) -> Result<(), Fault> {
    let path = |rest: &str| format!("cast[{i}].{rest}");
    let length = person.name.chars().count();
    if person.name.trim().is_empty() || length > 32 || person.name.chars().any(char::is_control) {
        let what = format!("{:?} is not a name", person.name);
        return fault(&path("name"), &what, "give 1 to 32 characters");
    }
    within(&path("at_m[0]"), person.at_m.0, -2000.0..=2000.0, "metres east of the start")?;
    within(&path("at_m[1]"), person.at_m.1, -2000.0..=2000.0, "metres north of the start")?;
    within(&path("facing_deg"), person.facing_deg, -360.0..=360.0, "degrees clockwise from north")?;
    within(&path("height_m"), person.height_m, 0.5..=2.5, "metres")
}

fn trunk(tree: &Tree) -> Area {
    Area::about(tree.at_m, tree.trunk_radius_m())
}

fn area(building: &Building) -> Area {
    let ((east, north), (width, depth, _)) = (building.at_m, building.size_m);
    Area {
        low_m: (east - width / 2.0, north - depth / 2.0),
        high_m: (east + width / 2.0, north + depth / 2.0),
    }
}

impl Area {
    fn about((east, north): Spot, half_m: f64) -> Self {
        Self { low_m: (east - half_m, north - half_m), high_m: (east + half_m, north + half_m) }
    }

    fn overlaps(self, other: Self) -> bool {
        self.low_m.0 < other.high_m.0
            && other.low_m.0 < self.high_m.0
            && self.low_m.1 < other.high_m.1
            && other.low_m.1 < self.high_m.1
    }

    /// Whether any point of a straight path lies strictly inside (the slab test).
    fn is_crossed(self, from_m: Spot, to_m: Spot) -> bool {
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (from, to, low, high) in [
            (from_m.0, to_m.0, self.low_m.0, self.high_m.0),
            (from_m.1, to_m.1, self.low_m.1, self.high_m.1),
        ] {
            let way = to - from;
            if way == 0.0 {
                if from <= low || from >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - from) / way, (high - from) / way);
            enters = enters.max(a.min(b));
            leaves = leaves.min(a.max(b));
        }
        enters < leaves
    }
}
