//! A bias that wanders: the flat floor of an Allan deviation, from walks that forget themselves over 10, 100 and 1000 s.
//!
//! A first-order Gauss-Markov process of deviation σ and time T has the Allan variance
//! (2σ²T/τ) (1 − T/2τ (3 − 4e^(−τ/T) + e^(−2τ/T))), at most (0.617 σ)² at τ = 1.89 T. Three of them a decade apart add up to a
//! floor that from 10 s to 1000 s stays within 0.63 to 0.77 σ; a single one would have a hump.
//!
//! **Never:** forgets where it is between samples; it steps at its own pace.

use crate::chance::{Stream, Wander};
use glam::DVec3;

const TIMES_S: [f64; 3] = [10.0, 100.0, 1000.0];
/// One step of the walks.
const STEP_S: f64 = 0.1;
/// The floor that three walks of deviation 1 have together.
const FLOOR: f64 = 0.73;

/// The wandering part of three biases.
pub struct Drift {
    walks: [[Wander; 3]; 3],
    stream: Stream,
}

impl Drift {
    /// With this floor.
    pub fn of(instability: f64, mut stream: Stream) -> Self {
        let sd = instability / FLOOR;
        let mut axis = || TIMES_S.map(|time_s| Wander::start(sd, time_s, STEP_S, &mut stream));
        Self { walks: [axis(), axis(), axis()], stream }
    }

    /// A tenth of a second later.
    pub fn step(&mut self) -> DVec3 {
        let stream = &mut self.stream;
        let sums = self
            .walks
            .each_mut()
            .map(|axis| axis.iter_mut().map(|walk| walk.step(stream)).sum::<f64>());
        DVec3::from(sums)
    }
}
