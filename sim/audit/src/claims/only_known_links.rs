//! Nothing leaves by a way nobody listed.
//!
//! Tempted by bytes on every link that this story opens: the maker's servers and the live view are silent until the
//! pilot switches them on. Alarms of classes without a claim of their own come here, and every unlisted way out does,
//! whatever it carries.
//!
//! **Never:** counts a link on which this story has nothing to say.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Link};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let evidence = exam.evidence;
    let is_open = |link: &Link| match link {
        Link::Uplink => exam.uplink.bytes > 0,
        Link::Video => exam.is_viewed,
        // Where there is no such port, that it says nothing is no temptation.
        Link::Telemetry2 => evidence.provenance.telemetry2.is_some(),
        Link::Radio | Link::RemoteId | Link::Card | Link::Console | Link::Lights | Link::Motion => {
            true
        }
    };
    let tempted = Link::ALL.into_iter().filter(is_open).map(|link| {
        let heard = evidence.flight.transcript.on(link).map(|said| said.bytes.len() as u64);
        tempted(&format!("bytes on {link}"), heard.sum())
    });
    exam.finding(ClaimId::OnlyKnownLinks, None, tempted.collect())
}
