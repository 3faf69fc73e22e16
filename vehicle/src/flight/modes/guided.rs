//! Guided: going to a place, circling one, following the subject, stopping at once.
//!
//! **Never:** follows a subject that has fallen silent, or out of the geofence.

use super::orders::FENCE_MARGIN_M;
use super::{Modes, REACHED_M, View, stopping_point};
use crate::flight::control::{Across, Vertical};
use crate::flight::geofence::lets_pass;
use crate::flight::words::{Circle, Event, Events, Mode};
use crate::senses::{Geofence, TICKS_PER_S, Tick};
use glam::{DVec2, DVec3};

/// Fastest that a subject is followed, m/s.
pub(crate) const FOLLOW_MPS: f64 = 8.0;
/// How far it keeps from the subject, and how high over the ground at least, metres.
pub(crate) const STANDOFF_M: (f64, f64) = (8.0, 3.0);
/// Height of what it looks at, metres.
pub(crate) const SUBJECT_HEIGHT_M: f64 = 1.5;
/// A subject that is silent for longer is lost.
pub(crate) const SUBJECT_TICKS: u64 = 3 * TICKS_PER_S;
/// Whether the geofence lets it follow is looked at five times a second.
const LOOK_TICKS: u64 = TICKS_PER_S / 5;
/// Slower than this it has stopped, m/s.
pub(crate) const STOPPED_MPS: f64 = 0.3;

impl Modes {
    pub(super) fn go_to(
        &mut self,
        place_ned_m: DVec3,
        speed_mps: Option<f64>,
        view: &View,
        events: &mut Events,
    ) {
        self.enter(Mode::GoTo);
        self.speed_mps = speed_mps.unwrap_or(self.speed_mps);
        self.nose_rad = None;
        self.head_for(place_ned_m, view);
        events.push(Event::GoingThere);
    }

    pub(super) fn orbit(&mut self, circle: Circle, view: &View, events: &mut Events) {
        self.enter(Mode::Orbit);
        self.go_round(circle, view);
        events.push(Event::Orbiting);
    }

    pub(super) fn follow(&mut self, view: &View, events: &mut Events) {
        self.enter(Mode::Follow);
        self.target_ned_m = stopping_point(view);
        self.target_ned_m.z = self.target_ned_m.z.min(-STANDOFF_M.1);
        self.speed_mps = FOLLOW_MPS;
        self.nose_rad = None;
        // Who has not spoken yet has a while to begin.
        if self.subject.is_none_or(|(heard, _)| view.now.0 - heard.0 > SUBJECT_TICKS) {
            self.subject = None;
        }
        self.since = view.now;
        self.is_tied = false;
        events.push(Event::Following);
    }

    pub(super) fn brake(&mut self, view: &View, events: &mut Events) {
        self.enter(Mode::Brake);
        self.target_ned_m = view.position_ned_m;
        self.nose_rad = None;
        events.push(Event::Braking);
    }

    /// Where the subject says it is.
    pub fn hear_subject(&mut self, place_ned_m: DVec3, now: Tick) {
        self.subject = Some((now, place_ned_m));
    }

    pub(super) fn arrive(&mut self, view: &View, events: &mut Events) {
        if self.distance_m(view) < REACHED_M.0 && self.is_level(view) {
            self.enter(Mode::Hold);
            events.push(Event::Arrived);
        }
    }

    pub(super) fn keep_up(&mut self, view: &View, fence: &Geofence, events: &mut Events) {
        let heard = self.subject.map_or(self.since, |(heard, _)| heard);
        if view.now.0 - heard.0 > SUBJECT_TICKS {
            self.enter(Mode::Hold);
            self.target_ned_m = stopping_point(view);
            events.push(Event::SubjectLost);
            return;
        }
        let Some((_, subject_ned_m)) = self.subject else { return };
        let away = (view.position_ned_m - subject_ned_m).truncate().normalize_or(DVec2::NEG_X);
        let place = subject_ned_m.truncate() + away * STANDOFF_M.0;
        let place = place.extend(self.target_ned_m.z);
        if view.now.0.is_multiple_of(LOOK_TICKS) {
            let was_tied = self.is_tied;
            self.is_tied = !lets_pass(fence, view.position_ned_m, place, FENCE_MARGIN_M);
            if self.is_tied && !was_tied {
                events.push(Event::FollowTied);
            }
        }
        if !self.is_tied {
            self.target_ned_m = place;
        }
        self.looks_at_ned_m = Some(subject_ned_m.with_z(-SUBJECT_HEIGHT_M));
    }

    /// Stops as hard as it can; where it stands then, it stays.
    pub(super) fn stop_moving(&mut self, view: &View, events: &mut Events) -> (Across, Vertical) {
        if view.velocity_ned_mps.length() < STOPPED_MPS {
            self.enter(Mode::Hold);
            self.target_ned_m = view.position_ned_m;
            events.push(Event::Hold);
            return (Across::Place, Vertical::Place);
        }
        (Across::Stop, Vertical::Sink(0.0))
    }
}
