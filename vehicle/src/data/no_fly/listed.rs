//! The list of temporary zones that a server gave for a cell, and how it is kept on the card.
//!
//! `ZONES/CACHE.HNZ` and the server's body are the same text: `hushwing.zones/1 ROW-COL`, then at most 32 lines
//! `circle LAT LON RADIUS_M FLOOR_M CEILING_M`. It is read number by number and written anew, so that nothing that a
//! server says gets onto the card but these numbers.
//!
//! **Never:** takes half a list; lets a server forbid a flight: listed zones are warned of, no more.

use super::zones::{Shape, Zone};
use crate::data::cell::Cell;
use crate::gate::Door;
use crate::senses::Storage;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

/// Where the list lies on the card.
pub(super) const PATH: &str = "ZONES/CACHE.HNZ";
const HEAD: &str = "hushwing.zones/1 ";
const TEXT_MAX: usize = 4096;
const LINES_MAX: usize = 32;

/// Zones of a cell.
#[derive(Debug, PartialEq)]
pub(super) struct Listed {
    pub(super) cell: Cell,
    pub(super) zones: Vec<Zone>,
}

/// The text of a list, written anew from its numbers. Made here and nowhere else.
pub struct ZoneText(String);

impl ZoneText {
    pub(crate) fn open(self, _: &Door) -> String {
        self.0
    }
}

impl Listed {
    /// What lies on the card; none where there is no list or a bad one.
    pub(super) fn kept(card: &dyn Storage) -> Option<Self> {
        let length = card.length(PATH).filter(|&length| length <= TEXT_MAX)?;
        Self::read(card.read(PATH, 0, length))
    }

    /// Reads a list; none where a single letter of it is not as it should be.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(bytes).ok().filter(|text| text.len() <= TEXT_MAX)?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let cell = Cell::parse(lines.next()?.strip_prefix(HEAD)?)?;
        let zones = lines.map(zone).collect::<Option<Vec<_>>>()?;
        (zones.len() <= LINES_MAX).then_some(Self { cell, zones })
    }

    /// The list as text.
    pub(super) fn text(&self) -> ZoneText {
        let mut text = String::new();
        let _ = writeln!(text, "{HEAD}{}", self.cell);
        for zone in &self.zones {
            if let Shape::Circle { lat_deg, lon_deg, radius_m } = zone.shape {
                let (floor_m, ceiling_m) = (zone.floor_m, zone.ceiling_m);
                let _ = writeln!(
                    text,
                    "circle {lat_deg:.3} {lon_deg:.3} {radius_m:.0} {floor_m:.0} {ceiling_m:.0}"
                );
            }
        }
        ZoneText(text)
    }
}

fn zone(line: &str) -> Option<Zone> {
    let mut words = line.strip_prefix("circle ")?.split(' ');
    let mut next = |low: f64, high: f64| {
        let word = words.next()?;
        let is_plain =
            word.len() <= 9 && word.bytes().all(|b| b.is_ascii_digit() || b"-.".contains(&b));
        let value: f64 = is_plain.then(|| word.parse().ok())??;
        (low..=high).contains(&value).then_some(value)
    };
    let (lat_deg, lon_deg) = (next(-90.0, 90.0)?, next(-180.0, 180.0)?);
    let radius_m = next(1.0, 50_000.0)?;
    let (floor_m, ceiling_m) = (next(-500.0, 20_000.0)?, next(-500.0, 20_000.0)?);
    let shape = Shape::Circle { lat_deg, lon_deg, radius_m };
    let is_whole = words.next().is_none() && floor_m < ceiling_m;
    is_whole.then_some(Zone { shape, floor_m, ceiling_m, hours: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_is_taken_whole_or_not_at_all() {
        for (text, zones) in [
            ("hushwing.zones/1 1563-1426\n", Some(0)),
            ("hushwing.zones/1 1563-1426\ncircle 47.377 8.542 500 0 900\n", Some(1)),
            ("hushwing.zones/1 1563-1426\ncircle 47.377 8.542 500 0 900", None),
            ("hushwing.zones/1 1563-9999\n", None),
            ("hushwing.zones/2 1563-1426\n", None),
            ("hushwing.zones/1 1563-1426\ncircle 97.377 8.542 500 0 900\n", None),
            ("hushwing.zones/1 1563-1426\ncircle 47.377 8.542 500 900 0\n", None),
            ("hushwing.zones/1 1563-1426\ncircle 47.377 8.542 500 0 900 1\n", None),
            ("hushwing.zones/1 1563-1426\ncircle 47.377 8.542 nan 0 900\n", None),
            ("hushwing.zones/1 1563-1426\nsend log 1\n", None),
            ("log 1, log 2, media 1, position", None),
            ("", None),
        ] {
            let list = Listed::read(text.as_bytes());
            assert_eq!(list.as_ref().map(|list| list.zones.len()), zones, "{text}");
            if let Some(list) = list {
                assert_eq!(list.text().0, text);
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            Listed::read(&bytes);
        }

        #[test]
        fn what_is_written_is_read_again_the_same(text in "(circle -?[0-9]{1,2}\\.[0-9]{3} -?[0-9]{1,3}\\.[0-9]{3} [0-9]{1,4} -?[0-9]{1,3} [0-9]{3,4}\n){0,5}") {
            let text = alloc::format!("hushwing.zones/1 12-3\n{text}");
            if let Some(list) = Listed::read(text.as_bytes()) {
                let again = Listed::read(list.text().0.as_bytes());
                prop_assert_eq!(again.map(|list| list.zones), Some(list.zones));
            }
        }
    }
}
