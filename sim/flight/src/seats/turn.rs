//! What the last few ticks brought, kept until the seats that do not fly take their turn.
//!
//! One seat after the other then takes all these ticks at once, so that its memory and the firmware's code are fetched
//! once a turn and not once a tick.
//!
//! **Never:** changes what a seat learns in a tick.

use super::Arrivals;
use crate::ground::Reached;
use crate::mains::Supply;
use crate::sensors::Readings;
use crate::sensors::microphone::Sound;
use evidence::Tick;
use evidence::scenario::{Card as Health, Server};

/// Ticks of a turn where anybody but the first rides.
const TICKS: usize = 25;

/// The ticks since the last turn.
pub(super) struct Turn {
    /// Kept after a turn, so that the next one finds its memory.
    moments: Vec<Moment>,
    taken: usize,
}

/// All that a tick brought, but for the seats' own secrets.
pub(super) struct Moment {
    pub(super) now: Tick,
    pub(super) readings: Readings,
    pub(super) server: Server,
    pub(super) cards_turn: Option<Health>,
    pub(super) supply: Supply,
    sounds: Vec<Sound>,
    reached: Vec<Reached>,
}

impl Turn {
    /// Nothing yet.
    pub(super) const EMPTY: Self = Self { moments: Vec::new(), taken: 0 };

    /// Keeps what a tick brings.
    pub(super) fn take_in(&mut self, arrivals: Arrivals<'_>) -> &mut Moment {
        let place = self.taken;
        self.taken += 1;
        match self.moments.get_mut(place) {
            Some(moment) => moment.become_of(arrivals),
            None => self.moments.push(Moment::of(arrivals)),
        }
        &mut self.moments[place]
    }

    /// The ticks so far.
    pub(super) fn moments(&self) -> &[Moment] {
        &self.moments[..self.taken]
    }

    /// Whether the seats take their turn now: where only one rides, there is none to wait for.
    pub(super) fn is_full(&self, seats: usize) -> bool {
        self.taken == if seats > 1 { TICKS } else { 1 }
    }

    /// The next turn begins.
    pub(super) fn clear(&mut self) {
        self.taken = 0;
    }
}

impl Moment {
    fn of(arrivals: Arrivals<'_>) -> Self {
        let Arrivals { now, readings, microphone, pilot, server, cards_turn, supply } = arrivals;
        let (sounds, reached) = (microphone.sounds().to_vec(), pilot.reached().to_vec());
        Self { now, readings, server, cards_turn, supply, sounds, reached }
    }

    fn become_of(&mut self, arrivals: Arrivals<'_>) {
        let Arrivals { now, readings, microphone, pilot, server, cards_turn, supply } = arrivals;
        (self.now, self.readings, self.server) = (now, readings, server);
        (self.cards_turn, self.supply) = (cards_turn, supply);
        microphone.sounds().clone_into(&mut self.sounds);
        pilot.reached().clone_into(&mut self.reached);
    }

    /// What a set of voices sounds like in this tick.
    pub(super) fn heard(&self, set: usize) -> &Sound {
        self.sounds.get(set).unwrap_or(&self.sounds[0])
    }

    /// What reaches a seat with this set of secrets in this tick.
    pub(super) fn reached(&self, set: usize) -> &Reached {
        self.reached.get(set).unwrap_or(&self.reached[0])
    }
}
