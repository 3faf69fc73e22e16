//! What the pilot's station has put aboard: a few small files, in memory until the power goes.
//!
//! A station may write here and nowhere else. Nothing aboard looks at what it has written: it is there to be read back.
//!
//! **Never:** lies on the card; outlives the power; grows beyond its room; takes a name that is more than a name.

use crate::radio::ftp::Nak;
use crate::senses::Streams;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The folder that they lie in.
pub(crate) const FOLDER: &str = "INCOMING";

/// Most files.
const FILES_MAX: usize = 4;
/// Most bytes in one of them.
const BYTES_MAX: usize = 4096;
/// Most letters of a name.
const NAME_MAX: usize = 32;

/// The files, each in its place.
pub(crate) struct Incoming {
    places: [Option<(String, Vec<u8>)>; FILES_MAX],
}

/// What is to become of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Empty, under this name.
    Create(String),
    /// These bytes from this one on.
    Write(usize, Vec<u8>),
    /// No more than so many bytes.
    Truncate(usize),
    /// Gone.
    Remove,
}

impl Incoming {
    /// Where there is somebody to put something aboard; in a story there is nobody.
    pub(crate) fn of(streams: Streams) -> Option<Self> {
        match streams {
            Streams::Minimal => None,
            Streams::Normal => Some(Self::empty()),
        }
    }

    pub(crate) const fn empty() -> Self {
        Self { places: [const { None }; FILES_MAX] }
    }

    /// The places that hold a file.
    pub(crate) fn taken(&self) -> impl Iterator<Item = u8> {
        (0_u8..).zip(&self.places).filter(|(_, kept)| kept.is_some()).map(|(place, _)| place)
    }

    /// What is in the file of a place.
    pub(crate) fn bytes(&self, place: u8) -> Option<&[u8]> {
        self.kept(place).map(|(_, bytes)| bytes.as_slice())
    }

    /// The path of the file of a place.
    pub(crate) fn path(&self, place: u8) -> Option<String> {
        self.kept(place).map(|(name, _)| format!("{FOLDER}/{name}"))
    }

    /// Where a file is created, and under which name: in place of the one that has it, or where there is none.
    pub(crate) fn place_for(&self, path: &str) -> Result<(u8, String), Nak> {
        let name = match path.split_once('/') {
            Some((FOLDER, name)) => name,
            Some(_) | None => return Err(Nak::FileProtected),
        };
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let is_name = name.len() <= NAME_MAX && name.chars().all(is_letter);
        if !is_name || name.is_empty() || name.starts_with('.') {
            return Err(Nak::FileNotFound);
        }
        let has_it = |kept: &Option<(String, _)>| kept.as_ref().is_some_and(|(n, _)| n == name);
        let places = &self.places;
        let place = places.iter().position(has_it).or(places.iter().position(Option::is_none));
        place.map(|place| (place as u8, String::from(name))).ok_or(Nak::Fail)
    }

    /// Whether a change can be made: nothing is left out between what is there and what is written.
    pub(crate) fn takes(&self, place: u8, change: &Change) -> bool {
        let length = self.bytes(place).map(<[u8]>::len);
        match change {
            Change::Create(_) => true,
            Change::Write(offset, bytes) => length.is_some_and(|length| {
                *offset <= length && bytes.len() <= BYTES_MAX.saturating_sub(*offset)
            }),
            Change::Truncate(end) => length.is_some_and(|length| *end <= length),
            Change::Remove => length.is_some(),
        }
    }

    /// Makes a change that can be made; nothing happens where it cannot.
    pub(crate) fn make(&mut self, place: u8, change: Change) {
        let is_possible = self.takes(place, &change);
        let Some(kept) = self.places.get_mut(usize::from(place)).filter(|_| is_possible) else {
            return;
        };
        match (change, kept) {
            (Change::Create(name), kept) => *kept = Some((name, Vec::new())),
            (Change::Remove, kept) => *kept = None,
            (Change::Write(offset, new), Some((_, bytes))) => {
                bytes.resize(bytes.len().max(offset + new.len()), 0);
                bytes[offset..offset + new.len()].copy_from_slice(&new);
            }
            (Change::Truncate(end), Some((_, bytes))) => bytes.truncate(end),
            (Change::Write(..) | Change::Truncate(_), None) => {}
        }
    }

    fn kept(&self, place: u8) -> Option<&(String, Vec<u8>)> {
        self.places.get(usize::from(place))?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_created_under_a_plain_name_where_there_is_room() {
        let mut incoming = Incoming::empty();
        for (name, path, expected) in [
            ("a name", "INCOMING/a-1.txt", Ok(0)),
            ("another", "INCOMING/B_2", Ok(1)),
            ("the same once more", "INCOMING/a-1.txt", Ok(0)),
            ("as long as may be", "INCOMING/abcdefghijabcdefghijabcdefghij32", Ok(2)),
            ("longer", "INCOMING/abcdefghijabcdefghijabcdefghij323", Err(Nak::FileNotFound)),
            ("none", "INCOMING/", Err(Nak::FileNotFound)),
            ("hidden", "INCOMING/.a", Err(Nak::FileNotFound)),
            ("upwards", "INCOMING/..", Err(Nak::FileNotFound)),
            ("a folder within", "INCOMING/a/b", Err(Nak::FileNotFound)),
            ("a space", "INCOMING/a b", Err(Nak::FileNotFound)),
            ("a tabulator", "INCOMING/a\t9", Err(Nak::FileNotFound)),
            ("no plain letter", "INCOMING/\u{e4}", Err(Nak::FileNotFound)),
            ("the folder itself", "INCOMING", Err(Nak::FileProtected)),
            ("the root", "", Err(Nak::FileProtected)),
            ("in another folder", "LOG/LOG_0009.HLG", Err(Nak::FileProtected)),
            ("in one that is spelt so", "incoming/a", Err(Nak::FileProtected)),
            ("the last", "INCOMING/d", Ok(3)),
            ("one too many", "INCOMING/e", Err(Nak::Fail)),
        ] {
            let place = incoming.place_for(path);
            assert_eq!(
                place.as_ref().map(|(place, _)| *place),
                expected.as_ref().map(|p| *p),
                "{name}"
            );
            if let Ok((place, name)) = place {
                incoming.make(place, Change::Create(name));
                assert_eq!(incoming.path(place).as_deref(), Some(path));
            }
        }
        incoming.make(1, Change::Remove);
        assert_eq!(incoming.place_for("INCOMING/e").map(|(place, _)| place), Ok(1));
        assert_eq!(incoming.taken().collect::<Vec<_>>(), [0, 2, 3]);
    }

    #[test]
    fn what_is_written_is_there_and_what_does_not_fit_changes_nothing() {
        let write = |offset, bytes: &[u8]| Change::Write(offset, bytes.to_vec());
        let mut incoming = Incoming::empty();
        incoming.make(2, Change::Create(String::from("a")));
        for (name, place, change, expected) in [
            ("a beginning", 2, write(0, b"abcd"), &b"abcd"[..]),
            ("what follows", 2, write(4, b"ef"), b"abcdef"),
            ("what is there, anew", 2, write(1, b"BC"), b"aBCdef"),
            ("beyond a gap", 2, write(7, b"x"), b"aBCdef"),
            ("far beyond", 2, write(usize::MAX, b"x"), b"aBCdef"),
            ("more than there is room for", 2, write(6, &[0; BYTES_MAX - 5]), b"aBCdef"),
            ("into another place", 1, write(0, b"x"), b"aBCdef"),
            ("into no place", 9, write(0, b"x"), b"aBCdef"),
            ("cut longer", 2, Change::Truncate(7), b"aBCdef"),
            ("cut", 2, Change::Truncate(2), b"aB"),
            ("created anew", 2, Change::Create(String::from("b")), b""),
        ] {
            incoming.make(place, change);
            assert_eq!(incoming.bytes(2), Some(expected), "{name}");
            assert_eq!(incoming.taken().count(), 1, "{name}");
        }
        incoming.make(2, Change::Remove);
        assert_eq!((incoming.bytes(2), incoming.path(2)), (None, None));
    }

    proptest! {
        #[test]
        fn no_changes_make_it_grow_beyond_its_room(
            changes in vec((0_u8..6, 0_usize..5_000, 0_usize..240, 0_u8..4), 0..200)
        ) {
            let mut incoming = Incoming::empty();
            for (place, offset, length, kind) in changes {
                incoming.make(place, match kind {
                    0 => Change::Create(String::from("a")),
                    1 => Change::Truncate(offset),
                    2 => Change::Remove,
                    _ => Change::Write(offset, [7].repeat(length)),
                });
                let lengths = (0..=u8::MAX).filter_map(|place| incoming.bytes(place)).map(<[u8]>::len);
                prop_assert!(lengths.sum::<usize>() <= FILES_MAX * BYTES_MAX);
            }
        }
    }
}
