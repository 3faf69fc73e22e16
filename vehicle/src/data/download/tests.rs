//! What comes of a download, piece by piece.

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
type Line = [usize; 4];
/// Numbering, what is granted, from where to where it is asked for, what the list says.
type Case<'a> = (&'a str, Numbering, &'a [u32], [u32; 2], &'a [Line]);

/// All that comes of a download: (offset, bytes) of pieces, (number, size, how many, last) of entries.
fn all(download: &mut Download, numbering: Numbering, granted: &[u32]) -> (Vec<Piece>, Vec<Line>) {
    let (category, recipient) = (Class::FlightLog, Recipient::Pilot);
    let mut ledger = Ledger::empty();
    for &object in granted {
        ledger.grant(Scope { category, object, recipient }, Tick(0), None);
    }
    let mut controls = Controls::as_delivered();
    controls.turn(Setting::RadLogs, true);
    let may = |class, object| class == category && granted.contains(&object);
    let shelf =
        Shelf { card: &Card, camera: &Camera::new(1), metadata: None, incoming: None, may: &may };
    let (mut pieces, mut entries) = (Vec::new(), Vec::new());
    for tick in 0..1000 {
        let share = download.share(Tick(tick), Pace::Calm);
        assert_eq!(share, usize::from(tick.is_multiple_of(10)));
        let Some(parcel) = (share > 0).then(|| download.due(numbering, &shelf)).flatten() else {
            continue;
        };
        match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(tick)) {
            Verdict::Cleared(cleared) => match cleared.body {
                Body::LogData { offset, bytes, .. } => pieces.push((offset, bytes.len())),
                Body::Message { id: 118, payload, .. } => {
                    let two =
                        |at: usize| usize::from(u16::from_le_bytes([payload[at], payload[at + 1]]));
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
        assert_eq!(all(&mut download, Numbering::AsKept, &[1, 2]).0, expected, "{name}");
    }
}

#[test]
fn short_parts_wait_for_each_other_and_everything_else_takes_their_place() {
    type Asked<'a> = &'a [[u32; 3]];
    let long = u32::MAX;
    let table: [(&str, Asked<'_>, &[Piece]); 6] = [
        ("gaps", &[[1, 180, 20], [1, 0, 90]], &[(180, 20), (0, 90)]),
        ("the same again", &[[1, 0, 90], [1, 0, 90]], &[(0, 90)]),
        ("all of it", &[[1, 90, 90], [1, 0, long]], &[(0, 90), (90, 90), (180, 20)]),
        ("a part behind all of it", &[[1, 0, long], [1, 90, 10]], &[(90, 10)]),
        ("another log", &[[1, 0, 90], [2, 90, 90]], &[(90, 90), (180, 0)]),
        ("one that is not there", &[[1, 0, 90], [9, 0, 90]], &[(0, 90)]),
    ];
    for (name, asked, expected) in table {
        let mut download = Download::none();
        for &[object, offset, count] in asked {
            download.seek(object, offset, count, &Card);
        }
        assert_eq!(all(&mut download, Numbering::AsKept, &[1, 2]).0, expected, "{name}");
    }
    let mut download = Download::none();
    for offset in 0..1_000 {
        download.seek(1, offset % 200, 10, &Card);
        assert!(download.parts.len() <= PARTS_MAX);
    }
}

#[test]
fn the_list_knows_granted_logs_only() {
    use Numbering::{AsKept, Contiguous};
    let none: &[Line] = &[[0, 0, 0, 0]];
    let table: [Case<'_>; 12] = [
        ("nothing granted", AsKept, &[], [0, 0xFFFF], none),
        ("one of three", AsKept, &[2], [0, 0xFFFF], &[[2, 180, 1, 2]]),
        ("two of three", AsKept, &[1, 3], [0, 0xFFFF], &[[1, 200, 2, 3], [3, 90, 2, 3]]),
        ("from the second on", AsKept, &[1, 3], [2, 0xFFFF], &[[3, 90, 2, 3]]),
        ("granted and not there", AsKept, &[9], [0, 0xFFFF], none),
        ("no gap, nothing granted", Contiguous, &[], [0, 0xFFFF], none),
        ("the first", Contiguous, &[1], [0, 0xFFFF], &[[0, 200, 1, 0]]),
        ("the second", Contiguous, &[2], [0, 0xFFFF], &[[0, 0, 2, 1], [1, 180, 2, 1]]),
        ("a gap", Contiguous, &[1, 3], [0, 0xFFFF], &[[0, 200, 3, 2], [1, 0, 3, 2], [2, 90, 3, 2]]),
        ("one of them", Contiguous, &[1, 3], [1, 1], &[[1, 0, 3, 2]]),
        ("backwards", Contiguous, &[1, 3], [2, 1], none),
        ("behind the last", Contiguous, &[1], [7, 9], none),
    ];
    for (name, numbering, granted, [first, last], expected) in table {
        let mut download = Download::none();
        download.list(first, last);
        assert_eq!(all(&mut download, numbering, granted).1, expected, "{name}");
    }
}
