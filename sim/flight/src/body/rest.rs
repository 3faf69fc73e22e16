//! Standing still: an airframe on the ground that nothing moves needs no rigid-body library to stay there.
//!
//! It stands once it has touched the ground for a tenth of a second, upright and without moving, and does so until a
//! rotor turns or something pulls at it that is worth a look. Then it has to come to a stand anew.
//!
//! **Never:** stops what moves.

use crate::airframe::{GRAVITY_MPS2, State};
use evidence::{TICK_S, TICKS_PER_S};
use glam::DVec3;

/// Slower than this is standing: metres and radians a second.
const STILL: f64 = 1e-3;
/// For so long.
const STILL_TICKS: u64 = TICKS_PER_S / 10;
/// A rotor that turns more slowly lifts and twists nothing, rad/s.
const ROTOR_RADPS: f64 = 1.0;
/// Of what friction can hold, and of its weight, this part is safe from slipping and from lifting off.
const SAFE_PART: f64 = 0.5;
/// A pull that would turn it faster than this may tip it, rad/s².
const TURN_RADPS2: f64 = 1.0;

/// Cosine of the lean beyond which it may be balanced on an edge, 8°.
const UPRIGHT_COS: f64 = 0.99;

/// For how long the airframe has stood.
pub(super) struct Rest {
    holds_mps2: f64,
    still_ticks: u64,
}

impl Rest {
    /// On gear with this friction.
    pub fn on(friction: f64) -> Self {
        Self { holds_mps2: SAFE_PART * friction * GRAVITY_MPS2, still_ticks: 0 }
    }

    /// Takes in where a tick has left it that it did not stand through, and whether it touched something.
    pub fn feel(&mut self, state: &State, touches: bool) {
        let up = state.world_from_body * DVec3::Z;
        let is_still = state.velocity_mps.length() < STILL && state.rates_radps.length() < STILL;
        let stands = touches && is_still && up.z > UPRIGHT_COS;
        self.still_ticks = if stands { self.still_ticks + 1 } else { 0 };
    }

    /// Whether it goes on standing in a tick in which it would fly from `before` to `free` if nothing held it.
    pub fn lasts(&self, before: &State, free: &State, rotor_radps: &[f64]) -> bool {
        let pull_mps2 = (free.velocity_mps - before.velocity_mps) / TICK_S;
        let turn_radps2 = (free.rates_radps - before.rates_radps) / TICK_S;
        self.still_ticks >= STILL_TICKS
            && rotor_radps.iter().all(|radps| radps.abs() < ROTOR_RADPS)
            && pull_mps2.with_z(0.0).length() < self.holds_mps2
            && pull_mps2.z < -SAFE_PART * GRAVITY_MPS2
            && turn_radps2.length() < TURN_RADPS2
    }
}

/// The state of what has stood still for a tick.
pub(super) fn still(before: &State) -> State {
    State { velocity_mps: DVec3::ZERO, rates_radps: DVec3::ZERO, ..*before }
}
