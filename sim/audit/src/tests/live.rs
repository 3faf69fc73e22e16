//! A live flight on one page: what the ground said, what the vehicle said, and what is wrong with that.

use super::{alarms_by, evidence};
use crate::Detector;
use evidence::wire::framed;
use evidence::{Evidence, Link, Mandate, Personality, Tick, Transcript, Ways, told};
use mavlink::Message;
use mavlink::dialects::common::MavMessage;

/// The pilot's station.
pub const PILOT: (u8, u8) = (255, 190);
/// Another one.
pub const STRANGER: (u8, u8) = (9, 1);

/// A message from somebody at a tick.
pub type Asked = (u64, (u8, u8), u32, Vec<u8>);
/// A message of the vehicle's at a tick.
pub type Told = (u64, u32, Vec<u8>);

/// The pilot hands over a key: from here on what is not signed with it is taken from nobody.
pub fn key(tick: u64) -> Asked {
    (tick, PILOT, 256, [&1_000_u64.to_le_bytes()[..], &[1, 1], &[7; 32]].concat())
}

/// What is shown of what the vehicle says.
pub fn shown(asked: &[Asked], told: &[Told]) -> Vec<String> {
    shown_of(Personality::Px4, asked, told)
}

/// The same of a vehicle with such ways.
pub fn shown_of(personality: Personality, asked: &[Asked], told: &[Told]) -> Vec<String> {
    let ways = Ways { radio: personality, telemetry2: None };
    let on = Link::Radio;
    let asked = asked.iter().map(|(tick, from, id, wire)| (on, (*tick, *from, *id, wire.clone())));
    let told = told.iter().map(|told| (on, told.clone()));
    let (asked, told): (Vec<_>, Vec<_>) = (asked.collect(), told.collect());
    shown_on(ways, &asked, &told).into_iter().map(|(_, shown)| shown).collect()
}

/// What is shown of what a vehicle with such ways on its ports says on either, and where. The pilot is heard first on
/// its radio.
pub fn shown_on(ways: Ways, asked: &[(Link, Asked)], told: &[(Link, Told)]) -> Vec<(Link, String)> {
    let flight = flight_on(ways, asked);
    let extra = MavMessage::extra_crc;
    let mut numbers = std::collections::BTreeMap::new();
    let said: Vec<_> = told
        .iter()
        .map(|(link, (tick, id, payload))| {
            let number: &mut u8 = numbers.entry(*link).or_default();
            let frame = framed((1, 1), *number, *id, payload, extra(*id));
            *number = number.wrapping_add(1);
            (Tick(*tick), *link, frame)
        })
        .collect();
    let alarms = alarms_by(Detector::DEC, &flight, &said);
    alarms.into_iter().map(|alarm| (alarm.link, alarm.shown)).collect()
}

/// A flight in which this is asked, and nothing said yet.
pub fn flight_on(ways: Ways, asked: &[(Link, Asked)]) -> Evidence {
    let mut heard = Transcript::default();
    let extra = MavMessage::extra_crc;
    let beat = framed(PILOT, 0, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3], extra(0));
    heard.hear(Tick(0), Link::Radio, &beat);
    for (link, (tick, from, id, payload)) in asked {
        let frame = framed(*from, 0, *id, payload, extra(*id));
        heard.hear(Tick(*tick), *link, &frame);
    }
    heard.hear(Tick(30_000), Link::Radio, &[]);
    let mut flight = evidence(&[]);
    let provenance = &mut flight.provenance;
    (provenance.personality, provenance.telemetry2) = (ways.radio, ways.telemetry2);
    flight.scenario = told::told(&flight.scenario, &heard, ways);
    flight.truth.mandate = Mandate::of(&flight.scenario);
    flight.heard = Some(heard);
    flight
}
