//! Standing still: an airframe on the ground that nothing moves needs no rigid-body library to stay there.
//!
//! It stands once it has touched the ground without moving for a tenth of a second, and does so until a rotor turns or
//! something pulls at it that is worth a look.
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

    /// Takes in where a touch has left it.
    pub fn feel(&mut self, state: &State) {
        let is_still = state.velocity_mps.length() < STILL && state.rates_radps.length() < STILL;
        self.still_ticks = if is_still { self.still_ticks + 1 } else { 0 };
    }

    /// Whether it goes on standing in a tick in which it would fly from `before` to `free` if nothing held it.
    pub fn lasts(&mut self, before: &State, free: &State, rotor_radps: &[f64]) -> bool {
        let pull_mps2 = (free.velocity_mps - before.velocity_mps) / TICK_S;
        let turn_radps2 = (free.rates_radps - before.rates_radps) / TICK_S;
        let lasts = self.still_ticks >= STILL_TICKS
            && rotor_radps.iter().all(|radps| radps.abs() < ROTOR_RADPS)
            && pull_mps2.with_z(0.0).length() < self.holds_mps2
            && pull_mps2.z < -SAFE_PART * GRAVITY_MPS2
            && turn_radps2.length() < TURN_RADPS2;
        if !lasts {
            self.still_ticks = self.still_ticks.min(STILL_TICKS - 1);
        }
        lasts
    }
}

/// The state of what has stood still for a tick.
pub(super) fn still(before: &State) -> State {
    State { velocity_mps: DVec3::ZERO, rates_radps: DVec3::ZERO, ..*before }
}
