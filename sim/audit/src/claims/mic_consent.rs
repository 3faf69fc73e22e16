//! The external microphone records on command only, and its sound stays on the card.
//!
//! Tempted by recordings that were commanded, by loud voices within them, and by the sound that they left.
//!
//! **Never:** counts what was heard while nothing recorded.

use super::no_audio::{is_recorded, loud};
use super::{Exam, tempted};
use crate::case::sound_number;
use crate::report::Finding;
use evidence::{ClaimId, Class, Recipient};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let grants = exam.evidence.truth.mandate.grants.iter();
    let commanded = grants.filter(|g| g.category == Class::Audio && g.recipient == Recipient::Card);
    let within = loud(exam).filter(|sound| is_recorded(exam, sound.tick));
    let files = exam.evidence.flight.card.iter().filter(|(path, _)| sound_number(path).is_some());
    let tempted = vec![
        tempted("recordings commanded", commanded.count() as u64),
        tempted("voices of 70 dB or more in recordings", within.count() as u64),
        tempted("bytes of sound on the card", files.map(|(_, file)| file.len() as u64).sum()),
    ];
    exam.finding(ClaimId::MicConsent, Some(Class::Audio), tempted)
}
