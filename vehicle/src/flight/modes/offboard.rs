//! Offboard: a computer on the ground says where to go, many times a second.
//!
//! **Never:** begins before that computer is heard; goes on when it has fallen silent; flies faster than by hand.

use super::{Modes, View};
use crate::flight::control::{Across, LEAN_TAN_MAX, Vertical, wrapped_rad};
use crate::flight::words::{Answer, Event, Events, Mode, Setpoint, Turn, Way};
use crate::senses::{TICK_S, TICKS_PER_S, Tick};
use glam::DVec2;

/// A computer that is silent for longer is gone.
const SILENT_TICKS: u64 = TICKS_PER_S / 2;
/// Fastest that it may ask for, m/s: across, up, down.
const FULL_MPS: (f64, f64, f64) = (8.0, 2.5, 1.5);
/// Fastest turn that it may ask for, rad/s.
const TURN_RADPS: f64 = 1.0;

impl Modes {
    /// What the computer wants.
    pub fn hear_setpoint(&mut self, setpoint: Setpoint, now: Tick) {
        self.setpoint = Some((now, setpoint));
    }

    pub(super) fn go_offboard(&mut self, view: &View, events: &mut Events) -> Answer {
        if self.setpoint_now(view).is_none() {
            return Answer::TemporarilyRejected;
        }
        self.enter(Mode::Offboard);
        self.target_ned_m = view.position_ned_m;
        self.nose_rad = Some(view.heading_rad());
        events.push(Event::Offboard);
        Answer::Accepted
    }

    /// One tick.
    pub(super) fn do_as_told(&mut self, view: &View, events: &mut Events) -> (Across, Vertical) {
        let Some(setpoint) = self.setpoint_now(view) else {
            self.hold(view, events);
            events.push(Event::OffboardLost);
            return (Across::Place, Vertical::Place);
        };
        match setpoint.turn {
            Turn::Keep => {}
            Turn::To(rad) => self.nose_rad = Some(wrapped_rad(rad)),
            Turn::Rate(radps) => {
                let nose_rad = self.nose_rad.unwrap_or_else(|| view.heading_rad());
                let step_rad = radps.clamp(-TURN_RADPS, TURN_RADPS) * TICK_S;
                self.nose_rad = Some(wrapped_rad(nose_rad + step_rad));
            }
        }
        let velocity = match setpoint.way {
            Way::Place(place_ned_m) => {
                self.target_ned_m = place_ned_m;
                return (Across::Place, Vertical::Place);
            }
            Way::Lean { tangents, lift } => {
                self.target_ned_m = view.position_ned_m;
                return lean(tangents, lift);
            }
            Way::Velocity(ned_mps) => ned_mps,
            Way::BodyVelocity(mps) => {
                let (sin, cos) = libm::sincos(view.heading_rad());
                let across = DVec2::new(cos, sin) * mps.x + DVec2::new(-sin, cos) * mps.y;
                across.extend(mps.z)
            }
        };
        let (across_mps, up_mps, down_mps) = FULL_MPS;
        self.target_ned_m = view.position_ned_m;
        let across = velocity.truncate().clamp_length_max(across_mps);
        (Across::Velocity(across), Vertical::Sink(velocity.z.clamp(-up_mps, down_mps)))
    }

    fn setpoint_now(&self, view: &View) -> Option<Setpoint> {
        let (heard, setpoint) = self.setpoint?;
        (view.now.0 - heard.0 <= SILENT_TICKS).then_some(setpoint)
    }
}

/// As it is told to lean, but no farther than it may; what it lifts along its own axis lifts less the more it leans.
fn lean(tangents: DVec2, lift: Option<f64>) -> (Across, Vertical) {
    let tangents = tangents.clamp_length_max(LEAN_TAN_MAX);
    let upright = 1.0 / libm::sqrt(1.0 + tangents.length_squared());
    let vertical = lift.map_or(Vertical::Sink(0.0), |part| Vertical::Lift(part * upright));
    (Across::Lean(tangents), vertical)
}
