//! Directories made entry by entry: read as they should be, refused with anything else in them.

use super::*;

/// A tag with its kind, its count and its value.
type Tag<'a> = (u16, u16, u32, &'a [u8]);

/// A TIFF of directories that follow one another; a value of four bytes may name the place of a later directory.
fn tiff(directories: &[&[Tag<'_>]], is_chained: bool) -> Vec<u8> {
    let mut places = vec![8];
    for directory in directories {
        let beyond = directory.iter().filter(|(.., value)| value.len() > 4);
        let values: usize = beyond.map(|(.., value)| value.len().next_multiple_of(2)).sum();
        places.push(places[places.len() - 1] + 6 + 12 * directory.len() + values);
    }
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    for (place, directory) in directories.iter().enumerate() {
        out.extend((directory.len() as u16).to_le_bytes());
        let mut beyond = places[place] + 6 + 12 * directory.len();
        let mut values = Vec::new();
        for (tag, kind, count, value) in *directory {
            out.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            out.extend(count.to_le_bytes());
            if value.len() > 4 {
                out.extend((beyond as u32).to_le_bytes());
                beyond += value.len().next_multiple_of(2);
                values.extend_from_slice(value);
                values.resize(values.len().next_multiple_of(2), 0);
            } else if *value == b"next" {
                out.extend((places[place + 1] as u32).to_le_bytes());
            } else {
                let mut value = value.to_vec();
                value.resize(4, 0);
                out.extend(value);
            }
        }
        let next = if is_chained && place + 1 < directories.len() { places[place + 1] } else { 0 };
        out.extend((next as u32).to_le_bytes());
        out.extend(values);
    }
    out
}

const MAKE: Tag<'_> = (0x010F, 2, 9, b"Hushwing\0");
const ORIENTATION: Tag<'_> = (0x0112, 3, 1, &[1, 0]);

fn degrees(parts: [u32; 3]) -> Vec<u8> {
    parts.into_iter().flat_map(|part| [part.to_le_bytes(), 1_u32.to_le_bytes()].concat()).collect()
}

#[test]
fn every_tag_is_listed_and_every_byte_is_accounted_for() {
    let good = tiff(&[&[MAKE, ORIENTATION]], false);
    let with = |at: usize, value: u8| {
        let mut bent = good.clone();
        bent[at] = value;
        bent
    };
    let rule = |tiff: &[u8]| read(tiff).err();
    assert_eq!(rule(&good), None);
    assert_eq!(read(&good).unwrap().make, Some(b"Hushwing".to_vec()));
    for (tiff, expected) in [
        (b"PNG".to_vec(), TORN),
        (good[..20].to_vec(), TORN),
        ([good.as_slice(), b"xx"].concat(), "EXIF with bytes behind its end"),
        (with(10, 0x99), UNLISTED),
        (with(32, 1), "EXIF with bytes behind a short value"),
        (with(30, 2), ODD),
        (tiff(&[&[ORIENTATION, MAKE]], false), "EXIF whose tags are out of order"),
        (tiff(&[&[(0x013B, 2, 4, b"Ada\0")]], false), UNLISTED),
        (tiff(&[&[(0x010F, 2, 4, b"Ada!")]], false), "EXIF with an unclean text"),
    ] {
        assert_eq!(rule(&tiff), Some(expected), "{}", tiff.escape_ascii());
    }
    let mut gap = tiff(&[&[MAKE]], false);
    // The value lies two bytes farther on than it need.
    gap[18] += 2;
    gap.splice(26..26, [7, 7]);
    assert_eq!(rule(&gap), Some("EXIF with bytes between its parts"));
}

#[test]
fn a_place_and_a_serial_number_are_found_where_they_stand() {
    let (north, west) = (degrees([52, 30, 36]), degrees([13, 0, 0]));
    let place: &[Tag<'_>] =
        &[(1, 2, 2, b"N\0"), (2, 5, 3, &north), (3, 2, 2, b"W\0"), (4, 5, 3, &west)];
    let told = read(&tiff(&[&[(0x8825, 4, 1, b"next")], place], false)).unwrap();
    assert_eq!(told.place_e7, Some((525_100_000, -130_000_000)));
    let camera: &[Tag<'_>] = &[(0x927C, 7, 6, b"secret"), (0xA431, 2, 7, b"HWX123\0")];
    let told = read(&tiff(&[&[(0x8769, 4, 1, b"next")], camera], false)).unwrap();
    assert_eq!(told.serial, Some(b"HWX123".to_vec()));
    assert_eq!(told.maker_note, Some(b"secret".to_vec()));
    assert_eq!(told.place_e7, None);
}

#[test]
fn a_thumbnail_is_found_behind_its_directory() {
    let small: &[Tag<'_>] =
        &[(0x0103, 3, 1, &[6, 0]), (0x0201, 4, 1, &[68, 0, 0, 0]), (0x0202, 4, 1, &[3, 0, 0, 0])];
    let mut file = tiff(&[&[ORIENTATION], small], true);
    assert_eq!(file.len(), 68);
    file.extend(b"jpg");
    assert_eq!(read(&file).unwrap().thumbnail, Some(68..71));
    file.push(7);
    assert_eq!(read(&file), Err("EXIF with bytes behind its end"));
}
