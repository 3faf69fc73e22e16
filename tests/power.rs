//! Power is cut at every write of a flight: what a vehicle finds on its card when it is switched on again.
//!
//! Consent is never more than was granted, every whole block of every log opens, media are whole or absent.
//!
//! **Never:** asks the vehicle what it wrote; the card's image is made from what left on the `Card` link.

use crate::bench::Bench;
use crate::walls::root;
use cli::flights::{Rider, bare};
use cli::stories::{assets, load};
use evidence::card::{CardImage, Operation, Write};
use evidence::{Class, Evidence, Link, Recipient, TICKS_PER_S, Tick};
use flight::Firmware;
use mavlink::dialects::common::{
    COMMAND_LONG_DATA, HEARTBEAT_DATA, MavAutopilot, MavCmd, MavMessage, MavState, MavType,
    STATUSTEXT_DATA,
};
use mavlink::{MAVLinkV2MessageRaw, MavHeader, MavlinkVersion, Message, MessageData};
use std::collections::BTreeSet;
use std::sync::Mutex;
use vehicle::Vehicle;
use vehicle::senses::Provision;

/// Bytes of a sealed log before its first block, and of each block.
const HEADER: usize = 40;
const BLOCK: usize = 1_030;

const STORY: &str = "power/consent_changes_in_flight";

/// The flight, and what its vehicle was told before power-on.
fn flown() -> (Evidence, Provision) {
    let assets = assets().expect("the assets are there");
    let path = root().join("scenarios").join(STORY).with_extension("ron");
    let stories = load(&[path], &assets).expect("the story is valid");
    let told = Mutex::new(None);
    let build = |provision: &Provision| -> Box<dyn Firmware> {
        *told.lock().expect("nobody panics") = Some(provision.clone());
        Box::new(Vehicle::new(provision.clone()))
    };
    let rider = Rider::Guest { name: "observed", build: &build };
    let evidence = bare(&stories[0], rider, &assets).expect("it flies");
    let told = told.into_inner().expect("nobody panics");
    (evidence, told.expect("a vehicle was built"))
}

/// The card as a cut at a write leaves it: all writes before it, and so much of its own data.
fn torn(before: &CardImage, write: &Write<'_>, kept: usize) -> CardImage {
    let mut card = before.clone();
    match write.operation {
        Operation::Append | Operation::Replace => {
            Write { data: &write.data[..kept], ..*write }.apply(&mut card);
        }
        Operation::Wipe | Operation::Rename | Operation::Delete if kept > 0 => {
            write.apply(&mut card);
        }
        Operation::Wipe | Operation::Rename | Operation::Delete => {}
    }
    card
}

/// How much of a write arrives: nothing, a byte, half, all but a byte, all. What cannot tear is there or not.
fn cuts(write: &Write<'_>) -> BTreeSet<usize> {
    let length = write.data.len();
    match write.operation {
        Operation::Append | Operation::Replace => {
            [0, 1, length / 2, length.saturating_sub(1), length]
                .into_iter()
                .filter(|kept| *kept <= length)
                .collect()
        }
        Operation::Wipe | Operation::Rename | Operation::Delete => [0, 1].into(),
    }
}

fn frame<M: MessageData>(message: &M, sequence: u8) -> Vec<u8> {
    let header = MavHeader { system_id: 255, component_id: 190, sequence };
    let mut frame = MAVLinkV2MessageRaw::new();
    frame.serialize_message_data(header, message);
    frame.raw_bytes().to_vec()
}

fn hello_and_list() -> [Vec<u8>; 2] {
    let heartbeat = HEARTBEAT_DATA {
        mavtype: MavType::MAV_TYPE_GCS,
        autopilot: MavAutopilot::MAV_AUTOPILOT_INVALID,
        system_status: MavState::MAV_STATE_ACTIVE,
        mavlink_version: 3,
        ..HEARTBEAT_DATA::DEFAULT
    };
    let list = COMMAND_LONG_DATA {
        command: MavCmd::MAV_CMD_USER_3,
        target_system: 1,
        target_component: 1,
        ..COMMAND_LONG_DATA::DEFAULT
    };
    [frame(&heartbeat, 0), frame(&list, 1)]
}

/// The grants that a vehicle lists after it is switched on again, without their numbers, and the card as it
/// leaves it.
fn restarted(told: &Provision, card: CardImage, now: Tick) -> (BTreeSet<String>, CardImage) {
    let mut bench = Bench::switched_on(told.clone(), card, vehicle::senses::Tick(now.0));
    let [heartbeat, list] = hello_and_list();
    let mut listed = BTreeSet::new();
    for tick in 0..5 * TICKS_PER_S {
        let radio = match tick {
            5 => &heartbeat[..],
            10 => &list,
            _ => &[],
        };
        for text in bench.tick(radio, &[]).iter().filter_map(|(_, bytes)| text(bytes)) {
            if text == "Consent: end of list" {
                return (listed, bench.card.0);
            }
            let grant = text.strip_prefix("Consent ").and_then(|rest| rest.split_once(": "));
            let grant = grant.filter(|(number, _)| number.parse::<u32>().is_ok());
            listed.extend(grant.map(|(_, grant)| grant.to_owned()));
        }
    }
    panic!("the list has no end");
}

fn text(frame: &[u8]) -> Option<String> {
    let id = u32::from_le_bytes([*frame.get(7)?, *frame.get(8)?, *frame.get(9)?, 0]);
    let payload = frame.get(10..frame.len() - 2)?;
    match (frame[0], MavMessage::parse(MavlinkVersion::V2, id, payload)) {
        (0xFD, Ok(MavMessage::STATUSTEXT(STATUSTEXT_DATA { text, .. }))) => {
            text.to_str().ok().map(str::to_owned)
        }
        _ => None,
    }
}

/// What the pilot had granted at a tick, in the vehicle's words without the record's number.
fn granted(evidence: &Evidence, tick: Tick) -> BTreeSet<String> {
    let grants = evidence.truth.mandate.grants.iter().filter(|grant| grant.holds_at(tick));
    grants
        .filter_map(|g| {
            let category = match g.category {
                Class::FlightLog => "log",
                Class::Imagery => "picture",
                Class::Position => "position",
                _ => return None,
            };
            let to = match g.recipient {
                Recipient::Pilot => "pilot",
                Recipient::Maker => "maker",
                Recipient::Card | Recipient::Viewer => return None,
            };
            Some(format!("{category} {} to {to}", g.object))
        })
        .collect()
}

/// What must be so of a card after a cut in the middle of a write at a tick.
fn check(evidence: &Evidence, tick: Tick, listed: &BTreeSet<String>, card: &CardImage, cut: &str) {
    let mut may = granted(evidence, tick);
    // A grant or a withdrawal of that very tick has been written or has not: both are as the pilot had it.
    may.extend(granted(evidence, Tick(tick.0.saturating_sub(1))));
    assert!(listed.is_subset(&may), "{cut}: {listed:?} is more than {may:?}");
    for (path, file) in card {
        let end = evidence.flight.card.get(path);
        if path.starts_with("DCIM/") || path.starts_with("SOUND/") {
            assert_eq!(end, Some(file), "{cut}: {path} is not whole");
        }
        if path.starts_with("LOG/") {
            let whole = HEADER + (file.len() - HEADER.min(file.len())) / BLOCK * BLOCK;
            let end = end.map_or(&[][..], |end| end);
            let kept = whole.min(file.len());
            assert_eq!(end.get(..kept), file.get(..kept), "{cut}: {path} lost a block");
        }
    }
}

#[test]
fn power_cut_at_every_write_leaves_no_more_consent_whole_media_and_logs_but_their_last_block() {
    let (evidence, told) = flown();
    let (mut card, mut cuts_made, mut most_listed) = (CardImage::new(), 0, 0);
    for (number, said) in evidence.flight.transcript.on(Link::Card).enumerate() {
        let write = Write::decode(said.bytes).expect("a write");
        for kept in cuts(&write) {
            let image = torn(&card, &write, kept);
            let logs: Vec<_> = image.iter().filter(|(p, _)| p.starts_with("LOG/")).collect();
            let logs: Vec<_> = logs.into_iter().map(|(p, f)| (p.clone(), f.len())).collect();
            let (listed, left) = restarted(&told, image, Tick(said.tick.0 + TICKS_PER_S));
            let cut = format!("write {number} ({}) cut after {kept}", write.path);
            check(&evidence, said.tick, &listed, &left, &cut);
            for (path, length) in logs {
                let kept = left.get(&path).map_or(0, Vec::len);
                assert!(kept + BLOCK > length, "{cut}: {path} of {length} has {kept} bytes left");
            }
            most_listed = most_listed.max(listed.len());
            cuts_made += 1;
        }
        write.apply(&mut card);
    }
    assert_eq!(card, evidence.flight.card);
    assert!(cuts_made >= 500, "{cuts_made} cuts try little");
    assert!(most_listed >= 2, "no more than {most_listed} grants were ever at stake");
}
