//! LOG_DATA: a log's bytes as they stand on the card, in order, on request, every 20 ms.
//!
//! **Never:** asks for consent; that is for the consent monitor.

use super::commands::is_requested;
use crate::case::{Case, log_number};
use crate::decode::Faults;
use evidence::{Class, Recipient, Tick};
use mavlink::dialects::common::LOG_DATA_DATA;
use std::collections::BTreeMap;

const CHUNK: usize = 90;
const CHUNK_TICKS: u64 = 10;

/// How far each log's download has come.
#[derive(Clone, Debug, Default)]
pub struct Logs {
    next: BTreeMap<u16, u32>,
    last_at: Option<Tick>,
}

impl Logs {
    /// Checks one chunk.
    pub fn said(
        &mut self,
        case: &Case<'_>,
        tick: Tick,
        m: &LOG_DATA_DATA,
        faults: &mut Faults<'_>,
    ) {
        let number = u32::from(m.id);
        let scenario = &case.evidence.scenario;
        if !is_requested(scenario, Class::FlightLog, number, Recipient::Pilot, tick) {
            faults
                .unasked(Class::FlightLog, &format!("LOG_DATA of log {number} without a request"));
        }
        let count = usize::from(m.count);
        if count > CHUNK {
            return faults.unlisted(None, "LOG_DATA counts more bytes than it has");
        }
        faults.must(m.data[count..].iter().all(|b| *b == 0), "LOG_DATA has bytes behind its count");
        let expected = self.next.get(&m.id).copied().unwrap_or(0);
        faults.must(m.ofs == expected || m.ofs == 0, "LOG_DATA is out of order");
        let is_last = count < CHUNK;
        self.next.insert(m.id, if is_last { 0 } else { m.ofs.saturating_add(CHUNK as u32) });
        let is_spaced = self.last_at.is_none_or(|last| tick.0 >= last.0 + CHUNK_TICKS);
        faults.must(is_spaced, "LOG_DATA faster than one in 20 ms");
        self.last_at = Some(tick);
        let file = case.written.iter().find(|(path, _)| log_number(path) == Some(number));
        let from = m.ofs as usize;
        let stored = file.and_then(|(_, file)| file.history.get(from..from + count));
        faults.must(
            stored.is_some_and(|stored| *stored == m.data[..count]),
            "LOG_DATA is not what the card holds there",
        );
    }
}
