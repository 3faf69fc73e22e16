//! What light a story may have.
//!
//! **Never:** works out where the sun is.

use super::{Fault, at_most, fault, within};
use crate::scenario::{Light, Scenario};

/// The first value that is wrong.
pub(super) fn check(scenario: &Scenario) -> Result<(), Fault> {
    match scenario.light {
        Light::Noon if !scenario.lamps.is_empty() => {
            let hint = "give another `light`, as `Night`, or leave the lamps out";
            return fault("lamps", "at noon no lamp is seen to shine", hint);
        }
        Light::Noon | Light::Night => {}
        Light::Sun { azimuth_deg, elevation_deg } => {
            let unit = "degrees clockwise from north";
            within("light.azimuth_deg", azimuth_deg, -360.0..=360.0, unit)?;
            within(
                "light.elevation_deg",
                elevation_deg,
                -90.0..=90.0,
                "degrees above the horizon",
            )?;
        }
        Light::Clock { day, solar_time_h } => {
            within("light.day", f64::from(day), 1.0..=366.0, "as the day of the year")?;
            within("light.solar_time_h", solar_time_h, 0.0..=24.0, "hours")?;
        }
    }
    at_most("lamps", scenario.lamps.len(), 16)?;
    for (i, lamp) in scenario.lamps.iter().enumerate() {
        let path = |rest: &str| format!("lamps[{i}].{rest}");
        within(&path("at_m[0]"), lamp.at_m.0, -2000.0..=2000.0, "metres east of the start")?;
        within(&path("at_m[1]"), lamp.at_m.1, -2000.0..=2000.0, "metres north of the start")?;
        within(&path("height_m"), lamp.height_m, 1.0..=50.0, "metres above the ground")?;
        within(&path("intensity_cd"), lamp.intensity_cd, 1.0..=100_000.0, "candela")?;
    }
    Ok(())
}
