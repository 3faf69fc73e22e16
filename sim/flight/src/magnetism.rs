//! The Earth's magnetic field at a place: the World Magnetic Model (WMM2025, NOAA and the British Geological Survey).
//!
//! It is asked once a flight and rounded, so that no last bit of it reaches a seal.
//!
//! **Never:** changes in a flight; knows local rock or steel.

use evidence::scenario::Place;
use glam::DVec3;
use world_magnetic_model::GeomagneticField;
use world_magnetic_model::time::Date;
use world_magnetic_model::uom::si::angle::degree;
use world_magnetic_model::uom::si::f32::{Angle, Length};
use world_magnetic_model::uom::si::length::meter;
use world_magnetic_model::uom::si::magnetic_flux_density::gauss;

/// Every story is flown on the first of January of this year.
const YEAR: i32 = 2026;
/// What the field is rounded to; the model itself is good to about 1e-3 gauss.
const STEP_GAUSS: f64 = 1e-6;
/// What a firmware's table of declinations is rounded to; a tenth of a degree is usual.
const STEP_DEG: f64 = 0.1;

/// The field of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Magnetism {
    /// East, north, up.
    pub field_enu_gauss: DVec3,
    /// How far east of north a compass points there, as a firmware's own table has it.
    pub declination_rad: f64,
}

impl Magnetism {
    /// At a story's place.
    #[must_use]
    pub fn at(place: Place) -> Self {
        let date = Date::from_ordinal_date(YEAR, 1).expect("a year has a first day");
        let field = GeomagneticField::new(
            Length::new::<meter>(place.alt_m as f32),
            Angle::new::<degree>(place.lat_deg as f32),
            Angle::new::<degree>(place.lon_deg as f32),
            date,
        );
        let field = field.expect("a story's place and date are within the model's");
        let enu = [field.y(), field.x(), -field.z()];
        let declination_deg = f64::from(field.declination().get::<degree>());
        Self {
            field_enu_gauss: DVec3::from(enu.map(|b| rounded(b.get::<gauss>().into(), STEP_GAUSS))),
            declination_rad: rounded(declination_deg, STEP_DEG).to_radians(),
        }
    }
}

fn rounded(value: f64, step: f64) -> f64 {
    (value / step).round() * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_that_of_the_model_s_own_test_values() {
        // Table 6 of the WMM2025 Technical Report, for 2025.0 at 0 km, with its secular variation of a year: nT north, east, down.
        for (lat_deg, lon_deg, [x, y, z]) in [
            (80.0, 0.0, [6_521.6 - 8.3, 145.9 + 59.5, 54_791.5 + 31.1]),
            (0.0, 120.0, [39_677.8 + 9.5, -109.6 - 23.1, -10_580.2 + 79.4]),
            (-80.0, -120.0, [6_117.5 + 33.3, 15_751.9 - 8.6, -52_022.5 + 95.5]),
        ] {
            let found = Magnetism::at(Place { lat_deg, lon_deg, alt_m: 0.0 });
            let expected = DVec3::new(y, x, -z) * 1e-5;
            let off = found.field_enu_gauss - expected;
            assert!(off.length() < 1e-5, "{lat_deg} {lon_deg}: {off} of {expected}");
        }
    }

    #[test]
    fn the_table_has_the_declination_of_the_field() {
        // Zurich, Tokyo, New York, Sydney: east of north, degrees.
        for (lat_deg, lon_deg, degrees) in [
            (47.38, 8.54, 3.6),
            (35.68, 139.69, -8.0),
            (40.71, -74.01, -12.6),
            (-33.87, 151.21, 12.8),
        ] {
            let found = Magnetism::at(Place { lat_deg, lon_deg, alt_m: 50.0 });
            let told_deg = found.declination_rad.to_degrees();
            let field = found.field_enu_gauss;
            assert!((told_deg - degrees).abs() < 0.31, "{lat_deg}: {told_deg}");
            let points_deg = libm::atan2(field.x, field.y).to_degrees();
            assert!((told_deg - points_deg).abs() < 0.051, "{lat_deg}: {told_deg} {points_deg}");
        }
    }
}
