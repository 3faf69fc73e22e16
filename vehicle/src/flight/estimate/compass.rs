//! What the compass says of the heading, and whether it is to be believed.
//!
//! The strength and the dip of the field were learnt standing still. Iron, currents and broken sensors change them; the
//! Earth does not.
//!
//! **Never:** tells of tilt; believes a field that is not the one of the start.

use super::health::Watch;
use crate::flight::control::wrapped_rad;
use glam::{DQuat, DVec3};

/// The field may differ from the one of the start by this part.
pub(crate) const STRENGTH_PART: f64 = 0.15;
/// And the part of it along down, which is the sine of its dip, by this much.
pub(crate) const DIP_SINE: f64 = 0.15;
/// A weaker field across points nowhere: near a pole, or saturated.
pub(crate) const ACROSS_MIN_GAUSS: f64 = 0.02;

/// The compass and what it read at the start.
#[derive(Clone, Debug)]
pub struct Compass {
    declination_rad: f64,
    strength_gauss: f64,
    dip_sine: f64,
    watch: Watch,
}

impl Compass {
    /// Before the levelling.
    pub const fn unknown() -> Self {
        Self { declination_rad: 0.0, strength_gauss: 0.0, dip_sine: 0.0, watch: Watch::unread() }
    }

    /// With the field of the start, as the levelled body felt it.
    pub fn levelled(field_ned_gauss: DVec3) -> Self {
        let strength_gauss = field_ned_gauss.length();
        let dip_sine = field_ned_gauss.z / strength_gauss.max(1e-9);
        let declination_rad = libm::atan2(field_ned_gauss.y, field_ned_gauss.x);
        Self { declination_rad, strength_gauss, dip_sine, ..Self::unknown() }
    }

    /// How far the heading is off, radians, clockwise positive: what to turn the belief by. None where the reading
    /// is not to be believed.
    pub fn heading_off_rad(&mut self, field_frd_gauss: DVec3, ned_from_frd: DQuat) -> Option<f64> {
        let is_live = self.watch.is_live(field_frd_gauss.x);
        let field = ned_from_frd * field_frd_gauss;
        let strength = field.length();
        let across = libm::sqrt(field.x * field.x + field.y * field.y);
        let is_ours = (strength - self.strength_gauss).abs() < STRENGTH_PART * self.strength_gauss
            && (field.z - self.dip_sine * strength).abs() < DIP_SINE * strength;
        if !is_live || !is_ours || across < ACROSS_MIN_GAUSS {
            return None;
        }
        Some(wrapped_rad(self.declination_rad - libm::atan2(field.y, field.x)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_field_of_the_start_tells_the_heading() {
        let field = DVec3::new(0.18, -0.09, 0.43);
        // turned by, scaled by, added -> heading off
        for (turned_rad, scale, added, expected) in [
            (0.0, 1.0, DVec3::ZERO, Some(0.0)),
            (0.3, 1.0, DVec3::ZERO, Some(0.3)),
            (-2.0, 1.1, DVec3::ZERO, Some(-2.0)),
            (0.0, 1.2, DVec3::ZERO, None),
            (0.0, 0.0, DVec3::ZERO, None),
            (0.0, 1.0, DVec3::new(0.3, 0.3, -0.3), None),
            (0.0, 1.0, DVec3::new(f64::NAN, 0.0, 0.0), None),
        ] {
            let mut compass = Compass::levelled(field);
            let truth = DQuat::from_rotation_z(turned_rad);
            let read = truth.conjugate() * field * scale + added;
            let off = compass.heading_off_rad(read, DQuat::IDENTITY);
            let is_as_expected = match (off, expected) {
                (Some(off), Some(expected)) => (off - expected).abs() < 1e-9,
                (None, None) => true,
                _ => false,
            };
            assert!(is_as_expected, "{turned_rad} {scale} {added}: {off:?}");
        }
    }

    #[test]
    fn a_compass_that_repeats_itself_is_not_believed() {
        let mut compass = Compass::levelled(DVec3::new(0.2, 0.0, 0.43));
        let mut ask = |x: f64| compass.heading_off_rad(DVec3::new(x, 0.0, 0.43), DQuat::IDENTITY);
        let stuck = (0..20).filter(|_| ask(0.2).is_some()).count();
        assert!(stuck < 12, "{stuck}");
        assert!(ask(0.201).is_some());
    }
}
