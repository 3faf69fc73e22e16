//! What the vehicle does when the ground commands: each command to one room, and an answer to each.
//!
//! **Never:** carries out a repeated order twice; tells of an object to somebody without a grant for it.

use super::Vehicle;
use crate::consent::Scope;
use crate::data::logbook::{Kind, LogEntry};
use crate::data::transfer::Start;
use crate::flight::{Answer, Command};
use crate::gate::{Asked, decide};
use crate::outbox::Outbox;
use crate::radio::inbound::Asks;
use crate::radio::words::Text;
use crate::senses::{Senses, TICKS_PER_S, Tick};
use crate::words::{Class, Link, Recipient};

/// A capture that takes longer than this after its command does not happen.
const CAPTURE_WITHIN_TICKS: u64 = 2 * TICKS_PER_S;

/// Answers to a command, as MAVLink numbers them (MAV_RESULT).
mod result {
    pub const ACCEPTED: u8 = 0;
    pub const TEMPORARILY_REJECTED: u8 = 1;
    pub const DENIED: u8 = 2;
    pub const UNSUPPORTED: u8 = 3;
    pub const FAILED: u8 = 4;
}

impl Vehicle {
    pub(super) fn obey(
        &mut self,
        asks: Asks,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> u8 {
        match asks {
            Asks::Fly(command) => self.command(command, now),
            Asks::TakeOffTo { alt_m } => {
                let state = self.flight.state();
                // Some ground stations mean a height above home; below the ground nothing else makes sense.
                let above_m = alt_m - state.home_alt_m;
                let height_m = if above_m > 0.0 { above_m } else { alt_m };
                self.command(Command::TakeOff { height_m }, now)
            }
            Asks::Still { sequence } => self.order_still(sequence, now),
            Asks::Record(on) => self.switch_recorder(on, now, outbox),
            Asks::Grant { scope, valid_s } => {
                let until =
                    valid_s.map(|s| Tick(now.0 + libm::floor(s * TICKS_PER_S as f64) as u64));
                if self.ledger.grant(scope, now, until).is_none() {
                    return result::FAILED;
                }
                self.log_consent(1, scope, now, outbox);
                self.say(Text::GrantRecorded, now, outbox);
                result::ACCEPTED
            }
            Asks::Withdraw(scope) => {
                if !self.ledger.withdraw(scope, now) {
                    return result::FAILED;
                }
                self.log_consent(2, scope, now, outbox);
                self.say(Text::GrantWithdrawn, now, outbox);
                result::ACCEPTED
            }
            Asks::Send(scope) => self.start_transfer(scope, now, senses, outbox),
            Asks::Nonsense => result::DENIED,
            Asks::Unsupported => result::UNSUPPORTED,
        }
    }

    fn command(&mut self, command: Command, now: Tick) -> u8 {
        match self.flight.command(command, self.link_age_s(now)) {
            Answer::Accepted => result::ACCEPTED,
            Answer::TemporarilyRejected => result::TEMPORARILY_REJECTED,
            Answer::Denied => result::DENIED,
        }
    }

    fn order_still(&mut self, sequence: u32, now: Tick) -> u8 {
        // An order that is repeated is answered again and not carried out again.
        let Some(object) = self.camera.order(sequence) else { return result::ACCEPTED };
        let until = Some(Tick(now.0 + CAPTURE_WITHIN_TICKS));
        let scope = |category| Scope { category, object, recipient: Recipient::Card };
        if self.ledger.grant(scope(Class::Face), now, until).is_none() {
            return result::FAILED;
        }
        result::ACCEPTED
    }

    fn switch_recorder(&mut self, on: bool, now: Tick, outbox: &mut Outbox) -> u8 {
        let scope = |object| Scope { category: Class::Audio, object, recipient: Recipient::Card };
        if on {
            let Some(object) = self.recorder.start() else { return result::TEMPORARILY_REJECTED };
            if self.ledger.grant(scope(object), now, None).is_none() {
                self.recorder.stop();
                return result::FAILED;
            }
            self.say(Text::RecordingStarted, now, outbox);
        } else {
            let Some((object, last)) = self.recorder.stop() else {
                return result::TEMPORARILY_REJECTED;
            };
            if let Some(last) = last {
                self.send(last, now, outbox);
            }
            self.ledger.withdraw(scope(object), now);
            self.say(Text::RecordingStopped, now, outbox);
        }
        result::ACCEPTED
    }

    fn start_transfer(
        &mut self,
        scope: Scope,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> u8 {
        let link = match scope.recipient {
            Recipient::Pilot => Link::Radio,
            Recipient::Maker => Link::Uplink,
            Recipient::Card => Link::Card,
        };
        let asked = Asked { class: scope.category, link, object: scope.object, coarse: false };
        // Consent first: without a grant, not even the absence of an object is told.
        if let Err(refusal) = decide(self.provision.law, &self.ledger, asked, now) {
            let entry = LogEntry::new(Kind::Refusal, [refusal as u8].to_vec());
            self.log(now, &entry, outbox);
            self.say(Text::Refused(refusal), now, outbox);
            return result::DENIED;
        }
        match self.transfers.start(scope, &self.camera, senses.card) {
            Start::Started => result::ACCEPTED,
            Start::Busy => result::TEMPORARILY_REJECTED,
            Start::NoSuchObject => {
                self.say(Text::NoSuchObject, now, outbox);
                result::FAILED
            }
        }
    }

    fn log_consent(&mut self, act: u8, scope: Scope, now: Tick, outbox: &mut Outbox) {
        let object = scope.object.to_le_bytes();
        let head = [act, scope.category as u8, scope.recipient as u8];
        self.log(now, &LogEntry::new(Kind::Consent, [&head[..], &object].concat()), outbox);
    }
}
