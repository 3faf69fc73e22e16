//! Nothing leaves by a way nobody listed.
//!
//! Tempted by bytes on every link that this vehicle uses. Alarms of classes without a claim of their own
//! come here, and every unlisted way out does, whatever it carries.
//!
//! **Never:** counts `Video` as a temptation: no story has a live view.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Link};

const USED: [Link; 7] = [
    Link::Radio,
    Link::Uplink,
    Link::RemoteId,
    Link::Card,
    Link::Console,
    Link::Lights,
    Link::Motion,
];

pub fn finding(exam: &Exam<'_>) -> Finding {
    let mut heard = [0_u64; USED.len()];
    for said in exam.evidence.flight.transcript.iter() {
        if let Some(place) = USED.iter().position(|link| *link == said.link) {
            heard[place] += said.bytes.len() as u64;
        }
    }
    let tempted =
        USED.iter().zip(heard).map(|(link, n)| tempted(&format!("bytes on {link}"), n)).collect();
    exam.finding(ClaimId::OnlyKnownLinks, None, tempted)
}
