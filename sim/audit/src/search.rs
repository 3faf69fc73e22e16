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
use crate::case::{Case, picture_number};
use crate::decode::sealed::{IDENTITY, SIGNING};
use evidence::scenario::Setting;
use evidence::{ClaimId, Class};
use needles::Mark;
use std::collections::BTreeSet;
use streams::{Place, Stream};

/// What stands in some bytes, lawful or not.
pub struct Raw {
    /// What, where, and under which layers of packing.
    hits: Vec<(Mark, usize, String)>,
    /// Whether all that lies packed there could be searched too.
    is_all: bool,
}

/// Raises an alarm for every canary that stands where it may not.
pub fn search(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let mut told = BTreeSet::new();
    for stream in streams::of(case) {
        let raw = case
            .memo
            .searched(&stream.what, &stream.bytes, || search_in(&stream, &case.memo.needles));
        for (mark, at, layer) in &raw.hits {
            let tick = stream.tick_at(*at);
            if excuse::is_lawful(case, mark, &stream, tick) {
                continue;
            }
            let how = mark.disguise;
            let shown = format!("canary of {} as {how}{layer} in {}", mark.subject, stream.what);
            if told.insert((mark.class, stream.link, tick, shown.clone())) {
                let class = Some(mark.class);
                let alarm = Alarm::new(Detector::CAN, class, stream.link, tick, &shown);
                alarms.push(placed(alarm, stream.place));
            }
        }
        if !raw.is_all {
            let shown = format!("{} unpacks to more than is searched", stream.what);
            let tick = stream.tick_at(stream.bytes.len());
            alarms.push(Alarm::new(Detector::CAN, None, stream.link, tick, &shown).unlisted());
        }
    }
}

/// An alarm about a file of the card knows what the file is for.
fn placed(alarm: Alarm, place: Place<'_>) -> Alarm {
    let Place::File(path) = place else { return alarm };
    if path == IDENTITY || path == SIGNING {
        return alarm.about(Some(ClaimId::IdentitySealed));
    }
    let is_numbered = picture_number(path).is_some() && alarm.class == Some(Class::Device);
    alarm.under(is_numbered.then_some(Setting::CamSerial))
}

fn search_in(stream: &Stream<'_>, needles: &Needles) -> Raw {
    let mut hits = Vec::new();
    needles.find(&stream.bytes, &mut |mark, at| hits.push((mark.clone(), at, String::new())));
    let is_all = unpack::layers(&stream.bytes, &stream.starts, &mut |at, layer, unpacked| {
        needles.find(unpacked, &mut |mark, _| hits.push((mark.clone(), at, layer.to_owned())));
    });
    Raw { hits, is_all }
}
