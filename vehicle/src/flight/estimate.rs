//! What the vehicle believes: attitude, velocity, place, and the wind.
//!
//! Inertial readings carry the belief from tick to tick; satellites, air pressure, the compass and the range finder
//! surprise it, and the filter says how much of each surprise to believe. A fix describes the past, so it is compared
//! with what is believed now of then.
//!
//! **Never:** commands anything; believes a surprise that it cannot explain; allocates.

pub(crate) mod believe;
mod carry;
pub mod compass;
pub mod filter;
pub mod health;
pub mod level;
pub mod place;
pub mod soundness;
pub mod stillness;
pub mod wind;

use crate::senses::{Senses, Tick};
use compass::Compass;
use filter::Filter;
use glam::{DQuat, DVec3};
use health::{Trust, Watch};
use level::Levelling;
use place::{Air, Place};
use stillness::Stillness;
use wind::Wind;

/// Standard gravity, m/s².
pub const GRAVITY_MPS2: f64 = 9.806_65;

/// How old a fix is when it arrives, in ticks (0.12 s).
pub(crate) const FIX_LATENCY_TICKS: u64 = 60;
/// Ticks of the past kept for late fixes.
const PAST_TICKS: usize = 64;
/// A fix older than this no longer holds the estimate, seconds.
pub(crate) const FIX_FRESH_S: f64 = 1.0;
/// A range older than this says nothing of now, in ticks (0.2 s).
pub(crate) const RANGE_FRESH_TICKS: u64 = 100;

/// Standing still is told to the filter once in so many ticks, at this phase.
const REST_TICKS: (u64, u64) = (50, 20);

/// The running estimate.
pub struct Estimate {
    declination_rad: f64,
    levelling: Option<Levelling>,
    stillness: Stillness,
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
    is_spun: bool,
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
    rangefinder: Watch,
}

/// When each sense was last believed.
#[derive(Clone, Copy, Debug)]
struct Trusts {
    place: Trust,
    velocity: Trust,
    height: Trust,
    heading: Trust,
}

impl Estimate {
    /// Knows nothing yet; learns it standing still. `drag_per_s` is how fast the air takes away a speed through it,
    /// in parts a second; `declination_rad` how far east of north a compass points here.
    pub fn new(drag_per_s: f64, declination_rad: f64) -> Self {
        Self {
            declination_rad,
            levelling: Some(Levelling::new()),
            stillness: Stillness::unknown(),
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
            is_spun: false,
            alive: Alive {
                gyroscope: Watch::unread(),
                accelerometer: Watch::unread(),
                barometer: Watch::unread(),
                satellites: Watch::unread(),
                rangefinder: Watch::unread(),
            },
            trusts: Trusts {
                place: Trust::none(),
                velocity: Trust::none(),
                height: Trust::none(),
                heading: Trust::none(),
            },
        }
    }

    /// Hears whether the body is made to spin, so that it does for long.
    pub fn expect_spin(&mut self, is_spun: bool) {
        self.is_spun = is_spun;
    }

    /// Takes in one tick. `at_rest` says that the vehicle stands on the ground, `lift_mps2` what the rotors were told
    /// to push along body up in the last tick; none while they stand. Says whether what it had learnt is gone: it was
    /// moved.
    pub fn update(
        &mut self,
        now: Tick,
        senses: &Senses<'_>,
        at_rest: bool,
        lift_mps2: Option<f64>,
    ) -> bool {
        self.lift_mps2 += 0.05 * (lift_mps2.unwrap_or(0.0) - self.lift_mps2);
        if lift_mps2.is_some() {
            self.stillness.forget();
        } else if self.stillness.is_moved(now, &senses.imu) && !self.has_flown {
            return self.start_over();
        }
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
                return false;
            };
            self.ned_from_frd = level.ned_from_frd;
            self.gyro_bias_radps = level.gyro_bias_radps;
            self.accel_bias_mps2 = DVec3::Z * level.accel_bias_down_mps2;
            self.compass = Compass::levelled(level.field_ned_gauss);
            self.air = Air::over(level.pressure_pa);
            self.range_at_rest_m = level.range_m;
            self.levelling = None;
        }
        self.carry(now, senses, at_rest);
        if at_rest && now.0 % REST_TICKS.0 == REST_TICKS.1 {
            self.rest(senses);
        }
        if let Some(fix) = &fix {
            self.believe_fix(now, fix, at_rest);
        }
        if let Some(pressure_pa) = senses.pressure_pa {
            self.believe_pressure(now, pressure_pa);
        }
        if let Some(field) = senses.magnetic_frd_gauss {
            self.believe_field(now, field);
        }
        if let Some(range_m) = senses.range_m {
            self.believe_range(now, range_m);
        }
        let (place, speed) = self.learnt;
        self.past[now.0 as usize % PAST_TICKS] =
            (self.position_ned_m - place, self.velocity_ned_mps - speed);
        false
    }

    /// Moved before its first flight, it has nothing of what standing still has taught it: neither level and north, nor
    /// its place and the pressure there. Whether it had learnt that.
    fn start_over(&mut self) -> bool {
        let had_learnt = self.is_ready();
        let Self { declination_rad, stillness, alive, .. } = *self;
        let drag_per_s = self.wind.drag_per_s();
        *self = Self { stillness, alive, ..Self::new(drag_per_s, declination_rad) };
        had_learnt
    }

    /// Whether it is being moved about on the ground, or was a moment ago.
    pub fn is_moved(&self, now: Tick) -> bool {
        self.stillness.was_moved(now)
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
}
