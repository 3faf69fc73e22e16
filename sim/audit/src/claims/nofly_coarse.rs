//! A question about no-fly zones tells a cell only, and is asked at fixed moments only.
//!
//! Tempted by questions that were asked, and by fixes that are finer.
//!
//! **Never:** counts a question that was not asked.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Class};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let fixes = exam.evidence.truth.position_fixes.len() as u64;
    let tempted = vec![
        tempted("questions about zones", exam.uplink.zones),
        tempted("exact positions known", fixes),
    ];
    exam.finding(ClaimId::NoflyCoarse, Some(Class::Position), tempted)
}
