//! What a step of flight needs of an airframe, worked out once.
//!
//! **Never:** changes in flight; holds what happened.

use super::file::{Airframe, Terms};
use super::{GRAVITY_MPS2, REFERENCE_DENSITY_KGPM3, ROTORS_MAX};
use glam::DVec3;

/// An airframe's figures in the shape that the laws of motion want.
#[derive(Clone, Debug)]
pub struct Machine {
    /// How many rotors there are.
    pub rotors: usize,
    /// Hubs, body FLU; those beyond `rotors` mean nothing.
    pub hubs_m: [DVec3; ROTORS_MAX],
    /// Sense of each rotor's drag torque about z up.
    pub yaw_signs: [f64; ROTORS_MAX],
    /// k_eta.
    pub thrust_ns2: f64,
    /// k_m.
    pub torque_nms2: f64,
    /// k_d.
    pub rotor_drag_ns2pm: f64,
    /// k_z.
    pub inflow_ns2pm: f64,
    /// k_h.
    pub lift_ns2pm2: f64,
    /// k_flap.
    pub flapping_ns2: f64,
    /// Of one rotor about its axis.
    pub rotor_inertia_kgm2: f64,
    /// From the hub to the tip.
    pub radius_m: f64,
    /// Induced velocity in hover for each rad/s of speed: √(k_eta / (2 ρ π R²)).
    pub induced_m: f64,
    /// c_D.
    pub hull_drag_ns2pm2: DVec3,
    /// Mass.
    pub mass_kg: f64,
    /// About x, y, z.
    pub inertia_kgm2: DVec3,
    /// Slowest and fastest speed that a motor follows.
    pub rotor_radps: (f64, f64),
    /// Time constants of a motor that gains and of one that loses speed.
    pub motor_s: (f64, f64),
    /// Downwards.
    pub gravity_mps2: f64,
    /// Which terms act.
    pub terms: Terms,
}

impl Machine {
    /// The machine of an airframe.
    #[must_use]
    pub fn of(airframe: &Airframe) -> Self {
        let mut hubs_m = [DVec3::ZERO; ROTORS_MAX];
        let mut yaw_signs = [0.0; ROTORS_MAX];
        for ((place, sign), hub) in hubs_m.iter_mut().zip(&mut yaw_signs).zip(&airframe.rotors) {
            (*place, *sign) = (hub.place(), f64::from(hub.yaw_sign));
        }
        let radius_m = airframe.rotor_radius_m;
        let disc_m2 = core::f64::consts::PI * radius_m * radius_m;
        let induced_m2 =
            airframe.thrust_coefficient_ns2 / (2.0 * REFERENCE_DENSITY_KGPM3 * disc_m2);
        Self {
            rotors: airframe.rotors.len().min(ROTORS_MAX),
            hubs_m,
            yaw_signs,
            thrust_ns2: airframe.thrust_coefficient_ns2,
            torque_nms2: airframe.torque_coefficient_nms2,
            rotor_drag_ns2pm: airframe.rotor_drag_ns2pm,
            inflow_ns2pm: airframe.rotor_inflow_ns2pm,
            lift_ns2pm2: airframe.translational_lift_ns2pm2,
            flapping_ns2: airframe.flapping_ns2,
            rotor_inertia_kgm2: airframe.rotor_inertia_kgm2,
            radius_m,
            induced_m: induced_m2.sqrt(),
            hull_drag_ns2pm2: DVec3::from(airframe.hull_drag_ns2pm2),
            mass_kg: airframe.mass_kg,
            inertia_kgm2: DVec3::from(airframe.inertia_kgm2),
            rotor_radps: (airframe.rotor_radps_min, airframe.rotor_radps_max),
            motor_s: (airframe.motor_spin_up_s, airframe.motor_spin_down_s),
            gravity_mps2: GRAVITY_MPS2,
            terms: airframe.terms,
        }
    }
}
