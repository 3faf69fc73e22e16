//! Circles: the way to one, the way round it, and whether the geofence lets them pass.
//!
//! The way to a circle bends into it. What is asked beforehand is what is flown: both come of the same velocity.
//!
//! **Never:** flies a circle faster than it can lean for, or begins one that leads out of the geofence.

use super::{Modes, View};
use crate::flight::control::{Across, wrapped_rad};
use crate::flight::geofence::{lets_circle, room_m};
use crate::flight::words::Circle;
use crate::senses::Geofence;
use glam::{DVec2, DVec3};

/// Most acceleration towards the centre of a circle, m/s².
pub(crate) const INWARD_MPS2: f64 = 1.5;
/// Speed towards the circle per metre off it, 1/s.
pub(crate) const INWARD_GAIN_PER_S: f64 = 0.8;
/// Nearer than this to the circle it is on it, metres.
const ON_IT_M: f64 = 1.0;
/// The way to a circle is looked at in steps of this, metres; and in so many, whatever its length.
const STEP_M: f64 = 1.0;
const STEPS_MAX: f64 = 6_000.0;

impl Modes {
    /// Takes on a circle.
    pub(super) fn go_round(&mut self, circle: Circle, view: &View) {
        self.circle = circle;
        self.turned_rad = 0.0;
        self.bearing_rad = bearing_rad(view.position_ned_m - circle.centre_ned_m);
        self.target_ned_m = circle.centre_ned_m;
    }

    /// How to fly the circle now; counts how far it has been turned.
    pub(super) fn go_on_round(&mut self, view: &View) -> Across {
        let circle = self.circle;
        let off = (view.position_ned_m - circle.centre_ned_m).truncate();
        let bearing_rad = bearing_rad(off.extend(0.0));
        if share(&circle, off) > 0.5 {
            let side = if circle.is_clockwise { 1.0 } else { -1.0 };
            self.turned_rad += side * wrapped_rad(bearing_rad - self.bearing_rad);
        }
        self.bearing_rad = bearing_rad;
        Across::Velocity(velocity(&circle, off, self.speed_mps, self.tuning.speed_mps_max))
    }

    /// Where the way from a place comes to a circle, if that way and the circle stay within the geofence by a margin.
    /// `speed_mps` is how fast it comes.
    pub(super) fn comes_to(
        &self,
        fence: &Geofence,
        from_ned_m: DVec3,
        circle: &Circle,
        speed_mps: f64,
        margin_m: f64,
    ) -> Option<DVec3> {
        let centre = circle.centre_ned_m;
        if !lets_circle(fence, centre, circle.radius_m, margin_m) {
            return None;
        }
        let mut off = (from_ned_m - centre).truncate();
        let miss_m = (off.length() - circle.radius_m).abs();
        let step_m = STEP_M.max((miss_m + circle.radius_m) / STEPS_MAX * 2.0);
        // From outside it may come in; what counts then is the circle.
        let is_inside = room_m(fence, from_ned_m) >= margin_m;
        for _ in 0..STEPS_MAX as u32 {
            if (off.length() - circle.radius_m).abs() < ON_IT_M.max(step_m) {
                return Some(centre + off.extend(0.0));
            }
            if is_inside && room_m(fence, centre + off.extend(0.0)) < margin_m {
                return None;
            }
            let velocity = velocity(circle, off, speed_mps, self.tuning.speed_mps_max);
            off += velocity.normalize_or(DVec2::NEG_X) * step_m;
        }
        None
    }
}

/// Where it is after so many radians from a place on a circle.
pub(super) fn past(circle: &Circle, on_ned_m: DVec3, turned_rad: f64) -> DVec3 {
    let side = if circle.is_clockwise { 1.0 } else { -1.0 };
    let off = (on_ned_m - circle.centre_ned_m).truncate();
    let turned = DVec2::from_angle(side * turned_rad).rotate(off);
    circle.centre_ned_m + turned.extend(0.0)
}

/// How much of its speed goes along the circle: far from it none, on it all.
fn share(circle: &Circle, off: DVec2) -> f64 {
    let miss_m = circle.radius_m - off.length();
    (1.0 - miss_m.abs() / circle.radius_m).clamp(0.0, 1.0)
}

/// How to fly where one is so far off the centre: far from the circle straight to it, near it all along it.
fn velocity(circle: &Circle, off: DVec2, approach_mps: f64, speed_mps_max: f64) -> DVec2 {
    let out = off.normalize_or(DVec2::NEG_X);
    let side = if circle.is_clockwise { 1.0 } else { -1.0 };
    let fastest = libm::sqrt(INWARD_MPS2 * circle.radius_m).min(speed_mps_max);
    let speed = circle.speed_mps.min(fastest);
    let miss_m = circle.radius_m - off.length();
    let inward = (miss_m * INWARD_GAIN_PER_S).clamp(-approach_mps, approach_mps);
    out * inward + out.perp() * (side * speed * share(circle, off))
}

fn bearing_rad(way: DVec3) -> f64 {
    libm::atan2(way.y, way.x)
}
