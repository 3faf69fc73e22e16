//! With a rotor gone: the thrust axis is kept, the heading is not.
//!
//! What is left cannot hold the yaw, and the body begins to spin. So only the direction of lift is steered, in the
//! local frame, and each torque is asked for a moment ahead, because the body turns on while a motor follows (Mueller
//! and D'Andrea, "Stability and control of a quadrocopter despite the complete loss of one, two, or three
//! propellers", ICRA 2014, give the equilibrium).
//!
//! Six rotors and more come down upright so. Three of four cannot push from both sides about each axis, and are led
//! otherwise, where they can be led at all: see [`crippled`](super::super::crippled).
//!
//! **Never:** asks for a torque about the thrust axis; remembers anything.

use glam::{DQuat, DVec3};

/// Rate per radian of lean, 1/s.
pub(crate) const LEAN_GAIN_PER_S: f64 = 5.0;
/// Fastest turn of the thrust axis that is asked for, rad/s.
pub(crate) const RATE_MAX_RADPS: f64 = 3.0;
/// Angular acceleration per rad/s missed, 1/s.
pub(crate) const RATE_GAIN_PER_S: f64 = 15.0;
/// Time that a motor needs to follow, seconds.
pub(crate) const MOTOR_S: f64 = 0.035;

/// Torque to have now, N m, so that the thrust axis comes to point along `up_ned`.
pub fn torque_frd_nm(
    ned_from_frd: DQuat,
    up_ned: DVec3,
    rates_frd_radps: DVec3,
    inertia_kgm2: DVec3,
) -> DVec3 {
    let wanted_up_frd = ned_from_frd.conjugate() * up_ned;
    // The turn that takes body up to the wanted one; it has no part along the axis.
    let off_rad = DVec3::NEG_Z.cross(wanted_up_frd);
    let wanted_radps = (off_rad * LEAN_GAIN_PER_S).clamp_length_max(RATE_MAX_RADPS);
    let across_radps = rates_frd_radps.with_z(0.0);
    // The spin goes along with its axis, and that takes its share.
    let along = wanted_radps.cross(DVec3::Z) * rates_frd_radps.z;
    let wanted_radps2 = (wanted_radps - across_radps) * RATE_GAIN_PER_S + along;
    let spin = rates_frd_radps.cross(inertia_kgm2 * rates_frd_radps);
    let now = (inertia_kgm2 * wanted_radps2 + spin).with_z(0.0);
    // Seen from the body, what stands still in the world turns the other way.
    let ahead = DQuat::from_rotation_z(-libm::atan(rates_frd_radps.z * MOTOR_S));
    ahead * now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_torque_turns_the_thrust_axis_towards_where_it_should_point() {
        let inertia = DVec3::new(0.01, 0.01, 0.02);
        for lean in [DVec3::new(0.2, 0.0, -1.0), DVec3::new(-0.1, 0.3, -1.0)] {
            let up = lean.normalize();
            let torque = torque_frd_nm(DQuat::IDENTITY, up, DVec3::ZERO, inertia);
            // Rolling right tips body up to the right, pitching up tips it backwards.
            let moves = torque.cross(DVec3::NEG_Z);
            assert!(moves.dot(up.with_z(0.0)) > 0.0 && torque.z == 0.0, "{lean}: {torque}");
        }
    }
}
