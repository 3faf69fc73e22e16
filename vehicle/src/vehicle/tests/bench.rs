//! A vehicle on the ground, a card, and a ground station that says what a test tells it to.

use crate::Vehicle;
use crate::flight::bench::provision;
use crate::outbox::Outbox;
use crate::radio::frame;
use crate::senses::{
    Findings, Frame, Gnss, GnssFix, HeadBox, Imu, Provision, Senses, Storage, Streams, Tick,
};
use crate::words::Link;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use glam::DVec3;
use mavlink::Message as _;
use mavlink::dialects::common::MavMessage;
use sha2::{Digest, Sha256};

pub const PILOT: u8 = 255;
pub const STRANGER: u8 = 254;

/// A card in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    pub files: BTreeMap<String, Vec<u8>>,
    pub free_bytes: u64,
    pub has_failed: bool,
}

impl Files {
    /// An empty card with room.
    pub fn new() -> Self {
        Self { files: BTreeMap::new(), free_bytes: 1 << 30, has_failed: false }
    }

    /// Takes a write, of which so many bytes land.
    pub fn take(&mut self, write: &[u8], kept: usize) {
        let length = usize::from(u16::from_le_bytes([write[1], write[2]]));
        let (path, data) = write[3..].split_at(length);
        let path = String::from_utf8_lossy(path).to_string();
        let torn = &data[..kept.min(data.len())];
        match write[0] {
            0 => self.files.entry(path).or_default().extend(torn),
            1 => drop(self.files.insert(path, torn.to_vec())),
            2 => drop(self.files.remove(&path)),
            3 => {
                if let Some(file) = self.files.remove(&path) {
                    self.files.insert(String::from_utf8_lossy(data).to_string(), file);
                }
            }
            _ => {
                if let Some(file) = self.files.get_mut(&path) {
                    file.fill(0);
                }
            }
        }
    }
}

impl Storage for Files {
    fn length(&self, path: &str) -> Option<usize> {
        self.files.get(path).map(Vec::len)
    }
    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8] {
        let file = self.files.get(path).map_or(&[][..], Vec::as_slice);
        let start = offset.min(file.len());
        &file[start..offset.saturating_add(length).min(file.len()).max(start)]
    }
    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }
    fn free_bytes(&self) -> u64 {
        self.free_bytes
    }
    fn has_failed(&self) -> bool {
        self.has_failed
    }
}

/// What the camera sees at a tick, and what the vision chip says of it a frame later.
pub struct Shot {
    pub rgb: Vec<u8>,
    pub heads: Vec<HeadBox>,
    pub is_sure: bool,
}

impl Frame for Shot {
    fn width_px(&self) -> u16 {
        320
    }
    fn height_px(&self) -> u16 {
        240
    }
    fn rgb(&self) -> &[u8] {
        &self.rgb
    }
}

const FRAME_TICKS: u64 = 50;

/// A vehicle with its card.
pub struct Bench {
    pub vehicle: Vehicle,
    pub card: Files,
    pub now: u64,
    /// What the radio said, as (message, payload).
    pub said: Vec<(u32, Vec<u8>)>,
    /// Every frame that the second port said.
    pub second: Vec<Vec<u8>>,
    /// Every write to the card, and what it was made after.
    pub writes: Vec<Vec<u8>>,
    /// The key that frames are signed with, and the last timestamp.
    pub signing: Option<([u8; 32], u64)>,
    /// Where the satellites say that it is: latitude and longitude, degrees.
    pub fix_deg: Option<(f64, f64)>,
    /// What a server answers to what leaves by the uplink, 40 ms later.
    pub server: fn(&[u8]) -> Option<Vec<u8>>,
    /// What has left by the uplink, and when.
    pub called: Vec<(u64, Vec<u8>)>,
    /// Answers on their way, and when they arrive.
    pub answers: Vec<(u64, Vec<u8>)>,
    /// What the camera sees; nothing if there is none.
    pub scene: Option<fn(u64) -> Shot>,
    /// Every sample of the sound.
    pub sound: i16,
    /// What the live view showed, and when.
    pub shown: Vec<(u64, Vec<u8>)>,
    /// Which component said which message, all along.
    pub voices: Vec<(u8, u32)>,
}

pub fn told() -> Provision {
    Provision { version: "0.1.0".to_string(), vault_key: [7; 32], ..provision(&[]) }
}

impl Bench {
    /// Switched on; the pilot's station has been heard.
    pub fn new() -> Self {
        let mut bench = Self::on(Files::new(), 0);
        bench.says(PILOT, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]);
        bench
    }

    /// The same with all that ground stations expect.
    pub fn live() -> Self {
        Self::live_on(Files::new(), 0)
    }

    /// The same at a tick with a card as it is.
    pub fn live_on(card: Files, now: u64) -> Self {
        let mut bench = Self::on(card, now);
        bench.vehicle = Vehicle::new(Provision { streams: Streams::Normal, ..told() });
        bench.says(PILOT, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]);
        bench
    }

    /// Switched on at a tick with a card as it is.
    pub fn on(card: Files, now: u64) -> Self {
        Self {
            vehicle: Vehicle::new(told()),
            card,
            now,
            said: Vec::new(),
            second: Vec::new(),
            writes: Vec::new(),
            signing: None,
            fix_deg: None,
            server: |_| None,
            called: Vec::new(),
            answers: Vec::new(),
            scene: None,
            sound: 0,
            shown: Vec::new(),
            voices: Vec::new(),
        }
    }

    /// Power off and on again.
    pub fn reboot(self) -> Self {
        let mut bench = Self::on(self.card, self.now + 500);
        bench.signing = self.signing;
        bench.says(PILOT, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]);
        bench
    }

    /// One tick in which these bytes arrive.
    pub fn step(&mut self, radio: &[u8]) {
        self.step_on(radio, &[]);
    }

    /// One tick in which these bytes arrive on either port.
    pub fn step_on(&mut self, radio: &[u8], telemetry2: &[u8]) {
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&self.now.to_le_bytes());
        let mut uplink = Vec::new();
        while let Some((_, answer)) = self.answers.pop_if(|(due, _)| *due == self.now) {
            uplink.extend(answer);
        }
        let at_frame = self.scene.filter(|_| self.now.is_multiple_of(FRAME_TICKS));
        let shot = at_frame.map(|scene| scene(self.now));
        let frame = self.now.checked_sub(FRAME_TICKS);
        let earlier = at_frame.zip(frame).map(|(scene, frame)| (scene(frame), Tick(frame)));
        let findings = earlier.as_ref().map(|(shot, frame)| Findings {
            frame: *frame,
            heads: &shot.heads,
            people: &[],
            is_sure: shot.is_sure,
        });
        let senses = Senses {
            imu: Imu { accel_frd_mps2: DVec3::ZERO, gyro_frd_radps: DVec3::ZERO },
            gnss: self.fix_deg.map(fix),
            pressure_pa: None,
            magnetic_frd_gauss: None,
            battery: None,
            esc_radps: None,
            temperature_degc: None,
            range_m: None,
            microphone: &[self.sound; 32],
            frame: shot.as_ref().map(|shot| shot as &dyn Frame),
            findings,
            radio,
            telemetry2,
            uplink: &uplink,
            card: &self.card,
            neighbours: &[],
            entropy,
        };
        let outbox = self.vehicle.step(Tick(self.now), &senses);
        self.now += 1;
        self.take(outbox);
    }

    /// Notes what the vehicle said in the tick before.
    pub fn take(&mut self, outbox: Outbox) {
        for (link, bytes) in outbox.into_emissions() {
            match link {
                Link::Radio => {
                    assert_eq!(frame::find(&bytes), frame::Found::Frame(bytes.len()));
                    let (frame, _) = frame::open(&bytes);
                    self.said.push((frame.id, frame.payload.to_vec()));
                    self.voices.push((frame.component, frame.id));
                }
                Link::Telemetry2 => {
                    assert_eq!(frame::find(&bytes), frame::Found::Frame(bytes.len()));
                    self.second.push(bytes);
                }
                Link::Card => {
                    self.card.take(&bytes, usize::MAX);
                    self.writes.push(bytes);
                }
                Link::Uplink => {
                    if let Some(answer) = (self.server)(&bytes) {
                        self.answers.push((self.now + 19, answer));
                    }
                    self.called.push((self.now - 1, bytes));
                }
                Link::Video => self.shown.push((self.now - 1, bytes)),
                Link::RemoteId | Link::Console | Link::Lights | Link::Motion => {}
            }
        }
    }

    /// Waits.
    pub fn wait(&mut self, ticks: u64) {
        for _ in 0..ticks {
            self.step(&[]);
        }
    }

    /// A station says something; signed, if it has a key.
    pub fn says(&mut self, system: u8, id: u32, payload: &[u8]) {
        let frame = self.frame(system, id, payload);
        self.step(&frame);
    }

    /// The frame of what a station says.
    pub fn frame(&mut self, system: u8, id: u32, payload: &[u8]) -> Vec<u8> {
        let [id0, id1, id2, _] = id.to_le_bytes();
        let flags = u8::from(self.signing.is_some());
        let mut frame = Vec::from([0xFD, payload.len() as u8, flags, 0, 0, system, 190]);
        frame.extend([id0, id1, id2]);
        frame.extend(payload);
        let crc = mavlink::calculate_crc(&frame[1..], MavMessage::extra_crc(id));
        frame.extend(crc.to_le_bytes());
        if let Some((key, timestamp)) = &mut self.signing {
            *timestamp += 1;
            frame.push(1);
            frame.extend(&timestamp.to_le_bytes()[..6]);
            let digest = Sha256::new_with_prefix(*key).chain_update(&frame).finalize();
            frame.extend(&digest[..6]);
        }
        frame
    }

    /// A command; the answer, as soon as it comes.
    pub fn command(&mut self, system: u8, number: u16, p: &[f32]) -> Option<u8> {
        let before = self.said.len();
        let payload = command_long(number, p);
        self.says(system, 76, &payload);
        self.wait(1);
        let acks = self.said[before..].iter().filter(|(id, _)| *id == 77);
        let mut answers = acks.filter(|(_, ack)| ack[..2] == number.to_le_bytes());
        answers.next().map(|(_, ack)| ack.get(2).copied().unwrap_or(0))
    }

    /// Texts shown since the last look.
    pub fn texts(&mut self) -> Vec<String> {
        let texts = self.said.iter().filter(|(id, _)| *id == 253).map(|(_, payload)| {
            let text: Vec<u8> = payload[1..].iter().copied().take_while(|&b| b != 0).collect();
            String::from_utf8_lossy(&text).to_string()
        });
        let texts = texts.collect();
        self.said.clear();
        texts
    }
}

fn fix((lat_deg, lon_deg): (f64, f64)) -> Gnss {
    Gnss {
        fix: GnssFix::ThreeD,
        lat_deg,
        lon_deg,
        alt_m: 100.0,
        velocity_ned_mps: DVec3::ZERO,
        horizontal_sd_m: 1.0,
        vertical_sd_m: 1.0,
        satellites: 12,
    }
}

/// COMMAND_LONG to the vehicle.
pub fn command_long(number: u16, p: &[f32]) -> Vec<u8> {
    let mut payload = Vec::new();
    for place in 0..7 {
        payload.extend(p.get(place).copied().unwrap_or(0.0).to_le_bytes());
    }
    payload.extend(number.to_le_bytes());
    payload.extend([1, 1, 0]);
    payload
}

/// A MISSION_ITEM_INT at one place, 12.5 m up.
pub fn item(seq: u16, command: u16, p1: f32) -> [u8; 38] {
    let mut wire = [0; 38];
    wire[..4].copy_from_slice(&p1.to_le_bytes());
    wire[16..20].copy_from_slice(&474_000_000_i32.to_le_bytes());
    wire[20..24].copy_from_slice(&85_000_000_i32.to_le_bytes());
    wire[24..28].copy_from_slice(&12.5_f32.to_le_bytes());
    wire[28..30].copy_from_slice(&seq.to_le_bytes());
    wire[30..32].copy_from_slice(&command.to_le_bytes());
    wire[32..].copy_from_slice(&[1, 1, 3, 0, 1, 0]);
    wire
}

/// PARAM_SET to the vehicle.
pub fn param_set(name: &str, value: i32) -> Vec<u8> {
    let mut payload = Vec::from(value.to_le_bytes());
    payload.extend([1, 1]);
    payload.extend(name.as_bytes());
    payload.resize(22, 0);
    payload.push(6);
    payload
}
