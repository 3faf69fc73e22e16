//! The mission: leg by leg, each in its own time; what only sets something is done on the way to the next.
//!
//! **Never:** flies a leg of another mode; knows the pilot's names for places.

use super::round::past;
use super::{Modes, REACHED_M, Stage, View, stopping_point};
use crate::flight::geofence::lets_pass;
use crate::flight::words::{Answer, Cause, Circle, Event, Events, Landed, Mode};
use crate::senses::{Geofence, MissionItem, TICKS_PER_S, Tick, Trigger};
use alloc::vec::Vec;
use core::f64::consts::TAU;
use glam::DVec3;

/// Lowest height at which a mission leaves its place of take-off, metres.
pub(crate) const DEPART_HEIGHT_M: f64 = 2.5;

/// One item of the mission, as it is flown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Leg {
    /// To a place, and so many ticks there.
    Visit(DVec3, u64),
    /// Straight up or down to this height, metres.
    Climb(f64),
    /// Round a place, so many radians.
    Round(Circle, f64),
    /// So many ticks here.
    Wait(u64),
    /// No faster from here on, m/s.
    Speed(f64),
    /// The nose to this place from here on, or ahead.
    Look(Option<DVec3>),
    /// Stills by themselves from here on.
    Shoot(Trigger),
    /// A still here.
    Still,
    /// Down to the ground.
    Down,
    /// Home, and down there.
    Home,
}

/// The legs of a mission, one for each item.
pub(super) fn legs(mission: &[MissionItem]) -> Vec<Leg> {
    let ticks = |seconds: f64| (seconds.max(0.0) * TICKS_PER_S as f64) as u64;
    let leg = |item: &MissionItem| match item {
        MissionItem::Waypoint(point) => Leg::Visit(point.position_ned_m, ticks(point.stay_s)),
        MissionItem::TakeOff { height_m } => Leg::Climb(*height_m),
        MissionItem::Loiter { centre_ned_m, radius_m, is_clockwise, turns, .. } => {
            let circle = Circle {
                centre_ned_m: *centre_ned_m,
                radius_m: *radius_m,
                is_clockwise: *is_clockwise,
                speed_mps: f64::INFINITY,
            };
            Leg::Round(circle, turns * TAU)
        }
        MissionItem::Trigger(trigger) => Leg::Shoot(*trigger),
        MissionItem::TakeStill => Leg::Still,
        MissionItem::Delay { for_s } => Leg::Wait(ticks(*for_s)),
        MissionItem::Speed { at_most_mps } => Leg::Speed(*at_most_mps),
        MissionItem::LookAt { position_ned_m } => Leg::Look(Some(*position_ned_m)),
        MissionItem::LookAhead => Leg::Look(None),
        MissionItem::Land => Leg::Down,
        MissionItem::Return => Leg::Home,
    };
    mission.iter().map(leg).collect()
}

impl Modes {
    /// Starts with the first leg, or goes on with a mission from the ground that was left. On the ground it must be a
    /// leg that leaves it.
    pub(super) fn start_mission(&mut self, view: &View, events: &mut Events) -> Answer {
        let sets =
            |leg: &Leg| matches!(leg, Leg::Speed(_) | Leg::Look(_) | Leg::Shoot(_) | Leg::Still);
        let from = if self.may_go_on && !self.is_done { self.leg } else { 0 };
        let Some(first) = self.legs.iter().skip(from).find(|leg| !sets(leg)).copied() else {
            return Answer::Denied;
        };
        let is_grounded = self.landed == Landed::OnGround;
        let climbs_to_m = match first {
            Leg::Visit(place, _) => (-place.z).max(self.tuning.take_off_m),
            Leg::Round(circle, _) => (-circle.centre_ned_m.z).max(self.tuning.take_off_m),
            Leg::Climb(height_m) => height_m,
            Leg::Wait(_) | Leg::Down | Leg::Home if is_grounded => return Answer::Denied,
            Leg::Wait(_)
            | Leg::Down
            | Leg::Home
            | Leg::Speed(_)
            | Leg::Look(_)
            | Leg::Shoot(_)
            | Leg::Still => 0.0,
        };
        if !self.is_armed() {
            return Answer::TemporarilyRejected;
        }
        if self.may_go_on && !self.legs.iter().all(|leg| self.is_in_reach(leg)) {
            return Answer::Denied;
        }
        events.push(Event::MissionStarted);
        self.leg = from;
        self.is_done = false;
        if is_grounded {
            self.leave_ground(Mode::Mission, view, climbs_to_m);
            self.set_on_the_way(events);
        } else {
            self.enter(Mode::Mission);
            self.take_leg(view, events);
        }
        Answer::Accepted
    }

    /// Whether all places of the mission, and the straight ways between them, stay within the geofence by a margin.
    pub(super) fn mission_stays_inside(
        &self,
        fence: &Geofence,
        from_ned_m: DVec3,
        margin_m: f64,
    ) -> bool {
        let (mut at, mut speed_mps) = (from_ned_m, self.tuning.cruise_mps);
        self.legs.iter().all(|leg| {
            let to = match leg {
                Leg::Visit(place, _) => *place,
                Leg::Round(circle, turned_rad) => {
                    let circle = Circle { speed_mps, ..*circle };
                    let Some(on) = self.comes_to(fence, at, &circle, speed_mps, margin_m) else {
                        return false;
                    };
                    // It leaves the circle where it has been round.
                    at = past(&circle, on, *turned_rad);
                    return true;
                }
                Leg::Speed(mps) => {
                    speed_mps = *mps;
                    at
                }
                Leg::Climb(height_m) => at.with_z(-height_m),
                Leg::Wait(_)
                | Leg::Look(_)
                | Leg::Shoot(_)
                | Leg::Still
                | Leg::Down
                | Leg::Home => at,
            };
            let passes = to == at || lets_pass(fence, at, to, margin_m);
            at = to;
            passes
        })
    }

    /// One tick of the leg at hand.
    pub(super) fn follow_mission(&mut self, view: &View, events: &mut Events) {
        let Some(&leg) = self.legs.get(self.leg) else {
            return;
        };
        match self.stage {
            Stage::Level if self.is_level(view) => match leg {
                Leg::Visit(place, _) => self.head_for(place, view),
                Leg::Round(..) => self.take_leg(view, events),
                _ => self.next_leg(view, events),
            },
            Stage::Level => {}
            Stage::Along => {
                let stay_ticks = if let Leg::Visit(_, ticks) = leg { ticks } else { 0 };
                let reached_m = if stay_ticks > 0 { REACHED_M.0 } else { self.tuning.reached_m };
                if self.distance_m(view) < reached_m && self.is_level(view) {
                    events.push(Event::WaypointReached(self.leg as u16));
                    self.stage = Stage::Stay(Tick(view.now.0 + stay_ticks));
                }
            }
            Stage::Round { is_on: false } => {
                let off = (view.position_ned_m - self.circle.centre_ned_m).truncate();
                let miss_m = (off.length() - self.circle.radius_m).abs();
                if miss_m < self.tuning.reached_m && self.is_level(view) {
                    events.push(Event::WaypointReached(self.leg as u16));
                    self.turned_rad = 0.0;
                    self.stage = Stage::Round { is_on: true };
                }
            }
            Stage::Round { is_on: true } => {
                if matches!(leg, Leg::Round(_, whole_rad) if self.turned_rad >= whole_rad) {
                    self.next_leg(view, events);
                }
            }
            Stage::Stay(until) if view.now >= until => self.next_leg(view, events),
            Stage::Stay(_) | Stage::Barred(_) => {}
        }
    }

    fn next_leg(&mut self, view: &View, events: &mut Events) {
        self.leg += 1;
        self.take_leg(view, events);
    }

    /// Begins the next leg that is flown.
    pub(super) fn take_leg(&mut self, view: &View, events: &mut Events) {
        if let Stage::Round { .. } = self.stage {
            // The circle's centre was the target; nobody wants to be there.
            self.target_ned_m = stopping_point(view);
        }
        self.set_on_the_way(events);
        match self.legs.get(self.leg).copied() {
            Some(Leg::Visit(place, _)) => self.head_for(place, view),
            Some(Leg::Round(circle, _)) => {
                self.stage = Stage::Round { is_on: false };
                self.go_round(Circle { speed_mps: self.speed_mps, ..circle }, view);
            }
            Some(Leg::Climb(height_m)) => {
                self.stage = Stage::Level;
                self.target_ned_m = stopping_point(view).with_z(-height_m);
            }
            Some(Leg::Wait(ticks)) => self.stage = Stage::Stay(Tick(view.now.0 + ticks)),
            Some(Leg::Down) => {
                self.complete(events);
                self.go_down(Cause::Pilot, view, events);
            }
            Some(Leg::Home) => {
                self.complete(events);
                self.go_home(Cause::Pilot, view, events);
            }
            Some(Leg::Speed(_) | Leg::Look(_) | Leg::Shoot(_) | Leg::Still) | None => {
                self.enter(Mode::Hold);
                self.complete(events);
            }
        }
    }

    fn complete(&mut self, events: &mut Events) {
        self.is_done = true;
        events.push(Event::MissionComplete);
    }

    /// Does the legs that only set something, up to the next one that is flown.
    fn set_on_the_way(&mut self, events: &mut Events) {
        while let Some(&leg) = self.legs.get(self.leg) {
            match leg {
                Leg::Speed(mps) => self.speed_mps = mps,
                Leg::Look(at) => self.looks_at_ned_m = at,
                Leg::Shoot(trigger) => self.shutter.set(trigger),
                Leg::Still => events.push(Event::CameraTriggered),
                Leg::Visit(..)
                | Leg::Round(..)
                | Leg::Climb(_)
                | Leg::Wait(_)
                | Leg::Down
                | Leg::Home => return,
            }
            self.leg += 1;
        }
    }
}
