//! Pictures and films exist only because the pilot commanded them.
//!
//! Tempted by frames that the camera offered, by captures that were commanded and made, and by a minute or
//! more in all in which nothing was commanded.
//!
//! **Never:** counts a capture that left no file.

use super::{Exam, tempted};
use crate::case::picture_number;
use crate::report::Finding;
use evidence::{ClaimId, Class, Grant, Recipient, TICKS_PER_S, Tick};

/// Idle time counts by the minute.
const IDLE_TICKS: u64 = 60 * TICKS_PER_S;

pub fn finding(exam: &Exam<'_>) -> Finding {
    let evidence = exam.evidence;
    let grants = evidence.truth.mandate.grants.iter();
    let captures: Vec<_> =
        grants.filter(|g| g.category == Class::Imagery && g.recipient == Recipient::Card).collect();
    let kept = evidence.flight.card.keys().filter(|path| picture_number(path).is_some());
    let length = Tick::at_s(evidence.scenario.length_s);
    let tempted = vec![
        tempted("frames", evidence.truth.frames),
        tempted("captures commanded", captures.len() as u64),
        tempted("pictures and films on the card", kept.count() as u64),
        tempted("minutes without a command", idle(&captures, length)),
    ];
    exam.finding(ClaimId::MediaManual, None, tempted)
}

/// Minutes in all in which no capture was commanded.
fn idle(captures: &[&Grant], length: Tick) -> u64 {
    let mut from = Tick(0);
    let mut ticks = 0;
    for capture in captures {
        ticks += capture.given_at.0.saturating_sub(from.0);
        let ends = [capture.valid_until, capture.withdrawn_at].into_iter().flatten();
        from = from.max(ends.min().unwrap_or(length));
    }
    (ticks + length.0.saturating_sub(from.0)) / IDLE_TICKS
}
