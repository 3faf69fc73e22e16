//! When each listed message may be said.
//!
//! A periodic message comes at exactly its period once it has come at all. A heartbeat may also come when
//! the mode or the arming has changed.
//!
//! **Never:** allows for jitter: the clock is the tick.

use crate::decode::Faults;
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
    pub fn said(&mut self, tick: Tick, message: &MavMessage, faults: &mut Faults<'_>) {
        let Some(period) = period_ticks(message) else { return };
        let name = message.message_name();
        if let MavMessage::HEARTBEAT(beat) = message {
            let mode = Some((beat.base_mode.bits(), beat.custom_mode));
            let is_change = self.mode.is_some() && self.mode != mode;
            self.mode = mode;
            let is_due =
                self.last.get(&message.message_id()).is_none_or(|t| tick.0 == t.0 + period);
            if is_change && !is_due {
                return;
            }
        }
        match self.last.insert(message.message_id(), tick) {
            None => faults.must(tick.0 <= FIRST_TICK_MAX, &format!("{name} begins late")),
            Some(last) => faults.must(
                tick.0 == last.0 + period,
                &format!("{name} after {} ticks, its period is {period}", tick.0 - last.0),
            ),
        }
    }
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
