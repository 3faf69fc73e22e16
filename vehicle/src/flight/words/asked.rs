//! What the pilot may ask of the flight rooms, and what they answer.
//!
//! **Never:** says who asks.

use glam::{DVec2, DVec3};

/// What the pilot may ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// Start the rotors.
    Arm,
    /// Stop the rotors; only on the ground.
    Disarm,
    /// Climb straight up.
    TakeOff {
        /// Height above the place of power-on, metres.
        height_m: f64,
    },
    /// Stay here.
    Hold,
    /// Fly the waypoints from the first.
    StartMission,
    /// Come home.
    Return,
    /// Land here.
    Land,
    /// Go straight to a place and hold there.
    GoTo {
        /// North, east, down of the place of power-on, metres.
        position_ned_m: DVec3,
        /// No faster than this, m/s; the usual speed if absent.
        speed_mps: Option<f64>,
        /// Where the nose shall point, from north; to where it goes if absent.
        nose_rad: Option<f64>,
    },
    /// Circle a place until told otherwise.
    Orbit(Circle),
    /// Keep up with the subject.
    Follow,
    /// Stop at once and hold there.
    Brake,
    /// Stop the rotors, in the air too.
    StopMotors,
    /// Take it in hand.
    TakeInHand(Manual),
    /// Go where a computer on the ground says.
    Offboard,
    /// From now on no faster than this, m/s.
    LimitSpeed(f64),
    /// Keep the nose to this place, or let it go where the way leads.
    LookAt(Option<DVec3>),
    /// Call this place home.
    SetHome(DVec3),
}

/// What the pilot is told about a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is being done.
    Accepted,
    /// It cannot be done now.
    TemporarilyRejected,
    /// It cannot be done at all.
    Denied,
}

/// How the pilot flies by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manual {
    /// Sticks are lean, turn and lift.
    Stabilise,
    /// Sticks are lean, turn and climb.
    AltitudeHold,
    /// Sticks are velocity, turn and climb.
    PositionHold,
}

/// The pilot's sticks, each from -1 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sticks {
    /// Towards the nose.
    pub forward: f64,
    /// To the right of it.
    pub right: f64,
    /// Up.
    pub up: f64,
    /// Nose to the right.
    pub turn: f64,
}

impl Sticks {
    /// Let go.
    pub const CENTRED: Self = Self { forward: 0.0, right: 0.0, up: 0.0, turn: 0.0 };
}

/// A level circle to be flown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// North, east, down of the place of power-on, metres.
    pub centre_ned_m: DVec3,
    /// Metres.
    pub radius_m: f64,
    /// Seen from above.
    pub is_clockwise: bool,
    /// Metres per second.
    pub speed_mps: f64,
}

/// What a computer on the ground wants at this moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setpoint {
    /// Where to, how fast, or how it leans.
    pub way: Way,
    /// What the nose does.
    pub turn: Turn,
}

/// Where to, how fast, or how it leans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// To this place, from the place of power-on, metres.
    Place(DVec3),
    /// North, east, down, m/s.
    Velocity(DVec3),
    /// To the nose, to its right, down, m/s.
    BodyVelocity(DVec3),
    /// Wherever it leads.
    Lean {
        /// Tangents of the lean to the north and to the east.
        tangents: DVec2,
        /// Lift along its own axis, as part of the weight; none stays as high as it is.
        lift: Option<f64>,
    },
}

/// What the nose does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Turn {
    /// It stays.
    Keep,
    /// It points there, from north, radians.
    To(f64),
    /// It goes round, rad/s.
    Rate(f64),
}
