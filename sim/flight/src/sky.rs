//! The light of a story: the sun, the sky, and lamps, in lux.
//!
//! A clear sky by the IES daylight formulas (IESNA Lighting Handbook, 9th ed., ch. 8): the sun gives
//! 127 500 lx · e^(−0.21 m) across its beam, with m the air mass, and the sky (800 + 15 500 √sin h) lx. Below the horizon the sky's light falls
//! through the usual values at the ends of civil, nautical and astronomical twilight: 3.4, 0.008 and 0.0006 lx.
//!
//! **Never:** changes within a flight; throws a lamp's shadow.

mod sun;

use crate::land::Land;
use evidence::Scenario;
use evidence::scenario::{Lamp, Light};
use glam::DVec3;

const BEYOND_THE_AIR_LUX: f64 = 127_500.0;
const CLEAR_AIR: f64 = 0.21;
const LOW_SKY_LUX: f64 = 800.0;
const HIGH_SKY_LUX: f64 = 15_500.0;
/// Elevation in degrees, and the logarithm of the sky's lux to base 10.
const TWILIGHT: [(f64, f64); 4] = [(0.0, 2.903), (-6.0, 0.531), (-12.0, -2.097), (-18.0, -3.222)];
/// Stars and airglow.
const NIGHT_LUX: f64 = 0.002;
/// A sun that is lower throws no shadow: its beam is spent on the horizon's haze.
const LOWEST_BEAM_DEG: f64 = 1.0;

/// The light that falls on things.
#[derive(Clone, Debug)]
pub struct Sky {
    /// From everywhere above.
    ambient_lux: f64,
    beam: Option<Beam>,
    lamps: Vec<(DVec3, f64)>,
}

/// The sun's own light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beam {
    /// Unit vector towards the sun, world ENU.
    pub to_sun: DVec3,
    /// On a surface across it.
    pub lux: f64,
}

impl Sky {
    /// The light of a story; none at noon, where everything looks as it is painted.
    #[must_use]
    pub fn of(scenario: &Scenario, land: &Land) -> Option<Self> {
        let (azimuth_deg, elevation_deg) = match scenario.light {
            Light::Noon => return None,
            Light::Sun { azimuth_deg, elevation_deg } => (azimuth_deg, elevation_deg),
            Light::Clock { day, solar_time_h } => {
                sun::position_deg(scenario.place.lat_deg, day, solar_time_h)
            }
            Light::Night => (0.0, -90.0),
        };
        Some(Self::lit(azimuth_deg, elevation_deg, &scenario.lamps, land))
    }

    fn lit(azimuth_deg: f64, elevation_deg: f64, lamps: &[Lamp], land: &Land) -> Self {
        let (sin, cos) = libm::sincos(elevation_deg.to_radians());
        let (east, north) = libm::sincos(azimuth_deg.to_radians());
        let beam = (elevation_deg >= LOWEST_BEAM_DEG).then(|| Beam {
            to_sun: DVec3::new(east * cos, north * cos, sin),
            lux: BEYOND_THE_AIR_LUX * libm::exp(-CLEAR_AIR / sin),
        });
        let hung = |lamp: &Lamp| {
            let foot_m = DVec3::new(lamp.at_m.0, lamp.at_m.1, 0.0);
            (foot_m.with_z(land.ground_m(foot_m) + lamp.height_m), lamp.intensity_cd)
        };
        let lamps = lamps.iter().map(hung).collect();
        Self { ambient_lux: sky_lux(elevation_deg, sin), beam, lamps }
    }

    /// The sun's beam, if there is one.
    #[must_use]
    pub fn beam(&self) -> Option<Beam> {
        self.beam
    }

    /// The light on a surface in the sun's shadow.
    #[must_use]
    pub fn shade_lux(&self, at_m: DVec3, normal: DVec3) -> f64 {
        let shines = |(lamp_m, cd): &(DVec3, f64)| {
            let way_m = *lamp_m - at_m;
            // Nothing is nearer to a lamp than its glass.
            let away2_m2 = way_m.length_squared().max(0.04);
            cd * normal.dot(way_m).max(0.0) / (away2_m2 * away2_m2.sqrt())
        };
        self.ambient_lux + self.lamps.iter().map(shines).sum::<f64>()
    }

    /// What the sun adds on a surface that it reaches.
    #[must_use]
    pub fn sun_lux(&self, normal: DVec3) -> f64 {
        self.beam.map_or(0.0, |beam| beam.lux * normal.dot(beam.to_sun).max(0.0))
    }

    /// Whether the sun is not hidden from a place.
    #[must_use]
    pub fn is_sunny(&self, at_m: DVec3, land: &Land) -> bool {
        const FAR_M: f64 = 400.0;
        self.beam.is_some_and(|beam| !land.hides(at_m, at_m + beam.to_sun * FAR_M))
    }
}

/// The light of a clear sky on level ground.
fn sky_lux(elevation_deg: f64, sin: f64) -> f64 {
    if elevation_deg >= 0.0 {
        return LOW_SKY_LUX + HIGH_SKY_LUX * sin.sqrt();
    }
    for ((above_deg, above), (below_deg, below)) in
        TWILIGHT.into_iter().zip(TWILIGHT.into_iter().skip(1))
    {
        if elevation_deg > below_deg {
            let part = (above_deg - elevation_deg) / (above_deg - below_deg);
            return NIGHT_LUX + libm::exp10(above + (below - above) * part);
        }
    }
    NIGHT_LUX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_on_level_ground_is_as_handbooks_have_it() {
        let land = Land::flat(&[], &[]);
        // Elevation, lux at least and at most.
        for (elevation_deg, least_lux, most_lux) in [
            (90.0, 110_000.0, 125_000.0),
            (60.0, 90_000.0, 105_000.0),
            (30.0, 48_000.0, 58_000.0),
            (5.0, 4_500.0, 7_500.0),
            (0.0, 600.0, 900.0),
            (-3.0, 30.0, 100.0),
            (-6.0, 3.0, 4.0),
            (-12.0, 0.007, 0.011),
            (-30.0, 0.001, 0.003),
        ] {
            let sky = Sky::lit(180.0, elevation_deg, &[], &land);
            let lux = sky.shade_lux(DVec3::ZERO, DVec3::Z) + sky.sun_lux(DVec3::Z);
            assert!((least_lux..=most_lux).contains(&lux), "{elevation_deg}: {lux} lx");
        }
    }

    #[test]
    fn a_lamp_lights_the_ground_below_it_by_the_square_of_its_height_and_the_cosine() {
        let lamp = Lamp { at_m: (0.0, 0.0), height_m: 5.0, intensity_cd: 500.0 };
        let sky = Sky::lit(0.0, -90.0, &[lamp], &Land::flat(&[], &[]));
        for (east_m, lux) in [(0.0, 20.0), (5.0, 20.0 / 8.0_f64.sqrt()), (500.0, 0.002)] {
            let found_lux = sky.shade_lux(DVec3::X * east_m, DVec3::Z);
            assert!((found_lux - lux).abs() < 0.01, "{east_m}: {found_lux} lx");
        }
        assert_eq!((sky.beam(), sky.sun_lux(DVec3::Z)), (None, 0.0));
    }

    #[test]
    fn the_sun_is_hidden_by_what_stands_before_it() {
        let wall = evidence::scenario::Building { at_m: (0.0, -10.0), size_m: (6.0, 2.0, 8.0) };
        let land = Land::flat(&[wall], &[]);
        let sky = Sky::lit(180.0, 30.0, &[], &land);
        for (at_m, sunny) in
            [((0.0, -5.0, 1.0), false), ((0.0, 10.0, 1.0), true), ((8.0, -5.0, 1.0), true)]
        {
            assert_eq!(sky.is_sunny(DVec3::from(at_m), &land), sunny, "{at_m:?}");
        }
    }
}
