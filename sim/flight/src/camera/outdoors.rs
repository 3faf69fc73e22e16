//! Tests of the camera among trees and hills: what they hide, and what is drawn of them.
//!
//! **Never:** tests how a face is drawn.

use super::*;
use crate::body::Body;
use crate::chance::Seed;
use crate::secrets::{Face, Secrets};
use evidence::Tick;
use evidence::scenario::Scenario;
use proptest::prelude::*;

fn secrets(face: Face) -> Secrets {
    Secrets { faces: vec![face; 2], sheet: [[10, 200, 30]; 64], ..Secrets::none() }
}

/// Two people who look at the camera, and what else a story has, seen from 5 m above the start in some motion; and what
/// an exact vision chip finds.
fn moving(rest: &str, velocity_mps: DVec3, turn_radps: f64) -> (Shot, Found) {
    let text = format!(
        r#"(
            title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
            cast: [(name: "A", at_m: (-0.7, 7.0), facing_deg: 180.0),
                   (name: "B", at_m: (0.9, 8.5), facing_deg: 180.0)],
            {rest} finder: (noise_px: 0.0, latency_frames: 0), beats: [], expects: {{}},
        )"#
    );
    let scenario: Scenario = ron::from_str(&text).unwrap();
    let airframe =
        Airframe::parse(include_str!("../../../../assets/airframes/camera_quad.ron")).unwrap();
    let body = Body::standing(airframe.clone(), &[]);
    let k = Kinematics {
        position_m: DVec3::Z * 5.0,
        velocity_mps,
        rates_flu_radps: DVec3::Z * turn_radps,
        ..*body.kinematics()
    };
    let seed = Seed::master(1);
    let land = Arc::new(Land::of(&scenario, &seed));
    let cast = Cast::of(&scenario, &[]).over(land.clone());
    let shot = Camera::on(&airframe, land).under(&scenario, &seed).shoot(&k, &cast);
    let mut chip = VisionChip::of(&scenario, &seed);
    chip.look(Tick(50), &shot, &k);
    let found = chip.answer(Tick(50)).unwrap();
    (shot, found)
}

fn shot(rest: &str) -> Shot {
    moving(rest, DVec3::ZERO, 0.0).0
}

const LAMP_LIT: &str =
    "light: Night, lamps: [(at_m: (0.0, 4.0), height_m: 6.0, intensity_cd: 2000.0)],";

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
        assert_eq!(*ours == *theirs, in_view.is_empty(), "{tree}");
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

#[test]
fn in_any_light_and_motion_identities_differ_only_inside_the_head_boxes() {
    const DUSK: &str = "light: Sun(azimuth_deg: 250.0, elevation_deg: -2.0),";
    const SUN: &str = "light: Sun(azimuth_deg: 250.0, elevation_deg: 30.0),";
    // Light, motion, turn -> how far at least and at most it is smeared.
    for (light, velocity_mps, turn_radps, (least_px, most_px)) in [
        ("", DVec3::X * 9.0, 1.0, (0.0, 0.0)),
        (SUN, DVec3::X * 9.0, 1.0, (0.0, 0.0)),
        (DUSK, DVec3::X * 4.0, 0.0, (2.0, 5.0)),
        (LAMP_LIT, DVec3::ZERO, 0.0, (0.0, 0.0)),
        (LAMP_LIT, DVec3::new(3.0, -2.0, 1.0), -0.3, (3.0, 6.0)),
        (LAMP_LIT, DVec3::new(0.0, 8.0, 0.0), 0.0, (4.0, 6.0)),
        (LAMP_LIT, DVec3::ZERO, 1.9, (12.0, 16.0)),
        (LAMP_LIT, DVec3::X * -15.0, 4.0, (23.9, 24.1)),
    ] {
        let (shot, found) = moving(light, velocity_mps, turn_radps);
        let (right_px, down_px) = shot.smear_px();
        let smear_px = right_px.abs().max(down_px.abs());
        let case = format!("{light} {velocity_mps} {turn_radps}: {smear_px} px");
        assert!((least_px..=most_px).contains(&smear_px), "{case}");
        assert_eq!(found.is_sure, smear_px < 6.0, "{case}");
        let (ours, theirs) = (secrets(Face::Loud), secrets(Face::Someone(3)));
        let (ours, theirs) = (shot.picture(0, &ours), shot.picture(1, &theirs));
        let differ: Vec<usize> = (0..ours.len() / 3)
            .filter(|at| ours[3 * at..3 * at + 3] != theirs[3 * at..3 * at + 3])
            .collect();
        assert!(differ.len() > 10, "{case}: {}", differ.len());
        // Where the chip is not sure the vehicle shows nothing at all.
        if found.is_sure {
            assert_eq!((found.heads.len(), found.missed), (2, 0), "{case}");
            let is_inside = |at: &usize| {
                let (x, y) = ((at % view::WIDTH_PX) as i32, (at / view::WIDTH_PX) as i32);
                found.heads.iter().any(|b| {
                    (b.x_px..b.x_px + b.width_px).contains(&x)
                        && (b.y_px..b.y_px + b.height_px).contains(&y)
                })
            };
            assert!(differ.iter().all(is_inside), "{case}");
        }
    }
}

#[test]
fn a_set_sees_its_own_picture_whoever_has_looked_before_it() {
    let sets = [Face::Loud, Face::Someone(3), Face::Blank].map(secrets);
    for rest in ["", "light: Sun(azimuth_deg: 90.0, elevation_deg: 25.0),", LAMP_LIT] {
        let alone = |set: usize| shot(rest).picture(set, &sets[set]).to_vec();
        let alone = [alone(0), alone(1), alone(2)];
        let shot = shot(rest);
        for set in [0, 1, 1, 0, 2, 0] {
            assert!(*shot.picture(set, &sets[set]) == alone[set], "{rest} {set}");
        }
        // And while others look.
        let [a, b, c] = [0, 1, 2].map(|set| shot.picture(set, &sets[set]));
        assert!([&*a, &*b, &*c] == [&*alone[0], &*alone[1], &*alone[2]], "{rest}");
        assert!(alone[0] != alone[1] && alone[1] != alone[2], "{rest}");
    }
}

#[test]
fn a_low_sun_throws_shadows_and_a_lamp_a_pool_of_light() {
    let own = secrets(Face::Blank);
    let mean = |rest: &str, (left, top): (usize, usize)| {
        let shot = shot(rest);
        let picture = shot.picture(0, &own);
        let block = (0..100).map(|i| 3 * ((top + i / 10) * view::WIDTH_PX + left + i % 10) + 1);
        block.map(|at| u32::from(picture[at])).sum::<u32>() / 100
    };
    // The house stands outside of the picture, east of it, and the sun behind it.
    const HOUSE: &str = "buildings: [(at_m: (13.0, 6.0), size_m: (4.0, 6.0, 6.0))],";
    const EAST: &str = "light: Sun(azimuth_deg: 90.0, elevation_deg: 25.0),";
    let beside = (270, 120);
    assert!(mean(EAST, beside) > 2 * mean(&format!("{HOUSE} {EAST}"), beside));
    assert_eq!(mean("", beside), mean(HOUSE, beside));
    assert!(mean(LAMP_LIT, (155, 180)) > 2 * mean(LAMP_LIT, (2, 2)));
    assert!(mean("light: Night,", (155, 180)) < 12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_light_and_motion_gives_numbers_and_the_same_picture_twice(
        azimuth_deg in -360.0..360.0_f64, elevation_deg in -90.0..90.0_f64, cd in 1.0..1e5_f64,
        east_mps in -20.0..20.0_f64, up_mps in -20.0..20.0_f64, turn_radps in -10.0..10.0_f64,
    ) {
        let rest = format!(
            "terrain: Hills(height_m: 6.0, wavelength_m: 40.0), trees: [(at_m: (3.0, 9.0), height_m: 5.0, crown_m: 3.0)],
            light: Sun(azimuth_deg: {azimuth_deg:?}, elevation_deg: {elevation_deg:?}),
            lamps: [(at_m: (0.0, 4.0), height_m: 6.0, intensity_cd: {cd:?})],"
        );
        let motion_mps = DVec3::new(east_mps, -east_mps, up_mps);
        let own = secrets(Face::Someone(5));
        let ((a, found), (b, again)) =
            (moving(&rest, motion_mps, turn_radps), moving(&rest, motion_mps, turn_radps));
        prop_assert_eq!(&*a.picture(0, &own), &*b.picture(0, &own));
        prop_assert_eq!(found, again);
        let (right_px, down_px) = a.smear_px();
        prop_assert!(right_px.abs() <= 24.0 && down_px.abs() <= 24.0);
        prop_assert!(a.heads().iter().all(|head| head.bright.is_finite() && head.bright >= 0.0));
    }
}
