//! From a wrench on the body to the speeds of its rotors, for any number of them.
//!
//! The allocation is the pseudo-inverse of the airframe's geometry, made once. When a rotor cannot give what is asked,
//! yaw is given up first, then roll and pitch in proportion, and lift gives way to them.
//!
//! **Never:** asks a rotor for less than idle or more than its fastest while armed.

use crate::senses::{AirframeSetup, ROTORS_MAX, Thrust};
use glam::{DMat4, DVec3, DVec4};

/// Idle speed as part of the fastest.
pub(crate) const IDLE_PART: f64 = 0.1;

/// How much yaw counts beside roll and pitch with a rotor gone: enough to spread the load, too little to hold it.
const YAW_WITHOUT_A_ROTOR: f64 = 0.0;
/// Keeps the allocation defined where some effect cannot be had.
const RIDGE: f64 = 1e-12;

/// What the controller wants of the rotors together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wrench {
    /// Lift along body -z, newtons.
    pub lift_n: f64,
    /// Torque about body x, y, z, N m.
    pub torque_frd_nm: DVec3,
}

/// Rotor speeds, and whether the wrench had to be cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mixed {
    /// Rotor speeds.
    pub thrust: Thrust,
    /// Roll, pitch or yaw got less than asked.
    pub saturated: bool,
}

/// The allocation of one airframe.
pub struct Mixer {
    rotors: usize,
    /// What one newton of each rotor does to lift, roll, pitch and yaw.
    effects: [DVec4; ROTORS_MAX],
    /// Each rotor's share of lift, roll, pitch and yaw.
    shares: [DVec4; ROTORS_MAX],
    lost: Option<usize>,
    speed2_per_n: f64,
    idle_radps: f64,
    force_min_n: f64,
    force_max_n: f64,
}

impl Mixer {
    /// For an airframe; rotors beyond [`ROTORS_MAX`] stay still.
    pub fn new(airframe: &AirframeSetup) -> Self {
        let rotors = airframe.rotors.len().min(ROTORS_MAX);
        let drag_m = airframe.torque_coefficient / airframe.thrust_coefficient;
        let mut effects = [DVec4::ZERO; ROTORS_MAX];
        for (effect, rotor) in effects.iter_mut().zip(&airframe.rotors) {
            let hub = rotor.hub_frd_m;
            *effect = DVec4::new(1.0, -hub.y, hub.x, rotor.yaw_sign * drag_m);
        }
        let fastest = airframe.rotor_radps_max;
        let idle_radps = IDLE_PART * fastest;
        Self {
            rotors,
            shares: shares(&effects, 1.0),
            effects,
            lost: None,
            speed2_per_n: 1.0 / airframe.thrust_coefficient,
            idle_radps,
            force_min_n: airframe.thrust_coefficient * idle_radps * idle_radps,
            force_max_n: airframe.thrust_coefficient * fastest * fastest,
        }
    }

    /// Goes on without a rotor: the heading is given up for what the others can still do.
    pub fn lose(&mut self, rotor: usize) {
        self.lost = Some(rotor);
        let mut left = self.effects;
        left[rotor] = DVec4::ZERO;
        self.shares = shares(&left, YAW_WITHOUT_A_ROTOR);
    }

    /// All rotors are there again, or none is needed.
    pub fn rest(&mut self) {
        if self.lost.take().is_some() {
            self.shares = shares(&self.effects, 1.0);
        }
    }

    /// Most lift of all rotors together, newtons.
    pub fn lift_max_n(&self) -> f64 {
        self.rotors as f64 * self.force_max_n
    }

    /// All rotors turning, none lifting.
    pub fn idle(&self) -> Thrust {
        let mut thrust = Thrust::default();
        thrust.rotor_radps[..self.rotors].fill(self.idle_radps);
        if let Some(lost) = self.lost {
            thrust.rotor_radps[lost] = 0.0;
        }
        thrust
    }

    /// Rotor speeds that come nearest to the wrench.
    pub fn mix(&self, wrench: &Wrench) -> Mixed {
        if self.lost.is_some() {
            return self.mix_without(wrench);
        }
        let torque = wrench.torque_frd_nm;
        let shares = &self.shares[..self.rotors];
        let mut thrust = Thrust::default();
        let forces = &mut thrust.rotor_radps[..self.rotors];

        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for (force, share) in forces.iter_mut().zip(shares) {
            *force = share.y * torque.x + share.z * torque.y;
            low = low.min(*force);
            high = high.max(*force);
        }
        let room = self.force_max_n - self.force_min_n;
        let tilt_part = if high - low > room { room / (high - low) } else { 1.0 };

        // Lift gives way so that the tilt fits between idle and full.
        let (mut too_low, mut too_high) = (0.0f64, 0.0f64);
        for (force, share) in forces.iter_mut().zip(shares) {
            *force = share.x * wrench.lift_n + *force * tilt_part;
            too_low = too_low.max(self.force_min_n - *force);
            too_high = too_high.max(*force - self.force_max_n);
        }
        let give = if too_low > 0.0 { too_low } else { -too_high };

        let mut yaw_part = 1.0f64;
        for (force, share) in forces.iter_mut().zip(shares) {
            *force += give;
            let yaw = share.w * torque.z;
            let room =
                if yaw > 0.0 { self.force_max_n - *force } else { *force - self.force_min_n };
            if yaw.abs() > room {
                yaw_part = yaw_part.min(room.max(0.0) / yaw.abs());
            }
        }
        for (force, share) in forces.iter_mut().zip(shares) {
            let force_n =
                (*force + share.w * torque.z * yaw_part).clamp(self.force_min_n, self.force_max_n);
            *force = libm::sqrt(force_n * self.speed2_per_n);
        }
        Mixed { thrust, saturated: tilt_part < 1.0 || yaw_part < 1.0 }
    }

    /// Each rotor that is left gives what it can of its share.
    fn mix_without(&self, wrench: &Wrench) -> Mixed {
        let torque = wrench.torque_frd_nm;
        let mut thrust = Thrust::default();
        for (i, share) in self.shares[..self.rotors].iter().enumerate() {
            let force_n = share.x * wrench.lift_n + share.y * torque.x + share.z * torque.y;
            let force_n = force_n.clamp(self.force_min_n, self.force_max_n);
            if self.lost != Some(i) {
                thrust.rotor_radps[i] = libm::sqrt(force_n * self.speed2_per_n);
            }
        }
        Mixed { thrust, saturated: true }
    }
}

/// The weighted pseudo-inverse: how each rotor shares in lift, roll, pitch and yaw, where yaw counts by `yaw_weight`.
fn shares(effects: &[DVec4; ROTORS_MAX], yaw_weight: f64) -> [DVec4; ROTORS_MAX] {
    let effects = effects.map(|effect| effect * DVec4::new(1.0, 1.0, 1.0, yaw_weight));
    let mut normal = DMat4::from_diagonal(DVec4::splat(RIDGE));
    for effect in effects {
        normal += DMat4::from_cols(
            effect * effect.x,
            effect * effect.y,
            effect * effect.z,
            effect * effect.w,
        );
    }
    let inverse = normal.inverse();
    effects.map(|effect| inverse * effect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flight::bench::{quad, with_rotors};

    fn wrench_of(airframe: &AirframeSetup, thrust: &Thrust) -> Wrench {
        let mut wrench = Wrench { lift_n: 0.0, torque_frd_nm: DVec3::ZERO };
        for (rotor, speed) in airframe.rotors.iter().zip(thrust.rotor_radps) {
            let force = airframe.thrust_coefficient * speed * speed;
            wrench.lift_n += force;
            wrench.torque_frd_nm += rotor.hub_frd_m.cross(DVec3::new(0.0, 0.0, -force));
            wrench.torque_frd_nm.z += rotor.yaw_sign * airframe.torque_coefficient * speed * speed;
        }
        wrench
    }

    #[test]
    fn four_six_and_eight_rotors_give_the_wrench_asked_for() {
        let asked = Wrench { lift_n: 12.0, torque_frd_nm: DVec3::new(0.1, -0.15, 0.02) };
        for airframe in [quad(), with_rotors(6), with_rotors(8)] {
            let mixed = Mixer::new(&airframe).mix(&asked);
            let given = wrench_of(&airframe, &mixed.thrust);
            assert!(!mixed.saturated);
            assert!((given.lift_n - asked.lift_n).abs() < 1e-9);
            assert!(given.torque_frd_nm.distance(asked.torque_frd_nm) < 1e-9);
        }
    }

    #[test]
    fn yaw_is_given_up_before_roll_and_roll_before_nothing() {
        let airframe = quad();
        let mixer = Mixer::new(&airframe);
        for (lift_n, roll, yaw) in [(12.0, 0.3, 9.0), (0.0, 0.2, 0.1), (99.0, 0.2, 0.1)] {
            let mixed = mixer.mix(&Wrench { lift_n, torque_frd_nm: DVec3::new(roll, 0.0, yaw) });
            let given = wrench_of(&airframe, &mixed.thrust);
            assert!(mixed.saturated);
            assert!((given.torque_frd_nm.x - roll).abs() < 1e-9, "{given:?}");
            assert!(given.torque_frd_nm.z < yaw);
        }
    }
}
