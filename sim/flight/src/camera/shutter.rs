//! How long the shutter is open, and what comes of it: how bright a picture is, how grainy, and how it is smeared.
//!
//! The shutter is set so that the ground in view comes out as bright as it is painted. It is open for 1/4000 s at 100 000 lx, near the rule
//! for a sunny day at f/2.8 and ISO 100, and for 1/30 s at most; from there on the signal is amplified, up to ISO 6400, and what is darker yet
//! stays dark.
//!
//! **Never:** looks at a pixel; knows who is in view.

use super::view::{FOCAL_PX, HEIGHT_PX, View, WIDTH_PX};
use crate::land::Land;
use crate::sky::Sky;
use glam::DVec3;
use std::sync::Arc;

/// Light that exposes a picture as it is painted.
const EXPOSED_LUX_S: f64 = 25.0;
const SHORTEST_S: f64 = 1.0 / 8000.0;
const LONGEST_S: f64 = 1.0 / 30.0;
const GAIN_MAX: f64 = 64.0;
/// Less smear than this is none.
const SMEAR_LEAST_PX: f64 = 0.5;
/// Whatever moves faster is smeared no farther.
const SMEAR_MOST_PX: f64 = 24.0;
/// Ground farther off moves no more slowly.
const FAR_M: f64 = 2000.0;
/// The ground is measured at so many places from side to side, and from top to bottom.
const METERED: usize = 3;

/// A frame's light and shutter.
#[derive(Clone, Debug)]
pub struct Lit {
    /// What shines.
    pub sky: Arc<Sky>,
    /// How bright a picture is for each lux, as a part of what is painted.
    pub per_lux: f64,
    /// Amplification.
    pub gain: f64,
    /// How far everything is smeared, right and down, pixels; nothing where it is sharp.
    pub smear_px: (f64, f64),
    /// Where the grain comes from.
    pub grain: u64,
}

impl Lit {
    /// The shutter for a view that moves.
    #[must_use]
    pub fn metered(view: &View, moves: &Motion, land: &Land, sky: Arc<Sky>, grain: u64) -> Self {
        let lux = metered_lux(view, land, &sky);
        let needed_s = EXPOSED_LUX_S / lux.max(1e-9);
        let open_s = needed_s.clamp(SHORTEST_S, LONGEST_S);
        let gain = (needed_s / open_s).clamp(1.0, GAIN_MAX);
        let depth_m =
            land.away_m(view.eye_m, view.ray(WIDTH_PX as f64 / 2.0, HEIGHT_PX as f64 / 2.0));
        let smear_px = smear_px(view, moves, depth_m.unwrap_or(FAR_M), open_s);
        Self { sky, per_lux: open_s * gain / EXPOSED_LUX_S, gain, smear_px, grain }
    }

    /// Whether the chip's light makes another picture of what is painted: smeared, or grainy.
    #[must_use]
    pub fn is_developed(&self) -> bool {
        self.smear_px != (0.0, 0.0) || self.gain > 1.0
    }

    /// How bright something is that faces a way, as a part of what is painted.
    #[must_use]
    pub fn brightness(&self, at_m: DVec3, normal: DVec3, is_sunny: bool) -> f64 {
        let sun_lux = if is_sunny { self.sky.sun_lux(normal) } else { 0.0 };
        (self.sky.shade_lux(at_m, normal) + sun_lux) * self.per_lux
    }
}

/// How the camera moves while the shutter is open. The gimbal leaves it no turn but about the vertical.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Motion {
    /// The eye, world ENU.
    pub velocity_mps: DVec3,
    /// About the vertical, against the clock seen from above.
    pub turn_radps: f64,
}

fn metered_lux(view: &View, land: &Land, sky: &Sky) -> f64 {
    let part = |i: usize, side_px: usize| (i as f64 + 0.5) / METERED as f64 * side_px as f64;
    let lux = |i: usize| {
        let way = view.ray(part(i % METERED, WIDTH_PX), part(i / METERED, HEIGHT_PX));
        let at_m = view.eye_m + way * land.away_m(view.eye_m, way).unwrap_or(FAR_M);
        let normal = land.terrain.normal(at_m.x, at_m.y);
        sky.shade_lux(at_m, normal) + sky.sun_lux(normal)
    };
    let places = METERED * METERED;
    (0..places).map(lux).sum::<f64>() / places as f64
}

/// How the middle of the picture is smeared; all of it is taken to be.
fn smear_px(view: &View, moves: &Motion, depth_m: f64, open_s: f64) -> (f64, f64) {
    let depth_m = depth_m.max(super::view::NEAREST_M);
    let middle_m = view.eye_m + view.ray(WIDTH_PX as f64 / 2.0, HEIGHT_PX as f64 / 2.0) * depth_m;
    let turn = DVec3::Z * moves.turn_radps;
    // What stands still seems to move the other way.
    let seems_mps = -moves.velocity_mps - turn.cross(middle_m - view.eye_m);
    let seen_mps = view.seen_from_eye_m(view.eye_m + seems_mps);
    let per_mps = FOCAL_PX / depth_m * open_s;
    let (right_px, down_px) = (seen_mps.x * per_mps, -seen_mps.y * per_mps);
    let length_px = (right_px * right_px + down_px * down_px).sqrt();
    if length_px <= SMEAR_LEAST_PX {
        return (0.0, 0.0);
    }
    let cut = (SMEAR_MOST_PX / length_px).min(1.0);
    (right_px * cut, down_px * cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Scenario;

    fn lit(light: &str, moves: &Motion) -> Lit {
        let text = format!(
            r#"(title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
                {light}, beats: [], expects: {{}})"#
        );
        let scenario: Scenario = ron::from_str(&text).unwrap();
        let land = Land::flat(&[], &[]);
        let sky = Arc::new(Sky::of(&scenario, &land).unwrap());
        Lit::metered(&View::levelled(DVec3::Z * 5.0, DVec3::Y), moves, &land, sky, 1)
    }

    #[test]
    fn the_ground_comes_out_as_painted_until_it_is_too_dark_for_that() {
        let still = Motion { velocity_mps: DVec3::ZERO, turn_radps: 0.0 };
        // Light, gain, how bright level ground is.
        for (light, gain, bright) in [
            ("light: Sun(azimuth_deg: 180.0, elevation_deg: 60.0)", 1.0..1.01, 0.99..1.01),
            ("light: Sun(azimuth_deg: 180.0, elevation_deg: 2.0)", 1.0..1.01, 0.99..1.01),
            ("light: Sun(azimuth_deg: 180.0, elevation_deg: -3.0)", 5.0..30.0, 0.99..1.01),
            ("light: Sun(azimuth_deg: 180.0, elevation_deg: -6.0)", 63.9..64.1, 0.2..0.4),
            ("light: Night", 63.9..64.1, 0.0..0.001),
        ] {
            let lit = lit(light, &still);
            let level = lit.brightness(DVec3::ZERO, DVec3::Z, true);
            assert!(
                gain.contains(&lit.gain) && bright.contains(&level),
                "{light}: {} {level}",
                lit.gain
            );
            assert_eq!(lit.smear_px, (0.0, 0.0), "{light}");
        }
    }

    #[test]
    fn a_picture_is_smeared_by_turn_and_way_over_the_time_that_the_shutter_is_open() {
        let depth_m = 5.0 / 0.573_576;
        let moves = |e: f64, n: f64, u: f64, turn_radps: f64| Motion {
            velocity_mps: DVec3::new(e, n, u),
            turn_radps,
        };
        let scale = 277.128 / 30.0;
        const NIGHT: &str = "light: Night";
        const DAY: &str = "light: Sun(azimuth_deg: 0.0, elevation_deg: 50.0)";
        for (light, moves, (right_px, down_px)) in [
            // Eastwards the ground goes to the left; northwards it goes down; turning to the left it goes right.
            (NIGHT, moves(3.0, 0.0, 0.0, 0.0), (-3.0 / depth_m * scale, 0.0)),
            (NIGHT, moves(0.0, 3.0, 0.0, 0.0), (0.0, 3.0 * 0.573_576 / depth_m * scale)),
            (NIGHT, moves(0.0, 0.0, 0.0, 1.0), (0.819_152 * scale, 0.0)),
            (NIGHT, moves(0.0, 0.0, 0.0, 9.0), (24.0, 0.0)),
            (NIGHT, moves(0.0, 0.1, 0.0, 0.0), (0.0, 0.0)),
            (DAY, moves(10.0, 0.0, 0.0, 1.0), (0.0, 0.0)),
        ] {
            let (right, down) = lit(light, &moves).smear_px;
            let off = (right - right_px).abs() + (down - down_px).abs();
            assert!(off < 0.01, "{light} {moves:?}: {right} {down}, not {right_px} {down_px}");
        }
    }
}
