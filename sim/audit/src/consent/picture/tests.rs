//! Tables of pictures, as they are and as they are sent.

use super::{is_small_copy, plays_the_same, shows_the_same};
use crate::tests::{alarms_by, evidence};
use crate::{Alarm, Detector};
use evidence::card::{Operation, Write};
use evidence::scenario::{Act, Setting};
use evidence::{ClaimId, Class, Link, Recipient, Tick};
use jpeg_encoder::{ColorType, Encoder};

/// A still with covers: left, top, right, bottom.
fn picture(scene: usize, covers: &[[usize; 4]]) -> Vec<u8> {
    sized(scene, covers, 320, 240)
}

fn sized(scene: usize, covers: &[[usize; 4]], width_px: u16, height_px: u16) -> Vec<u8> {
    let width = usize::from(width_px);
    let colour = |place: usize| {
        let (x, y) = (place % width, place / width);
        let is_covered = |c: &[usize; 4]| (c[0]..c[2]).contains(&x) && (c[1]..c[3]).contains(&y);
        let field = ((x / 24 + scene) * 7 + (y / 18) * 11) % 5;
        match covers.iter().any(is_covered) {
            true => [96; 3],
            false => [150 + 20 * field as u8, 210 - 30 * field as u8, 40],
        }
    };
    let rgb: Vec<u8> = (0..width * usize::from(height_px)).flat_map(colour).collect();
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 85).encode(&rgb, width_px, height_px, ColorType::Rgb).unwrap();
    jpeg
}

#[test]
fn a_covered_still_is_itself_and_no_other_picture_is() {
    let still = picture(0, &[]);
    let table: [(&str, Vec<u8>, bool); 10] = [
        ("nothing covered", still.clone(), true),
        ("a head in the middle", picture(0, &[[101, 77, 140, 120]]), true),
        ("a cover on the grid", picture(0, &[[64, 64, 96, 112]]), true),
        ("small heads at the edges", picture(0, &[[0, 30, 3, 45], [317, 225, 320, 240]]), true),
        ("another scene", picture(1, &[]), false),
        ("another scene, covered", picture(1, &[[101, 77, 140, 120]]), false),
        ("all covered", picture(0, &[[0, 0, 320, 240]]), true),
        ("another size", sized(0, &[], 320, 224), false),
        ("cut short", still[..20].to_vec(), false),
        ("no picture", b"no picture".to_vec(), false),
    ];
    for (what, sent, expected) in table {
        assert_eq!(shows_the_same(&sent, &still), expected, "{what}");
    }
    assert!(!shows_the_same(&still, &picture(0, &[[101, 77, 140, 120]])), "a changed still");
}

/// Parts of a picture as requests.
fn puts(object: u32, picture: &[u8]) -> Vec<Vec<u8>> {
    let parts = picture.chunks(1024).enumerate();
    let put = |(number, part): (usize, &[u8])| {
        let (first, length) = (1024 * number, part.len());
        let head = format!(
            "PUT /v1/media/{object}/{number} HTTP/1.1\r\nHost: intake.hushwing.example\r\n\
             Content-Type: image/jpeg\r\nContent-Range: bytes {first}-{}/{}\r\n\
             Content-Length: {length}\r\n\r\n",
            first + length - 1,
            picture.len(),
        );
        [head.as_bytes(), part].concat()
    };
    parts.map(put).collect()
}

fn judged(requests: &[Vec<u8>]) -> Vec<Alarm> {
    let grants = |object| Act::Grants {
        category: Class::Imagery,
        object,
        to: Recipient::Maker,
        for_s: None,
    };
    let asks = |object| {
        let (category, to) = (Class::Imagery, Recipient::Maker);
        Act::Requests { category, object, to }
    };
    let on = |name, value| Act::Sets { name, value };
    let mut beats = vec![(0.0, on(Setting::PrivLocal, 0)), (0.0, on(Setting::UpMedia, 1))];
    beats.extend((1..=3).flat_map(|n| [(0.0, grants(n)), (0.0, asks(n))]));
    let story = evidence(&beats);
    let mut said = Vec::new();
    for (number, path) in
        ["DCIM/100HUSHW/HW_0001.JPG", "DCIM/100HUSHW/HW_0002.JPG"].iter().enumerate()
    {
        let data = &picture(number, &[]);
        let write = Write { operation: Operation::Replace, path, data };
        said.push((Tick(1), Link::Card, write.encode()));
    }
    said.extend(requests.iter().map(|put| (Tick(9), Link::Uplink, put.clone())));
    alarms_by(Detector::CON, &story, &said)
}

#[test]
fn a_picture_goes_under_the_number_of_its_still_or_is_told() {
    let (first, second) = (picture(0, &[[101, 77, 140, 120]]), picture(1, &[[9, 9, 40, 40]]));
    let again: Vec<_> = puts(1, &first).into_iter().flat_map(|put| [put.clone(), put]).collect();
    let cut = puts(1, &second).split_last().map(|(_, rest)| rest.to_vec()).unwrap();
    let table = [
        ("as it should be", [puts(1, &first), puts(2, &second)].concat(), None),
        ("each part twice", again, None),
        ("begun again", [cut.clone(), puts(1, &first)].concat(), None),
        ("not yet whole", cut, None),
        ("under another number", puts(1, &second), Some(1)),
        ("after the right one", [puts(2, &second), puts(2, &first)].concat(), Some(2)),
        ("of no still", puts(3, &first), Some(3)),
    ];
    // That it is sent twice for one request is another rule's.
    let is_other = |(.., shown): &(_, _, String)| shown.starts_with("the picture sent as");
    for (what, requests, told) in table {
        let found: Vec<_> = judged(&requests)
            .into_iter()
            .map(|a| (a.class, a.link, a.shown))
            .filter(is_other)
            .collect();
        let rule = |n| format!("the picture sent as still {n} is not still {n}");
        let told = told.map(|n| (Some(Class::Imagery), Link::Uplink, rule(n)));
        assert_eq!(found, Vec::from_iter(told), "{what}");
    }
}

/// The same, four times smaller.
fn small(scene: usize) -> Vec<u8> {
    let large = picture(scene, &[]);
    let rgb = zune_jpeg::JpegDecoder::new(std::io::Cursor::new(large)).decode().unwrap();
    let mean = |place: usize| {
        let (x, y, colour) = (place / 3 % 80, place / 240, place % 3);
        let spots = (0..16).map(|i| 3 * ((4 * y + i / 4) * 320 + 4 * x + i % 4) + colour);
        (spots.map(|at| u32::from(rgb[at])).sum::<u32>() / 16) as u8
    };
    let rgb: Vec<u8> = (0..80 * 60 * 3).map(mean).collect();
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 60).encode(&rgb, 80, 60, ColorType::Rgb).unwrap();
    jpeg
}

#[test]
fn a_small_copy_shows_the_same_picture_smaller() {
    assert!(is_small_copy(&small(0), &picture(0, &[])));
    for (what, other) in
        [("another scene", small(1)), ("as large", picture(0, &[])), ("no picture", b"x".to_vec())]
    {
        assert!(!is_small_copy(&other, &picture(0, &[])), "{what}");
    }
}

/// A film of one picture.
fn film(at_ms: u16, jpeg: &[u8]) -> Vec<u8> {
    let element = |id: &[u8], value: &[u8]| {
        let length = (value.len() as u32 | 0x1000_0000).to_be_bytes();
        [id, &length, value].concat()
    };
    let stamp = element(&[0xE7], &at_ms.to_be_bytes());
    let block = element(&[0xA3], &[&[0x81, 0, 0, 0x80], jpeg].concat());
    [
        &[0x18, 0x53, 0x80, 0x67, 0xFF][..],
        &element(&[0x1F, 0x43, 0xB6, 0x75], &[stamp, block].concat()),
    ]
    .concat()
}

#[test]
fn a_film_plays_the_pictures_that_were_taken_at_their_times() {
    let kept = film(200, &picture(0, &[]));
    for (what, sent, expected) in [
        ("as taken", kept.clone(), true),
        ("covered", film(200, &picture(0, &[[101, 77, 140, 120]])), true),
        ("at another time", film(400, &picture(0, &[])), false),
        ("another picture", film(200, &picture(1, &[])), false),
    ] {
        assert_eq!(plays_the_same(&sent, &kept), expected, "{what}");
    }
}

/// A picture's head that tells its camera's number.
fn numbered() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &[1, 0][..],
            &tag.to_le_bytes(),
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value,
            &[0; 4],
        ]
        .concat()
    };
    let camera = entry(0x8769, 4, 1, [26, 0, 0, 0]);
    let tiff = [&b"II*\0\x08\0\0\0"[..], &camera, &entry(0xA431, 2, 4, *b"HW1\0")].concat();
    let length = (tiff.len() as u16 + 8).to_be_bytes();
    [&picture(0, &[])[..20], &[0xFF, 0xE1], &length, b"Exif\0\0", &tiff].concat()
}

#[test]
fn a_still_tells_its_camera_only_where_that_is_switched_on() {
    let sets = |value| Act::Sets { name: Setting::CamSerial, value };
    for (value, expected) in [(1, None), (0, Some(ClaimId::UserControl))] {
        let story = evidence(&[(0.5, sets(value)), (1.0, Act::TakesStill)]);
        let (path, data) = ("DCIM/100HUSHW/HW_0001.JPG", &numbered());
        let write = Write { operation: Operation::Replace, path, data };
        let said = [(Tick(520), Link::Card, write.encode())];
        let claims = alarms_by(Detector::CON, &story, &said).into_iter().map(|a| a.claim);
        assert_eq!(claims.collect::<Vec<_>>(), Vec::from_iter(expected), "{value}");
    }
}
