//! What a picture says of itself: a TIFF of listed tags, every byte of it accounted for.
//!
//! **Never:** passes over a tag, a gap or a value that it does not know.

use std::ops::Range;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exif {
    /// Maker of the camera.
    pub make: Option<Vec<u8>>,
    /// Model of the camera.
    pub model: Option<Vec<u8>>,
    /// Version of the firmware.
    pub software: Option<Vec<u8>>,
    /// When it was taken, as text.
    pub dates: Vec<Vec<u8>>,
    /// Serial number of the camera.
    pub serial: Option<Vec<u8>>,
    /// Whatever the maker liked to note.
    pub maker_note: Option<Vec<u8>>,
    /// Degrees north and east, in ten millionths.
    pub place_e7: Option<(i64, i64)>,
    /// The small picture.
    pub thumbnail: Option<Range<usize>>,
}

/// Why it cannot be read.
pub type Rule = &'static str;

const TORN: Rule = "EXIF that is torn";
const UNLISTED: Rule = "EXIF with an unlisted tag";
const ODD: Rule = "EXIF with an unlisted value";
const HEADER: usize = 8;
const ENTRY: usize = 12;
const ENTRIES_MAX: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Directory {
    Main,
    Camera,
    Place,
    Thumbnail,
}

/// Reads a whole TIFF; the error is the rule that it breaks.
pub fn read(tiff: &[u8]) -> Result<Exif, Rule> {
    let is_little = match tiff.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return Err(TORN),
    };
    let mut reader = Reader { tiff, is_little, used: Vec::new(), exif: Exif::default() };
    reader.used.push(0..HEADER);
    let first = reader.u32(4)?;
    let second = reader.directory(Directory::Main, first)?;
    if second != 0 && reader.directory(Directory::Thumbnail, second)? != 0 {
        return Err(UNLISTED);
    }
    reader.is_all_used()?;
    Ok(reader.exif)
}

struct Reader<'a> {
    tiff: &'a [u8],
    is_little: bool,
    used: Vec<Range<usize>>,
    exif: Exif,
}

/// One entry of a directory.
struct Entry<'a> {
    kind: u16,
    count: usize,
    value: &'a [u8],
}

impl<'a> Reader<'a> {
    fn u16(&self, at: usize) -> Result<u16, Rule> {
        let bytes = self.tiff.get(at..at + 2).ok_or(TORN)?;
        let bytes = [bytes[0], bytes[1]];
        Ok(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Result<u32, Rule> {
        let end = at.checked_add(4).ok_or(TORN)?;
        let bytes = self.tiff.get(at..end).ok_or(TORN)?;
        let bytes = [bytes[0], bytes[1], bytes[2], bytes[3]];
        Ok(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// Reads a directory; where the next one stands.
    fn directory(&mut self, directory: Directory, at: u32) -> Result<u32, Rule> {
        let at = at as usize;
        let count = usize::from(self.u16(at)?);
        if count > ENTRIES_MAX || self.used.len() > 4 * ENTRIES_MAX {
            return Err(UNLISTED);
        }
        let end = at + 2 + count * ENTRY;
        let next = self.u32(end)?;
        self.used.push(at..end + 4);
        let mut last = None;
        let (mut from, mut length) = (None, None);
        for place in 0..count {
            let at = at + 2 + place * ENTRY;
            let tag = self.u16(at)?;
            if last.is_some_and(|last| last >= tag) {
                return Err("EXIF whose tags are out of order");
            }
            last = Some(tag);
            let entry = self.entry(at)?;
            match (directory, tag) {
                (Directory::Thumbnail, 0x0201) => from = Some(self.number(&entry)? as usize),
                (Directory::Thumbnail, 0x0202) => length = Some(self.number(&entry)? as usize),
                _ => self.take(directory, tag, &entry)?,
            }
        }
        if let (Some(from), Some(length)) = (from, length) {
            let end = from.checked_add(length).filter(|end| *end <= self.tiff.len());
            let range = from..end.ok_or(TORN)?;
            self.used.push(range.clone());
            self.exif.thumbnail = Some(range);
        } else if directory == Directory::Thumbnail {
            return Err(TORN);
        }
        Ok(next)
    }

    fn entry(&mut self, at: usize) -> Result<Entry<'a>, Rule> {
        let kind = self.u16(at + 2)?;
        let count = self.u32(at + 4)? as usize;
        let unit = match kind {
            1 | 2 | 7 => 1,
            3 => 2,
            4 => 4,
            5 => 8,
            _ => return Err(ODD),
        };
        let length = count.checked_mul(unit).filter(|n| *n <= self.tiff.len()).ok_or(TORN)?;
        let place = if length <= 4 { at + 8 } else { self.u32(at + 8)? as usize };
        let end = place.checked_add(length).ok_or(TORN)?;
        let value = self.tiff.get(place..end).ok_or(TORN)?;
        if length > 4 {
            self.used.push(place..end);
        } else if self.tiff.get(end..at + ENTRY).is_none_or(|rest| rest.iter().any(|b| *b != 0)) {
            return Err("EXIF with bytes behind a short value");
        }
        Ok(Entry { kind, count, value })
    }

    fn take(&mut self, directory: Directory, tag: u16, entry: &Entry<'a>) -> Result<(), Rule> {
        use Directory::{Camera, Main, Place, Thumbnail};
        match (directory, tag) {
            (Main, 0x010F) => self.exif.make = Some(text(entry)?),
            (Main, 0x0110) => self.exif.model = Some(text(entry)?),
            (Main, 0x0131) => self.exif.software = Some(text(entry)?),
            (Main, 0x0132) | (Camera, 0x9003 | 0x9004) => self.exif.dates.push(text(entry)?),
            (Main | Thumbnail, 0x0112) => self.must_be(entry, &[1])?,
            (Main | Thumbnail, 0x011A | 0x011B) => {
                let is_usual = self.ratio(entry.value)? == (72, 1) && entry.count == 1;
                is_usual.then_some(()).ok_or(ODD)?;
            }
            (Main | Thumbnail, 0x0128) => self.must_be(entry, &[2])?,
            (Main, 0x0213) => self.must_be(entry, &[1, 2])?,
            (Thumbnail, 0x0103) => self.must_be(entry, &[6])?,
            (Main, 0x8769) => {
                let at = self.number(entry)?;
                (self.directory(Camera, at)? == 0).then_some(()).ok_or(UNLISTED)?;
            }
            (Main, 0x8825) => {
                let at = self.number(entry)?;
                (self.directory(Place, at)? == 0).then_some(()).ok_or(UNLISTED)?;
                self.exif.place_e7.ok_or(TORN)?;
            }
            (Camera, 0x9000) => one_of(entry, &[b"0220", b"0221", b"0230", b"0231", b"0232"])?,
            (Camera, 0x9101) => one_of(entry, &[b"\x01\x02\x03\0"])?,
            (Camera, 0xA000) => one_of(entry, &[b"0100"])?,
            (Camera, 0xA001) => self.must_be(entry, &[1])?,
            (Camera, 0xA002) => self.must_be(entry, &[320])?,
            (Camera, 0xA003) => self.must_be(entry, &[240])?,
            (Camera, 0xA431) => self.exif.serial = Some(text(entry)?),
            (Camera, 0x927C) => self.exif.maker_note = Some(entry.value.to_vec()),
            (Place, 0) => one_of(entry, &[b"\x02\x02\0\0", b"\x02\x03\0\0", b"\x02\x04\0\0"])?,
            (Place, 1 | 3) => self.turns(tag, entry)?,
            (Place, 2 | 4) => self.degrees(tag, entry)?,
            (Place, 5) => one_of(entry, &[b"\0", b"\x01"])?,
            (Place, 6) => {
                let (above, unit) = self.ratio(entry.value)?;
                (matches!(unit, 1 | 10 | 100 | 1000) && above / unit < 20_000)
                    .then_some(())
                    .ok_or(ODD)?;
            }
            (Place, 0x12) => one_of(entry, &[b"WGS-84\0"])?,
            _ => return Err(UNLISTED),
        }
        Ok(())
    }

    /// A reference letter stands before its value: it makes a south or west negative.
    fn turns(&mut self, tag: u16, entry: &Entry<'_>) -> Result<(), Rule> {
        let (sign, is_north) = match entry.value {
            b"N\0" => (1, true),
            b"S\0" => (-1, true),
            b"E\0" => (1, false),
            b"W\0" => (-1, false),
            _ => return Err(ODD),
        };
        let (north, east) = self.exif.place_e7.get_or_insert((1, 1));
        match (tag, is_north) {
            (1, true) => *north = sign,
            (3, false) => *east = sign,
            _ => return Err(ODD),
        }
        Ok(())
    }

    fn degrees(&mut self, tag: u16, entry: &Entry<'_>) -> Result<(), Rule> {
        if entry.kind != 5 || entry.count != 3 {
            return Err(ODD);
        }
        let mut e7 = 0_i64;
        for (part, unit) in entry.value.chunks(8).zip([1_i64, 60, 3600]) {
            let (above, below) = self.ratio(part)?;
            if below == 0 {
                return Err(ODD);
            }
            e7 += i64::from(above) * 10_000_000 / (i64::from(below) * unit);
        }
        let (north, east) = self.exif.place_e7.as_mut().ok_or(ODD)?;
        *(if tag == 2 { north } else { east }) *= e7;
        Ok(())
    }

    fn ratio(&self, value: &[u8]) -> Result<(u32, u32), Rule> {
        let (above, below) = value.split_at_checked(4).ok_or(ODD)?;
        Ok((self.word(above)?, self.word(below)?))
    }

    fn word(&self, bytes: &[u8]) -> Result<u32, Rule> {
        let bytes = <[u8; 4]>::try_from(bytes).map_err(|_| ODD)?;
        Ok(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn number(&self, entry: &Entry<'_>) -> Result<u32, Rule> {
        match (entry.kind, entry.value) {
            (3, [a, b]) if self.is_little => Ok(u32::from(u16::from_le_bytes([*a, *b]))),
            (3, [a, b]) => Ok(u32::from(u16::from_be_bytes([*a, *b]))),
            (4, value) => self.word(value),
            _ => Err(ODD),
        }
    }

    fn must_be(&self, entry: &Entry<'_>, listed: &[u32]) -> Result<(), Rule> {
        let number = self.number(entry)?;
        if listed.contains(&number) { Ok(()) } else { Err(ODD) }
    }

    /// Parts may not overlap, and between them at most one zero keeps the next on an even place.
    fn is_all_used(&mut self) -> Result<(), Rule> {
        self.used.sort_by_key(|range| (range.start, range.end));
        let mut end = 0;
        for range in &self.used {
            let gap = self.tiff.get(end..range.start).ok_or("EXIF whose parts overlap")?;
            if !matches!(gap, [] | [0]) {
                return Err("EXIF with bytes between its parts");
            }
            end = range.end;
        }
        match self.tiff.get(end..) {
            Some([] | [0]) => Ok(()),
            _ => Err("EXIF with bytes behind its end"),
        }
    }
}

fn text(entry: &Entry<'_>) -> Result<Vec<u8>, Rule> {
    let (end, words) = entry.value.split_last().ok_or(ODD)?;
    let is_clean = entry.kind == 2 && *end == 0 && words.iter().all(|b| (0x20..0x7F).contains(b));
    is_clean.then(|| words.to_vec()).ok_or("EXIF with an unclean text")
}

fn one_of(entry: &Entry<'_>, listed: &[&[u8]]) -> Result<(), Rule> {
    if listed.contains(&entry.value) { Ok(()) } else { Err(ODD) }
}

#[cfg(test)]
mod tests;
