//! At rest, flight logs lie in the sealed container only.
//!
//! Tempted by logs with ten kinds of record or more, and by exact positions and the pilot's own names for places,
//! which they hold.
//!
//! **Never:** counts a log that its owner cannot open.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::ClaimId;

/// Fewer kinds of record are no temptation.
const KINDS_MIN: u64 = 10;

pub fn finding(exam: &Exam<'_>) -> Finding {
    let kinds = exam.logged.kinds;
    let fixes = exam.evidence.truth.position_fixes.len() as u64;
    let tempted = vec![
        tempted("bytes in sealed logs", exam.logged.bytes),
        tempted("kinds of record, ten or more", if kinds >= KINDS_MIN { kinds } else { 0 }),
        tempted("positions known, and names in opened logs", exam.logged.names + fixes),
    ];
    exam.finding(ClaimId::LogSealed, None, tempted)
}
