//! Stills, films, the live view and sound: on command alone, whole on the card, and without a face wherever shared.

use super::bench::{Bench, PILOT, Shot, param_set};
use crate::senses::HeadBox;
use crate::words::Recipient;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

const S: u64 = 500;
const STILL: (u16, [f32; 4]) = (2000, [0.0, 0.0, 1.0, 1.0]);
const WIDTH: usize = 320;

/// A field with one head that walks to the right; `FACE` is whose, `UNSURE_FROM` the tick from which the chip does
/// not vouch for anything.
fn scene<const FACE: u8, const UNSURE_FROM: u64>(tick: u64) -> Shot {
    let left = 60 + (tick / 50) as usize;
    let mut rgb: Vec<u8> = (0..WIDTH * 240 * 3).map(|at| (at % 251 / 4) as u8 + 20).collect();
    for y in 100..118 {
        for x in left..left + 14 {
            rgb[3 * (y * WIDTH + x)..][..3].fill(FACE ^ (90 * x + 9 * y) as u8);
        }
    }
    let head = HeadBox { x_px: left as i32, y_px: 100, width_px: 14, height_px: 18 };
    Shot { rgb, heads: [head].to_vec(), is_sure: tick < UNSURE_FROM }
}

const NEVER: u64 = u64::MAX;

fn bench(scene: fn(u64) -> Shot, on: &[&str]) -> Bench {
    let mut bench = Bench::new();
    bench.scene = Some(scene);
    bench.sound = 321;
    bench.fix_deg = Some((46.3, 2.3));
    for name in on {
        bench.says(PILOT, 23, &param_set(name, 1));
    }
    let rest = 2 * S - bench.now;
    bench.wait(rest);
    bench.said.clear();
    bench
}

fn copy(bench: &Bench, object: u32) -> &[u8] {
    bench.vehicle.camera.shared(object, Recipient::Maker).expect("a copy").bytes()
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn decode(jpeg: &[u8]) -> Vec<u8> {
    JpegDecoder::new(ZCursor::new(jpeg)).decode().expect("a JPEG")
}

#[test]
fn without_a_command_nothing_is_taken() {
    let mut bench = bench(scene::<3, NEVER>, &["VID_ENABLE"]);
    bench.wait(20 * S);
    assert!(bench.shown.is_empty());
    let media = |path: &&String| path.starts_with("DCIM") || path.starts_with("SOUND");
    assert_eq!(bench.card.files.keys().find(media), None);
}

#[test]
fn a_still_lies_whole_on_the_card_and_its_copy_shows_no_face() {
    let mut stills = Vec::new();
    for scene in [scene::<3, NEVER>, scene::<200, NEVER>] {
        let mut bench = bench(scene, &[]);
        assert_eq!(bench.command(PILOT, STILL.0, &STILL.1), Some(0));
        assert_eq!(bench.command(PILOT, STILL.0, &STILL.1), Some(0), "a repeated order");
        bench.wait(2 * S);
        assert_eq!(bench.texts(), ["Still taken"]);
        let files: Vec<_> =
            bench.card.files.iter().filter(|(p, _)| p.starts_with("DCIM")).collect();
        let [(path, file)] = files[..] else { panic!("{} files", files.len()) };
        assert_eq!(path, "DCIM/100HUSHW/HW_0001.JPG");
        let copy = copy(&bench, 1);
        assert!(has(file, b"Exif") && has(file, b"2026:01:01") && !has(copy, b"2026:01:01"));
        let head = |jpeg: &[u8]| decode(jpeg)[3 * (109 * WIDTH + 84)..][..24].to_vec();
        assert!(head(copy).iter().all(|value| value.abs_diff(96) < 4));
        assert!(head(file).iter().any(|value| value.abs_diff(96) > 40));
        stills.push((file.clone(), copy.to_vec()));
    }
    assert_ne!(stills[0].0, stills[1].0);
    assert_eq!(stills[0].1, stills[1].1);
}

#[test]
fn a_still_that_cannot_be_scrubbed_is_kept_private() {
    let mut bench = bench(scene::<3, 1_100>, &[]);
    bench.wait(60);
    bench.command(PILOT, STILL.0, &STILL.1);
    bench.wait(2 * S);
    assert_eq!(bench.texts(), ["Still taken", "Still kept private"]);
    assert!(bench.vehicle.camera.shared(1, Recipient::Maker).is_none());
}

#[test]
fn the_copy_tells_the_place_only_to_whom_it_is_granted() {
    for (geotag, grants, expected) in [
        (false, &[1.0][..], [false, false]),
        (true, &[], [false, false]),
        (true, &[1.0], [false, true]),
        (true, &[0.0], [true, false]),
    ] {
        let on: &[&str] = if geotag { &["CAM_GEOTAG"] } else { &[] };
        let mut bench = bench(scene::<3, NEVER>, on);
        bench.command(PILOT, STILL.0, &STILL.1);
        bench.wait(2 * S);
        for recipient in grants {
            bench.command(PILOT, 31010, &[4.0, 1.0, *recipient, 0.0, 1.0]);
            bench.wait(10);
        }
        let tells = [Recipient::Pilot, Recipient::Maker]
            .map(|to| bench.vehicle.camera.shared(1, to).unwrap().tells_place());
        assert_eq!(tells, expected, "geotag {geotag}, granted {grants:?}");
        if let Some(recipient) = grants.first() {
            bench.command(PILOT, 31011, &[4.0, 1.0, *recipient]);
            bench.wait(10);
            let copy = bench.vehicle.camera.shared(1, Recipient::Maker).unwrap();
            assert!(!copy.tells_place(), "withdrawn");
        }
    }
}

#[test]
fn a_file_that_is_cut_short_does_not_stay() {
    let mut bench = bench(scene::<3, NEVER>, &[]);
    bench.wait(10);
    bench.command(PILOT, STILL.0, &STILL.1);
    let unfinished = "DCIM/100HUSHW/HW_0001.TMP";
    while !bench.card.files.contains_key(unfinished) {
        bench.wait(1);
    }
    bench.card.files.get_mut(unfinished).unwrap().truncate(1_000);
    bench.wait(2 * S);
    assert!(bench.card.files.keys().all(|path| !path.starts_with("DCIM")));
    assert_eq!(bench.texts(), [""; 0]);
    assert!(bench.vehicle.camera.shared(1, Recipient::Maker).is_none());
}

/// Track, milliseconds and contents.
type Block = (u8, i64, Vec<u8>);

/// What stands in a Matroska file: the codecs, and for each track the times and bytes of its blocks.
fn blocks(mut film: &[u8]) -> (Vec<String>, Vec<Block>) {
    let (mut codecs, mut blocks, mut from_ms) = (Vec::new(), Vec::new(), 0);
    while let Some((first, _)) = film.split_first() {
        let id_length = first.leading_zeros() as usize + 1;
        let (id, rest) = film.split_at(id_length);
        let size_length = rest[0].leading_zeros() as usize + 1;
        let (size, contents) = rest.split_at(size_length);
        let size = size.iter().fold(0, |size, byte| size << 8 | u64::from(*byte));
        let size = (size & ((1 << (7 * size_length)) - 1)) as usize;
        film = match id {
            // Segment, Tracks, TrackEntry and Cluster are gone into, everything else is passed.
            [0x18, 0x53, 0x80, 0x67] | [0x16, 0x54, 0xAE, 0x6B] | [0xAE] => contents,
            [0x1F, 0x43, 0xB6, 0x75] => contents,
            _ => {
                let (value, behind) = contents.split_at(size);
                match id {
                    [0x86] => codecs.push(String::from_utf8_lossy(value).to_string()),
                    [0xE7] => from_ms = value.iter().fold(0, |ms, byte| ms << 8 | i64::from(*byte)),
                    [0xA3] => {
                        let after_ms = i64::from(i16::from_be_bytes([value[1], value[2]]));
                        blocks.push((value[0] & 0x7F, from_ms + after_ms, value[4..].to_vec()));
                    }
                    _ => {}
                }
                behind
            }
        };
    }
    (codecs, blocks)
}

#[test]
fn a_film_lies_whole_on_the_card_and_its_copy_has_neither_sound_nor_face() {
    let mut copies = Vec::new();
    for (scene, has_sound) in
        [(scene::<3, NEVER> as fn(u64) -> Shot, true), (scene::<99, NEVER>, false)]
    {
        let mut bench = bench(scene, &[]);
        if has_sound {
            bench.command(PILOT, 31013, &[1.0]);
            // So that both films begin in the same tick.
        } else {
            bench.wait(2);
        }
        assert_eq!(bench.command(PILOT, 2500, &[]), Some(0));
        assert_eq!(bench.command(PILOT, 2500, &[]), Some(1), "one at a time");
        bench.wait(3 * S + 40);
        assert_eq!(bench.command(PILOT, 2501, &[]), Some(0));
        bench.wait(2 * S);
        let file = &bench.card.files["DCIM/100HUSHW/HW_0001.MKV"];
        let (codecs, found) = blocks(file);
        let frames: Vec<_> = found.iter().filter(|(track, ..)| *track == 1).collect();
        let times: Vec<_> = frames.iter().map(|(_, at_ms, _)| *at_ms).collect();
        assert_eq!(times, (0..times.len() as i64).map(|n| 200 * n).collect::<Vec<_>>());
        assert!((15..=16).contains(&times.len()), "{times:?}");
        assert!(frames.iter().all(|(_, _, jpeg)| decode(jpeg).len() == 3 * WIDTH * 240));
        let sound: Vec<_> = found.iter().filter(|(track, ..)| *track == 2).collect();
        if has_sound {
            assert_eq!(codecs, ["V_MJPEG", "A_PCM/INT/LIT"]);
            let bytes: Vec<u8> = sound.iter().flat_map(|(_, _, bytes)| bytes.clone()).collect();
            assert!(bytes.chunks(2).all(|two| two == 321_i16.to_le_bytes()));
            assert!(bytes.len() > 88_000 && sound.iter().all(|(_, ms, _)| ms % 200 == 0));
        } else {
            assert_eq!(codecs, ["V_MJPEG"]);
        }
        let (codecs, found) = blocks(copy(&bench, 1));
        assert_eq!(codecs, ["V_MJPEG"]);
        assert_eq!(found.len(), times.len());
        copies.push(copy(&bench, 1).to_vec());
        bench.command(PILOT, 31013, &[0.0]);
        bench.wait(2 * S);
        assert!(bench.card.files.keys().all(|path| !path.ends_with(".TMP")));
        assert_eq!(bench.card.files.contains_key("SOUND/SND_0001.AU"), has_sound);
    }
    assert!(copies[0] == copies[1], "the copies of two faces differ");
}

#[test]
fn a_long_film_has_no_copy() {
    let mut bench = bench(scene::<3, NEVER>, &[]);
    bench.command(PILOT, 2500, &[]);
    bench.wait(22 * S);
    bench.command(PILOT, 2501, &[]);
    bench.wait(2 * S);
    assert_eq!(bench.texts(), ["Film started", "Film kept private", "Film stopped"]);
    assert!(bench.vehicle.camera.shared(1, Recipient::Maker).is_none());
    assert!(bench.card.files.contains_key("DCIM/100HUSHW/HW_0001.MKV"));
}

#[test]
fn the_live_view_has_one_plan_and_shows_no_face() {
    let mut streams = Vec::new();
    for scene in [scene::<3, NEVER> as fn(u64) -> Shot, scene::<99, NEVER>, scene::<3, 2_000>] {
        let mut bench = bench(scene, &["VID_ENABLE"]);
        assert_eq!(bench.command(PILOT, 2502, &[]), Some(0));
        bench.wait(5 * S);
        assert_eq!(bench.command(PILOT, 2503, &[]), Some(0));
        let count = bench.shown.len();
        bench.wait(2 * S);
        assert_eq!(bench.shown.len(), count, "off is off");
        streams.push(bench.shown);
        assert!(!bench.vehicle.camera.is_viewed());
    }
    let plan = |stream: &[(u64, Vec<u8>)]| -> Vec<(u64, usize)> {
        stream.iter().map(|(tick, packet)| (*tick, packet.len())).collect()
    };
    assert_eq!(plan(&streams[0]), plan(&streams[2]), "what cannot be shown is grey");
    assert!(streams[0] != streams[2]);
    assert!(streams[0] == streams[1], "the views of two faces differ");
    let (first, count) = (streams[0][0].0, streams[0].len());
    assert_eq!(plan(&streams[0])[4..6], [(first + 100, 1176), (first + 100, 1044)]);
    assert!(count % 4 == 0 && count >= 4 * 20, "{count}");
}

#[test]
fn a_view_that_is_switched_off_stays_off() {
    let mut bench = bench(scene::<3, NEVER>, &[]);
    assert_eq!(bench.command(PILOT, 2502, &[]), Some(2));
    assert_eq!(bench.texts(), ["Refused: switched off"]);
    bench.says(PILOT, 23, &param_set("VID_ENABLE", 1));
    bench.command(PILOT, 2502, &[]);
    bench.wait(3 * S);
    bench.says(PILOT, 23, &param_set("VID_ENABLE", 0));
    let count = bench.shown.len();
    assert!(count > 0);
    bench.wait(S);
    bench.says(PILOT, 23, &param_set("VID_ENABLE", 1));
    bench.wait(2 * S);
    assert_eq!(bench.shown.len(), count);
    assert_eq!(bench.texts(), ["Live view on", "Refused: switched off"]);
}

#[test]
fn a_recording_has_its_name_when_it_is_whole() {
    let mut bench = bench(scene::<3, NEVER>, &[]);
    bench.command(PILOT, 31013, &[1.0]);
    let began = bench.now;
    bench.wait(1_300);
    assert!(bench.card.files.contains_key("SOUND/SND_0001.TMP"));
    bench.command(PILOT, 31013, &[0.0]);
    let samples = 32 * (bench.now - began) as usize;
    bench.wait(S);
    let file = &bench.card.files["SOUND/SND_0001.AU"];
    assert_eq!(file[..4], *b".snd");
    assert!((file.len() - 24).abs_diff(2 * samples) <= 4 * 64, "{} {samples}", file.len());
    assert_eq!(file[24..26], 321_i16.to_be_bytes());
    assert_eq!(bench.texts(), ["Recording started", "Recording stopped"]);
}

#[test]
fn a_reset_leaves_no_copy_and_gives_no_number_twice() {
    let mut bench = bench(scene::<3, NEVER>, &[]);
    bench.command(PILOT, STILL.0, &STILL.1);
    bench.wait(2 * S);
    assert_eq!(bench.command(PILOT, 245, &[4.0]), Some(0));
    bench.wait(10);
    assert!(bench.vehicle.camera.shared(1, Recipient::Maker).is_none());
    assert_eq!(bench.card.files.keys().find(|path| path.starts_with("DCIM")), None);
    bench.command(PILOT, STILL.0, &STILL.1);
    bench.wait(2 * S);
    assert!(bench.card.files.contains_key("DCIM/100HUSHW/HW_0002.JPG"));
}
