//! Logs on their way to the pilot: a list of those that he may see, and parts of one of them in the order in which
//! they were asked for.
//!
//! Every entry and every piece is a parcel of its own and is judged at the moment it leaves, so a withdrawal stops a
//! download within the tick. Whoever asks for a part takes it up before he asks for the next; whoever asks for all at
//! once is told it at a pace that a slow reader keeps.
//!
//! **Never:** starts by itself; counts a log that is not granted; tells how long a log is without a grant for it.

mod pace;
#[cfg(test)]
mod tests;

pub(crate) use pace::Pace;

use super::files::Shelf;
use super::logbook::{SealedLog, path};
use crate::gate::Parcel;
use crate::radio::logs::{self, Numbering};
use crate::senses::{Storage, Tick};
use alloc::collections::VecDeque;

const PIECE: usize = 90;
/// The longest part that a station asks for to take it up as a whole: 512 pieces.
const PART_MAX: usize = 512 * PIECE;
/// Most parts that wait.
const PARTS_MAX: usize = 32;

/// What came of asking for a transfer.
pub(crate) enum Start {
    /// It goes from the next tick on.
    Started,
    /// Another transfer over the same link is under way.
    Busy,
    /// There is no such object, or no such way for it.
    NoSuchObject,
}

/// What is under way to the pilot.
pub(crate) struct Download {
    parts: VecDeque<Part>,
    list: Option<List>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Part {
    object: u32,
    offset: usize,
    end: usize,
    /// Whether the log goes on behind `end`; where it does not, a short piece or an empty one says so.
    goes_on: bool,
    /// Whether it is longer than a station takes up at once.
    is_long: bool,
}

#[derive(Clone, Copy)]
struct List {
    from: u32,
    to: u32,
    is_told: bool,
}

impl Download {
    pub(crate) fn none() -> Self {
        Self { parts: VecDeque::new(), list: None }
    }

    /// Starts on a whole log that the gate would clear now.
    pub(crate) fn start(&mut self, object: u32, card: &dyn Storage) -> Start {
        if !self.parts.is_empty() {
            return Start::Busy;
        }
        self.seek(object, 0, u32::MAX, card)
    }

    /// Starts on a part of a log that the gate would clear now: behind other short parts of the same log, in place of
    /// anything else that was under way.
    pub(crate) fn seek(
        &mut self,
        object: u32,
        offset: u32,
        count: u32,
        card: &dyn Storage,
    ) -> Start {
        let Some(total) = card.length(&path(object)).filter(|&total| total > 0) else {
            return Start::NoSuchObject;
        };
        let is_long = count as usize > PART_MAX;
        let offset = (offset as usize).min(total);
        let end = offset.saturating_add(count as usize).min(total);
        let part = Part { object, offset, end, goes_on: end < total, is_long };
        let queues = |other: &Part| other.object == object && !other.is_long && !is_long;
        if !self.parts.iter().all(queues) || self.parts.len() == PARTS_MAX {
            self.parts.clear();
        }
        // What waits already is not said twice because it was asked for twice.
        if !self.parts.contains(&part) {
            self.parts.push_back(part);
        }
        Start::Started
    }

    /// Starts on the list of logs with these numbers.
    pub(crate) fn list(&mut self, first: u32, last: u32) {
        self.list = Some(List { from: first, to: last, is_told: false });
    }

    /// Ends the download of a log.
    pub(crate) fn stop(&mut self) {
        self.parts.clear();
    }

    /// Whether nothing is under way.
    pub(crate) fn is_idle(&self) -> bool {
        self.parts.is_empty() && self.list.is_none()
    }

    /// How many entries and pieces this tick may tell.
    pub(crate) fn share(&self, now: Tick, pace: Pace) -> usize {
        let is_long = self.parts.front().is_none_or(|part| part.is_long);
        pace.pieces(now, is_long || self.list.is_some())
    }

    /// The next entry or piece.
    pub(crate) fn due(&mut self, numbering: Numbering, shelf: &Shelf<'_>) -> Option<Parcel> {
        let entry = self.list.and_then(|list| self.entry(list, numbering, shelf));
        entry.or_else(|| self.piece(numbering, shelf.card))
    }

    fn entry(&mut self, list: List, numbering: Numbering, shelf: &Shelf<'_>) -> Option<Parcel> {
        let logs = shelf.logs();
        let next = match numbering {
            Numbering::AsKept => in_list(&logs, list),
            Numbering::Contiguous => without_gaps(&logs, list),
        };
        let Some(entry) = next else {
            self.list = None;
            return (!list.is_told).then(|| Parcel::state(logs::no_entry()));
        };
        self.list = Some(List { from: entry.id + 1, is_told: true, ..list });
        let message = logs::entry(entry.id, entry.bytes, entry.count, entry.last);
        Some(Parcel::about_log(entry.tells_of, message))
    }

    fn piece(&mut self, numbering: Numbering, card: &dyn Storage) -> Option<Parcel> {
        let part = self.parts.front_mut()?;
        let (object, offset) = (part.object, part.offset);
        let piece = SealedLog::piece(card, object, offset, PIECE.min(part.end - offset));
        part.offset += piece.len();
        let is_done = part.goes_on && part.offset == part.end;
        if is_done || piece.len() < PIECE {
            self.parts.pop_front();
        }
        Some(Parcel::log_to_pilot(object, numbering.id(object), offset, piece))
    }
}

/// One line of a list.
struct Entry {
    id: u32,
    bytes: usize,
    count: usize,
    last: u32,
    /// The log of which it tells that it is there.
    tells_of: u32,
}

fn in_list(logs: &[(u32, usize)], list: List) -> Option<Entry> {
    let &(last, _) = logs.last()?;
    let &(id, bytes) = logs.iter().find(|(id, _)| (list.from..=list.to).contains(id))?;
    Some(Entry { id, bytes, count: logs.len(), last, tells_of: id })
}

/// Up to the last log that may be seen every number has its line.
fn without_gaps(logs: &[(u32, usize)], list: List) -> Option<Entry> {
    let numbering = Numbering::Contiguous;
    let &(newest, _) = logs.last()?;
    let (id, last) = (list.from, numbering.id(newest));
    let object = numbering.object(id);
    let seen = logs.iter().find(|(seen, _)| *seen == object);
    let (tells_of, bytes) = seen.copied().unwrap_or((newest, 0));
    (id <= last.min(list.to)).then_some(Entry {
        id,
        bytes,
        count: last as usize + 1,
        last,
        tells_of,
    })
}
