//! Judges a live flight while it goes: what has been heard so far is flown again beside it, with twins, and audited.
//!
//! A flight's record makes the flight, so that nothing of the one in the air is touched, and the one beside it is as far
//! behind as it takes to fly. It grows by a tenth between two looks, so that all of them together cost a few per cent
//! of a core at real time. The last look is at the whole. Where so much is said that a look would take more memory than
//! the flight, nobody looks any more: whoever floods it must not slow it by that.
//!
//! **Never:** slows the flight: while one look lasts, the next one is left out; says that a claim held: without
//! probes nobody knows whether a leak would have been seen.

use crate::flights::{self, Rider};
use crate::stories::Story;
use crate::{Trouble, output};
use audit::Verdict;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use evidence::{Assets, ClaimId, Link, TICKS_PER_S, Tick, Transcript};
use flight::{Ground, Reached};
use std::collections::BTreeSet;

/// Before the first look, and at least between two.
const EVERY_TICKS: u64 = 10 * TICKS_PER_S;
/// The next look is when the flight has grown by so much of itself.
const GROWS_BY: u64 = 10;
/// Of more than this nobody makes a second flight while the first is in the air: hours of a station that talks.
const HEARD_BYTES_MAX: usize = 4 << 20;

/// A ground whose record is looked at as it grows.
pub struct Watched {
    ground: Box<dyn Ground>,
    record: Transcript,
    bytes: usize,
    next: Tick,
    /// None when too much was said.
    looks: Option<Sender<Transcript>>,
}

/// A ground as it is, and where its record comes out from time to time.
pub fn watched(ground: Box<dyn Ground>) -> (Watched, Receiver<Transcript>) {
    let (looks, records) = bounded(0);
    let (record, next) = (Transcript::default(), Tick(EVERY_TICKS));
    (Watched { ground, record, bytes: 0, next, looks: Some(looks) }, records)
}

impl Ground for Watched {
    fn arriving(&mut self, now: Tick, into: &mut Reached) {
        if let Some(looks) = self.looks.as_ref().filter(|_| now >= self.next) {
            let mut record = self.record.clone();
            record.hear(now, Link::Radio, b"");
            match looks.try_send(record) {
                Ok(()) => self.next = Tick(now.0 + EVERY_TICKS.max(now.0 / GROWS_BY)),
                // Somebody is still looking, or nobody is any more.
                Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                    self.next = Tick(now.0 + TICKS_PER_S);
                }
            }
        }
        self.ground.arriving(now, into);
    }

    fn heard(&mut self, now: Tick, reached: &Reached) {
        self.bytes += reached.radio.len() + reached.telemetry2.len();
        if is_too_much(self.bytes) {
            (self.looks, self.record) = (None, Transcript::default());
        } else {
            let ports = reached.ports().into_iter().filter(|(_, bytes)| !bytes.is_empty());
            ports.for_each(|(link, bytes)| self.record.hear(now, link, bytes));
        }
        self.ground.heard(now, reached);
    }

    fn said(&mut self, now: Tick, emissions: &[(Link, Vec<u8>)]) {
        self.ground.said(now, emissions);
    }

    fn ends(&self, now: Tick) -> bool {
        self.ground.ends(now)
    }
}

fn is_too_much(bytes: usize) -> bool {
    bytes > HEARD_BYTES_MAX
}

/// What has been found so far.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// How often it was looked.
    pub looks: u32,
    /// To which tick.
    pub until: Tick,
    /// So much was said that nobody looked any further.
    pub is_cut: bool,
    /// What is broken.
    pub broken: BTreeSet<ClaimId>,
}

/// Looks at each record, and tells at once what is found in it.
pub fn watch(
    story: &Story,
    rider: Rider<'_>,
    assets: &Assets,
    records: &Receiver<Transcript>,
) -> Result<Seen, Trouble> {
    let mut seen = Seen { looks: 0, until: Tick(0), is_cut: false, broken: BTreeSet::new() };
    for record in records {
        seen.look(story, rider, assets, record)?;
    }
    Ok(seen)
}

impl Seen {
    /// The last look, at the whole.
    pub fn look_at_all(
        &mut self,
        story: &Story,
        rider: Rider<'_>,
        assets: &Assets,
        heard: &Transcript,
    ) -> Result<(), Trouble> {
        self.is_cut = is_too_much(heard.iter().map(|said| said.bytes.len()).sum());
        if self.is_cut { Ok(()) } else { self.look(story, rider, assets, heard.clone()) }
    }

    /// Flies a record again and audits it.
    fn look(
        &mut self,
        story: &Story,
        rider: Rider<'_>,
        assets: &Assets,
        record: Transcript,
    ) -> Result<(), Trouble> {
        self.until = evidence::told::end(&record).unwrap_or(Tick(0));
        self.looks += 1;
        let story = Story { heard: Some(record), ..story.clone() };
        let evidence = flights::twinned(&story, rider, 1, assets)?;
        for finding in audit::audit(&evidence).findings {
            if finding.verdict == Verdict::Broken && self.broken.insert(finding.claim) {
                let (until, claim, why) = (self.until, finding.claim, &finding.why);
                output::print(&format!("BROKEN by {until}: {claim}: {why}\n"));
            }
        }
        Ok(())
    }

    /// In a line.
    pub fn told(&self) -> String {
        let (looks, until) = (self.looks, self.until);
        let cut = if self.is_cut { "; then too much was said for that" } else { "" };
        let found = if self.broken.is_empty() { "nothing found" } else { "BROKEN as above" };
        format!(
            "Judged {looks} times beside the flight, to {until}{cut}: {found}; `hushwing rerun DIR --pairs 10` says how \
             good the search is\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stories;

    /// Somebody is there, and that is all.
    struct Silent;

    impl Ground for Silent {
        fn arriving(&mut self, now: Tick, into: &mut Reached) {
            if now.0.is_multiple_of(TICKS_PER_S) {
                let beat = [0, 0, 0, 0, 6, 8, 0, 4, 3];
                into.radio.extend(evidence::wire::framed((245, 190), 0, 0, &beat, 50));
            }
        }

        fn said(&mut self, _: Tick, _: &[(Link, Vec<u8>)]) {}

        fn ends(&self, now: Tick) -> bool {
            now.0 >= 12 * TICKS_PER_S
        }
    }

    #[test]
    fn a_leak_is_told_of_while_it_flies_and_an_honest_flight_is_left_in_peace() {
        let assets = stories::assets().unwrap();
        let story = stories::field(&assets).unwrap();
        for (name, is_broken) in [("honest", false), ("L064", true)] {
            let rider = Rider::named(name).unwrap();
            let (ground, records) = watched(Box::new(Silent));
            let seen = std::thread::scope(|scope| {
                let looks = scope.spawn(|| watch(&story, rider, &assets, &records));
                flights::live(&story, rider, &assets, Box::new(ground)).unwrap();
                looks.join().unwrap().unwrap()
            });
            assert_eq!((seen.looks, seen.until), (1, Tick(EVERY_TICKS)), "{name}");
            assert_eq!(!seen.broken.is_empty(), is_broken, "{name}: {:?}", seen.broken);
        }
    }

    #[test]
    fn who_says_too_much_is_not_looked_at_beside_the_flight() {
        let assets = stories::assets().unwrap();
        let story = stories::field(&assets).unwrap();
        let (mut ground, records) = watched(Box::new(Silent));
        let second = |bytes| Reached { telemetry2: vec![0; bytes], ..Reached::default() };
        ground.heard(Tick(0), &second(HEARD_BYTES_MAX));
        assert!(ground.looks.is_some());
        ground.heard(Tick(1), &Reached { radio: vec![0], ..Reached::default() });
        assert!(ground.looks.is_none() && ground.record.is_empty());
        let mut seen = watch(&story, Rider::Honest, &assets, &records).unwrap();
        let mut heard = Transcript::default();
        heard.hear(Tick(1), Link::Radio, &vec![0; HEARD_BYTES_MAX + 1]);
        seen.look_at_all(&story, Rider::Honest, &assets, &heard).unwrap();
        assert!(seen.told().starts_with(
            "Judged 0 times beside the flight, to 0.000 s; then too much was said for that: nothing found"
        ));
    }
}
