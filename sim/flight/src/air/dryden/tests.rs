//! Turbulence against the densities and the figures of MIL-F-8785C.

use super::*;
use crate::chance::Seed;
use core::f64::consts::{PI, TAU};

/// One-sided density over circular frequency, as the specification has it over Ω = ω/V.
fn density(axis: usize, omega: f64, sd: f64, length_m: f64, speed_mps: f64) -> f64 {
    let x = length_m * omega / speed_mps;
    let x2 = x * x;
    let scale = sd * sd * length_m / (PI * speed_mps);
    match axis {
        0 => 2.0 * scale / (1.0 + x2),
        _ => scale * (1.0 + 3.0 * x2) / ((1.0 + x2) * (1.0 + x2)),
    }
}

#[test]
fn its_strength_and_length_are_those_of_the_specification() {
    // Height in m (of 10, 200, 1000 ft), W20 -> σ_u, σ_w, L_u, L_w, worked by hand from the formulas.
    for (height_m, w20, su, sw, lu, lw) in [
        (3.048, 10.0, 1.961, 1.0, 23.07, 3.048),
        (60.96, 10.0, 1.538, 1.0, 221.2, 60.96),
        (304.8, 15.0, 1.5, 1.5, 304.8, 304.8),
        (0.0, 10.0, 1.961, 1.0, 23.07, 3.048),
        (900.0, 15.0, 1.5, 1.5, 304.8, 304.8),
    ] {
        let size = Size::at(height_m, w20);
        for (found, exact) in
            [(size.across_mps, su), (size.up_mps, sw), (size.across_m, lu), (size.up_m, lw)]
        {
            assert!((found / exact - 1.0_f64).abs() < 2e-3, "{height_m}: {found} {exact}");
        }
    }
}

#[test]
fn a_step_s_noise_is_the_same_by_series_and_in_closed_form() {
    for d in [0.15, 0.199, 0.201, 0.3] {
        let kept2 = libm::exp(-2.0 * d);
        let closed = (
            0.5 * (1.0 - kept2),
            0.25 - kept2 * (0.5 * d + 0.25),
            0.25 - kept2 * (0.5 * d * d + 0.5 * d + 0.25),
        );
        let found = kicks(d, kept2);
        assert!((found.0 - closed.0).abs() < 1e-12, "{d}");
        assert!((found.1 - closed.1).abs() < 1e-12, "{d}");
        assert!((found.2 - closed.2).abs() < 1e-12, "{d}");
    }
    // A very short step: d, d²/2, d³/3.
    let (a, b, c) = kicks(1e-5, 1.0 - 2e-5);
    assert!((a / 1e-5 - 1.0).abs() < 1e-4 && (b / 5e-11 - 1.0).abs() < 1e-4);
    assert!((c / 3.333_333e-16 - 1.0).abs() < 1e-4);
}

#[test]
fn its_spectra_are_the_analytic_densities() {
    const SPEED_MPS: f64 = 12.0;
    const STEP_S: f64 = 0.02;
    const LENGTH: usize = 4096;
    const PIECES: usize = 96;
    let size = Size::at(30.0, 8.0);
    let mut dryden = Dryden::stirred(8.0, DVec3::X * 8.0, Seed::master(3).fork("t").stream());
    let bands = [3_usize, 6, 12, 24, 48, 96, 192];
    let mut power = [[0.0; 7]; 3];
    for _ in 0..PIECES {
        let gusts: Vec<DVec3> = (0..LENGTH).map(|_| dryden.step(30.0, SPEED_MPS, STEP_S)).collect();
        for (band, from) in bands.into_iter().enumerate() {
            // A band of bins about each frequency, each by Goertzel's sum, under a Hann window.
            for bin in from..from + from.div_ceil(3) {
                let turn = TAU * bin as f64 / LENGTH as f64;
                let (mut re, mut im) = (DVec3::ZERO, DVec3::ZERO);
                for (n, gust) in gusts.iter().enumerate() {
                    let window = 1.0 - libm::cos(TAU * n as f64 / LENGTH as f64);
                    let (sin, cos) = libm::sincos(turn * n as f64);
                    re += *gust * (window * cos);
                    im += *gust * (window * sin);
                }
                let square = re * re + im * im;
                for (axis, value) in square.to_array().into_iter().enumerate() {
                    power[axis][band] += value / from.div_ceil(3) as f64;
                }
            }
        }
    }
    for (axis, bands_power) in power.iter().enumerate() {
        let (sd, length_m) =
            if axis < 2 { (size.across_mps, size.across_m) } else { (size.up_mps, size.up_m) };
        for (band, sum) in bands_power.iter().enumerate() {
            // A Hann window's mean square is 3/2; one-sided, over circular frequency.
            let found = sum / PIECES as f64 / LENGTH as f64 / 1.5 * STEP_S / PI;
            let (from, count) = (bands[band], bands[band].div_ceil(3));
            let exact = (from..from + count)
                .map(|bin| {
                    let omega = TAU * bin as f64 / (LENGTH as f64 * STEP_S);
                    density(axis, omega, sd, length_m, SPEED_MPS)
                })
                .sum::<f64>()
                / count as f64;
            let ratio = found / exact;
            assert!((0.75..1.33).contains(&ratio), "axis {axis}, bin {from}: {ratio}");
        }
    }
}

#[test]
fn its_spread_is_the_specification_s_at_any_step_and_the_axes_go_their_own_ways() {
    for (step_s, steps) in [(0.002, 2_000_000), (0.1, 400_000), (5.0, 100_000)] {
        let size = Size::at(10.0, 8.0);
        let mut dryden = Dryden::stirred(8.0, DVec3::Y * 4.0, Seed::master(9).stream());
        let (mut squares, mut cross) = (DVec3::ZERO, 0.0);
        for _ in 0..steps {
            let gust = dryden.step(10.0, 10.0, step_s);
            squares += gust * gust;
            cross += gust.x * gust.z;
        }
        let sd = squares / f64::from(steps);
        // The steady wind is to the north: u is along y.
        for (found, exact) in
            [(sd.y, size.across_mps), (sd.x, size.across_mps), (sd.z, size.up_mps)]
        {
            let ratio = found.sqrt() / exact;
            assert!((0.9..1.1).contains(&ratio), "{step_s}: {ratio}");
        }
        let correlation = cross / f64::from(steps) / (sd.x * sd.z).sqrt();
        assert!(correlation.abs() < 0.15, "{step_s}: {correlation}");
    }
}
