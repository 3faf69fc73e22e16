//! What the pilot asks for: done, put off, or denied.
//!
//! **Never:** overrules a landing that the battery forces; stops the rotors in the air.

use super::{Modes, View, stopping_point};
use crate::flight::words::{Answer, Cause, Command, Event, Events, Landed, Mode, Why};

/// Heights that may be asked of a take-off, metres.
const TAKE_OFF_HEIGHTS_M: (f64, f64) = (1.0, 500.0);

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
        if self.must_land && command != Command::Land && command != Command::Disarm {
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
                let (low_m, high_m) = TAKE_OFF_HEIGHTS_M;
                if !(low_m..=high_m).contains(&height_m) {
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
            Command::Return | Command::Land if is_grounded => Answer::TemporarilyRejected,
            Command::Hold => {
                self.enter(Mode::Hold);
                self.target_ned_m = stopping_point(view);
                self.nose_rad = None;
                events.push(Event::Hold);
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
        }
    }
}
