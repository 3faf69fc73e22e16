//! Static pressure, 50 Hz: that of the air at this height, the day's weather and its drift, and what the air's motion adds.
//!
//! The propellers draw air from around the hull, and near the ground press it under it: both are a part of q = ½ ρ v², with v the
//! induced velocity in hover, so that q is the thrust over four disc areas. The ground's part goes as Cheeseman and Bennett's (R/4z)².
//! Wind on the hull sucks at the vent, by a part of its own ½ ρ v².
//!
//! **Never:** feels which way the wind comes from; a vent under foam hardly does.

use crate::air::atmosphere::Column;
use crate::airframe::Airframe;
use crate::body::Body;
use crate::chance::{Seed, Stream, Wander};

/// About 0.1 m of a 50 Hz sample (BMP388 in its low-power mode: 1.2 Pa).
const NOISE_PA: f64 = 1.2;
/// Pressure of the day against the standard, and how it drifts in a flight.
const DAY_SD_PA: f64 = 300.0;
const DRIFT_SD_PA: f64 = 4.0;
const DRIFT_TIME_S: f64 = 300.0;

/// Parts of the rotors' q that show at the vent: far from the ground, and times (R/4z)² near it.
const WASH: f64 = -0.05;
const WASH_NEAR: f64 = 1.0;
/// The nearest z/R at which the ground's part is known.
const NEAREST_RADII: f64 = 0.5;
/// Part of the wind's ½ ρ v² that shows at the vent.
const WIND: f64 = -0.03;

/// The pressure sensor.
pub struct Barometer {
    column: Column,
    day_pa: f64,
    drift: Wander,
    stream: Stream,
}

impl Barometer {
    /// A sensor under this air.
    pub fn under(column: Column, seed: &Seed) -> Self {
        let mut stream = seed.fork("barometer").stream();
        let day_pa = DAY_SD_PA * stream.normal();
        let drift = Wander::start(DRIFT_SD_PA, DRIFT_TIME_S, 0.02, &mut stream);
        Self { column, day_pa, drift, stream }
    }

    /// One sample.
    pub fn read(&mut self, body: &Body) -> f64 {
        let (k, flow) = (body.kinematics(), body.flow());
        let still_pa = self.column.pressure_pa(k.position_m.z) + self.day_pa;
        let above_m = k.position_m.z - body.floor_m();
        let wash_pa = wash_pa(body.airframe(), body.rotor_radps(), above_m);
        let passing2 = (k.velocity_mps - flow.wind_mps).length_squared();
        let wind_pa = WIND * 0.5 * flow.density_kgpm3 * passing2;
        let drift_pa = self.drift.step(&mut self.stream);
        // A vacuum is the least that there is.
        let pressure_pa = still_pa + wash_pa + wind_pa + drift_pa + NOISE_PA * self.stream.normal();
        pressure_pa.max(0.0)
    }
}

/// What rotors at these speeds add at the vent, so far above the ground.
fn wash_pa(airframe: &Airframe, rotor_radps: &[f64], above_m: f64) -> f64 {
    let radius_m = airframe.rotor_radius_m;
    let squares: f64 = rotor_radps.iter().map(|w| w * w).sum();
    let thrust_n = airframe.thrust_coefficient_ns2 * squares / rotor_radps.len() as f64;
    let q_pa = thrust_n / (4.0 * core::f64::consts::PI * radius_m * radius_m);
    let near = radius_m / (4.0 * above_m.max(NEAREST_RADII * radius_m));
    q_pa * (WASH + WASH_NEAR * near * near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Flow;
    use evidence::Assets;
    use glam::DVec3;
    use vehicle::senses::Thrust;

    fn quad() -> Airframe {
        let root = Assets::find().expect("the assets").root;
        Airframe::read(&root.join("airframes/camera_quad.ron")).expect("it ships")
    }

    #[test]
    fn wash_goes_with_the_thrust_and_presses_where_the_ground_is_near() {
        let quad = quad();
        let hover = [quad.hover_radps(); 4];
        // q is 2.942 N over four discs of 0.0457 m²: 16.1 Pa.
        for (above_m, pa) in [(50.0, -0.805), (0.1206, 0.201), (0.06, 3.22), (0.0, 3.22)] {
            let found = wash_pa(&quad, &hover, above_m);
            assert!((found - pa).abs() < 0.01, "{above_m}: {found}");
        }
        let twice = hover.map(|w| w * 2.0);
        assert!((wash_pa(&quad, &twice, 50.0) / wash_pa(&quad, &hover, 50.0) - 4.0).abs() < 1e-9);
        assert_eq!(wash_pa(&quad, &[0.0; 4], 0.1), 0.0);
    }

    #[test]
    fn wind_sucks_at_the_vent_with_its_square() {
        let mean_pa = |wind_mps: f64| {
            let mut body = Body::standing(quad(), &[]);
            body.step(&Thrust::default(), &Flow::of(DVec3::X * wind_mps));
            let mut barometer = Barometer::under(Column::over(0.0, None), &Seed::master(1));
            (0..2_000).map(|_| barometer.read(&body)).sum::<f64>() / 2_000.0
        };
        let still_pa = mean_pa(0.0);
        for (wind_mps, pa) in [(10.0, -1.84), (20.0, -7.35)] {
            assert!((mean_pa(wind_mps) - still_pa - pa).abs() < 0.02, "{wind_mps}");
        }
    }
}
