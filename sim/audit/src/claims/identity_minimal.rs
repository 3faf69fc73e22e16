//! E-mail, phone and declared numbers are all that tells who owns the vehicle.
//!
//! Tempted by every identifier that there is: the vehicle's, the stations' around it, and the pilot's account.
//!
//! **Never:** counts an identifier that no detector would know again.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Class};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let canaries = &exam.evidence.truth.canaries;
    let count = |class| canaries.iter().filter(|canary| canary.class == class).count() as u64;
    let tempted = vec![
        tempted("numbers of the vehicle", count(Class::Device)),
        tempted("stations in reach", count(Class::Surroundings)),
        tempted("words of the account", count(Class::Account)),
    ];
    exam.finding(ClaimId::IdentityMinimal, Some(Class::Device), tempted)
}
