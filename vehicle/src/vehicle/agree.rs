//! Consent: given, withdrawn, listed.
//!
//! What the pilot says is in force at once and written in the same tick; it is acknowledged in the next, when the card
//! has said whether it took it. Where the card does not hold what it should, all consent is lost and the chain begins
//! anew, again and again until that is on the card: less than was granted, never more.
//!
//! **Never:** grants what the law forbids; acknowledges what is not kept; tells of an object in its texts but by the
//! number that the pilot gave.

use super::Vehicle;
use super::hear::Sender;
use super::obey::result;
use crate::consent::record::{Act, Method, Record};
use crate::consent::{Grant, Purpose, Scope, chain};
use crate::data::logbook::{Kind, LogEntry};
use crate::gate::{Parcel, Refusal, Rule, rule};
use crate::outbox::Outbox;
use crate::radio::port::Port;
use crate::radio::words::{Text, consent_line};
use crate::senses::{Senses, TICKS_PER_S, Tick};
use crate::words::{Link, Recipient};
use alloc::vec::Vec;

const GIVE: u16 = 31_010;
const WITHDRAW: u16 = 31_011;
/// A slow card needs so long to show what it took.
const PATIENCE_TICKS: u64 = TICKS_PER_S / 2;
/// Lines of the list in a second.
const LINES_PER_S: u64 = 4;

/// What has been said and is not finished.
pub(super) struct Consenting {
    unconfirmed: Vec<(Act, Sender)>,
    /// Since when the card has not shown the whole chain.
    unkept_since: Option<Tick>,
    is_loss_told: bool,
    /// Number of the last record that was told, while a list is being told, and on which port.
    listed: Option<(u32, Port)>,
}

impl Consenting {
    pub(super) fn none() -> Self {
        Self { unconfirmed: Vec::new(), unkept_since: None, is_loss_told: false, listed: None }
    }
}

impl Vehicle {
    /// Takes a grant. No answer yet: it comes when the card has taken the record.
    pub(super) fn give(
        &mut self,
        (scope, valid_s, purpose): (Scope, Option<f64>, Purpose),
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> Option<u8> {
        if rule(self.provision.law, scope.category, link_to(scope.recipient)) == Rule::Never {
            self.refuse(Refusal::NeverOnThisLink, now, outbox);
            return Some(result::DENIED);
        }
        if !self.may_keep(now, senses, outbox) {
            return Some(result::FAILED);
        }
        let valid_until = valid_s.map(|s| Tick(now.0 + libm::floor(s * TICKS_PER_S as f64) as u64));
        let Some(id) = self.ledger.grant_for(purpose, scope, now, valid_until) else {
            return Some(result::FAILED);
        };
        let method = method(sender);
        let act = Act::Given;
        let record = Record { id, act, scope, purpose, at: now, valid_until, method };
        self.keep(&record, sender, now, senses, outbox)
    }

    /// Takes a withdrawal, which holds from this tick on, whatever the card does.
    pub(super) fn withdraw(
        &mut self,
        scope: Scope,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> Option<u8> {
        let Some(purpose) = self.ledger.find(scope, now).map(Grant::purpose) else {
            return Some(result::FAILED);
        };
        self.ledger.withdraw(scope, now);
        self.uplink.cancel(scope);
        if !self.may_keep(now, senses, outbox) {
            // A record that cannot be written would be consent again after the next power-on.
            self.say(Text::GrantWithdrawn, now, outbox);
            self.lose_consent(now, outbox);
            return Some(result::ACCEPTED);
        }
        let (id, method, act) = (self.ledger.take_id(), method(sender), Act::Withdrawn);
        let record = Record { id, act, scope, purpose, at: now, valid_until: None, method };
        self.keep(&record, sender, now, senses, outbox)
    }

    /// Begins to tell which grants are in force.
    pub(super) fn list_consent(&mut self, port: Port) -> Option<u8> {
        self.consenting.listed = Some((0, port));
        Some(result::ACCEPTED)
    }

    /// Tells the next line of the list.
    pub(super) fn tell_consent(&mut self, now: Tick, outbox: &mut Outbox) {
        let Some((last, port)) = self.consenting.listed else { return };
        if !now.0.is_multiple_of(TICKS_PER_S / LINES_PER_S) {
            return;
        }
        match self.ledger.next_after(last, now) {
            Some(grant) => {
                let line = consent_line(grant.record_id(), grant.scope());
                self.consenting.listed = Some((grant.record_id(), port));
                self.send(Parcel::state(line).by(port), now, outbox);
            }
            None => {
                self.consenting.listed = None;
                if let Some(end) = Text::ConsentListEnds.message() {
                    self.send(Parcel::state(end).by(port), now, outbox);
                }
            }
        }
    }

    /// Acknowledges what the card has taken, and does not let go until it holds the chain as it is.
    pub(super) fn confirm_consent(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let Some(since) = self.consenting.unkept_since else { return };
        let is_kept = self.chain.is_on(senses.card);
        let is_refused = !is_kept && senses.card.has_failed();
        for (act, sender) in core::mem::take(&mut self.consenting.unconfirmed) {
            let (number, text, answer) = match act {
                Act::Given if is_refused => (GIVE, None, result::FAILED),
                Act::Given => (GIVE, Some(Text::GrantRecorded), result::ACCEPTED),
                Act::Withdrawn => (WITHDRAW, Some(Text::GrantWithdrawn), result::ACCEPTED),
            };
            if let Some(text) = text {
                self.say(text, now, outbox);
            }
            self.line_mut(sender.port).answered.settle(number, sender, answer);
            self.acknowledge(number, answer, sender, now, outbox);
        }
        if is_kept {
            self.consenting.unkept_since = None;
            self.consenting.is_loss_told = false;
        } else if is_refused && now.0 == since.0 + 1 || now.0 >= since.0 + PATIENCE_TICKS {
            self.lose_consent(now, outbox);
        }
    }

    /// Forgets all that the pilot agreed to, here and on the card.
    pub(super) fn lose_consent(&mut self, now: Tick, outbox: &mut Outbox) {
        self.ledger.forget_consent();
        let anew = self.chain.begin_anew();
        self.send(anew, now, outbox);
        self.consenting.unkept_since = Some(now);
        if !core::mem::replace(&mut self.consenting.is_loss_told, true) {
            self.say(Text::ConsentLost, now, outbox);
        }
    }

    /// Hangs a record on the chain.
    fn keep(
        &mut self,
        record: &Record,
        sender: Sender,
        now: Tick,
        senses: &Senses<'_>,
        outbox: &mut Outbox,
    ) -> Option<u8> {
        let Some(write) = self.chain.add(record, &self.vault) else {
            return Some(result::DENIED);
        };
        self.send(write, now, outbox);
        self.keep_signing(now, senses, outbox);
        let object = record.scope.object.to_le_bytes();
        let scope = record.scope;
        let head = [record.act as u8, scope.category as u8, scope.recipient as u8];
        self.log(now, &LogEntry::new(Kind::Consent, [&head[..], &object].concat()), outbox);
        self.consenting.unconfirmed.push((record.act, sender));
        self.consenting.unkept_since = Some(now);
        None
    }

    /// Whether the card can take a record now. That it fails the pilot has been told before.
    fn may_keep(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) -> bool {
        let has_room = senses.card.free_bytes() >= chain::WRITE_MAX;
        if !has_room {
            self.say(Text::CardFull, now, outbox);
        }
        has_room && !senses.card.has_failed() && !self.store.is_failing(now)
    }
}

/// The link that leads to a recipient.
pub(super) fn link_to(recipient: Recipient) -> Link {
    match recipient {
        Recipient::Pilot => Link::Radio,
        Recipient::Maker => Link::Uplink,
        Recipient::Card => Link::Card,
        Recipient::Viewer => Link::Video,
    }
}

fn method(sender: Sender) -> Method {
    if sender.is_signed { Method::SignedGroundStation } else { Method::GroundStation }
}
