//! What each sense says against the belief, and what the belief makes of it.
//!
//! **Never:** leaps: what lies beyond its gate is left, until it has become likely.

use super::filter::{
    ACCEL_BIAS, AIR_HEIGHT, Correction, GYRO_BIAS, POSITION, Surprise, TURN, VELOCITY,
};
use super::{Estimate, FIX_FRESH_S, FIX_LATENCY_TICKS, PAST_TICKS};
use crate::senses::{Gnss, Senses, Tick};
use glam::{DQuat, DVec3};

/// How still standing is: m/s, metres, rad/s.
const REST_SD: (f64, f64, f64) = (0.02, 0.1, 0.01);
/// The error of a fix wanders slowly, so fix after fix says the same: its deviation counts so many times over.
pub(crate) const FIX_WANDERS: f64 = 5.0;
/// Deviation of the velocity of a fix, m/s.
pub(crate) const FIX_VELOCITY_SD_MPS: f64 = 0.06;
/// A place that is refused while the velocity fits makes the belief less sure each time, by so much, metres: in minutes
/// it may become likely.
pub(crate) const REFUSED_SD_M: f64 = 0.15;
/// Deviation of a height from air pressure, metres: noise and the wash of the propellers.
pub(crate) const AIR_SD_M: f64 = 0.6;
/// Deviation of a heading from the compass, radians: iron and currents more than noise.
pub(crate) const HEADING_SD_RAD: f64 = 0.35;
/// Deviation of a height from the range finder, metres.
pub(crate) const RANGE_SD_M: f64 = 0.05;
/// The range finder speaks of the ground only this near to it, metres.
pub(crate) const RANGE_NEAR_M: f64 = 4.0;
/// Leaning farther than this cosine (14°), straight below is not what is measured.
pub(crate) const RANGE_UPRIGHT_MIN: f64 = 0.97;
/// A larger surprise is an obstacle below, not an error of height, metres.
pub(crate) const RANGE_SURPRISE_MAX_M: f64 = 1.0;
/// Gates, in standard deviations.
pub(crate) const GATE: f64 = 5.0;
pub(crate) const HEADING_GATE: f64 = 3.0;
/// Deviation of a velocity from the air's push and the wind of before, m/s: gusts last for seconds, so that fifty a
/// second say much the same.
pub(crate) const AIR_PUSH_SD_MPS: f64 = 15.0;
/// Near the ground the propellers' wash comes back and misleads the barometer anew each moment, by so much, metres.
pub(crate) const WASH_SD_M: f64 = 0.1;
/// No gyroscope and no accelerometer of this kind is worse than this, rad/s and m/s².
pub(crate) const BIAS_MAX: (f64, f64) = (0.05, 0.8);

impl Estimate {
    /// While satellites tell the velocity, the air's push tells the wind; without them, it tells the velocity.
    pub(super) fn feel_air(&mut self, now: Tick, force_ned_mps2: DVec3) {
        if self.trusts.velocity.age_s(now) < FIX_FRESH_S {
            self.wind.feel(force_ned_mps2, self.ned_from_frd, self.velocity_ned_mps);
        } else if let Some(told) = self.wind.velocity_ned_mps(force_ned_mps2, self.ned_from_frd) {
            let off = told - self.velocity_ned_mps;
            self.learn(&[(VELOCITY, 1.0)], off.x, AIR_PUSH_SD_MPS, GATE);
            self.learn(&[(VELOCITY + 1, 1.0)], off.y, AIR_PUSH_SD_MPS, GATE);
        }
    }

    pub(super) fn rest(&mut self, senses: &Senses<'_>) {
        let (speed_sd, place_sd, turn_sd) = REST_SD;
        for axis in 0..3 {
            let speed = self.velocity_ned_mps[axis];
            self.learn(&[(VELOCITY + axis, 1.0)], -speed, speed_sd, f64::INFINITY);
            let turn = senses.imu.gyro_frd_radps[axis] - self.gyro_bias_radps[axis];
            self.learn(&[(GYRO_BIAS + axis, 1.0)], turn, turn_sd, GATE);
        }
        if !self.has_flown {
            for axis in 0..2 {
                let place = self.position_ned_m[axis];
                self.learn(&[(POSITION + axis, 1.0)], -place, place_sd, f64::INFINITY);
            }
        }
    }

    pub(super) fn believe_fix(&mut self, now: Tick, fix: &Gnss, at_rest: bool) {
        let is_live = self.alive.satellites.is_live(fix.velocity_ned_mps.x);
        if now.0 < FIX_LATENCY_TICKS || !is_live || (at_rest && !self.has_flown) {
            return;
        }
        let then = (now.0 - FIX_LATENCY_TICKS) as usize % PAST_TICKS;
        let (place_then, velocity_then) = self.past[then];
        let sds = [fix.horizontal_sd_m, fix.horizontal_sd_m, fix.vertical_sd_m];
        let off_m = self.place.ned_m(fix) - (place_then + self.learnt.0);
        // Judged by what is known before the velocity makes it surer.
        let fits = [0, 1, 2].map(|axis| {
            let sd = libm::hypot(self.filter.sd(POSITION + axis), 2.0 * sds[axis]) + 0.2;
            at_rest || off_m[axis].abs() <= GATE * sd
        });
        let off_mps = fix.velocity_ned_mps - (velocity_then + self.learnt.1);
        let mut speed_fits = true;
        for axis in 0..3 {
            let shows = [(VELOCITY + axis, 1.0)];
            speed_fits &= self.learn(&shows, off_mps[axis], FIX_VELOCITY_SD_MPS, GATE);
        }
        if speed_fits {
            self.trusts.velocity.renew(now);
        }
        // Only a place that fits in both directions is a place.
        let is_place = fits[0] && fits[1] && speed_fits;
        let off_m = self.place.ned_m(fix) - (place_then + self.learnt.0);
        for axis in 0..3 {
            if fits[axis] && (axis == 2 || is_place) {
                let sd = FIX_WANDERS * sds[axis];
                self.learn(&[(POSITION + axis, 1.0)], off_m[axis], sd, f64::INFINITY);
            } else if speed_fits {
                self.filter.loosen(POSITION + axis, REFUSED_SD_M);
            }
        }
        if is_place {
            self.trusts.place.renew(now);
        }
    }

    pub(super) fn believe_pressure(&mut self, now: Tick, pressure_pa: f64) {
        if !self.alive.barometer.is_live(pressure_pa) {
            return;
        }
        let expected_m = self.air_height_m - self.position_ned_m.z;
        let off_m = self.air.height_m(pressure_pa) - expected_m;
        if self.learn(&[(POSITION + 2, -1.0), (AIR_HEIGHT, 1.0)], off_m, AIR_SD_M, GATE) {
            self.trusts.height.renew(now);
        }
    }

    pub(super) fn believe_field(&mut self, now: Tick, field_frd_gauss: DVec3) {
        if let Some(off_rad) = self.compass.heading_off_rad(field_frd_gauss, self.ned_from_frd)
            && self.learn(&[(TURN + 2, 1.0)], off_rad, HEADING_SD_RAD, HEADING_GATE)
        {
            self.trusts.heading.renew(now);
        }
    }

    pub(super) fn believe_range(&mut self, now: Tick, range_m: f64) {
        if !self.alive.rangefinder.is_live(range_m) {
            return;
        }
        let upright = (self.ned_from_frd * DVec3::Z).z;
        let over_ground_m = range_m * upright - self.range_at_rest_m;
        self.range_height = Some((now, over_ground_m));
        let off_m = over_ground_m + self.position_ned_m.z;
        if upright > RANGE_UPRIGHT_MIN
            && over_ground_m < RANGE_NEAR_M
            && off_m.abs() < RANGE_SURPRISE_MAX_M
        {
            self.filter.loosen(AIR_HEIGHT, WASH_SD_M);
            self.learn(&[(POSITION + 2, -1.0)], off_m, RANGE_SD_M, f64::INFINITY);
        }
    }

    /// Learns from a surprise; whether it was believed.
    fn learn(&mut self, shows: &[(usize, f64)], by: f64, sd: f64, gate: f64) -> bool {
        match self.filter.weigh(&Surprise { shows, by, sd, gate }) {
            Some(correction) => {
                self.mend(&correction);
                true
            }
            None => false,
        }
    }

    fn mend(&mut self, by: &Correction) {
        let three = |first: usize| DVec3::new(by[first], by[first + 1], by[first + 2]);
        self.position_ned_m += three(POSITION);
        self.velocity_ned_mps += three(VELOCITY);
        self.learnt.0 += three(POSITION);
        self.learnt.1 += three(VELOCITY);
        let half = three(TURN) * 0.5;
        let turned = DQuat::from_xyzw(half.x, half.y, half.z, 1.0) * self.ned_from_frd;
        self.ned_from_frd = turned.normalize();
        let (gyro_max, accel_max) = BIAS_MAX;
        let (gyro_max, accel_max) = (DVec3::splat(gyro_max), DVec3::splat(accel_max));
        self.gyro_bias_radps = (self.gyro_bias_radps + three(GYRO_BIAS)).clamp(-gyro_max, gyro_max);
        self.accel_bias_mps2 =
            (self.accel_bias_mps2 + three(ACCEL_BIAS)).clamp(-accel_max, accel_max);
        self.air_height_m += by[AIR_HEIGHT];
    }
}
