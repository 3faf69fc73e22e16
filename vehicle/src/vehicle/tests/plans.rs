//! A mission that a ground station uploads, flown by the whole vehicle on the test rig, and told by its items' numbers.

use super::bench::{Bench, Files, PILOT, command_long, told};
use crate::Vehicle;
use crate::flight::bench::Rig;
use crate::radio::frame;
use crate::senses::{Provision, Streams};
use crate::words::Link;
use alloc::vec::Vec;

const HEARTBEAT: [u8; 9] = [0, 0, 0, 0, 6, 8, 0, 0, 3];

/// A vehicle that flies, and all that it says on the radio.
struct Flown {
    bench: Bench,
    rig: Rig,
    said: Vec<(u32, Vec<u8>)>,
}

impl Flown {
    /// On the ground, levelled and with satellites.
    fn ready() -> Self {
        let provision = Provision { streams: Streams::Normal, ..told() };
        let mut bench = Bench::on(Files::new(), 0);
        bench.vehicle = Vehicle::new(provision.clone());
        let mut flown = Self { bench, rig: Rig::new(&provision, 0.0, 9), said: Vec::new() };
        flown.run(5.0);
        flown
    }

    fn tick(&mut self, mut words: Vec<u8>) {
        if self.rig.now.0.is_multiple_of(500) {
            words.extend(self.bench.frame(PILOT, 0, &HEARTBEAT));
        }
        let now = self.rig.now;
        let senses = self.rig.feel(&words, &self.bench.card);
        let outbox = self.bench.vehicle.step(now, &senses);
        self.rig.turn(&outbox.thrust());
        for (link, bytes) in outbox.into_emissions() {
            match link {
                Link::Radio => {
                    let (frame, _) = frame::open(&bytes);
                    self.said.push((frame.id, frame.payload.to_vec()));
                }
                Link::Card => self.bench.card.take(&bytes, usize::MAX),
                Link::Video
                | Link::Uplink
                | Link::RemoteId
                | Link::Console
                | Link::Lights
                | Link::Motion
                | Link::Telemetry2 => {}
            }
        }
    }

    fn run(&mut self, seconds: f64) {
        for _ in 0..(seconds * 500.0) as u64 {
            self.tick(Vec::new());
        }
    }

    fn says(&mut self, id: u32, payload: &[u8]) {
        let words = self.bench.frame(PILOT, id, payload);
        self.tick(words);
    }

    /// The answer to a command.
    fn command(&mut self, number: u16, p: &[f32]) -> Option<u8> {
        self.said.clear();
        self.says(76, &command_long(number, p));
        let ack = self.said.iter().find(|(id, ack)| *id == 77 && ack[..2] == number.to_le_bytes());
        ack.map(|(_, ack)| ack.get(2).copied().unwrap_or(0))
    }

    /// The outcome of an upload.
    fn upload(&mut self, items: &[[u8; 38]]) -> Option<u8> {
        self.says(44, &[items.len() as u8, 0, 1, 1, 0]);
        for item in items {
            self.says(73, item);
        }
        let mut acks = self.said.iter().filter(|(id, _)| *id == 47);
        acks.next_back().map(|(_, ack)| ack.get(2).copied().unwrap_or(0))
    }

    /// The items that were told as reached.
    fn reached(&self) -> Vec<u8> {
        self.said.iter().filter(|(id, _)| *id == 46).map(|(_, payload)| payload[0]).collect()
    }

    /// What was told of the mission, each once: item, total, state.
    fn progress(&self) -> Vec<[u8; 3]> {
        let told = self.said.iter().filter(|(id, _)| *id == 42);
        let mut all: Vec<_> = told.map(|(_, said)| [said[0], said[2], said[4]]).collect();
        all.dedup();
        all
    }
}

/// An item at so many metres north of the start, 8 m up.
fn item(seq: u8, command: u16, north_m: f64) -> [u8; 38] {
    let lat_e7 = (47.4 + north_m / 111_180.0) * 1e7;
    let mut wire = [0; 38];
    wire[16..20].copy_from_slice(&(lat_e7 as i32).to_le_bytes());
    wire[20..24].copy_from_slice(&85_000_000_i32.to_le_bytes());
    wire[24..28].copy_from_slice(&8.0_f32.to_le_bytes());
    wire[28] = seq;
    wire[30..32].copy_from_slice(&command.to_le_bytes());
    wire[32..].copy_from_slice(&[1, 1, 6, 0, 1, 0]);
    wire
}

#[test]
fn an_uploaded_mission_is_flown_and_told_item_by_item_to_its_end() {
    let mut flown = Flown::ready();
    let items = [item(0, 22, 0.0), item(1, 16, 20.0), item(2, 206, 0.0), item(3, 21, 5.0)];
    assert_eq!(flown.upload(&items), Some(0));
    assert_eq!(flown.command(400, &[1.0]), Some(0));
    flown.run(1.0);
    assert_eq!(flown.command(300, &[]), Some(0));
    flown.run(60.0);
    assert_eq!(flown.reached(), [0, 1, 2, 3]);
    let told = flown.progress();
    let (started, ended) = (told.first(), told.last());
    assert_eq!((started, ended), (Some(&[0, 4, 3]), Some(&[3, 4, 5])), "{told:?}");
    assert!(!flown.bench.vehicle.flight.state().armed);
    let north_m = flown.rig.position.x;
    assert!((3.0..7.0).contains(&north_m), "it lands where it was told to: {north_m} m");
}

#[test]
fn a_mission_is_left_gone_on_with_and_led_elsewhere() {
    let mut flown = Flown::ready();
    let items = [item(0, 22, 0.0), item(1, 16, 25.0), item(2, 16, -10.0)];
    assert_eq!(flown.upload(&items), Some(0));
    flown.command(400, &[1.0]);
    flown.run(1.0);
    flown.command(300, &[]);
    flown.run(8.0);
    assert_eq!(flown.command(176, &[1.0, 4.0, 3.0]), Some(0));
    flown.run(2.0);
    assert_eq!(flown.progress().last(), Some(&[1, 3, 4]), "left on the way to item 1");
    assert_eq!(flown.command(224, &[7.0]), Some(2), "there is no such item");
    assert_eq!(flown.command(300, &[]), Some(0));
    flown.run(1.0);
    assert_eq!(flown.progress().last(), Some(&[1, 3, 3]));
    assert_eq!(flown.command(224, &[2.0]), Some(0));
    flown.run(30.0);
    assert_eq!(flown.reached(), [2]);
    assert_eq!(flown.progress().last(), Some(&[2, 3, 5]));
    assert_eq!(flown.command(512, &[42.0]), Some(0));
    assert_eq!(flown.progress(), [[2, 3, 5]]);
    // Another mission in the air is not flown before somebody says so.
    assert_eq!(flown.upload(&[item(0, 16, 0.0)]), Some(0));
    flown.run(2.0);
    assert_eq!(flown.progress().last(), Some(&[0, 1, 2]));
}

#[test]
fn it_returns_to_a_rally_point_from_the_ground_that_is_nearer_than_home() {
    let mut flown = Flown::ready();
    let mut point = item(0, 5100, 24.0);
    point[37] = 2;
    flown.says(44, &[1, 0, 1, 1, 2]);
    flown.says(73, &point);
    assert_eq!(flown.upload(&[item(0, 22, 0.0), item(1, 16, 20.0)]), Some(0));
    assert_eq!(flown.command(400, &[1.0]), Some(0));
    flown.run(1.0);
    assert_eq!(flown.command(300, &[]), Some(0));
    flown.run(25.0);
    assert_eq!(flown.command(20, &[]), Some(0));
    flown.run(50.0);
    assert!(!flown.bench.vehicle.flight.state().armed);
    let north_m = flown.rig.position.x;
    assert!((22.0..26.0).contains(&north_m), "{north_m} m");
}

#[test]
fn heights_of_a_mission_count_from_home_wherever_that_is_when_it_begins() {
    // Home is moved 5 m up before the upload, after it, or not at all.
    for (before, after, above_start_m) in
        [(true, false, 13.0), (false, true, 13.0), (false, false, 8.0)]
    {
        let mut flown = Flown::ready();
        let alt_m = flown.bench.vehicle.flight.state().home_alt_m as f32 + 5.0;
        let moves = [0.0, 0.0, 0.0, 0.0, 47.4, 8.5, alt_m];
        if before {
            assert_eq!(flown.command(179, &moves), Some(0));
        }
        assert_eq!(flown.upload(&[item(0, 22, 0.0), item(1, 16, 20.0)]), Some(0));
        flown.run(0.1);
        if after {
            assert_eq!(flown.command(179, &moves), Some(0));
        }
        assert_eq!(flown.command(400, &[1.0]), Some(0));
        flown.run(1.0);
        assert_eq!(flown.command(300, &[]), Some(0));
        flown.run(30.0);
        let height_m = -flown.rig.position.z;
        assert!((height_m - above_start_m).abs() < 1.0, "{before} {after}: {height_m} m");
    }
}
