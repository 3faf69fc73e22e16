//! When each listed message may be said.
//!
//! A periodic message comes at exactly its period once it has come at all, and keeps its place in it over a reboot or
//! while it is switched off. A heartbeat may also come when the mode or the arming has changed.
//!
//! **Never:** allows for jitter: the clock is the tick.

use crate::case::Case;
use crate::decode::Faults;
use evidence::scenario::Setting;
use evidence::{TICKS_PER_S, Tick};
use mavlink::Message;
use mavlink::dialects::common::MavMessage;
use std::collections::BTreeMap;

/// A message that begins later than this has something to say by it.
const FIRST_TICK_MAX: u64 = 10 * TICKS_PER_S;

/// When each message was last said.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    last: BTreeMap<u32, Tick>,
    mode: Option<(u8, u32)>,
}

impl Rates {
    /// Checks one message against the one before it.
    pub fn said(
        &mut self,
        case: &Case<'_>,
        tick: Tick,
        message: &MavMessage,
        faults: &mut Faults<'_>,
    ) {
        let Some(period) = period_ticks(message) else { return };
        let id = message.message_id();
        let name = message.message_name();
        let last = self.last.get(&id).copied();
        if let MavMessage::HEARTBEAT(beat) = message {
            let mode = Some((beat.base_mode.bits(), beat.custom_mode));
            let is_change = self.mode.is_some() && self.mode != mode;
            self.mode = mode;
            let is_due = last.is_none_or(|t| tick.0 == t.0 + period);
            if is_change && !is_due {
                return;
            }
        }
        self.last.insert(id, tick);
        let Some(last) = last else {
            let is_interrupted = is_interrupted(case, message, Tick(0), tick);
            let in_time = tick.0 <= FIRST_TICK_MAX || is_interrupted;
            return faults.must(in_time, &format!("{name} begins late"));
        };
        let is_due = if is_interrupted(case, message, last, tick) {
            (tick.0 - last.0).is_multiple_of(period)
        } else {
            tick.0 == last.0 + period
        };
        let gap = tick.0 - last.0;
        faults.must(is_due, &format!("{name} after {gap} ticks, its period is {period}"));
    }
}

/// Whether the vehicle was off, or a message switched off or without a fix to tell of, between two ticks.
fn is_interrupted(case: &Case<'_>, message: &MavMessage, from: Tick, to: Tick) -> bool {
    let between = |tick: &Tick| from < *tick && *tick <= to;
    let is_off = case.power.boots().iter().any(between);
    let is_telemetry = matches!(
        message,
        MavMessage::ATTITUDE(_) | MavMessage::GLOBAL_POSITION_INT(_) | MavMessage::GPS_RAW_INT(_)
    );
    let controls = case.evidence.truth.mandate.controls.iter();
    let mut switched = controls.filter(|c| c.name == Setting::RadTelem && between(&c.tick));
    is_off || (is_telemetry && switched.next().is_some())
}

fn period_ticks(message: &MavMessage) -> Option<u64> {
    match message {
        MavMessage::HEARTBEAT(_)
        | MavMessage::SYS_STATUS(_)
        | MavMessage::EXTENDED_SYS_STATE(_) => Some(TICKS_PER_S),
        MavMessage::ATTITUDE(_) => Some(TICKS_PER_S / 10),
        MavMessage::GLOBAL_POSITION_INT(_) => Some(TICKS_PER_S / 5),
        MavMessage::GPS_RAW_INT(_) => Some(TICKS_PER_S / 2),
        MavMessage::BATTERY_STATUS(_) => Some(TICKS_PER_S * 2),
        // Texts, answers and logs come when there is cause; the rest is not listed.
        _ => None,
    }
}
