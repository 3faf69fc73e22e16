//! Diagnostics tell a place no finer than its 10 km cell.
//!
//! Tempted by reports that were sent, and by fixes that are finer.
//!
//! **Never:** counts a report that was not sent.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Class};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let fixes = exam.evidence.truth.position_fixes.len() as u64;
    let tempted =
        vec![tempted("reports sent", exam.uplink.reports), tempted("exact positions known", fixes)];
    exam.finding(ClaimId::DiagCoarse, Some(Class::Position), tempted)
}
