//! Where the sun stands, from latitude, day of the year and time by the sundial: Spencer's Fourier series for the
//! declination ("Fourier series representation of the position of the sun", Search 2 (5), 1971), as NOAA's low-precision solar
//! calculator has it; good to about half a degree in any year.
//!
//! **Never:** bends light in the air.

/// Azimuth clockwise from north and elevation above the horizon, degrees.
#[must_use]
pub fn position_deg(lat_deg: f64, day: u16, solar_time_h: f64) -> (f64, f64) {
    let (sin_lat, cos_lat) = libm::sincos(lat_deg.to_radians());
    let (sin_sun, cos_sun) = libm::sincos(declination_rad(day, solar_time_h));
    let (sin_hour, cos_hour) = libm::sincos((15.0 * (solar_time_h - 12.0)).to_radians());
    let up = sin_lat * sin_sun + cos_lat * cos_sun * cos_hour;
    let north = cos_lat * sin_sun - sin_lat * cos_sun * cos_hour;
    let east = -cos_sun * sin_hour;
    let azimuth_deg = libm::atan2(east, north).to_degrees().rem_euclid(360.0);
    (azimuth_deg, libm::asin(up.clamp(-1.0, 1.0)).to_degrees())
}

fn declination_rad(day: u16, solar_time_h: f64) -> f64 {
    let year =
        core::f64::consts::TAU / 365.0 * (f64::from(day) - 1.0 + (solar_time_h - 12.0) / 24.0);
    let wave = |times: f64, cos: f64, sin: f64| {
        let (s, c) = libm::sincos(times * year);
        cos * c + sin * s
    };
    0.006_918
        + wave(1.0, -0.399_912, 0.070_257)
        + wave(2.0, -0.006_758, 0.000_907)
        + wave(3.0, -0.002_697, 0.001_48)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sun_stands_where_almanacs_have_it() {
        // Latitude, day, time -> azimuth, elevation. Noon elevations are 90° − |latitude − declination| with the
        // Astronomical Almanac's declinations of 2026: −23.0° on 1 January, 0° on 20 March, 23.4° on 21 June, −23.4° on 21 December.
        for (lat_deg, day, solar_time_h, azimuth_deg, elevation_deg) in [
            (52.5, 1, 12.0, 180.0, 14.5),
            (52.5, 172, 12.0, 180.0, 60.9),
            (52.5, 355, 12.0, 180.0, 14.1),
            (0.0, 79, 6.0, 90.0, 0.0),
            (0.0, 79, 18.0, 270.0, 0.0),
            (-33.9, 355, 12.0, 0.0, 79.5),
            (66.6, 172, 0.0, 0.0, 0.0),
            (40.0, 79, 9.0, 122.7, 32.8),
        ] {
            let (azimuth, elevation) = position_deg(lat_deg, day, solar_time_h);
            let off = (azimuth - azimuth_deg + 180.0).rem_euclid(360.0) - 180.0;
            let case = format!("{lat_deg} {day} {solar_time_h}: {azimuth} {elevation}");
            assert!(off.abs() < 0.7 && (elevation - elevation_deg).abs() < 0.6, "{case}");
        }
    }
}
