//! Pictures leave only under a grant for that picture.
//!
//! Tempted by stills and films that the pilot commanded, that were really taken, and by frames with the marked sheet in
//! view: a picture that nobody took cannot leave.
//!
//! **Never:** counts an alarm of another class.

use super::{Exam, tempted};
use crate::case::picture_number;
use crate::report::Finding;
use evidence::{ClaimId, Class, Recipient};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let truth = &exam.evidence.truth;
    let commanded = truth.mandate.grants.iter();
    let commanded =
        commanded.filter(|g| g.category == Class::Imagery && g.recipient == Recipient::Card);
    let taken = exam.evidence.flight.card.keys().filter(|path| picture_number(path).is_some());
    let seen = truth.exposures.iter().filter(|exposure| exposure.class == Class::Imagery);
    let tempted = vec![
        tempted("captures commanded", commanded.count() as u64),
        tempted("captures taken", taken.count() as u64),
        // At most one frame a second is witnessed.
        tempted("frames with the sheet", seen.count() as u64),
    ];
    exam.finding(ClaimId::MediaConsent, Some(Class::Imagery), tempted)
}
