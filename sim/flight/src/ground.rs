//! Whoever else speaks to the vehicle from the ground: a live client, or the record of one.
//!
//! Every byte that reaches the radio of a flight with such a ground is kept with its tick, whoever said it, and what
//! a record holds is all that is said when it is played.
//!
//! **Never:** knows a socket; lets one seat hear what another does not.

use evidence::{Link, Personality, Tick, Transcript, told};

/// Whoever else speaks to the vehicle from the ground and hears it, tick by tick.
pub trait Ground: Send + Sync {
    /// Bytes that reach the vehicle's radio in this tick, appended to `into`. Waiting in here is what paces a live
    /// flight.
    fn arriving(&mut self, now: Tick, into: &mut Vec<u8>);

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
    Live(Box<dyn Ground>, Personality),
    /// A live flight's record alone.
    Record(Transcript, Personality),
}

impl Source {
    pub(crate) fn is_script(&self) -> bool {
        matches!(self, Self::Script)
    }

    /// Whose ways the vehicle has with ground stations.
    pub(crate) fn personality(&self) -> Personality {
        match self {
            Self::Script => Personality::Px4,
            Self::Live(_, personality) | Self::Record(_, personality) => *personality,
        }
    }
}

/// A ground, and what has been heard so far.
pub struct Listening {
    source: Source,
    heard: Transcript,
    /// Of a record, how many of its entries have been played.
    played: usize,
    bytes: Vec<u8>,
}

impl Listening {
    /// Nothing heard yet.
    #[must_use]
    pub fn to(source: Source) -> Self {
        Self { source, heard: Transcript::default(), played: 0, bytes: Vec::new() }
    }

    /// What arrives in this tick.
    pub fn arriving(&mut self, now: Tick) -> &[u8] {
        self.bytes.clear();
        match &mut self.source {
            Source::Script => {}
            Source::Live(ground, _) => ground.arriving(now, &mut self.bytes),
            Source::Record(record, _) => {
                while let Some(said) = record.get(self.played).filter(|said| said.tick <= now) {
                    self.bytes.extend_from_slice(said.bytes);
                    self.played += 1;
                }
            }
        }
        &self.bytes
    }

    /// Keeps what reached the radio in this tick.
    pub fn keep(&mut self, now: Tick, reached: &[u8]) {
        if !self.source.is_script() && !reached.is_empty() {
            self.heard.hear(now, Link::Radio, reached);
        }
    }

    /// Tells a live ground what seat 0 said.
    pub fn said(&mut self, now: Tick, emissions: &[(Link, Vec<u8>)]) {
        if let Source::Live(ground, _) = &mut self.source {
            ground.said(now, emissions);
        }
    }

    /// Whether the flight is over after this tick.
    #[must_use]
    pub fn ends(&self, now: Tick) -> bool {
        match &self.source {
            Source::Script => false,
            Source::Live(ground, _) => ground.ends(now),
            Source::Record(record, _) => told::end(record).is_some_and(|end| now.0 + 1 >= end.0),
        }
    }

    /// All that was heard in a flight that was over at `end`; nothing where only the script spoke.
    #[must_use]
    pub fn finish(mut self, end: Tick) -> Option<Transcript> {
        if self.source.is_script() {
            return None;
        }
        self.heard.hear(end, Link::Radio, b"");
        Some(self.heard)
    }
}
