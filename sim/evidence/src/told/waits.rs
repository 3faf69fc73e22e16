//! What a live story waits for: somebody who is heard, or the moment by which nobody was.
//!
//! Whatever has a moment of its own and comes after a wait (beats, gusts, what is expected of the flight, the end) is as
//! much later as the wait took. What stands by the clock, as turbulence, does not wait.
//!
//! **Never:** waits where nobody is live; takes the script's own stations for somebody.

use super::words;
use crate::scenario::act::{PILOT, STRANGER};
use crate::scenario::{Act, Beat, Client, Scenario};
use crate::{TICK_S, Tick, Transcript, wire};
use std::collections::BTreeMap;

/// One wait, in the ticks of the flight as it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// For whom.
    pub client: Client,
    /// From when.
    pub from: Tick,
    /// When nobody waits any longer.
    pub until: Tick,
    /// When they were first heard, before or in the wait.
    pub heard: Option<Tick>,
}

/// A live story in the time that it took, as far as is heard: a wait whose client is not heard lasts to its end.
///
/// Up to the tick in which somebody is heard, that one with it, it is the same story whether they are or not.
#[must_use]
pub fn waited(scenario: &Scenario, heard: &Transcript) -> (Scenario, Vec<Wait>) {
    if !scenario.beats.iter().any(|beat| matches!(beat.does, Act::Awaits { .. })) {
        return (scenario.clone(), Vec::new());
    }
    let came = first_heard(scenario, heard);
    let (mut story, mut waits, mut ticks) = (scenario.clone(), Vec::new(), 0);
    story.beats.clear();
    // By which moment of the script how much has been waited.
    let mut late = Vec::new();
    for beat in &scenario.beats {
        if let Act::Awaits { client, until_s } = beat.does {
            let (from, until) =
                (Tick(Tick::at_s(beat.at_s).0 + ticks), Tick(Tick::at_s(until_s).0 + ticks));
            let first = match client {
                Client::Any => came.values().min(),
                Client::System(system) => came.get(&system),
            };
            let heard = first.copied().filter(|tick| *tick < until);
            // In the very tick in which somebody is heard nothing has changed yet.
            ticks += heard.map_or(until, |tick| Tick(tick.0 + 1).max(from)).0 - from.0;
            late.push((beat.at_s, ticks as f64 * TICK_S));
            waits.push(Wait { client, from, until, heard });
        } else {
            let at_s = beat.at_s + ticks as f64 * TICK_S;
            story.beats.push(Beat { at_s, does: beat.does.clone() });
        }
    }
    let moved = |at_s: &mut f64| {
        let waited = late.iter().rev().find(|(from_s, _)| from_s < at_s);
        *at_s += waited.map_or(0.0, |(_, late_s)| *late_s);
    };
    story.weather.gusts.iter_mut().for_each(|gust| moved(&mut gust.at_s));
    story.expects_flight.iter_mut().flat_map(|expected| expected.moments_s()).for_each(moved);
    moved(&mut story.length_s);
    (story, waits)
}

/// When each system was first heard, but for those of a script that speaks.
fn first_heard(scenario: &Scenario, heard: &Transcript) -> BTreeMap<u8, Tick> {
    let is_scripted = scenario.speaks();
    let mut first = BTreeMap::new();
    for said in heard.iter() {
        for system in systems(said.bytes) {
            if !(is_scripted && matches!(system, PILOT | STRANGER)) {
                first.entry(system).or_insert(said.tick);
            }
        }
    }
    first
}

/// Whose heartbeats are among some bytes.
pub fn systems(bytes: &[u8]) -> impl Iterator<Item = u8> {
    wire::frames(bytes).filter(words::is_heartbeat).map(|frame| frame.system)
}
