//! Turbulence near the ground after Dryden, as MIL-F-8785C, 3.7.3.4, has it for low altitudes.
//!
//! With h the height in feet, held within 10 and 1000, and W₂₀ the mean wind at 20 ft: σ_w = 0.1 W₂₀, σ_u = σ_v = σ_w / (0.177 +
//! 0.000823 h)^0.4; L_w = h, L_u = L_v = h / (0.177 + 0.000823 h)^1.2. The air stands and the airframe passes through it at speed V:
//! H_u = σ_u √(2L_u/πV) / (1 + s L_u/V), H_v,w = σ √(L/πV) (1 + √3 s L/V) / (1 + s L/V)². Each filter is stepped by its exact
//! solution with white noise, so that its spectrum is right at any step. A hovering airframe in still air is passed at
//! no speed; it is taken as 1 m/s, for turbulence also changes where it is.
//!
//! **Never:** differs over the airframe's span.

use crate::chance::Stream;
use glam::DVec3;

const FEET_PER_M: f64 = 1.0 / 0.3048;
const PASSING_MIN_MPS: f64 = 1.0;
/// √3, of the numerator of the lateral filters.
const SQRT_3: f64 = 1.732_050_807_568_877_2;

/// Turbulence that a mean wind stirs.
pub struct Dryden {
    w20_mps: f64,
    along: DVec3,
    across: DVec3,
    u: f64,
    v: Lateral,
    w: Lateral,
    stream: Stream,
}

impl Dryden {
    /// Stirred by a mean wind of this speed at 20 ft, its length along the steady wind, or along east if there is none.
    pub fn stirred(w20_mps: f64, steady_mps: DVec3, mut stream: Stream) -> Self {
        let along = steady_mps.truncate().try_normalize().unwrap_or(glam::DVec2::X).extend(0.0);
        let across = DVec3::Z.cross(along);
        let u = stream.normal();
        let (v, w) = (Lateral::start(&mut stream), Lateral::start(&mut stream));
        Self { w20_mps, along, across, u, v, w, stream }
    }

    /// The gust after so long of passing at this speed through the air at this height, world ENU, m/s.
    pub fn step(&mut self, height_m: f64, passing_mps: f64, for_s: f64) -> DVec3 {
        let size = Size::at(height_m, self.w20_mps);
        let passed_m = passing_mps.max(PASSING_MIN_MPS) * for_s;
        let (across, up) = (passed_m / size.across_m, passed_m / size.up_m);
        let kept = libm::exp(-across);
        self.u = kept * self.u + (1.0 - kept * kept).sqrt() * self.stream.normal();
        self.v.step(across, &mut self.stream);
        self.w.step(up, &mut self.stream);
        self.along * (size.across_mps * self.u)
            + self.across * (size.across_mps * self.v.gust())
            + DVec3::Z * (size.up_mps * self.w.gust())
    }
}

/// How strong and how long the turbulence is at a height.
struct Size {
    across_mps: f64,
    up_mps: f64,
    across_m: f64,
    up_m: f64,
}

impl Size {
    fn at(height_m: f64, w20_mps: f64) -> Self {
        let feet = (height_m * FEET_PER_M).clamp(10.0, 1000.0);
        let up_mps = 0.1 * w20_mps;
        let log = libm::log(0.177 + 0.000_823 * feet);
        Self {
            across_mps: up_mps * libm::exp(-0.4 * log),
            up_mps,
            across_m: feet / FEET_PER_M * libm::exp(-1.2 * log),
            up_m: feet / FEET_PER_M,
        }
    }
}

/// The filter (1 + √3 s T)/(1 + s T)², driven so that its gust has variance 1: z₁' = −z₁ + noise, z₂' = −z₂ + z₁ in units of T.
struct Lateral {
    z1: f64,
    z2: f64,
}

impl Lateral {
    /// At a random place of its long-run spread: variances ½ and ¼, covariance ¼.
    fn start(stream: &mut Stream) -> Self {
        let (a, b) = (stream.normal(), stream.normal());
        let half = core::f64::consts::FRAC_1_SQRT_2;
        Self { z1: half * a, z2: 0.5 * half * (a + b) }
    }

    fn gust(&self) -> f64 {
        SQRT_3 * self.z1 + (1.0 - SQRT_3) * self.z2
    }

    /// `d` is the time in units of T.
    fn step(&mut self, d: f64, stream: &mut Stream) {
        let kept = libm::exp(-d);
        let (a, b) = (stream.normal(), stream.normal());
        let (q11, q12, q22) = kicks(d, kept * kept);
        // Cholesky: two independent numbers become two that go together as the two states' noise does.
        let l11 = q11.sqrt();
        let l21 = if l11 > 0.0 { q12 / l11 } else { 0.0 };
        let l22 = (q22 - l21 * l21).max(0.0).sqrt();
        self.z2 = kept * (self.z2 + d * self.z1) + l21 * a + l22 * b;
        self.z1 = kept * self.z1 + l11 * a;
    }
}

/// What noise adds to the states' variances and covariance within `d`: the integrals of τⁿ e^(−2τ), n = 0, 1, 2. Their closed
/// forms are differences of nearly equal numbers for a short step, which is summed as a series instead.
fn kicks(d: f64, kept2: f64) -> (f64, f64, f64) {
    if d > 0.2 {
        return (
            0.5 * (1.0 - kept2),
            0.25 - kept2 * (0.5 * d + 0.25),
            0.25 - kept2 * (0.5 * d * d + 0.5 * d + 0.25),
        );
    }
    let (mut term, mut sums) = (d, [0.0; 3]);
    for k in 0..10 {
        let k = f64::from(k);
        sums[0] += term / (k + 1.0);
        sums[1] += term * d / (k + 2.0);
        sums[2] += term * d * d / (k + 3.0);
        term *= -2.0 * d / (k + 1.0);
    }
    (sums[0], sums[1], sums[2])
}

#[cfg(test)]
mod tests;
