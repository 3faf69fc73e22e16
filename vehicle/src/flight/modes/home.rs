//! The way home, and the way down.
//!
//! **Never:** comes home lower than it is; idles before it has felt the ground.

use super::touch::Contact;
use super::{Drive, Modes, REACHED_M, Stage, View, stopping_point};
use crate::flight::control::{Across, Vertical};
use crate::flight::words::{Cause, Event, Events, Landed, Mode};

/// Lowest height of a way home, as delivered, metres.
pub(crate) const RETURN_HEIGHT_M: f64 = 15.0;
/// Slower than this over home, the way down begins, m/s.
pub(crate) const ARRIVED_MPS: f64 = 0.7;
/// A place farther than this is not chased on the way down, metres.
pub(crate) const CHASED_M_MAX: f64 = 2.0;
/// So near to the ground nothing is corrected any more: the ground would hold against it, metres.
pub(crate) const TOUCHING_M: f64 = 0.08;
/// Sink rate near the ground, and from which height it begins to grow, m/s, metres and 1/s.
pub(crate) const SINK: (f64, f64, f64) = (0.5, 2.0, 0.25);

impl Modes {
    pub(super) fn go_home(&mut self, cause: Cause, view: &View, events: &mut Events) {
        self.enter(Mode::Return);
        let stop = stopping_point(view);
        self.target_ned_m = stop.with_z(stop.z.min(-self.tuning.return_height_m));
        self.nose_rad = None;
        events.push(Event::Return(cause));
    }

    pub(super) fn go_down(&mut self, cause: Cause, view: &View, events: &mut Events) {
        self.enter(Mode::Land);
        self.landed = Landed::Landing;
        self.target_ned_m = stopping_point(view);
        self.nose_rad = None;
        events.push(Event::Landing(cause));
    }

    pub(super) fn follow_home(&mut self, view: &View, events: &mut Events) {
        let is_slow = view.velocity_ned_mps.length() < ARRIVED_MPS;
        match self.stage {
            Stage::Level if self.is_level(view) => {
                let home = self.home_ned_m.with_z(self.target_ned_m.z);
                self.head_for(home, view);
            }
            Stage::Along if self.distance_m(view) < REACHED_M.0 && is_slow => {
                let home = self.home_ned_m.with_z(view.position_ned_m.z);
                self.go_down(Cause::Home, view, events);
                self.target_ned_m = home;
            }
            _ => {}
        }
    }

    pub(super) fn follow_down(&mut self, view: &View, events: &mut Events) -> Drive {
        match self.touch.feel(view) {
            _ if self.touch.lies(view) => self.settle(events),
            Contact::None => {
                let height_m = -view.position_ned_m.z;
                let clear_m = view.range_height_m.map_or(height_m, |range_m| range_m.min(height_m));
                let (_, slow_m, growth_per_s) = SINK;
                let slowest = self.tuning.touch_down_mps;
                let sink = slowest + (clear_m - slow_m).max(0.0) * growth_per_s;
                let sink = Vertical::Sink(sink.min(self.tuning.descent_mps));
                if self.distance_m(view) > CHASED_M_MAX {
                    // The belief leapt, or the wind was too strong: this place is as good as that.
                    self.target_ned_m = stopping_point(view);
                }
                let touches = view.range_height_m.is_some_and(|range_m| range_m < TOUCHING_M);
                let across = if touches { Across::Keep } else { Across::Place };
                Drive::Fly(self.goal(across, sink))
            }
            Contact::Felt => Drive::Idle,
            Contact::Sure => self.settle(events),
        }
    }

    fn settle(&mut self, events: &mut Events) -> Drive {
        events.push(Event::Landed);
        self.stop(events);
        Drive::Off
    }
}
