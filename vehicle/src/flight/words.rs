//! The words that the flight rooms share with the rest of the firmware.
//!
//! **Never:** decides anything; carries a reading that the vehicle was not given.

mod asked;
mod state;

pub use asked::{Answer, Circle, Command, Manual, Setpoint, Sticks, Turn, Way};
pub use state::State;

use super::crippled::Unfit;
use crate::senses::Thrust;
use glam::{DQuat, DVec3};

/// What the vehicle is doing with itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Rotors still.
    Disarmed,
    /// Climbing straight up to the height asked for.
    TakeOff,
    /// Staying where it is; armed on the ground, idling.
    Hold,
    /// Flying the waypoints.
    Mission,
    /// Climbing to the safe height, then home.
    Return,
    /// Going straight down.
    Land,
    /// Going to a place.
    GoTo,
    /// Circling a place.
    Orbit,
    /// Keeping up with the subject.
    Follow,
    /// Stopping as hard as it can.
    Brake,
    /// By hand: lean, turn and lift.
    Stabilise,
    /// By hand: lean, turn and climb.
    AltitudeHold,
    /// By hand: velocity, turn and climb.
    PositionHold,
    /// Going where a computer on the ground says, moment by moment.
    Offboard,
}

/// How the vehicle stands to the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landed {
    /// Resting on it.
    OnGround,
    /// Leaving it.
    TakingOff,
    /// Clear of it.
    InAir,
    /// Coming down to it.
    Landing,
}

impl Landed {
    /// Whether it is off the ground.
    pub fn is_airborne(self) -> bool {
        match self {
            Self::OnGround => false,
            Self::TakingOff | Self::InAir | Self::Landing => true,
        }
    }
}

/// Where no-fly zones stand in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The vehicle is in one: the rotors may not start.
    pub is_inside: bool,
    /// One lies on the way home.
    pub bars_home: bool,
}

impl Fence {
    /// Nowhere.
    pub const NONE: Self = Self { is_inside: false, bars_home: false };
}

/// Why the vehicle returns or lands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The pilot said so.
    Pilot,
    /// It came home and lands there.
    Home,
    /// The ground station fell silent.
    LinkLost,
    /// Enough charge to come home.
    LowBattery,
    /// Enough charge to come down.
    CriticalBattery,
    /// No satellite fix to fly by.
    NoFix,
    /// A rotor stands still.
    RotorLost,
    /// The senses contradict each other for long, or nothing holds the estimate.
    Astray,
    /// It has left its geofence.
    Fence,
}

/// Why the rotors were not started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No satellite fix yet.
    NoFix,
    /// Too little charge, or none measured.
    LowBattery,
    /// Not standing level.
    NotLevel,
    /// No ground station heard.
    NoLink,
    /// Inside a no-fly zone.
    NoFlyZone,
    /// Level, north and the pressure of the ground are not learnt yet.
    Starting,
    /// The satellite fix is too poor.
    PoorFix,
    /// The gyroscope is stuck, or turns while nothing moves.
    Gyroscope,
    /// The accelerometer is stuck, or does not feel gravity.
    Accelerometer,
    /// Air pressure is not read, or not believed.
    Barometer,
    /// The compass is not read, or does not fit the field of this place.
    Compass,
    /// Outside the geofence.
    OutsideFence,
    /// Moved about, so that it learns level, north and its place anew.
    Moved,
}

/// Something the pilot should hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Rotors started.
    Armed,
    /// Rotors stopped.
    Disarmed,
    /// Take-off began.
    TakeOff,
    /// Holding position.
    Hold,
    /// The mission began.
    MissionStarted,
    /// This waypoint, counted from 0, was reached.
    WaypointReached(u16),
    /// The last waypoint's stay is over.
    MissionComplete,
    /// Coming home.
    Return(Cause),
    /// Coming down.
    Landing(Cause),
    /// On the ground again.
    Landed,
    /// The ground station is heard again.
    LinkRegained,
    /// Moved before it has flown, it learns level, north and its place anew.
    StartedOver,
    /// The rotors stay still.
    ArmingRefused(Why),
    /// This rotor, counted from 0, stands still: the heading is given up, and it comes down.
    RotorLost(u8),
    /// A rotor is lost, and this airframe cannot be held without: it falls.
    Falling(Unfit),
    /// It lies over or has hit something; the rotors are stopped.
    Crashed,
    /// Going to the place asked for.
    GoingThere,
    /// It is there, and holds.
    Arrived,
    /// Circling.
    Orbiting,
    /// Keeping up with the subject.
    Following,
    /// The subject is silent; holding.
    SubjectLost,
    /// Stopping at once.
    Braking,
    /// The rotors were stopped on the pilot's word.
    MotorsStopped,
    /// The pilot's sticks fly it.
    InHand(Manual),
    /// The sticks are silent; altitude hold in place of stabilise.
    SticksLost,
    /// No fix to hold a place by: altitude hold in place of position hold.
    PlaceLost,
    /// It is outside its geofence.
    FenceBreached,
    /// What was commanded leads out of it, and is denied.
    FenceAhead,
    /// Its way home leads out of the geofence, however it goes.
    HomeBarred,
    /// The subject is where the geofence does not let it follow; it waits.
    FollowTied,
    /// The mission takes a still here.
    CameraTriggered,
    /// A computer on the ground flies it.
    Offboard,
    /// That computer is silent; holding.
    OffboardLost,
}

/// Most events told in one tick.
pub const EVENTS_MAX: usize = 32;

/// The events of one tick, in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Events {
    list: [Event; EVENTS_MAX],
    length: usize,
    lost: usize,
}

impl Events {
    /// Nothing happened.
    pub const fn none() -> Self {
        Self { list: [Event::Hold; EVENTS_MAX], length: 0, lost: 0 }
    }

    /// Adds an event; a full list counts it as lost.
    pub fn push(&mut self, event: Event) {
        if let Some(place) = self.list.get_mut(self.length) {
            *place = event;
            self.length += 1;
        } else {
            self.lost += 1;
        }
    }

    /// Hands over what has happened, which is nothing in almost every tick.
    pub fn take(&mut self) -> Self {
        if self.length == 0 { Self::none() } else { core::mem::replace(self, Self::none()) }
    }

    /// In the order they happened.
    pub fn as_slice(&self) -> &[Event] {
        &self.list[..self.length]
    }

    /// How many did not fit.
    pub fn lost(&self) -> usize {
        self.lost
    }
}

/// What one tick of flying comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flown {
    /// Rotor speeds to command now.
    pub thrust: Thrust,
    /// What happened since the last tick, the answers to commands included.
    pub events: Events,
}

/// What the controller asks of the airframe, for the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wants {
    /// Velocity to have, m/s.
    pub velocity_ned_mps: DVec3,
    /// Attitude to have: takes body FRD to local NED.
    pub ned_from_frd: DQuat,
    /// Lift along body -z, newtons.
    pub lift_n: f64,
    /// Torque about body x, y, z, N m.
    pub torque_frd_nm: DVec3,
}

impl Wants {
    /// Nothing is asked: the rotors stand or idle.
    pub const NOTHING: Self = Self {
        velocity_ned_mps: DVec3::ZERO,
        ned_from_frd: DQuat::IDENTITY,
        lift_n: 0.0,
        torque_frd_nm: DVec3::ZERO,
    };

    /// Roll, pitch, yaw to have, radians.
    pub fn euler_rad(&self) -> DVec3 {
        euler_rad(self.ned_from_frd)
    }
}

fn euler_rad(q: DQuat) -> DVec3 {
    let roll = libm::atan2(2.0 * (q.w * q.x + q.y * q.z), 1.0 - 2.0 * (q.x * q.x + q.y * q.y));
    let pitch = libm::asin((2.0 * (q.w * q.y - q.z * q.x)).clamp(-1.0, 1.0));
    let yaw = libm::atan2(2.0 * (q.w * q.z + q.x * q.y), 1.0 - 2.0 * (q.y * q.y + q.z * q.z));
    DVec3::new(roll, pitch, yaw)
}
