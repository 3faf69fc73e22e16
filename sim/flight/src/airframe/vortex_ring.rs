//! Thrust that a rotor loses in its own wake in a descent.
//!
//! Leishman, "Principles of Helicopter Aerodynamics", 2nd ed., eq. 2.96: measured induced velocity in a vertical descent at
//! x = V_c/v_h from 0 to −2 is v_h (1 − 1.125 x − 1.372 x² − 1.718 x³ − 0.655 x⁴). The rotor's linear inflow term k_z takes the
//! induced velocity as that of hover; what is measured above that is inflow more, and costs k_z × speed × the excess.
//! In a descent k_z itself adds thrust: k_z × speed × sink. This term only trims that gain, by about four fifths down to
//! x = −1.3 and less below, and by up to nine eighths of it in the slowest descents: no rotor falls out of the sky by it.
//! Across the disc the wake is blown away at about the induced speed, so the loss fades with 1 − (V/v_h)².
//!
//! **Never:** gives thrust; acts in a climb, or on an airframe whose k_z is 0.

/// Induced velocity above that of hover, m/s, for a rotor that hovers with `hover_mps`, climbs (falls, if negative) with
/// `climb_mps` through the air, and crosses it with V² = `across2`.
#[must_use]
pub fn excess_mps(hover_mps: f64, climb_mps: f64, across2: f64) -> f64 {
    let still = hover_mps * hover_mps;
    if climb_mps >= 0.0 || across2 >= still {
        return 0.0;
    }
    let x = climb_mps / hover_mps;
    let curve = x * (-1.125 + x * (-1.372 + x * (-1.718 - x * 0.655)));
    hover_mps * curve.max(0.0) * (1.0 - across2 / still)
}
