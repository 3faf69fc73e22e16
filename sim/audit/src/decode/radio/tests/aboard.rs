//! Camera, mount and identification: who may say what, when, and that no field has room for anything else.

mod camera;
mod mount;

use super::*;
use crate::decode::radio::aboard::speaker;
use evidence::Transcript;
use evidence::card::{Operation, Write};
use evidence::wire::framed;
use mavlink::dialects::common::*;

const PILOT: (u8, u8) = (255, 190);
const OTHER: (u8, u8) = (9, 190);
const NAN: f32 = f32::NAN;
const OTHER_NAN: f32 = f32::from_bits(0x7FC0_0001);
const PITCH_RAD: f32 = -0.610_865_24;
/// How the camera looks with the nose to the north.
const LEVEL: [f32; 4] = [0.953_716_95, 0.0, -0.300_705_8, 0.0];
const NONE: &[&str] = &[];

fn heard(from: (u8, u8), to: u8, number: u16, p: &[f32]) -> Vec<u8> {
    let mut wire: Vec<u8> = p.iter().flat_map(|p| p.to_le_bytes()).collect();
    wire.resize(28, 0);
    wire.extend(number.to_le_bytes());
    wire.extend([1, to, 0]);
    framed(from, 0, 76, &wire, 152)
}

/// What a component says.
fn said_by(component: u8, sequence: u8, message: &MavMessage) -> Vec<u8> {
    let mut frame = frame(sequence, message);
    frame[6] = component;
    frame.truncate(frame.len() - 2);
    sealed(frame)
}

/// A still of this number as it gets its name on the card.
fn still(number: u32) -> Vec<[Vec<u8>; 1]> {
    let path = format!("DCIM/100HUSHW/HW_{number:04}.JPG");
    let write = |operation, data| [Write { operation, path: &path, data }.encode()];
    vec![write(Operation::Replace, b"x")]
}

/// What is found on the radio of a live flight in which this was heard and that was said or kept.
fn found(asked: &[(u64, Vec<u8>)], said: &[(u64, Link, Vec<u8>)]) -> Vec<String> {
    let mut record = Transcript::default();
    record.hear(Tick(0), Link::Radio, &framed(PILOT, 0, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3], 50));
    for (tick, bytes) in asked {
        record.hear(Tick(*tick), Link::Radio, bytes);
    }
    record.hear(Tick(30_000), Link::Radio, b"");
    let mut story = tests::evidence(&[]);
    story.heard = Some(record);
    let said: Vec<_> = said.iter().map(|(t, l, b)| (Tick(*t), *l, b.clone())).collect();
    let alarms = tests::alarms_by(crate::Detector::DEC, &story, &said);
    let on_radio = alarms.into_iter().filter(|alarm| alarm.link == Link::Radio);
    on_radio.map(|alarm| alarm.shown).collect()
}

/// What is found where one message answers a request for it at tick 100.
fn answered(message: &MavMessage) -> Vec<String> {
    let id = message.message_id();
    let ask = heard(PILOT, 0, 512, &[id as f32]);
    found(&[(100, ask)], &[(100, Link::Radio, said_by(speaker(id), 0, message))])
}

/// The same for what answers a request.
fn table<M: Clone>(good: M, wrap: fn(M) -> MavMessage, changes: &[Change<M>]) {
    tabled(good, wrap, changes, answered);
}

fn words<const N: usize>(words: &str) -> [u8; N] {
    let mut field = [0; N];
    field[..words.len()].copy_from_slice(words.as_bytes());
    field
}

fn beat(mavtype: MavType, state: MavState) -> MavMessage {
    MavMessage::HEARTBEAT(HEARTBEAT_DATA {
        custom_mode: 0,
        mavtype,
        autopilot: MavAutopilot::MAV_AUTOPILOT_INVALID,
        base_mode: MavModeFlag::empty(),
        system_status: state,
        mavlink_version: 3,
    })
}

#[test]
fn each_component_counts_for_itself_and_says_what_is_its_own() {
    let camera = beat(MavType::MAV_TYPE_CAMERA, MavState::MAV_STATE_ACTIVE);
    let mount = beat(MavType::MAV_TYPE_GIMBAL, MavState::MAV_STATE_ACTIVE);
    let settings = {
        let mut m = CAMERA_SETTINGS_DATA::DEFAULT;
        (m.time_boot_ms, m.zoomLevel, m.focusLevel) = (1_000, NAN, NAN);
        MavMessage::CAMERA_SETTINGS(m)
    };
    let identity = "HEARTBEAT of camera or mount has another identity";
    let due = "HEARTBEAT of camera or mount is not due";
    let sequence = "MAVLink sequence number skipped or repeated";
    let another = "CAMERA_SETTINGS is said by another component than its own";
    type Said<'a> = &'a [(u64, u8, u8, &'a MavMessage)];
    let table: [(&str, Said<'_>, &[&str]); 8] = [
        ("both", &[(0, 100, 0, &camera), (0, 154, 0, &mount), (500, 100, 1, &camera)], NONE),
        ("as each other", &[(0, 154, 0, &camera)], &[identity]),
        (
            "in another state",
            &[(0, 100, 0, &beat(MavType::MAV_TYPE_CAMERA, MavState::MAV_STATE_BOOT))],
            &[identity],
        ),
        ("too soon", &[(0, 100, 0, &camera), (499, 100, 1, &camera)], &[due]),
        ("one count for all", &[(0, 100, 0, &camera), (0, 154, 1, &mount)], &[sequence]),
        ("nobody's", &[(0, 7, 0, &camera)], &["MAVLink system or component is not 1, 1"]),
        ("the camera's", &[(500, 100, 0, &settings)], NONE),
        ("by the autopilot", &[(500, 1, 0, &settings)], &[another]),
    ];
    for (name, said, rules) in table {
        let said = said.iter().map(|(tick, component, sequence, message)| {
            (*tick, Link::Radio, said_by(*component, *sequence, message))
        });
        let asked = [(500, heard(PILOT, 0, 522, &[1.0]))];
        assert_eq!(found(&asked, &said.collect::<Vec<_>>()), rules, "{name}");
    }
    let said = [(Tick(0), Link::Radio, said_by(100, 0, &camera))];
    let shown = alarms_of(&tests::evidence(&[]), &said).into_iter().map(|alarm| alarm.shown);
    let rule = ["MAVLink system or component is not 1, 1"];
    assert_eq!(shown.collect::<Vec<_>>(), rule, "in a story nobody aboard speaks up");
}

#[test]
fn whoever_was_addressed_answers_and_strangers_are_not_obeyed() {
    let ack = |number: u16, result: u8, (system, component): (u8, u8)| {
        let [low, high] = number.to_le_bytes();
        let payload = [low, high, result, 0, 0, 0, 0, 0, system, component];
        let mut frame = vec![0xFD, 10, 0, 0, 0, 1, 0, 77, 0, 0];
        frame.extend(payload);
        frame
    };
    let (without, obeys) =
        ("COMMAND_ACK without a command", "COMMAND_ACK obeys somebody who may not command");
    for (name, from, number, to, by, result, rules) in [
        ("the camera", PILOT, 2001, 100, 100, 0, NONE),
        ("the autopilot for it", PILOT, 2001, 100, 1, 0, &[without]),
        ("the camera for all", PILOT, 2001, 0, 100, 0, NONE),
        ("the autopilot, asked itself", PILOT, 2001, 1, 1, 0, NONE),
        ("a stranger's stop", OTHER, 2001, 100, 100, 0, &[obeys]),
        ("a stranger's box", OTHER, 2004, 100, 100, 0, &[obeys]),
        ("a stranger refused", OTHER, 2004, 100, 100, 2, NONE),
        ("a stranger's mount", OTHER, 1001, 1, 1, 0, NONE),
    ] {
        let mut answer = ack(number, result, from);
        answer[6] = by;
        let said = [(100, Link::Radio, sealed(answer))];
        assert_eq!(found(&[(100, heard(from, to, number, &[]))], &said), rules, "{name}");
    }
}
