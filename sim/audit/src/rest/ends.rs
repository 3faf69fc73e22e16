//! How files end: wiped before they are deleted, all of them at a reset, and nothing left half done.
//!
//! **Never:** takes a deletion for an erasure.

use super::{alarm, class_of};
use crate::alarm::Alarm;
use crate::case::{Case, End, Life};
use crate::decode::radio;
use evidence::scenario::Act;
use evidence::{TICKS_PER_S, Tick};

const COMMAND_ACK: u32 = 77;
const PREFLIGHT_STORAGE: [u8; 2] = 245_u16.to_le_bytes();
/// A reset is acknowledged within this time, and done within the next.
const ACK_TICKS: u64 = 2;
const RESET_TICKS: u64 = TICKS_PER_S;
/// A file that is not whole yet is written to more often than this.
const UNFINISHED_TICKS: u64 = 8 * TICKS_PER_S;

/// Raises an alarm for each file that did not end as it should.
pub fn ends(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let resets = resets(case);
    for life in &case.lives {
        let mut raise = |tick, what: &str| {
            let shown = format!("{}: {what}", life.path);
            alarms.push(alarm(class_of(life.path), tick, &shown));
        };
        if let Some((tick, End::Deleted)) = life.ended
            && life.wiped != Some(tick)
        {
            raise(tick, "deleted, and its contents are left behind");
        }
        if resets.iter().any(|reset| outlives(life, *reset)) {
            raise(case.end(), "left behind by a reset to the factory's state");
        }
        if let Some(tick) = forgotten(case, life) {
            raise(tick, "left half done");
        }
    }
}

/// Resets that the pilot commanded and the vehicle says it has done.
fn resets(case: &Case<'_>) -> Vec<Tick> {
    let is_done = |tick: Tick| {
        case.recording.transcript.iter().filter(|said| said.link.is_mavlink()).any(|said| {
            let is_near = tick <= said.tick && said.tick.0 <= tick.0 + ACK_TICKS;
            let payload =
                radio::payload(said.bytes).filter(|(id, _)| is_near && *id == COMMAND_ACK);
            // A result of 0 is accepted.
            payload.is_some_and(|(_, payload)| {
                payload.starts_with(&PREFLIGHT_STORAGE) && payload.get(2).is_none_or(|r| *r == 0)
            })
        })
    };
    let commands =
        case.heard.by_pilot(case.end()).filter(|heard| *heard.act == Act::ResetsToFactory);
    commands.map(|heard| heard.tick).filter(|tick| is_done(*tick)).collect()
}

/// Whether a file from before a reset lies there after it.
fn outlives(life: &Life<'_>, reset: Tick) -> bool {
    life.born < reset && life.ended.is_none_or(|(end, _)| end.0 > reset.0 + RESET_TICKS)
}

/// When a file that never got whole should have been gone.
fn forgotten(case: &Case<'_>, life: &Life<'_>) -> Option<Tick> {
    if life.ended.is_some() || !life.path.ends_with(".TMP") {
        return None;
    }
    let since = |from: Tick| Tick(from.0 + UNFINISHED_TICKS);
    let boots = case.power.boots().iter().copied().filter(|boot| *boot > life.last_write());
    let mut due = [life.last_write()].into_iter().chain(boots).map(since);
    due.find(|tick| *tick < case.end() && !case.power.is_off(*tick))
}
