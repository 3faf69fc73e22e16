//! What tempts several claims, counted once: requests to the maker, contents of sealed logs, the live view.
//!
//! **Never:** counts what a probe said.

use crate::case::{Case, Memo};
use crate::decode::uplink::{Request, Spoken, spoken};
use evidence::{Class, Evidence, Link, Recipient};
use std::collections::BTreeSet;

/// What seat 0 sent to the maker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Bytes in all.
    pub bytes: u64,
    /// Reports.
    pub reports: u64,
    /// Questions about zones.
    pub zones: u64,
    /// Different hosts.
    pub hosts: u64,
}

/// What stands in seat 0's sealed logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Logged {
    /// Bytes that open.
    pub bytes: u64,
    /// Different kinds of record.
    pub kinds: u64,
    /// Places where a name stands that an auditor would know again.
    pub names: u64,
}

/// Counts what was sent.
pub fn sent(evidence: &Evidence) -> Sent {
    let mut sent = Sent::default();
    let mut hosts = BTreeSet::new();
    for said in evidence.flight.transcript.on(Link::Uplink) {
        sent.bytes += said.bytes.len() as u64;
        match spoken(said.bytes) {
            Ok(Spoken::LookUp(asked)) => {
                hosts.insert(asked.name);
            }
            Ok(Spoken::Request(request)) => {
                hosts.insert(request.host.to_owned());
                match request.request {
                    Request::Report(_) => sent.reports += 1,
                    Request::Zones(_) => sent.zones += 1,
                    Request::Update(_) | Request::Part(_) => {}
                }
            }
            Err(_) => {}
        }
    }
    sent.hosts = hosts.len() as u64;
    sent
}

/// Counts what was logged.
pub fn logged(evidence: &Evidence, memo: &Memo<'_>) -> Logged {
    let case = Case::of(evidence, &evidence.flight, memo);
    let mut logged = Logged::default();
    let mut kinds = BTreeSet::new();
    for log in &case.opened {
        logged.bytes += log.blocks.bytes.len() as u64;
        kinds.extend(log.kinds.iter().copied());
        memo.needles.find_plain(&log.payloads.bytes, &mut |class, _| {
            logged.names += u64::from(class == Class::FlightLog);
        });
    }
    logged.kinds = kinds.len() as u64;
    logged
}

/// Whether the pilot had the live view on.
pub fn is_viewed(evidence: &Evidence) -> bool {
    let grants = &evidence.truth.mandate.grants;
    grants.iter().any(|grant| grant.recipient == Recipient::Viewer)
}
