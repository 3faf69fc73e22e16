//! From tick to tick: what the inertial readings make of the belief.
//!
//! **Never:** reads another sense; doubts what it reads, but where it is dead.

use super::filter::{TURN, VELOCITY};
use super::{Estimate, GRAVITY_MPS2};
use crate::senses::{Senses, TICK_S, Tick};
use glam::{DMat3, DQuat, DVec3};

/// The covariance grows once in so many ticks.
const GROW_TICKS: u64 = 10;
const GROW_S: f64 = GROW_TICKS as f64 * TICK_S;
/// Turning faster than this is no manoeuvre but a spin, rad/s.
const SPIN_RADPS: f64 = 8.0;
/// How far level and heading may be off for each radian of a spin, as if anew each time. The gyroscope's own errors are
/// a third of a per cent, but they last.
const SPIN_DOUBT: (f64, f64) = (0.004, 0.05);
/// And a velocity that such a lean has led to, each time, m/s.
const SPIN_SPEED_SD_MPS: f64 = 0.02;

impl Estimate {
    pub(super) fn carry(&mut self, now: Tick, senses: &Senses<'_>, at_rest: bool) {
        let imu = &senses.imu;
        self.alive.gyroscope.is_live(imu.gyro_frd_radps.x);
        let is_felt = self.alive.accelerometer.is_live(imu.accel_frd_mps2.x);
        self.rates_frd_radps = imu.gyro_frd_radps - self.gyro_bias_radps;
        let half = self.rates_frd_radps * (0.5 * TICK_S);
        let turned = if self.spins() {
            self.ned_from_frd * DQuat::from_scaled_axis(half * 2.0)
        } else {
            // One is not quite the cosine, and the sine is not quite the angle.
            self.ned_from_frd * DQuat::from_xyzw(half.x, half.y, half.z, 1.0)
        };
        // The length is mended to first order, which keeps it at one.
        self.ned_from_frd = turned * (1.5 - 0.5 * turned.length_squared());
        // A dead accelerometer would say that it falls: then what the rotors were told has to do.
        let felt = imu.accel_frd_mps2 - self.accel_bias_mps2;
        let force_frd = if is_felt { felt } else { DVec3::NEG_Z * self.lift_mps2 };
        let force_ned = self.ned_from_frd * force_frd;
        let acceleration = force_ned + DVec3::Z * GRAVITY_MPS2;
        self.position_ned_m += (self.velocity_ned_mps + acceleration * (0.5 * TICK_S)) * TICK_S;
        self.velocity_ned_mps += acceleration * TICK_S;
        self.force_sum_ned_mps2 += force_ned;
        if now.0.is_multiple_of(GROW_TICKS) {
            let force_ned = self.force_sum_ned_mps2 / GROW_TICKS as f64;
            self.force_sum_ned_mps2 = DVec3::ZERO;
            self.filter.grow(GROW_S, DMat3::from_quat(self.ned_from_frd), force_ned);
            if self.spins() {
                self.doubt_spin();
            }
            if !at_rest {
                self.feel_air(now, force_ned);
            }
        }
    }

    /// What the gyroscope's scale and the tilt of its axes are off by, a spin turns into a heading that runs away, and
    /// with it a lean; compass and satellites mend it if they may.
    fn doubt_spin(&mut self) {
        let turned_rad = self.rates_frd_radps.length() * GROW_S;
        let (level, heading) = SPIN_DOUBT;
        for (axis, part) in [level, level, heading].into_iter().enumerate() {
            self.filter.loosen(TURN + axis, part * turned_rad);
            self.filter.loosen(VELOCITY + axis, SPIN_SPEED_SD_MPS);
        }
    }

    /// Whether it turns so fast, and for so long, that what is small otherwise counts.
    fn spins(&self) -> bool {
        self.is_spun && self.rates_frd_radps.length_squared() > SPIN_RADPS * SPIN_RADPS
    }
}
