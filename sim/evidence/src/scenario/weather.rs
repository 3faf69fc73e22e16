//! Moving air: steady, growing with height, gusty, turbulent; and how warm it is.
//!
//! What a file leaves out is off: no wind, the same at every height, no gust, no turbulence, the standard's temperature.
//!
//! **Never:** says what the air does to an airframe.

use serde::{Deserialize, Serialize};

/// The air of a flight.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weather {
    /// East, north: where the air moves to 10 m above the ground, in metres per second.
    pub wind_mps: (f64, f64),
    /// Standard deviation of a first-order random gust on each axis, in metres per second.
    pub gust_mps: f64,
    /// How the steady wind grows with height.
    pub shear: Shear,
    /// Mean wind 20 ft above the ground that stirs turbulence after Dryden (MIL-F-8785C), in metres per second; 0 for none.
    pub turbulence_w20_mps: f64,
    /// Single gusts.
    pub gusts: Vec<Gust>,
    /// Temperature at the ground of the place; the standard atmosphere's if left out.
    pub temperature_degc: Option<f64>,
}

/// How a steady wind grows with height; as given at 10 m.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Shear {
    /// Not at all.
    #[default]
    Uniform,
    /// With the logarithm of the height over the roughness of the ground.
    Log {
        /// Roughness length: 0.0002 over water, 0.03 over grass, 0.5 in suburbs.
        roughness_m: f64,
    },
    /// With a power of the height.
    Power {
        /// 0.14 over open land.
        exponent: f64,
    },
}

/// A single gust that swells and dies as one cosine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gust {
    /// When it begins, from power-on.
    pub at_s: f64,
    /// How long it lasts.
    pub for_s: f64,
    /// East, north, up: its peak, in metres per second.
    pub peak_mps: (f64, f64, f64),
}
