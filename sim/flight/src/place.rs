//! Where the world lies on Earth: WGS 84 and the plane that touches it at the scenario's place.
//!
//! Mean sea level is taken to be the ellipsoid: the geoid's height is left out on both ways.
//!
//! **Never:** takes the Earth for flat; a metre east is a metre on the tangent plane, not a degree.

use evidence::scenario::Place;
use glam::DVec3;

const SEMI_MAJOR_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;
const ECCENTRICITY_2: f64 = FLATTENING * (2.0 - FLATTENING);

/// A point on Earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geodetic {
    /// Latitude, degrees north.
    pub lat_deg: f64,
    /// Longitude, degrees east.
    pub lon_deg: f64,
    /// Height, metres.
    pub alt_m: f64,
}

impl Geodetic {
    /// Where a story's world lies.
    #[must_use]
    pub fn of(place: Place) -> Self {
        Self { lat_deg: place.lat_deg, lon_deg: place.lon_deg, alt_m: place.alt_m }
    }
}

/// The local tangent plane: east, north, up about an origin.
#[derive(Clone, Debug, PartialEq)]
pub struct TangentPlane {
    origin_ecef_m: DVec3,
    east: DVec3,
    north: DVec3,
    up: DVec3,
}

impl TangentPlane {
    /// The plane that touches Earth at `origin`.
    #[must_use]
    pub fn at(origin: Geodetic) -> Self {
        let (sin_lat, cos_lat) = libm::sincos(origin.lat_deg.to_radians());
        let (sin_lon, cos_lon) = libm::sincos(origin.lon_deg.to_radians());
        Self {
            origin_ecef_m: ecef(origin),
            east: DVec3::new(-sin_lon, cos_lon, 0.0),
            north: DVec3::new(-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat),
            up: DVec3::new(cos_lat * cos_lon, cos_lat * sin_lon, sin_lat),
        }
    }

    /// A point of the world on Earth.
    #[must_use]
    pub fn geodetic(&self, enu_m: DVec3) -> Geodetic {
        let p = self.origin_ecef_m + self.east * enu_m.x + self.north * enu_m.y + self.up * enu_m.z;
        let axis_distance_m = (p.x * p.x + p.y * p.y).sqrt();
        // Near the surface this fixed point gains more than two digits a round.
        let mut tan_lat = p.z / (axis_distance_m * (1.0 - ECCENTRICITY_2));
        let mut alt_m = 0.0;
        for _ in 0..6 {
            let cos_lat = 1.0 / (1.0 + tan_lat * tan_lat).sqrt();
            let curve_m = curvature_m(tan_lat * cos_lat);
            alt_m = height_m(axis_distance_m, p.z, tan_lat, cos_lat, curve_m);
            tan_lat =
                p.z / (axis_distance_m * (1.0 - ECCENTRICITY_2 * curve_m / (curve_m + alt_m)));
        }
        Geodetic {
            lat_deg: libm::atan(tan_lat).to_degrees(),
            lon_deg: libm::atan2(p.y, p.x).to_degrees(),
            alt_m,
        }
    }

    /// A point on Earth in the world.
    #[must_use]
    pub fn enu_m(&self, point: Geodetic) -> DVec3 {
        let d = ecef(point) - self.origin_ecef_m;
        DVec3::new(d.dot(self.east), d.dot(self.north), d.dot(self.up))
    }
}

/// Height above the ellipsoid, by projection on the normal: well behaved at the poles too.
fn height_m(axis_m: f64, z_m: f64, tan_lat: f64, cos_lat: f64, curve_m: f64) -> f64 {
    let sin_lat = tan_lat * cos_lat;
    axis_m * cos_lat + z_m * sin_lat - curve_m * (1.0 - ECCENTRICITY_2 * sin_lat * sin_lat)
}

fn curvature_m(sin_lat: f64) -> f64 {
    SEMI_MAJOR_M / (1.0 - ECCENTRICITY_2 * sin_lat * sin_lat).sqrt()
}

fn ecef(point: Geodetic) -> DVec3 {
    let (sin_lat, cos_lat) = libm::sincos(point.lat_deg.to_radians());
    let (sin_lon, cos_lon) = libm::sincos(point.lon_deg.to_radians());
    let curve_m = curvature_m(sin_lat);
    let axis_m = (curve_m + point.alt_m) * cos_lat;
    let z_m = (curve_m * (1.0 - ECCENTRICITY_2) + point.alt_m) * sin_lat;
    DVec3::new(axis_m * cos_lon, axis_m * sin_lon, z_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_of_the_world_comes_back_from_earth() {
        for (lat_deg, lon_deg, alt_m) in [
            (47.3977, 8.5456, 488.0),
            (-33.86, 151.21, 5.0),
            (64.1, -21.9, 0.0),
            (0.0, 179.9999, 12.0),
        ] {
            let plane = TangentPlane::at(Geodetic { lat_deg, lon_deg, alt_m });
            for enu_m in
                [DVec3::ZERO, DVec3::new(120.0, -340.0, 55.0), DVec3::new(-4e3, 9e3, 400.0)]
            {
                let back = plane.enu_m(plane.geodetic(enu_m));
                assert!((back - enu_m).length() < 1e-5, "{enu_m} came back as {back}");
            }
        }
    }

    #[test]
    fn one_minute_of_latitude_is_a_sea_mile() {
        let origin = Geodetic { lat_deg: 45.0, lon_deg: 7.0, alt_m: 0.0 };
        let plane = TangentPlane::at(origin);
        let north = plane.enu_m(Geodetic { lat_deg: 45.0 + 1.0 / 60.0, ..origin });
        assert!((north.y - 1852.2).abs() < 0.5, "{north}");
    }
}
