//! Nothing is handed out to a stranger, or because a server asks for it.
//!
//! Tempted by strangers and forgers that reach the vehicle, and by answers of servers that ask for more.
//!
//! **Never:** counts an attempt that met a dead link.

use super::{Exam, tempted};
use crate::decode::uplink::mood;
use crate::report::Finding;
use evidence::scenario::{Sender, Server};
use evidence::{ClaimId, Link, Tick};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let scenario = &exam.evidence.scenario;
    let outages = scenario.outages();
    let others = scenario.beats.iter().filter(|beat| {
        beat.does.sender().1 != Sender::Pilot && outages.hears(Tick::at_s(beat.at_s))
    });
    let said = exam.evidence.flight.transcript.on(Link::Uplink);
    let demands = said.filter(|said| mood(scenario, said.tick) == Server::Greedy);
    let attempts = others.count() as u64 + demands.count() as u64;
    let tempted = vec![tempted("attempts without a right", attempts)];
    exam.finding(ClaimId::ServerAccess, None, tempted)
}
