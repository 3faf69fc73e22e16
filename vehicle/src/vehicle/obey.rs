//! What the vehicle does when the ground commands: each command to one room, and an answer to each.
//!
//! **Never:** carries out a repeated order twice; tells of an object to somebody without a grant for it.

use super::Vehicle;
use super::agree::link_to;
use super::hear::Sender;
use crate::consent::Scope;
use crate::data::download::Start;
use crate::flight::{Answer, Circle, Command, Setpoint, Way};
use crate::gate::{Asked, decide};
use crate::outbox::Outbox;
use crate::radio::inbound::{Asks, Height, Spot};
use crate::radio::port::Port;
use crate::radio::streams::Stream;
use crate::radio::words::Text;
use crate::senses::{Senses, Streams, Tick};
use crate::words::{Class, Recipient};
use glam::DVec3;

/// Speed of a circle for which none is given, m/s.
const ORBIT_MPS: f64 = 3.0;
/// Farthest that a subject may be from home, metres.
const SUBJECT_M_MAX: f64 = 5_000.0;

/// Answers to a command, as MAVLink numbers them (MAV_RESULT).
pub(super) mod result {
    pub const ACCEPTED: u8 = 0;
    pub const TEMPORARILY_REJECTED: u8 = 1;
    pub const DENIED: u8 = 2;
    pub const UNSUPPORTED: u8 = 3;
    pub const FAILED: u8 = 4;
    pub const UNSUPPORTED_FRAME: u8 = 9;
}

impl Vehicle {
    /// Carries out a command; the answer, or none where it follows when the card has taken the record.
    pub(super) fn obey(
        &mut self,
        asks: Asks,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> Option<u8> {
        match asks {
            Asks::Fly(command) => Some(self.command(command, now, outbox)),
            Asks::TakeOff(height) => Some(self.take_off(height, now, outbox)),
            Asks::Lead => {
                let answer = self.command(Command::Hold, now, outbox);
                let is_led = answer == result::ACCEPTED;
                self.lines_mut().for_each(|line| line.face.hold(is_led));
                Some(answer)
            }
            Asks::Mission => Some(self.start(Command::StartMission, now, outbox)),
            Asks::GoTo { spot, speed_mps, nose_rad } => {
                let position_ned_m = self.ned_m(spot);
                let command = Command::GoTo { position_ned_m, speed_mps, nose_rad };
                Some(self.command(command, now, outbox))
            }
            Asks::SetHome(spot) => {
                let place = spot.map_or(self.flight.state().position_ned_m, |s| self.ned_m(s));
                let answer = self.command(Command::SetHome(place), now, outbox);
                if answer == result::ACCEPTED {
                    self.plan_from_home();
                }
                Some(answer)
            }
            Asks::GoOnWith { seq } => Some(if self.go_on_with(seq, sender.port) {
                result::ACCEPTED
            } else {
                result::DENIED
            }),
            Asks::LookAt(spot) => {
                let place = spot.map(|spot| self.ned_m(spot));
                Some(self.command(Command::LookAt(place), now, outbox))
            }
            Asks::Tell { id, which, by } => self.tell(id, which, by, sender, now, outbox),
            Asks::Aboard(order) => Some(self.order(order, sender, now)),
            Asks::Every { id, interval } => Some(self.set_rate(id, interval, sender)),
            Asks::Orbit { spot, radius_m, is_clockwise, speed_mps } => {
                let circle = Circle {
                    centre_ned_m: self.ned_m(spot),
                    radius_m,
                    is_clockwise,
                    speed_mps: speed_mps.unwrap_or(ORBIT_MPS),
                };
                Some(self.command(Command::Orbit(circle), now, outbox))
            }
            Asks::Still { sequence } => Some(self.order_still(sequence, now, outbox)),
            Asks::Record(on) => Some(self.switch_recorder(on, now, outbox)),
            Asks::Grant { scope, valid_s, purpose } => {
                self.give((scope, valid_s, purpose), sender, now, senses, outbox)
            }
            Asks::Withdraw(scope) => self.withdraw(scope, sender, now, senses, outbox),
            Asks::ListConsent => self.list_consent(sender.port),
            Asks::Send(scope) => Some(self.start_transfer(scope, sender.port, now, senses, outbox)),
            Asks::Reset => Some(self.order_reset()),
            Asks::Unlock { zone, code, valid_s } => {
                Some(self.unlock_zone((zone, code, valid_s), now, outbox))
            }
            Asks::Film(on) => Some(self.switch_film(on, now, outbox)),
            Asks::View(on) => Some(self.switch_view(on, now, outbox)),
            Asks::Nonsense => Some(result::DENIED),
            Asks::UnknownFrame => Some(result::UNSUPPORTED_FRAME),
            Asks::Unsupported => Some(result::UNSUPPORTED),
        }
    }

    fn take_off(&mut self, height: Height, now: Tick, outbox: &mut Outbox) -> u8 {
        let state = self.flight.state();
        let height_m = match height {
            Height::Kept => state.height_m + self.flight.take_off_m(),
            Height::AboveHome(height_m) => height_m - state.home_ned_m.z,
            // Some ground stations mean a height above home; below the ground nothing else makes sense.
            Height::AboveSea(alt_m) if alt_m > state.home_alt_m => alt_m - state.home_alt_m,
            Height::AboveSea(height_m) => height_m,
        };
        self.start(Command::TakeOff { height_m }, now, outbox)
    }

    /// Leaves the ground; before the rotors turn, once they do. A story's pilot arms first, and is told if he has not.
    fn start(&mut self, by: Command, now: Tick, outbox: &mut Outbox) -> u8 {
        let waits = match self.provision.streams {
            Streams::Minimal => false,
            Streams::Normal => !self.flight.state().armed,
        };
        if !waits {
            return self.command(by, now, outbox);
        }
        if self.leads_into_zone(by, now) {
            self.say(Text::NoFlyAhead, now, outbox);
            return result::DENIED;
        }
        answer(self.flight.choose_start(Some(by)))
    }

    fn command(&mut self, command: Command, now: Tick, outbox: &mut Outbox) -> u8 {
        if self.provision.streams == Streams::Normal && command == Command::Hold {
            // To hold on the ground is to start in no other way.
            self.flight.choose_start(None);
        }
        if self.leads_into_zone(command, now) {
            self.say(Text::NoFlyAhead, now, outbox);
            return result::DENIED;
        }
        let answer = answer(self.flight.command(command, self.link_age_s(now)));
        if command == Command::Hold && answer == result::ACCEPTED {
            self.lines_mut().for_each(|line| line.face.hold(false));
        }
        answer
    }

    /// A spot in the local frame: what it leaves out is as it is now.
    fn ned_m(&self, spot: Spot) -> DVec3 {
        let state = self.flight.state();
        let here = spot.lat_lon_deg.is_none();
        let (lat_deg, lon_deg) = spot.lat_lon_deg.unwrap_or((state.lat_deg, state.lon_deg));
        let alt_m = match spot.height {
            Height::Kept => state.alt_m,
            Height::AboveSea(alt_m) => alt_m,
            Height::AboveHome(height_m) => state.home_alt_m - state.home_ned_m.z + height_m,
        };
        let place = self.flight.ned_m(lat_deg, lon_deg, alt_m);
        if here { state.position_ned_m.with_z(place.z) } else { place }
    }

    /// What streams in while somebody flies by hand or is followed.
    pub(super) fn keep_up_with(&mut self, stream: Stream) {
        match stream {
            Stream::Sticks(sticks) => self.flight.steer(sticks),
            Stream::Setpoint(setpoint) => self.lead(setpoint),
            Stream::PlaceOnEarth { spot, turn } => {
                let way = Way::Place(self.ned_m(spot));
                self.lead(Setpoint { way, turn });
            }
            Stream::Subject { lat_deg, lon_deg, alt_m } => {
                let place = self.flight.ned_m(lat_deg, lon_deg, alt_m);
                // A subject in another country is none.
                if place.length() < SUBJECT_M_MAX {
                    self.flight.hear_subject(place);
                }
            }
        }
    }

    /// Hears where a computer wants it; a place in another country, or below the ground, is none.
    fn lead(&mut self, setpoint: Setpoint) {
        let is_near = match setpoint.way {
            Way::Place(place) => place.length() < SUBJECT_M_MAX && place.z < 0.0,
            Way::Velocity(_) | Way::BodyVelocity(_) | Way::Lean { .. } => true,
        };
        if is_near {
            self.flight.hear_setpoint(setpoint);
        }
    }

    /// A reset waits for the next tick, when the card shows all that was written in this one.
    fn order_reset(&mut self) -> u8 {
        if self.flight.state().armed {
            return result::TEMPORARILY_REJECTED;
        }
        self.must_reset = true;
        result::ACCEPTED
    }

    fn start_transfer(
        &mut self,
        scope: Scope,
        port: Port,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> u8 {
        let asked = Asked {
            class: scope.category,
            link: link_to(scope.recipient),
            object: scope.object,
            coarse: false,
            service: None,
        };
        // Consent first: without a grant, not even the absence of an object is told.
        let judged = decide(self.provision.law, &self.controls, &self.ledger, asked, now);
        if let Err(refusal) = judged {
            self.refuse(refusal, now, outbox);
            return result::DENIED;
        }
        let start = match (scope.recipient, scope.category) {
            (Recipient::Pilot, Class::FlightLog) => {
                self.line_mut(port).download.start(scope.object, senses.card)
            }
            _ => self.uplink.start(scope, &self.camera, senses),
        };
        match start {
            Start::Started => result::ACCEPTED,
            Start::Busy => result::TEMPORARILY_REJECTED,
            Start::NoSuchObject => {
                self.say(Text::NoSuchObject, now, outbox);
                result::FAILED
            }
        }
    }
}

fn answer(answer: Answer) -> u8 {
    match answer {
        Answer::Accepted => result::ACCEPTED,
        Answer::TemporarilyRejected => result::TEMPORARILY_REJECTED,
        Answer::Denied => result::DENIED,
    }
}
