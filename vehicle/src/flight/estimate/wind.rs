//! The wind, told from how the air pushes: a multirotor that moves through air is slowed in proportion.
//!
//! With the specific force f across the rotors' axis and the drag d a second, the speed through the air is -f / d
//! (Abeywardena et al., "Improved state estimation in quadrotor MAVs", IEEE RAM 20(4), 2013); the rest is wind.
//!
//! **Never:** needs an airspeed sensor; moves the belief of place.

use glam::{DQuat, DVec3};

/// How fast new wind is believed, each time it is felt (50 Hz): about 2 s.
pub(crate) const GAIN: f64 = 0.01;
/// Felt so often before anything is said of it.
const FELT_MIN: u32 = 250;
/// The rotors lean out of the wind this much at most before their drag says nothing, cosine of 45°.
pub(crate) const UPRIGHT_MIN: f64 = 0.7;

/// The running mean of the wind.
#[derive(Clone, Debug)]
pub struct Wind {
    drag_per_s: f64,
    ned_mps: DVec3,
    felt: u32,
}

impl Wind {
    /// How fast the air takes away a speed through it, in parts a second.
    pub fn drag_per_s(&self) -> f64 {
        self.drag_per_s
    }

    /// Not felt yet.
    pub fn unknown(drag_per_s: f64) -> Self {
        Self { drag_per_s, ned_mps: DVec3::ZERO, felt: 0 }
    }

    /// North and east, m/s; none before it was felt for long enough.
    pub fn ned_mps(&self) -> Option<DVec3> {
        (self.felt >= FELT_MIN).then_some(self.ned_mps)
    }

    /// Feels the mean specific force of 20 ms, NED, m/s², at a velocity that is known otherwise.
    pub fn feel(&mut self, force_ned_mps2: DVec3, ned_from_frd: DQuat, velocity_ned_mps: DVec3) {
        let Some(through) = self.through_air_mps(force_ned_mps2, ned_from_frd) else { return };
        self.felt = self.felt.saturating_add(1);
        // At first a plain mean.
        let gain = GAIN.max(1.0 / f64::from(self.felt));
        let wind = (velocity_ned_mps - through).with_z(0.0);
        self.ned_mps += (wind - self.ned_mps) * gain;
    }

    /// The velocity that the air's push tells where nothing else does: the wind of before and the speed through it.
    pub fn velocity_ned_mps(&self, force_ned_mps2: DVec3, ned_from_frd: DQuat) -> Option<DVec3> {
        let wind = self.ned_mps()?;
        Some(wind + self.through_air_mps(force_ned_mps2, ned_from_frd)?)
    }

    fn through_air_mps(&self, force_ned_mps2: DVec3, ned_from_frd: DQuat) -> Option<DVec3> {
        let up_ned = ned_from_frd * DVec3::NEG_Z;
        if self.drag_per_s <= 0.0 || -up_ned.z < UPRIGHT_MIN {
            return None;
        }
        let across = force_ned_mps2 - up_ned * force_ned_mps2.dot(up_ned);
        Some(across / -self.drag_per_s).filter(|through| through.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_push_of_the_air_tells_the_wind() {
        // wind, own velocity, lean east in radians
        for (wind, velocity, lean_rad) in [
            (DVec3::ZERO, DVec3::ZERO, 0.0),
            (DVec3::new(0.0, -6.0, 0.0), DVec3::ZERO, 0.14),
            (DVec3::new(3.0, 0.0, 0.0), DVec3::new(-2.0, 5.0, 0.0), 0.1),
        ] {
            let drag_per_s = 0.25;
            let attitude = DQuat::from_rotation_x(lean_rad);
            let up = attitude * DVec3::NEG_Z;
            let through = velocity - wind;
            let drag = (through - up * through.dot(up)) * -drag_per_s;
            let mut felt = Wind::unknown(drag_per_s);
            for _ in 0..FELT_MIN {
                assert!(felt.ned_mps().is_none());
                felt.feel(up * 9.9 + drag, attitude, velocity);
            }
            let off = felt.ned_mps().unwrap() - wind;
            assert!(off.length() < 0.15, "{wind}: {off}");
            let told = felt.velocity_ned_mps(up * 9.9 + drag, attitude).unwrap();
            assert!((told - velocity).with_z(0.0).length() < 0.15, "{velocity}: {told}");
        }
    }
}
