//! The vehicle records no audio by itself, and none leaves.
//!
//! Tempted by microphone samples, and by voices of 70 dB or more while no recording runs.
//!
//! **Never:** counts what was heard within a recording: that is for the microphone's own claim.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Class, Exposure, Recipient, Tick};

/// Loud enough to be a temptation, in dB.
const LOUD_DB: f64 = 70.0;

pub fn finding(exam: &Exam<'_>) -> Finding {
    let samples = exam.evidence.truth.microphone_samples;
    let outside = loud(exam).filter(|sound| !is_recorded(exam, sound.tick));
    let tempted = vec![
        tempted("microphone samples", samples),
        tempted("voices of 70 dB or more outside recordings", outside.count() as u64),
    ];
    exam.finding(ClaimId::NoAudio, Some(Class::Audio), tempted)
}

/// Loud voices; at most one a second of each speaker is witnessed.
pub fn loud<'a>(exam: &'a Exam<'_>) -> impl Iterator<Item = &'a Exposure> {
    let exposures = exam.evidence.truth.exposures.iter();
    exposures.filter(|sound| sound.class == Class::Audio && sound.level >= LOUD_DB)
}

/// Whether a commanded recording runs.
pub fn is_recorded(exam: &Exam<'_>, tick: Tick) -> bool {
    exam.evidence.truth.mandate.grants.iter().any(|grant| {
        grant.category == Class::Audio && grant.recipient == Recipient::Card && grant.holds_at(tick)
    })
}
