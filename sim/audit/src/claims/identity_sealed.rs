//! Identity and keys are sealed at rest.
//!
//! Tempted by sealed bytes of an identity or a key on the card.
//!
//! **Never:** counts an identity that is not kept.

use super::{Exam, tempted};
use crate::decode::sealed::{IDENTITY, SIGNING};
use crate::report::Finding;
use evidence::ClaimId;

pub fn finding(exam: &Exam<'_>) -> Finding {
    let card = &exam.evidence.flight.card;
    let length = |path| card.get(path).map_or(0, |file| file.len() as u64);
    let tempted = vec![tempted("bytes of identity at rest", length(IDENTITY) + length(SIGNING))];
    exam.finding(ClaimId::IdentitySealed, None, tempted)
}
