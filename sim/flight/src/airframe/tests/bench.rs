//! What the bench does not fly, and says so before it begins or as soon as it knows.
//!
//! **Never:** compares a flight.

use super::{HUMMINGBIRD, Rig, parsed};
use crate::airframe::ROTORS_MAX;
use crate::airframe::open_loop::{Row, Unflown, fly};
use glam::DVec3;

#[test]
fn a_row_too_far_off_is_refused_by_its_place_and_a_lost_number_by_its_moment() {
    let rig = Rig::of(&parsed(HUMMINGBIRD));
    let row = |at_s: f64, up_mps: f64| Row {
        at_s,
        commands_radps: [0.0; ROTORS_MAX],
        wind_mps: DVec3::Z * up_mps,
    };
    let cases: [(&[Row], f64, Option<Unflown>); 7] = [
        (&[], 0.001, None),
        (&[row(1e300, 0.0)], 0.001, None),
        (&[row(0.0, 0.0), row(0.5, 0.0)], 0.001, None),
        (&[row(0.0, 0.0), row(0.5, 0.0), row(1e9, 0.0)], 0.001, Some(Unflown::TooFar(2))),
        (&[row(-1e300, 0.0), row(1e300, 0.0)], 0.001, Some(Unflown::TooFar(1))),
        (&[row(-1e8, 0.0), row(0.0, 0.0)], 0.999, Some(Unflown::TooFar(1))),
        (&[row(0.0, 1e200), row(0.5, 0.0)], 0.001, Some(Unflown::Beyond(0.5))),
    ];
    for (rows, step_s, why) in cases {
        let flown = fly(&rig.machine, (rig.state, rig.spin.radps), rows, step_s);
        match flown {
            Ok(samples) => assert!(why.is_none() && samples.len() == rows.len(), "{rows:?}"),
            Err(unflown) => assert_eq!(Some(unflown), why, "{rows:?}"),
        }
    }
}
