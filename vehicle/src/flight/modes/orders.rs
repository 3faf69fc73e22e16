//! What the pilot asks for: done, put off, or denied.
//!
//! **Never:** overrules a landing that the battery forces; stops the rotors in the air but when told exactly that.

use super::{Modes, View};
use crate::flight::geofence::lets_pass;
use crate::flight::words::{Answer, Cause, Command, Event, Events, Landed, Mode, Why};
use crate::senses::Geofence;
use glam::DVec3;

/// Heights that may be asked of a take-off, metres.
pub(crate) const TAKE_OFF_HEIGHTS_M: (f64, f64) = (1.0, 500.0);
/// Heights of places that may be asked for, metres: lower, because what the sea level is here is known to a metre only.
pub(crate) const GUIDED_HEIGHTS_M: (f64, f64) = (0.3, 500.0);
/// Speeds that may be asked for, as delivered, m/s.
pub(crate) const SPEEDS_MPS: (f64, f64) = (0.2, 10.0);
/// Circles that may be asked for, metres.
pub(crate) const RADII_M: (f64, f64) = (2.0, 500.0);
/// How far within the geofence a way must stay, metres.
pub(crate) const FENCE_MARGIN_M: f64 = 1.0;
/// Farthest place that may be asked for, metres.
pub(crate) const AWAY_M_MAX: f64 = 5_000.0;

impl Modes {
    /// Does what the pilot asks for, or says why not. `refusal` is why the rotors may not start, if they may not.
    pub fn command(
        &mut self,
        command: Command,
        view: &View,
        refusal: Option<Why>,
        events: &mut Events,
    ) -> Answer {
        let is_grounded = self.landed == Landed::OnGround;
        let comes_down = matches!(command, Command::Land | Command::Disarm | Command::StopMotors);
        if self.must_land && !comes_down {
            return Answer::TemporarilyRejected;
        }
        match command {
            Command::Arm if self.is_armed() => Answer::Accepted,
            Command::Arm => match refusal {
                Some(why) => {
                    events.push(Event::ArmingRefused(why));
                    Answer::TemporarilyRejected
                }
                None => {
                    self.mode = Mode::Hold;
                    events.push(Event::Armed);
                    Answer::Accepted
                }
            },
            Command::Disarm if !self.is_armed() => Answer::Accepted,
            Command::Disarm if is_grounded || self.touch.is_down() => {
                self.stop(events);
                Answer::Accepted
            }
            Command::Disarm => Answer::Denied,
            Command::TakeOff { height_m } => {
                if !is_height(height_m) {
                    return Answer::Denied;
                }
                if !self.is_armed() || !is_grounded {
                    return Answer::TemporarilyRejected;
                }
                self.leave_ground(Mode::TakeOff, view, height_m);
                events.push(Event::TakeOff);
                Answer::Accepted
            }
            Command::StartMission => self.start_mission(view, events),
            // On the ground the vehicle holds anyway.
            Command::Hold if is_grounded => Answer::Accepted,
            Command::Return
            | Command::Land
            | Command::GoTo { .. }
            | Command::Orbit(_)
            | Command::Follow
            | Command::Brake
            | Command::TakeInHand(_)
            | Command::Offboard
            | Command::LimitSpeed(_)
            | Command::LookAt(_)
                if is_grounded =>
            {
                Answer::TemporarilyRejected
            }
            Command::Hold => {
                self.hold(view, events);
                Answer::Accepted
            }
            Command::Return => {
                self.go_home(Cause::Pilot, view, events);
                Answer::Accepted
            }
            Command::Land => {
                if self.mode != Mode::Land {
                    self.go_down(Cause::Pilot, view, events);
                }
                Answer::Accepted
            }
            Command::StopMotors => {
                if self.is_armed() {
                    events.push(Event::MotorsStopped);
                    self.stop(events);
                }
                Answer::Accepted
            }
            Command::Brake => {
                self.brake(view, events);
                Answer::Accepted
            }
            Command::Follow => {
                self.follow(view, events);
                Answer::Accepted
            }
            Command::TakeInHand(how) => {
                self.take_in_hand(how, view, events);
                Answer::Accepted
            }
            Command::Offboard => self.go_offboard(view, events),
            Command::LimitSpeed(mps) => {
                if !self.is_flyable(mps) {
                    return Answer::Denied;
                }
                self.speed_mps = mps;
                Answer::Accepted
            }
            Command::LookAt(place_ned_m) => {
                if place_ned_m.is_some_and(|place| !is_in_reach(place, view)) {
                    return Answer::Denied;
                }
                self.looks_at_ned_m = place_ned_m;
                Answer::Accepted
            }
            Command::SetHome(place_ned_m) => {
                if !is_in_reach(place_ned_m, view) {
                    return Answer::Denied;
                }
                self.home_ned_m = place_ned_m;
                self.haven_ne_m = self.haven_ne_m(view.position_ned_m.truncate());
                Answer::Accepted
            }
            Command::GoTo { position_ned_m, speed_mps, nose_rad } => {
                let is_slow = speed_mps.is_none_or(|mps| self.is_flyable(mps));
                if !is_slow || !is_near(position_ned_m, view) {
                    return Answer::Denied;
                }
                self.go_to(position_ned_m, speed_mps, view, events);
                self.nose_rad = nose_rad.or(self.nose_rad);
                Answer::Accepted
            }
            Command::Orbit(circle) => {
                let (low_m, high_m) = RADII_M;
                let is_slow = self.is_flyable(circle.speed_mps);
                let is_round = (low_m..=high_m).contains(&circle.radius_m);
                if !is_slow || !is_round || !is_near(circle.centre_ned_m, view) {
                    return Answer::Denied;
                }
                self.orbit(circle, view, events);
                Answer::Accepted
            }
        }
    }
}

impl Modes {
    /// What the pilot has commanded is not of the vehicle's own accord any more.
    pub fn obeyed(&mut self, command: &Command) {
        match command {
            Command::Hold
            | Command::StartMission
            | Command::Return
            | Command::Land
            | Command::GoTo { .. }
            | Command::Orbit(_)
            | Command::Follow
            | Command::Brake
            | Command::TakeOff { .. }
            | Command::Offboard
            | Command::TakeInHand(_) => self.is_in_distress = false,
            Command::Arm
            | Command::Disarm
            | Command::StopMotors
            | Command::LimitSpeed(_)
            | Command::LookAt(_)
            | Command::SetHome(_) => {}
        }
    }

    fn is_flyable(&self, speed_mps: f64) -> bool {
        (SPEEDS_MPS.0..=self.tuning.speed_mps_max).contains(&speed_mps)
    }

    /// Whether what the pilot asks for stays within the geofence.
    pub fn stays_inside(&self, command: &Command, fence: &Geofence, view: &View) -> bool {
        let here = view.position_ned_m;
        let is_free = |to| lets_pass(fence, here, to, FENCE_MARGIN_M);
        match command {
            Command::TakeOff { height_m } => is_free(here.with_z(-height_m)),
            Command::GoTo { position_ned_m, .. } => is_free(*position_ned_m),
            Command::Orbit(circle) => {
                let comes_mps = self.tuning.cruise_mps;
                self.comes_to(fence, here, circle, comes_mps, FENCE_MARGIN_M).is_some()
            }
            Command::StartMission => self.mission_stays_inside(fence, here, FENCE_MARGIN_M),
            Command::SetHome(place) => lets_pass(fence, *place, *place, FENCE_MARGIN_M),
            // Home is within, or it would not have started; where the others lead, the fence itself watches.
            Command::Arm
            | Command::Disarm
            | Command::Hold
            | Command::Return
            | Command::Land
            | Command::Follow
            | Command::Brake
            | Command::StopMotors
            | Command::LimitSpeed(_)
            | Command::LookAt(_)
            | Command::Offboard
            | Command::TakeInHand(_) => true,
        }
    }
}

/// Whether a take-off may go so high.
pub(super) fn is_height(height_m: f64) -> bool {
    (TAKE_OFF_HEIGHTS_M.0..=TAKE_OFF_HEIGHTS_M.1).contains(&height_m)
}

/// Whether a place may be flown to from here: in the air, and not in another country.
fn is_near(place_ned_m: DVec3, view: &View) -> bool {
    let (low_m, high_m) = GUIDED_HEIGHTS_M;
    is_in_reach(place_ned_m, view) && (low_m..=high_m).contains(&-place_ned_m.z)
}

/// Whether a place is in this country, be it on the ground.
fn is_in_reach(place_ned_m: DVec3, view: &View) -> bool {
    (place_ned_m - view.position_ned_m).truncate().length() <= AWAY_M_MAX
        && place_ned_m.z.abs() <= GUIDED_HEIGHTS_M.1
}
