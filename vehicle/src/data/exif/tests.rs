//! EXIF read back by a reader that knows TIFF and nothing of how it was written.

use super::*;
use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec;

/// Directory and tag to kind, count and value bytes.
type Fields = BTreeMap<(&'static str, u16), (u16, u32, Vec<u8>)>;

fn number(tiff: &[u8], at: usize, bytes: usize) -> usize {
    tiff[at..at + bytes].iter().rev().fold(0, |value, byte| value << 8 | usize::from(*byte))
}

fn directory(tiff: &[u8], name: &'static str, at: usize, fields: &mut Fields) -> usize {
    let count = number(tiff, at, 2);
    let mut last_tag = None;
    for place in 0..count {
        let entry = at + 2 + 12 * place;
        let (tag, kind) = (number(tiff, entry, 2) as u16, number(tiff, entry + 2, 2));
        assert!(last_tag < Some(tag), "{name}: tags are in order, {tag:#06X}");
        last_tag = Some(tag);
        let values = number(tiff, entry + 4, 4);
        let bytes = values * [0, 1, 1, 2, 4, 8, 0, 1][kind];
        let value_at = if bytes > 4 { number(tiff, entry + 8, 4) } else { entry + 8 };
        assert!(value_at % 2 == 0, "{name}: {tag:#06X} lies at an odd place");
        let value = tiff[value_at..value_at + bytes].to_vec();
        let old = fields.insert((name, tag), (kind as u16, values as u32, value));
        assert!(old.is_none(), "{name}: {tag:#06X} twice");
    }
    number(tiff, at + 2 + 12 * count, 4)
}

fn read(block: &[u8]) -> (Fields, Vec<u8>) {
    let tiff = block.strip_prefix(b"Exif\0\0").expect("an EXIF block");
    assert_eq!(&tiff[..4], b"II*\0");
    let mut fields = Fields::new();
    let small_at = directory(tiff, "IFD0", number(tiff, 4, 4), &mut fields);
    for (name, pointer) in [("Exif", 0x8769), ("GPS", 0x8825)] {
        let at = fields.get(&("IFD0", pointer)).map(|(_, _, value)| number(value, 0, 4));
        if let Some(at) = at {
            assert_eq!(directory(tiff, name, at, &mut fields), 0);
        }
    }
    assert_eq!(directory(tiff, "IFD1", small_at, &mut fields), 0);
    let long = |tag| number(&fields[&("IFD1", tag)].2, 0, 4);
    let (at, length) = (long(0x0201), long(0x0202));
    assert_eq!(at + length, tiff.len(), "nothing lies behind the thumbnail");
    let thumbnail = tiff[at..].to_vec();
    (fields, thumbnail)
}

const PLACE: Place = Place { lat_deg: -33.856_784_1, lon_deg: 151.215_296_7, alt_m: 12.34 };

#[test]
fn a_picture_says_what_it_was_told_to_say_and_nothing_else() {
    for (place, serial, taken) in [
        (None, None, false),
        (None, None, true),
        (Some(PLACE), None, true),
        (None, Some("HWX12345678901234567"), true),
        (Some(PLACE), Some("HWX12345678901234567"), true),
        (Some(PLACE), None, false),
    ] {
        let taken = taken.then_some(("0.1.0", Tick(500 * 3_661)));
        let block = exif(&Told { taken, place, serial, thumbnail: b"small" });
        let (fields, thumbnail) = read(&block);
        assert_eq!(thumbnail, b"small");
        let mut expected = vec![("IFD0", 0x010F), ("IFD0", 0x0110), ("IFD0", 0x0112)];
        expected.extend([("IFD1", 0x0103), ("IFD1", 0x0201), ("IFD1", 0x0202)]);
        if taken.is_some() {
            expected.extend([("IFD0", 0x0131), ("IFD0", 0x0132)]);
            expected.extend([("Exif", 0x9000), ("Exif", 0x9003)]);
        }
        if serial.is_some() {
            expected.extend([("Exif", 0x927C), ("Exif", 0xA431)]);
        }
        if taken.is_some() || serial.is_some() {
            expected.push(("IFD0", 0x8769));
        }
        if place.is_some() {
            expected.push(("IFD0", 0x8825));
            expected.extend((0..=6).map(|tag| ("GPS", tag)));
        }
        expected.sort_unstable();
        let tags: Vec<_> = fields.keys().copied().collect();
        assert_eq!(tags, expected);
        if let Some(serial) = serial {
            assert_eq!(fields[&("Exif", 0xA431)].2, [serial.as_bytes(), &[0]].concat());
            let note = &fields[&("Exif", 0x927C)].2;
            assert_eq!(note, &[&b"HUSHWING\0"[..], serial.as_bytes()].concat());
        }
    }
}

#[test]
fn the_place_reads_back_to_a_hundredth_of_a_second() {
    for (place, sides) in [
        (PLACE, ["S", "E"]),
        (Place { lat_deg: 52.516_272_3, lon_deg: -13.377_722_8, alt_m: -4.5 }, ["N", "W"]),
        (Place { lat_deg: 0.0, lon_deg: 179.999_999_999_9, alt_m: 0.0 }, ["N", "E"]),
        (Place { lat_deg: -89.999_999_9, lon_deg: -0.000_000_1, alt_m: 8_848.86 }, ["S", "W"]),
    ] {
        let told = Told { taken: None, place: Some(place), serial: None, thumbnail: &[] };
        let (fields, _) = read(&exif(&told));
        let fractions = |tag| {
            let (kind, count, bytes) = &fields[&("GPS", tag)];
            assert_eq!((*kind, *count as usize), (5, bytes.len() / 8));
            let parts = bytes.chunks(8).map(|b| number(b, 0, 4) as f64 / number(b, 4, 4) as f64);
            parts.collect::<Vec<_>>()
        };
        for (tag, degrees, side) in [(2, place.lat_deg, sides[0]), (4, place.lon_deg, sides[1])] {
            let parts = fractions(tag);
            assert!(parts[1] < 60.0 && parts[2] < 60.0, "{parts:?}");
            let read_deg = parts[0] + parts[1] / 60.0 + parts[2] / 3_600.0;
            assert!((read_deg - degrees.abs()).abs() < 0.01 / 3_600.0, "{parts:?}");
            assert_eq!(fields[&("GPS", tag - 1)].2, [side.as_bytes(), &[0]].concat());
        }
        assert!((fractions(6)[0] - place.alt_m.abs()).abs() < 0.006);
        assert_eq!(fields[&("GPS", 5)].2, [u8::from(place.alt_m < 0.0)]);
    }
}

#[test]
fn the_clock_turns_days_months_and_years() {
    for (seconds, expected) in [
        (0, "2026:01:01 00:00:00"),
        (3_661, "2026:01:01 01:01:01"),
        (86_399, "2026:01:01 23:59:59"),
        (86_400 * 31, "2026:02:01 00:00:00"),
        (86_400 * 365, "2027:01:01 00:00:00"),
        (86_400 * (365 + 365 + 59), "2028:02:29 00:00:00"),
        (86_400 * (365 + 365 + 60), "2028:03:01 00:00:00"),
    ] {
        assert_eq!(date_time(Tick(500 * seconds)), expected.to_string());
    }
}
