//! The senses that all seats share: one room a sensor, each with its own stream of chance.
//!
//! **Never:** sees a secret; what a seat adds of its own is added in the seat.

mod barometer;
mod compass;
mod escs;
mod inertial;
pub mod microphone;
mod power;
mod rangefinder;
mod satellites;
mod thermometer;

pub use microphone::Microphone;
pub use satellites::Fix;

use crate::airframe::Airframe;
use crate::body::Body;
use crate::camera::{Camera, FRAME_EVERY_TICKS, Found, Shot, VisionChip};
use crate::cast::Cast;
use crate::chance::{Seed, Stream};
use barometer::Barometer;
use compass::Compass;
use escs::Escs;
use evidence::Tick;
use evidence::scenario::{Building, Scenario};
use glam::DVec3;
use inertial::Inertial;
use power::PowerMonitor;
use rangefinder::Rangefinder;
use satellites::Satellites;
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
    /// 10 Hz.
    pub shot: Option<Shot>,
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
    pub fn of(scenario: &Scenario, airframe: &Airframe, seed: &Seed) -> Self {
        let buildings: Arc<[Building]> = scenario.buildings.as_slice().into();
        Self {
            inertial: Inertial::of(seed),
            satellites: Satellites::over(scenario, seed),
            barometer: Barometer::at(scenario.place.alt_m, seed),
            compass: Compass::at(scenario.place.lat_deg, seed),
            power: PowerMonitor::of(airframe, seed),
            escs: Escs::of(seed),
            thermometer: Thermometer::at(scenario, seed),
            rangefinder: Rangefinder::over(buildings.clone(), seed),
            camera: Camera::on(airframe, buildings),
            chip: VisionChip::of(scenario, seed),
            entropy: seed.fork("entropy").stream(),
        }
    }

    /// Reads every sensor that is due. Without power there is no camera and no vision chip; the rest goes on, and
    /// nobody listens.
    pub fn read(&mut self, now: Tick, body: &Body, cast: &Cast, has_power: bool) -> Readings {
        let k = body.kinematics();
        let mut entropy = [0; 32];
        self.entropy.fill(&mut entropy);
        let is_frame_due = has_power && due(now, FRAME_EVERY_TICKS, 0);
        let shot = is_frame_due.then(|| self.camera.shoot(k, cast));
        match &shot {
            Some(shot) => self.chip.look(now, shot, k),
            None if !has_power => self.chip.forget(),
            None => {}
        }
        Readings {
            imu: self.inertial.read(k),
            fix: self.satellites.read(now, k),
            pressure_pa: due(now, 10, 0).then(|| self.barometer.read(k)),
            magnetic_frd_gauss: due(now, 10, 5).then(|| self.compass.read(k)),
            battery: due(now, 50, 25).then(|| self.power.read(body.pack())),
            esc_radps: due(now, 5, 2).then(|| self.escs.read(body.rotor_radps())),
            temperature_degc: due(now, 500, 250).then(|| self.thermometer.read(now)),
            range_m: if due(now, 25, 7) { self.rangefinder.read(k) } else { None },
            shot,
            found: self.chip.answer(now),
            scanned: due(now, SCAN_EVERY_TICKS, SCAN_PHASE_TICKS),
            entropy,
        }
    }
}

/// Whether something that comes every so many ticks, at that phase, comes now.
fn due(now: Tick, every_ticks: u64, phase_ticks: u64) -> bool {
    now.0 % every_ticks == phase_ticks
}
