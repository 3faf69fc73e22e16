//! EXIF: what a picture says of itself beside its pixels, as an APP1 block with a TIFF inside.
//!
//! Four directories at most: the picture (IFD0), how it was taken (Exif), where (GPS), and a small picture (IFD1).
//! A picture as taken says when; where and by which aircraft only if the pilot has switched that on. A scrubbed
//! one says the make, and where only under a grant for that.
//!
//! **Never:** adds a tag that nobody asked for; writes an owner, an identity or a thumbnail of its own making.

use crate::senses::{TICKS_PER_S, Tick};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const MAKE: &str = "Hushwing";
const MODEL: &str = "Camera quad";
/// What the maker's own block begins with; the serial number follows.
const MAKER_NOTE: &[u8] = b"HUSHWING\0";

/// Tags, by the names that the standard gives them.
mod tag {
    pub const COMPRESSION: u16 = 0x0103;
    pub const MAKE: u16 = 0x010F;
    pub const MODEL: u16 = 0x0110;
    pub const ORIENTATION: u16 = 0x0112;
    pub const SOFTWARE: u16 = 0x0131;
    pub const DATE_TIME: u16 = 0x0132;
    pub const THUMBNAIL_OFFSET: u16 = 0x0201;
    pub const THUMBNAIL_LENGTH: u16 = 0x0202;
    pub const EXIF_DIRECTORY: u16 = 0x8769;
    pub const GPS_DIRECTORY: u16 = 0x8825;
    pub const EXIF_VERSION: u16 = 0x9000;
    pub const DATE_TIME_ORIGINAL: u16 = 0x9003;
    pub const MAKER_NOTE: u16 = 0x927C;
    pub const BODY_SERIAL_NUMBER: u16 = 0xA431;
    pub const GPS_VERSION: u16 = 0x0000;
    pub const GPS_LATITUDE_REF: u16 = 0x0001;
    pub const GPS_LATITUDE: u16 = 0x0002;
    pub const GPS_LONGITUDE_REF: u16 = 0x0003;
    pub const GPS_LONGITUDE: u16 = 0x0004;
    pub const GPS_ALTITUDE_REF: u16 = 0x0005;
    pub const GPS_ALTITUDE: u16 = 0x0006;
}

/// Where a picture was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// WGS 84, degrees.
    pub lat_deg: f64,
    /// WGS 84, degrees.
    pub lon_deg: f64,
    /// Above mean sea level, metres.
    pub alt_m: f64,
}

/// What a picture is to say.
pub(super) struct Told<'a> {
    /// Version of the firmware and when, for a picture as taken.
    pub(super) taken: Option<(&'a str, Tick)>,
    pub(super) place: Option<Place>,
    pub(super) serial: Option<&'a str>,
    /// A small JPEG of the same picture.
    pub(super) thumbnail: &'a [u8],
}

/// The contents of the APP1 block.
pub(super) fn exif(told: &Told<'_>) -> Vec<u8> {
    let mut picture = alloc::vec![
        Entry::text(tag::MAKE, MAKE),
        Entry::text(tag::MODEL, MODEL),
        Entry::short(tag::ORIENTATION, 1),
    ];
    let mut taking = Vec::new();
    if let Some((version, at)) = told.taken {
        let when = date_time(at);
        picture.push(Entry::text(tag::SOFTWARE, version));
        picture.push(Entry::text(tag::DATE_TIME, &when));
        taking.push(Entry::raw(tag::EXIF_VERSION, *b"0232"));
        taking.push(Entry::text(tag::DATE_TIME_ORIGINAL, &when));
    }
    if let Some(serial) = told.serial {
        taking.push(Entry::raw(tag::MAKER_NOTE, [MAKER_NOTE, serial.as_bytes()].concat()));
        taking.push(Entry::text(tag::BODY_SERIAL_NUMBER, serial));
    }
    let place = told.place.map(located).unwrap_or_default();
    // Directories follow each other; where each begins has to be known before the first is written.
    for (pointer, entries) in [(tag::EXIF_DIRECTORY, &taking), (tag::GPS_DIRECTORY, &place)] {
        if !entries.is_empty() {
            picture.push(Entry::long(pointer, 0));
        }
    }
    let taking_at = HEADER.len() + size(&picture);
    let place_at = taking_at + size(&taking);
    let small_at = place_at + size(&place);
    let mut small = alloc::vec![
        Entry::short(tag::COMPRESSION, 6),
        Entry::long(tag::THUMBNAIL_OFFSET, 0),
        Entry::long(tag::THUMBNAIL_LENGTH, told.thumbnail.len()),
    ];
    let thumbnail_at = small_at + size(&small);
    small[1] = Entry::long(tag::THUMBNAIL_OFFSET, thumbnail_at);
    for entry in &mut picture {
        match entry.tag {
            tag::EXIF_DIRECTORY => *entry = Entry::long(tag::EXIF_DIRECTORY, taking_at),
            tag::GPS_DIRECTORY => *entry = Entry::long(tag::GPS_DIRECTORY, place_at),
            _ => {}
        }
    }
    let mut tiff = HEADER.to_vec();
    write(&mut tiff, &picture, small_at);
    write(&mut tiff, &taking, 0);
    write(&mut tiff, &place, 0);
    write(&mut tiff, &small, 0);
    tiff.extend(told.thumbnail);
    [&b"Exif\0\0"[..], &tiff].concat()
}

/// Little-endian TIFF, whose first directory follows at once.
const HEADER: &[u8] = b"II*\0\x08\0\0\0";

/// One field of a directory.
struct Entry {
    tag: u16,
    kind: u16,
    count: usize,
    bytes: Vec<u8>,
}

impl Entry {
    fn text(tag: u16, text: &str) -> Self {
        let bytes = [text.as_bytes(), &[0]].concat();
        Self { tag, kind: 2, count: bytes.len(), bytes }
    }

    fn short(tag: u16, value: u16) -> Self {
        Self { tag, kind: 3, count: 1, bytes: value.to_le_bytes().to_vec() }
    }

    fn long(tag: u16, value: usize) -> Self {
        Self { tag, kind: 4, count: 1, bytes: (value as u32).to_le_bytes().to_vec() }
    }

    fn fractions(tag: u16, values: &[(u32, u32)]) -> Self {
        let bytes = values.iter().flat_map(|(n, d)| [n.to_le_bytes(), d.to_le_bytes()]).flatten();
        Self { tag, kind: 5, count: values.len(), bytes: bytes.collect() }
    }

    fn bytes(tag: u16, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { tag, kind: 1, count: bytes.len(), bytes }
    }

    fn raw(tag: u16, bytes: impl Into<Vec<u8>>) -> Self {
        Self { kind: 7, ..Self::bytes(tag, bytes) }
    }
}

/// The fields of the GPS directory.
fn located(place: Place) -> Vec<Entry> {
    let angle = |degrees: f64| {
        let whole = |v: f64| libm::floor(v) as u32;
        // In ten-thousandths of a second, rounded once, so that no part can round up to sixty.
        let fine = libm::round(libm::fabs(degrees) * 36_000_000.0) as u64;
        let (seconds, minutes) = ((fine % 600_000) as u32, fine / 600_000);
        [(whole((minutes / 60) as f64), 1), ((minutes % 60) as u32, 1), (seconds, 10_000)]
    };
    let side = |value: f64, names: [&'static str; 2]| names[usize::from(value < 0.0)];
    let alt_cm = libm::round(libm::fabs(place.alt_m) * 100.0) as u32;
    alloc::vec![
        Entry::bytes(tag::GPS_VERSION, [2, 3, 0, 0]),
        Entry::text(tag::GPS_LATITUDE_REF, side(place.lat_deg, ["N", "S"])),
        Entry::fractions(tag::GPS_LATITUDE, &angle(place.lat_deg)),
        Entry::text(tag::GPS_LONGITUDE_REF, side(place.lon_deg, ["E", "W"])),
        Entry::fractions(tag::GPS_LONGITUDE, &angle(place.lon_deg)),
        Entry::bytes(tag::GPS_ALTITUDE_REF, [u8::from(place.alt_m < 0.0)]),
        Entry::fractions(tag::GPS_ALTITUDE, &[(alt_cm, 100)]),
    ]
}

/// Bytes that a directory and its values take; none where it is left out.
fn size(entries: &[Entry]) -> usize {
    let values = entries.iter().filter(|entry| entry.bytes.len() > 4);
    let values: usize = values.map(|entry| entry.bytes.len().next_multiple_of(2)).sum();
    if entries.is_empty() { 0 } else { 2 + 12 * entries.len() + 4 + values }
}

/// Writes a directory and its values behind it.
fn write(tiff: &mut Vec<u8>, entries: &[Entry], next_at: usize) {
    if entries.is_empty() {
        return;
    }
    let mut value_at = tiff.len() + 2 + 12 * entries.len() + 4;
    let mut values = Vec::new();
    tiff.extend((entries.len() as u16).to_le_bytes());
    for entry in entries {
        tiff.extend(entry.tag.to_le_bytes());
        tiff.extend(entry.kind.to_le_bytes());
        tiff.extend((entry.count as u32).to_le_bytes());
        if let Some(bytes) = entry.bytes.get(4..).filter(|rest| !rest.is_empty()) {
            tiff.extend((value_at as u32).to_le_bytes());
            values.extend(&entry.bytes[..4]);
            values.extend(bytes);
            values.resize(values.len().next_multiple_of(2), 0);
            value_at += entry.bytes.len().next_multiple_of(2);
        } else {
            let mut field = [0; 4];
            field[..entry.bytes.len()].copy_from_slice(&entry.bytes);
            tiff.extend(field);
        }
    }
    tiff.extend((next_at as u32).to_le_bytes());
    tiff.extend(values);
}

/// A moment as EXIF writes it. The clock begins with the year 2026.
fn date_time(at: Tick) -> String {
    const MONTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let seconds = at.0 / TICKS_PER_S;
    let (mut year, mut month, mut day) = (2026_u64, 0, seconds / 86_400);
    loop {
        let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100);
        let days = MONTHS[month] + u64::from(month == 1 && is_leap);
        if day < days {
            break;
        }
        day -= days;
        month += 1;
        if month == MONTHS.len() {
            (month, year) = (0, year + 1);
        }
    }
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year}:{:02}:{:02} {hour:02}:{minute:02}:{second:02}", month + 1, day + 1)
}

#[cfg(test)]
mod tests;
