//! Answers of a live vehicle to one question each: what it is, its modes, its rates, what time it is.
//!
//! **Never:** lets an answer hold a number that the question or the rules do not give.

use super::metadata;
use super::personality::{self, Mode, modes};
use super::wanted::{ANSWER_TICKS_MAX, Wanted};
use crate::case::{Asked, Line};
use crate::decode::Faults;
use evidence::{Class, Personality, TICKS_PER_S, Tick};
use mavlink::Message;
use mavlink::dialects::common::{
    AUTOPILOT_VERSION_DATA, AVAILABLE_MODES_DATA, CURRENT_MODE_DATA, MESSAGE_INTERVAL_DATA,
    MavMessage, MavProtocolCapability, TIMESYNC_DATA,
};

/// Id of PING.
pub const PING: u32 = 4;
const TIMESYNC: u32 = 111;
const TICK_NS: i64 = 1_000_000_000 / TICKS_PER_S as i64;
const TICK_US: i64 = TICK_NS / 1000;

/// What AUTOPILOT_VERSION tells of every vehicle of this kind, beside its personality's: capabilities, number, and its
/// name in the place of a hash.
const CAPABILITIES: u64 =
    1 | 2 | 4 | 8 | 32 | 64 | 128 | 256 | 2048 | 8192 | 16_384 | 32_768 | 262_144;
const KIND: u64 = 0x4855_5348_5749_4E47;
const NAME: [u8; 8] = *b"Hushwing";

/// A question for the time.
struct Question {
    tick: Tick,
    id: u32,
    from: (u8, u8),
    /// What the answer has to bring back.
    echo: [u8; 12],
}

/// Questions for the time that are not answered yet.
pub struct Answers {
    personality: Personality,
    open: Vec<Question>,
}

impl Answers {
    /// Every question that reached the vehicle.
    pub fn of(case: &Line<'_, '_>) -> Self {
        let personality = case.personality;
        Self { personality, open: case.asked.iter().filter_map(question).collect() }
    }

    /// Checks one message; other messages have rooms of their own.
    pub fn said(
        &mut self,
        (tick, since_boot): (Tick, Tick),
        message: &MavMessage,
        wanted: &mut Wanted,
        faults: &mut Faults<'_>,
    ) {
        match message {
            MavMessage::TIMESYNC(m) => self.time(tick, since_boot, m, faults),
            MavMessage::AUTOPILOT_VERSION(m) if *m != version(self.personality) => {
                let rule = "AUTOPILOT_VERSION tells more than the kind of vehicle";
                faults.unlisted(Some(Class::Device), rule);
            }
            MavMessage::CURRENT_MODE(m) => {
                faults
                    .must(is_mode(m, self.personality), "CURRENT_MODE is not in the list of modes");
            }
            MavMessage::AVAILABLE_MODES(m) => {
                available(tick, m, self.personality, wanted, faults);
            }
            MavMessage::COMPONENT_METADATA(m) => {
                metadata::said((tick, since_boot), m, wanted, faults);
            }
            MavMessage::MESSAGE_INTERVAL(m) => interval(tick, m, wanted, faults),
            _ => {}
        }
    }

    /// PING, read by hand: the public library calls it old.
    pub fn ping(&mut self, tick: Tick, payload: &[u8], faults: &mut Faults<'_>) {
        let mut wire = [0; 14];
        let length = payload.len().min(wire.len());
        wire[..length].copy_from_slice(&payload[..length]);
        let mut echo = [0; 12];
        echo.copy_from_slice(&wire[..12]);
        let is_asked = self.take(tick, PING, (wire[12], wire[13]), echo);
        faults.must(is_asked && payload.last() != Some(&0), "PING without a question");
    }

    fn time(&mut self, tick: Tick, since_boot: Tick, m: &TIMESYNC_DATA, faults: &mut Faults<'_>) {
        let to = (m.target_system, m.target_component);
        let mut echo = [0; 12];
        echo[..8].copy_from_slice(&m.ts1.to_le_bytes());
        faults.must(self.take(tick, TIMESYNC, to, echo), "TIMESYNC without a question");
        let now_ns = since_boot.0.max(1) as i64 * TICK_NS;
        faults.must(m.tc1 == now_ns, "TIMESYNC time is not the tick's");
    }

    fn take(&mut self, tick: Tick, id: u32, to: (u8, u8), echo: [u8; 12]) -> bool {
        let place = self.open.iter().position(|question| {
            (question.id, question.from, question.echo) == (id, to, echo)
                && question.tick <= tick
                && tick.0 <= question.tick.0 + ANSWER_TICKS_MAX
        });
        place.map(|place| self.open.remove(place)).is_some()
    }
}

fn question(asked: &Asked<'_>) -> Option<Question> {
    let wire = asked.padded::<18>();
    let mut echo = [0; 12];
    match asked.id {
        _ if asked.lacks_signature => return None,
        PING if wire[12..14] == [0, 0] => echo.copy_from_slice(&wire[..12]),
        TIMESYNC if wire[..8] == [0; 8] => echo[..8].copy_from_slice(&wire[8..16]),
        _ => return None,
    }
    let from = (asked.system, asked.component);
    Some(Question { tick: asked.tick, id: asked.id, from, echo })
}

fn version(personality: Personality) -> AUTOPILOT_VERSION_DATA {
    let mut version = AUTOPILOT_VERSION_DATA::DEFAULT;
    let capabilities = CAPABILITIES | personality::encoding(personality);
    version.capabilities = MavProtocolCapability::from_bits_retain(capabilities);
    version.uid = KIND;
    version.flight_sw_version = personality::release(personality);
    version.flight_custom_version = NAME;
    version
}

fn is_mode(m: &CURRENT_MODE_DATA, personality: Personality) -> bool {
    let told = (m.custom_mode, m.standard_mode as u8);
    m.intended_custom_mode == 0
        && modes(personality).iter().any(|Mode(mode, _, standard, ..)| (*mode, *standard) == told)
}

fn available(
    tick: Tick,
    m: &AVAILABLE_MODES_DATA,
    personality: Personality,
    wanted: &mut Wanted,
    faults: &mut Faults<'_>,
) {
    let modes = modes(personality);
    let id = MavMessage::AVAILABLE_MODES(m.clone()).message_id();
    let request = wanted.look(tick, id);
    let place = u32::from(m.mode_index);
    let is_asked = request.is_some_and(|request| request.which == 0 || request.which == place);
    faults.must(is_asked, "AVAILABLE_MODES without a question");
    if place == modes.len() as u32 || request.is_some_and(|request| request.which == place) {
        wanted.take(tick, id);
    }
    let row = usize::from(m.mode_index).checked_sub(1).and_then(|place| modes.get(place));
    let is_listed = row.is_some_and(|Mode(mode, _, standard, name, properties)| {
        let mut field = [0; 35];
        field[..name.len()].copy_from_slice(name.as_bytes());
        let told = (m.custom_mode, m.standard_mode as u8, m.properties.bits());
        told == (*mode, *standard, *properties) && m.mode_name == field.into()
    });
    let is_whole = usize::from(m.number_modes) == modes.len();
    faults.must(is_listed && is_whole, "AVAILABLE_MODES is not in the list of modes");
}

fn interval(tick: Tick, m: &MESSAGE_INTERVAL_DATA, wanted: &mut Wanted, faults: &mut Faults<'_>) {
    let id = MavMessage::MESSAGE_INTERVAL(m.clone()).message_id();
    let request = wanted.take(tick, id);
    let told = u32::from(m.message_id);
    let is_asked = request.is_some_and(|request| request.which == told);
    faults.must(is_asked, "MESSAGE_INTERVAL without a question");
    let us = |period: Option<u64>| period.map_or(-1, |ticks| ticks as i64 * TICK_US);
    let is_listed = super::wanted::is_listed(told);
    let now = if is_listed { us(wanted.period(told)) } else { 0 };
    let before = wanted.period_before(told, tick, tick).map(us);
    let told_us = i64::from(m.interval_us);
    let is_true = told_us == now || before == Some(told_us);
    faults.must(is_true, "MESSAGE_INTERVAL is not what was asked for");
}
