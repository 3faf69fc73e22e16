//! A live flight whose story waits for somebody.
//!
//! What comes after a wait is placed as late as it may be. When somebody comes it is placed anew, and the flight, which
//! so far is the same either way, is made again to this very tick from what arrived, at full speed: so no room of the
//! world has to know of waits. Whoever is live sees nothing of it but a moment's pause.
//!
//! **Never:** lets the second making differ from what was already said to somebody.

use super::{Ground, Reached};
use evidence::scenario::Scenario;
use evidence::told::{self, Wait};
use evidence::{Link, Tick, Transcript};
use std::collections::BTreeSet;

/// What it takes to make the flight so far again.
pub struct Waiting {
    scenario: Scenario,
    waits: Vec<Wait>,
    systems: BTreeSet<u8>,
    arrived: Transcript,
    said: Transcript,
    /// While it is made again: to when, and how much of both transcripts has been used.
    again: Option<(Tick, usize, usize)>,
    /// Somebody came in this tick.
    came: Option<Tick>,
}

impl Waiting {
    /// Nobody has come yet.
    pub fn of(scenario: &Scenario) -> Self {
        let (_, waits) = told::waited(scenario, &Transcript::default());
        Self {
            scenario: scenario.clone(),
            waits,
            systems: BTreeSet::new(),
            arrived: Transcript::default(),
            said: Transcript::default(),
            again: None,
            came: None,
        }
    }

    /// Whether this tick is one that has been before.
    pub fn is_made_again(&self, now: Tick) -> bool {
        self.again.is_some_and(|(to, ..)| now <= to)
    }

    /// What arrives, or arrived, in this tick.
    pub fn arriving(&mut self, now: Tick, ground: &mut dyn Ground, into: &mut Reached) {
        if let Some((to, arrived, _)) = &mut self.again
            && now <= *to
        {
            while let Some(word) = self.arrived.get(*arrived).filter(|word| word.tick <= now) {
                into.on(word.link).extend_from_slice(word.bytes);
                *arrived += 1;
            }
            return;
        }
        ground.arriving(now, into);
        for (link, bytes) in into.ports().into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
            self.arrived.hear(now, link, bytes);
        }
    }

    /// The story, if it is another one now that this has reached the vehicle.
    pub fn hear(
        &mut self,
        now: Tick,
        reached: &Reached,
        heard: &Transcript,
        story: &Scenario,
    ) -> Option<Scenario> {
        let known = self.systems.len();
        for (_, bytes) in reached.ports() {
            self.systems.extend(told::systems(bytes));
        }
        if self.systems.len() == known {
            return None;
        }
        let (other, waits) = told::waited(&self.scenario, heard);
        self.waits = waits;
        (other != *story).then(|| {
            self.came = Some(now);
            other
        })
    }

    /// Tells the ground what was said, once.
    ///
    /// # Panics
    /// Where the flight made again says something else: no evidence of it would be what somebody saw.
    pub fn said(&mut self, now: Tick, ground: &mut dyn Ground, emissions: &[(Link, Vec<u8>)]) {
        if let Some((to, _, said)) = &mut self.again
            && now <= *to
        {
            for (link, bytes) in emissions {
                let before = self.said.get(*said).map(|said| (said.tick, said.link, said.bytes));
                assert!(before == Some((now, *link, bytes)), "at {now} it says something else");
                *said += 1;
            }
            return;
        }
        ground.said(now, emissions);
        for (link, bytes) in emissions {
            self.said.hear(now, *link, bytes);
        }
    }

    /// Whether nobody is waited for any more, and nothing is left to be made again.
    pub fn is_over(&self, now: Tick) -> bool {
        let is_done = |wait: &Wait| wait.heard.is_some() || wait.until <= now;
        !self.has_come() && !self.is_made_again(now) && self.waits.iter().all(is_done)
    }

    /// Whether somebody has come for whom the story waited.
    pub fn has_come(&self) -> bool {
        self.came.is_some()
    }

    /// Makes the flight again, to the tick in which they came.
    pub fn again(mut self) -> Self {
        self.again = self.came.take().map(|to| (to, 0, 0));
        self
    }
}
