//! What the vehicle is doing, and where that takes it.
//!
//! Commands and urges change the mode; each tick the mode says what the controller shall reach.
//!
//! **Never:** starts with a check failed; stops the rotors in the air but after a crash or on the pilot's own word for it; reads a sense.

mod aim;
pub(crate) mod guided;
pub(crate) mod home;
pub(crate) mod manual;
pub(crate) mod mission;
mod offboard;
pub mod orders;
mod plan;
pub(crate) mod round;
mod start;
pub mod touch;
pub(crate) mod trigger;
mod view;

use super::control::{Across, Goal, Vertical};
use super::failsafe::Urge;
use super::tuning::Tuning;
use super::words::{Cause, Circle, Command, Event, Events, Landed, Manual, Mode, Setpoint, Sticks};
use crate::senses::{Geofence, MissionItem, Tick};
use aim::stopping_point;
use alloc::vec::Vec;
use glam::{DVec2, DVec3};
use mission::Leg;
use touch::Touch;
use trigger::Shutter;
pub use view::View;

/// Horizontal speed of missions and returns, m/s.
pub(super) const CRUISE_MPS: f64 = 6.0;
/// Above this the vehicle counts as clear of the ground, metres.
pub(crate) const CLEAR_HEIGHT_M: f64 = 1.0;
/// A waypoint is reached within this when staying, and when passing, metres.
pub(crate) const REACHED_M: (f64, f64) = (1.0, 2.0);
/// A height is reached within this, metres.
pub(crate) const LEVEL_M: f64 = 0.5;
/// The nose turns towards places farther than this, metres.
pub(crate) const NOSE_FROM_M: f64 = 2.0;
/// A place that is looked at may be nearer; right above it, the nose stays, metres.
pub(crate) const LOOK_FROM_M: f64 = 0.5;
/// Braking that a sudden stop is planned with, m/s².
pub(crate) const STOP_MPS2: f64 = 1.4;
/// What the rotors shall do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drive {
    /// Stand still.
    Off,
    /// Turn without lifting.
    Idle,
    /// Take the vehicle there.
    Fly(Goal),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// Straight up or down to the target's height.
    Level,
    /// Along to the target.
    Along,
    /// At a waypoint until then.
    Stay(Tick),
    /// Where no lawful way leads on, until it is looked for again.
    Barred(Tick),
    /// To a circle, and round it.
    Round {
        /// Whether it has come to the circle.
        is_on: bool,
    },
}

/// The mode with all that belongs to it.
pub struct Modes {
    legs: Vec<Leg>,
    tuning: Tuning,
    mode: Mode,
    landed: Landed,
    stage: Stage,
    leg: usize,
    /// Whether the mission has been flown to its end.
    is_done: bool,
    /// Whether one that was left goes on where it was.
    may_go_on: bool,
    target_ned_m: DVec3,
    speed_mps: f64,
    nose_rad: Option<f64>,
    looks_at_ned_m: Option<DVec3>,
    shutter: Shutter,
    circle: Circle,
    bearing_rad: f64,
    turned_rad: f64,
    subject: Option<(Tick, DVec3)>,
    sticks: Option<(Tick, Sticks)>,
    /// Altitude hold is in place of position hold.
    fell_back: bool,
    setpoint: Option<(Tick, Setpoint)>,
    /// Whether the place and the height are held, where the sticks may change them.
    holds: (bool, bool),
    /// When the mode was entered, where that counts.
    since: Tick,
    /// Whether the subject is where the geofence does not let it follow.
    is_tied: bool,
    touch: Touch,
    must_land: bool,
    /// Home, from the place of power-on.
    home_ned_m: DVec3,
    /// Where else it may come down when it returns, north and east.
    rally_ne_m: Vec<DVec2>,
    /// Which of those, or home, it returns to.
    haven_ne_m: DVec2,
    /// What the failsafe urged last, and the pilot has not overruled.
    is_in_distress: bool,
    start: Option<Start>,
}

/// What the pilot has chosen to do once the rotors turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// How it leaves the ground.
    pub by: Command,
    /// Since when the rotors turn.
    pub armed: Option<Tick>,
    /// Until when the rotors must turn.
    pub until: Tick,
}

impl Modes {
    /// Disarmed on the ground, with a mission to fly.
    pub fn new(mission: &[MissionItem], tuning: Tuning) -> Self {
        Self {
            legs: mission::legs(mission),
            mode: Mode::Disarmed,
            landed: Landed::OnGround,
            stage: Stage::Level,
            leg: 0,
            is_done: false,
            may_go_on: false,
            target_ned_m: DVec3::ZERO,
            speed_mps: tuning.cruise_mps,
            tuning,
            nose_rad: None,
            looks_at_ned_m: None,
            shutter: Shutter::closed(),
            circle: Circle {
                centre_ned_m: DVec3::ZERO,
                radius_m: 1.0,
                is_clockwise: true,
                speed_mps: 0.0,
            },
            bearing_rad: 0.0,
            turned_rad: 0.0,
            subject: None,
            sticks: None,
            fell_back: false,
            setpoint: None,
            holds: (false, false),
            since: Tick(0),
            is_tied: false,
            touch: Touch::new(),
            must_land: false,
            home_ned_m: DVec3::ZERO,
            rally_ne_m: Vec::new(),
            haven_ne_m: DVec2::ZERO,
            is_in_distress: false,
            start: None,
        }
    }

    /// What it is doing.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether the rotors turn.
    pub fn is_armed(&self) -> bool {
        self.mode != Mode::Disarmed
    }

    /// Home, from the place of power-on.
    pub fn home_ned_m(&self) -> DVec3 {
        self.home_ned_m
    }

    /// It was carried, and counts from where it stands then: there is home.
    pub fn stands_elsewhere(&mut self) {
        self.home_ned_m = DVec3::ZERO;
    }

    /// Whether it returns or lands of its own accord.
    pub fn is_in_distress(&self) -> bool {
        self.is_in_distress
    }

    /// How it stands to the ground.
    pub fn landed(&self) -> Landed {
        self.landed
    }

    /// Does what the failsafe urges.
    pub fn heed(&mut self, urge: Urge, view: &View, events: &mut Events) {
        match urge {
            Urge::None => {}
            Urge::Hold => self.hold(view, events),
            Urge::FallBack => self.fall_back(view, events),
            Urge::HoldPlace => self.take_in_hand(Manual::PositionHold, view, events),
            Urge::Return(cause) => {
                self.is_in_distress = true;
                self.go_home(cause, view, events);
            }
            Urge::Land(cause) => {
                self.is_in_distress = true;
                self.must_land = cause == Cause::CriticalBattery;
                self.go_down(cause, view, events);
            }
        }
    }

    /// Stops the rotors on the ground: it cannot start like this.
    pub fn stand_down(&mut self, events: &mut Events) {
        self.stop(events);
    }

    /// Stops the rotors: it has touched the ground.
    pub fn put_down(&mut self, events: &mut Events) {
        self.settle(events);
    }

    /// Stops the rotors, wherever the vehicle is: it has crashed.
    pub fn crash(&mut self, events: &mut Events) {
        events.push(Event::Crashed);
        self.stop(events);
    }

    /// One tick: goes on to the next stage where this one is done, and says what to reach.
    pub fn step(&mut self, view: &View, fence: &Geofence, events: &mut Events) -> Drive {
        if self.landed == Landed::OnGround {
            self.leave_when_chosen(view, events);
        }
        if self.landed == Landed::OnGround {
            return if self.is_armed() { Drive::Idle } else { Drive::Off };
        }
        let height_m = -view.position_ned_m.z;
        if self.landed == Landed::TakingOff && height_m > CLEAR_HEIGHT_M {
            self.landed = Landed::InAir;
        }
        let (mut across, mut vertical) = (Across::Place, Vertical::Place);
        match self.mode {
            Mode::Disarmed | Mode::Hold => {}
            Mode::TakeOff => {
                if self.is_level(view) {
                    self.mode = Mode::Hold;
                    self.landed = Landed::InAir;
                    events.push(Event::Hold);
                }
            }
            Mode::Mission => {
                self.follow_mission(view, events);
                if matches!(self.stage, Stage::Round { .. }) && self.mode == Mode::Mission {
                    across = self.go_on_round(view);
                }
                if self.shutter.is_due(view) {
                    events.push(Event::CameraTriggered);
                }
            }
            Mode::Return => self.follow_home(view, fence, events),
            Mode::Land => return self.follow_down(view, events),
            Mode::GoTo => self.arrive(view, events),
            Mode::Orbit => across = self.go_on_round(view),
            Mode::Follow => self.keep_up(view, fence, events),
            Mode::Brake => (across, vertical) = self.stop_moving(view, events),
            Mode::Offboard => (across, vertical) = self.do_as_told(view, events),
            Mode::Stabilise | Mode::AltitudeHold | Mode::PositionHold => {
                return self.fly_by_hand(view, events);
            }
        }
        let is_round = matches!(across, Across::Velocity(_)) && self.mode != Mode::Offboard;
        let centre = is_round.then_some(self.circle.centre_ned_m);
        if let Some(place) = self.looks_at_ned_m.or(centre) {
            self.face(place, LOOK_FROM_M, view);
        }
        Drive::Fly(self.goal(across, vertical))
    }
}
