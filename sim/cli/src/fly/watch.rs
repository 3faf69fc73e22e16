//! Judges a live flight while it goes: what has been heard so far is flown again beside it, with twins, and audited.
//!
//! A flight's record makes the flight, so that nothing of the one in the air is touched, and the one beside it is as far
//! behind as it takes to fly. It grows by a tenth between two looks, so that all of them together cost a few per cent
//! of a core at real time. The last look is at the whole.
//!
//! **Never:** slows the flight: while one look lasts, the next one is left out; says that a claim held: without
//! probes nobody knows whether a leak would have been seen.

use crate::flights::{self, Rider};
use crate::stories::Story;
use crate::{Trouble, output};
use audit::Verdict;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use evidence::{Assets, ClaimId, Link, TICKS_PER_S, Tick, Transcript};
use flight::Ground;
use std::collections::BTreeSet;

/// Before the first look, and at least between two.
const EVERY_TICKS: u64 = 10 * TICKS_PER_S;
/// The next look is when the flight has grown by so much of itself.
const GROWS_BY: u64 = 10;

/// A ground whose record is looked at as it grows.
pub struct Watched {
    ground: Box<dyn Ground>,
    record: Transcript,
    next: Tick,
    looks: Sender<Transcript>,
}

/// A ground as it is, and where its record comes out from time to time.
pub fn watched(ground: Box<dyn Ground>) -> (Watched, Receiver<Transcript>) {
    let (looks, records) = bounded(0);
    (Watched { ground, record: Transcript::default(), next: Tick(EVERY_TICKS), looks }, records)
}

impl Ground for Watched {
    fn arriving(&mut self, now: Tick, into: &mut Vec<u8>) {
        if now >= self.next {
            let mut record = self.record.clone();
            record.hear(now, Link::Radio, b"");
            match self.looks.try_send(record) {
                Ok(()) => self.next = Tick(now.0 + EVERY_TICKS.max(now.0 / GROWS_BY)),
                // Somebody is still looking, or nobody is any more.
                Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                    self.next = Tick(now.0 + TICKS_PER_S);
                }
            }
        }
        self.ground.arriving(now, into);
    }

    fn heard(&mut self, now: Tick, reached: &[u8]) {
        self.record.hear(now, Link::Radio, reached);
        self.ground.heard(now, reached);
    }

    fn said(&mut self, now: Tick, emissions: &[(Link, Vec<u8>)]) {
        self.ground.said(now, emissions);
    }

    fn ends(&self, now: Tick) -> bool {
        self.ground.ends(now)
    }
}

/// What has been found so far.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// How often it was looked.
    pub looks: u32,
    /// To which tick.
    pub until: Tick,
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
    let mut seen = Seen { looks: 0, until: Tick(0), broken: BTreeSet::new() };
    for record in records {
        seen.look(story, rider, assets, record)?;
    }
    Ok(seen)
}

impl Seen {
    /// Flies a record again and audits it.
    pub fn look(
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
        let found = match self.broken.len() {
            0 => {
                "nothing found; `hushwing rerun DIR --pairs 10` says how good the search was".into()
            }
            broken => format!("{broken} claims BROKEN"),
        };
        format!("Judged {looks} times while it flew, and whole to {until}: {found}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stories;

    /// Somebody is there, and that is all.
    struct Silent;

    impl Ground for Silent {
        fn arriving(&mut self, now: Tick, into: &mut Vec<u8>) {
            if now.0.is_multiple_of(TICKS_PER_S) {
                let beat = [0, 0, 0, 0, 6, 8, 0, 4, 3];
                into.extend(evidence::wire::framed((245, 190), 0, 0, &beat, 50));
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
}
