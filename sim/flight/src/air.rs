//! Moving air: the scenario's steady wind and first-order gusts on each axis.
//!
//! **Never:** knows where the airframe is; the same air is everywhere.

use crate::chance::{Seed, Stream, Wander};
use evidence::TICK_S;
use evidence::scenario::Weather;
use glam::DVec3;

/// Gusts forget themselves over this time, as low-level turbulence of a few metres' size does.
const GUST_TIME_CONSTANT_S: f64 = 2.5;

/// The air of a flight.
pub struct Air {
    steady_mps: DVec3,
    gusts: Option<[Wander; 3]>,
    stream: Stream,
}

impl Air {
    /// The scenario's weather.
    #[must_use]
    pub fn of(weather: &Weather, seed: &Seed) -> Self {
        let mut stream = seed.fork("air").stream();
        let mut gust = |share: f64| {
            Wander::start(weather.gust_mps * share, GUST_TIME_CONSTANT_S, TICK_S, &mut stream)
        };
        // Near the ground the air moves up and down half as much as along.
        let gusts = [gust(1.0), gust(1.0), gust(0.5)];
        Self {
            steady_mps: DVec3::new(weather.wind_mps.0, weather.wind_mps.1, 0.0),
            gusts: (weather.gust_mps > 0.0).then_some(gusts),
            stream,
        }
    }

    /// Where the air moves to in this tick, world ENU, m/s.
    pub fn blow(&mut self) -> DVec3 {
        let Some([east, north, up]) = &mut self.gusts else { return self.steady_mps };
        let s = &mut self.stream;
        self.steady_mps + DVec3::new(east.step(s), north.step(s), up.step(s))
    }
}
