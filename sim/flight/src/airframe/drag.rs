//! Drag of the hull: quadratic in the speed through the air, by its own coefficient along each body axis.
//!
//! **Never:** counts the rotors' drag.

use glam::DVec3;

/// Force in body axes of air that passes at `through_flu_mps`: −|v| c_D v.
#[must_use]
pub fn force_n(hull_drag_ns2pm2: DVec3, through_flu_mps: DVec3) -> DVec3 {
    -through_flu_mps.length() * (hull_drag_ns2pm2 * through_flu_mps)
}
