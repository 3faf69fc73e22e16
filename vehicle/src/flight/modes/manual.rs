//! By hand: what the pilot's sticks mean in each of the three modes that follow them.
//!
//! Stabilise: lean, turn and lift. Altitude hold: lean, turn and climb. Position hold: velocity, turn and climb.
//! Sticks that fall silent are centred; where that leaves nobody to hold the height, altitude hold does. So it does
//! where no satellites tell the place, until they do.
//!
//! **Never:** leans more than the controller may; lets go of a failsafe.

use super::touch::Contact;
use super::{Drive, Modes, View};
use crate::flight::control::wrapped_rad;
use crate::flight::control::{Across, Vertical};
use crate::flight::words::{Event, Events, Landed, Manual, Mode, Sticks};
use crate::senses::{TICK_S, TICKS_PER_S, Tick};
use glam::DVec2;

/// Sticks that are silent for longer are centred.
pub(crate) const SILENT_TICKS: u64 = TICKS_PER_S / 2;
/// A stick nearer to its centre is centred.
pub(crate) const CENTRE: f64 = 0.05;
/// Tangent of the lean at the end of the stick, 30°.
pub(crate) const LEAN_TAN: f64 = 0.577;
/// At the end of the stick, m/s: across, up, down.
pub(crate) const FULL_MPS: (f64, f64, f64) = (6.0, 2.5, 1.5);
/// At the end of the stick, rad/s.
pub(crate) const FULL_TURN_RADPS: f64 = 0.8;
/// Lift at the end of the stick, more or less than the weight, as part of it.
pub(crate) const FULL_LIFT: f64 = 0.6;
/// What is slower than this is held, m/s.
pub(crate) const HELD_MPS: f64 = 0.4;
/// Only so near the ground is a touch believed, metres.
pub(crate) const TOUCH_HEIGHT_M: f64 = 0.6;

impl Modes {
    pub(super) fn take_in_hand(&mut self, how: Manual, view: &View, events: &mut Events) {
        self.enter(match how {
            Manual::Stabilise => Mode::Stabilise,
            Manual::AltitudeHold => Mode::AltitudeHold,
            Manual::PositionHold => Mode::PositionHold,
        });
        self.let_go(view);
        self.nose_rad = Some(view.heading_rad());
        self.since = view.now;
        events.push(Event::InHand(how));
    }

    /// Where the sticks are.
    pub fn steer(&mut self, sticks: Sticks, now: Tick) {
        self.sticks = Some((now, sticks));
    }

    /// Since when the sticks are silent, seconds; for ever where they never were heard.
    pub fn sticks_age_s(&self, now: Tick) -> f64 {
        self.sticks.map_or(f64::INFINITY, |(heard, _)| (now.0 - heard.0) as f64 * TICK_S)
    }

    /// Whether altitude hold is in place of position hold.
    pub fn fell_back(&self) -> bool {
        self.fell_back
    }

    /// Altitude hold in place of position hold, because nothing tells the place.
    pub(super) fn fall_back(&mut self, view: &View, events: &mut Events) {
        self.enter(Mode::AltitudeHold);
        self.let_go(view);
        self.fell_back = true;
        events.push(Event::PlaceLost);
    }

    /// One tick in one of the three modes.
    pub(super) fn fly_by_hand(&mut self, view: &View, events: &mut Events) -> Drive {
        let sticks = self.sticks_now(view, events);
        if sticks.turn.abs() > CENTRE {
            let nose_rad = self.nose_rad.unwrap_or_else(|| view.heading_rad());
            let turned_rad = nose_rad + sticks.turn * FULL_TURN_RADPS * TICK_S;
            self.nose_rad = Some(wrapped_rad(turned_rad));
        }
        let (sin, cos) = libm::sincos(view.heading_rad());
        let stick = DVec2::new(sticks.forward, sticks.right).clamp_length_max(1.0);
        let across = DVec2::new(cos, sin) * stick.x + DVec2::new(-sin, cos) * stick.y;
        let (across, vertical) = match self.mode {
            Mode::Stabilise => {
                let lift = Vertical::Lift(1.0 + FULL_LIFT * sticks.up);
                (Across::Lean(across * LEAN_TAN), lift)
            }
            Mode::AltitudeHold => (Across::Lean(across * LEAN_TAN), self.climb(sticks.up, view)),
            _ => (self.glide(stick, across, view), self.climb(sticks.up, view)),
        };
        if let Some(drive) = self.feel_ground(sticks.up, view, events) {
            return drive;
        }
        Drive::Fly(self.goal(across, vertical))
    }

    /// The sticks, or the centre where they are silent.
    fn sticks_now(&mut self, view: &View, events: &mut Events) -> Sticks {
        let is_fresh = |at: Tick| view.now.0 - at.0 <= SILENT_TICKS;
        if let Some((_, sticks)) = self.sticks.filter(|(heard, _)| is_fresh(*heard)) {
            return sticks;
        }
        if self.mode == Mode::Stabilise && !is_fresh(self.since) {
            self.mode = Mode::AltitudeHold;
            self.let_go(view);
            events.push(Event::SticksLost);
        }
        Sticks::CENTRED
    }

    /// Nothing is held yet.
    fn let_go(&mut self, view: &View) {
        self.target_ned_m = view.position_ned_m;
        self.holds = (false, false);
    }

    /// Up or down as the stick says; centred, it stays as high as it comes to rest.
    fn climb(&mut self, up: f64, view: &View) -> Vertical {
        let (_, full_up, full_down) = FULL_MPS;
        let up_mps = full_up.min(self.tuning.climb_mps);
        let climb_mps = up * if up > 0.0 { up_mps } else { full_down.min(self.tuning.descent_mps) };
        if up.abs() > CENTRE {
            self.holds.1 = false;
        } else if !self.holds.1 && view.velocity_ned_mps.z.abs() < HELD_MPS {
            self.holds.1 = true;
            self.target_ned_m.z = view.position_ned_m.z;
        }
        if self.holds.1 { Vertical::Place } else { Vertical::Sink(-climb_mps) }
    }

    /// Along as the stick says; centred, it brakes and stays where it comes to rest.
    fn glide(&mut self, stick: DVec2, across: DVec2, view: &View) -> Across {
        if stick.length() > CENTRE {
            self.holds.0 = false;
            return Across::Velocity(
                across * self.tuning.by_hand_mps.min(self.tuning.speed_mps_max),
            );
        }
        if !self.holds.0 && view.velocity_ned_mps.truncate().length() < HELD_MPS {
            self.holds.0 = true;
            self.target_ned_m = view.position_ned_m.with_z(self.target_ned_m.z);
        }
        if self.holds.0 { Across::Place } else { Across::Velocity(DVec2::ZERO) }
    }

    /// The stick pulled down to the ground lands.
    fn feel_ground(&mut self, up: f64, view: &View, events: &mut Events) -> Option<Drive> {
        let is_near = view.range_height_m.is_some_and(|height_m| height_m < TOUCH_HEIGHT_M);
        if up > -CENTRE || !is_near || self.landed == Landed::TakingOff {
            self.touch = super::Touch::new();
            return None;
        }
        match self.touch.feel(view) {
            Contact::None => None,
            Contact::Felt => Some(Drive::Idle),
            Contact::Sure => {
                events.push(Event::Landed);
                self.stop(events);
                Some(Drive::Off)
            }
        }
    }
}
