//! One recording under examination, with what every detector needs to look at it.
//!
//! **Never:** judges.

mod opened_log;

use evidence::card::{CardImage, Write};
use evidence::{Evidence, Link, Recording, Tick};
use std::collections::BTreeMap;

pub use crate::search::Needles;
pub use opened_log::{OpenedLog, Stretch};

/// One file as the card's writes made it: contents, and when each part came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Contents of all its writes in order, replaced and deleted ones included.
    pub history: Vec<u8>,
    /// Tick of each write, and where in `history` it starts.
    pub writes: Vec<(Tick, usize)>,
}

impl Written {
    /// When the byte at `offset` was written.
    pub fn tick_at(&self, offset: usize) -> Tick {
        let after = self.writes.partition_point(|(_, start)| *start <= offset);
        after.checked_sub(1).map_or(Tick(0), |i| self.writes[i].0)
    }
}

/// One recording under examination.
pub struct Case<'a> {
    /// The flight it is from.
    pub evidence: &'a Evidence,
    /// What the seat said, and its card.
    pub recording: &'a Recording,
    /// Every file that was ever written, by path.
    pub written: BTreeMap<&'a str, Written>,
    /// What the writes add up to.
    pub folded: CardImage,
    /// Every log at rest, opened with the owner's key.
    pub opened: Vec<OpenedLog<'a>>,
}

impl<'a> Case<'a> {
    /// Folds the card's writes once for all detectors.
    pub fn of(evidence: &'a Evidence, recording: &'a Recording) -> Self {
        let mut written: BTreeMap<&str, Written> = BTreeMap::new();
        let mut folded = CardImage::new();
        for said in recording.transcript.on(Link::Card) {
            if let Some(write) = Write::decode(said.bytes) {
                let file = written.entry(write.path).or_default();
                file.writes.push((said.tick, file.history.len()));
                file.history.extend_from_slice(write.data);
                write.apply(&mut folded);
            }
        }
        let unwritten = Written::default();
        let logs = recording.card.iter().filter(|(path, _)| log_number(path).is_some());
        let opened = logs
            .map(|(path, file)| {
                let written = written.get(path.as_str()).unwrap_or(&unwritten);
                OpenedLog::of(path, file, written, evidence.truth.owner_secret)
            })
            .collect();
        Self { evidence, recording, written, folded, opened }
    }

    /// The first tick after the flight.
    pub fn end(&self) -> Tick {
        Tick::at_s(self.evidence.scenario.length_s)
    }
}

/// The number in `<folder>/<stem>_NNNN.<ending>`, if `path` is of that form.
pub fn object_number(path: &str, before: &str, after: &str) -> Option<u32> {
    let digits = path.strip_prefix(before)?.strip_suffix(after)?;
    (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// Number of a still's file.
pub fn still_number(path: &str) -> Option<u32> {
    object_number(path, "DCIM/100HUSHW/HW_", ".JPG")
}

/// Number of a recording's file.
pub fn sound_number(path: &str) -> Option<u32> {
    object_number(path, "SOUND/SND_", ".AU")
}

/// Number of a log's file.
pub fn log_number(path: &str) -> Option<u32> {
    object_number(path, "LOG/LOG_", ".HLG")
}
