//! A live flight on one page: what the ground said, what the vehicle said, and what is wrong with that.

use super::{alarms_by, evidence};
use crate::Detector;
use evidence::wire::framed;
use evidence::{Link, Personality, Tick, Transcript};
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

/// What is shown of what the vehicle says.
pub fn shown(asked: &[Asked], told: &[Told]) -> Vec<String> {
    shown_of(Personality::Px4, asked, told)
}

/// The same of a vehicle with such ways.
pub fn shown_of(personality: Personality, asked: &[Asked], told: &[Told]) -> Vec<String> {
    let mut heard = Transcript::default();
    let extra = MavMessage::extra_crc;
    let beat = framed(PILOT, 0, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3], extra(0));
    heard.hear(Tick(0), Link::Radio, &beat);
    for (tick, from, id, payload) in asked {
        let frame = framed(*from, 0, *id, payload, extra(*id));
        heard.hear(Tick(*tick), Link::Radio, &frame);
    }
    heard.hear(Tick(30_000), Link::Radio, &[]);
    let mut flight = evidence(&[]);
    flight.heard = Some(heard);
    flight.provenance.personality = personality;
    let said: Vec<_> = (0_u32..)
        .zip(told)
        .map(|(sequence, (tick, id, payload))| {
            let frame = framed((1, 1), sequence as u8, *id, payload, extra(*id));
            (Tick(*tick), Link::Radio, frame)
        })
        .collect();
    alarms_by(Detector::DEC, &flight, &said).into_iter().map(|alarm| alarm.shown).collect()
}
