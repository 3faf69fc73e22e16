//! What flight does once a rotor stands: more than four of them limp, four of them spin, and some can only fall.
//!
//! **Never:** tells which rotor stands; flies with all of them.

use super::control::{Across, Goal, Stance};
use super::crippled::{Aim, Crippled, Unfit};
use super::mix::Wrench;
use super::{Event, Flight};
use crate::senses::{ROTORS_MAX, Senses, Thrust};
use glam::{DVec2, DVec3};

/// A jolt that no rotor gives, m/s², and how near to the ground it can only be the ground, metres.
const TOUCH_MPS2: f64 = 60.0;
const TOUCH_BELOW_M: f64 = 2.0;

/// So near to the ground it does not lean against the wind any more, metres and sine: its propellers would strike.
const LEVEL_BELOW_M: f64 = 0.6;
const LEVEL_SINE: f64 = 0.05;

impl Flight {
    /// Goes on without a rotor, as far as the airframe can.
    pub(super) fn lose(&mut self, rotor: usize, told_radps: &[f64; ROTORS_MAX], at_rest: bool) {
        self.mixer.lose(rotor);
        self.events.push(Event::RotorLost(rotor as u8));
        if at_rest {
            self.modes.stand_down(&mut self.events);
            return;
        }
        match &mut self.crippled {
            Ok(crippled) => crippled.lose(rotor, told_radps),
            // More rotors than four hold it level without one.
            Err(Unfit::NotFour) => {}
            Err(why) => self.events.push(Event::Falling(*why)),
        }
    }

    /// Without one of four rotors it is put down wherever it touches: no steering makes a touch gentler, and the ground
    /// takes away the spin that it steers by.
    pub(super) fn watch_for_touch(&mut self, senses: &Senses<'_>) {
        let is_touched =
            senses.imu.accel_frd_mps2.length() > TOUCH_MPS2 && self.clear_m() < TOUCH_BELOW_M;
        if is_touched && self.modes.is_armed() && self.is_spinning() {
            self.modes.put_down(&mut self.events);
        }
    }

    /// How much room is below, as far as is known.
    fn clear_m(&self) -> f64 {
        let height_m = -self.estimate.position_ned_m().z;
        self.estimate.range_height_m(self.now).map_or(height_m, |range_m| range_m.min(height_m))
    }

    /// Whether it is a quadrotor that flies without one of its rotors.
    pub(super) fn is_spinning(&self) -> bool {
        self.crippled.as_ref().is_ok_and(Crippled::is_without)
    }

    /// Flies on as a quadrotor without a rotor does; none where it is whole or another.
    pub(super) fn spin_down(&mut self, goal: &Goal) -> Option<Thrust> {
        if !self.is_spinning() {
            return None;
        }
        // It is slow to lean: it comes to rest where it can, and goes back to no place.
        let across = match goal.across {
            Across::Keep => Across::Keep,
            Across::Place | Across::Velocity(_) | Across::Stop | Across::Lean(_) => {
                Across::Velocity(DVec2::ZERO)
            }
        };
        let goal = &Goal { across, ..*goal };
        let clear_m = self.clear_m();
        let crippled = self.crippled.as_mut().ok()?;
        let lift_n = self.control.pull(self.now, goal, &self.estimate, Stance::Spinning);
        let mut up_ned = self.control.up_ned();
        if clear_m < LEVEL_BELOW_M {
            let across = up_ned.with_z(0.0).clamp_length_max(LEVEL_SINE);
            up_ned = (across - DVec3::Z).normalize();
        }
        let aim = Aim { up_ned, lift_n };
        let (attitude, rates) = (self.estimate.ned_from_frd(), self.estimate.rates_frd_radps());
        let thrust = crippled.step(&aim, attitude, rates)?;
        self.lift_n = lift_n;
        self.state.wants = self.control.wants(&Wrench { lift_n, torque_frd_nm: DVec3::ZERO });
        Some(thrust)
    }
}
