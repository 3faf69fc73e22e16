//! No audio ever leaves, and none is recorded without a command.
//!
//! Tempted by microphone samples, and by voices of 70 dB or more at the microphone.
//!
//! **Never:** counts an alarm of another class.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Class};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let truth = &exam.evidence.truth;
    let tempted = vec![
        tempted("microphone samples", truth.microphone_samples),
        tempted("ticks with a voice of 70 dB or more", truth.loud_ticks),
    ];
    exam.finding(ClaimId::NoAudio, Some(Class::Audio), tempted)
}
