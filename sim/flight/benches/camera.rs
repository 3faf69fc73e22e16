//! What a frame costs: microseconds from taking it to its pixels, for scenes from bare ground to a wood in the hills.
//!
//! `cargo bench -p flight --bench camera`. Nothing here is a test: it prints, and the README quotes.
//!
//! **Never:** fails because a machine is slow.

use evidence::Scenario;
use flight::airframe::Airframe;
use flight::body::{Body, Kinematics};
use flight::camera::Camera;
use flight::cast::Cast;
use flight::chance::Seed;
use flight::land::Land;
use flight::secrets::Secrets;
use glam::DVec3;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// Frames of a scene, of which the quickest and the median count.
const FRAMES: usize = 301;

const SIX: &str = r#"cast: [(name: "A", at_m: (-2.0, 7.0), facing_deg: 180.0), (name: "B", at_m: (0.9, 8.5), facing_deg: 180.0),
    (name: "C", at_m: (2.5, 9.5), facing_deg: 180.0), (name: "D", at_m: (-3.0, 11.0), facing_deg: 180.0),
    (name: "E", at_m: (4.0, 13.0), facing_deg: 180.0), (name: "F", at_m: (-5.0, 15.0), facing_deg: 180.0)],"#;
const HOUSES: &str = "buildings: [(at_m: (9.0, 20.0), size_m: (6.0, 5.0, 5.0)), (at_m: (-12.0, 16.0), size_m: (5.0, 5.0, 6.0))],";
const HILLS: &str = "terrain: Hills(height_m: 8.0, wavelength_m: 60.0),";
const WOOD: &str = "trees: [(at_m: (-4.0, 12.0), height_m: 7.0, crown_m: 3.0), (at_m: (5.0, 16.0), height_m: 8.0, crown_m: 4.0),
    (at_m: (8.0, 11.0), height_m: 6.0, crown_m: 3.0), (at_m: (-8.0, 20.0), height_m: 9.0, crown_m: 5.0),
    (at_m: (1.0, 22.0), height_m: 8.0, crown_m: 4.0), (at_m: (12.0, 26.0), height_m: 8.0, crown_m: 4.0),
    (at_m: (-14.0, 26.0), height_m: 8.0, crown_m: 4.0), (at_m: (3.0, 30.0), height_m: 8.0, crown_m: 4.0)],";
const SUN: &str = "light: Sun(azimuth_deg: 250.0, elevation_deg: 30.0),";
const LOW_SUN: &str = "light: Sun(azimuth_deg: 250.0, elevation_deg: 1.5),";
const NIGHT: &str = "light: Night, lamps: [(at_m: (2.0, 6.0), height_m: 6.0, intensity_cd: 2000.0), (at_m: (-6.0, 14.0), height_m: 6.0, intensity_cd: 2000.0)],";

fn main() {
    println!("{:<34}{:>10}{:>10}{:>10}", "scene", "least µs", "median µs", "smear px");
    for (name, rest, speed_mps) in [
        ("bare ground at noon", vec![], 0.0),
        ("six people and two houses at noon", vec![SIX, HOUSES], 0.0),
        ("the same in the sun", vec![SIX, HOUSES, SUN], 0.0),
        ("the same, and a wood", vec![SIX, HOUSES, WOOD, SUN], 0.0),
        ("hills at noon", vec![HILLS], 0.0),
        ("hills, wood and people at noon", vec![HILLS, WOOD, SIX], 0.0),
        ("hills, wood and people in the sun", vec![HILLS, WOOD, SIX, SUN], 0.0),
        ("the same by a low sun, in motion", vec![HILLS, WOOD, SIX, LOW_SUN], 15.0),
        ("the same by night, in motion", vec![HILLS, WOOD, SIX, NIGHT], 8.0),
    ] {
        let (mut times_us, smear_px) = measured(&rest.concat(), speed_mps);
        times_us.sort_by(f64::total_cmp);
        let (least_us, median_us) = (times_us[0], times_us[FRAMES / 2]);
        println!("{name:<34}{least_us:>10.0}{median_us:>10.0}{smear_px:>10.1}");
    }
}

/// Frames from 5 m above the start, moving east: how long each took, and how far the last one is smeared.
fn measured(rest: &str, speed_mps: f64) -> (Vec<f64>, f64) {
    let text = format!(
        r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1, length_s: 1.0,
            {rest} beats: [], expects: {{}})"#
    );
    let scenario: Scenario = ron::from_str(&text).expect("the scene is right");
    let airframe = Airframe::parse(include_str!("../../../assets/airframes/camera_quad.ron"))
        .expect("it ships");
    let seed = Seed::master(1);
    let land = Arc::new(Land::of(&scenario, &seed));
    let cast = Cast::of(&scenario, &[]).over(land.clone());
    let secrets = Secrets::of(&scenario, &BTreeMap::new(), airframe.cells, &seed);
    let body = Body::on(airframe.clone(), land.clone());
    let mut camera = Camera::on(&airframe, land).under(&scenario, &seed);
    let mut smear_px = 0.0;
    let mut frame = |i: usize| {
        let position_m = DVec3::new(1e-3 * i as f64, 0.0, 5.0);
        let velocity_mps = DVec3::X * speed_mps;
        let k = Kinematics { position_m, velocity_mps, ..*body.kinematics() };
        let (taken_us, (right_px, down_px)) = time_us(|| {
            let shot = camera.shoot(&k, &cast);
            std::hint::black_box(shot.picture(0, &secrets));
            shot.smear_px()
        });
        smear_px = right_px.abs().max(down_px.abs());
        taken_us
    };
    let times_us = (0..FRAMES).map(&mut frame).collect();
    (times_us, smear_px)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures")]
fn time_us<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let begin = Instant::now();
    let done = work();
    (begin.elapsed().as_secs_f64() * 1e6, done)
}
