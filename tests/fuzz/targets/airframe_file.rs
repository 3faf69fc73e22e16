//! Any airframe file: a machine that flies in numbers, or an error with its place.
//!
//! **Never:** needs a file on disk.
#![no_main]

use flight::airframe::Airframe;
use flight::body::{Body, Flow};
use flight::firmware::Thrust;
use glam::DVec3;
use libfuzzer_sys::fuzz_target;

/// A flip of all commands from nothing to everything, every so many ticks.
const FLIP_TICKS: u32 = 8;

fuzz_target!(|text: &str| {
    match Airframe::parse(text) {
        Ok(airframe) => {
            let mut body = Body::standing(airframe, &[]);
            for tick in 0..64 {
                let mut thrust = Thrust::default();
                thrust.rotor_radps[..if tick < 32 { 8 } else { 1 }]
                    .fill(f64::from(tick / FLIP_TICKS % 2) * 1e4);
                body.step(&thrust, &Flow::of(DVec3::new(8.0, -3.0, 1.0)));
                let k = body.kinematics();
                assert!(k.position_m.is_finite() && k.velocity_mps.is_finite());
                assert!(k.world_from_body.is_finite() && k.rates_flu_radps.is_finite());
                assert!(body.rotor_radps().iter().all(|radps| radps.is_finite()));
                assert!(body.pack().pack_v().is_finite());
            }
        }
        Err((line, column, problem)) => assert!(line > 0 && column > 0 && !problem.is_empty()),
    }
});
