//! All that the vehicle perceives in a tick, and what it is told before power-on.
//!
//! Body frame FRD (x forward, y right, z down), local frame NED about the place of power-on, SI units.
//!
//! **Never:** tells the vehicle whether it is simulated, or what the truth is.

mod fence;
mod mission;

pub use fence::{Area, FenceAction, Geofence};
pub use mission::{MissionItem, Trigger, Waypoint};

use alloc::string::String;
use alloc::vec::Vec;
use glam::DVec3;

/// A moment: the number of 2 ms steps since the first power-on. The clock has its own cell and goes on counting
/// while the vehicle is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick(pub u64);

/// Ticks in one second.
pub const TICKS_PER_S: u64 = 500;

/// Length of one tick, in seconds.
pub const TICK_S: f64 = 0.002;

/// Most rotors of any airframe.
pub const ROTORS_MAX: usize = 8;

/// Most battery cells in series.
pub const CELLS_MAX: usize = 6;

/// Microphone samples in one tick (16 kHz).
pub const SAMPLES_PER_TICK: usize = 32;

/// Inertial measurement, every tick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Imu {
    /// Specific force, body FRD, m/s².
    pub accel_frd_mps2: DVec3,
    /// Angular rate, body FRD, rad/s.
    pub gyro_frd_radps: DVec3,
}

/// How a receiver knows its place, numbered as MAVLink's GPS_FIX_TYPE; 0, no receiver at all, is silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum GnssFix {
    /// The receiver lives, and hears too little: place and velocity mean nothing.
    None = 1,
    /// A place on a height that it assumes.
    TwoD = 2,
    /// Place and height.
    ThreeD = 3,
    /// The same with corrections for the area.
    Differential = 4,
    /// Carrier phase against a base, its whole cycles not yet known.
    RtkFloat = 5,
    /// Carrier phase against a base, its whole cycles known.
    RtkFixed = 6,
}

impl GnssFix {
    /// Whether place, height and velocity hold.
    pub fn is_usable(self) -> bool {
        self >= Self::ThreeD
    }
}

/// What a satellite receiver says, 10 Hz, late by its latency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gnss {
    /// How it knows; the rest holds only where that is usable.
    pub fix: GnssFix,
    /// WGS 84, degrees.
    pub lat_deg: f64,
    /// WGS 84, degrees.
    pub lon_deg: f64,
    /// Above mean sea level, metres.
    pub alt_m: f64,
    /// North, east, down, m/s.
    pub velocity_ned_mps: DVec3,
    /// Standard deviation of the horizontal position, metres.
    pub horizontal_sd_m: f64,
    /// Standard deviation of the vertical position, metres.
    pub vertical_sd_m: f64,
    /// Satellites used.
    pub satellites: u8,
}

/// Battery monitor, 10 Hz. Pack voltage and current go to the pilot; cells and temperatures to the log only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Battery {
    /// Pack voltage, volts.
    pub pack_v: f64,
    /// Current, amperes.
    pub current_a: f64,
    /// Charge left, 0 to 100.
    pub charge_pct: f64,
    /// Each cell, millivolts; unused cells are 0.
    pub cells_mv: [u16; CELLS_MAX],
    /// Each speed controller, hundredths of a degree Celsius; unused ones are 0.
    pub esc_cdegc: [i16; ROTORS_MAX],
}

/// A head that the vision chip found in a frame: a box, never who.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadBox {
    /// Left edge, pixels.
    pub x_px: i32,
    /// Top edge, pixels.
    pub y_px: i32,
    /// Width, pixels.
    pub width_px: i32,
    /// Height, pixels.
    pub height_px: i32,
}

/// What the vision chip found in a frame. It needs time: the frame is some ticks old.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The tick of the frame that was looked at.
    pub frame: Tick,
    /// Heads, largest first.
    pub heads: &'a [HeadBox],
    /// Whole persons, largest first.
    pub people: &'a [HeadBox],
    /// Whether the frame was sharp enough for the chip to vouch for its answer.
    pub is_sure: bool,
}

/// A camera frame. Pixels are made when they are looked at.
pub trait Frame {
    /// Width in pixels.
    fn width_px(&self) -> u16;
    /// Height in pixels.
    fn height_px(&self) -> u16;
    /// `height × width × 3` bytes, RGB, row by row.
    fn rgb(&self) -> &[u8];
}

/// The card, for reading. Writes leave as emissions and are there at the next tick.
pub trait Storage {
    /// Length of a file in bytes; `None` where there is none.
    fn length(&self, path: &str) -> Option<usize>;
    /// Bytes of a file from `offset`, at most `length` of them; empty where there are none.
    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8];
    /// The paths of all files, in order.
    fn paths(&self) -> Vec<String>;
    /// Bytes that may still be written.
    fn free_bytes(&self) -> u64;
    /// Whether the last write was refused or cut.
    fn has_failed(&self) -> bool;
}

/// All that the vehicle perceives in one tick.
pub struct Senses<'a> {
    /// Every tick.
    pub imu: Imu,
    /// What the satellite receiver says, 10 Hz, with or without a fix: see [`Senses::fix`].
    pub gnss: Option<Gnss>,
    /// Static pressure in pascal, 50 Hz.
    pub pressure_pa: Option<f64>,
    /// Magnetic field, body FRD, gauss, 50 Hz.
    pub magnetic_frd_gauss: Option<DVec3>,
    /// Battery monitor, 10 Hz.
    pub battery: Option<Battery>,
    /// Speed of each rotor as its speed controller tells it, rad/s, 100 Hz; unused ones are 0.
    pub esc_radps: Option<[f64; ROTORS_MAX]>,
    /// The barometer chip's own temperature, degrees Celsius, 1 Hz.
    pub temperature_degc: Option<f64>,
    /// Distance to the ground straight below the body, metres, 20 Hz; none out of range.
    pub range_m: Option<f64>,
    /// Sound at 16 kHz, [`SAMPLES_PER_TICK`] samples.
    pub microphone: &'a [i16],
    /// A new frame, 10 Hz.
    pub frame: Option<&'a dyn Frame>,
    /// What the vision chip found in an earlier frame.
    pub findings: Option<Findings<'a>>,
    /// Bytes that arrived on the radio.
    pub radio: &'a [u8],
    /// Bytes that arrived on the second telemetry port.
    pub telemetry2: &'a [u8],
    /// Bytes that arrived from the maker's servers.
    pub uplink: &'a [u8],
    /// The card as it stands.
    pub card: &'a dyn Storage,
    /// Hardware addresses of Wi-Fi stations in reach; empty between scans.
    pub neighbours: &'a [[u8; 6]],
    /// Fresh random bytes.
    pub entropy: [u8; 32],
}

impl Senses<'_> {
    /// A new fix that a place may be taken from; none where the receiver is silent or only says that it has none.
    pub fn fix(&self) -> Option<Gnss> {
        self.gnss.filter(|gnss| gnss.fix.is_usable())
    }
}

/// Commanded rotor speeds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Thrust {
    /// Rotor speeds in rad/s, rotor 1 first; unused ones are 0.
    pub rotor_radps: [f64; ROTORS_MAX],
}

/// One rotor as the mixer knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RotorPlace {
    /// Hub in body FRD, metres.
    pub hub_frd_m: DVec3,
    /// +1 where its drag torque turns the body towards +z (nose right), -1 where it turns it left.
    pub yaw_sign: f64,
}

/// The airframe as the firmware's set-up file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct AirframeSetup {
    /// Rotors in order.
    pub rotors: Vec<RotorPlace>,
    /// Mass, kilograms.
    pub mass_kg: f64,
    /// Moments of inertia about x, y, z (FRD), kg m².
    pub inertia_kgm2: DVec3,
    /// Thrust = this × speed², N s²/rad².
    pub thrust_coefficient: f64,
    /// Drag torque = this × speed², N m s²/rad².
    pub torque_coefficient: f64,
    /// How fast the air takes away a speed across the rotors' axis, in hover: parts a second.
    pub drag_per_s: f64,
    /// Fastest a rotor may be told to turn, rad/s.
    pub rotor_radps_max: f64,
    /// Inertia of one rotor about its axis, kg m²; 0 where it counts for nothing.
    pub rotor_inertia_kgm2: f64,
    /// Time that a motor needs to follow, seconds.
    pub motor_s: f64,
    /// Cells of the battery in series.
    pub cells: usize,
}

/// Which law the gate enforces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LawName {
    /// No audio, no face data, no unconsented log ever leaves.
    Sealed,
    /// Media as taken may leave once authorised.
    Vendor,
}

/// What the vehicle tells its pilot by itself from power-on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streams {
    /// What a pilot cannot do without.
    Minimal,
    /// All that ground stations expect of a vehicle, its camera's and its gimbal's heartbeats included.
    Normal,
}

/// Whose ways it has with ground stations, on one of its telemetry ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personality {
    /// PX4's.
    Px4,
    /// ArduCopter's, for tools that expect those.
    ArduPilot,
}

/// What the vehicle is told once, before power-on.
#[derive(Clone, Debug, PartialEq)]
pub struct Provision {
    /// Serial number (printable ASCII, at most 20).
    pub serial: String,
    /// Password of the vehicle's own access point.
    pub wifi_key: String,
    /// The owner's X25519 public key: flight logs are sealed to it.
    pub owner_public_key: [u8; 32],
    /// The law compiled in that the gate shall enforce.
    pub law: LawName,
    /// What it flies on.
    pub airframe: AirframeSetup,
    /// How far east of north a compass points where it is to fly, radians, as the firmware's own table has it.
    pub declination_rad: f64,
    /// The mission.
    pub mission: Vec<MissionItem>,
    /// The geofence.
    pub geofence: Geofence,
    /// What it tells by itself.
    pub streams: Streams,
    /// Whose ways it has on its radio.
    pub personality: Personality,
    /// Whose on the second telemetry port, if it is fitted with one.
    pub telemetry2: Option<Personality>,
    /// Version of the firmware, as it greets.
    pub version: String,
    /// Key of the secure element: seals and vouches for what lies on the card.
    pub vault_key: [u8; 32],
    /// Key of the authority that may unlock a no-fly zone.
    pub unlock_key: [u8; 32],
}
