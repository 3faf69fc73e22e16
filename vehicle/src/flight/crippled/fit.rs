//! Which quadrotors can go on without a rotor, told from what is known of the airframe.
//!
//! **Never:** asks how it flies; takes an airframe for fit that it knows nothing of.

use crate::flight::estimate::GRAVITY_MPS2;
use crate::senses::AirframeSetup;

/// What two rotors must lift, as part of the weight: enough to steer and to stop a fall with.
pub(crate) const CARRIES_PART: f64 = 1.2;
/// Faster than this the gyroscope cannot follow, rad/s: it ends at 2000°/s, and something is left for gusts.
pub(crate) const SPIN_MAX_RADPS: f64 = 31.0;

/// Why an airframe cannot be held without a rotor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has not four rotors.
    NotFour,
    /// Two rotors do not carry its weight.
    TooHeavy,
    /// The air holds its spin only where the gyroscope follows no more.
    TooFast,
}

/// Whether a quadrotor without a rotor can be held at all.
pub fn judge(airframe: &AirframeSetup) -> Result<(), Unfit> {
    if airframe.rotors.len() != 4 {
        return Err(Unfit::NotFour);
    }
    let full = airframe.rotor_radps_max * airframe.rotor_radps_max;
    let carried_n = 2.0 * airframe.thrust_coefficient * full;
    let weight_n = airframe.mass_kg * GRAVITY_MPS2;
    if carried_n.is_nan() || carried_n < CARRIES_PART * weight_n {
        return Err(Unfit::TooHeavy);
    }
    let spin_radps = spin_radps(airframe);
    if spin_radps.is_nan() || spin_radps > SPIN_MAX_RADPS {
        return Err(Unfit::TooFast);
    }
    Ok(())
}

/// The spin at which the air holds against the drag torque of the two that carry the weight, rad/s.
///
/// What the four rotors take from a speed in hover they take from the speed of their hubs; the two that are left turn
/// √2 times as fast, and are half as many.
fn spin_radps(airframe: &AirframeSetup) -> f64 {
    let drag_m = airframe.torque_coefficient / airframe.thrust_coefficient;
    let arms_m2 = airframe.rotors.iter().map(|rotor| rotor.hub_frd_m.truncate().length_squared());
    let arm_m2 = arms_m2.sum::<f64>() / airframe.rotors.len() as f64;
    core::f64::consts::SQRT_2 * drag_m * GRAVITY_MPS2 / (airframe.drag_per_s * arm_m2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flight::bench::{crazyflie, hummingbird, quad, with_rotors};

    #[test]
    fn two_rotors_must_carry_it_and_the_gyroscope_must_follow_its_spin() {
        let thin = |drag_per_s| AirframeSetup { drag_per_s, ..quad() };
        for (airframe, expected) in [
            (quad(), Ok(())),
            (hummingbird(), Ok(())),
            (crazyflie(), Err(Unfit::TooHeavy)),
            (AirframeSetup { rotor_radps_max: 2_800.0, ..crazyflie() }, Err(Unfit::TooFast)),
            (AirframeSetup { mass_kg: 1.7, ..quad() }, Err(Unfit::TooHeavy)),
            (thin(0.1), Err(Unfit::TooFast)),
            (thin(0.0), Err(Unfit::TooFast)),
            (thin(f64::NAN), Err(Unfit::TooFast)),
            (with_rotors(6), Err(Unfit::NotFour)),
        ] {
            assert_eq!(judge(&airframe), expected, "{airframe:?}");
        }
    }

    #[test]
    fn the_spin_is_the_one_that_the_air_holds() {
        for (airframe, expected_radps) in [(quad(), 20.1), (hummingbird(), 26.2)] {
            let found = spin_radps(&airframe);
            assert!((found - expected_radps).abs() < 0.5, "{found} for {expected_radps}");
        }
    }
}
