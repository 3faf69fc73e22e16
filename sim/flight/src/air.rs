//! The air of a flight: what blows about the airframe in a tick, and how dense it is.
//!
//! A steady wind that grows with height ([`shear`]), first-order gusts, single gusts as one cosine ([`gust`]), turbulence
//! after Dryden ([`dryden`]), and density by height and temperature ([`atmosphere`]). Each draws on its own stream, so
//! that one more does not disturb the others.
//!
//! **Never:** turns an airframe by where the wind is stronger; the air is the same over its whole span.

pub mod atmosphere;
mod dryden;
mod gust;
mod shear;
#[cfg(test)]
mod tests;

use crate::body::{Flow, Kinematics};
use crate::chance::{Seed, Stream, Wander};
use atmosphere::Column;
use dryden::Dryden;
use evidence::scenario::{Gust, Scenario, Shear};
use evidence::{TICK_S, Tick};
use glam::DVec3;

/// Gusts forget themselves over this time, as low-level turbulence of a few metres' size does.
const GUST_TIME_CONSTANT_S: f64 = 2.5;

/// The air of a flight.
pub struct Air {
    steady_mps: DVec3,
    shear: Shear,
    wanders: Option<[Wander; 3]>,
    stream: Stream,
    dryden: Option<Dryden>,
    gusts: Vec<Gust>,
    column: Column,
}

impl Air {
    /// The scenario's weather at its place.
    #[must_use]
    pub fn of(scenario: &Scenario, seed: &Seed) -> Self {
        let weather = &scenario.weather;
        let seed = seed.fork("air");
        let mut stream = seed.stream();
        let mut wander = |share: f64| {
            Wander::start(weather.gust_mps * share, GUST_TIME_CONSTANT_S, TICK_S, &mut stream)
        };
        // Near the ground the air moves up and down half as much as along.
        let wanders = [wander(1.0), wander(1.0), wander(0.5)];
        let steady_mps = DVec3::new(weather.wind_mps.0, weather.wind_mps.1, 0.0);
        let w20_mps = weather.turbulence_w20_mps;
        Self {
            steady_mps,
            shear: weather.shear,
            wanders: (weather.gust_mps > 0.0).then_some(wanders),
            stream,
            dryden: (w20_mps > 0.0)
                .then(|| Dryden::stirred(w20_mps, steady_mps, seed.fork("dryden").stream())),
            gusts: weather.gusts.clone(),
            column: Column::over(scenario.place.alt_m, weather.temperature_degc),
        }
    }

    /// The air about the airframe in this tick, in which the ground below it is at `ground_m`.
    pub fn blow(&mut self, now: Tick, k: &Kinematics, ground_m: f64) -> Flow {
        let height_m = k.position_m.z - ground_m;
        let mut wind_mps = self.steady_mps * shear::factor(self.shear, height_m);
        // Turbulence is carried past by the steady wind.
        let passing_mps = (k.velocity_mps - wind_mps).length();
        if let Some([east, north, up]) = &mut self.wanders {
            let s = &mut self.stream;
            wind_mps += DVec3::new(east.step(s), north.step(s), up.step(s));
        }
        if let Some(dryden) = &mut self.dryden {
            wind_mps += dryden.step(height_m, passing_mps, TICK_S);
        }
        let at_s = now.0 as f64 * TICK_S;
        wind_mps += self.gusts.iter().map(|one| gust::blows(one, at_s)).sum::<DVec3>();
        Flow { wind_mps, density_kgpm3: self.column.density_kgpm3(k.position_m.z) }
    }
}
