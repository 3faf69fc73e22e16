//! Memory of this process, and how much of it is the evidence that a flight must keep.
//!
//! **Never:** guesses where the system does not tell.

use evidence::card::{CardImage, Write};
use evidence::{Evidence, Link, Tick, TrackPoint, Transcript};

/// Memory resident now, in KiB; 0 on systems that do not tell.
pub fn resident_kib() -> u64 {
    status_kib("VmRSS:")
}

/// The highest that was resident since [`forget_peak`], in KiB; 0 on systems that do not tell.
pub fn peak_kib() -> u64 {
    status_kib("VmHWM:")
}

/// Begins to look for the highest anew; where the system refuses, it stays that since the program began.
pub fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// KiB of evidence up to a tick: what was said, the card that it made, and the track.
pub fn evidence_kib(evidence: &Evidence, end: Tick) -> u64 {
    let said = || evidence.flight.transcript.iter().filter(|said| said.tick < end);
    let transcript: usize = said().map(|said| said.bytes.len() + Transcript::RECORD_BYTES).sum();
    let mut card = CardImage::new();
    for write in said().filter(|said| said.link == Link::Card) {
        if let Some(write) = Write::decode(write.bytes) {
            write.apply(&mut card);
        }
    }
    let card: usize = card.values().map(Vec::len).sum();
    let points = evidence.track.iter().filter(|point| point.tick < end).count();
    ((transcript + card + points * size_of::<TrackPoint>()) / 1024) as u64
}

fn status_kib(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
