//! A picture from a public encoder is quiet; each place to hide something is not.

use super::*;
use jpeg_encoder::{ColorType, Encoder};

fn picture(seed: u8) -> Vec<u8> {
    let rgb: Vec<u8> =
        (0..320_u32 * 240 * 3).map(|i| (i.wrapping_mul(i) / 977) as u8 ^ seed).collect();
    let mut file = Vec::new();
    Encoder::new(&mut file, 85).encode(&rgb, 320, 240, ColorType::Rgb).unwrap();
    file
}

#[test]
fn pictures_of_one_camera_pass() {
    let evidence = crate::tests::evidence(&[]);
    let memo = Memo::of(&evidence);
    let mut pictures = Pictures::default();
    for seed in 0..4 {
        assert!(pictures.check(&memo, Form::Still, &picture(seed)).is_ok());
    }
    assert_eq!(
        pictures.check(&memo, Form::Thumbnail, &picture(0)),
        Err(Fault::Rule("a picture of another size or kind"))
    );
}

#[test]
fn every_cut_is_a_cut_and_nothing_hides_behind_the_end() {
    let whole = picture(1);
    for end in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
        assert_eq!(check(Form::Frame, &whole[..end]), Err(Fault::Cut), "cut at {end}");
    }
    let tail = [whole.as_slice(), b"x"].concat();
    assert_eq!(check(Form::Frame, &tail), Err(Fault::Rule("bytes behind the end of a picture")));
    let (body, end) = whole.split_at(whole.len() - 2);
    let hidden = [body, b"secret", end].concat();
    assert_eq!(
        check(Form::Frame, &hidden),
        Err(Fault::Rule("bytes behind the last block of a picture"))
    );
}

#[test]
fn metadata_and_unlisted_markers_are_named() {
    let whole = picture(1);
    let with = |segment: &[u8]| [&whole[..2], segment, &whole[2..]].concat();
    let comment = with(b"\xFF\xFE\0\x06lost");
    assert_eq!(check(Form::Frame, &comment), Err(Fault::Rule("a picture with an unlisted marker")));
    let exif = with(b"\xFF\xE1\0\x08Exif\0\0");
    assert_eq!(check(Form::Frame, &exif), Err(Fault::Rule("a picture with metadata")));
    assert!(check(Form::Still, &exif).is_ok());
    let twice = with(b"\xFF\xE1\0\x08Exif\0\0\xFF\xE1\0\x08Exif\0\0");
    assert_eq!(check(Form::Still, &twice), Err(Fault::Rule("a picture with metadata")));
    let mut thumbnail = whole.clone();
    thumbnail[13] = 9;
    assert_eq!(check(Form::Frame, &thumbnail), Err(Fault::Rule("a picture with metadata")));
}
