//! LOG_ENTRY and LOG_DATA: which logs there are, as far as they are granted, and a log's bytes as they stand on the
//! card, in order, on request, every 20 ms. What a live flight's stations ask for is in a room of its own.
//!
//! **Never:** asks for consent; that is for the consent monitor.

mod live;

use crate::case::{Life, Line, asks_for, log_number};
use crate::decode::Faults;
use evidence::scenario::Act;
use evidence::{Class, Recipient, TICKS_PER_S, Tick};
use mavlink::dialects::common::{LOG_DATA_DATA, LOG_ENTRY_DATA};
use std::collections::BTreeMap;

const CHUNK: usize = 90;
const CHUNK_TICKS: u64 = 10;
/// A list is told within this time.
const LIST_TICKS: u64 = 10 * TICKS_PER_S;
/// Logs have four digits.
const NUMBER_MAX: u32 = 64;
/// 2026-01-01, the day of the first power-on, in seconds since 1970.
const EPOCH_S: u64 = 1_767_225_600;

/// How far each log's download has come.
#[derive(Default)]
pub struct Logs {
    next: BTreeMap<u16, u32>,
    last_at: Option<Tick>,
    live: live::Live,
}

impl Logs {
    /// What was under way at a power-on is so no more.
    pub fn forget(&mut self) {
        (self.next, self.last_at) = (BTreeMap::new(), None);
    }

    /// Checks one entry of the list.
    pub fn entry(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &LOG_ENTRY_DATA,
        faults: &mut Faults<'_>,
    ) {
        let asks = |act: &Act| *act == Act::AsksLogs;
        let earliest = Tick(tick.0.saturating_sub(LIST_TICKS));
        let is_asked = case.heard.by_pilot(tick).any(|h| asks(h.act) && h.tick >= earliest);
        if !is_asked {
            let about = case.heard.asked_by_others(tick, asks);
            faults.unasked(Class::FlightLog, about, "LOG_ENTRY without a request");
        }
        if case.is_live() {
            return live::entry(case, tick, m, faults);
        }
        let number = u32::from(m.id);
        if number == 0 {
            let is_empty = (m.num_logs, m.last_log_num, m.time_utc, m.size) == (0, 0, 0, 0);
            return faults.must(is_empty, "LOG_ENTRY of no log tells something");
        }
        let mandate = &case.evidence.truth.mandate;
        let is_open = |number| mandate.allows(Class::FlightLog, number, Recipient::Pilot, tick);
        let file = |number| case.file_at(|path| log_number(path) == Some(number), tick);
        let open = (1..=NUMBER_MAX).filter(|n| is_open(*n) && file(*n).is_some());
        let (count, last) = open.fold((0, 0), |(count, _), number| (count + 1, number));
        if u32::from(m.num_logs) > count || u32::from(m.last_log_num) > last {
            let class = Some(Class::FlightLog);
            faults.wrong(class, None, "LOG_ENTRY counts more logs than are granted");
        }
        let has_been = file(number).is_some_and(|f| f.lengths(tick).any(|n| n as u32 == m.size));
        let is_torn = case.power.is_card_doubtful();
        faults.must(has_been || is_torn, "LOG_ENTRY tells a size that the log never had");
        let begun = file(number).map_or(0, |file| file.born.0 / TICKS_PER_S);
        let is_time = |epoch: u64| u64::from(m.time_utc).abs_diff(epoch + begun) <= 60;
        faults.must(
            m.time_utc == 0 || is_time(0) || is_time(EPOCH_S),
            "LOG_ENTRY tells another time than the log's",
        );
    }

    /// Checks one chunk.
    pub fn data(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &LOG_DATA_DATA,
        faults: &mut Faults<'_>,
    ) {
        let number = case.log_of(m.id);
        if !case.is_live() {
            self.asked_for(case, tick, number, faults);
        }
        let count = usize::from(m.count);
        if count > CHUNK {
            return faults.unlisted(None, "LOG_DATA counts more bytes than it has");
        }
        faults.must(m.data[count..].iter().all(|b| *b == 0), "LOG_DATA has bytes behind its count");
        if case.is_live() {
            self.live.data(case, tick, m, faults);
        } else {
            self.in_order(tick, m, faults);
        }
        let from = m.ofs as usize;
        let stored = file(case, number, tick).and_then(|file| file.bytes.get(from..from + count));
        faults.must(
            stored.is_some_and(|stored| *stored == m.data[..count]),
            "LOG_DATA is not what the card holds there",
        );
    }

    fn asked_for(&self, case: &Line<'_, '_>, tick: Tick, number: u32, faults: &mut Faults<'_>) {
        let wanted = (Class::FlightLog, number, Recipient::Pilot);
        if !case.heard.is_requested(wanted.0, wanted.1, wanted.2, tick) {
            let about = case.heard.asked_by_others(tick, |act| asks_for(act) == Some(wanted));
            let rule = format!("LOG_DATA of log {number} without a request");
            faults.unasked(Class::FlightLog, about, &rule);
        }
    }

    fn in_order(&mut self, tick: Tick, m: &LOG_DATA_DATA, faults: &mut Faults<'_>) {
        let count = usize::from(m.count);
        let expected = self.next.get(&m.id).copied().unwrap_or(0);
        faults.must(m.ofs == expected || m.ofs == 0, "LOG_DATA is out of order");
        let is_last = count < CHUNK;
        self.next.insert(m.id, if is_last { 0 } else { m.ofs.saturating_add(CHUNK as u32) });
        let is_spaced = self.last_at.is_none_or(|last| tick.0 >= last.0 + CHUNK_TICKS);
        faults.must(is_spaced, "LOG_DATA faster than one in 20 ms");
        self.last_at = Some(tick);
    }
}

fn file<'a>(case: &'a Line<'_, '_>, number: u32, tick: Tick) -> Option<&'a Life<'a>> {
    case.file_at(|path| log_number(path) == Some(number), tick)
}

/// The lengths that a log has had so far.
fn told_sizes(case: &Line<'_, '_>, number: u32, tick: Tick) -> impl Iterator<Item = u32> {
    file(case, number, tick).into_iter().flat_map(move |f| f.lengths(tick)).map(|n| n as u32)
}
