//! What the fuzzer's vehicle is told before power-on.
//!
//! **Never:** grants anything.

use glam::DVec3;
use vehicle::senses::{AirframeSetup, Geofence, LawName, Personality, Provision, RotorPlace, Streams};

/// What a vehicle on the bench is told before power-on.
pub fn provision(owner_public_key: [u8; 32]) -> Provision {
    let arm_m = 0.18;
    let corners = [(1.0, -1.0, 1.0), (1.0, 1.0, -1.0), (-1.0, 1.0, 1.0), (-1.0, -1.0, -1.0)];
    Provision {
        serial: "HWXBENCH000000000001".to_owned(),
        wifi_key: "BENCHBENCHBENCH1".to_owned(),
        owner_public_key,
        law: LawName::Sealed,
        airframe: AirframeSetup {
            rotors: corners
                .map(|(x, y, yaw_sign)| RotorPlace {
                    hub_frd_m: DVec3::new(x * arm_m, y * arm_m, 0.0),
                    yaw_sign,
                })
                .to_vec(),
            mass_kg: 1.2,
            inertia_kgm2: DVec3::new(0.012, 0.012, 0.02),
            thrust_coefficient: 1e-5,
            torque_coefficient: 1.6e-7,
            drag_per_s: 0.25,
            rotor_radps_max: 900.0,
            rotor_inertia_kgm2: 5e-5,
            motor_s: 0.04,
            cells: 4,
        },
        declination_rad: 0.0,
        mission: Vec::new(),
        geofence: Geofence::none(),
        streams: Streams::Minimal,
        personality: Personality::Px4,
        telemetry2: Some(Personality::ArduPilot),
        version: "0.1.0".to_owned(),
        vault_key: [7; 32],
        unlock_key: [8; 32],
    }
}
