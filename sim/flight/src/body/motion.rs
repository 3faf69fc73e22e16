//! How the airframe moves, and the air about it.
//!
//! **Never:** changes either.

use crate::airframe::REFERENCE_DENSITY_KGPM3;
use glam::{DQuat, DVec3};

/// Where the airframe is and how it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kinematics {
    /// Centre of mass, world ENU.
    pub position_m: DVec3,
    /// World ENU.
    pub velocity_mps: DVec3,
    /// Turns body FLU into world ENU.
    pub world_from_body: DQuat,
    /// Angular rate, body FLU.
    pub rates_flu_radps: DVec3,
    /// Mean specific force of the last tick, body FLU.
    pub specific_force_flu_mps2: DVec3,
}

/// The air about the airframe in a tick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Where it moves to, world ENU.
    pub wind_mps: DVec3,
    /// How dense it is.
    pub density_kgpm3: f64,
}

impl Flow {
    /// Air of the reference density that moves like this.
    #[must_use]
    pub fn of(wind_mps: DVec3) -> Self {
        Self { wind_mps, density_kgpm3: REFERENCE_DENSITY_KGPM3 }
    }
}
