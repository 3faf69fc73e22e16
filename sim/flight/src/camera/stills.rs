//! Tests that whoever makes the camera quicker changes no pixel: digests of pictures from many places, by scene.
//!
//! **Never:** says what a picture should look like.

use super::Shot;
use super::shutter::{Lit, Motion};
use super::studio::Studio;
use super::view::View;
use crate::cast::Cast;
use crate::chance::Seed;
use crate::land::Land;
use crate::secrets::{Face, Secrets};
use crate::sky::Sky;
use evidence::scenario::Scenario;
use glam::DVec3;
use sha2::{Digest, Sha256};
use std::sync::Arc;

const SIX: &str = r#"cast: [(name: "A", at_m: (-2.0, 7.0), facing_deg: 180.0), (name: "B", at_m: (0.9, 8.5), facing_deg: 150.0),
    (name: "C", at_m: (2.5, 9.5), facing_deg: 20.0), (name: "D", at_m: (-3.0, 11.0), facing_deg: 180.0),
    (name: "E", at_m: (34.0, 13.0), facing_deg: 270.0), (name: "F", at_m: (-25.0, 15.0), facing_deg: 90.0)],"#;
const HOUSES: &str = "buildings: [(at_m: (9.0, 20.0), size_m: (6.0, 5.0, 5.0)), (at_m: (-12.0, 16.0), size_m: (5.0, 5.0, 6.0)),
    (at_m: (60.0, -70.0), size_m: (9.0, 5.0, 5.0))],";
const HILLS: &str = "terrain: Hills(height_m: 8.0, wavelength_m: 60.0),";
const STEEP: &str = "terrain: Hills(height_m: 30.0, wavelength_m: 150.0),";
const GRID: &str = "terrain: Grid(cell_m: 25.0, heights_m: [[9.0, 3.0, 0.0, 2.0], [4.0, 14.0, -3.0, 0.0], [0.0, 1.0, 2.0, -8.0]]),";
const WOOD: &str = "trees: [(at_m: (-4.0, 12.0), height_m: 7.0, crown_m: 3.0), (at_m: (5.0, 16.0), height_m: 8.0, crown_m: 4.0),
    (at_m: (8.0, 11.0), height_m: 6.0, crown_m: 3.0), (at_m: (-8.0, 20.0), height_m: 9.0, crown_m: 5.0),
    (at_m: (51.0, -62.0), height_m: 8.0, crown_m: 4.0), (at_m: (3.0, 30.0), height_m: 8.0, crown_m: 4.0)],";
const SUN: &str = "light: Sun(azimuth_deg: 250.0, elevation_deg: 30.0),";
const LOW_SUN: &str = "light: Sun(azimuth_deg: 110.0, elevation_deg: 1.5),";
const DUSK: &str = "light: Sun(azimuth_deg: 250.0, elevation_deg: -4.0),";
const NIGHT: &str = "light: Night, lamps: [(at_m: (2.0, 6.0), height_m: 6.0, intensity_cd: 2000.0), (at_m: (-6.0, 14.0), height_m: 6.0, intensity_cd: 500.0)],";

/// Pictures of a scene and all that is found in them, from near and far, low and high, over the start and away from it,
/// at rest and in motion along both sides and across.
fn digest(rest: &str) -> String {
    let text = format!(
        r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 3, length_s: 1.0,
            {rest} beats: [], expects: {{}})"#
    );
    let scenario: Scenario = ron::from_str(&text).expect("the scene is right");
    let seed = Seed::master(scenario.seed);
    let land = Arc::new(Land::of(&scenario, &seed));
    let cast = Cast::of(&scenario, &[]).over(land.clone());
    let sky = Sky::of(&scenario, &land).map(Arc::new);
    let faces = (0..6).map(|i| if i == 3 { Face::Loud } else { Face::Someone(i) }).collect();
    let sheet = core::array::from_fn(|i| [i as u8, 200 - i as u8, 30 + 3 * i as u8]);
    let own = Secrets { faces, sheet, ..Secrets::none() };
    let studio = Arc::new(Studio::over(&land, sky.as_ref().and_then(|sky| sky.beam())));
    let mut digest = Sha256::new();
    for (i, (east_m, north_m, up_m, ahead, velocity_mps, turn_radps)) in [
        (0.0, 0.0, 5.0, (0.0, 1.0), (0.0, 0.0, 0.0), 0.0),
        (0.7, 0.2, 9.0, (0.3, 0.9), (7.0, 0.0, 0.0), 0.0),
        (-11.0, 3.5, 3.0, (0.9, 0.4), (2.0, 5.0, -1.0), 0.2),
        (20.0, 25.0, 14.0, (-0.7, -0.6), (0.0, -9.0, 2.0), -0.6),
        (38.0, -45.0, 22.0, (0.6, -0.8), (-6.0, 6.0, 0.0), 1.7),
        (0.0, 5.0, 2.2, (1.0, 0.0), (0.0, 3.0, 0.0), 0.0),
        (-210.0, 140.0, 60.0, (-1.0, 0.1), (0.0, 0.0, 4.0), 0.05),
        (4.0, 2.0, 120.0, (0.0, -1.0), (12.0, 1.0, 0.0), 0.0),
    ]
    .into_iter()
    .enumerate()
    {
        let ground_m = land.ground_m(DVec3::new(east_m, north_m, 0.0));
        let eye_m = DVec3::new(east_m, north_m, ground_m + up_m);
        let view = View::levelled(eye_m, DVec3::new(ahead.0, ahead.1, 0.0));
        let moves = Motion { velocity_mps: DVec3::from(velocity_mps), turn_radps };
        let lit = sky.as_ref().map(|sky| Lit::metered(&view, &moves, &land, sky.clone(), i as u64));
        let shot = Shot::take(view, cast.figures(), land.clone(), lit, studio.clone());
        digest.update(&*shot.picture(0, &own));
        digest.update(format!(
            "{:?} {:?}",
            shot.heads(),
            shot.sheet_needle(&shot.picture(0, &own))
        ));
    }
    digest.finalize()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn pictures_in_any_land_and_light_are_what_they_were() {
    for (name, rest, expected) in [
        ("bare ground at noon", vec![], "73e613313478"),
        ("people and houses at noon", vec![SIX, HOUSES], "cbacdc604b3d"),
        ("people, houses and a wood in the sun", vec![SIX, HOUSES, WOOD, SUN], "fd8641fe9349"),
        (
            "people, houses and a wood by a low sun",
            vec![SIX, HOUSES, WOOD, LOW_SUN],
            "56ac0c317870",
        ),
        ("people and houses by dusk", vec![SIX, HOUSES, DUSK], "11ad1f3538a0"),
        ("people by night", vec![SIX, NIGHT], "d22a91d16b66"),
        ("hills at noon", vec![HILLS], "1c6164af9cd1"),
        ("hills, wood, houses and people at noon", vec![HILLS, WOOD, HOUSES, SIX], "acc988ea8f82"),
        (
            "hills, wood, houses and people in the sun",
            vec![HILLS, WOOD, HOUSES, SIX, SUN],
            "f97f41d17b4b",
        ),
        ("hills, wood and people by a low sun", vec![HILLS, WOOD, SIX, LOW_SUN], "f445478bb447"),
        ("hills, wood and people by night", vec![HILLS, WOOD, SIX, NIGHT], "d669de0144e5"),
        ("steep hills by dusk", vec![STEEP, WOOD, SIX, DUSK], "a40915eaf2c2"),
        ("a map in the sun", vec![GRID, WOOD, HOUSES, SIX, SUN], "c891cf5e6e6c"),
        ("a map by night", vec![GRID, HOUSES, NIGHT], "c9cbcbbacb0a"),
    ] {
        assert_eq!(digest(&rest.concat()), expected, "{name}");
    }
}
