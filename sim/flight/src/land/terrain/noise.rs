//! The heights of hills: gradient noise in two octaves on a lattice that repeats.
//!
//! **Never:** knows where a hill lies; draws on the stream more or less often for what it draws.

use super::{SAMPLES_PER_WAVE, SIDE, WAVES};
use crate::chance::Stream;
use glam::DVec2;

/// The second octave, as a part of the first.
const DETAIL: f64 = 0.25;

/// Corners of a tile of hills, between −`height_m` and `height_m`.
pub fn hills(height_m: f64, stream: &mut Stream) -> Vec<f64> {
    let (coarse, fine) = (Lattice::drawn(WAVES, stream), Lattice::drawn(2 * WAVES, stream));
    let noise = |i: usize| {
        let at = DVec2::new((i % SIDE) as f64, (i / SIDE) as f64) / SAMPLES_PER_WAVE as f64;
        (coarse.noise(at) + DETAIL * fine.noise(at * 2.0)) / (1.0 + DETAIL)
    };
    (0..SIDE * SIDE).map(|i| height_m * noise(i).clamp(-1.0, 1.0)).collect()
}

/// Unit gradients at the corners of a lattice that repeats.
struct Lattice {
    side: usize,
    gradients: Vec<DVec2>,
}

impl Lattice {
    fn drawn(side: usize, stream: &mut Stream) -> Self {
        let mut gradient = || {
            let (sin, cos) = libm::sincos(stream.between(0.0, core::f64::consts::TAU));
            DVec2::new(cos, sin)
        };
        Self { side, gradients: (0..side * side).map(|_| gradient()).collect() }
    }

    /// Gradient noise, scaled so that it lies between −1 and 1.
    fn noise(&self, at: DVec2) -> f64 {
        let cell = at.floor();
        let t = at - cell;
        let corner = |x: f64, y: f64| {
            let wrap = |v: f64| (v as usize) % self.side;
            let gradient = self.gradients[wrap(cell.y + y) * self.side + wrap(cell.x + x)];
            gradient.dot(t - DVec2::new(x, y))
        };
        let fade = |t: f64| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
        let mix = |a: f64, b: f64, t: f64| a + (b - a) * t;
        let low = mix(corner(0.0, 0.0), corner(1.0, 0.0), fade(t.x));
        let high = mix(corner(0.0, 1.0), corner(1.0, 1.0), fade(t.x));
        mix(low, high, fade(t.y)) * core::f64::consts::SQRT_2
    }
}
