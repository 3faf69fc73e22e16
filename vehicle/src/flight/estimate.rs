//! What the vehicle believes: attitude, velocity, place.
//!
//! Inertial readings carry the estimate from tick to tick; satellites, air pressure, the compass and the range finder
//! pull it back with fixed gains. A fix describes the past, so it is compared with what was believed then.
//!
//! **Never:** commands anything; believes a single reading outright; allocates.

pub mod attitude;
pub mod level;
pub mod place;

use crate::senses::{Gnss, Senses, TICK_S, Tick};
use attitude::Attitude;
use glam::{DQuat, DVec3};
use level::Levelling;
use place::{Air, Place};

/// Standard gravity, m/s².
pub const GRAVITY_MPS2: f64 = 9.806_65;

/// How old a fix is when it arrives, in ticks (0.12 s).
const FIX_LATENCY_TICKS: u64 = 60;

/// Ticks of the past kept for late fixes.
const PAST_TICKS: usize = 64;

/// A fix older than this no longer holds the estimate, in ticks (1 s).
const FIX_FRESH_TICKS: u64 = 500;

/// A range older than this says nothing of now, in ticks (0.2 s).
const RANGE_FRESH_TICKS: u64 = 100;

/// Part of a fix's position surprise that is believed; satellites wander slowly, so it is small.
const FIX_POSITION_GAIN: f64 = 0.06;
/// Part of a fix's velocity surprise that is believed.
const FIX_VELOCITY_GAIN: f64 = 0.15;
/// Tilt per metre per second of velocity surprise: a leaning horizon shows as a false acceleration.
const FIX_TILT_GAIN_RAD: f64 = 0.06 / GRAVITY_MPS2;
/// Parts of an air-pressure surprise that go to height, to climb (1/s) and to the accelerometer (1/s²).
const AIR_GAINS: [f64; 3] = [0.024, 0.012, 0.0006];
/// Parts of a range surprise that go to height and to climb (1/s), and to the air-pressure reference.
const RANGE_GAINS: [f64; 3] = [0.08, 0.06, 0.04];
/// The range finder speaks of the ground only this near to it, metres.
const RANGE_NEAR_M: f64 = 4.0;
/// Leaning farther than this cosine (14°), straight below is not what is measured.
const RANGE_UPRIGHT_MIN: f64 = 0.97;
/// A larger surprise is an obstacle below, not an error of height, metres.
const RANGE_SURPRISE_MAX_M: f64 = 1.0;
/// Surprises are cut to these before they are believed, metres and m/s.
const FIX_SURPRISE_MAX: (f64, f64) = (8.0, 3.0);
/// What remains of a velocity after one tick of standing still.
const REST_DECAY: f64 = 0.98;

/// The running estimate.
pub struct Estimate {
    levelling: Option<Levelling>,
    attitude: Attitude,
    accel_bias_down_mps2: f64,
    position_ned_m: DVec3,
    velocity_ned_mps: DVec3,
    past: [(DVec3, DVec3); PAST_TICKS],
    place: Place,
    air: Air,
    range_at_rest_m: f64,
    range_height: Option<(Tick, f64)>,
    fix_at: Option<Tick>,
    has_flown: bool,
}

impl Estimate {
    /// Knows nothing yet; learns it standing still.
    pub fn new() -> Self {
        Self {
            levelling: Some(Levelling::new()),
            attitude: Attitude::new(DQuat::IDENTITY, DVec3::ZERO),
            accel_bias_down_mps2: 0.0,
            position_ned_m: DVec3::ZERO,
            velocity_ned_mps: DVec3::ZERO,
            past: [(DVec3::ZERO, DVec3::ZERO); PAST_TICKS],
            place: Place::nowhere(),
            air: Air::unknown(),
            range_at_rest_m: 0.0,
            range_height: None,
            fix_at: None,
            has_flown: false,
        }
    }

    /// Takes in one tick. `at_rest` says that the vehicle stands on the ground.
    pub fn update(&mut self, now: Tick, senses: &Senses<'_>, at_rest: bool) {
        if let Some(fix) = &senses.gnss {
            self.fix_at = Some(now);
            if at_rest && !self.has_flown {
                self.place.average(fix);
            }
        }
        self.has_flown |= !at_rest;
        if let Some(levelling) = &mut self.levelling {
            levelling.add(senses);
            let Some(level) = levelling.finish(self.place.is_known()) else {
                return;
            };
            self.attitude = Attitude::new(level.ned_from_frd, level.gyro_bias_radps);
            self.accel_bias_down_mps2 = level.accel_bias_down_mps2;
            self.air = Air::over(level.pressure_pa);
            self.range_at_rest_m = level.range_m;
            self.levelling = None;
        }
        self.carry(now, senses);
        if at_rest {
            self.rest(senses);
        }
        if let Some(fix) = &senses.gnss {
            self.believe_fix(now, fix, at_rest);
        }
        if let Some(pressure_pa) = senses.pressure_pa {
            self.believe_pressure(pressure_pa);
        }
        if let Some(field) = senses.magnetic_frd_gauss {
            self.attitude.face_north(field);
        }
        if let Some(range_m) = senses.range_m {
            self.believe_range(now, range_m);
        }
        self.past[now.0 as usize % PAST_TICKS] = (self.position_ned_m, self.velocity_ned_mps);
    }

    /// Whether the estimate stands.
    pub fn is_ready(&self) -> bool {
        self.levelling.is_none()
    }

    /// Whether satellites hold the estimate.
    pub fn has_fix(&self, now: Tick) -> bool {
        self.fix_at.is_some_and(|at| now.0 < at.0 + FIX_FRESH_TICKS)
    }

    /// Rotation that takes body FRD to local NED.
    pub fn ned_from_frd(&self) -> DQuat {
        self.attitude.ned_from_frd()
    }

    /// Angular rate, bias removed, rad/s.
    pub fn rates_frd_radps(&self) -> DVec3 {
        self.attitude.rates_frd_radps()
    }

    /// From the place of power-on, metres.
    pub fn position_ned_m(&self) -> DVec3 {
        self.position_ned_m
    }

    /// Velocity, m/s.
    pub fn velocity_ned_mps(&self) -> DVec3 {
        self.velocity_ned_mps
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
        self.attitude.turn(senses.imu.gyro_frd_radps);
        let force_ned = self.attitude.ned_from_frd() * senses.imu.accel_frd_mps2;
        let down_mps2 = force_ned.z + GRAVITY_MPS2 - self.accel_bias_down_mps2;
        let acceleration = DVec3::new(force_ned.x, force_ned.y, down_mps2);
        self.position_ned_m += self.velocity_ned_mps * TICK_S;
        self.velocity_ned_mps += acceleration * TICK_S;
        if !self.has_fix(now) {
            // With nothing else to hold the horizon, gravity does.
            self.attitude.level_by_gravity(force_ned, 0.1 * TICK_S);
        }
    }

    fn rest(&mut self, senses: &Senses<'_>) {
        self.velocity_ned_mps *= REST_DECAY;
        let force_ned = self.attitude.ned_from_frd() * senses.imu.accel_frd_mps2;
        self.attitude.level_by_gravity(force_ned, 0.2 * TICK_S);
        self.attitude.learn_bias_at_rest(senses.imu.gyro_frd_radps, 0.05 * TICK_S);
        if !self.has_flown {
            self.position_ned_m.x = 0.0;
            self.position_ned_m.y = 0.0;
        }
    }

    fn believe_fix(&mut self, now: Tick, fix: &Gnss, at_rest: bool) {
        if now.0 < FIX_LATENCY_TICKS {
            return;
        }
        let then = (now.0 - FIX_LATENCY_TICKS) as usize % PAST_TICKS;
        let (position_then, velocity_then) = self.past[then];
        let (metres_max, mps_max) = FIX_SURPRISE_MAX;
        let off_m = (self.place.ned_m(fix) - position_then).clamp_length_max(metres_max);
        let off_mps = (fix.velocity_ned_mps - velocity_then).clamp_length_max(mps_max);
        if at_rest && !self.has_flown {
            return;
        }
        // Height is left to the barometer: satellites are worst straight up.
        self.position_ned_m.x += FIX_POSITION_GAIN * off_m.x;
        self.position_ned_m.y += FIX_POSITION_GAIN * off_m.y;
        if at_rest {
            return;
        }
        self.velocity_ned_mps += FIX_VELOCITY_GAIN * off_mps;
        let tilt_ned = DVec3::new(off_mps.y, -off_mps.x, 0.0) * FIX_TILT_GAIN_RAD;
        self.attitude.correct(tilt_ned);
    }

    fn believe_pressure(&mut self, pressure_pa: f64) {
        let off_m = (self.air.height_m(pressure_pa) + self.position_ned_m.z).clamp(-5.0, 5.0);
        let [height, climb, accelerometer] = AIR_GAINS;
        self.position_ned_m.z -= height * off_m;
        self.velocity_ned_mps.z -= climb * off_m;
        self.accel_bias_down_mps2 =
            (self.accel_bias_down_mps2 + accelerometer * off_m).clamp(-0.5, 0.5);
    }

    fn believe_range(&mut self, now: Tick, range_m: f64) {
        let upright = (self.attitude.ned_from_frd() * DVec3::Z).z;
        let over_ground_m = range_m - self.range_at_rest_m;
        self.range_height = Some((now, over_ground_m));
        let off_m = over_ground_m + self.position_ned_m.z;
        if upright < RANGE_UPRIGHT_MIN
            || over_ground_m > RANGE_NEAR_M
            || off_m.abs() > RANGE_SURPRISE_MAX_M
        {
            return;
        }
        let [height, climb, reference] = RANGE_GAINS;
        self.position_ned_m.z -= height * off_m;
        self.velocity_ned_mps.z -= climb * off_m;
        self.air.shift(reference * off_m);
    }
}

impl Default for Estimate {
    fn default() -> Self {
        Self::new()
    }
}
