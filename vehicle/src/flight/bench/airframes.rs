//! The airframes that the rig flies.
//!
//! **Never:** ships; the simulator reads its own from files.

use crate::senses::{AirframeSetup, RotorPlace};
use glam::DVec3;

const MOTOR_S: f64 = 0.035;
const DRAG_NSPM: f64 = 0.28;

/// A camera quadcopter.
pub fn quad() -> AirframeSetup {
    square(0.16)
}

/// The same with its hubs so far ahead and aside.
fn square(arm_m: f64) -> AirframeSetup {
    let hub = |x: f64, y: f64, yaw_sign| RotorPlace {
        hub_frd_m: DVec3::new(arm_m * x, arm_m * y, -0.02),
        yaw_sign,
    };
    AirframeSetup {
        rotors: [
            hub(1.0, 1.0, 1.0),
            hub(-1.0, -1.0, 1.0),
            hub(1.0, -1.0, -1.0),
            hub(-1.0, 1.0, -1.0),
        ]
        .to_vec(),
        mass_kg: 1.2,
        inertia_kgm2: DVec3::new(0.0091, 0.0098, 0.0161),
        thrust_coefficient: 1.052e-5,
        torque_coefficient: 1.82e-7,
        drag_per_s: DRAG_NSPM / 1.2,
        rotor_radps_max: 950.0,
        rotor_inertia_kgm2: 6.2e-5,
        motor_s: MOTOR_S,
        cells: 4,
    }
}

/// A light one with quick motors: the AscTec Hummingbird.
pub fn hummingbird() -> AirframeSetup {
    AirframeSetup {
        mass_kg: 0.5,
        inertia_kgm2: DVec3::new(3.65e-3, 3.68e-3, 7.03e-3),
        thrust_coefficient: 5.57e-6,
        torque_coefficient: 1.36e-7,
        drag_per_s: 0.447,
        rotor_radps_max: 1_500.0,
        rotor_inertia_kgm2: 0.0,
        motor_s: 0.005,
        cells: 3,
        ..square(0.1202)
    }
}

/// One whose rotors just carry it: the Crazyflie.
pub fn crazyflie() -> AirframeSetup {
    AirframeSetup {
        mass_kg: 0.03,
        inertia_kgm2: DVec3::new(1.43e-5, 1.43e-5, 2.89e-5),
        thrust_coefficient: 2.3e-8,
        torque_coefficient: 7.8e-10,
        drag_per_s: 0.244,
        rotor_radps_max: 2_500.0,
        rotor_inertia_kgm2: 0.0,
        motor_s: 0.072,
        cells: 1,
        ..square(0.0304)
    }
}

/// The same with its rotors on a circle, turning in turns.
pub fn with_rotors(count: usize) -> AirframeSetup {
    let rotors = (0..count).map(|place| {
        let (sin, cos) = libm::sincos((place as f64 + 0.5) * core::f64::consts::TAU / count as f64);
        RotorPlace {
            hub_frd_m: DVec3::new(0.23 * cos, 0.23 * sin, 0.0),
            yaw_sign: if place % 2 == 0 { 1.0 } else { -1.0 },
        }
    });
    AirframeSetup { rotors: rotors.collect(), ..quad() }
}
