//! Small hand-made evidence for the detectors' tables, and what holds for any bytes whatever.

mod claims;
pub mod live;
mod plans;
mod search;
mod swaps;

use crate::{Alarm, Detector, Detectors, alarms};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use evidence::card::{CardImage, Write};
use evidence::scenario::{Act, Beat, Light, Place, Scenario, Server, Setting, Terrain, Weather};
use evidence::{
    ClaimId, Class, Control, Evidence, Exposure, Law, Link, Mandate, Personality, Provenance,
    Recording, Tick, Transcript, Truth,
};
use mavlink::dialects::common::{
    HEARTBEAT_DATA, MavAutopilot, MavMessage, MavModeFlag, MavState, MavType,
};
use mavlink::{MavlinkVersion, Message};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

/// What was said, for a test: when, where, what.
pub type Said = (Tick, Link, Vec<u8>);

/// A flight of 60 s without emissions.
pub fn evidence(beats: &[(f64, Act)]) -> Evidence {
    let beats = beats.iter().map(|(at_s, does)| Beat { at_s: *at_s, does: does.clone() });
    let scenario = Scenario {
        title: "A test flies nowhere".to_owned(),
        place: Place { lat_deg: 52.0, lon_deg: 13.0, alt_m: 34.0 },
        airframe: "camera_quad".to_owned(),
        seed: 7,
        length_s: 60.0,
        law: "sealed".to_owned(),
        weather: Weather::default(),
        terrain: Terrain::Flat,
        buildings: Vec::new(),
        trees: Vec::new(),
        waters: Vec::new(),
        light: Light::Noon,
        lamps: Vec::new(),
        cast: Vec::new(),
        mission: Vec::new(),
        geofence: None,
        battery_pct: 100.0,
        receiver: evidence::scenario::Receiver::Standalone,
        server: Server::Accepts,
        settings: std::collections::BTreeMap::new(),
        finder: evidence::scenario::Finder::default(),
        account: None,
        operator: None,
        card: evidence::scenario::Card::Healthy,
        telemetry2: None,
        beats: beats.collect(),
        expects_flight: Vec::new(),
        expects: ClaimId::ALL.map(|c| (c, evidence::scenario::Expectation::Held)).into(),
    };
    let law_text = Law::shipped("sealed").unwrap();
    let truth = Truth {
        mandate: Mandate::of(&scenario),
        canaries: vec![
            canary(Class::Device, "serial", b"HWX17ABCDEFGHJKLMNPQ"),
            canary(Class::Key, "wifi key", b"correct-horse-42"),
            canary(Class::FlightLog, "label", b"Hangar 7 north"),
            canary(Class::Surroundings, "neighbour", &[0x02, 0x1A, 0x9C, 0x44, 0xE7, 0x5B]),
        ],
        owner_secret: OWNER_SECRET,
        exposures: vec![canary(Class::Audio, "Ada", &VOICE), canary(Class::Face, "Ada", &FACE)],
        ..Truth::default()
    };
    Evidence {
        provenance: Provenance {
            story: "plain/test".to_owned(),
            firmware: "honest".to_owned(),
            seed: 7,
            pairs: 2,
            epoch_s: 0,
            personality: Personality::Px4,
            telemetry2: None,
        },
        scenario,
        scenario_text: String::new(),
        law: Law::parse(law_text).unwrap(),
        law_text: law_text.to_owned(),
        heard: None,
        truth,
        flight: Recording::default(),
        track: Vec::new(),
        twins: Vec::new(),
        probes: Vec::new(),
        rerun: None,
    }
}

/// The same flight with every switch on from the beginning, and local data mode off.
pub fn online(mut evidence: Evidence) -> Evidence {
    let switch =
        |name| Control { tick: Tick(0), name, value: i32::from(name != Setting::PrivLocal) };
    evidence.truth.mandate.controls = Setting::ALL.map(switch).into();
    evidence
}

/// Twelve samples of a voice.
pub const VOICE: [u8; 24] = [
    0x10, 0x27, 0x44, 0x1B, 0x91, 0xF0, 0x03, 0xE2, 0x77, 0xD5, 0x58, 0x02, 0xA1, 0x3C, 0x6E, 0x2F,
    0x0B, 0x11, 0x86, 0xEE, 0x39, 0xCD, 0x52, 0xFA,
];

/// Eight pixels of a face.
pub const FACE: [u8; 24] = [
    201, 160, 133, 199, 158, 131, 190, 149, 120, 181, 137, 111, 174, 130, 103, 169, 124, 99, 161,
    118, 92, 155, 110, 87,
];

pub fn canary(class: Class, subject: &str, needle: &[u8]) -> Exposure {
    let (subject, needle) = (subject.to_owned(), needle.to_vec());
    Exposure { tick: Tick(100), class, subject, level: 0.0, needle }
}

/// A recording of what was said, with the card that its writes add up to.
pub fn recording(said: &[Said]) -> Recording {
    let mut transcript = Transcript::default();
    let mut card = CardImage::new();
    for (tick, link, bytes) in said {
        transcript.hear(*tick, *link, bytes);
        if let (Link::Card, Some(write)) = (*link, Write::decode(bytes)) {
            write.apply(&mut card);
        }
    }
    Recording { transcript, card }
}

/// Alarms of all detectors.
pub fn alarms_of(evidence: &Evidence, said: &[Said]) -> Vec<Alarm> {
    alarms(evidence, &recording(said), &[], &Detectors::all())
}

/// Alarms of one detector.
pub fn alarms_by(detector: Detector, evidence: &Evidence, said: &[Said]) -> Vec<Alarm> {
    alarms(evidence, &recording(said), &[], &Detectors::only(&[detector]))
}

/// A frame as the public library writes it.
pub fn frame(sequence: u8, message: &MavMessage) -> Vec<u8> {
    let mut payload = [0; 255];
    let length = message.ser(MavlinkVersion::V2, &mut payload);
    let id = message.message_id().to_le_bytes();
    let mut frame = vec![0xFD, length as u8, 0, 0, sequence, 1, 1, id[0], id[1], id[2]];
    frame.extend_from_slice(&payload[..length]);
    let checksum = mavlink::calculate_crc(&frame[1..], MavMessage::extra_crc(message.message_id()));
    frame.extend_from_slice(&checksum.to_le_bytes());
    frame
}

/// A heartbeat at rest.
pub fn heartbeat(sequence: u8) -> Vec<u8> {
    heartbeat_in(sequence, 0x0304_0000)
}

/// A heartbeat in a mode.
pub fn heartbeat_in(sequence: u8, custom_mode: u32) -> Vec<u8> {
    frame(
        sequence,
        &MavMessage::HEARTBEAT(HEARTBEAT_DATA {
            custom_mode,
            mavtype: MavType::MAV_TYPE_QUADROTOR,
            autopilot: MavAutopilot::MAV_AUTOPILOT_PX4,
            base_mode: MavModeFlag::from_bits_retain(29),
            system_status: MavState::MAV_STATE_STANDBY,
            mavlink_version: 3,
        }),
    )
}

/// The secret of the vehicle's owner.
pub const OWNER_SECRET: [u8; 32] = [9; 32];

/// A sealed log of some blocks without records.
pub fn log_file(blocks: usize) -> Vec<u8> {
    sealed_log(&vec![b"".as_slice(); blocks])
}

/// A log sealed to the owner with these bytes in its blocks, filled up with zeros.
pub fn sealed_log(blocks: &[&[u8]]) -> Vec<u8> {
    let ephemeral =
        StaticSecret::from(*b"nobody would guess such a secret!".first_chunk().unwrap());
    let owner = PublicKey::from(&StaticSecret::from(OWNER_SECRET));
    let public = PublicKey::from(&ephemeral);
    let shared = ephemeral.diffie_hellman(&owner);
    let parts =
        [b"hushwing log 1".as_slice(), shared.as_bytes(), public.as_bytes(), owner.as_bytes()];
    let cipher = ChaCha20Poly1305::new(&Sha256::digest(parts.concat()));
    let header = [b"HWLOG001".as_slice(), public.as_bytes()].concat();
    let mut file = header.clone();
    for (number, plain) in blocks.iter().enumerate() {
        let number = (number as u32).to_le_bytes();
        let mut bytes = plain.to_vec();
        bytes.resize(1008, 0);
        let nonce = [[0; 4], [0; 4], number].concat();
        let nonce = Nonce::try_from(nonce.as_slice()).unwrap();
        cipher.encrypt_in_place(&nonce, &header, &mut bytes).unwrap();
        file.extend([number.as_slice(), &1024_u16.to_le_bytes(), &bytes].concat());
    }
    file
}

/// A silent recording of some samples.
pub fn sound_file(samples: usize) -> Vec<u8> {
    let mut file = b".snd\0\0\0\x18\xFF\xFF\xFF\xFF\0\0\0\x03\0\0\x3E\x80\0\0\0\x01".to_vec();
    file.resize(24 + 2 * samples, 0);
    file
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let chance = prop::collection::vec(any::<u8>(), 0..200);
    let broken = |start: Vec<u8>| {
        (Just(start), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(mut bytes, at, to)| {
            let at = at.index(bytes.len());
            bytes[at] = to;
            bytes
        })
    };
    let get = b"PUT /v1/logs/1/0 HTTP/1.1\r\nHost: intake.hushwing.example\r\nContent-Type: \
        application/vnd.hushwing.log\r\nContent-Range: bytes 0-1/2\r\nContent-Length: 2\r\n\r\nab";
    prop_oneof![chance, broken(heartbeat(0)), broken(get.to_vec()), broken(log_file(1))]
}

proptest! {
    #[test]
    fn nothing_panics_on_any_bytes_anywhere(
        said in prop::collection::vec((0_u64..9, 0_usize..8, any_bytes()), 0..12),
        files in prop::collection::vec((0_usize..5, any_bytes()), 0..4),
    ) {
        let mut said: Vec<_> = said.into_iter().map(|(t, l, b)| (Tick(t), Link::ALL[l], b)).collect();
        let paths =
            ["DCIM/100HUSHW/HW_0001.JPG", "SOUND/SND_0001.AU", "LOG/LOG_0001.HLG", "x/y", "LOG/a"];
        for (path, data) in &files {
            let write = Write { operation: evidence::card::Operation::Append, path: paths[*path], data };
            said.push((Tick(3), Link::Card, write.encode()));
        }
        said.sort_by_key(|(tick, ..)| *tick);
        let mut recording = recording(&said);
        for (path, data) in files {
            recording.card.insert(paths[path].to_owned(), data);
        }
        let story = evidence(&[(0.0, Act::TakesStill), (0.0, Act::StartsRecording)]);
        let _ = alarms(&story, &recording, &[], &Detectors::all());
    }
}
