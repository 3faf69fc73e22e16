//! LOG_ENTRY and LOG_DATA of a live flight: the list counts from 0 and has no gap, parts come as the very frames that
//! asked for them say.
//!
//! **Never:** lets how often a part is told, or how long it is, be the vehicle's own choice.

use super::{CHUNK, file, told_sizes};
use crate::case::{Line, Sender, asks_for};
use crate::decode::Faults;
use evidence::scenario::Act;
use evidence::{Class, Recipient, Tick};
use mavlink::dialects::common::{LOG_DATA_DATA, LOG_ENTRY_DATA};
use std::collections::BTreeMap;

const LOG_REQUEST_DATA: u32 = 119;
/// Most pieces in a tick.
const PIECES_MAX: u32 = 45;

/// A part of a log that the pilot's station asked for.
struct Request {
    tick: Tick,
    id: u16,
    from: u64,
    to: u64,
}

/// What was asked for, and how often it was told.
#[derive(Default)]
pub struct Live {
    requests: Option<Vec<Request>>,
    told: BTreeMap<(u16, u32), usize>,
    pieces: Option<(Tick, u32)>,
}

/// Checks one line of the list.
pub fn entry(case: &Line<'_, '_>, tick: Tick, m: &LOG_ENTRY_DATA, faults: &mut Faults<'_>) {
    if m.num_logs == 0 {
        let is_empty = (m.id, m.last_log_num, m.time_utc, m.size) == (0, 0, 0, 0);
        return faults.must(is_empty, "LOG_ENTRY of no log tells something");
    }
    let mandate = &case.evidence.truth.mandate;
    let is_seen = |object| {
        mandate.allows(Class::FlightLog, object, Recipient::Pilot, tick)
            && file(case, object, tick).is_some()
    };
    // As many lines as the newest log that may be seen has for a number.
    if !is_seen(u32::from(m.num_logs)) {
        let class = Some(Class::FlightLog);
        faults.wrong(class, None, "LOG_ENTRY counts more logs than are granted");
    }
    let is_line = m.id < m.num_logs && m.last_log_num == m.num_logs - 1 && m.time_utc == 0;
    faults.must(is_line, "LOG_ENTRY is not a line of its list");
    let object = case.log_of(m.id);
    let is_size = is_seen(object) && told_sizes(case, object, tick).any(|size| size == m.size);
    let is_torn = is_seen(object) && case.power.is_card_doubtful();
    let rule = "LOG_ENTRY tells a size that the log never had";
    faults.must(m.size == 0 || is_size || is_torn, rule);
}

impl Live {
    /// Checks one piece; that its bytes are the card's has been checked.
    pub fn data(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &LOG_DATA_DATA,
        faults: &mut Faults<'_>,
    ) {
        let before = self.pieces.filter(|(at, _)| *at == tick).map_or(0, |(_, pieces)| pieces);
        self.pieces = Some((tick, before + 1));
        faults.must(before < PIECES_MAX, "LOG_DATA faster than 2 MB/s");
        let requests = self.requests.get_or_insert_with(|| requests(case));
        let (from, to) = (u64::from(m.ofs), u64::from(m.ofs) + u64::from(m.count));
        let is_end = told_sizes(case, case.log_of(m.id), tick).any(|size| u64::from(size) == to);
        // Whoever asks for what lies behind the end is told where that is.
        let covers = |r: &&Request| {
            r.id == m.id
                && r.tick <= tick
                && (is_end && m.count == 0
                    || r.from <= from && (from - r.from).is_multiple_of(CHUNK as u64))
                && to <= r.to.max(from)
                && (usize::from(m.count) == CHUNK || to == r.to || is_end)
        };
        let asked = requests.iter().filter(covers).count();
        let told = self.told.entry((m.id, m.ofs)).or_default();
        *told += 1;
        if *told > asked {
            let wanted = Some((Class::FlightLog, case.log_of(m.id), Recipient::Pilot));
            let about = case.heard.asked_by_others(tick, |act| asks_for(act) == wanted);
            let rule = format!("LOG_DATA of log {} without a request", case.log_of(m.id));
            faults.unasked(Class::FlightLog, about, &rule);
        }
    }
}

/// Every part that the pilot asked for, by a frame of the protocol or by the command for a whole log.
fn requests(case: &Line<'_, '_>) -> Vec<Request> {
    let frames = case.asked.iter().filter(|a| a.id == LOG_REQUEST_DATA && a.by == Sender::Pilot);
    let frames = frames.filter_map(|asked| {
        let wire = asked.padded::<12>();
        let four = |at: usize| u64::from(u32::from_le_bytes([0, 1, 2, 3].map(|i| wire[at + i])));
        let (from, count) = (four(0), four(4));
        let is_for_us = wire[10] <= 1 && wire[11] <= 1;
        let id = u16::from_le_bytes([wire[8], wire[9]]);
        is_for_us.then_some(Request { tick: asked.tick, id, from, to: from + count })
    });
    let commands = case.heard.by_pilot(case.end()).filter_map(|heard| match heard.act {
        Act::Requests { category: Class::FlightLog, object, to: Recipient::Pilot } => {
            let id = u16::try_from(object.checked_sub(1)?).ok()?;
            Some(Request { tick: heard.tick, id, from: 0, to: u64::from(u32::MAX) })
        }
        _ => None,
    });
    frames.chain(commands).collect()
}
