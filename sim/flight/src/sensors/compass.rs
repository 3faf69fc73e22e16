//! The magnetic field in the body, 50 Hz: the Earth's at the story's place, through the drone's iron, beside its currents.
//!
//! Reading = soft iron × field + hard iron + current of the motors + noise. What is left of soft and hard iron is what a calibration
//! in the field leaves; a wire that carries 15 A ten centimetres off makes 0.3 gauss, and twisting it with its way back leaves a hundredth.
//! Twins whose place is moved within its cell hear the same field: over 10 km it changes by less than the noise.
//!
//! **Never:** feels steel on the ground.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use crate::frames::frd_from_flu;
use glam::{DMat3, DVec3};

/// RM3100-class noise of a 50 Hz sample, and what calibration leaves.
const NOISE_GAUSS: f64 = 0.002;
const HARD_IRON_GAUSS: f64 = 0.003;
const SOFT_IRON: f64 = 0.005;
const CURRENT_GAUSS_PER_A: f64 = 2e-4;
/// Full scale (RM3100: ±800 µT).
const MOST_GAUSS: f64 = 8.0;

/// The magnetometer.
pub struct Compass {
    field_enu_gauss: DVec3,
    soft_iron: DMat3,
    hard_iron_gauss: DVec3,
    current_gauss_per_a: DVec3,
    stream: Stream,
}

impl Compass {
    /// A compass in this field.
    pub fn in_field(field_enu_gauss: DVec3, seed: &Seed) -> Self {
        let mut stream = seed.fork("compass").stream();
        let hard_iron_gauss = stream.normal3(HARD_IRON_GAUSS);
        let (along, across) = (stream.normal3(SOFT_IRON), stream.normal3(SOFT_IRON));
        // Iron that a field magnetises is symmetric: x acts on y as y on x.
        let soft_iron = DMat3::from_cols(
            DVec3::new(1.0 + along.x, across.z, across.y),
            DVec3::new(across.z, 1.0 + along.y, across.x),
            DVec3::new(across.y, across.x, 1.0 + along.z),
        );
        let current_gauss_per_a = stream.normal3(CURRENT_GAUSS_PER_A);
        Self { field_enu_gauss, soft_iron, hard_iron_gauss, current_gauss_per_a, stream }
    }

    /// One sample, body FRD.
    pub fn read(&mut self, k: &Kinematics, current_a: f64) -> DVec3 {
        let field_frd_gauss = frd_from_flu(k.world_from_body.inverse() * self.field_enu_gauss);
        let reading = self.soft_iron * field_frd_gauss
            + self.hard_iron_gauss
            + self.current_gauss_per_a * current_a
            + self.stream.normal3(NOISE_GAUSS);
        reading.clamp(DVec3::splat(-MOST_GAUSS), DVec3::splat(MOST_GAUSS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DQuat;

    #[test]
    fn iron_turns_with_the_body_and_current_adds_its_field() {
        let field = DVec3::new(0.01, 0.21, -0.43);
        let facing = |quarters: f64| Kinematics {
            position_m: DVec3::ZERO,
            velocity_mps: DVec3::ZERO,
            world_from_body: DQuat::from_rotation_z(quarters * core::f64::consts::FRAC_PI_2),
            rates_flu_radps: DVec3::ZERO,
            specific_force_flu_mps2: DVec3::ZERO,
        };
        for seed in 0..8 {
            let mut compass = Compass::in_field(field, &Seed::master(seed));
            let mut mean = |quarters, current_a| {
                let k = facing(quarters);
                (0..4_000).map(|_| compass.read(&k, current_a)).sum::<DVec3>() / 4_000.0
            };
            // Over a whole turn the horizontal field cancels, and hard iron is left.
            let turn = (mean(0.0, 0.0) + mean(1.0, 0.0) + mean(2.0, 0.0) + mean(3.0, 0.0)) / 4.0;
            let loaded = mean(0.0, 20.0) - mean(0.0, 0.0);
            let down = compass.soft_iron * DVec3::Z * 0.43;
            assert!((turn - down - compass.hard_iron_gauss).length() < 2e-4, "{seed}");
            let expected = compass.current_gauss_per_a * 20.0;
            assert!((loaded - expected).length() < 3e-4, "{seed}: {loaded} {expected}");
            assert!(expected.length() > 0.0005 && compass.hard_iron_gauss.length() < 0.02);
        }
    }
}
