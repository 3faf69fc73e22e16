//! A single gust: one cosine from nothing to its peak and back (the "1 − cosine" of CS 25.341; that of MIL-F-8785C, 3.7.2.3,
//! rises and then holds).
//!
//! **Never:** leaves anything behind.

use evidence::scenario::Gust;
use glam::DVec3;

/// What the gust adds at a moment from power-on, world ENU, m/s.
pub fn blows(gust: &Gust, at_s: f64) -> DVec3 {
    let part = (at_s - gust.at_s) / gust.for_s;
    if !(0.0..1.0).contains(&part) {
        return DVec3::ZERO;
    }
    DVec3::from(gust.peak_mps) * (0.5 - 0.5 * libm::cos(core::f64::consts::TAU * part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gust_swells_peaks_and_dies_as_one_cosine() {
        let gust = Gust { at_s: 2.0, for_s: 4.0, peak_mps: (8.0, -4.0, 2.0) };
        for (at_s, part) in
            [(1.9, 0.0), (2.0, 0.0), (3.0, 0.5), (4.0, 1.0), (5.0, 0.5), (6.0, 0.0), (99.0, 0.0)]
        {
            assert!(blows(&gust, at_s).distance(DVec3::new(8.0, -4.0, 2.0) * part) < 1e-12);
        }
        // It carries the air half of its peak's way.
        let carried: DVec3 =
            (0..4000).map(|i| blows(&gust, 2.0 + f64::from(i) * 0.001) * 0.001).sum();
        assert!(carried.distance(DVec3::new(16.0, -8.0, 4.0)) < 1e-9);
    }
}
