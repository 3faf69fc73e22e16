//! The story of a live flight: what the ground said while it flew, as acts.
//!
//! Whoever flies a live vehicle writes no beats, but every byte that reached its radio is kept with its tick. What
//! those bytes ask for, give and withdraw becomes beats here, so that consent as it was really given is known, and
//! the same rules judge a live flight and a scripted one. The pilot is the first ground station that is heard after
//! power-on, and once a key was handed over, the first that signs with it; everybody else is a stranger, and whoever
//! says what the pilot says and does not sign it a forger.
//!
//! **Never:** asks the vehicle; takes a grant from anybody's bytes but the pilot's.

mod commands;
mod missions;
mod signer;
mod waits;
mod words;

#[cfg(test)]
mod tests;

use crate::scenario::{Act, Beat, Scenario, Sender};
use crate::wire::{self, Frame};
use crate::{Link, TICK_S, Tick, Transcript, Ways};
use commands::Orders;
use signer::Signer;
pub use waits::{Wait, systems, waited};

/// MAV_TYPE_GCS.
const GROUND_STATION: u8 = 6;

/// The story that a flight turned out to be.
///
/// `heard` is every byte that reached the radio, and ends with an empty record at the first tick after the flight. What
/// the bytes mean depends on whose ways the vehicle had.
#[must_use]
pub fn told(scenario: &Scenario, heard: &Transcript, ways: Ways) -> Scenario {
    let (scenario, _) = waited(scenario, heard);
    let mut told = scenario.clone();
    // What the script has the ground say was either said, and is in the bytes, or was not.
    told.beats.retain(|beat| !beat.does.is_said());
    told.settings.clear();
    told.telemetry2 = ways.telemetry2;
    told.operator = None;
    if let Some(end) = end(heard) {
        told.length_s = end.0 as f64 * TICK_S;
    }
    let end_s = told.length_s;
    let mut acts = Vec::new();
    let mut orders = Orders::to(ways);
    for word in words_of(&scenario, heard) {
        let personality = ways.on(word.link);
        told.mission.extend(missions::item(&word, personality));
        let said = words::acts(&word.frame, personality).into_iter().map(|act| (word.tick, act));
        let said = said.chain(orders.acts(&word, Tick::at_s(end_s)));
        if commands::ends_series(&word) {
            // A still that was due in this very tick is not taken any more.
            acts.retain(|(tick, act)| {
                *tick < word.tick || (*tick == word.tick && *act != Act::TakesStill)
            });
        }
        acts.extend(said.map(|(tick, act)| (tick, sent_by(&word, act))));
    }
    let beats = acts.into_iter().map(|(tick, does)| Beat { at_s: tick.0 as f64 * TICK_S, does });
    told.beats.extend(beats);
    told.beats.retain(|beat| beat.at_s < end_s);
    // A stable sort: what was heard in one tick stays in its order.
    told.beats.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
    told
}

fn sent_by(word: &Word<'_>, act: Act) -> Act {
    let act = match word.by {
        Sender::Pilot => act,
        Sender::Forger => Act::Forges(Box::new(act)),
        Sender::Stranger => Act::Stranger(Box::new(act)),
    };
    if word.link == Link::Telemetry2 { Act::Telemetry2(Box::new(act)) } else { act }
}

/// The first tick after a live flight.
#[must_use]
pub fn end(heard: &Transcript) -> Option<Tick> {
    let last = heard.get(heard.len().checked_sub(1)?)?;
    last.bytes.is_empty().then_some(last.tick)
}

/// A frame that reached the vehicle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// When.
    pub tick: Tick,
    /// By which port.
    pub link: Link,
    /// Whose it is.
    pub by: Sender,
    /// A key was handed over, and it is not signed with it, whoever sent it.
    pub lacks_signature: bool,
    /// The frame.
    pub frame: Frame<'a>,
}

/// Every frame that reached the vehicle, sound or not, and whose it is.
pub fn words_of<'a>(
    scenario: &'a Scenario,
    heard: &'a Transcript,
) -> impl Iterator<Item = Word<'a>> {
    let outages = scenario.outages();
    let (mut pilot, mut signer, mut boot) = (None, None::<Signer>, Tick(0));
    // The key before, for as long as nobody has signed with the new one: in the air none is taken.
    let mut before: Option<Signer> = None;
    let each = heard
        .iter()
        .flat_map(|said| wire::frames(said.bytes).map(move |frame| (said.tick, said.link, frame)));
    each.map(move |(tick, link, frame)| {
        if outages.boot(tick) != boot {
            (boot, pilot) = (outages.boot(tick), None);
        }
        let is_signed = signer.as_mut().is_some_and(|signer| signer.has_signed(&frame));
        if is_signed {
            before = None;
        }
        let is_signed = is_signed || before.as_mut().is_some_and(|s| s.has_signed(&frame));
        let lacks_signature = signer.is_some() && !is_signed;
        let is_beat = words::is_heartbeat_of(&frame, GROUND_STATION);
        if pilot.is_none() && is_beat && !lacks_signature {
            pilot = Some(frame.system);
        }
        let by = match pilot {
            Some(pilot) if pilot == frame.system && lacks_signature => Sender::Forger,
            Some(pilot) if pilot == frame.system => Sender::Pilot,
            _ => Sender::Stranger,
        };
        if by == Sender::Pilot
            && let Some((new, time)) = words::signing_key(&frame)
        {
            let new = (new != [0; 32]).then(|| Signer::new(new, time));
            let old = before.take().or(signer.take());
            before = old.filter(|_| new.is_some());
            signer = new;
        }
        Word { tick, link, by, lacks_signature, frame }
    })
}
