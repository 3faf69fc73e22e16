//! How the steady wind grows with height, as a part of that at 10 m (the height of weather stations, WMO No. 8).
//!
//! Log: ln(h/z₀) / ln(10 m/z₀), nothing at the roughness length z₀ and below. Power: (h/10 m)^α, nothing at the ground.
//!
//! **Never:** turns the wind.

use evidence::scenario::Shear;

const REFERENCE_M: f64 = 10.0;

/// The wind at a height over that at 10 m.
pub fn factor(shear: Shear, height_m: f64) -> f64 {
    match shear {
        Shear::Uniform => 1.0,
        Shear::Log { roughness_m } if height_m <= roughness_m => 0.0,
        Shear::Log { roughness_m } => {
            libm::log(height_m / roughness_m) / libm::log(REFERENCE_M / roughness_m)
        }
        Shear::Power { exponent } => libm::pow((height_m / REFERENCE_M).max(0.0), exponent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wind_grows_by_its_law_and_is_as_given_at_ten_metres() {
        let log = Shear::Log { roughness_m: 0.1 };
        let power = Shear::Power { exponent: 0.5 };
        for (shear, height_m, part) in [
            (Shear::Uniform, 0.0, 1.0),
            (Shear::Uniform, 90.0, 1.0),
            (log, -1.0, 0.0),
            (log, 0.1, 0.0),
            (log, 1.0, 0.5),
            (log, 10.0, 1.0),
            (log, 100.0, 1.5),
            (power, 0.0, 0.0),
            (power, 2.5, 0.5),
            (power, 10.0, 1.0),
            (power, 40.0, 2.0),
        ] {
            assert!((factor(shear, height_m) - part).abs() < 1e-12, "{shear:?} {height_m}");
        }
    }
}
