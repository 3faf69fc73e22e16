//! Where on Earth the vehicle was switched on, and how high the air says it is.
//!
//! **Never:** moves the place once the vehicle has flown.

use crate::senses::Gnss;
use glam::DVec3;

/// Fixes averaged before the place counts as known.
pub(crate) const FIXES_MIN: u32 = 10;
/// WGS 84: equatorial radius, metres, and first eccentricity squared.
const RADIUS_M: f64 = 6_378_137.0;
const ECCENTRICITY_2: f64 = 6.694_379_990_14e-3;

/// The place of power-on: the mean of the fixes taken there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    fixes: u32,
    lat_deg: f64,
    lon_deg: f64,
    alt_m: f64,
    m_per_deg_north: f64,
    m_per_deg_east: f64,
}

impl Place {
    /// Before the first fix.
    pub const fn nowhere() -> Self {
        Self {
            fixes: 0,
            lat_deg: 0.0,
            lon_deg: 0.0,
            alt_m: 0.0,
            m_per_deg_north: 1.0,
            m_per_deg_east: 1.0,
        }
    }

    /// Whether enough fixes were averaged.
    pub fn is_known(&self) -> bool {
        self.fixes >= FIXES_MIN
    }

    /// Height above mean sea level, metres.
    pub fn alt_m(&self) -> f64 {
        self.alt_m
    }

    /// Takes a fix at rest into the mean.
    pub fn average(&mut self, fix: &Gnss) {
        self.fixes += 1;
        let share = 1.0 / f64::from(self.fixes);
        if self.fixes == 1 {
            self.lon_deg = fix.lon_deg;
        }
        self.lat_deg += (fix.lat_deg - self.lat_deg) * share;
        self.lon_deg += wrapped_deg(fix.lon_deg - self.lon_deg) * share;
        self.alt_m += (fix.alt_m - self.alt_m) * share;

        let (sin, cos) = libm::sincos(self.lat_deg.to_radians());
        let w2 = 1.0 - ECCENTRICITY_2 * sin * sin;
        let w = libm::sqrt(w2);
        let meridian_m = RADIUS_M * (1.0 - ECCENTRICITY_2) / (w2 * w);
        self.m_per_deg_north = (meridian_m + self.alt_m).to_radians();
        self.m_per_deg_east = ((RADIUS_M / w + self.alt_m) * cos.max(1e-6)).to_radians();
    }

    /// A fix as metres from here.
    pub fn ned_m(&self, fix: &Gnss) -> DVec3 {
        self.ned_of_m(fix.lat_deg, fix.lon_deg, fix.alt_m)
    }

    /// A place on Earth as metres from here.
    pub fn ned_of_m(&self, lat_deg: f64, lon_deg: f64, alt_m: f64) -> DVec3 {
        DVec3::new(
            (lat_deg - self.lat_deg) * self.m_per_deg_north,
            wrapped_deg(lon_deg - self.lon_deg) * self.m_per_deg_east,
            self.alt_m - alt_m,
        )
    }

    /// Metres from here as latitude and longitude, degrees.
    pub fn lat_lon_deg(&self, position_ned_m: DVec3) -> (f64, f64) {
        (
            self.lat_deg + position_ned_m.x / self.m_per_deg_north,
            wrapped_deg(self.lon_deg + position_ned_m.y / self.m_per_deg_east),
        )
    }
}

/// The standard atmosphere over the ground of power-on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Air {
    ground_pa: f64,
    scale_m: f64,
}

/// Exponent of pressure over height in the standard atmosphere, and its lapse, K/m.
const EXPONENT: f64 = 0.190_263;
const LAPSE_K_PER_M: f64 = 0.0065;

impl Air {
    /// Before the ground pressure is known.
    pub const fn unknown() -> Self {
        Self { ground_pa: 101_325.0, scale_m: 288.15 / LAPSE_K_PER_M }
    }

    /// Over a ground with this pressure.
    pub fn over(ground_pa: f64) -> Self {
        let ground_k = 288.15 * libm::pow(ground_pa / 101_325.0, EXPONENT);
        Self { ground_pa, scale_m: ground_k / LAPSE_K_PER_M }
    }

    /// Height over that ground, metres.
    pub fn height_m(&self, pressure_pa: f64) -> f64 {
        self.scale_m * (1.0 - libm::pow(pressure_pa / self.ground_pa, EXPONENT))
    }
}

fn wrapped_deg(degrees: f64) -> f64 {
    if degrees > 180.0 {
        degrees - 360.0
    } else if degrees < -180.0 {
        degrees + 360.0
    } else {
        degrees
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::senses::GnssFix;

    fn fix(lat_deg: f64, lon_deg: f64) -> Gnss {
        Gnss {
            fix: GnssFix::ThreeD,
            lat_deg,
            lon_deg,
            alt_m: 400.0,
            velocity_ned_mps: DVec3::ZERO,
            horizontal_sd_m: 1.0,
            vertical_sd_m: 2.0,
            satellites: 12,
        }
    }

    #[test]
    fn metres_and_degrees_agree_both_ways_even_at_the_date_line() {
        for (lat, lon) in [(47.4, 8.5), (-33.9, 151.2), (10.0, 179.999_99)] {
            let mut place = Place::nowhere();
            place.average(&fix(lat, lon));
            let there = DVec3::new(300.0, 200.0, 0.0);
            let (lat_deg, lon_deg) = place.lat_lon_deg(there);
            assert!(lon_deg.abs() <= 180.0);
            assert!(place.ned_m(&fix(lat_deg, lon_deg)).distance(there) < 1e-3);
        }
    }

    #[test]
    fn air_gets_thinner_as_the_standard_says() {
        let air = Air::over(101_325.0);
        assert!((air.height_m(89_874.6) - 1000.0).abs() < 0.5);
        assert!(Air::over(89_874.6).height_m(89_874.6).abs() < 1e-9);
    }
}
