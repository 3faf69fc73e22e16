//! What the ground of a live flight has asked to be told: single messages, and messages at a rate.
//!
//! The rates are worked out from the very frames that reached the vehicle, by the rules of the standard and one more:
//! whoever is not the pilot may only have things told more often.
//!
//! **Never:** takes the vehicle's word for a rate; knows a rate that a story could ask for: nobody asks there.

use super::aboard;
use crate::case::{Asked, Line, Sender};
use evidence::{TICKS_PER_S, Tick};
use std::collections::BTreeMap;

/// A live vehicle, on which many may call at once, answers within 100 ms.
pub const ANSWER_TICKS_MAX: u64 = 50;
/// The same command again within this time is the same command.
const AGAIN_TICKS: u64 = 10 * TICKS_PER_S;
/// Nothing is told more often, ticks.
const PERIOD_TICKS_MIN: u64 = TICKS_PER_S / 50;
const TICK_US: u64 = 1_000_000 / TICKS_PER_S;

const COMMAND_INT: u32 = 75;
const COMMAND_LONG: u32 = 76;
const REQUEST_DATA_STREAM: u32 = 66;
const SET_MESSAGE_INTERVAL: u16 = 511;
const REQUEST_MESSAGE: u16 = 512;
const REQUEST_AUTOPILOT_CAPABILITIES: u16 = 520;
const AUTOPILOT_VERSION: u32 = 148;

const S: u64 = TICKS_PER_S;

/// What a vehicle tells by itself, and how often: in a story, and in a live flight.
const USUAL: [(u32, Option<u64>, Option<u64>); 27] = [
    (0, Some(S), Some(S)),
    (1, Some(S), Some(S)),
    (2, None, Some(S)),
    (24, Some(S / 2), Some(S / 2)),
    (26, None, None),
    (29, None, Some(S)),
    (30, Some(S / 10), Some(S / 10)),
    (31, None, Some(S / 10)),
    (32, None, Some(S / 5)),
    (33, Some(S / 5), Some(S / 5)),
    (36, None, Some(S / 2)),
    (49, None, Some(2 * S)),
    (65, None, Some(S)),
    (74, None, Some(S / 5)),
    (105, None, Some(S / 5)),
    (132, None, None),
    (141, None, Some(S / 2)),
    (147, Some(2 * S), Some(2 * S)),
    (148, None, None),
    (230, None, Some(S)),
    (231, None, Some(S)),
    (241, None, Some(S)),
    (242, None, Some(2 * S)),
    (245, Some(S), Some(S)),
    (331, None, Some(S / 5)),
    (375, None, None),
    (436, None, Some(2 * S)),
];

/// The groups of REQUEST_DATA_STREAM; group 0 is all of them.
const GROUPS: [(u8, &[u32]); 7] = [
    (1, &[24, 29, 105]),
    (2, &[1, 147, 245]),
    (3, &[36, 65]),
    (6, &[32, 33]),
    (10, &[30]),
    (11, &[74]),
    (12, &[2, 231, 241]),
];

/// The older commands that ask for one message, and whether 0 asks for it too.
const OLDER: [(u16, u32, bool); 7] = [
    (521, 259, false),
    (522, 260, false),
    (525, 261, true),
    (527, 262, false),
    (2002, aboard::CAPTURED, true),
    (2504, 269, true),
    (2505, 270, true),
];

/// How often somebody wants something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Usual,
    Never,
    Ticks(u64),
}

/// Somebody wants messages at a rate.
struct Change {
    tick: Tick,
    ids: Vec<u32>,
    wish: Wish,
    may_slow: bool,
}

/// A message asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// When.
    pub tick: Tick,
    /// Which message.
    pub id: u32,
    /// Which of them, where there are several.
    pub which: u32,
}

/// What is wanted as far as the ground has said.
pub struct Wanted {
    is_live: bool,
    boot: Tick,
    changes: Vec<Change>,
    next: usize,
    /// Where it is not the usual: since when, what, and what before.
    now: BTreeMap<u32, (Tick, Option<u64>, Option<u64>)>,
    requests: Vec<Request>,
}

impl Wanted {
    /// All that the ground has asked for.
    pub fn of(case: &Line<'_, '_>) -> Self {
        let commands = fresh_commands(case);
        let mut changes: Vec<Change> = commands.iter().filter_map(Change::of_command).collect();
        changes.extend(case.asked.iter().filter_map(Change::of_group));
        changes.sort_by_key(|change| change.tick);
        let requests = commands.iter().filter_map(request).collect();
        let is_live = case.evidence.heard.is_some();
        Self { is_live, boot: Tick(0), changes, next: 0, now: BTreeMap::new(), requests }
    }

    /// Goes on to a moment; a vehicle that was switched on again has forgotten all that it was asked.
    pub fn go_on(&mut self, case: &Line<'_, '_>, tick: Tick) {
        let boot = case.power.boot(tick);
        if boot != self.boot {
            self.boot = boot;
            self.now.clear();
        }
        while let Some(change) = self.changes.get(self.next).filter(|change| change.tick <= tick) {
            for id in change.ids.clone() {
                self.change(id, self.next, boot);
            }
            self.next += 1;
        }
    }

    fn change(&mut self, id: u32, place: usize, boot: Tick) {
        let change = &self.changes[place];
        let (before, usual) = (self.period(id), self.usual(id));
        let after = match change.wish {
            Wish::Usual => usual,
            Wish::Never => None,
            Wish::Ticks(ticks) => Some(ticks),
        };
        let rate = |period: Option<u64>| period.map_or(0.0, |ticks| 1.0 / ticks as f64);
        let is_kept = id != 0 || after == usual;
        let may_be = change.may_slow || rate(after) >= rate(before);
        if change.tick >= boot && is_listed(id) && is_kept && may_be && after != before {
            self.now.insert(id, (change.tick, after, before));
        }
    }

    fn usual(&self, id: u32) -> Option<u64> {
        if let Some((.., period)) = aboard::SAID.iter().find(|(listed, ..)| *listed == id) {
            return period.filter(|_| self.is_live);
        }
        let row = USUAL.iter().find(|(listed, ..)| *listed == id)?;
        if self.is_live { row.2 } else { row.1 }
    }

    /// Ticks from one to the next as things are; none where it is not told by itself.
    pub fn period(&self, id: u32) -> Option<u64> {
        self.now.get(&id).map_or_else(|| self.usual(id), |(_, after, _)| *after)
    }

    /// Where it has changed since `last`, what else it may be: what it was before, so lately that the vehicle may not
    /// have heard; later nothing else.
    pub fn period_before(&self, id: u32, last: Tick, tick: Tick) -> Option<Option<u64>> {
        let (at, after, before) = self.now.get(&id)?;
        if tick.0 <= at.0 + ANSWER_TICKS_MAX {
            Some(*before)
        } else {
            (last <= *at).then_some(*after)
        }
    }

    /// Takes the request that a message answers.
    pub fn take(&mut self, tick: Tick, id: u32) -> Option<Request> {
        let place = self.place(tick, id)?;
        Some(self.requests.remove(place))
    }

    /// The request that a message answers, which may be one of several that do.
    pub fn look(&self, tick: Tick, id: u32) -> Option<Request> {
        self.place(tick, id).map(|place| self.requests[place])
    }

    fn place(&self, tick: Tick, id: u32) -> Option<usize> {
        self.requests.iter().position(|request| {
            request.id == id && request.tick <= tick && tick.0 <= request.tick.0 + ANSWER_TICKS_MAX
        })
    }
}

/// Whether a message can be had at a rate.
pub fn is_listed(id: u32) -> bool {
    // A still is told of when there is one.
    let is_aboard = aboard::is_said(id) && id != aboard::CAPTURED;
    is_aboard || USUAL.iter().any(|(listed, ..)| *listed == id)
}

/// A command to the vehicle, each once: what is told again for want of an answer is not carried out again.
struct Command<'a> {
    asked: &'a Asked<'a>,
    number: u16,
    p: [f64; 2],
}

fn fresh_commands<'a>(case: &'a Line<'_, '_>) -> Vec<Command<'a>> {
    let mut fresh: Vec<Command<'a>> = Vec::new();
    let is_command = |a: &&Asked<'_>| matches!(a.id, COMMAND_LONG | COMMAND_INT);
    for asked in case.asked.iter().filter(is_command).filter(|asked| !asked.lacks_signature) {
        let wire = asked.padded::<33>();
        let number = u16::from_le_bytes([wire[28], wire[29]]);
        // A message is told again to whoever asks again; a rate is not taken on again.
        let is_known = wire[32] > 0
            && asked.id == COMMAND_LONG
            && number == SET_MESSAGE_INTERVAL
            && fresh
                .iter()
                .rev()
                .take_while(|before| asked.tick.0 <= before.asked.tick.0 + AGAIN_TICKS)
                .any(|before| {
                    (before.asked.system, before.asked.component) == (asked.system, asked.component)
                        && before.asked.padded::<32>() == asked.padded::<32>()
                });
        if wire[30] <= 1 && matches!(wire[31], 0 | 1 | 100 | 154) && !is_known {
            let p = |at: usize| f64::from(f32::from_le_bytes([0, 1, 2, 3].map(|i| wire[at + i])));
            fresh.push(Command { asked, number, p: [p(0), p(4)] });
        }
    }
    fresh
}

impl Change {
    fn of_command(command: &Command<'_>) -> Option<Self> {
        let id = whole(command.p[0]).filter(|_| command.number == SET_MESSAGE_INTERVAL)?;
        let wish = wish(command.p[1])?;
        let may_slow = command.asked.by == Sender::Pilot;
        Some(Self { tick: command.asked.tick, ids: vec![id], wish, may_slow })
    }

    /// `rate in hertz (2), target (2), group, whether to begin`.
    fn of_group(asked: &Asked<'_>) -> Option<Self> {
        let [low, high, system, component, group, begins] = asked.padded::<6>();
        let rate = f64::from(u16::from_le_bytes([low, high]));
        let is_taken = asked.id == REQUEST_DATA_STREAM && !asked.lacks_signature;
        if !is_taken || system > 1 || component > 1 {
            return None;
        }
        let begins = begins == 1 && rate > 0.0;
        let wish = if begins { wish((1e6 / rate).round())? } else { Wish::Usual };
        let groups = GROUPS.iter().filter(|(number, _)| group == 0 || *number == group);
        let ids = groups.flat_map(|(_, ids)| ids.iter().copied()).collect();
        Some(Self { tick: asked.tick, ids, wish, may_slow: false })
    }
}

fn request(command: &Command<'_>) -> Option<Request> {
    let tick = command.asked.tick;
    match command.number {
        REQUEST_MESSAGE => {
            let which = whole(command.p[1]).unwrap_or(0);
            whole(command.p[0]).map(|id| Request { tick, id, which })
        }
        REQUEST_AUTOPILOT_CAPABILITIES if command.p[0] == 1.0 => {
            Some(Request { tick, id: AUTOPILOT_VERSION, which: 0 })
        }
        number => {
            let is_all = matches!(command.p[0], 0.0 | 1.0);
            let older = OLDER.iter().find(|(older, ..)| *older == number);
            let (_, id, takes_all) = older?;
            let which = if *id == aboard::CAPTURED { whole(command.p[0])? } else { 0 };
            (command.p[0] == 1.0 || *id == aboard::CAPTURED || (*takes_all && is_all))
                .then_some(Request { tick, id: *id, which })
        }
    }
}

fn wish(interval_us: f64) -> Option<Wish> {
    match interval_us {
        0.0 => Some(Wish::Usual),
        -1.0 => Some(Wish::Never),
        us if us > 0.0 && us <= f64::from(i32::MAX) => {
            Some(Wish::Ticks((us.round() as u64 / TICK_US).max(PERIOD_TICKS_MIN)))
        }
        _ => None,
    }
}

fn whole(value: f64) -> Option<u32> {
    ((0.0..=16_777_216.0).contains(&value) && value == value.floor()).then_some(value as u32)
}
