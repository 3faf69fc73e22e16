//! Canary search: known secrets, in many disguises, in everything that was said or stored.
//!
//! The automata are built once for an evidence and run over each link's bytes, over payloads and bodies put
//! together again, over every file of the card and every log opened, and over what unpacks from any of these.
//!
//! **Never:** shows a secret in an alarm; excuses a hit that the law or the mandate does not cover; leaves
//! packed bytes unsearched in silence.

mod disguise;
mod excuse;
mod needles;
mod streams;
mod unpack;

pub use needles::Needles;

use crate::alarm::{Alarm, Detector};
use crate::case::Case;
use needles::Mark;
use std::collections::BTreeSet;
use streams::Stream;

/// Raises an alarm for every canary that stands where it may not.
pub fn search(case: &Case<'_>, needles: &Needles, alarms: &mut Vec<Alarm>) {
    let mut told = BTreeSet::new();
    for stream in streams::of(case) {
        let mut found = |mark: &Mark, at: usize, layer: &str| {
            let tick = stream.tick_at(at);
            if excuse::is_lawful(case, mark, &stream, tick) {
                return;
            }
            let how = mark.disguise;
            let shown = format!("canary of {} as {how}{layer} in {}", mark.subject, stream.what);
            if told.insert((mark.class, stream.link, tick, shown.clone())) {
                let class = Some(mark.class);
                alarms.push(Alarm::new(Detector::CAN, class, stream.link, tick, &shown));
            }
        };
        let is_all = search_in(&stream, needles, &mut found);
        if !is_all {
            let shown = format!("{} unpacks to more than is searched", stream.what);
            let tick = stream.tick_at(stream.bytes.len());
            alarms.push(Alarm::new(Detector::CAN, None, stream.link, tick, &shown).unlisted());
        }
    }
}

/// Whether all that lies packed in a stream could be searched too.
fn search_in(
    stream: &Stream<'_>,
    needles: &Needles,
    found: &mut dyn FnMut(&Mark, usize, &str),
) -> bool {
    needles.find(&stream.bytes, &mut |mark, at| found(mark, at, ""));
    unpack::layers(&stream.bytes, &stream.starts, &mut |at, layer, unpacked| {
        needles.find(unpacked, &mut |mark, _| found(mark, at, layer));
    })
}
