//! Camera and mount as ground stations find them: who answers, what is taken, and what a stranger gets.

use super::bench::{Bench, PILOT, STRANGER, Shot, command_long, param_set};
use crate::settings::Setting;
use alloc::vec::Vec;

const S: u64 = 500;
const ACK: u32 = 77;
const CAPTURED: u32 = 263;
const TRACKED: u32 = 275;

fn scene(_: u64) -> Shot {
    Shot { rgb: Vec::from([90; 320 * 240 * 3]), heads: Vec::new(), is_sure: true }
}

/// A live vehicle that sees something and knows where it is.
fn seeing() -> Bench {
    let mut bench = Bench::live();
    bench.scene = Some(scene);
    bench.fix_deg = Some((46.3, 2.3));
    bench.wait(2 * S);
    bench
}

/// Gives a command to a component; who answered what, and which messages of which components came besides.
fn asked(bench: &mut Bench, system: u8, to: u8, number: u16, p: &[f32]) -> Vec<(u8, u32)> {
    let mut payload = command_long(number, p);
    payload[31] = to;
    bench.said.clear();
    bench.voices.clear();
    bench.says(system, 76, &payload);
    let of_answers = |(_, id): &(u8, u32)| matches!(id, 77 | 259..=285);
    bench.voices.iter().filter(|voice| of_answers(voice)).copied().collect()
}

fn answer(bench: &Bench) -> Option<u8> {
    let ack = bench.said.iter().find(|(id, _)| *id == ACK);
    ack.map(|(_, payload)| payload.get(2).copied().unwrap_or(0))
}

fn stills(bench: &Bench) -> usize {
    bench.card.files.keys().filter(|path| path.ends_with(".JPG")).count()
}

fn captured(bench: &Bench) -> Vec<Vec<u8>> {
    let told = bench.said.iter().filter(|(id, _)| *id == CAPTURED);
    let whole = told.map(|(_, payload)| [&payload[..], &[0; 255][payload.len()..]].concat());
    whole.collect()
}

fn index(captured: &[u8]) -> i32 {
    i32::from_le_bytes([captured[44], captured[45], captured[46], captured[47]])
}

#[test]
fn each_component_answers_for_itself_and_for_nothing_else() {
    let mut bench = seeing();
    for (name, to, number, p, voices, result) in [
        ("camera information", 100, 512, [259.0, 0.0], &[(100, 77), (100, 259)][..], 0),
        ("of the autopilot", 1, 512, [259.0, 0.0], &[(1, 77)], 3),
        ("of whoever has it", 0, 512, [259.0, 0.0], &[(100, 77), (100, 259)], 0),
        ("in the older way", 100, 521, [1.0, 0.0], &[(100, 77), (100, 259)], 0),
        ("the mount", 154, 512, [283.0, 0.0], &[(154, 77), (154, 283)], 0),
        ("its manager", 1, 512, [280.0, 0.0], &[(1, 77), (1, 280)], 0),
        ("its manager, of the mount", 154, 512, [280.0, 0.0], &[(154, 77)], 3),
        ("arming the camera", 100, 400, [1.0, 0.0], &[(100, 77)], 3),
        ("a still of the mount", 154, 2000, [0.0, 0.0], &[(154, 77)], 2),
        ("following in the mount", 154, 2004, [0.5, 0.5], &[(154, 77)], 3),
        ("zooming", 100, 531, [1.0, 50.0], &[(100, 77)], 3),
        ("emptying the card", 100, 526, [1.0, 1.0], &[(100, 77)], 2),
        ("a still that is not there", 100, 512, [263.0, 7.0], &[(100, 77)], 1),
        ("nobody on board", 57, 512, [259.0, 0.0], &[], 0),
    ] {
        assert_eq!(asked(&mut bench, PILOT, to, number, &p), voices, "{name}");
        assert_eq!(answer(&bench), (!voices.is_empty()).then_some(result), "{name}");
    }
}

#[test]
fn a_story_hears_of_nobody_but_the_autopilot_until_it_asks() {
    let mut bench = Bench::new();
    bench.scene = Some(scene);
    bench.wait(2 * S);
    assert_eq!(bench.command(PILOT, 2000, &[0.0, 0.0, 1.0, 1.0]), Some(0));
    bench.wait(S);
    assert_eq!(stills(&bench), 1);
    let told = bench.voices.iter().filter(|(from, id)| *from != 1 || *id > 253);
    assert_eq!(told.count(), 0);
    let voices = asked(&mut bench, PILOT, 100, 512, &[263.0, 0.0]);
    assert_eq!(voices, [(100, 77), (100, 263)]);
}

#[test]
fn in_a_live_flight_everybody_aboard_is_heard() {
    let mut bench = seeing();
    bench.voices.clear();
    bench.wait(6 * S);
    for (voice, count) in [
        ((1, 0), 6),
        ((100, 0), 6),
        ((154, 0), 6),
        ((1, 281), 30),
        ((154, 285), 60),
        ((1, 12_900), 2),
        ((1, 12_901), 6),
        ((1, 12_904), 2),
        ((1, 12_918), 6),
    ] {
        assert_eq!(bench.voices.iter().filter(|said| **said == voice).count(), count, "{voice:?}");
    }
    bench.says(PILOT, 23, &param_set("RAD_TELEM", 0));
    bench.voices.clear();
    bench.wait(2 * S);
    let positions = bench.voices.iter().filter(|(_, id)| matches!(id, 285 | 12_901));
    assert_eq!(
        positions.count(),
        0,
        "which way it points and where it is are switched off together"
    );
}

#[test]
fn a_series_takes_what_was_ordered_and_ends_on_the_word() {
    let mut bench = seeing();
    asked(&mut bench, PILOT, 100, 2000, &[0.0, 1.0, 3.0, 0.0]);
    assert_eq!(answer(&bench), Some(0));
    bench.wait(10 * S);
    assert_eq!(stills(&bench), 3);
    let told = captured(&bench);
    assert_eq!(told.iter().map(|told| index(told)).collect::<Vec<_>>(), [0, 1, 2]);
    asked(&mut bench, PILOT, 100, 2000, &[0.0, 0.5, 0.0, 0.0]);
    bench.wait(2 * S);
    asked(&mut bench, PILOT, 100, 2001, &[]);
    let until_now = stills(&bench);
    assert!((3 + 3..=3 + 5).contains(&until_now), "{until_now}");
    bench.wait(5 * S);
    assert!(stills(&bench) <= until_now + 1, "no more but the one under way");
}

#[test]
fn a_still_tells_its_place_only_while_places_are_told() {
    for (is_told, expected) in [(1, 463_000_000), (0, 0)] {
        let mut bench = seeing();
        bench.says(PILOT, 23, &param_set(Setting::RadTelem.name(), is_told));
        asked(&mut bench, PILOT, 100, 2000, &[0.0, 0.0, 1.0, 5.0]);
        bench.wait(S);
        let told = captured(&bench);
        let lat_e7 = i32::from_le_bytes([told[0][12], told[0][13], told[0][14], told[0][15]]);
        assert!((lat_e7 - expected).abs() < 10_000, "{lat_e7}");
        let again = asked(&mut bench, PILOT, 100, 2000, &[0.0, 0.0, 1.0, 5.0]);
        assert_eq!((again, answer(&bench)), ([(100, 77)].to_vec(), Some(0)));
        bench.wait(S);
        assert_eq!(stills(&bench), 1, "an order that is repeated is not carried out again");
    }
}

#[test]
fn a_stranger_takes_nothing_follows_nobody_and_points_nowhere() {
    let mut bench = seeing();
    for (number, p) in [
        (2000, &[0.0, 1.0, 0.0, 0.0][..]),
        (2001, &[]),
        (2004, &[0.5, 0.5]),
        (2005, &[0.1, 0.1, 0.9, 0.9]),
        (2010, &[]),
        (530, &[0.0, 1.0]),
        (2500, &[]),
        (2502, &[]),
    ] {
        asked(&mut bench, STRANGER, 100, number, p);
        assert_eq!(answer(&bench), Some(2), "{number}");
    }
    bench.wait(2 * S);
    assert_eq!(stills(&bench), 0);
    // The mount is whoever's takes it; it looks nowhere else for anybody.
    for (name, station, number, p, result) in [
        ("not held", STRANGER, 1000, &[-35.0, 0.0][..], 2),
        ("taken", STRANGER, 1001, &[-2.0, 0.0, -1.0, 0.0], 0),
        ("held", STRANGER, 1000, &[-35.0, 0.0], 0),
        ("elsewhere", STRANGER, 1000, &[-90.0, 0.0], 2),
        ("held by another", PILOT, 1000, &[-35.0, 0.0], 2),
        ("taken over", PILOT, 1001, &[-2.0, 0.0, -1.0, 0.0], 0),
        ("not held any more", STRANGER, 1000, &[-35.0, 0.0], 2),
        ("held now", PILOT, 1000, &[f32::NAN, f32::NAN], 0),
    ] {
        asked(&mut bench, station, 1, number, p);
        assert_eq!(answer(&bench), Some(result), "{name}");
    }
}

#[test]
fn what_is_followed_is_told_at_the_pace_asked_for() {
    let mut bench = seeing();
    let told = |bench: &mut Bench| {
        bench.said.clear();
        bench.wait(S);
        let told = bench.said.iter().filter(|(id, _)| *id == TRACKED);
        told.map(|(_, payload)| payload.get(28).copied().unwrap_or(0)).collect::<Vec<_>>()
    };
    assert!(told(&mut bench).is_empty(), "nobody has asked");
    asked(&mut bench, PILOT, 100, 511, &[275.0, 200_000.0]);
    assert_eq!(told(&mut bench), [0; 5], "nothing is followed");
    asked(&mut bench, PILOT, 100, 2004, &[0.5, 0.5, 0.1]);
    assert_eq!(told(&mut bench)[..4], [1; 4]);
    bench.wait(S);
    assert_eq!(told(&mut bench), [2; 5], "nobody was there");
    asked(&mut bench, PILOT, 100, 2010, &[]);
    assert_eq!(told(&mut bench), [0; 5]);
}
