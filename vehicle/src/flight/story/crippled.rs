//! A quadrotor loses a rotor, and comes down upright where its two others can carry it.
//!
//! **Never:** flies an airframe that has a rotor to spare.

use super::UP_10_M;
use crate::flight::bench::{Rig, crazyflie, hummingbird, provision, quad};
use crate::flight::{Answer, Cause, Command, Event, Unfit};
use crate::senses::{AirframeSetup, Provision, TICK_S};
use alloc::format;
use glam::{DQuat, DVec3};

/// Ten metres up in this wind.
fn aloft(airframe: &AirframeSetup, wind: DVec3, seed: u64) -> Rig {
    let provision = Provision { airframe: airframe.clone(), ..provision(&[]) };
    let mut rig = Rig::armed(&provision, 0.7, seed);
    rig.command(UP_10_M);
    rig.run_until(Event::Hold, 20.0);
    rig.wind = wind;
    rig.run(5.0);
    rig
}

fn lean(attitude: DQuat) -> f64 {
    libm::acos((attitude * DVec3::Z).z.clamp(-1.0, 1.0))
}

/// What came of it: from when on it leant less than 35°, how deep it had fallen by then, and how fast it sank after.
#[derive(Debug)]
struct Fall {
    until_s: f64,
    by_m: f64,
    sink_mps: f64,
}

fn lose(rig: &mut Rig, rotor: usize) -> Fall {
    let (from_m, from) = (rig.position.z, rig.now.0);
    rig.broken = Some(rotor);
    let mut fall = Fall { until_s: 0.0, by_m: 0.0, sink_mps: 0.0 };
    for _ in 0..12_000 {
        rig.run(TICK_S);
        if lean(rig.attitude) > 0.6 {
            fall.until_s = (rig.now.0 - from) as f64 * TICK_S;
            fall.by_m = rig.position.z - from_m;
            fall.sink_mps = 0.0;
        }
        if (rig.now.0 - from) as f64 * TICK_S > fall.until_s + 1.0 {
            fall.sink_mps = fall.sink_mps.max(rig.velocity.z);
        }
        if rig.events.contains(&Event::Landed) || rig.events.contains(&Event::Crashed) {
            break;
        }
    }
    fall
}

#[test]
fn it_spins_down_upright_whichever_rotor_is_lost() {
    let still = DVec3::ZERO;
    let far = Command::GoTo {
        position_ned_m: DVec3::new(60.0, 10.0, -10.0),
        speed_mps: Some(5.0),
        nose_rad: None,
    };
    for (name, airframe) in [("camera", quad()), ("light", hummingbird())] {
        for rotor in 0..4 {
            for (wind, going) in
                [(still, None), (still, Some(far)), (DVec3::new(6.0, 2.0, 0.0), None)]
            {
                let mut rig = aloft(&airframe, wind, 3 + rotor as u64);
                if let Some(going) = going {
                    assert_eq!(rig.command(going), Answer::Accepted);
                    rig.run(5.0);
                }
                let fall = lose(&mut rig, rotor);
                let told = format!(
                    "{name} without {rotor}, wind {wind}, going {}: {fall:?}",
                    going.is_some()
                );
                assert!(rig.events.contains(&Event::RotorLost(rotor as u8)), "{told}");
                assert!(rig.events.contains(&Event::Landing(Cause::RotorLost)), "{told}");
                assert!(rig.events.contains(&Event::Landed), "{told}: {:?}", rig.events);
                assert!(lean(rig.attitude) < 0.2, "{told}: {}", lean(rig.attitude));
                assert!(fall.until_s < 1.5 && fall.by_m < 4.0 && fall.sink_mps < 2.0, "{told}");
            }
        }
    }
}

#[test]
fn it_is_told_within_a_fifth_of_a_second() {
    for (airframe, rotor) in [(quad(), 1), (hummingbird(), 2), (crazyflie(), 0)] {
        let mut rig = aloft(&airframe, DVec3::ZERO, 4);
        rig.broken = Some(rotor);
        rig.run_until(Event::RotorLost(rotor as u8), 0.2);
    }
}

#[test]
fn what_two_rotors_cannot_carry_says_so_and_falls() {
    let mut rig = aloft(&crazyflie(), DVec3::ZERO, 5);
    let fall = lose(&mut rig, 3);
    assert!(rig.events.contains(&Event::Falling(Unfit::TooHeavy)), "{fall:?}");
    assert!(!rig.events.contains(&Event::Falling(Unfit::NotFour)));
}

#[test]
fn what_is_known_of_the_airframe_may_be_wrong_by_a_tenth() {
    for part in [0.9, 1.1] {
        let truth = quad();
        let believed = AirframeSetup {
            inertia_kgm2: truth.inertia_kgm2 * part,
            motor_s: truth.motor_s * part,
            rotor_inertia_kgm2: truth.rotor_inertia_kgm2 / part,
            thrust_coefficient: truth.thrust_coefficient / part,
            ..truth
        };
        let mut rig = aloft(&believed, DVec3::new(3.0, 0.0, 0.0), 6);
        rig.rebuild(quad());
        let fall = lose(&mut rig, 1);
        assert!(rig.events.contains(&Event::Landed) && lean(rig.attitude) < 0.2, "{fall:?}");
    }
}
