//! What the vehicle believes of itself, for those who tell of it.
//!
//! **Never:** is taken for the truth; carries a reading that the vehicle was not given.

use super::{Landed, Mode, Wants, euler_rad};
use crate::flight::felt::Felt;
use crate::senses::{Battery, Gnss, GnssFix, Thrust};
use glam::{DQuat, DVec3};

/// What the vehicle believes of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Whether the estimate stands; before, only the readings below mean anything.
    pub ready: bool,
    /// Rotation that takes body FRD to local NED.
    pub ned_from_frd: DQuat,
    /// Angular rate, body FRD, bias removed, rad/s.
    pub rates_frd_radps: DVec3,
    /// Position from the place of power-on, metres.
    pub position_ned_m: DVec3,
    /// Velocity, m/s.
    pub velocity_ned_mps: DVec3,
    /// WGS 84, degrees.
    pub lat_deg: f64,
    /// WGS 84, degrees.
    pub lon_deg: f64,
    /// Above mean sea level, metres.
    pub alt_m: f64,
    /// Height of the place of power-on above mean sea level, metres.
    pub home_alt_m: f64,
    /// Above the place of power-on, metres.
    pub height_m: f64,
    /// What the receiver last said of its fix.
    pub fix: GnssFix,
    /// The last fix that could be used.
    pub gnss: Option<Gnss>,
    /// The last reading of the battery.
    pub battery: Option<Battery>,
    /// What it is doing.
    pub mode: Mode,
    /// Whether the rotors turn.
    pub armed: bool,
    /// How it stands to the ground.
    pub landed: Landed,
    /// Of the air, north and east, m/s; none before the vehicle has felt it for a while.
    pub wind_ned_mps: Option<DVec3>,
    /// What the controller asks of the airframe.
    pub wants: Wants,
    /// What the rotors were told last.
    pub thrust: Thrust,
    /// What it feels.
    pub felt: Felt,
    /// The mode in which it will start, if the pilot has chosen one before the rotors turn.
    pub starts_in: Option<Mode>,
    /// It returns or lands of its own accord.
    pub in_distress: bool,
    /// The senses contradict each other, or nothing holds the estimate.
    pub in_doubt: bool,
    /// Nothing stands against starting the rotors.
    pub may_arm: bool,
    /// Home, from the place of power-on, metres.
    pub home_ned_m: DVec3,
    /// Home: WGS 84, degrees, and above mean sea level, metres; none before satellites have told.
    pub home: Option<(f64, f64, f64)>,
    /// The place of power-on, in the same way.
    pub origin: Option<(f64, f64, f64)>,
}

impl State {
    /// Before anything is sensed: on the ground, disarmed.
    pub fn at_power_on() -> Self {
        Self {
            ready: false,
            ned_from_frd: DQuat::IDENTITY,
            rates_frd_radps: DVec3::ZERO,
            position_ned_m: DVec3::ZERO,
            velocity_ned_mps: DVec3::ZERO,
            lat_deg: 0.0,
            lon_deg: 0.0,
            alt_m: 0.0,
            home_alt_m: 0.0,
            height_m: 0.0,
            gnss: None,
            fix: GnssFix::None,
            battery: None,
            mode: Mode::Disarmed,
            armed: false,
            landed: Landed::OnGround,
            wind_ned_mps: None,
            wants: Wants::NOTHING,
            thrust: Thrust::default(),
            felt: Felt::nothing(),
            starts_in: None,
            in_distress: false,
            in_doubt: false,
            may_arm: false,
            home_ned_m: DVec3::ZERO,
            home: None,
            origin: None,
        }
    }

    /// Roll, pitch, yaw in radians, as MAVLink has them.
    pub fn euler_rad(&self) -> DVec3 {
        euler_rad(self.ned_from_frd)
    }

    /// Heading of the nose, degrees from north, 0 to 360.
    pub fn heading_deg(&self) -> f64 {
        let yaw_deg = self.euler_rad().z.to_degrees();
        if yaw_deg < 0.0 { yaw_deg + 360.0 } else { yaw_deg }
    }
}
