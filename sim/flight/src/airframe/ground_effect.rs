//! More thrust near the ground: Cheeseman and Bennett, "The effect of the ground on a helicopter rotor in forward flight",
//! ARC R&M 3021 (1955).
//!
//! T/T∞ = 1 / (1 − (R/4z)² / (1 + (V/vᵢ)²)), with z the hub's height, R the radius, V the air's speed across the disc and vᵢ
//! the induced velocity in hover. It is published for z/R > 0.5; nearer, the formula soon has a pole, so the height
//! is taken as R/2, where the gain is a third. The formula is for a level disc and is not scaled by tilt: the gain is whole up
//! to 90°, where free flight cuts it off.
//!
//! **Never:** acts on a rotor tilted by 90° or more, or one whose hub is not above the ground.

/// The nearest z/R that the formula is published for.
pub const NEAREST_RADII: f64 = 0.5;

/// Thrust over thrust far from the ground; a hub that is not above the ground gains nothing. `across2` is V², `induced2` is vᵢ², in m²/s².
#[must_use]
pub fn ratio(height_m: f64, radius_m: f64, across2: f64, induced2: f64) -> f64 {
    if height_m <= 0.0 {
        return 1.0;
    }
    let z_m = height_m.max(NEAREST_RADII * radius_m);
    let near = radius_m / (4.0 * z_m);
    let wake = induced2 / (induced2 + across2).max(f64::MIN_POSITIVE);
    1.0 / (1.0 - near * near * wake)
}
