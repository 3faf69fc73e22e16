//! From where to be, to the wrench that gets it there.
//!
//! Place gives velocity, velocity gives acceleration, acceleration gives attitude and lift (all a hundred times a
//! second); attitude gives rate and rate gives torque, every tick.
//!
//! **Never:** leans more than 30°; winds up against what it cannot have; reads a sense.

pub mod limp;
pub mod spin;
pub mod travel;

pub use travel::{Across, Goal, Vertical};

use super::estimate::{Estimate, GRAVITY_MPS2};
use super::mix::Wrench;
use super::words::Wants;
use crate::senses::{AirframeSetup, TICK_S, Tick};
use glam::{DMat3, DQuat, DVec3};
use spin::Spin;
use travel::{FIRM, Firmness, GENTLE, Travel};

/// The slow loops run once in so many ticks.
const SLOW_TICKS: u64 = 5;
/// Their period, seconds.
pub(crate) const SLOW_S: f64 = SLOW_TICKS as f64 * TICK_S;
/// Tangent of the steepest lean, 30°.
pub(crate) const LEAN_TAN_MAX: f64 = 0.577;
/// Lift is kept between these parts of the weight while flying.
pub(crate) const LIFT_PARTS: (f64, f64) = (0.25, 1.9);
/// Time from idle to full say over lift at take-off, seconds.
pub(crate) const SPOOL_S: f64 = 1.0;
/// Fastest turn of the nose that is asked for, rad/s.
pub(crate) const NOSE_RADPS_MAX: f64 = 0.8;

/// Leaning farther than this cosine (45°), it is about to get up again, and nothing that it misses may build up.
const UPRIGHT_COS: f64 = 0.707;

/// What became of the last wrench.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// The mixer had to cut it.
    pub was_cut: bool,
    /// A rotor is gone: only the direction of lift is steered.
    pub is_limping: bool,
}

/// How it is held in the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// By all its rotors, or by enough of them.
    Level,
    /// By two, while it spins.
    Spinning,
}

/// The cascade with its memory.
pub struct Control {
    mass_kg: f64,
    lift_max_n: f64,
    inertia_kgm2: DVec3,
    travel: Travel,
    spin: Spin,
    wanted_ned_from_frd: DQuat,
    force_ned_n: DVec3,
    nose_rad: f64,
    spool: f64,
    effort: f64,
}

impl Control {
    /// At rest. `lift_max_n` is all that the rotors can lift.
    pub fn new(airframe: &AirframeSetup, lift_max_n: f64) -> Self {
        Self {
            mass_kg: airframe.mass_kg,
            lift_max_n,
            inertia_kgm2: airframe.inertia_kgm2,
            travel: Travel::new(),
            spin: Spin::new(airframe.inertia_kgm2),
            wanted_ned_from_frd: DQuat::IDENTITY,
            force_ned_n: DVec3::ZERO,
            nose_rad: 0.0,
            spool: 0.0,
            effort: 0.0,
        }
    }

    /// Forgets everything: the vehicle stands on the ground.
    pub fn rest(&mut self, estimate: &Estimate) {
        self.travel.rest();
        self.spin.rest();
        self.wanted_ned_from_frd = estimate.ned_from_frd();
        self.force_ned_n = DVec3::ZERO;
        self.nose_rad = nose_rad(estimate.ned_from_frd());
        self.spool = 0.0;
        self.effort = 0.0;
    }

    /// Lift asked for last, as part of the weight.
    pub fn effort(&self) -> f64 {
        self.effort
    }

    /// All that it asks for, with the wrench that came of it.
    pub fn wants(&self, wrench: &Wrench) -> Wants {
        Wants {
            velocity_ned_mps: self.travel.wanted_ned_mps(),
            ned_from_frd: self.wanted_ned_from_frd,
            lift_n: wrench.lift_n,
            torque_frd_nm: wrench.torque_frd_nm,
        }
    }

    /// One tick.
    pub fn step(&mut self, now: Tick, goal: &Goal, estimate: &Estimate, last: Last) -> Wrench {
        let is_spooling = self.spool < 1.0;
        let lift_n = self.pull(now, goal, estimate, Stance::Level);
        let ned_from_frd = estimate.ned_from_frd();
        let rates_radps = estimate.rates_frd_radps();
        let torque_frd_nm = if last.is_limping {
            limp::torque_frd_nm(ned_from_frd, self.up_ned(), rates_radps, self.inertia_kgm2)
        } else {
            let is_cut = last.was_cut || is_spooling;
            self.spin.step(ned_from_frd, self.wanted_ned_from_frd, rates_radps, is_cut)
        };
        Wrench { lift_n, torque_frd_nm }
    }

    /// Where the thrust axis should point, as of the last pull.
    pub fn up_ned(&self) -> DVec3 {
        self.wanted_ned_from_frd * DVec3::NEG_Z
    }

    /// The part of one tick that asks for no torque: lift, newtons.
    pub fn pull(&mut self, now: Tick, goal: &Goal, estimate: &Estimate, stance: Stance) -> f64 {
        let ned_from_frd = estimate.ned_from_frd();
        let is_spooling = self.spool < 1.0;
        if now.0.is_multiple_of(SLOW_TICKS) {
            let upright = (ned_from_frd * DVec3::Z).z;
            let (firmness, is_tumbling) = match stance {
                Stance::Level => (&FIRM, false),
                Stance::Spinning => (&GENTLE, upright < UPRIGHT_COS),
            };
            self.steer(goal, firmness, estimate, is_spooling || is_tumbling);
        }
        self.spool = (self.spool + TICK_S / SPOOL_S).min(1.0);
        let weight_n = self.mass_kg * GRAVITY_MPS2;

        // Only the part of the force that the rotors point at now can be had.
        let up_ned = ned_from_frd * DVec3::NEG_Z;
        let mut lift_n = self.force_ned_n.dot(up_ned);
        lift_n = lift_n.clamp(LIFT_PARTS.0 * weight_n, 0.95 * self.lift_max_n);
        if is_spooling {
            lift_n = lift_n.min(self.spool * 1.3 * weight_n);
        }
        self.effort = lift_n / weight_n;
        lift_n
    }

    fn steer(&mut self, goal: &Goal, firmness: &Firmness, estimate: &Estimate, is_held: bool) {
        let acceleration = self.travel.step(
            goal,
            firmness,
            estimate.position_ned_m(),
            estimate.velocity_ned_mps(),
            is_held,
        );
        let (part_min, part_max) = LIFT_PARTS;
        let up = match goal.vertical {
            Vertical::Lift(part) => part * GRAVITY_MPS2,
            Vertical::Place | Vertical::Sink(_) => GRAVITY_MPS2 - acceleration.z,
        };
        let up = up.clamp(part_min * GRAVITY_MPS2, part_max * GRAVITY_MPS2);
        let across = match goal.across {
            Across::Lean(tangents) => tangents * up,
            Across::Place | Across::Velocity(_) | Across::Stop | Across::Keep => {
                acceleration.truncate()
            }
        };
        let across = across.extend(0.0).clamp_length_max(LEAN_TAN_MAX * up);
        self.force_ned_n = (across - DVec3::Z * up) * self.mass_kg;

        if let Some(wanted_rad) = goal.nose_rad {
            let step_max = NOSE_RADPS_MAX * SLOW_S;
            let off_rad = wrapped_rad(wanted_rad - self.nose_rad);
            self.nose_rad = wrapped_rad(self.nose_rad + off_rad.clamp(-step_max, step_max));
        }
        self.wanted_ned_from_frd = pointing(self.force_ned_n, self.nose_rad);
    }
}

/// The attitude that lifts along `force_ned_n` with its nose towards `nose_rad`.
fn pointing(force_ned_n: DVec3, nose_rad: f64) -> DQuat {
    let down = -force_ned_n.normalize();
    let (sin, cos) = libm::sincos(nose_rad);
    // Level to the right of the nose: rolling away from it leaves the heading as it is.
    let front = DVec3::new(-sin, cos, 0.0).cross(down).normalize();
    DQuat::from_mat3(&DMat3::from_cols(front, down.cross(front), down))
}

fn nose_rad(ned_from_frd: DQuat) -> f64 {
    let nose = ned_from_frd * DVec3::X;
    libm::atan2(nose.y, nose.x)
}

/// An angle within half a turn of nothing.
pub(crate) fn wrapped_rad(angle_rad: f64) -> f64 {
    use core::f64::consts::{PI, TAU};
    if angle_rad > PI {
        angle_rad - TAU
    } else if angle_rad < -PI {
        angle_rad + TAU
    } else {
        angle_rad
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_attitude_lifts_along_the_force_and_looks_along_the_nose() {
        for (force, nose) in
            [(DVec3::new(0.0, 0.0, -10.0), 1.0), (DVec3::new(3.0, -2.0, -9.0), -2.5)]
        {
            let wanted = pointing(force, nose);
            assert!((wanted * DVec3::NEG_Z).distance(force.normalize()) < 1e-9);
            assert!(wrapped_rad(nose_rad(wanted) - nose).abs() < 1e-6);
        }
    }
}
