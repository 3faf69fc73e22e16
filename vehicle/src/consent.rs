//! The ledger: who agreed to what, for which object, to whom, until when.
//!
//! Records follow the fields of ISO/IEC TS 27560. Those of the pilot's consent lie on the card as well, as a
//! `chain` that the vault vouches for. A capture that the pilot commands is a grant too (that one object may be
//! written to the card, that one view may be shown), but lives in memory alone.
//!
//! **Never:** forgets a grant that still holds; widens a scope; grants anything by itself.

pub(crate) mod chain;
pub(crate) mod record;

use crate::senses::Tick;
use crate::words::{Class, Recipient};
use alloc::vec::Vec;

/// Most records that the ledger holds; a further grant is denied.
pub const RECORDS_MAX: usize = 64;

/// Exactly what a grant covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Category of data.
    pub category: Class,
    /// Number of the log, picture or recording.
    pub object: u32,
    /// To whom it may go.
    pub recipient: Recipient,
}

/// What a grant is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The object is handed over.
    Delivery = 1,
    /// The maker may look into a fault with it.
    Support = 2,
    /// It may be shown to others.
    Publication = 3,
}

/// One grant as recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    record_id: u32,
    scope: Scope,
    purpose: Purpose,
    given_at: Tick,
    valid_until: Option<Tick>,
    withdrawn_at: Option<Tick>,
}

impl Grant {
    /// Number of the record, from 1; 0 for a capture, which has none.
    #[must_use]
    pub fn record_id(&self) -> u32 {
        self.record_id
    }

    /// Exactly what it covers.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// What it is for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Whether it is in force.
    #[must_use]
    pub fn holds_at(&self, now: Tick) -> bool {
        self.given_at <= now
            && self.valid_until.is_none_or(|end| now < end)
            && self.withdrawn_at.is_none_or(|end| now < end)
    }
}

/// All consent that the vehicle has been told of.
#[derive(Debug)]
pub struct Ledger {
    records: Vec<Grant>,
    next_id: u32,
}

impl Ledger {
    /// A ledger in which nobody has agreed to anything.
    #[must_use]
    pub fn empty() -> Self {
        Self { records: Vec::new(), next_id: 1 }
    }

    /// Records a grant to deliver; its number. `None` if the ledger is full of grants that may still hold.
    pub fn grant(&mut self, scope: Scope, now: Tick, valid_until: Option<Tick>) -> Option<u32> {
        self.grant_for(Purpose::Delivery, scope, now, valid_until)
    }

    /// Records a grant for a purpose; its number. `None` if the ledger is full of grants that may still hold.
    pub fn grant_for(
        &mut self,
        purpose: Purpose,
        scope: Scope,
        now: Tick,
        valid_until: Option<Tick>,
    ) -> Option<u32> {
        let record_id = self.next_id;
        self.enter(record_id, purpose, scope, now, valid_until).then(|| self.take_id())
    }

    /// Records that the pilot commands a capture or a view, in memory alone; whether there was room.
    pub fn capture(&mut self, scope: Scope, now: Tick, valid_until: Option<Tick>) -> bool {
        self.enter(0, Purpose::Delivery, scope, now, valid_until)
    }

    /// Withdraws every grant of exactly this scope; whether there was one.
    pub fn withdraw(&mut self, scope: Scope, now: Tick) -> bool {
        let mut any = false;
        for record in self.records.iter_mut().filter(|r| r.scope == scope && r.holds_at(now)) {
            record.withdrawn_at = Some(now);
            any = true;
        }
        any
    }

    /// Whether a grant of exactly this scope is in force.
    #[must_use]
    pub fn allows(&self, scope: Scope, now: Tick) -> bool {
        self.records.iter().any(|r| r.scope == scope && r.holds_at(now))
    }

    /// The newest grant of exactly this scope that is in force; captures are not counted.
    #[must_use]
    pub fn find(&self, scope: Scope, now: Tick) -> Option<&Grant> {
        let held = |r: &&Grant| r.scope == scope && r.record_id > 0 && r.holds_at(now);
        self.records.iter().rev().find(held)
    }

    /// The first grant in force whose number is above `record_id`; captures are not counted.
    #[must_use]
    pub fn next_after(&self, record_id: u32, now: Tick) -> Option<&Grant> {
        self.records.iter().find(|r| r.record_id > record_id && r.holds_at(now))
    }

    /// Numbers of the objects of a category that a recipient has a grant for now, in order.
    #[must_use]
    pub fn objects(&self, category: Class, recipient: Recipient, now: Tick) -> Vec<u32> {
        let is_meant = |s: Scope| s.category == category && s.recipient == recipient;
        let held = self.records.iter().filter(|r| is_meant(r.scope) && r.holds_at(now));
        let mut objects: Vec<u32> = held.map(|r| r.scope.object).collect();
        objects.sort_unstable();
        objects.dedup();
        objects
    }

    /// Forgets everything that the pilot agreed to; captures under way go on.
    pub(crate) fn forget_consent(&mut self) {
        self.records.retain(|r| r.record_id == 0);
        self.next_id = 1;
    }

    /// The number of the next record, which is thereby taken.
    pub(crate) fn take_id(&mut self) -> u32 {
        let record_id = self.next_id;
        self.next_id += 1;
        record_id
    }

    fn enter(
        &mut self,
        record_id: u32,
        purpose: Purpose,
        scope: Scope,
        now: Tick,
        valid_until: Option<Tick>,
    ) -> bool {
        if self.records.len() >= RECORDS_MAX {
            self.records.retain(|r| r.holds_at(now) || r.given_at > now);
        }
        if self.records.len() >= RECORDS_MAX {
            return false;
        }
        self.records.push(Grant {
            record_id,
            scope,
            purpose,
            given_at: now,
            valid_until,
            withdrawn_at: None,
        });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG_7: Scope =
        Scope { category: Class::FlightLog, object: 7, recipient: Recipient::Maker };

    #[test]
    fn a_grant_serves_its_own_scope_and_time_only() {
        let mut ledger = Ledger::empty();
        ledger.grant(LOG_7, Tick(10), Some(Tick(20)));
        for (scope, tick, allowed) in [
            (LOG_7, 9, false),
            (LOG_7, 10, true),
            (LOG_7, 19, true),
            (LOG_7, 20, false),
            (Scope { object: 8, ..LOG_7 }, 15, false),
            (Scope { recipient: Recipient::Pilot, ..LOG_7 }, 15, false),
            (Scope { category: Class::Imagery, ..LOG_7 }, 15, false),
        ] {
            assert_eq!(ledger.allows(scope, Tick(tick)), allowed, "{scope:?} at {tick}");
        }
    }

    #[test]
    fn withdrawal_holds_from_its_own_tick() {
        let mut ledger = Ledger::empty();
        ledger.grant(LOG_7, Tick(0), None);
        assert!(ledger.withdraw(LOG_7, Tick(5)));
        assert!(!ledger.allows(LOG_7, Tick(5)));
        assert!(!ledger.withdraw(LOG_7, Tick(6)), "nothing is left to withdraw");
    }

    #[test]
    fn a_full_ledger_drops_what_has_ended_and_nothing_else() {
        let mut ledger = Ledger::empty();
        for object in 0..RECORDS_MAX as u32 {
            ledger.grant(Scope { object, ..LOG_7 }, Tick(0), (object == 0).then_some(Tick(1)));
        }
        assert!(ledger.grant(LOG_7, Tick(2), None).is_some());
        assert!(ledger.grant(Scope { object: 999, ..LOG_7 }, Tick(3), None).is_none());
        assert!(ledger.allows(Scope { object: 63, ..LOG_7 }, Tick(3)));
    }

    #[test]
    fn the_list_holds_what_is_in_force_and_no_capture() {
        let mut ledger = Ledger::empty();
        let still = Scope { category: Class::Face, object: 1, recipient: Recipient::Card };
        ledger.grant(LOG_7, Tick(0), None);
        ledger.capture(still, Tick(0), None);
        ledger.grant(Scope { object: 9, ..LOG_7 }, Tick(0), Some(Tick(5)));
        ledger.grant(Scope { object: 8, ..LOG_7 }, Tick(0), None);
        let mut listed = Vec::new();
        let mut last = 0;
        while let Some(grant) = ledger.next_after(last, Tick(6)) {
            last = grant.record_id();
            listed.push((last, grant.scope().object));
        }
        assert_eq!(listed, [(1, 7), (3, 8)]);
        assert_eq!(ledger.objects(Class::FlightLog, Recipient::Maker, Tick(1)), [7, 8, 9]);
        ledger.forget_consent();
        assert!(ledger.allows(still, Tick(6)) && !ledger.allows(LOG_7, Tick(6)));
    }
}
