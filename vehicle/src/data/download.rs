//! Logs on their way to the pilot: a list of those that he may see, and one of them at a time.
//!
//! Every entry and every piece is a parcel of its own and is judged at the moment it leaves, so a withdrawal stops a
//! download within the tick.
//!
//! **Never:** starts by itself; counts a log that is not granted; tells how long a log is without a grant for it.

use super::files::Shelf;
use super::logbook::{SealedLog, path};
use crate::gate::Parcel;
use crate::radio::logs;
use crate::senses::{Storage, TICKS_PER_S, Tick};

const PIECE: usize = 90;
const EVERY_TICKS: u64 = TICKS_PER_S / 50;

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
#[derive(Clone, Copy)]
pub(crate) struct Download {
    data: Option<Data>,
    list: Option<List>,
}

#[derive(Clone, Copy)]
struct Data {
    object: u32,
    offset: usize,
    end: usize,
    /// Whether the log goes on behind `end`; where it does not, a short piece or an empty one says so.
    goes_on: bool,
}

#[derive(Clone, Copy)]
struct List {
    from: u32,
    to: u32,
    is_told: bool,
}

impl Download {
    pub(crate) fn none() -> Self {
        Self { data: None, list: None }
    }

    /// Starts on a whole log that the gate would clear now.
    pub(crate) fn start(&mut self, object: u32, card: &dyn Storage) -> Start {
        if self.data.is_some() {
            return Start::Busy;
        }
        self.seek(object, 0, u32::MAX, card)
    }

    /// Starts on a part of a log that the gate would clear now, in place of what was under way.
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
        let offset = (offset as usize).min(total);
        let end = offset.saturating_add(count as usize).min(total);
        self.data = Some(Data { object, offset, end, goes_on: end < total });
        Start::Started
    }

    /// Starts on the list of logs with these numbers.
    pub(crate) fn list(&mut self, first: u32, last: u32) {
        self.list = Some(List { from: first, to: last, is_told: false });
    }

    /// Ends the download of a log.
    pub(crate) fn stop(&mut self) {
        self.data = None;
    }

    /// The next entry or piece, if one is due.
    pub(crate) fn due(&mut self, now: Tick, shelf: &Shelf<'_>) -> Option<Parcel> {
        if !now.0.is_multiple_of(EVERY_TICKS) {
            return None;
        }
        match self.list {
            Some(list) => self.entry(list, shelf).or_else(|| self.piece(shelf.card)),
            None => self.piece(shelf.card),
        }
    }

    fn entry(&mut self, list: List, shelf: &Shelf<'_>) -> Option<Parcel> {
        let logs = shelf.logs();
        let next = logs.iter().find(|(object, _)| (list.from..=list.to).contains(object));
        match (next, logs.last()) {
            (Some(&(object, bytes)), Some(&(last, _))) => {
                self.list = Some(List { from: object + 1, is_told: true, ..list });
                let message = logs::entry(object, bytes, logs.len(), last);
                Some(Parcel::about_log(object, message))
            }
            _ => {
                self.list = None;
                (!list.is_told).then(|| Parcel::state(logs::no_entry()))
            }
        }
    }

    fn piece(&mut self, card: &dyn Storage) -> Option<Parcel> {
        let data = self.data.as_mut()?;
        let (object, offset) = (data.object, data.offset);
        let piece = SealedLog::piece(card, object, offset, PIECE.min(data.end - offset));
        data.offset += piece.len();
        let is_done = data.goes_on && data.offset == data.end;
        if is_done || piece.len() < PIECE {
            self.data = None;
        }
        Some(Parcel::log_to_pilot(object, offset, piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::{Ledger, Scope};
    use crate::data::camera::Camera;
    use crate::gate::{Body, Verdict, judge};
    use crate::senses::LawName;
    use crate::settings::{Controls, Setting};
    use crate::words::{Class, Recipient};
    use alloc::string::String;
    use alloc::vec::Vec;

    /// Logs 1 to 3 of 200, 180 and 90 bytes.
    struct Card;

    const LENGTHS: [usize; 3] = [200, 180, 90];
    static ZEROS: [u8; 200] = [0; 200];

    impl Storage for Card {
        fn length(&self, of: &str) -> Option<usize> {
            (1..=3).find(|&object| path(object) == of).map(|object| LENGTHS[object as usize - 1])
        }
        fn read(&self, of: &str, offset: usize, length: usize) -> &[u8] {
            let end = self.length(of).unwrap_or(0);
            &ZEROS[offset.min(end)..(offset + length).min(end)]
        }
        fn paths(&self) -> Vec<String> {
            (1..=3).map(path).collect()
        }
        fn free_bytes(&self) -> u64 {
            0
        }
        fn has_failed(&self) -> bool {
            false
        }
    }

    /// Where a piece lies, and how long it is.
    type Piece = (usize, usize);
    /// Number, size, how many, last.
    type Entry = [usize; 4];

    /// All that comes of a download: (offset, bytes) of pieces, (number, size, how many, last) of entries.
    fn all(download: &mut Download, granted: &[u32]) -> (Vec<Piece>, Vec<Entry>) {
        let (category, recipient) = (Class::FlightLog, Recipient::Pilot);
        let mut ledger = Ledger::empty();
        for &object in granted {
            ledger.grant(Scope { category, object, recipient }, Tick(0), None);
        }
        let mut controls = Controls::as_delivered();
        controls.turn(Setting::RadLogs, true);
        let may = |class, object| class == category && granted.contains(&object);
        let shelf = Shelf { card: &Card, camera: &Camera::new(1), may: &may };
        let (mut pieces, mut entries) = (Vec::new(), Vec::new());
        for tick in 0..1000 {
            let Some(parcel) = download.due(Tick(tick), &shelf) else { continue };
            assert!(tick.is_multiple_of(EVERY_TICKS));
            match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(tick)) {
                Verdict::Cleared(cleared) => match cleared.body {
                    Body::LogData { offset, bytes, .. } => pieces.push((offset, bytes.len())),
                    Body::Message { id: 118, payload, .. } => {
                        let two = |at: usize| {
                            usize::from(u16::from_le_bytes([payload[at], payload[at + 1]]))
                        };
                        entries.push([two(8), two(4), two(10), two(12)]);
                    }
                    _ => panic!("a piece or an entry"),
                },
                Verdict::Refused(refusal) => panic!("{refusal:?}"),
            }
        }
        (pieces, entries)
    }

    #[test]
    fn a_log_or_a_part_of_it_goes_out_in_pieces_and_says_where_it_ends() {
        let table: [(&str, u32, [u32; 2], &[Piece]); 6] = [
            ("whole, with a short piece", 1, [0, u32::MAX], &[(0, 90), (90, 90), (180, 20)]),
            ("whole, with an empty piece", 2, [0, u32::MAX], &[(0, 90), (90, 90), (180, 0)]),
            ("a part of two pieces", 1, [0, 180], &[(0, 90), (90, 90)]),
            ("a part within one", 1, [90, 10], &[(90, 10)]),
            ("behind the end", 1, [999, 90], &[(200, 0)]),
            ("more than fits a number", 1, [180, u32::MAX], &[(180, 20)]),
        ];
        for (name, object, [offset, count], expected) in table {
            let mut download = Download::none();
            assert!(matches!(download.seek(object, offset, count, &Card), Start::Started));
            assert_eq!(all(&mut download, &[1, 2]).0, expected, "{name}");
        }
    }

    #[test]
    fn the_list_knows_granted_logs_only() {
        let none: &[Entry] = &[[0, 0, 0, 0]];
        let table: [(&str, &[u32], u32, &[Entry]); 5] = [
            ("nothing granted", &[], 0, none),
            ("one of three", &[2], 0, &[[2, 180, 1, 2]]),
            ("two of three", &[1, 3], 0, &[[1, 200, 2, 3], [3, 90, 2, 3]]),
            ("from the second on", &[1, 3], 2, &[[3, 90, 2, 3]]),
            ("granted and not there", &[9], 0, none),
        ];
        for (name, granted, first, expected) in table {
            let mut download = Download::none();
            download.list(first, 0xFFFF);
            assert_eq!(all(&mut download, granted).1, expected, "{name}");
        }
    }
}
