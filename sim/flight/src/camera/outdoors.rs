//! The camera among trees and hills: what they hide, and what is drawn of them.

use super::*;
use crate::body::Body;
use crate::chance::Seed;
use crate::secrets::{Face, Secrets};
use evidence::scenario::Scenario;

fn secrets(face: Face) -> Secrets {
    Secrets { faces: vec![face; 2], sheet: [[10, 200, 30]; 64], ..Secrets::none() }
}

/// Two people who look at the camera, and what else a story has; seen from 5 m above the start.
fn shot(rest: &str) -> Shot {
    let text = format!(
        r#"(
            title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
            cast: [(name: "A", at_m: (-0.7, 7.0), facing_deg: 180.0),
                   (name: "B", at_m: (0.9, 8.5), facing_deg: 180.0)],
            {rest} beats: [], expects: {{}},
        )"#
    );
    let scenario: Scenario = ron::from_str(&text).unwrap();
    let airframe =
        Airframe::parse(include_str!("../../../../assets/airframes/camera_quad.ron")).unwrap();
    let body = Body::standing(airframe.clone(), &[]);
    let k = Kinematics { position_m: DVec3::Z * 5.0, ..*body.kinematics() };
    let land = Arc::new(Land::of(&scenario, &Seed::master(1)));
    let cast = Cast::of(&scenario, &[]).over(land.clone());
    let mut shot = Camera::on(&airframe, land).shoot(&k, &cast);
    shot.seat(2);
    shot
}

#[test]
fn a_tree_hides_who_stands_behind_it_and_is_drawn_where_it_stands() {
    for (tree, in_view) in [
        ("", vec![1, 0]),
        ("(at_m: (0.0, 12.0), height_m: 6.0, crown_m: 4.0)", vec![1, 0]),
        ("(at_m: (0.5, 4.5), height_m: 4.0, crown_m: 3.0)", vec![]),
        ("(at_m: (0.48, 4.5), height_m: 3.7, crown_m: 1.0)", vec![0]),
    ] {
        let shot = shot(&format!("trees: [{tree}],"));
        let who: Vec<usize> = shot.heads().iter().map(|head| head.who).collect();
        assert_eq!(who, in_view, "{tree}");
        let (ours, theirs) = (secrets(Face::Loud), secrets(Face::Blank));
        let (ours, theirs) = (shot.picture(0, &ours), shot.picture(1, &theirs));
        assert_eq!(ours == theirs, in_view.is_empty(), "{tree}");
        let leaves =
            ours.chunks(3).filter(|p| [[52, 78, 40], [70, 100, 52]].contains(&[p[0], p[1], p[2]]));
        assert_eq!(leaves.count() > 300, !tree.is_empty(), "{tree}");
    }
}

#[test]
fn ground_that_is_flat_but_said_to_be_a_grid_looks_nearly_the_same() {
    let own = secrets(Face::Blank);
    let (flat, grid) =
        (shot(""), shot("terrain: Grid(cell_m: 9.0, heights_m: [[0.0, 0.0], [0.0, 0.0]]),"));
    let (flat, grid) = (flat.picture(0, &own), grid.picture(0, &own));
    let differ = flat.chunks(3).zip(grid.chunks(3)).filter(|(a, b)| a != b).count();
    // Only where the straight line across a mesh is a little off the curve of perspective.
    assert!(differ < flat.len() / 3 / 20, "{differ} pixels");
}

#[test]
fn a_hill_hides_who_stands_behind_it() {
    // A ridge 40 m to the north.
    let rows = [0.0, 14.0, 0.0, 0.0, 0.0, 0.0, 0.0].map(|row| format!("[{row:?}, {row:?}]"));
    let heights_m = rows.join(", ");
    let people = |north_m: f64| {
        let text = format!(
            r#"(
                title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
                terrain: Grid(cell_m: 20.0, heights_m: [{heights_m}]),
                cast: [(name: "A", at_m: (0.0, {north_m:?}), facing_deg: 180.0)], beats: [], expects: {{}},
            )"#
        );
        let scenario: Scenario = ron::from_str(&text).unwrap();
        let land = Land::of(&scenario, &Seed::master(1));
        let cast = Cast::of(&scenario, &[]).over(Arc::new(land.clone()));
        land.hides(cast.figures()[0].head_m(), DVec3::Z * 5.0)
    };
    for (north_m, hidden) in [(6.0, false), (30.0, false), (60.0, true)] {
        assert_eq!(people(north_m), hidden, "{north_m}");
    }
}
