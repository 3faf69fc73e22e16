//! Films made element by element: quiet as they should be, loud with anything else in them.

use super::*;
use crate::tests::evidence;
use jpeg_encoder::{ColorType, Encoder};

fn element(id: &[u8], value: &[u8]) -> Vec<u8> {
    let length = 0x1000_0000 | value.len() as u32;
    [id, &length.to_be_bytes(), value].concat()
}

/// A picture of a film.
pub fn frame(shade: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let rgb = vec![shade; 320 * 240 * 3];
    Encoder::new(&mut file, 85).encode(&rgb, 320, 240, ColorType::Rgb).unwrap();
    file
}

fn head(has_sound: bool) -> Vec<u8> {
    let ebml = [
        element(&[0x42, 0x86], &[1]),
        element(&[0x42, 0x82], b"matroska"),
        element(&[0x42, 0x87], &[4]),
    ];
    let info =
        [element(&[0x2A, 0xD7, 0xB1], &[0x0F, 0x42, 0x40]), element(&[0x4D, 0x80], b"Hushwing")];
    let video = [element(&[0xB0], &[1, 64]), element(&[0xBA], &[240])].concat();
    let pictures = [
        element(&[0xD7], &[1]),
        element(&[0x73, 0xC5], &[1]),
        element(&[0x83], &[1]),
        element(&[0x86], b"V_MJPEG"),
        element(&[0xE0], &video),
    ];
    let audio = [
        element(&[0xB5], &16_000_f32.to_be_bytes()),
        element(&[0x9F], &[1]),
        element(&[0x62, 0x64], &[16]),
    ];
    let sound = [
        element(&[0xD7], &[2]),
        element(&[0x83], &[2]),
        element(&[0x86], b"A_PCM/INT/LIT"),
        element(&[0xE1], &audio.concat()),
    ];
    let mut tracks = element(&[0xAE], &pictures.concat());
    if has_sound {
        tracks.extend(element(&[0xAE], &sound.concat()));
    }
    [
        element(&[0x1A, 0x45, 0xDF, 0xA3], &ebml.concat()),
        vec![0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        element(&[0x15, 0x49, 0xA9, 0x66], &info.concat()),
        element(&[0x16, 0x54, 0xAE, 0x6B], &tracks),
    ]
    .concat()
}

fn cluster(base_ms: u16, blocks: &[(u8, u16, Vec<u8>)]) -> Vec<u8> {
    let mut cluster = element(&[0xE7], &base_ms.to_be_bytes());
    for (track, at_ms, data) in blocks {
        let block = [&[*track], at_ms.to_be_bytes().as_slice(), &[0x80], data].concat();
        cluster.extend(element(&[0xA3], &block));
    }
    element(&[0x1F, 0x43, 0xB6, 0x75], &cluster)
}

fn fault(rules: Rules, film: &[u8]) -> Option<Fault> {
    let evidence = evidence(&[]);
    let memo = Memo::of(&evidence);
    Films::default().check(&memo, rules, film).err()
}

const TAKEN: Rules = Rules { is_shared: false, has_sound: true };
const SHARED: Rules = Rules { is_shared: true, has_sound: false };

#[test]
fn a_film_is_read_to_its_last_byte() {
    let pictures = [(0x81, 0, frame(9)), (0x81, 200, frame(99))];
    let silent = [head(false), cluster(0, &pictures)].concat();
    let sounding = [
        head(true),
        cluster(0, &pictures),
        cluster(1000, &[(0x81, 0, frame(9)), (0x82, 0, vec![0; 640])]),
    ]
    .concat();
    let rule = |rule| Some(Fault::Rule(rule));
    let late = [head(false), cluster(0, &[(0x81, 0, frame(9)), (0x81, 230, frame(9))])].concat();
    let void = element(&[0xEC], &[0; 9]);
    let stray = [head(false), cluster(0, &[(0x83, 0, frame(9))])].concat();
    let bad = [head(false), cluster(0, &[(0x81, 0, b"no picture".to_vec())])].concat();
    for (what, rules, film, expected) in [
        ("silent", TAKEN, silent.clone(), None),
        ("with sound", TAKEN, sounding.clone(), None),
        ("shared", SHARED, silent.clone(), None),
        ("shared with sound", SHARED, sounding, rule("a film with a track of sound")),
        ("at odd times", TAKEN, late, rule("a film whose pictures are not at their times")),
        ("a void", TAKEN, [silent.clone(), void].concat(), Some(UNLISTED)),
        ("a third track", TAKEN, stray, rule("a film with a block of no track")),
        ("no picture", TAKEN, bad, rule("bytes between markers of a picture")),
        ("cut", TAKEN, silent[..silent.len() - 9].to_vec(), Some(Fault::Cut)),
        ("no film", TAKEN, b"RIFF".to_vec(), Some(UNLISTED)),
    ] {
        let found = fault(rules, &film);
        // What stands where a length should be may be anything.
        let is_it = found == expected || (what == "no film" && found.is_some());
        assert!(is_it, "{what}: {found:?}");
    }
}

#[test]
fn all_films_of_a_camera_have_one_head() {
    let evidence = evidence(&[]);
    let memo = Memo::of(&evidence);
    let mut films = Films::default();
    let film = |head: Vec<u8>| [head, cluster(0, &[(0x81, 0, frame(9))])].concat();
    assert!(films.check(&memo, TAKEN, &film(head(false))).is_ok());
    assert!(films.check(&memo, TAKEN, &film(head(true))).is_ok());
    let mut other = head(false);
    let at = other.windows(8).position(|w| w == b"Hushwing").unwrap();
    other[at] = b'h';
    let rule = "a film with another head than the first";
    assert_eq!(films.check(&memo, TAKEN, &film(other)), Err(Fault::Rule(rule)));
}
