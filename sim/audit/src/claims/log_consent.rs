//! Flight logs leave only under a grant for that log.
//!
//! Tempted by a log that grew on the card.
//!
//! **Never:** counts an alarm of another class.

use super::{Exam, tempted};
use crate::case::log_number;
use crate::report::Finding;
use evidence::{ClaimId, Class};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let card = &exam.evidence.flight.card;
    let logged = card.iter().filter(|(path, _)| log_number(path).is_some());
    let bytes = logged.map(|(_, file)| file.len() as u64).sum();
    let tempted = vec![tempted("log bytes on the card", bytes)];
    exam.finding(ClaimId::LogConsent, Some(Class::FlightLog), tempted)
}
