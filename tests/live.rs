//! A flight with somebody live on the ground: it is told by what was said, flies again from the record of it to the
//! same seal, and is judged as any other.
//!
//! The client here is a table of messages and moments; real ones are in `clients`.
//!
//! **Never:** opens a socket; lets a flight pass that its own record does not make again.

use crate::walls;
use audit::Verdict;
use cli::flights::{self, Rider};
use cli::stories::{self, Story};
use evidence::scenario::Act;
use evidence::wire::framed;
use evidence::{Assets, Evidence, Link, Personality, Tick, Ways};
use flight::{Ground, Reached};

const CLIENT: (u8, u8) = (245, 190);
const STRANGER: (u8, u8) = (9, 1);

/// Says what is on its table, and ends the flight when that is over.
pub struct Table {
    pub words: Vec<(f64, Vec<u8>)>,
    /// Said on the second telemetry port.
    pub second: Vec<(f64, Vec<u8>)>,
    pub ends_s: f64,
}

impl Ground for Table {
    fn arriving(&mut self, now: Tick, into: &mut Reached) {
        let is_due = |at_s: &f64| Tick::at_s(*at_s) == now;
        for (_, bytes) in self.words.iter().filter(|(at_s, _)| is_due(at_s)) {
            into.radio.extend_from_slice(bytes);
        }
        for (_, bytes) in self.second.iter().filter(|(at_s, _)| is_due(at_s)) {
            into.telemetry2.extend_from_slice(bytes);
        }
    }

    fn said(&mut self, _: Tick, _: &[(Link, Vec<u8>)]) {}

    fn ends(&self, now: Tick) -> bool {
        now >= Tick::at_s(self.ends_s)
    }
}

/// A command as a frame.
pub fn command(from: (u8, u8), number: u16, p: [f32; 7]) -> Vec<u8> {
    let mut wire: Vec<u8> = p.into_iter().flat_map(f32::to_le_bytes).collect();
    wire.extend(number.to_le_bytes());
    wire.extend([1, 1, 0]);
    framed(from, 0, 76, &wire, 152)
}

/// A ground station's heartbeats, once a second.
pub fn heartbeats(from: (u8, u8), until_s: f64) -> impl Iterator<Item = (f64, Vec<u8>)> {
    let beat = framed(from, 0, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3], 50);
    (0..until_s as u64).map(move |second| (second as f64, beat.clone()))
}

fn flown(rider: Rider<'_>, words: &[(f64, Vec<u8>)], ends_s: f64) -> (Evidence, Assets) {
    flown_by_two(rider, words, &[], ends_s)
}

/// The same with somebody on a second port, for whom the vehicle is ArduPilot, if anything is said there.
fn flown_by_two(
    rider: Rider<'_>,
    words: &[(f64, Vec<u8>)],
    second: &[(f64, Vec<u8>)],
    ends_s: f64,
) -> (Evidence, Assets) {
    let assets = stories::assets().expect("the assets ship");
    let field = stories::field(&assets).expect("it ships");
    let telemetry2 = (!second.is_empty()).then_some(Personality::ArduPilot);
    let field = Story { ways: Ways { telemetry2, ..field.ways }, ..field };
    let second = second.to_vec();
    let words = heartbeats(CLIENT, ends_s).chain(words.iter().cloned()).collect();
    let ground = Box::new(Table { words, second, ends_s });
    let evidence = flights::live(&field, rider, &assets, ground);
    (evidence.expect("it flies"), assets)
}

fn session() -> Vec<(f64, Vec<u8>)> {
    const NAN: f32 = f32::NAN;
    let still = [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0];
    vec![
        (6.0, command(CLIENT, 400, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])),
        (6.5, command(CLIENT, 22, [-1.0, 0.0, 0.0, NAN, NAN, NAN, 496.0])),
        (14.0, command(CLIENT, 2000, still)),
        (14.5, command(STRANGER, 2000, still)),
        (16.0, command(CLIENT, 21, [0.0, 0.0, 0.0, NAN, NAN, NAN, NAN])),
    ]
}

#[test]
fn a_live_flight_is_told_by_its_bytes_and_flies_again_to_the_same_seal() {
    let (mut evidence, assets) = flown(Rider::Honest, &session(), 30.0);
    let beats = evidence.scenario.beats.iter().filter(|beat| beat.does.is_said());
    let said: Vec<&Act> = beats.map(|beat| &beat.does).collect();
    let is_told = matches!(
        said[..],
        [Act::Arms, Act::TakesOff { .. }, Act::TakesStill, Act::Stranger(_), Act::Lands]
    );
    assert!(is_told, "{said:?}");
    assert!(evidence.truth.mandate.grants.iter().any(|grant| grant.object == 1));
    assert!(evidence.track.iter().any(|point| point.position_m[2] > 5.0), "it flew");
    assert!(!evidence.is_sealed());

    let story = Story::of(&evidence, &assets).expect("it is a story");
    let again = flights::bare(&story, Rider::Honest, &assets).expect("it flies");
    assert_eq!(again.seal(), evidence.seal());

    let folder = tempfile::tempdir().expect("there is room");
    let dir = folder.path().join("live");
    evidence.write(&dir).expect("it is written");
    assert_eq!(Evidence::read(&dir, &assets).expect("it is read"), evidence);
    evidence.rerun = Some(again.seal());
    evidence.write(&dir).expect("it is written");
    assert!(Evidence::read(&dir, &assets).expect("it is read").is_sealed());
}

#[test]
fn a_live_flight_is_judged_as_any_other_and_a_leak_in_it_is_caught() {
    for (rider, is_broken) in [("honest", false), ("H013", true)] {
        let rider = Rider::named(rider).expect("it is in the catalogue");
        let (evidence, assets) = flown(rider, &session(), 30.0);
        let story = Story::of(&evidence, &assets).expect("it is a story");
        let evidence = flights::verified(&story, rider, 3, &assets).expect("it flies");
        let report = audit::audit(&evidence);
        let broken: Vec<_> =
            report.findings.iter().filter(|finding| finding.verdict == Verdict::Broken).collect();
        assert_eq!(!broken.is_empty(), is_broken, "{broken:#?}");
        assert!(evidence.is_sealed(), "the second flight has the first one's seal");
    }
}

#[test]
fn a_story_waits_for_somebody_and_flies_again_to_the_same_seal() {
    let assets = stories::assets().expect("the assets ship");
    let file = walls::root().join("assets/live/visit.ron");
    let story = stories::load_file(&file, &assets).expect("it ships");
    for (name, comes_s, waited_s, is_met) in
        [("who comes", 11.5, 6.502, true), ("nobody", 1e3, 60.0, false)]
    {
        let flies = [
            (8.0, command(CLIENT, 400, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])),
            (8.5, command(CLIENT, 22, [-1.0, 0.0, 0.0, f32::NAN, f32::NAN, f32::NAN, 460.0])),
            (24.0, command(CLIENT, 21, [0.0, 0.0, 0.0, f32::NAN, f32::NAN, f32::NAN, f32::NAN])),
        ];
        let words = heartbeats(CLIENT, 60.0).chain(flies).map(|(at_s, b)| (at_s + comes_s, b));
        let ground = Box::new(Table { words: words.collect(), second: Vec::new(), ends_s: 1e3 });
        let evidence = flights::live(&story, Rider::Honest, &assets, ground).expect("it flies");
        let end = evidence::told::end(evidence.heard.as_ref().expect("it is live"));
        assert_eq!(end, Some(Tick::at_s(70.0 + waited_s)), "{name}");
        let speaks = evidence.scenario.beats.iter().find(|b| matches!(b.does, Act::Speaks { .. }));
        assert_eq!(speaks.map(|b| Tick::at_s(b.at_s)), Some(Tick::at_s(20.0 + waited_s)), "{name}");
        assert_eq!(audit::flown(&evidence).iter().all(|found| found.is_met), is_met, "{name}");

        let again = Story::of(&evidence, &assets).expect("it is a story");
        let again = flights::bare(&again, Rider::Honest, &assets).expect("it flies");
        assert_eq!(again.seal(), evidence.seal(), "{name}");
        assert_eq!(again, Evidence { rerun: None, ..evidence }, "{name}");
    }
}

/// Custom mode and autopilot of each of its heartbeats on a port.
fn beats(evidence: &Evidence, link: Link) -> Vec<(u32, u8)> {
    let said = evidence.flight.transcript.on(link).filter(|said| said.bytes[7..10] == [0; 3]);
    let own = said.filter(|said| said.bytes[6] == 1).map(|said| &said.bytes[10..]);
    own.map(|b| (u32::from_le_bytes([b[0], b[1], b[2], b[3]]), b[5])).collect()
}

#[test]
fn two_stations_fly_one_vehicle_each_by_the_ways_of_its_port_and_the_record_makes_it_again() {
    const NONE: [f32; 7] = [0.0; 7];
    let with = |first: &[f32]| {
        let mut p = NONE;
        p[..first.len()].copy_from_slice(first);
        p
    };
    let lists = framed(STRANGER, 0, 21, &[1, 1], 159);
    let logs = framed(STRANGER, 0, 117, &[0, 0, 0xFF, 0xFF, 1, 1], 128);
    let second: Vec<_> = heartbeats(STRANGER, 40.0)
        .chain([
            (4.0, lists),
            (5.0, command(STRANGER, 512, with(&[148.0]))),
            (5.5, command(STRANGER, 512, with(&[435.0]))),
            (7.0, logs),
            // Guided, then on to a place by ArduPilot's number, then back home by it.
            (14.0, command(STRANGER, 176, with(&[1.0, 4.0]))),
            (16.0, command(STRANGER, 176, with(&[1.0, 6.0]))),
        ])
        .collect();
    let (mut evidence, assets) = flown_by_two(Rider::Honest, &session()[..3], &second, 40.0);
    let (px4, ardupilot) = (beats(&evidence, Link::Radio), beats(&evidence, Link::Telemetry2));
    assert!(px4.iter().all(|beat| beat.1 == 12) && px4.contains(&(0x0504_0000, 12)), "{px4:?}");
    assert!(ardupilot.iter().all(|beat| beat.1 == 3), "{ardupilot:?}");
    assert!(ardupilot.contains(&(4, 3)) && ardupilot.contains(&(6, 3)), "{ardupilot:?}");
    let returns =
        |act: &Act| matches!(act.on_any_port(), Act::Stranger(act) if **act == Act::Returns);
    assert!(evidence.scenario.beats.iter().any(|beat| returns(&beat.does)));

    let story = Story::of(&evidence, &assets).expect("it is a story");
    let again = flights::verified(&story, Rider::Honest, 1, &assets).expect("it flies");
    assert_eq!(again.seal(), evidence.seal());
    let report = audit::audit(&again);
    let broken: Vec<_> =
        report.findings.iter().filter(|finding| finding.verdict == Verdict::Broken).collect();
    assert!(broken.is_empty(), "{broken:#?}");

    let folder = tempfile::tempdir().expect("there is room");
    let dir = folder.path().join("live");
    evidence.rerun = Some(again.seal());
    evidence.write(&dir).expect("it is written");
    assert!(dir.join("telemetry2.pcapng").exists());
    assert_eq!(Evidence::read(&dir, &assets).expect("it is read"), evidence);
}
