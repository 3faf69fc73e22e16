//! What air a story may have.
//!
//! **Never:** knows the airframe.

use super::{Fault, at_most, within};
use crate::scenario::{Scenario, Shear};

/// The first value that is wrong.
pub(super) fn check(scenario: &Scenario) -> Result<(), Fault> {
    let weather = &scenario.weather;
    let (east, north) = weather.wind_mps;
    within("weather.wind_mps[0]", east, -15.0..=15.0, "metres per second to the east")?;
    within("weather.wind_mps[1]", north, -15.0..=15.0, "metres per second to the north")?;
    within("weather.gust_mps", weather.gust_mps, 0.0..=5.0, "metres per second")?;
    match weather.shear {
        Shear::Uniform => {}
        Shear::Log { roughness_m } => {
            within("weather.shear.roughness_m", roughness_m, 0.0001..=3.0, "metres")?;
        }
        Shear::Power { exponent } => {
            within("weather.shear.exponent", exponent, 0.0..=1.0, "as a power of the height")?;
        }
    }
    let stirring = "metres per second 20 ft above the ground";
    within("weather.turbulence_w20_mps", weather.turbulence_w20_mps, 0.0..=25.0, stirring)?;
    at_most("weather.gusts", weather.gusts.len(), 64)?;
    for (i, gust) in weather.gusts.iter().enumerate() {
        let path = |rest: &str| format!("weather.gusts[{i}].{rest}");
        within(&path("at_s"), gust.at_s, 0.0..=scenario.length_s, "seconds, within the flight")?;
        within(&path("for_s"), gust.for_s, 0.1..=600.0, "seconds")?;
        let (east, north, up) = gust.peak_mps;
        within(&path("peak_mps[0]"), east, -20.0..=20.0, "metres per second to the east")?;
        within(&path("peak_mps[1]"), north, -20.0..=20.0, "metres per second to the north")?;
        within(&path("peak_mps[2]"), up, -20.0..=20.0, "metres per second upwards")?;
    }
    let degc = weather.temperature_degc.unwrap_or(15.0);
    within("weather.temperature_degc", degc, -50.0..=60.0, "degrees Celsius at the ground")
}
