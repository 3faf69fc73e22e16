//! Flight logs leave only under a grant for that log.
//!
//! Tempted by a log that grew on the card, and by twins with other contents in it.
//!
//! **Never:** counts an alarm of another class.

use super::{Exam, tempted};
use crate::case::log_number;
use crate::report::Finding;
use evidence::{ClaimId, Class};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let card = &exam.evidence.flight.card;
    let logged = card.iter().filter(|(path, _)| log_number(path).is_some());
    let tempted = vec![
        tempted("log bytes on the card", logged.map(|(_, file)| file.len() as u64).sum()),
        tempted("log twins", u64::from(exam.pairs(Class::FlightLog))),
    ];
    exam.finding(ClaimId::LogConsent, Some(Class::FlightLog), tempted)
}
