//! The airframe among ground and buildings.

use super::*;
use crate::airframe::tests::{CAMERA_QUAD, HUMMINGBIRD, SHIPPED, parsed};
use crate::chance::Seed;
use evidence::Scenario;
use evidence::scenario::{Terrain as Shape, Tree};

fn all(radps: f64) -> Thrust {
    let mut thrust = Thrust::default();
    thrust.rotor_radps.fill(radps);
    thrust
}

fn still() -> Flow {
    Flow::of(DVec3::ZERO)
}

fn raised(height_m: f64, airframe: Airframe) -> Body {
    let mut body = Body::standing(airframe, &[]);
    body.kinematics.position_m.z = height_m;
    body
}

#[test]
fn at_hover_speed_thrust_carries_the_weight() {
    for text in SHIPPED {
        let airframe = parsed(text);
        let radps = airframe.hover_radps();
        let mut body = raised(50.0, airframe);
        body.spin.radps.fill(radps);
        for _ in 0..1000 {
            body.step(&all(radps), &still());
        }
        let k = body.kinematics();
        assert!((k.position_m - DVec3::Z * 50.0).length() < 1e-6, "{}", k.position_m);
        assert!((k.specific_force_flu_mps2.z - GRAVITY_MPS2).abs() < 1e-6);
    }
}

#[test]
fn at_rest_it_stands_still_and_a_fall_ends_on_its_gear() {
    for text in SHIPPED {
        for drop_m in [0.0, 0.5, 1.5] {
            let airframe = parsed(text);
            let standing_m = airframe.standing_height_m();
            let mut body = raised(standing_m + drop_m, airframe);
            for _ in 0..2000 {
                body.step(&Thrust::default(), &Flow::of(DVec3::new(4.0, 0.0, 0.0)));
            }
            let k = body.kinematics();
            assert!((k.position_m.z - standing_m).abs() < 0.01, "{drop_m}: {}", k.position_m);
            assert!(k.velocity_mps.length() < 0.01, "{drop_m}: {}", k.velocity_mps);
            assert!((k.specific_force_flu_mps2.z - GRAVITY_MPS2).abs() < 0.3);
            assert_eq!(body.wreck(), None);
        }
    }
}

/// Past a roof and a wall, and low over the ground: the library looks on for part of the way, and changes no bit.
#[test]
fn there_is_no_seam_where_the_rigid_body_library_looks_on() {
    let house = Building { at_m: (0.0, 9.0), size_m: (4.0, 4.0, 3.0) };
    let mut airframe = parsed(HUMMINGBIRD);
    // A roof has a ground effect that open ground far below has not; lift by speed would carry it off.
    airframe.terms.ground_effect = false;
    airframe.translational_lift_ns2pm2 = 0.0;
    for (from_m, velocity_mps) in [
        (DVec3::new(0.0, 5.5, 3.2), DVec3::new(0.0, 3.0, 0.0)),
        (DVec3::new(2.28, 5.5, 2.0), DVec3::new(0.0, 3.0, 0.0)),
        (DVec3::new(-9.0, 0.0, 0.129), DVec3::new(0.0, 0.0, -0.4)),
    ] {
        let mut watched = Body::standing(airframe.clone(), &[house]);
        let mut alone = Body::standing(airframe.clone(), &[]);
        for body in [&mut watched, &mut alone] {
            body.kinematics.position_m = from_m;
            body.kinematics.velocity_mps = velocity_mps;
            body.spin.radps.fill(airframe.hover_radps());
        }
        let (mut looks, mut ticks) = (0, 0);
        // A little more than its weight, so that it leaves the ground again.
        let radps = airframe.hover_radps() * if velocity_mps.z < 0.0 { 1.07 } else { 1.0 };
        while ticks < 900 {
            looks += usize::from(!watched.clearance.is_clear(&watched.state(), &watched.land));
            ticks += 1;
            watched.step(&all(radps), &still());
            // Free flight, and nothing else.
            let (mut state, around) = (alone.state(), alone.around(&still()));
            alone.command(&all(radps));
            alone.fly(&mut state, &around);
            alone.pack.draw(&[radps; 4], around.density_ratio, TICK_S);
            let before = alone.state();
            alone.settle(&before, &state);
            assert_eq!(watched.kinematics, alone.kinematics, "from {from_m} at tick {ticks}");
        }
        assert!(looks > 5 && looks < ticks, "{looks} of {ticks} from {from_m}");
    }
}

#[test]
fn energy_is_kept_over_the_switch_and_lost_only_by_a_touch() {
    let mut airframe = parsed(CAMERA_QUAD);
    airframe.hull_drag_ns2pm2 = (0.0, 0.0, 0.0);
    let mass_kg = airframe.mass_kg;
    let mut body = raised(2.0, airframe);
    let energy_j = |k: &Kinematics| {
        mass_kg * (GRAVITY_MPS2 * k.position_m.z + 0.5 * k.velocity_mps.length_squared())
    };
    let start_j = energy_j(body.kinematics());
    let (mut looked_on, mut touched) = (false, false);
    for _ in 0..1000 {
        looked_on |= !body.clearance.is_clear(&body.state(), &body.land);
        body.step(&Thrust::default(), &still());
        let k = body.kinematics();
        touched |= k.specific_force_flu_mps2.length() > 0.1;
        let now_j = energy_j(k);
        if touched {
            assert!(now_j < start_j + 1e-6, "a touch gives no energy: {now_j}");
        } else {
            assert!((now_j - start_j).abs() < 1e-6 * start_j, "{looked_on}: {now_j}");
        }
    }
    assert!(looked_on && touched);
}

#[test]
fn what_destroys_an_airframe_is_told_and_lasts() {
    let wall = Building { at_m: (0.0, 4.0), size_m: (6.0, 1.0, 20.0) };
    let tree = Tree { at_m: (40.0, 2.0), height_m: 12.0, crown_m: 2.0 };
    let land = Arc::new(Land::flat(&[wall], &[tree]));
    let cases: [(&str, f64, DVec3, f64, &str); 6] = [
        ("falls from 5 m", 5.0, DVec3::ZERO, 0.0, "it hit the ground with a knock of"),
        ("falls from 1 m", 1.0, DVec3::ZERO, 0.0, ""),
        ("flies into a wall", 10.0, DVec3::Y * 5.0, 529.0, "struck building 1 at"),
        ("rises beside it", 10.0, DVec3::Z, 529.0, ""),
        ("flies into leaves", 10.5, DVec3::Y * 5.0, 529.0, "struck tree 1 at"),
        ("flies into a trunk", 6.0, DVec3::Y * 5.0, 529.0, "struck tree 1 at"),
    ];
    for (what, height_m, velocity_mps, radps, why) in cases {
        let mut body = Body::on(parsed(CAMERA_QUAD), land.clone());
        let east_m = if why.contains("tree") { 40.0 } else { 0.0 };
        body.kinematics.position_m = DVec3::new(east_m, 0.0, height_m);
        body.kinematics.velocity_mps = velocity_mps;
        body.spin.radps.fill(radps);
        for _ in 0..1000 {
            body.step(&all(radps), &still());
        }
        let told = body.wreck().map_or("", |wreck| &wreck.why);
        assert_eq!(told.is_empty(), why.is_empty(), "{what}: {told}");
        assert!(told.contains(why), "{what}: {told}");
        if why.is_empty() {
            continue;
        }
        // It stays down, whatever it is told.
        for _ in 0..3000 {
            body.step(&all(900.0), &still());
        }
        let k = body.kinematics();
        assert!(k.position_m.z < 0.5 && k.velocity_mps.length() < 0.1, "{what}: {k:?}");
        assert!(body.rotor_radps().iter().all(|w| *w < 1.0) && !body.is_landed_safely());
    }
}

#[test]
fn a_motor_that_fails_or_weakens_tips_the_airframe_to_its_side() {
    for (share, fails) in [(0.0, true), (0.6, false)] {
        let airframe = parsed(CAMERA_QUAD);
        let radps = airframe.hover_radps();
        let mut body = raised(30.0, airframe);
        body.spin.radps.fill(radps);
        if fails {
            body.fail(1);
        } else {
            body.weaken(1, share);
        }
        for _ in 0..100 {
            body.step(&all(radps), &still());
        }
        // Rotor 2 is at the front right: the body rolls right and pitches down.
        let rates = body.kinematics().rates_flu_radps;
        assert!(rates.x > 0.5 && rates.y > 0.5, "{rates}");
        assert_eq!(body.rotor_radps()[1] < 10.0, fails);
    }
}

#[test]
fn a_rotor_that_strikes_the_ground_breaks_and_a_tipped_airframe_lies() {
    let mut body = raised(0.6, parsed(CAMERA_QUAD));
    body.kinematics.world_from_body *= DQuat::from_rotation_x(1.4);
    for _ in 0..2500 {
        body.step(&all(300.0), &still());
    }
    let why = &body.wreck().expect("it is destroyed").why;
    assert!(why.contains("struck the ground"), "{why}");
    let mut body = raised(0.3, parsed(CAMERA_QUAD));
    body.kinematics.world_from_body *= DQuat::from_rotation_x(1.6);
    for _ in 0..2500 {
        body.step(&Thrust::default(), &still());
    }
    assert_eq!(body.wreck().expect("it lies").why, "it tipped over");
}

#[test]
fn what_stands_is_left_standing_until_wind_or_rotors_move_it() {
    let hover_radps = parsed(CAMERA_QUAD).hover_radps();
    // rotors, wind -> whether it is somewhere else two seconds later
    for (radps, wind_mps, moves) in [
        (0.0, 3.0, false),
        (0.0, 40.0, true),
        (0.2 * hover_radps, 0.0, false),
        (1.2 * hover_radps, 0.0, true),
    ] {
        let mut body = Body::standing(parsed(CAMERA_QUAD), &[]);
        for _ in 0..200 {
            body.step(&Thrust::default(), &still());
        }
        let stood = *body.kinematics();
        assert_eq!((stood.velocity_mps, stood.rates_flu_radps), (DVec3::ZERO, DVec3::ZERO));
        for _ in 0..1000 {
            body.step(&all(radps), &Flow::of(DVec3::X * wind_mps));
        }
        let away_m = body.kinematics().position_m.distance(stood.position_m);
        assert_eq!(away_m > 0.05, moves, "{radps} rad/s in {wind_mps} m/s: {away_m} m");
    }
}

#[test]
fn a_motor_that_is_told_nothing_stops_whatever_its_slowest_speed() {
    for (off, stops) in [(0.0, true), (f64::NAN, true), (f64::INFINITY, true), (1.0, false)] {
        let mut airframe = parsed(CAMERA_QUAD);
        airframe.rotor_radps_min = 100.0;
        let mut body = Body::standing(airframe, &[]);
        for _ in 0..200 {
            body.step(&all(150.0), &still());
        }
        for _ in 0..1000 {
            body.step(&all(off), &still());
        }
        assert_eq!(body.is_landed_safely(), stops, "{off}: {:?}", body.rotor_radps());
        assert!(stops || (body.rotor_radps()[0] - 100.0).abs() < 1.0, "its slowest is for others");
    }
}

#[test]
fn an_airframe_stands_on_a_gentle_slope_and_slides_and_tips_on_none_that_it_grips() {
    // Up for a metre along, how far it slides in two seconds at most, and whether it stands there safely.
    for (slope, slides_m, stands) in [(0.1, 0.05, true), (0.3, 0.05, true), (0.95, 9.0, false)] {
        let heights_m = (-4..=4).rev().map(|row| vec![slope * 50.0 * f64::from(row); 2]).collect();
        let story = Shape::Grid { cell_m: 50.0, heights_m };
        let text = format!(
            r#"(title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
                terrain: {}, beats: [], expects: {{}})"#,
            ron::to_string(&story).unwrap()
        );
        let scenario: Scenario = ron::from_str(&text).unwrap();
        let land = Arc::new(Land::of(&scenario, &Seed::master(1)));
        let mut body = Body::on(parsed(CAMERA_QUAD), land.clone());
        let start_m = DVec3::new(3.0, 70.0, 0.0);
        let ground_m = land.ground_m(start_m);
        assert!((ground_m - 70.0 * slope).abs() < 1e-9, "{slope}");
        body.kinematics.position_m = start_m.with_z(ground_m + 0.3);
        for _ in 0..2000 {
            body.step(&Thrust::default(), &still());
        }
        let k = body.kinematics();
        let above_m = k.position_m.z - body.ground_m();
        let slid_m = (k.position_m - start_m).truncate().length();
        assert!((0.0..0.3).contains(&above_m), "{slope}: {above_m} m above the ground");
        assert!(slid_m < slides_m || !stands, "{slope}: it slid {slid_m} m");
        assert!(body.is_landed_safely() == stands, "{slope}: {k:?} {slid_m}");
    }
}
