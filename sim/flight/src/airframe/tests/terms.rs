//! Each term against its closed-form solution.

use super::{CAMERA_QUAD, CRAZYFLIE, HEXACOPTER, HUMMINGBIRD, Rig, SHIPPED, parsed};
use crate::airframe::{Airframe, GRAVITY_MPS2, Terms, ground_effect, rotor, vortex_ring};
use glam::DVec3;

const G: f64 = GRAVITY_MPS2;

/// An airframe in a vacuum.
fn without_air(text: &str) -> Airframe {
    let mut airframe = parsed(text);
    airframe.hull_drag_ns2pm2 = (0.0, 0.0, 0.0);
    airframe.rotor_drag_ns2pm = 0.0;
    airframe.rotor_inflow_ns2pm = 0.0;
    airframe.translational_lift_ns2pm2 = 0.0;
    airframe.terms = Terms {
        spin_up_reaction: false,
        rotor_gyroscope: false,
        vortex_ring: false,
        ..airframe.terms
    };
    airframe
}

#[test]
fn without_air_it_falls_as_galileo_said() {
    for text in SHIPPED {
        for step_s in [0.0005, 0.001, 0.002, 0.01] {
            let mut rig = Rig::of(&without_air(text));
            rig.fly(3.0, step_s);
            assert!((rig.state.position_m.z - (100.0 - 4.5 * G)).abs() < 1e-9);
            assert!((rig.state.velocity_mps.z + 3.0 * G).abs() < 1e-9);
        }
    }
}

#[test]
fn a_fall_through_air_is_a_hyperbolic_cosine_and_ends_at_the_terminal_speed() {
    for text in [CAMERA_QUAD, HUMMINGBIRD, HEXACOPTER] {
        let airframe = parsed(text);
        let c = airframe.hull_drag_ns2pm2.2;
        let terminal = (airframe.mass_kg * G / c).sqrt();
        let mut rig = Rig::of(&airframe);
        rig.fly(3.0, 0.001);
        let fallen_m = terminal * terminal / G * libm::log(libm::cosh(G * 3.0 / terminal));
        assert!((100.0 - rig.state.position_m.z - fallen_m).abs() < 1e-8, "{fallen_m}");
        rig.fly(57.0, 0.002);
        assert!((rig.state.velocity_mps.z + terminal).abs() < 1e-3, "{terminal}");
    }
}

#[test]
fn at_hover_speed_it_stays_where_it_is() {
    for text in SHIPPED {
        let airframe = parsed(text);
        let n = airframe.rotors.len() as f64;
        let hover = (airframe.mass_kg * G / (n * airframe.thrust_coefficient_ns2)).sqrt();
        let mut rig = Rig::of(&airframe).turning(hover);
        rig.fly(10.0, 0.002);
        assert!(rig.state.position_m.distance(DVec3::Z * 100.0) < 1e-6, "{:?}", rig.state);
        assert!(rig.state.rates_radps.length() < 1e-9, "{:?}", rig.state);
    }
}

#[test]
fn it_climbs_until_inflow_and_drag_eat_the_spare_thrust() {
    for text in SHIPPED {
        // Held level by an endless moment of inertia: drag at hubs above the centre of mass tips it in the end.
        let airframe = Airframe { inertia_kgm2: (1e12, 1e12, 1e12), ..parsed(text) };
        let (n, m) = (airframe.rotors.len() as f64, 1.1 * airframe.hover_radps());
        let spare_n = n * airframe.thrust_coefficient_ns2 * m * m - airframe.mass_kg * G;
        // c v² + n k_z m v = spare thrust.
        let (c, b) = (airframe.hull_drag_ns2pm2.2, n * airframe.rotor_inflow_ns2pm * m);
        let climb_mps = 2.0 * spare_n / (b + (b * b + 4.0 * c * spare_n).sqrt());
        let mut rig = Rig::of(&airframe).turning(m);
        rig.fly(120.0, 0.002);
        assert!((rig.state.velocity_mps.z - climb_mps).abs() < 1e-5, "{climb_mps}");
    }
}

#[test]
fn in_a_steady_wind_its_air_speed_dies_away_as_drag_has_it() {
    // Held level by an endless moment of inertia, without quadratic drag: an exponential with m / (n k_d w).
    let mut airframe = parsed(HUMMINGBIRD);
    airframe.hull_drag_ns2pm2 = (0.0, 0.0, 0.0);
    airframe.translational_lift_ns2pm2 = 0.0;
    airframe.inertia_kgm2 = (1e12, 1e12, 1e12);
    let hover = airframe.hover_radps();
    let time_s = airframe.mass_kg / (4.0 * airframe.rotor_drag_ns2pm * hover);
    let mut rig = Rig::of(&airframe).turning(hover);
    rig.around.wind_mps = DVec3::new(6.0, -2.0, 0.0);
    for seconds in 1..60 {
        rig.fly(1.0, 0.002);
        let part = 1.0 - libm::exp(-f64::from(seconds) / time_s);
        assert!(rig.state.velocity_mps.distance(rig.around.wind_mps * part) < 1e-9);
    }
    assert!(rig.state.velocity_mps.distance(rig.around.wind_mps) < 1e-4);
}

#[test]
fn a_free_spin_keeps_its_angular_momentum_and_its_energy() {
    for text in SHIPPED {
        for wheel in [false, true] {
            let mut airframe = without_air(text);
            airframe.torque_coefficient_nms2 = 0.0;
            airframe.terms.rotor_gyroscope = wheel;
            let mut rig = Rig::of(&airframe).turning(300.0);
            // One rotor faster, so that there is a wheel at all; no lift, so that it does not turn the body.
            rig.machine.thrust_ns2 = 0.0;
            (rig.spin.radps[0], rig.spin.wanted_radps[0]) = (900.0, 900.0);
            rig.state.rates_radps = DVec3::new(3.0, 8.0, -2.0);
            let inertia = rig.machine.inertia_kgm2;
            let h = if wheel { -600.0 * airframe.rotor_inertia_kgm2 } else { 0.0 };
            let momentum = |rig: &Rig| {
                rig.state.world_from_body * (inertia * rig.state.rates_radps + DVec3::Z * h)
            };
            let energy =
                |rig: &Rig| 0.5 * rig.state.rates_radps.dot(inertia * rig.state.rates_radps);
            let (momentum0, energy0) = (momentum(&rig), energy(&rig));
            rig.fly(10.0, 0.002);
            assert!((momentum(&rig) - momentum0).length() < 1e-6 * momentum0.length());
            assert!((energy(&rig) / energy0 - 1.0).abs() < 1e-6, "{}", energy(&rig) / energy0);
            assert!((rig.state.world_from_body.length() - 1.0).abs() < 1e-12);
        }
    }
}

#[test]
fn a_motor_follows_its_own_exponential_up_and_down() {
    let airframe = parsed(HEXACOPTER);
    for (from, to, time_s) in [(0.0, 600.0, 0.0125), (600.0, 100.0, 0.025)] {
        for step_s in [0.001, 0.002, 0.007] {
            let mut rig = Rig::of(&airframe).turning(from);
            rig.spin.command(&rig.machine, &[to; 6], 1.0);
            for steps in 1..40 {
                rig.fly(step_s, step_s);
                let left = libm::exp(-f64::from(steps) * step_s / time_s);
                let exact = to + (from - to) * left;
                assert!((rig.spin.radps[4] - exact).abs() < 1e-10, "{steps} of {step_s}");
            }
        }
    }
    let mut rig = Rig::of(&airframe);
    let strange = [f64::NAN, 9e9, -5.0, f64::INFINITY, 400.0, f64::NEG_INFINITY];
    rig.spin.command(&rig.machine, &strange, 1.0);
    assert_eq!(rig.spin.wanted_radps[..6], [0.0, 838.0, 0.0, 838.0, 400.0, 0.0]);
}

#[test]
fn a_spun_up_rotor_gives_its_angular_momentum_to_the_body() {
    for gyroscope in [false, true] {
        // time constant -> how near the body's rate comes to the momentum that the rotors took
        for (time_s, part) in [(0.035, 1e-3), (0.001, 0.2), (0.0, 1e-12)] {
            let mut airframe = without_air(CAMERA_QUAD);
            airframe.torque_coefficient_nms2 = 0.0;
            airframe.thrust_coefficient_ns2 = 1e-12;
            (airframe.motor_spin_up_s, airframe.motor_spin_down_s) = (time_s, time_s);
            airframe.terms.spin_up_reaction = true;
            airframe.terms.rotor_gyroscope = gyroscope;
            let mut rig = Rig::of(&airframe);
            rig.spin.command(&rig.machine, &[500.0, 0.0, 500.0, 0.0], 1.0);
            rig.fly(2.0, 0.002);
            // Both turn negatively about z up, so the body turns positively with J_r 2 × 500 / J_z.
            let exact = airframe.rotor_inertia_kgm2 * 1000.0 / airframe.inertia_kgm2.2;
            let found = rig.state.rates_radps.z;
            assert!((found / exact - 1.0).abs() < part, "{time_s}: {found}, not {exact}");
            // Braked, they give it back.
            rig.spin.command(&rig.machine, &[0.0; 4], 1.0);
            rig.fly(2.0, 0.002);
            assert!(rig.state.rates_radps.z.abs() < part * exact, "{time_s}: {:?}", rig.state);
        }
    }
}

#[test]
fn a_motor_without_lag_lifts_from_the_first_step_on() {
    let mut airframe = without_air(CAMERA_QUAD);
    (airframe.motor_spin_up_s, airframe.motor_spin_down_s) = (0.0, 0.0);
    let mut rig = Rig::of(&airframe);
    let hover = airframe.hover_radps();
    rig.spin.command(&rig.machine, &[hover; 4], 1.0);
    rig.fly(0.002, 0.002);
    assert!(rig.state.velocity_mps.length() < 1e-12, "{:?}", rig.state);
}

#[test]
fn rotor_one_and_three_yaw_left_and_two_on_the_right_roll_left() {
    let airframe = parsed(HUMMINGBIRD);
    for (faster, component, sign) in [([0, 2], 2, 1.0), ([1, 2], 0, -1.0), ([0, 1], 1, -1.0)] {
        let mut rig = Rig::of(&airframe).turning(airframe.hover_radps());
        faster.iter().for_each(|at: &usize| rig.spin.wanted_radps[*at] += 10.0);
        rig.fly(0.04, 0.002);
        let rates = rig.state.rates_radps.to_array();
        assert!(rates[component] * sign > 1e-3, "{faster:?}: {rates:?}");
    }
}

#[test]
fn the_forces_of_one_rotor_are_the_formula_s() {
    let airframe = parsed(HUMMINGBIRD);
    let mut machine = Rig::of(&airframe).machine;
    machine.flapping_ns2 = 2e-6;
    let hub = |x, y, z| rotor::Hub { through_mps: DVec3::new(x, y, z), height_m: None, share: 1.0 };
    let m = 400.0;
    let lift = 5.57e-6 * m * m;
    for (through, force, moment) in [
        ((0.0, 0.0, 0.0), (0.0, 0.0, lift), (0.0, 0.0)),
        ((3.0, 0.0, 0.0), (-1.19e-4 * m * 3.0, 0.0, lift + 3.39e-3 * 9.0), (0.0, 2e-6 * m * 3.0)),
        ((0.0, -2.0, 0.0), (0.0, 1.19e-4 * m * 2.0, lift + 3.39e-3 * 4.0), (2e-6 * m * 2.0, 0.0)),
        ((0.0, 0.0, 5.0), (0.0, 0.0, lift - 2.32e-4 * m * 5.0), (0.0, 0.0)),
    ] {
        let (x, y, z) = through;
        let (pull, twist) = rotor::wrench(&machine, m, -1.0, hub(x, y, z));
        assert!(pull.distance(DVec3::from(force)) < 1e-12, "{through:?}: {pull}");
        let exact = DVec3::new(moment.0, moment.1, -1.36e-7 * m * m);
        assert!(twist.distance(exact) < 1e-12, "{through:?}: {twist}");
    }
    let weak = rotor::Hub { share: 0.25, ..hub(0.0, 0.0, 0.0) };
    assert!((rotor::wrench(&machine, m, 1.0, weak).0.z - 0.25 * lift).abs() < 1e-12);
}

#[test]
fn lift_grows_near_the_ground_as_cheeseman_and_bennett_found() {
    // z/R, V/v_i -> T/T∞; nearer than R/2 as at R/2.
    for (radii, across, ratio) in [
        (0.5, 0.0, 4.0 / 3.0),
        (0.3, 0.0, 4.0 / 3.0),
        (0.01, 0.0, 4.0 / 3.0),
        (0.0, 0.0, 1.0),
        (-0.3, 0.0, 1.0),
        (1.0, 0.0, 16.0 / 15.0),
        (2.0, 0.0, 64.0 / 63.0),
        (4.0, 0.0, 256.0 / 255.0),
        (1.0, 1.0, 32.0 / 31.0),
        (0.5, 3.0, 40.0 / 39.0),
    ] {
        let found = ground_effect::ratio(radii * 0.12, 0.12, across * across * 25.0, 25.0);
        assert!((found - ratio).abs() < 1e-12, "{radii}: {found}");
    }
    assert_eq!(ground_effect::ratio(0.1, 0.1, 0.0, 0.0), 1.0, "a still rotor has no wake");
    // It hovers there with so much less speed.
    for text in SHIPPED {
        let airframe = parsed(text);
        let height_m = 1.2 * airframe.rotor_radius_m;
        let ratio = 1.0 / (1.0 - 1.0 / (4.8 * 4.8_f64));
        let mut rig = Rig::of(&airframe).turning(airframe.hover_radps() / ratio.sqrt());
        rig.state.position_m.z = 50.0 + height_m - rig.machine.hubs_m[0].z;
        rig.around.floor_m = Some(50.0);
        rig.fly(0.002, 0.002);
        assert!(rig.state.velocity_mps.length() < 1e-9, "{:?}", rig.state);
    }
}

#[test]
fn in_its_own_wake_a_rotor_loses_what_was_measured() {
    // x = V_c / v_h -> (v_i − v_h) / v_h, from the quartic's own figures.
    for (x, across, excess) in [
        (0.5, 0.0, 0.0),
        (0.0, 0.0, 0.0),
        (-0.5, 0.0, 0.393_312_5),
        (-1.0, 0.0, 0.816),
        (-1.0, 0.5, 0.612),
        (-1.5, 0.0, 1.083_093_75),
        (-1.0, 1.0, 0.0),
        (-3.0, 0.0, 0.0),
    ] {
        let found = vortex_ring::excess_mps(4.0, 4.0 * x, 16.0 * across * across) / 4.0;
        assert!((found - excess).abs() < 1e-3, "{x} {across}: {found}");
    }
    // It sinks faster with the same rotors where the term is on.
    let mut airframe = parsed(CAMERA_QUAD);
    let sink = |airframe: &Airframe| {
        let mut rig = Rig::of(airframe).turning(0.97 * airframe.hover_radps());
        rig.fly(20.0, 0.002);
        -rig.state.velocity_mps.z
    };
    let with = sink(&airframe);
    airframe.terms.vortex_ring = false;
    assert!(with > 1.2 * sink(&airframe), "{with} {}", sink(&airframe));
}

#[test]
fn thinner_air_carries_less_in_proportion() {
    for text in [HUMMINGBIRD, CRAZYFLIE] {
        let airframe = parsed(text);
        let mut rig = Rig::of(&airframe).turning(airframe.hover_radps() / 0.8_f64.sqrt());
        rig.around.density_ratio = 0.8;
        rig.fly(1.0, 0.002);
        assert!(rig.state.velocity_mps.length() < 1e-9);
    }
}
