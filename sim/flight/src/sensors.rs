//! The senses that all seats share: one room a sensor, each with its own stream of chance.
//!
//! **Never:** sees a secret; what a seat adds of its own is added in the seat.

mod barometer;
mod compass;
mod escs;
mod failure;
mod inertial;
pub mod microphone;
mod power;
mod rangefinder;
mod satellites;
#[cfg(test)]
mod tests;
mod thermometer;

pub use microphone::Microphone;
pub use satellites::Fix;

use crate::air::atmosphere::Column;
use crate::airframe::Airframe;
use crate::body::{Body, Kinematics};
use crate::camera::{Camera, FRAME_EVERY_TICKS, Found, Shot, VisionChip};
use crate::cast::Cast;
use crate::chance::{Seed, Stream};
use crate::land::Land;
use crate::magnetism::Magnetism;
use barometer::Barometer;
use compass::Compass;
use escs::{Escs, Spins};
use evidence::Tick;
use evidence::scenario::{Scenario, Sensor};
use failure::Line;
use glam::DVec3;
use inertial::Inertial;
use power::PowerMonitor;
use rangefinder::Rangefinder;
use satellites::{Heard, Satellites};
use std::sync::Arc;
use thermometer::Thermometer;
use vehicle::senses::{Battery, Imu, ROTORS_MAX};

/// Wi-Fi stations are scanned for every 10 s, first after 5 s.
const SCAN_EVERY_TICKS: u64 = 5_000;
const SCAN_PHASE_TICKS: u64 = 2_500;

/// All sensors but the microphone.
pub struct Sensors {
    inertial: Inertial,
    satellites: Satellites,
    barometer: Barometer,
    compass: Compass,
    power: PowerMonitor,
    escs: Escs,
    thermometer: Thermometer,
    rangefinder: Rangefinder,
    camera: Camera,
    chip: VisionChip,
    entropy: Stream,
    lines: Lines,
}

/// The lines that may fail.
struct Lines {
    accelerometer: Line<DVec3>,
    gyroscope: Line<DVec3>,
    gnss: Line<Heard>,
    barometer: Line<f64>,
    magnetometer: Line<DVec3>,
    rangefinder: Line<f64>,
    battery: Line<Battery>,
    escs: Line<Spins>,
    thermometer: Line<f64>,
}

/// What the sensors say in one tick, to every seat alike.
pub struct Readings {
    /// Every tick.
    pub imu: Imu,
    /// 10 Hz.
    pub fix: Option<Fix>,
    /// 50 Hz.
    pub pressure_pa: Option<f64>,
    /// 50 Hz.
    pub magnetic_frd_gauss: Option<DVec3>,
    /// 10 Hz; before a seat's own cells and temperatures.
    pub battery: Option<Battery>,
    /// 100 Hz.
    pub esc_radps: Option<[f64; ROTORS_MAX]>,
    /// 1 Hz.
    pub temperature_degc: Option<f64>,
    /// 20 Hz.
    pub range_m: Option<f64>,
    /// 10 Hz; apart, so that the many readings without one are small.
    pub shot: Option<Box<Shot>>,
    /// 10 Hz, of an earlier frame.
    pub found: Option<Found>,
    /// Whether a Wi-Fi scan ended in this tick.
    pub scanned: bool,
    /// Fresh random bytes.
    pub entropy: [u8; 32],
}

impl Sensors {
    /// The sensors of an airframe at a place.
    #[must_use]
    pub fn of(scenario: &Scenario, airframe: &Airframe, land: &Arc<Land>, seed: &Seed) -> Self {
        let column = Column::over(scenario.place.alt_m, scenario.weather.temperature_degc);
        let air_degc = column.ground_degc();
        Self {
            inertial: Inertial::of(airframe, air_degc, seed),
            satellites: Satellites::over(scenario, seed),
            barometer: Barometer::under(column, seed),
            compass: Compass::in_field(Magnetism::at(scenario.place).field_enu_gauss, seed),
            power: PowerMonitor::of(airframe, air_degc, seed),
            escs: Escs::of(seed),
            thermometer: Thermometer::at(air_degc, seed),
            rangefinder: Rangefinder::over(land.clone(), seed),
            camera: Camera::on(airframe, land.clone()).under(scenario, seed),
            chip: VisionChip::of(scenario, seed),
            entropy: seed.fork("entropy").stream(),
            lines: Lines::of(scenario, seed),
        }
    }

    /// Reads every sensor that is due. Without power there is no camera and no vision chip; the rest goes on, and
    /// nobody listens.
    pub fn read(&mut self, now: Tick, body: &Body, cast: &Cast, has_power: bool) -> Readings {
        let k = body.kinematics();
        let mut entropy = [0; 32];
        self.entropy.fill(&mut entropy);
        let is_frame_due = has_power && due(now, FRAME_EVERY_TICKS, 0);
        let shot = is_frame_due.then(|| Box::new(self.camera.shoot(k, cast)));
        match &shot {
            Some(shot) => self.chip.look(now, shot, k),
            None if !has_power => self.chip.forget(),
            None => {}
        }
        Readings {
            imu: self.feel(now, body),
            fix: self.hear(now, k),
            pressure_pa: self.press(now, body),
            magnetic_frd_gauss: self.point(now, body),
            battery: self.meter(now, body),
            esc_radps: self.count(now, body),
            temperature_degc: self.warm(now),
            range_m: self.range(now, k),
            shot,
            found: self.chip.answer(now),
            scanned: due(now, SCAN_EVERY_TICKS, SCAN_PHASE_TICKS),
            entropy,
        }
    }

    /// An inertial sensor that is dead answers with zeros, because it is asked.
    fn feel(&mut self, now: Tick, body: &Body) -> Imu {
        let Imu { accel_frd_mps2, gyro_frd_radps } =
            self.inertial.read(now, body.kinematics(), body.rotor_radps());
        let Lines { accelerometer, gyroscope, .. } = &mut self.lines;
        let accel = accelerometer.carry(now, true, Some(accel_frd_mps2));
        let gyro = gyroscope.carry(now, true, Some(gyro_frd_radps));
        Imu {
            accel_frd_mps2: accel.unwrap_or(DVec3::ZERO),
            gyro_frd_radps: gyro.unwrap_or(DVec3::ZERO),
        }
    }

    fn hear(&mut self, now: Tick, k: &Kinematics) -> Option<Fix> {
        let heard = self.satellites.hear(now, k);
        let heard = self.lines.gnss.carry(now, due(now, 50, 10), heard)?;
        Some(self.satellites.place(heard))
    }

    fn press(&mut self, now: Tick, body: &Body) -> Option<f64> {
        let is_due = due(now, 10, 0);
        let pressure_pa = is_due.then(|| self.barometer.read(body));
        self.lines.barometer.carry(now, is_due, pressure_pa)
    }

    fn point(&mut self, now: Tick, body: &Body) -> Option<DVec3> {
        let is_due = due(now, 10, 5);
        let field_gauss =
            is_due.then(|| self.compass.read(body.kinematics(), body.pack().current_a()));
        self.lines.magnetometer.carry(now, is_due, field_gauss)
    }

    fn meter(&mut self, now: Tick, body: &Body) -> Option<Battery> {
        let is_due = due(now, 50, 25);
        let battery = is_due.then(|| self.power.read(body.pack()));
        self.lines.battery.carry(now, is_due, battery)
    }

    fn count(&mut self, now: Tick, body: &Body) -> Option<[f64; ROTORS_MAX]> {
        let is_due = due(now, 5, 2);
        let spins = is_due.then(|| self.escs.read(body.rotor_radps()));
        self.lines.escs.carry(now, is_due, spins).map(|spins| spins.radps)
    }

    fn warm(&mut self, now: Tick) -> Option<f64> {
        let is_due = due(now, 500, 250);
        let degc = is_due.then(|| self.thermometer.read(now));
        self.lines.thermometer.carry(now, is_due, degc)
    }

    fn range(&mut self, now: Tick, k: &Kinematics) -> Option<f64> {
        let is_due = due(now, 25, 7);
        let range_m = if is_due { self.rangefinder.read(k) } else { None };
        self.lines.rangefinder.carry(now, is_due, range_m)
    }
}

impl Lines {
    fn of(scenario: &Scenario, seed: &Seed) -> Self {
        Self {
            accelerometer: Line::of(Sensor::Accelerometer, scenario, seed),
            gyroscope: Line::of(Sensor::Gyroscope, scenario, seed),
            gnss: Line::of(Sensor::Gnss, scenario, seed),
            barometer: Line::of(Sensor::Barometer, scenario, seed),
            magnetometer: Line::of(Sensor::Magnetometer, scenario, seed),
            rangefinder: Line::of(Sensor::Rangefinder, scenario, seed),
            battery: Line::of(Sensor::BatteryMonitor, scenario, seed),
            escs: Line::of(Sensor::EscTelemetry, scenario, seed),
            thermometer: Line::of(Sensor::Thermometer, scenario, seed),
        }
    }
}

/// Whether something that comes every so many ticks, at that phase, comes now.
fn due(now: Tick, every_ticks: u64, phase_ticks: u64) -> bool {
    now.0 % every_ticks == phase_ticks
}
