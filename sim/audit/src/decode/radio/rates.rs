//! When each listed message may be said.
//!
//! A periodic message comes at the multiples of its period, all of them once it has come at all, and keeps its place over
//! a reboot or while it is switched off. A heartbeat may also come when the mode or the arming has changed; on a live
//! flight the ground may ask for other periods, and for a message once.
//!
//! **Never:** allows for jitter: the clock is the tick.

use super::wanted::{Wanted, is_listed};
use crate::alarm::TELEMETRY;
use crate::case::Line;
use crate::decode::Faults;
use evidence::scenario::Setting;
use evidence::{TICKS_PER_S, Tick};
use mavlink::Message;
use mavlink::dialects::common::MavMessage;
use std::collections::BTreeMap;

/// A message that begins later than this has something to say by it.
const FIRST_TICK_MAX: u64 = 10 * TICKS_PER_S;
/// What begins when there is something to tell: pressure, origin, wind, home, the place of the
/// identification.
const BEGINS_ANY_TIME: [u32; 5] = [29, 49, 231, 242, 12_901];

/// When each message was last said.
#[derive(Default)]
pub struct Rates {
    last: BTreeMap<u32, Tick>,
    mode: Option<(u8, u32)>,
}

impl Rates {
    /// Checks one message against the one before it.
    pub fn said(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        message: &MavMessage,
        wanted: &mut Wanted,
        faults: &mut Faults<'_>,
    ) {
        let id = message.message_id();
        if !is_listed(id) {
            // Texts, answers and logs come when there is cause; the rest is not listed.
            return;
        }
        let period = wanted.period(id);
        let last = self.last.get(&id).copied();
        if let MavMessage::HEARTBEAT(beat) = message {
            let mode = Some((beat.base_mode.bits(), beat.custom_mode));
            let is_change = self.mode.is_some() && self.mode != mode;
            self.mode = mode;
            let is_due = last.is_none_or(|t| Some(tick.0 - t.0) == period);
            if is_change && !is_due {
                return;
            }
        }
        if self.is_due(case, id, tick, period, wanted) {
            self.last.insert(id, tick);
        } else if wanted.take(tick, id).is_none() {
            self.last.insert(id, tick);
            let name = message.message_name();
            let told = match (last, period) {
                (_, None) => format!("{name} is not told by itself, and nobody has asked"),
                (None, Some(period)) => {
                    format!("{name} begins at tick {}, its period is {period}", tick.0)
                }
                (Some(last), Some(period)) => {
                    format!("{name} after {} ticks, its period is {period}", tick.0 - last.0)
                }
            };
            faults.must(false, &told);
        }
    }

    fn is_due(
        &self,
        case: &Line<'_, '_>,
        id: u32,
        tick: Tick,
        period: Option<u64>,
        wanted: &Wanted,
    ) -> bool {
        let last = self.last.get(&id).copied();
        let is_multiple = |period: Option<u64>| period.is_some_and(|p| tick.0.is_multiple_of(p));
        if let Some(before) = wanted.period_before(id, last.unwrap_or(Tick(0)), tick) {
            return last != Some(tick) && (is_multiple(period) || is_multiple(before));
        }
        let is_interrupted = is_interrupted(case, id, last.unwrap_or(Tick(0)), tick);
        match (last, period) {
            (_, None) => false,
            // Whatever comes before its own time is an answer, or wrong.
            (None, Some(period)) => {
                let may_begin = tick.0 <= FIRST_TICK_MAX || BEGINS_ANY_TIME.contains(&id);
                (may_begin || is_interrupted) && tick.0.is_multiple_of(period)
            }
            (Some(last), Some(period)) if is_interrupted => {
                tick > last && (tick.0 - last.0).is_multiple_of(period)
            }
            (Some(last), Some(period)) => tick.0 == last.0 + period,
        }
    }
}

/// Whether the vehicle was off, or a message switched off or without a fix to tell of, between two ticks.
fn is_interrupted(case: &Line<'_, '_>, id: u32, from: Tick, to: Tick) -> bool {
    let between = |tick: &Tick| from < *tick && *tick <= to;
    let is_off = case.power.boots().iter().any(between);
    let controls = case.evidence.truth.mandate.controls.iter();
    let mut switched = controls.filter(|c| c.name == Setting::RadTelem && between(&c.tick));
    is_off || (TELEMETRY.contains(&id) && switched.next().is_some())
}
