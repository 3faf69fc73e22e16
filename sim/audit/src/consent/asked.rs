//! Who asked for what is said: the pilot, somebody without any right, a server, or nobody.
//!
//! **Never:** lets a question of the pilot's for one thing, or long ago, stand for another.

use super::carried::{self, Carried, FILES};
use crate::case::{Case, Heard, Sender, asks_for};
use crate::decode::radio::{self, commands};
use crate::decode::uplink::{Part, Request, Spoken, spoken};
use evidence::scenario::Act;
use evidence::transcript::Said;
use evidence::{Class, Link, Recipient, Tick};
use std::collections::BTreeMap;

const COMMAND_ACK: u32 = 77;
const PARAM_VALUE: u32 = 22;
const LOG_ENTRY: u32 = 118;
const ACCEPTED: u8 = 0;
const IN_PROGRESS: u8 = 5;

/// An answer is not farther from its question.
const ANSWER_TICKS: u64 = 25;
/// A command is acknowledged within this time.
const ACK_TICKS: u64 = 2;
/// All parameters, at most ten a second.
const PARAMETERS_TICKS: u64 = 900;
/// All entries of all logs.
const ENTRIES_TICKS: u64 = 2500;
/// A file is read to its end in this time.
pub const FILE_TICKS: u64 = 12_500;
/// The ground station makes the story's settings in this span.
const SETTINGS: std::ops::Range<u64> = 500..700;

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The pilot.
    Pilot,
    /// Somebody who may not.
    Others,
    /// Nobody.
    Nobody,
}

/// Whether an act counts as the pilot's: without a key nobody can tell a forger's from it.
fn is_pilots(case: &Case<'_>, heard: &Heard<'_>) -> bool {
    match heard.by {
        Sender::Pilot => true,
        Sender::Stranger => false,
        Sender::Forger => {
            let signs = |heard: &&Heard<'_>| *heard.act == Act::SetsUpSigning;
            case.heard.by_pilot(heard.tick).find(signs).is_none_or(|signs| signs.tick >= heard.tick)
        }
    }
}

/// The latest such act in a time before something was said, on the port where it was said, the pilot's first.
pub fn latest<'a>(
    case: &'a Case<'_>,
    said: Said<'_>,
    within: u64,
    asks: impl Fn(&Act) -> bool,
) -> Option<&'a Heard<'a>> {
    latest_of(case, said.tick, within, |heard| heard.link == said.link && asks(heard.act))
}

fn latest_of<'a>(
    case: &'a Case<'_>,
    tick: Tick,
    within: u64,
    is_it: impl Fn(&Heard<'_>) -> bool,
) -> Option<&'a Heard<'a>> {
    let is_recent = |h: &&Heard<'_>| h.tick <= tick && tick.0 - h.tick.0 <= within && is_it(h);
    let recent = || case.heard.iter().rev().filter(is_recent);
    recent().find(|heard| is_pilots(case, heard)).or_else(|| recent().next())
}

/// Who did such an act in a time before something was said, on the port where it was said.
fn who(case: &Case<'_>, said: Said<'_>, within: u64, asks: impl Fn(&Act) -> bool) -> Asked {
    of(case, latest(case, said, within, asks))
}

fn of(case: &Case<'_>, latest: Option<&Heard<'_>>) -> Asked {
    match latest {
        Some(heard) if is_pilots(case, heard) => Asked::Pilot,
        Some(_) => Asked::Others,
        None => Asked::Nobody,
    }
}

/// Whether a consent or a capture of this kind was only ever given by somebody who may not.
pub fn is_given_by_others(case: &Case<'_>, carried: Carried, tick: Tick) -> bool {
    let gives = |act: &Act| match act {
        Act::Grants { category, object, to, .. } => {
            (*category, *object, *to) == (carried.class, carried.object, carried.to)
        }
        Act::StartsView => carried.to == Recipient::Viewer,
        _ => false,
    };
    // Whichever port it is given by.
    of(case, latest_of(case, tick, u64::MAX, |heard| gives(heard.act))) == Asked::Others
}

/// Who asked for what an emission on a telemetry port says, where that is an answer.
pub fn on_radio(case: &Case<'_>, said: Said<'_>) -> Option<(Asked, &'static str)> {
    if !said.link.is_mavlink() {
        return None;
    }
    let (id, payload) = radio::payload(said.bytes)?;
    let ask = |within, asks: fn(&Act) -> bool| who(case, said, within, asks);
    let (asked, what) = match id {
        COMMAND_ACK => (obeyed(case, said, payload)?, "a command is obeyed"),
        // Whoever listens to a live vehicle may read its settings; the decoder knows who has asked.
        PARAM_VALUE if case.is_live() => return None,
        PARAM_VALUE => {
            let set = ask(ANSWER_TICKS, |act| matches!(act, Act::Sets { .. }));
            let listed = ask(PARAMETERS_TICKS, |act| *act == Act::AsksParameters);
            let is_start = SETTINGS.contains(&said.tick.0);
            let is_pilots = set == Asked::Pilot || listed == Asked::Pilot || is_start;
            let asked = match (is_pilots, set, listed) {
                (true, ..) => Asked::Pilot,
                (false, Asked::Others, _) | (false, _, Asked::Others) => Asked::Others,
                (false, ..) => Asked::Nobody,
            };
            (asked, "a setting is told")
        }
        LOG_ENTRY => (ask(ENTRIES_TICKS, |act| *act == Act::AsksLogs), "a list of logs is told"),
        radio::LOG_DATA => (log_data(case, said, payload), "a log is handed out"),
        FILES => (file(case, said, payload)?, "a file or a list of files is handed out"),
        _ => return None,
    };
    Some((asked, what))
}

/// Who is obeyed, where an acknowledgement of a command for the pilot alone says that somebody is.
fn obeyed(case: &Case<'_>, said: Said<'_>, payload: &[u8]) -> Option<Asked> {
    let byte = |at: usize| payload.get(at).copied().unwrap_or(0);
    let number = u32::from(carried::u16_at(payload, 0));
    let is_private = matches!(number, 245 | 2000 | 2500..=2503 | 31_010..=31_014);
    if !is_private || !matches!(byte(2), ACCEPTED | IN_PROGRESS) {
        return None;
    }
    if case.is_strangers(byte(8), said.tick) {
        return Some(Asked::Others);
    }
    Some(who(case, said, ACK_TICKS, |act| commands::number(act) == Some(number)))
}

/// A log that is begun anew is for who asked last; one that goes on, for whoever began it.
fn log_data(case: &Case<'_>, said: Said<'_>, payload: &[u8]) -> Asked {
    let object = case.log_of(carried::u16_at(payload, 4));
    let is_begun = payload.iter().take(4).all(|byte| *byte == 0);
    let wanted = Some((Class::FlightLog, object, Recipient::Pilot));
    let asks = |act: &Act| asks_for(act) == wanted;
    let is_here = |heard: &&Heard<'_>| heard.tick <= said.tick && heard.link == said.link;
    let last = case.heard.iter().rev().filter(is_here).find(|heard| asks(heard.act));
    let is_others = last.is_some_and(|heard| !is_pilots(case, heard));
    if is_begun && is_others { Asked::Others } else { who(case, said, u64::MAX, asks) }
}

fn file(case: &Case<'_>, said: Said<'_>, payload: &[u8]) -> Option<Asked> {
    let answer = carried::file_answer(said.link, payload)?;
    if case.is_strangers(answer.target, said.tick) {
        return Some(Asked::Others);
    }
    if case.is_live() {
        let request = case.file_request(&answer.head, said.tick);
        return Some(request.map_or(Asked::Nobody, |request| match request.by {
            Sender::Pilot => Asked::Pilot,
            Sender::Stranger | Sender::Forger => Asked::Others,
        }));
    }
    let reads = |act: &Act| matches!(act, Act::ReadsFile { .. });
    Some(match answer.asked {
        carried::OPEN => who(case, said, ANSWER_TICKS, reads),
        carried::READ => who(case, said, FILE_TICKS, reads),
        _ => {
            let lists = |act: &Act| matches!(act, Act::AsksFiles { .. } | Act::ReadsFile { .. });
            who(case, said, FILE_TICKS, lists)
        }
    })
}

/// Uploads as far as they have come: each needs a request of its own.
#[derive(Default)]
pub struct Uploads {
    runs: BTreeMap<(Class, u32), Run>,
}

struct Run {
    part: u64,
    last_at: Tick,
    is_asked: bool,
}

impl Uploads {
    /// Takes an emission; for a part of an upload, whether the pilot asked for this very upload.
    pub fn take(&mut self, case: &Case<'_>, said: Said<'_>) -> Option<bool> {
        if said.link != Link::Uplink {
            return None;
        }
        let Ok(Spoken::Request(sent)) = spoken(said.bytes) else { return None };
        let Request::Part(part) = sent.request else { return None };
        Some(self.part(case, said.tick, &part))
    }

    fn part(&mut self, case: &Case<'_>, tick: Tick, part: &Part<'_>) -> bool {
        let key = (part.kind.class(), part.object);
        let wanted = Some((key.0, key.1, Recipient::Maker));
        let before = self.runs.get(&key);
        // A part is tried more than once; the first part after a later one begins anew.
        let begins = before.is_none_or(|run| part.number == 0 && run.part > 0);
        let is_asked = if begins {
            let since = before.map_or(Tick(0), |run| run.last_at);
            let asks = |h: &Heard<'_>| {
                h.tick >= since && h.tick <= tick && asks_for(h.act) == wanted && is_pilots(case, h)
            };
            case.heard.iter().any(asks)
        } else {
            before.is_some_and(|run| run.is_asked)
        };
        self.runs.insert(key, Run { part: part.number, last_at: tick, is_asked });
        is_asked
    }
}
