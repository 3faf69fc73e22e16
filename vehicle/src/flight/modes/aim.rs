//! Entering a mode, and what the controller is to reach in it.
//!
//! **Never:** decides which mode that is.

use super::touch::Touch;
use super::trigger::Shutter;
use super::{LEVEL_M, Modes, NOSE_FROM_M, STOP_MPS2, Stage, View};
use crate::flight::control::{Across, Goal, Vertical};
use crate::flight::words::{Event, Events, Landed, Mode};
use glam::DVec3;

impl Modes {
    pub(super) fn leave_ground(&mut self, mode: Mode, view: &View, height_m: f64) {
        self.enter(mode);
        self.landed = Landed::TakingOff;
        self.target_ned_m = view.position_ned_m.with_z(-height_m);
        self.nose_rad = None;
    }

    pub(super) fn hold(&mut self, view: &View, events: &mut Events) {
        self.enter(Mode::Hold);
        self.target_ned_m = stopping_point(view);
        self.nose_rad = None;
        events.push(Event::Hold);
    }

    pub(super) fn stop(&mut self, events: &mut Events) {
        self.mode = Mode::Disarmed;
        self.landed = Landed::OnGround;
        self.must_land = false;
        self.is_in_distress = false;
        self.start = None;
        self.touch = Touch::new();
        events.push(Event::Disarmed);
    }

    pub(super) fn enter(&mut self, mode: Mode) {
        self.mode = mode;
        self.fell_back = false;
        self.speed_mps = self.tuning.cruise_mps;
        self.looks_at_ned_m = None;
        self.shutter = Shutter::closed();
        self.stage = Stage::Level;
        self.touch = Touch::new();
        if self.landed == Landed::Landing {
            self.landed = Landed::InAir;
        }
    }

    pub(super) fn head_for(&mut self, target_ned_m: DVec3, view: &View) {
        self.stage = Stage::Along;
        self.target_ned_m = target_ned_m;
        self.face(target_ned_m, NOSE_FROM_M, view);
    }

    /// Turns the nose to a place that is farther than `from_m`.
    pub(super) fn face(&mut self, place_ned_m: DVec3, from_m: f64, view: &View) {
        let way = place_ned_m - view.position_ned_m;
        if way.truncate().length() > from_m {
            self.nose_rad = Some(libm::atan2(way.y, way.x));
        }
    }

    pub(super) fn goal(&self, across: Across, vertical: Vertical) -> Goal {
        Goal {
            position_ned_m: self.target_ned_m,
            speed_mps: self.speed_mps.min(self.tuning.speed_mps_max),
            climb_mps: self.tuning.climb_mps,
            descent_mps: self.tuning.descent_mps,
            across,
            vertical,
            nose_rad: self.nose_rad,
        }
    }

    pub(super) fn is_level(&self, view: &View) -> bool {
        (view.position_ned_m.z - self.target_ned_m.z).abs() < LEVEL_M
    }

    pub(super) fn distance_m(&self, view: &View) -> f64 {
        (self.target_ned_m - view.position_ned_m).truncate().length()
    }
}

/// Where the vehicle comes to rest if it brakes now.
pub(super) fn stopping_point(view: &View) -> DVec3 {
    let velocity = view.velocity_ned_mps;
    view.position_ned_m + velocity * (velocity.length() / (2.0 * STOP_MPS2))
}
