//! The list of zones as it was compiled in, and how far a place is from the border of one.
//!
//! Near the vehicle the ground is taken as a flat sheet that touches the ellipsoid there; circles are measured by their
//! chord, so that a wide one is as true at its far side.
//!
//! **Never:** reads a file; knows whether a zone is unlocked; tells a name.

use glam::DVec3;

const SEMI_MAJOR_M: f64 = 6_378_137.0;
const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_32;
/// A zone counts for a vehicle that is lower than its floor or higher than its ceiling by less than this, metres.
const ABOVE_BELOW_M: f64 = 20.0;

/// Outline of a zone on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Circle {
        lat_deg: f64,
        lon_deg: f64,
        radius_m: f64,
    },
    /// Latitude and longitude of the corners, degrees; the last is joined to the first.
    Polygon(&'static [(f64, f64)]),
}

/// A volume in which nobody flies without leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zone {
    pub(super) shape: Shape,
    /// Above mean sea level, metres.
    pub(super) floor_m: f64,
    /// Above mean sea level, metres.
    pub(super) ceiling_m: f64,
    /// From when until when, seconds of 2026; at all times if absent.
    pub(super) hours: Option<(i64, i64)>,
}

include!(concat!(env!("OUT_DIR"), "/no_fly.rs"));

impl Zone {
    /// Whether the zone is in force, and reaches this height.
    pub(super) fn counts_at(&self, alt_m: f64, second_of_2026: i64) -> bool {
        let is_in_force =
            self.hours.is_none_or(|(from, until)| (from..until).contains(&second_of_2026));
        let is_level =
            (self.floor_m - ABOVE_BELOW_M..=self.ceiling_m + ABOVE_BELOW_M).contains(&alt_m);
        is_in_force && is_level
    }
}

impl Shape {
    /// From a place to the border, metres; negative inside.
    pub(super) fn distance_m(&self, lat_deg: f64, lon_deg: f64) -> f64 {
        match *self {
            Self::Circle { lat_deg: lat, lon_deg: lon, radius_m } => {
                ecef_m(lat, lon).distance(ecef_m(lat_deg, lon_deg)) - radius_m
            }
            Self::Polygon(corners) => Sheet::at(lat_deg, lon_deg).distance_m(corners, (0.0, 0.0)),
        }
    }

    /// Places that together reach as far as the zone does, each with the radius that it stands for, metres.
    pub(super) fn reach(&self) -> impl Iterator<Item = (DVec3, f64)> {
        let (circle, corners) = match *self {
            Self::Circle { lat_deg, lon_deg, radius_m } => {
                (Some((ecef_m(lat_deg, lon_deg), radius_m)), &[][..])
            }
            Self::Polygon(corners) => (None, corners),
        };
        circle.into_iter().chain(corners.iter().map(|&(lat, lon)| (ecef_m(lat, lon), 0.0)))
    }

    /// From the outline of a cell to the border, metres; negative where they overlap.
    pub(super) fn distance_from_box_m(&self, middle: (f64, f64), half: (f64, f64)) -> f64 {
        let sheet = Sheet::at(middle.0, middle.1);
        let (high, wide) = (half.0 * sheet.north_m_per_deg, half.1 * sheet.east_m_per_deg);
        let from_box_m = |(east_m, north_m): (f64, f64)| {
            let (x, y) =
                ((libm::fabs(east_m) - wide).max(0.0), (libm::fabs(north_m) - high).max(0.0));
            libm::sqrt(x * x + y * y)
        };
        match *self {
            Self::Circle { lat_deg, lon_deg, radius_m } => {
                from_box_m(sheet.east_north_m(lat_deg, lon_deg)) - radius_m
            }
            Self::Polygon(corners) => {
                let of_zone =
                    corners.iter().map(|&(lat, lon)| from_box_m(sheet.east_north_m(lat, lon)));
                let of_box = [(wide, high), (-wide, high), (-wide, -high), (wide, -high)];
                let of_box = of_box.into_iter().map(|corner| sheet.distance_m(corners, corner));
                of_zone.chain(of_box).fold(f64::INFINITY, f64::min)
            }
        }
    }
}

/// A place on the ellipsoid, metres from the middle of the Earth.
pub(super) fn ecef_m(lat_deg: f64, lon_deg: f64) -> DVec3 {
    let (sin_lat, cos_lat) = libm::sincos(lat_deg.to_radians());
    let (sin_lon, cos_lon) = libm::sincos(lon_deg.to_radians());
    let curve_m = SEMI_MAJOR_M / libm::sqrt(1.0 - ECCENTRICITY_2 * sin_lat * sin_lat);
    DVec3::new(
        curve_m * cos_lat * cos_lon,
        curve_m * cos_lat * sin_lon,
        curve_m * (1.0 - ECCENTRICITY_2) * sin_lat,
    )
}

/// A flat sheet that touches the ellipsoid at a place; east and north in metres from there.
struct Sheet {
    lat_deg: f64,
    lon_deg: f64,
    north_m_per_deg: f64,
    east_m_per_deg: f64,
}

impl Sheet {
    fn at(lat_deg: f64, lon_deg: f64) -> Self {
        let (sin, cos) = libm::sincos(lat_deg.to_radians());
        let w = 1.0 - ECCENTRICITY_2 * sin * sin;
        let across_m = SEMI_MAJOR_M / libm::sqrt(w) * cos;
        let along_m = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / (w * libm::sqrt(w));
        Self {
            lat_deg,
            lon_deg,
            north_m_per_deg: along_m.to_radians(),
            east_m_per_deg: across_m.to_radians(),
        }
    }

    fn east_north_m(&self, lat_deg: f64, lon_deg: f64) -> (f64, f64) {
        let east_deg = lon_deg - self.lon_deg;
        let short_deg = east_deg - libm::floor(east_deg / 360.0 + 0.5) * 360.0;
        (short_deg * self.east_m_per_deg, (lat_deg - self.lat_deg) * self.north_m_per_deg)
    }

    /// From a point of the sheet to the border of a polygon, metres; negative inside.
    fn distance_m(&self, corners: &[(f64, f64)], from: (f64, f64)) -> f64 {
        let on_sheet = |&(lat, lon): &(f64, f64)| {
            let (east_m, north_m) = self.east_north_m(lat, lon);
            (east_m - from.0, north_m - from.1)
        };
        let Some(mut last) = corners.last().map(on_sheet) else { return f64::INFINITY };
        let (mut nearest_2, mut is_inside) = (f64::INFINITY, false);
        for corner in corners.iter().map(on_sheet) {
            let (a, b) = (last, corner);
            let (side_x, side_y) = (b.0 - a.0, b.1 - a.1);
            let length_2 = (side_x * side_x + side_y * side_y).max(f64::MIN_POSITIVE);
            let part = (-(a.0 * side_x + a.1 * side_y) / length_2).clamp(0.0, 1.0);
            let (x, y) = (a.0 + part * side_x, a.1 + part * side_y);
            nearest_2 = libm::fmin(nearest_2, x * x + y * y);
            // A ray to the east crosses the border an odd number of times from inside.
            if (a.1 > 0.0) != (b.1 > 0.0) && a.0 - a.1 / side_y * side_x > 0.0 {
                is_inside = !is_inside;
            }
            last = corner;
        }
        let distance_m = libm::sqrt(nearest_2);
        if is_inside { -distance_m } else { distance_m }
    }
}
