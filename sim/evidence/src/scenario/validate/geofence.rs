//! The geofence: areas that there can be.
//!
//! **Never:** asks where the flight leads; a story may cross its fence.

use super::{Fault, at_most, fault, within};
use crate::scenario::{Area, Scenario};

/// The first area that is wrong.
pub(super) fn check(scenario: &Scenario) -> Result<(), Fault> {
    let Some(fence) = &scenario.geofence else { return Ok(()) };
    for (name, areas) in [("keeps_in", &fence.keeps_in), ("keeps_out", &fence.keeps_out)] {
        let path = format!("geofence.{name}");
        at_most(&path, areas.len(), 16)?;
        for (i, area) in areas.iter().enumerate() {
            check_area(&format!("{path}[{i}]"), area)?;
        }
    }
    if let Some(height_m) = fence.height_m_max {
        within("geofence.height_m_max", height_m, 1.0..=500.0, "metres above the start")?;
    }
    if fence.keeps_in.is_empty() && fence.keeps_out.is_empty() && fence.height_m_max.is_none() {
        let hint = "give `keeps_in`, `keeps_out` or `height_m_max`";
        return fault("geofence", "the fence has no border", hint);
    }
    Ok(())
}

fn check_area(path: &str, area: &Area) -> Result<(), Fault> {
    let spot = |at: &str, (east, north): (f64, f64)| {
        within(&format!("{path}.{at}[0]"), east, -5000.0..=5000.0, "metres east of the start")?;
        within(&format!("{path}.{at}[1]"), north, -5000.0..=5000.0, "metres north of the start")
    };
    match area {
        Area::Circle { at_m, radius_m } => {
            spot("at_m", *at_m)?;
            within(&format!("{path}.radius_m"), *radius_m, 1.0..=5000.0, "metres")
        }
        Area::Polygon { corners_m } => {
            for (i, corner) in corners_m.iter().enumerate() {
                spot(&format!("corners_m[{i}]"), *corner)?;
            }
            if !(3..=64).contains(&corners_m.len()) {
                let what = format!("a polygon has no {} corners", corners_m.len());
                return fault(&format!("{path}.corners_m"), &what, "give 3 to 64");
            }
            Ok(())
        }
    }
}
