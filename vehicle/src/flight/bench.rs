//! A small test rig: one rigid body, its rotors, the wind, and sensors about as bad as real ones.
//!
//! **Never:** ships; it is here so that flying can be tested without the simulator.

mod airframes;

pub use airframes::{crazyflie, hummingbird, quad, with_rotors};

use super::{Command, Event, Flight, Sticks};
use crate::senses::{
    AirframeSetup, Battery, CELLS_MAX, Geofence, Gnss, GnssFix, Imu, LawName, MissionItem,
    Personality, Provision, ROTORS_MAX, Senses, Storage, Streams, TICK_S, Thrust, Tick, Waypoint,
};
use alloc::string::String;
use alloc::vec::Vec;
use glam::{DQuat, DVec3};

const GRAVITY: DVec3 = DVec3::new(0.0, 0.0, 9.806_65);
const LAT_DEG: f64 = 47.4;
const LON_DEG: f64 = 8.5;
const ALT_M: f64 = 450.0;
const DECLINATION_RAD: f64 = 0.06;
const GEAR_M: f64 = 0.11;
/// What the rotors' drag at their arms takes from a spin, in parts a second.
const DAMPING_PER_S: DVec3 = DVec3::new(0.88, 0.82, 0.7);
const FIX_LATENCY_TICKS: usize = 60;

/// What a flight is told before power-on.
pub fn provision(mission: &[(f64, f64, f64, f64)]) -> Provision {
    let point = |&(north, east, height, stay_s): &(f64, f64, f64, f64)| {
        MissionItem::Waypoint(Waypoint {
            label: String::new(),
            position_ned_m: DVec3::new(north, east, -height),
            stay_s,
            takes_still: false,
        })
    };
    planned(mission.iter().map(point).collect())
}

/// The same with any mission.
pub fn planned(mission: Vec<MissionItem>) -> Provision {
    Provision {
        serial: String::new(),
        wifi_key: String::new(),
        owner_public_key: [0; 32],
        law: LawName::Sealed,
        airframe: quad(),
        mission,
        geofence: Geofence::none(),
        declination_rad: DECLINATION_RAD,
        streams: Streams::Minimal,
        personality: Personality::Px4,
        telemetry2: None,
        version: String::new(),
        vault_key: [0; 32],
        unlock_key: [0; 32],
    }
}

struct NoCard;

impl Storage for NoCard {
    fn length(&self, _path: &str) -> Option<usize> {
        None
    }
    fn read(&self, _path: &str, _offset: usize, _length: usize) -> &[u8] {
        &[]
    }
    fn paths(&self) -> Vec<String> {
        Vec::new()
    }
    fn free_bytes(&self) -> u64 {
        0
    }
    fn has_failed(&self) -> bool {
        false
    }
}

/// Chance of the rig's own.
pub struct Chance(u64);

impl Chance {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
    /// Normal on each axis.
    pub fn vector(&mut self, rms: f64) -> DVec3 {
        DVec3::new(self.normal(), self.normal(), self.normal()) * rms
    }
}

/// The rig: a vehicle's flight control on a simulated body.
pub struct Rig {
    /// Under test.
    pub flight: Flight,
    /// The moment.
    pub now: Tick,
    /// Truth: north, east, down, metres.
    pub position: DVec3,
    /// Truth, m/s.
    pub velocity: DVec3,
    /// Truth: body to local.
    pub attitude: DQuat,
    /// Of the air, m/s.
    pub wind: DVec3,
    /// Of the battery, percent.
    pub charge_pct: f64,
    /// Whether the ground station beats.
    pub link: bool,
    /// Whether satellites are seen.
    pub sky: bool,
    /// A rotor that stands still, from 0.
    pub broken: Option<usize>,
    /// Where the pilot holds the sticks, told ten times a second.
    pub sticks: Option<Sticks>,
    /// Where somebody says they are, told twice a second.
    pub subject: Option<DVec3>,
    /// All events so far.
    pub events: Vec<Event>,
    /// Truth: body rates, rad/s.
    pub rates: DVec3,
    rotors: [f64; ROTORS_MAX],
    airframe: AirframeSetup,
    /// Its chance.
    pub chance: Chance,
    biases: [DVec3; 2],
    wander: DVec3,
    past: Vec<(DVec3, DVec3)>,
    heard: Tick,
}

impl Rig {
    /// Standing on the ground, nose to `heading_rad`.
    pub fn new(provision: &Provision, heading_rad: f64, seed: u64) -> Self {
        let mut chance = Chance(seed);
        chance.unit();
        let biases = [chance.vector(0.005), chance.vector(0.05)];
        let wander = chance.vector(0.7);
        Self {
            flight: Flight::new(provision),
            now: Tick(0),
            position: DVec3::ZERO,
            velocity: DVec3::ZERO,
            attitude: DQuat::from_rotation_z(heading_rad),
            wind: DVec3::ZERO,
            charge_pct: 90.0,
            link: true,
            sky: true,
            broken: None,
            sticks: None,
            subject: None,
            events: Vec::new(),
            rates: DVec3::ZERO,
            rotors: [0.0; ROTORS_MAX],
            airframe: provision.airframe.clone(),
            chance,
            biases,
            wander,
            past: Vec::new(),
            heard: Tick(0),
        }
    }

    /// Armed on the ground after the levelling.
    pub fn armed(provision: &Provision, heading_rad: f64, seed: u64) -> Self {
        let mut rig = Self::new(provision, heading_rad, seed);
        rig.run(4.0);
        assert_eq!(rig.command(Command::Arm), super::Answer::Accepted);
        rig.run(0.5);
        rig
    }

    /// Makes the body another than the one that the vehicle was told of.
    pub fn rebuild(&mut self, airframe: AirframeSetup) {
        self.airframe = airframe;
    }

    /// Gives a command.
    pub fn command(&mut self, command: Command) -> super::Answer {
        self.flight.command(command, self.link_age_s())
    }

    /// Lets time pass.
    pub fn run(&mut self, seconds: f64) {
        self.watch(seconds, |_| {});
    }

    /// Lets time pass and looks at every tick.
    pub fn watch(&mut self, seconds: f64, mut look: impl FnMut(&Self)) {
        for _ in 0..(seconds / TICK_S) as u64 {
            self.tick();
            look(self);
        }
    }

    /// Lets time pass until an event, at most so long.
    pub fn run_until(&mut self, event: Event, seconds_max: f64) {
        for _ in 0..(seconds_max / TICK_S) as u64 {
            self.tick();
            if self.events.contains(&event) {
                return;
            }
        }
        panic!("no {event:?} within {seconds_max} s, but {:?}", self.events);
    }

    /// How far from the truth the vehicle believes to be, metres.
    pub fn off_m(&self) -> f64 {
        self.flight.state().position_ned_m.distance(self.position)
    }

    fn link_age_s(&self) -> f64 {
        (self.now.0 - self.heard.0) as f64 * TICK_S
    }

    fn tick(&mut self) {
        let senses = self.feel(&[], &NoCard);
        let flown = self.flight.step(self.now, &senses, self.link_age_s());
        self.events.extend_from_slice(flown.events.as_slice());
        self.turn(&flown.thrust);
    }

    /// Moves the body by one tick; gives what the sensors make of it, and what else reaches a vehicle.
    pub fn feel<'a>(&mut self, radio: &'a [u8], card: &'a dyn Storage) -> Senses<'a> {
        let force_frd = self.push();
        self.past.push((self.position, self.velocity));
        let now = self.now.0;
        let every = |ticks: u64| now.is_multiple_of(ticks);
        if self.link && every(500) {
            self.heard = self.now;
        }
        if let Some(sticks) = self.sticks.filter(|_| every(50)) {
            self.flight.steer(sticks);
        }
        if let Some(place) = self.subject.filter(|_| every(250)) {
            self.flight.hear_subject(place);
        }
        let (slow, quick, ranging) = (every(50), every(10), every(25));
        // Without sky the receiver still speaks, and what it says of its place is nonsense.
        let deaf = |fix| Gnss { fix: GnssFix::None, lat_deg: 0.0, lon_deg: 0.0, ..fix };
        let gnss = slow.then(|| self.fix()).map(|fix| if self.sky { fix } else { deaf(fix) });
        let height_m = -self.position.z;
        let noise_m = 0.15 * self.chance.normal();
        let air_m = ALT_M + height_m + noise_m;
        let pressure = 101_325.0 * libm::pow(1.0 - 0.0065 * air_m / 288.15, 5.255_88);
        let field_ned = DQuat::from_rotation_z(DECLINATION_RAD) * DVec3::new(0.21, 0.0, 0.43);
        let field = self.attitude.conjugate() * field_ned;
        let range_m = height_m + GEAR_M;
        Senses {
            imu: Imu {
                accel_frd_mps2: force_frd + self.biases[1] + self.chance.vector(0.05),
                gyro_frd_radps: self.rates + self.biases[0] + self.chance.vector(0.003),
            },
            gnss,
            pressure_pa: quick.then_some(pressure),
            magnetic_frd_gauss: quick.then(|| field + self.chance.vector(0.005)),
            battery: slow.then_some(Battery {
                pack_v: 15.0,
                current_a: 10.0,
                charge_pct: self.charge_pct,
                cells_mv: [0; CELLS_MAX],
                esc_cdegc: [0; ROTORS_MAX],
            }),
            esc_radps: every(5).then_some(self.rotors),
            temperature_degc: None,
            range_m: (ranging && range_m < 10.0).then_some(range_m),
            microphone: &[],
            frame: None,
            findings: None,
            radio,
            telemetry2: &[],
            uplink: &[],
            card,
            neighbours: &[],
            entropy: [0; 32],
        }
    }

    /// Has the rotors follow, and the tick end.
    pub fn turn(&mut self, thrust: &Thrust) {
        for (speed, asked) in self.rotors.iter_mut().zip(thrust.rotor_radps) {
            *speed += (asked - *speed) * (TICK_S / self.airframe.motor_s);
        }
        if let Some(rotor) = self.broken {
            self.rotors[rotor] = 0.0;
        }
        self.now = Tick(self.now.0 + 1);
    }

    /// Moves the body by one tick; gives the specific force it felt.
    fn push(&mut self) -> DVec3 {
        let air = &self.airframe;
        let drag_nspm = air.drag_per_s * air.mass_kg;
        let mut force = self.attitude.conjugate() * ((self.wind - self.velocity) * drag_nspm);
        let mut torque = self.rates * -DAMPING_PER_S * air.inertia_kgm2;
        let mut momentum = air.inertia_kgm2 * self.rates;
        for (rotor, speed) in air.rotors.iter().zip(self.rotors) {
            let lift = DVec3::new(0.0, 0.0, -air.thrust_coefficient * speed * speed);
            force += lift;
            torque += rotor.hub_frd_m.cross(lift);
            torque.z += rotor.yaw_sign * air.torque_coefficient * speed * speed;
            momentum.z -= rotor.yaw_sign * air.rotor_inertia_kgm2 * speed;
        }
        let mut acceleration = self.attitude * force / air.mass_kg + GRAVITY;
        torque -= self.rates.cross(momentum);
        let mut spin = torque / air.inertia_kgm2;
        if self.position.z > 0.0 {
            // Springs and dampers under the gear keep it flat and in place.
            let press = (self.position.z * 900.0 + self.velocity.z * 40.0).max(0.0);
            acceleration -= DVec3::new(self.velocity.x * 20.0, self.velocity.y * 20.0, press);
            let up = self.attitude.conjugate() * DVec3::Z;
            spin += DVec3::Z.cross(up) * 300.0 - self.rates * 30.0;
        }
        self.velocity += acceleration * TICK_S;
        self.position += self.velocity * TICK_S;
        self.rates += spin * TICK_S;
        let turn = DQuat::from_scaled_axis(self.rates * TICK_S);
        self.attitude = (self.attitude * turn).normalize();
        self.attitude.conjugate() * (acceleration - GRAVITY)
    }

    /// The fix that arrives now: what was so 0.12 s ago.
    fn fix(&mut self) -> Gnss {
        self.wander = self.wander * 0.998 + self.chance.vector(0.7 * 0.063);
        let then = self.past.len().saturating_sub(FIX_LATENCY_TICKS);
        let (late, velocity) = self.past[then];
        let seen = late + self.wander * DVec3::new(1.0, 1.0, 2.0);
        let wrong = self.chance.vector(0.1);
        Gnss {
            fix: GnssFix::ThreeD,
            lat_deg: LAT_DEG + seen.x / 111_170.0,
            lon_deg: LON_DEG + seen.y / 75_480.0,
            alt_m: ALT_M - seen.z,
            velocity_ned_mps: velocity + wrong,
            horizontal_sd_m: 0.8,
            vertical_sd_m: 1.5,
            satellites: 14,
        }
    }
}
