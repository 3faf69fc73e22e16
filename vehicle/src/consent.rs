//! The ledger: who agreed to what, for which object, to whom, until when.
//!
//! Records follow the fields of ISO/IEC TS 27560. A capture that the pilot commands is a grant as well: that
//! one object may be written to the card.
//!
//! **Never:** forgets a grant that still holds; widens a scope; grants anything by itself.

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
    /// Number of the log, still or recording.
    pub object: u32,
    /// To whom it may go.
    pub recipient: Recipient,
}

/// One grant as recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    record_id: u32,
    scope: Scope,
    given_at: Tick,
    valid_until: Option<Tick>,
    withdrawn_at: Option<Tick>,
}

impl Grant {
    /// Number of the record, from 1.
    #[must_use]
    pub fn record_id(&self) -> u32 {
        self.record_id
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

    /// Records a grant; `None` if the ledger is full of grants that may still hold.
    pub fn grant(&mut self, scope: Scope, now: Tick, valid_until: Option<Tick>) -> Option<u32> {
        if self.records.len() >= RECORDS_MAX {
            self.records.retain(|r| r.holds_at(now) || r.given_at > now);
        }
        if self.records.len() >= RECORDS_MAX {
            return None;
        }
        let record_id = self.next_id;
        self.next_id += 1;
        self.records.push(Grant {
            record_id,
            scope,
            given_at: now,
            valid_until,
            withdrawn_at: None,
        });
        Some(record_id)
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
}
