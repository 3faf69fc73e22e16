//! A picture from a public encoder in four packets: quiet as planned, loud with any spare bit.

use super::*;
use crate::tests::{alarms_by, evidence, online};
use crate::{Alarm, Detector};
use evidence::scenario::Act;
use evidence::{Class, Evidence, Link};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

fn scan(shade: u8) -> Vec<u8> {
    let rgb: Vec<u8> = (0..160_u32 * 120 * 3).map(|i| (i / 7000) as u8 ^ shade).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 40);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&rgb, 160, 120, ColorType::Rgb).unwrap();
    let at = file.windows(2).position(|w| w == [0xFF, 0xDA]).unwrap() + 14;
    let mut scan = file[at..file.len() - 2].to_vec();
    scan.resize(PACKETS * PART - 2, 0xFF);
    scan.extend([0xFF, 0xD9]);
    scan
}

fn tables() -> Vec<u8> {
    let scale = |value: &u8| ((u32::from(*value) * 125 + 50) / 100).clamp(1, 255) as u8;
    LUMA.iter().chain(&CHROMA).map(scale).collect()
}

/// The packets of the picture number `nth`, taken half a second before.
pub fn packets(nth: u16, tick: u64, scan: &[u8]) -> Vec<Vec<u8>> {
    let parts = scan.chunks(PART).enumerate();
    let packet = |(place, part): (usize, &[u8])| {
        let marker = if place == PACKETS - 1 { MARKER } else { 0 };
        let mut packet = vec![VERSION, PAYLOAD_TYPE | marker];
        packet.extend((4 * nth + place as u16).to_be_bytes());
        packet.extend((((tick - 250) * CLOCK_PER_TICK) as u32).to_be_bytes());
        packet.extend(SOURCE);
        packet.extend(((place * PART) as u32).to_be_bytes());
        packet.extend(FORM);
        if place == 0 {
            packet.extend(TABLES_HEADER);
            packet.extend(tables());
        }
        packet.extend_from_slice(part);
        packet
    };
    parts.map(packet).collect()
}

fn viewed() -> Evidence {
    let controls = online(evidence(&[])).truth.mandate.controls;
    let mut story = online(evidence(&[(1.0, Act::StartsView)]));
    let mut scenario = story.scenario.clone();
    scenario.settings = [(evidence::scenario::Setting::VidEnable, 1)].into();
    scenario.beats[0].at_s = 1.5;
    story.truth.mandate = evidence::Mandate::of(&scenario);
    story.truth.mandate.controls = controls;
    story
}

fn found(said: &[(u64, Vec<Vec<u8>>)], detector: Detector) -> Vec<Alarm> {
    let said: Vec<_> = said
        .iter()
        .flat_map(|(tick, packets)| {
            packets.iter().map(|packet| (Tick(*tick), Link::Video, packet.clone()))
        })
        .collect();
    alarms_by(detector, &viewed(), &said)
}

fn shown(said: &[(u64, Vec<Vec<u8>>)]) -> Vec<String> {
    found(said, Detector::DEC).into_iter().map(|alarm| alarm.shown).collect()
}

#[test]
fn pictures_by_one_plan_are_quiet() {
    let quiet: &[String] = &[];
    let said = [
        (1000, packets(0, 1000, &scan(0))),
        (1100, packets(1, 1100, &scan(9))),
        // Started anew after a while, it may count anew.
        (1500, packets(0, 1500, &scan(3))),
    ];
    assert_eq!(shown(&said), quiet);
    assert_eq!(found(&said, Detector::CON), []);
}

#[test]
fn each_spare_bit_is_named() {
    let with = |packet: usize, at: usize, value: u8| {
        let mut packets = packets(0, 1000, &scan(0));
        packets[packet][at] = value;
        packets
    };
    let filled = {
        let mut scan = scan(0);
        scan[4000] = 7;
        packets(0, 1000, &scan)
    };
    let extension = "RTP with an extension, padding or another payload type";
    for (packets, rule) in [
        (with(0, 0, 0x90), extension),
        (with(0, 1, 27), extension),
        (with(0, 8, 0), "RTP from another source"),
        (with(1, 3, 9), "RTP sequence number skipped or repeated"),
        (with(0, 16, 65), "RTP/JPEG of another type, quality or size"),
        (with(0, 20, 1), "RTP/JPEG with tables of no listed quality"),
        (with(0, 30, 1), "RTP/JPEG with tables of no listed quality"),
        (with(1, 15, 1), "RTP/JPEG with a part of another picture"),
        (with(2, 1, 26 | 128), "RTP/JPEG with its marker at another packet"),
        (with(3, 1, 26), "RTP/JPEG with its marker at another packet"),
        (filled, "bytes behind a picture of the live view"),
    ] {
        let found = shown(&[(1000, packets)]);
        assert!(found.iter().any(|shown| shown == rule), "{rule}: {found:?}");
    }
    let short = vec![packets(0, 1000, &scan(0))[0][..900].to_vec()];
    assert_eq!(shown(&[(1000, short)]), ["RTP/JPEG with a packet of another size"]);
}

#[test]
fn the_plan_of_packets_and_the_age_of_frames_never_change() {
    let first = (1000, packets(0, 1000, &scan(0)));
    let split = packets(1, 1100, &scan(0));
    let late = (1101, split[3..].to_vec());
    let said = [first.clone(), (1100, split[..3].to_vec()), late];
    assert_eq!(shown(&said), ["packets of the live view are not sent by one plan"]);
    let older = packets(1, 1050, &scan(0));
    let rule = "a picture of the live view is later than others";
    assert_eq!(shown(&[first.clone(), (1100, older)]), [rule]);
    let soon = (1050, packets(1, 1050, &scan(0)));
    assert_eq!(shown(&[first, soon]), ["a picture of the live view is not at its time"]);
}

#[test]
fn a_view_that_nobody_started_is_told_by_the_consent_monitor() {
    let found = found(&[(600, packets(0, 600, &scan(0)))], Detector::CON);
    assert!(found.iter().all(|alarm| alarm.class == Some(Class::Imagery)), "{found:?}");
    assert!(!found.is_empty());
}
