//! Whoever else speaks to the vehicle from the ground: a live client, or the record of one.
//!
//! Every byte that reaches a telemetry port of a flight with such a ground is kept with its tick, whoever said it, and what
//! a record holds is all that is said when it is played.
//!
//! **Never:** knows a socket; lets one seat hear what another does not.

mod reached;
mod waiting;

pub use reached::Reached;

use evidence::{Link, Scenario, Tick, Transcript, Ways, told};
use waiting::Waiting;

/// Whoever else speaks to the vehicle from the ground and hears it, tick by tick.
pub trait Ground: Send + Sync {
    /// Bytes that reach the vehicle in this tick, appended to `into`. Waiting in here is what paces a live flight.
    fn arriving(&mut self, now: Tick, into: &mut Reached);

    /// What reached the vehicle in this tick, whoever sent it.
    fn heard(&mut self, _now: Tick, _reached: &Reached) {}

    /// What seat 0 said in this tick.
    fn said(&mut self, now: Tick, emissions: &[(Link, Vec<u8>)]);

    /// Whether the flight is to end after this tick.
    fn ends(&self, now: Tick) -> bool;
}

/// What a flight hears from the ground beside its script.
pub enum Source {
    /// The script alone.
    Script,
    /// The script, if it says anything, and somebody live, to whom the vehicle has such ways.
    Live(Box<dyn Ground>, Ways),
    /// A live flight's record alone.
    Record(Transcript, Ways),
}

impl Source {
    /// Whose ways the vehicle of a story has with ground stations.
    pub(crate) fn ways(&self, scenario: &Scenario) -> Ways {
        match self {
            Self::Script => scenario.ways(),
            Self::Live(_, ways) | Self::Record(_, ways) => *ways,
        }
    }
}

/// A ground, and what has been heard so far.
pub struct Listening {
    source: Source,
    heard: Transcript,
    /// Of a record, how many of its entries have been played.
    played: usize,
    reached: Reached,
    story: Scenario,
    /// Of a live flight, while its story waits for somebody.
    waiting: Option<Waiting>,
}

impl Listening {
    /// Nothing heard yet.
    #[must_use]
    pub fn to(source: Source, scenario: &Scenario) -> Self {
        let (story, waiting) = match &source {
            Source::Script => (scenario.clone(), None),
            Source::Record(record, _) => (told::waited(scenario, record).0, None),
            Source::Live(..) => {
                let (story, waits) = told::waited(scenario, &Transcript::default());
                (story, (!waits.is_empty()).then(|| Waiting::of(scenario)))
            }
        };
        Self {
            source,
            heard: Transcript::default(),
            played: 0,
            reached: Reached::default(),
            story,
            waiting,
        }
    }

    /// The story as it goes, as far as is heard.
    #[must_use]
    pub fn story(&self) -> Scenario {
        self.story.clone()
    }

    /// Whether the script alone speaks.
    #[must_use]
    pub fn is_script(&self) -> bool {
        matches!(self.source, Source::Script)
    }

    /// Whether the script's own ground station is there: beside a live one only if it has something to say.
    #[must_use]
    pub fn has_script(&self, scenario: &Scenario) -> bool {
        match self.source {
            Source::Script => true,
            Source::Live(..) => scenario.speaks(),
            Source::Record(..) => false,
        }
    }

    /// What arrives in this tick.
    pub fn arriving(&mut self, now: Tick) -> &Reached {
        self.reached.clear();
        match &mut self.source {
            Source::Script => {}
            Source::Live(ground, _) => match &mut self.waiting {
                None => ground.arriving(now, &mut self.reached),
                Some(waiting) => waiting.arriving(now, ground.as_mut(), &mut self.reached),
            },
            Source::Record(record, _) => {
                while let Some(said) = record.get(self.played).filter(|said| said.tick <= now) {
                    self.reached.on(said.link).extend_from_slice(said.bytes);
                    self.played += 1;
                }
            }
        }
        &self.reached
    }

    /// Keeps what reached the vehicle in this tick.
    pub fn keep(&mut self, now: Tick, reached: &Reached) {
        if self.is_script() || reached.is_empty() {
            return;
        }
        for (link, bytes) in reached.ports().into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
            self.heard.hear(now, link, bytes);
        }
        let is_new = !self.waiting.as_ref().is_some_and(|waiting| waiting.is_made_again(now));
        if let Source::Live(ground, _) = &mut self.source
            && is_new
        {
            ground.heard(now, reached);
        }
        if let Some(waiting) = &mut self.waiting
            && let Some(story) = waiting.hear(now, reached, &self.heard, &self.story)
        {
            self.story = story;
        }
    }

    /// Tells a live ground what seat 0 said.
    pub fn said(&mut self, now: Tick, emissions: &[(Link, Vec<u8>)]) {
        if let Source::Live(ground, _) = &mut self.source {
            match &mut self.waiting {
                None => ground.said(now, emissions),
                Some(waiting) => waiting.said(now, ground.as_mut(), emissions),
            }
            if self.waiting.as_ref().is_some_and(|waiting| waiting.is_over(now)) {
                self.waiting = None;
            }
        }
    }

    /// Whether the flight is over after this tick, or must be made again to it.
    #[must_use]
    pub fn ends(&self, now: Tick) -> bool {
        match &self.source {
            Source::Script => false,
            Source::Live(ground, _) => match &self.waiting {
                Some(waiting) if waiting.is_made_again(now) => false,
                _ => self.has_come() || ground.ends(now),
            },
            Source::Record(record, _) => told::end(record).is_some_and(|end| now.0 + 1 >= end.0),
        }
    }

    /// Whether it was somebody's coming that ended the flight: it is to be made again, and goes on.
    #[must_use]
    pub fn has_come(&self) -> bool {
        self.waiting.as_ref().is_some_and(Waiting::has_come)
    }

    /// The same ground for the same flight once more.
    #[must_use]
    pub fn again(mut self) -> Self {
        self.heard = Transcript::default();
        self.waiting = self.waiting.map(Waiting::again);
        self
    }

    /// All that was heard in a flight that was over at `end`; nothing where only the script spoke.
    #[must_use]
    pub fn finish(mut self, end: Tick) -> Option<Transcript> {
        if self.is_script() {
            return None;
        }
        self.heard.hear(end, Link::Radio, b"");
        Some(self.heard)
    }
}
