//! Between the world's frames and the vehicle's: ENU and NED, FLU and FRD. The only place that knows both.
//!
//! World: east, north, up. Local: north, east, down. Body inside: forward, left, up. Body of the vehicle:
//! forward, right, down.
//!
//! **Never:** rotates by an attitude; that is for who has one.

use glam::DVec3;

/// A vector of the world for the vehicle; the same swap leads back.
#[must_use]
pub fn ned_from_enu(v: DVec3) -> DVec3 {
    DVec3::new(v.y, v.x, -v.z)
}

/// A vector of the vehicle's local frame for the world.
#[must_use]
pub fn enu_from_ned(v: DVec3) -> DVec3 {
    DVec3::new(v.y, v.x, -v.z)
}

/// A vector of the body for the vehicle; the same flip leads back.
#[must_use]
pub fn frd_from_flu(v: DVec3) -> DVec3 {
    DVec3::new(v.x, -v.y, -v.z)
}

/// A vector of the vehicle's body frame for the world's body frame.
#[must_use]
pub fn flu_from_frd(v: DVec3) -> DVec3 {
    DVec3::new(v.x, -v.y, -v.z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_x_and_down_is_z_and_every_way_leads_back() {
        assert_eq!(ned_from_enu(DVec3::new(1.0, 2.0, 3.0)), DVec3::new(2.0, 1.0, -3.0));
        assert_eq!(frd_from_flu(DVec3::new(1.0, 2.0, 3.0)), DVec3::new(1.0, -2.0, -3.0));
        let v = DVec3::new(-4.0, 5.5, 0.25);
        assert_eq!(enu_from_ned(ned_from_enu(v)), v);
        assert_eq!(flu_from_frd(frd_from_flu(v)), v);
        let (a, b) = (DVec3::X, DVec3::Y);
        assert_eq!(ned_from_enu(a).cross(ned_from_enu(b)), ned_from_enu(a.cross(b)));
    }
}
