//! What the air adds up, and that one more kind of wind leaves the others as they were.
//!
//! **Never:** tests a law that a room of its own tests.

use super::*;
use glam::DQuat;

const HEAD: &str =
    r#"title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 9.0"#;

fn air(weather: &str) -> Air {
    let text = format!("({HEAD}, weather: ({weather}), expects: {{}}, beats: [])");
    Air::of(&ron::from_str(&text).expect("it is a scenario"), &Seed::master(1))
}

fn at(height_m: f64) -> Kinematics {
    Kinematics {
        position_m: DVec3::Z * height_m,
        velocity_mps: DVec3::ZERO,
        world_from_body: DQuat::IDENTITY,
        rates_flu_radps: DVec3::ZERO,
        specific_force_flu_mps2: DVec3::ZERO,
    }
}

#[test]
fn steady_wind_by_its_height_single_gusts_and_density_add_up() {
    const LOG: &str = "wind_mps: (8.0, -4.0), shear: Log(roughness_m: 0.1)";
    const GUSTS: &str = "gusts: [(at_s: 2.0, for_s: 4.0, peak_mps: (1.0, 2.0, -3.0)),
        (at_s: 3.0, for_s: 2.0, peak_mps: (10.0, 0.0, 0.0))]";
    let both = format!("{LOG}, {GUSTS}, temperature_degc: Some(40.0)");
    let cold = "temperature_degc: Some(-20.0)";
    let warm_kgpm3 = 1.225 * 288.15 / 313.15;
    // weather, moment, height -> wind, density
    for (weather, at_s, height_m, wind, kgpm3) in [
        ("", 0.0, 0.0, (0.0, 0.0, 0.0), 1.225),
        ("wind_mps: (8.0, -4.0)", 1.0, 0.0, (8.0, -4.0, 0.0), 1.225),
        (LOG, 1.0, 0.1, (0.0, 0.0, 0.0), 1.224_99),
        (LOG, 1.0, 1.0, (4.0, -2.0, 0.0), 1.224_88),
        (LOG, 1.0, 1000.0, (16.0, -8.0, 0.0), 1.111_64),
        (GUSTS, 1.9, 0.0, (0.0, 0.0, 0.0), 1.225),
        (GUSTS, 3.0, 0.0, (0.5, 1.0, -1.5), 1.225),
        (GUSTS, 4.0, 0.0, (11.0, 2.0, -3.0), 1.225),
        (GUSTS, 6.0, 0.0, (0.0, 0.0, 0.0), 1.225),
        (&both, 4.0, 0.0, (11.0, 2.0, -3.0), warm_kgpm3),
        (&both, 4.0, 10.0, (19.0, -2.0, -3.0), warm_kgpm3 * (1.0 - 10.0 * 8.84e-5)),
        (cold, 0.0, 0.0, (0.0, 0.0, 0.0), 1.225 * 288.15 / 253.15),
    ] {
        let flow = air(weather).blow(Tick::at_s(at_s), &at(height_m), 0.0);
        let case = format!("{weather} at {at_s} s, {height_m} m: {flow:?}");
        assert!(flow.wind_mps.distance(DVec3::from(wind)) < 1e-9, "{case}");
        assert!((flow.density_kgpm3 / kgpm3 - 1.0).abs() < 1e-5, "{case}");
    }
}

/// What blows in each tick of the first 50 s, 20 m up.
fn blown(weather: &str) -> Vec<DVec3> {
    let mut air = air(weather);
    (0..25_000).map(|tick| air.blow(Tick(tick), &at(20.0), 0.0).wind_mps).collect()
}

#[test]
fn one_more_kind_of_wind_leaves_the_others_as_they_were() {
    const STEADY: &str = "wind_mps: (3.0, 1.0)";
    const KINDS: [&str; 3] = [
        "gust_mps: 1.5",
        "turbulence_w20_mps: 8.0",
        "gusts: [(at_s: 2.0, for_s: 4.0, peak_mps: (1.0, 2.0, -3.0))]",
    ];
    // Always in the steady wind, which carries turbulence past.
    let steady_mps = blown(STEADY);
    for (i, one) in KINDS.iter().enumerate() {
        let one_mps = blown(&format!("{STEADY}, {one}"));
        let blows_mps: f64 = one_mps.iter().zip(&steady_mps).map(|(a, b)| a.distance(*b)).sum();
        assert!(blows_mps > 1.0, "{one} blows");
        for other in &KINDS[i + 1..] {
            let other_mps = blown(&format!("{STEADY}, {other}"));
            let both_mps = blown(&format!("{STEADY}, {one}, {other}"));
            for (tick, both_mps) in both_mps.into_iter().enumerate() {
                let sum_mps = one_mps[tick] + other_mps[tick] - steady_mps[tick];
                assert!(sum_mps.distance(both_mps) < 1e-9, "{one} and {other}: {tick}");
            }
        }
    }
}
