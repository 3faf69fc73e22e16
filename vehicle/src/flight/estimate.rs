//! What the vehicle believes: attitude, velocity, place, and the wind.
//!
//! Inertial readings carry the belief from tick to tick; satellites, air pressure, the compass and the range finder
//! surprise it, and the filter says how much of each surprise to believe. A fix describes the past, so it is compared
//! with what is believed now of then.
//!
//! **Never:** commands anything; believes a surprise that it cannot explain; allocates.

pub mod compass;
pub mod filter;
pub mod health;
pub mod level;
pub mod place;
pub mod wind;

use crate::senses::{Gnss, Senses, TICK_S, Tick};
use compass::Compass;
use filter::{
    ACCEL_BIAS, AIR_HEIGHT, Correction, Filter, GYRO_BIAS, POSITION, Surprise, TURN, VELOCITY,
};
use glam::{DMat3, DQuat, DVec3};
use health::{Trust, Watch};
use level::Levelling;
use place::{Air, Place};
use wind::Wind;

/// Standard gravity, m/s².
pub const GRAVITY_MPS2: f64 = 9.806_65;

/// How old a fix is when it arrives, in ticks (0.12 s).
const FIX_LATENCY_TICKS: u64 = 60;
/// Ticks of the past kept for late fixes.
const PAST_TICKS: usize = 64;
/// A fix older than this no longer holds the estimate, seconds.
const FIX_FRESH_S: f64 = 1.0;
/// A range older than this says nothing of now, in ticks (0.2 s).
const RANGE_FRESH_TICKS: u64 = 100;

/// The covariance grows once in so many ticks.
const GROW_TICKS: u64 = 10;
const GROW_S: f64 = GROW_TICKS as f64 * TICK_S;
/// Standing still is told to the filter once in so many ticks, at this phase.
const REST_TICKS: (u64, u64) = (50, 20);
/// How still standing is: m/s, metres, rad/s.
const REST_SD: (f64, f64, f64) = (0.02, 0.1, 0.01);

/// The error of a fix wanders slowly, so fix after fix says the same: its deviation counts so many times over.
const FIX_WANDERS: f64 = 5.0;
/// Deviation of the velocity of a fix, m/s.
const FIX_VELOCITY_SD_MPS: f64 = 0.06;
/// Deviation of a height from air pressure, metres: noise and the wash of the propellers.
const AIR_SD_M: f64 = 0.6;
/// Deviation of a heading from the compass, radians: iron and currents more than noise.
const HEADING_SD_RAD: f64 = 0.35;
/// Deviation of a height from the range finder, metres.
const RANGE_SD_M: f64 = 0.05;
/// The range finder speaks of the ground only this near to it, metres.
const RANGE_NEAR_M: f64 = 4.0;
/// Leaning farther than this cosine (14°), straight below is not what is measured.
const RANGE_UPRIGHT_MIN: f64 = 0.97;
/// A larger surprise is an obstacle below, not an error of height, metres.
const RANGE_SURPRISE_MAX_M: f64 = 1.0;
/// Gates, in standard deviations.
const GATE: f64 = 5.0;
const HEADING_GATE: f64 = 3.0;
/// Deviation of a velocity from the air's push and the wind of before, m/s: gusts last for seconds, so that fifty a
/// second say much the same.
const AIR_PUSH_SD_MPS: f64 = 15.0;
/// Near the ground the propellers' wash comes back and misleads the barometer anew each moment, by so much, metres.
const WASH_SD_M: f64 = 0.1;
/// No gyroscope and no accelerometer of this kind is worse than this, rad/s and m/s².
const BIAS_MAX: (f64, f64) = (0.05, 0.8);
/// A belief that leans by so much more than it should is no belief, radians; and so is a velocity, m/s.
const DIVERGED_SD: (f64, f64) = (0.2, 10.0);

/// The running estimate.
pub struct Estimate {
    declination_rad: f64,
    levelling: Option<Levelling>,
    filter: Filter,
    ned_from_frd: DQuat,
    rates_frd_radps: DVec3,
    gyro_bias_radps: DVec3,
    accel_bias_mps2: DVec3,
    position_ned_m: DVec3,
    velocity_ned_mps: DVec3,
    air_height_m: f64,
    force_sum_ned_mps2: DVec3,
    past: [(DVec3, DVec3); PAST_TICKS],
    learnt: (DVec3, DVec3),
    place: Place,
    air: Air,
    compass: Compass,
    wind: Wind,
    range_at_rest_m: f64,
    range_height: Option<(Tick, f64)>,
    has_flown: bool,
    lift_mps2: f64,
    alive: Alive,
    trusts: Trusts,
}

/// Which sensors live.
#[derive(Clone, Copy, Debug)]
struct Alive {
    gyroscope: Watch,
    accelerometer: Watch,
    barometer: Watch,
    satellites: Watch,
}

/// When each sense was last believed.
#[derive(Clone, Copy, Debug)]
struct Trusts {
    place: Trust,
    velocity: Trust,
    height: Trust,
    heading: Trust,
}

/// How the senses and the belief get along.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Soundness {
    /// The gyroscope lives.
    pub gyroscope: bool,
    /// The accelerometer lives.
    pub accelerometer: bool,
    /// Air pressure was believed within the last second.
    pub barometer: bool,
    /// The compass was believed within the last second.
    pub compass: bool,
    /// Nobody can tell any more which way is up or how fast it goes.
    pub has_diverged: bool,
}

impl Soundness {
    /// Whether to come down while there is still something to come down by.
    pub fn is_astray(&self) -> bool {
        self.has_diverged || !self.accelerometer || !self.gyroscope
    }
}

impl Estimate {
    /// Knows nothing yet; learns it standing still. `drag_per_s` is how fast the air takes away a speed through it,
    /// in parts a second; `declination_rad` how far east of north a compass points here.
    pub fn new(drag_per_s: f64, declination_rad: f64) -> Self {
        Self {
            declination_rad,
            levelling: Some(Levelling::new()),
            filter: Filter::levelled(),
            ned_from_frd: DQuat::IDENTITY,
            rates_frd_radps: DVec3::ZERO,
            gyro_bias_radps: DVec3::ZERO,
            accel_bias_mps2: DVec3::ZERO,
            position_ned_m: DVec3::ZERO,
            velocity_ned_mps: DVec3::ZERO,
            air_height_m: 0.0,
            force_sum_ned_mps2: DVec3::ZERO,
            past: [(DVec3::ZERO, DVec3::ZERO); PAST_TICKS],
            learnt: (DVec3::ZERO, DVec3::ZERO),
            place: Place::nowhere(),
            air: Air::unknown(),
            compass: Compass::unknown(),
            wind: Wind::unknown(drag_per_s),
            range_at_rest_m: 0.0,
            range_height: None,
            has_flown: false,
            lift_mps2: 0.0,
            alive: Alive {
                gyroscope: Watch::unread(),
                accelerometer: Watch::unread(),
                barometer: Watch::unread(),
                satellites: Watch::unread(),
            },
            trusts: Trusts {
                place: Trust::none(),
                velocity: Trust::none(),
                height: Trust::none(),
                heading: Trust::none(),
            },
        }
    }

    /// Takes in one tick. `at_rest` says that the vehicle stands on the ground, `lift_mps2` what the rotors were told
    /// to push along body up in the last tick.
    pub fn update(&mut self, now: Tick, senses: &Senses<'_>, at_rest: bool, lift_mps2: f64) {
        self.lift_mps2 += 0.05 * (lift_mps2 - self.lift_mps2);
        let fix = senses.fix();
        if let Some(fix) = &fix
            && at_rest
            && !self.has_flown
        {
            self.place.average(fix);
            self.trusts.place.renew(now);
        }
        self.has_flown |= !at_rest;
        if let Some(levelling) = &mut self.levelling {
            levelling.add(senses);
            let Some(level) = levelling.finish(self.place.is_known(), self.declination_rad) else {
                return;
            };
            self.ned_from_frd = level.ned_from_frd;
            self.gyro_bias_radps = level.gyro_bias_radps;
            self.accel_bias_mps2 = DVec3::Z * level.accel_bias_down_mps2;
            self.compass = Compass::levelled(level.field_ned_gauss);
            self.air = Air::over(level.pressure_pa);
            self.range_at_rest_m = level.range_m;
            self.levelling = None;
        }
        self.carry(now, senses);
        if at_rest && now.0 % REST_TICKS.0 == REST_TICKS.1 {
            self.rest(senses);
        }
        if let Some(fix) = &fix {
            self.believe_fix(now, fix, at_rest);
        }
        if let Some(pressure_pa) = senses.pressure_pa {
            self.believe_pressure(now, pressure_pa);
        }
        if let Some(field) = senses.magnetic_frd_gauss
            && let Some(off_rad) = self.compass.heading_off_rad(field, self.ned_from_frd)
            && self.learn(&[(TURN + 2, 1.0)], off_rad, HEADING_SD_RAD, HEADING_GATE)
        {
            self.trusts.heading.renew(now);
        }
        if let Some(range_m) = senses.range_m {
            self.believe_range(now, range_m);
        }
        let (place, speed) = self.learnt;
        self.past[now.0 as usize % PAST_TICKS] =
            (self.position_ned_m - place, self.velocity_ned_mps - speed);
    }

    /// Whether the estimate stands.
    pub fn is_ready(&self) -> bool {
        self.levelling.is_none()
    }

    /// Whether satellites hold the estimate.
    pub fn has_fix(&self, now: Tick) -> bool {
        self.trusts.place.age_s(now) < FIX_FRESH_S
    }

    /// Since when no fix was believed, seconds.
    pub fn fix_age_s(&self, now: Tick) -> f64 {
        self.trusts.place.age_s(now)
    }

    /// How the senses and the belief get along.
    pub fn soundness(&self, now: Tick) -> Soundness {
        if let Some(levelling) = &self.levelling {
            let heard = levelling.heard();
            return Soundness {
                gyroscope: heard.gyroscope,
                accelerometer: heard.accelerometer,
                barometer: heard.barometer,
                compass: heard.compass,
                has_diverged: false,
            };
        }
        let (tilt_sd, velocity_sd) = DIVERGED_SD;
        let tilt = self.filter.sd(TURN).max(self.filter.sd(TURN + 1));
        let speed = self.filter.sd(VELOCITY).max(self.filter.sd(VELOCITY + 1));
        Soundness {
            gyroscope: self.alive.gyroscope.was_live(),
            accelerometer: self.alive.accelerometer.was_live(),
            barometer: self.trusts.height.age_s(now) < 1.0,
            compass: self.trusts.heading.age_s(now) < 1.0,
            has_diverged: !self.ned_from_frd.is_finite() || tilt > tilt_sd || speed > velocity_sd,
        }
    }

    /// Rotation that takes body FRD to local NED.
    pub fn ned_from_frd(&self) -> DQuat {
        self.ned_from_frd
    }

    /// Angular rate, bias removed, rad/s.
    pub fn rates_frd_radps(&self) -> DVec3 {
        self.rates_frd_radps
    }

    /// From the place of power-on, metres.
    pub fn position_ned_m(&self) -> DVec3 {
        self.position_ned_m
    }

    /// Velocity, m/s.
    pub fn velocity_ned_mps(&self) -> DVec3 {
        self.velocity_ned_mps
    }

    /// Of the air, north and east, m/s, as far as the vehicle is blown by it; none before it has flown a while.
    pub fn wind_ned_mps(&self) -> Option<DVec3> {
        self.wind.ned_mps()
    }

    /// Where power-on was.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Height over what is below, from the range finder; `None` where it saw nothing lately.
    pub fn range_height_m(&self, now: Tick) -> Option<f64> {
        self.range_height
            .filter(|(at, _)| now.0 < at.0 + RANGE_FRESH_TICKS)
            .map(|(_, height_m)| height_m)
    }

    fn carry(&mut self, now: Tick, senses: &Senses<'_>) {
        let imu = &senses.imu;
        self.alive.gyroscope.is_live(imu.gyro_frd_radps.x);
        let is_felt = self.alive.accelerometer.is_live(imu.accel_frd_mps2.x);
        self.rates_frd_radps = imu.gyro_frd_radps - self.gyro_bias_radps;
        let half = self.rates_frd_radps * (0.5 * TICK_S);
        // One is not quite the cosine; the length is mended to first order, which keeps it at one.
        let turned = self.ned_from_frd * DQuat::from_xyzw(half.x, half.y, half.z, 1.0);
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
            if self.has_flown {
                self.feel_air(now, force_ned);
            }
        }
    }

    /// While satellites tell the velocity, the air's push tells the wind; without them, it tells the velocity.
    fn feel_air(&mut self, now: Tick, force_ned_mps2: DVec3) {
        if self.trusts.velocity.age_s(now) < FIX_FRESH_S {
            self.wind.feel(force_ned_mps2, self.ned_from_frd, self.velocity_ned_mps);
        } else if let Some(told) = self.wind.velocity_ned_mps(force_ned_mps2, self.ned_from_frd) {
            let off = told - self.velocity_ned_mps;
            self.learn(&[(VELOCITY, 1.0)], off.x, AIR_PUSH_SD_MPS, GATE);
            self.learn(&[(VELOCITY + 1, 1.0)], off.y, AIR_PUSH_SD_MPS, GATE);
        }
    }

    fn rest(&mut self, senses: &Senses<'_>) {
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

    fn believe_fix(&mut self, now: Tick, fix: &Gnss, at_rest: bool) {
        let is_live = self.alive.satellites.is_live(fix.velocity_ned_mps.x);
        if now.0 < FIX_LATENCY_TICKS || !is_live || (at_rest && !self.has_flown) {
            return;
        }
        let then = (now.0 - FIX_LATENCY_TICKS) as usize % PAST_TICKS;
        let (place_then, velocity_then) = self.past[then];
        let off_m = self.place.ned_m(fix) - (place_then + self.learnt.0);
        let off_mps = fix.velocity_ned_mps - (velocity_then + self.learnt.1);
        let mut speed_fits = true;
        for axis in 0..3 {
            speed_fits &=
                self.learn(&[(VELOCITY + axis, 1.0)], off_mps[axis], FIX_VELOCITY_SD_MPS, GATE);
        }
        if speed_fits {
            self.trusts.velocity.renew(now);
        }
        let sds = [fix.horizontal_sd_m, fix.horizontal_sd_m, fix.vertical_sd_m];
        // Only a place that fits in both directions is a place.
        let fits = |axis: usize| {
            let sd = libm::hypot(self.filter.sd(POSITION + axis), 2.0 * sds[axis]) + 0.2;
            off_m[axis].abs() <= GATE * sd
        };
        if fits(0) && fits(1) && speed_fits {
            for axis in 0..3 {
                let sd = FIX_WANDERS * sds[axis];
                self.learn(&[(POSITION + axis, 1.0)], off_m[axis], sd, f64::INFINITY);
            }
            self.trusts.place.renew(now);
        }
    }

    fn believe_pressure(&mut self, now: Tick, pressure_pa: f64) {
        if !self.alive.barometer.is_live(pressure_pa) {
            return;
        }
        let expected_m = self.air_height_m - self.position_ned_m.z;
        let off_m = self.air.height_m(pressure_pa) - expected_m;
        if self.learn(&[(POSITION + 2, -1.0), (AIR_HEIGHT, 1.0)], off_m, AIR_SD_M, GATE) {
            self.trusts.height.renew(now);
        }
    }

    fn believe_range(&mut self, now: Tick, range_m: f64) {
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
