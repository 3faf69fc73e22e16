//! One rotor: the force and the moment that its air gives it, in body axes.
//!
//! With u the velocity of the hub through the air and m the rotor's speed:
//! force (0, 0, k_eta m²) − m (k_d u_x, k_d u_y, k_z u_z) + (0, 0, k_h (u_x² + u_y²)); drag torque ± k_m m² about z; flapping
//! −k_flap m (u × z). So Folk, Paulos and Kumar have it in RotorPy (arXiv 2306.04485), after Svacha et al. (ICUAS 2017).
//! A weakened rotor's share scales k_eta m² alone: its drag, inflow, translational lift and torque are those of a whole one.
//!
//! **Never:** knows other rotors, or the body's motion beyond its own hub's.

use super::machine::Machine;
use super::{ground_effect, vortex_ring};
use glam::DVec3;

/// What surrounds one hub.
#[derive(Clone, Copy, Debug)]
pub struct Hub {
    /// Velocity through the air, body FLU.
    pub through_mps: DVec3,
    /// Height above what lies below, where there is ground and the rotor blows at it.
    pub height_m: Option<f64>,
    /// What is left of a whole rotor's k_eta m², 0 to 1.
    pub share: f64,
}

/// Force in N, and moment about the hub without the force's own in N m, at the density that the coefficients hold in.
#[must_use]
pub fn wrench(machine: &Machine, radps: f64, yaw_sign: f64, hub: Hub) -> (DVec3, DVec3) {
    let u = hub.through_mps;
    let across2 = u.x * u.x + u.y * u.y;
    let square = radps * radps;
    let mut thrust_n = machine.thrust_ns2 * square * hub.share;
    if let Some(height_m) = hub.height_m {
        let induced2 = machine.induced_m * machine.induced_m * square;
        thrust_n *= ground_effect::ratio(height_m, machine.radius_m, across2, induced2);
    }
    let mut inflow_mps = u.z;
    if machine.terms.vortex_ring {
        inflow_mps += vortex_ring::excess_mps(machine.induced_m * radps, u.z, across2);
    }
    let drag = machine.rotor_drag_ns2pm * radps;
    let force_n = DVec3::new(
        -drag * u.x,
        -drag * u.y,
        thrust_n + machine.lift_ns2pm2 * across2 - machine.inflow_ns2pm * radps * inflow_mps,
    );
    let flap = machine.flapping_ns2 * radps;
    let moment_nm = DVec3::new(-flap * u.y, flap * u.x, yaw_sign * machine.torque_nms2 * square);
    (force_n, moment_nm)
}
