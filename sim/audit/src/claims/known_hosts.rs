//! Only declared servers, in the declared region, are looked up or spoken to.
//!
//! Tempted by servers that were spoken to, and by ones that failed or pointed elsewhere.
//!
//! **Never:** counts a host that was not spoken to.

use super::{Exam, tempted};
use crate::decode::uplink::moods;
use crate::report::Finding;
use evidence::ClaimId;
use evidence::scenario::Server;

pub fn finding(exam: &Exam<'_>) -> Finding {
    let injected = moods(&exam.evidence.scenario).into_iter().filter(|mood| match mood {
        Server::Redirects(_)
        | Server::Refuses
        | Server::Silent
        | Server::Garbage
        | Server::NameServerSilent => true,
        Server::Accepts | Server::Greedy => false,
    });
    let tempted = vec![
        tempted("hosts looked up or spoken to", exam.uplink.hosts),
        tempted("redirects and failures", injected.count() as u64),
    ];
    exam.finding(ClaimId::KnownHosts, None, tempted)
}
