//! Flight logs leave only under a grant for that log.
//!
//! Tempted by a log that grew on the card.
//!
//! **Never:** counts an alarm of another class.

use super::{Exam, tempted};
use crate::case::log_number;
use crate::report::Finding;
use evidence::card::{Operation, Write};
use evidence::{ClaimId, Class, Link};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let writes = exam.evidence.flight.transcript.on(Link::Card);
    let writes = writes.filter_map(|said| Write::decode(said.bytes));
    let grows =
        |write: &Write<'_>| matches!(write.operation, Operation::Append | Operation::Replace);
    let logged = writes.filter(|write| grows(write) && log_number(write.path).is_some());
    let bytes = logged.map(|write| write.data.len() as u64).sum();
    let tempted = vec![tempted("log bytes written to the card", bytes)];
    exam.finding(ClaimId::LogConsent, Some(Class::FlightLog), tempted)
}
