//! The way home, and the way down.
//!
//! Home is where it started, or a rally point that is nearer when it turns back, as PX4 has it by default (RTL_TYPE 0).
//! Where the straight way leads out of the geofence, it goes round by the corners of what stands in it; where no way
//! leads home, it waits or lands, as the fence has it.
//!
//! **Never:** comes home lower than it is, but under the fence's ceiling; idles before it has felt the ground.

use super::orders::FENCE_MARGIN_M;
use super::touch::Contact;
use super::{Drive, Modes, REACHED_M, Stage, View, stopping_point};
use crate::flight::control::{Across, Vertical};
use crate::flight::detour::next_turn;
use crate::flight::words::{Cause, Event, Events, Landed, Mode};
use crate::senses::{FenceAction, Geofence, TICKS_PER_S, Tick};
use alloc::vec::Vec;
use glam::DVec2;

/// Lowest height of a way home, as delivered, metres.
pub(crate) const RETURN_HEIGHT_M: f64 = 15.0;
/// Slower than this over home, the way down begins, m/s.
pub(crate) const ARRIVED_MPS: f64 = 0.7;
/// A place farther than this is not chased on the way down, metres.
pub(crate) const CHASED_M_MAX: f64 = 2.0;
/// So near to the ground nothing is corrected any more: the ground would hold against it, metres.
pub(crate) const TOUCHING_M: f64 = 0.08;
/// A way home that is barred is looked for again after so many ticks.
const AGAIN_TICKS: u64 = TICKS_PER_S;
/// Sink rate near the ground, and from which height it begins to grow, m/s, metres and 1/s.
pub(crate) const SINK: (f64, f64, f64) = (0.5, 2.0, 0.25);

impl Modes {
    pub(super) fn go_home(&mut self, cause: Cause, view: &View, events: &mut Events) {
        self.enter(Mode::Return);
        let stop = stopping_point(view);
        self.target_ned_m = stop.with_z(stop.z.min(-self.tuning.return_height_m));
        self.nose_rad = None;
        self.haven_ne_m = self.haven_ne_m(view.position_ned_m.truncate());
        events.push(Event::Return(cause));
    }

    /// Home or the rally point that is nearest to a place, metres north and east.
    pub fn haven_ne_m(&self, here: DVec2) -> DVec2 {
        let away_m = |place: DVec2| place.distance(here);
        let home = self.home_ned_m.truncate();
        let rally = self.rally_ne_m.iter().copied();
        rally.fold(home, |best, place| if away_m(place) < away_m(best) { place } else { best })
    }

    /// Takes other rally points. What returns meanwhile chooses anew.
    pub fn set_rally(&mut self, points_ne_m: Vec<DVec2>, view: &View) {
        self.rally_ne_m = points_ne_m;
        self.haven_ne_m = self.haven_ne_m(view.position_ned_m.truncate());
        self.think_again();
    }

    pub(super) fn go_down(&mut self, cause: Cause, view: &View, events: &mut Events) {
        self.enter(Mode::Land);
        self.landed = Landed::Landing;
        self.target_ned_m = stopping_point(view);
        self.nose_rad = None;
        events.push(Event::Landing(cause));
    }

    pub(super) fn follow_home(&mut self, view: &View, fence: &Geofence, events: &mut Events) {
        let is_slow = view.velocity_ned_mps.length() < ARRIVED_MPS;
        match self.stage {
            Stage::Level => {
                if let Some(height_m) = fence.height_m_max {
                    self.target_ned_m.z = self.target_ned_m.z.max(FENCE_MARGIN_M - height_m);
                }
                if self.is_level(view) {
                    self.turn_for_home(view, fence, events);
                }
            }
            Stage::Along if self.is_at_turn(view) => self.turn_for_home(view, fence, events),
            Stage::Barred(until) if view.now >= until => self.turn_for_home(view, fence, events),
            Stage::Along if self.distance_m(view) < REACHED_M.0 && is_slow => {
                let haven = self.haven_ne_m.extend(view.position_ned_m.z);
                self.go_down(Cause::Home, view, events);
                self.target_ned_m = haven;
            }
            _ => {}
        }
    }

    /// Heads for the next turn of the way home, or for home itself.
    fn turn_for_home(&mut self, view: &View, fence: &Geofence, events: &mut Events) {
        let here = view.position_ned_m.truncate();
        if let Some(turn) = next_turn(fence, here, self.haven_ne_m) {
            self.head_for(turn.extend(self.target_ned_m.z), view);
            return;
        }
        let was_barred = matches!(self.stage, Stage::Barred(_));
        if !was_barred {
            events.push(Event::HomeBarred);
            self.target_ned_m = stopping_point(view).with_z(self.target_ned_m.z);
        }
        self.stage = Stage::Barred(Tick(view.now.0 + AGAIN_TICKS));
        match fence.action {
            FenceAction::Warn | FenceAction::Hold => {}
            FenceAction::Return | FenceAction::Land => self.go_down(Cause::Fence, view, events),
        }
    }

    /// Whether it has come to a turn of the way home that is not home.
    fn is_at_turn(&self, view: &View) -> bool {
        let is_home = self.target_ned_m.truncate() == self.haven_ne_m;
        !is_home && self.distance_m(view) < REACHED_M.1
    }

    /// Looks for its way home anew: the fence is another.
    pub fn think_again(&mut self) {
        if self.mode == Mode::Return && matches!(self.stage, Stage::Along | Stage::Barred(_)) {
            self.stage = Stage::Level;
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

    pub(super) fn settle(&mut self, events: &mut Events) -> Drive {
        events.push(Event::Landed);
        self.stop(events);
        Drive::Off
    }
}
