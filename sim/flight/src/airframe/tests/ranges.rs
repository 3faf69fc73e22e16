//! Any figures that a file may have, any commands, any air: numbers stay numbers.
//!
//! **Never:** asks whether the flight is a good one.

use super::{CAMERA_QUAD, SHIPPED, parsed};
use crate::airframe::Airframe;
use crate::airframe::checks::LAG_MIN_S;
use crate::body::{Body, Flow};
use evidence::scenario::Building;
use glam::DVec3;
use proptest::prelude::*;
use vehicle::flight::mix::{Mixer, Wrench};
use vehicle::senses::Thrust;

/// A shipped airframe with every figure up to a hundred times smaller or larger, and fewer or more rotors.
fn any_airframe() -> impl Strategy<Value = Airframe> {
    let stretches = proptest::collection::vec(-2.0..2.0_f64, 24);
    (0..4_usize, stretches, 0..128_u8, 1..=8_usize).prop_filter_map(
        "it must be one that a file may hold",
        |(which, stretches, terms, rotors)| {
            let mut a = parsed(SHIPPED[which]);
            let mut stretch = stretches.into_iter().map(libm::exp10);
            let mut by = |figure: &mut f64| *figure *= stretch.next().unwrap_or(1.0);
            by(&mut a.mass_kg);
            by(&mut a.inertia_kgm2.0);
            by(&mut a.inertia_kgm2.1);
            by(&mut a.inertia_kgm2.2);
            by(&mut a.rotor_radps_max);
            by(&mut a.motor_spin_up_s);
            by(&mut a.motor_spin_down_s);
            by(&mut a.rotor_radius_m);
            by(&mut a.thrust_coefficient_ns2);
            by(&mut a.torque_coefficient_nms2);
            by(&mut a.rotor_drag_ns2pm);
            by(&mut a.rotor_inflow_ns2pm);
            by(&mut a.translational_lift_ns2pm2);
            by(&mut a.rotor_inertia_kgm2);
            by(&mut a.hull_drag_ns2pm2.0);
            by(&mut a.hull_drag_ns2pm2.2);
            by(&mut a.capacity_ah);
            by(&mut a.cell_resistance_ohm);
            by(&mut a.avionics_w);
            by(&mut a.gear_half_m.2);
            a.flapping_ns2 = 1e-7 * a.mass_kg;
            for lag_s in [&mut a.motor_spin_up_s, &mut a.motor_spin_down_s] {
                *lag_s = if *lag_s < LAG_MIN_S { 0.0 } else { *lag_s };
            }
            let bit = |place: u8| terms >> place & 1 == 1;
            a.terms.spin_up_reaction = bit(0);
            a.terms.rotor_gyroscope = bit(1);
            a.terms.ground_effect = bit(2);
            a.terms.vortex_ring = bit(3);
            a.terms.air_density = bit(4);
            a.terms.battery_sag = bit(5);
            a.terms.prop_strike = bit(6);
            a.rotors = a.rotors.iter().copied().cycle().take(rotors).collect();
            // Where it is too stiff for a tick, its drag gives way, as a file's would have to.
            for _ in 0..8 {
                if a.first_impossible_key().is_none() {
                    return Some(a);
                }
                for figure in [
                    &mut a.rotor_drag_ns2pm,
                    &mut a.rotor_inflow_ns2pm,
                    &mut a.translational_lift_ns2pm2,
                    &mut a.rotor_inertia_kgm2,
                    &mut a.flapping_ns2,
                    &mut a.hull_drag_ns2pm2.0,
                    &mut a.hull_drag_ns2pm2.1,
                    &mut a.hull_drag_ns2pm2.2,
                ] {
                    *figure *= 0.1;
                }
            }
            None
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_number_leaves_the_physics_that_is_none(
        airframe in any_airframe(),
        commands in proptest::array::uniform8(prop_oneof![
            -1e4..1e4_f64, Just(f64::NAN), Just(f64::INFINITY), 0.0..1500.0_f64, 0.0..1500.0_f64,
        ]),
        wind in proptest::array::uniform3(-40.0..40.0_f64),
        density_kgpm3 in prop_oneof![0.3..1.6_f64, Just(f64::NAN)],
        charge_pct in 0.0..100.0_f64,
        weak in 0.0..1.0_f64,
        (lift_n, torque) in (0.0..500.0_f64, proptest::array::uniform3(-5.0..5.0_f64)),
    ) {
        if airframe.unsteerable().is_none() {
            let mixer = Mixer::new(&airframe.setup());
            let torque_frd_nm = DVec3::from(torque);
            let mixed = mixer.mix(&Wrench { lift_n, torque_frd_nm });
            prop_assert!(mixed.thrust.rotor_radps.iter().all(|w| w.is_finite()), "{mixed:?}");
        }
        let house = Building { at_m: (3.0, 0.0), size_m: (4.0, 4.0, 8.0) };
        let mut body = Body::standing(airframe, &[house]).charged(charge_pct);
        let flow = Flow { wind_mps: DVec3::from(wind), density_kgpm3 };
        body.weaken(1, weak);
        for tick in 0..400 {
            if tick == 200 {
                body.fail(0);
            }
            body.step(&Thrust { rotor_radps: commands }, &flow);
            let k = body.kinematics();
            prop_assert!(k.position_m.is_finite() && k.velocity_mps.is_finite(), "{tick}: {k:?}");
            prop_assert!(k.rates_flu_radps.is_finite(), "{tick}: {k:?}");
            prop_assert!(k.specific_force_flu_mps2.is_finite(), "{tick}: {k:?}");
            prop_assert!((k.world_from_body.length() - 1.0).abs() < 1e-6, "{tick}: {k:?}");
            prop_assert!(body.rotor_radps().iter().all(|w| w.is_finite()), "{tick}");
            let pack = body.pack();
            prop_assert!(pack.pack_v().is_finite() && pack.current_a().is_finite(), "{tick}");
            prop_assert!((0.0..=100.0).contains(&pack.charge_pct()), "{tick}");
        }
    }
}

/// Rotors as x, y and yaw sign, and whether a firmware can steer them.
type Steered = (&'static str, &'static [(f64, f64, i8)], bool);

#[test]
fn what_no_firmware_can_steer_is_refused_for_a_story_and_flies_on_the_bench() {
    let text = |rotors: &[(f64, f64, i8)]| {
        let hubs: String = rotors
            .iter()
            .map(|(x, y, sign)| format!("(at_m: ({x:?}, {y:?}, 0.02), yaw_sign: {sign}),"))
            .collect();
        let (head, rest) = CAMERA_QUAD.split_once("rotors: [").expect("it has rotors");
        let (_, tail) = rest.split_once("\n    ],").expect("their list ends");
        format!("{head}rotors: [{hubs}],{tail}")
    };
    let cases: [Steered; 10] = [
        ("cross", &[(0.1, 0.1, 1), (0.1, -0.1, -1), (-0.1, -0.1, 1), (-0.1, 0.1, -1)], true),
        ("plus", &[(0.2, 0.0, 1), (0.0, -0.2, -1), (-0.2, 0.0, 1), (0.0, 0.2, -1)], true),
        ("long", &[(0.3, 0.05, 1), (0.3, -0.05, -1), (-0.3, -0.05, 1), (-0.3, 0.05, -1)], true),
        ("one", &[(0.0, 0.0, 1)], false),
        ("two", &[(0.1, 0.1, 1), (-0.1, -0.1, -1)], false),
        ("three", &[(0.1, 0.1, 1), (0.1, -0.1, -1), (-0.1, 0.0, 1)], false),
        ("coincident", &[(0.0, 0.0, 1), (0.0, 0.0, -1), (0.0, 0.0, 1), (0.0, 0.0, -1)], false),
        ("in line", &[(0.2, 0.0, 1), (0.1, 0.0, -1), (-0.1, 0.0, 1), (-0.2, 0.0, -1)], false),
        ("one way", &[(0.1, 0.1, 1), (0.1, -0.1, 1), (-0.1, -0.1, 1), (-0.1, 0.1, 1)], false),
        ("by side", &[(0.1, 0.1, 1), (0.1, -0.1, -1), (-0.1, -0.1, -1), (-0.1, 0.1, 1)], false),
    ];
    for (what, rotors, steers) in cases {
        let text = text(rotors);
        let benched = Airframe::parse(&text).expect(what);
        match Airframe::parse_to_fly(&text) {
            Ok(airframe) => assert!(steers && airframe == benched, "{what}"),
            Err((line, column, problem)) => {
                assert!(!steers && line > 1 && column == 5, "{what}: {line}:{column}");
                assert!(problem.contains("`rotors`") && problem.contains("give it"), "{problem}");
            }
        }
    }
    for text in SHIPPED {
        assert!(Airframe::parse_to_fly(text).is_ok());
    }
}
