//! What the rotors shake: at each rotor's own frequency and at its blades', as the chip's filter leaves it.
//!
//! A rotor out of balance pulls its hub about in its plane, once a turn; its blades push their hub along the axis, each time that one passes
//! an arm. Both forces are a part of the rotor's thrust, so they grow with the square of its speed. Through mass and arm they shake the body, through
//! the moment of inertia they turn it. The phases are integrated from the true speeds. The chip samples fast and filters before it is asked at
//! 500 Hz: what is faster than 250 Hz is weaker then, and shows at a lower frequency.
//!
//! **Never:** moves the body; a structure's own resonances are left out.

use crate::airframe::{Airframe, ROTORS_MAX};
use crate::chance::Seed;
use evidence::TICK_S;
use glam::DVec3;

/// Parts of a rotor's thrust: imbalance (5 mg at the tip of a 24 cm propeller), and blade passing.
const IMBALANCE: f64 = 0.06;
const BLADE_PASS: f64 = 0.04;
/// Blades of a rotor.
const BLADES: f64 = 2.0;
/// The chip's filter: critically damped, half of the amplitude is left here.
const FILTER_RADPS: f64 = core::f64::consts::TAU * 180.0;
/// Slower than this a rotor shakes nothing that could be measured.
const SLOWEST_RADPS: f64 = 1.0;

/// The rotors' phases, and how each moves the body.
pub struct Vibration {
    rotors: [Rotor; ROTORS_MAX],
    count: usize,
}

#[derive(Clone, Copy, Default)]
struct Rotor {
    /// In turns, −½ to ½.
    phase: f64,
    /// What a whole force would be at 1 rad/s, over the mass.
    accel_per_radps2: f64,
    /// The turning of the body by a force along x, y and z at the hub, per the same.
    turn_by_x: DVec3,
    turn_by_y: DVec3,
    turn_by_z: DVec3,
    spin: f64,
}

/// What is added to the body's motion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shaken {
    /// Body FLU.
    pub accel_flu_mps2: DVec3,
    /// Body FLU.
    pub rates_flu_radps: DVec3,
}

impl Vibration {
    /// That of an airframe; where each rotor stands at power-on is chance.
    pub fn of(airframe: &Airframe, seed: &Seed) -> Self {
        let mut stream = seed.stream();
        let (jx, jy, jz) = airframe.inertia_kgm2;
        let inertia_kgm2 = DVec3::new(jx, jy, jz);
        let mut rotors = [Rotor::default(); ROTORS_MAX];
        for (rotor, hub) in rotors.iter_mut().zip(&airframe.rotors) {
            let thrust_ns2 = airframe.thrust_coefficient_ns2;
            let turn_by = |axis| hub.place().cross(axis) * thrust_ns2 / inertia_kgm2;
            *rotor = Rotor {
                phase: stream.between(-0.5, 0.5),
                accel_per_radps2: thrust_ns2 / airframe.mass_kg,
                turn_by_x: turn_by(DVec3::X),
                turn_by_y: turn_by(DVec3::Y),
                turn_by_z: turn_by(DVec3::Z),
                spin: f64::from(hub.yaw_sign),
            };
        }
        Self { rotors, count: airframe.rotors.len().min(ROTORS_MAX) }
    }

    /// One tick.
    pub fn shake(&mut self, rotor_radps: &[f64]) -> Shaken {
        let mut shaken = Shaken { accel_flu_mps2: DVec3::ZERO, rates_flu_radps: DVec3::ZERO };
        for (rotor, radps) in self.rotors[..self.count].iter_mut().zip(rotor_radps) {
            if *radps > SLOWEST_RADPS {
                rotor.shake(*radps, &mut shaken);
            }
        }
        shaken
    }
}

impl Rotor {
    fn shake(&mut self, radps: f64, shaken: &mut Shaken) {
        self.phase = wrapped(self.phase + radps * (TICK_S / core::f64::consts::TAU));
        let square = radps * radps;
        let blade_radps = BLADES * radps;
        let pulls = IMBALANCE * square * left(radps);
        let pushes = BLADE_PASS * square * left(blade_radps);
        let quarter = |turns: f64| wrapped(turns + 0.25);
        let (sin, cos) = (sine(self.phase), sine(quarter(self.phase)));
        let blades = wrapped(BLADES * self.phase);
        let (blade_sin, blade_cos) = (sine(blades), sine(quarter(blades)));
        let pull = DVec3::new(cos, self.spin * sin, 0.0) * pulls + DVec3::Z * (blade_cos * pushes);
        shaken.accel_flu_mps2 += pull * self.accel_per_radps2;
        // A turning that is pushed as a cosine goes as the sine, over the frequency.
        shaken.rates_flu_radps += (self.turn_by_x * sin - self.turn_by_y * (self.spin * cos))
            * (pulls / radps)
            + self.turn_by_z * (blade_sin * pushes / blade_radps);
    }
}

/// The part of an amplitude that is left behind the filter.
fn left(radps: f64) -> f64 {
    let ratio = radps / FILTER_RADPS;
    1.0 / (1.0 + ratio * ratio)
}

/// Within half a turn either way, for up to so many turns that a tick can hold.
fn wrapped(turns: f64) -> f64 {
    turns - (turns + 0.5).floor()
}

/// The sine of an angle in turns, −½ to ½, to a thousandth: two parabolas, bent once more.
fn sine(turns: f64) -> f64 {
    let y = 8.0 * turns * (1.0 - 2.0 * turns.abs());
    y * (0.775 + 0.225 * y.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Assets;

    fn quad() -> Airframe {
        let root = Assets::find().expect("the assets").root;
        Airframe::read(&root.join("airframes/camera_quad.ron")).expect("it ships")
    }

    #[test]
    fn the_quick_sine_is_a_sine_to_a_thousandth() {
        for step in -500..=500 {
            let turns = f64::from(step) / 1000.0;
            let exact = libm::sin(turns * core::f64::consts::TAU);
            assert!((sine(turns) - exact).abs() < 1.3e-3, "{turns}");
        }
    }

    #[test]
    fn a_rotor_shakes_at_its_own_frequency_and_at_its_blades() {
        // 100 rad/s and 2 × 100 rad/s; rotor 1 alone. Amplitude by correlation over 100 whole turns.
        let airframe = quad();
        let mut vibration = Vibration::of(&airframe, &Seed::master(1));
        let radps = core::f64::consts::TAU * 50.0;
        let mut sums = [(0.0, 0.0); 3];
        for tick in 0..1_000 {
            let accel = vibration.shake(&[radps, 0.0, 0.0, 0.0]).accel_flu_mps2;
            for (times, (sin_sum, cos_sum)) in [1.0, 2.0, 3.0].into_iter().zip(&mut sums) {
                let (sin, cos) = libm::sincos(times * radps * f64::from(tick) * TICK_S);
                let along = if times == 1.0 { accel.x } else { accel.z };
                (*sin_sum, *cos_sum) = (*sin_sum + along * sin, *cos_sum + along * cos);
            }
        }
        let amplitude = sums.map(|(sin, cos)| libm::hypot(sin, cos) / 500.0);
        let whole = airframe.thrust_coefficient_ns2 / airframe.mass_kg * radps * radps;
        let expected = [IMBALANCE * left(radps), BLADE_PASS * left(2.0 * radps), 0.0];
        for (found, expected) in amplitude.into_iter().zip(expected) {
            assert!((found / whole - expected).abs() < 1e-3, "{found} {expected}");
        }
    }

    #[test]
    fn vibration_grows_with_the_square_of_the_speed_and_stands_when_the_rotors_stand() {
        let rms = |radps: f64| {
            let mut vibration = Vibration::of(&quad(), &Seed::master(1));
            let square = |_| vibration.shake(&[radps; 4]).accel_flu_mps2.length_squared();
            ((0..5_000).map(square).sum::<f64>() / 5_000.0).sqrt()
        };
        assert_eq!(rms(0.0), 0.0);
        // Below the filter the ratio of squares; at hover 0.1 to 0.4 m/s², as on a well balanced machine.
        assert!((rms(60.0) / rms(30.0) - 4.0).abs() < 0.3, "{}", rms(60.0) / rms(30.0));
        assert!((0.1..0.4).contains(&rms(529.0)), "{}", rms(529.0));
    }
}
