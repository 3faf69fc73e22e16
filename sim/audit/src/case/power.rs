//! When the vehicle was on, from which boot it counts, and which firmware it then had.
//!
//! **Never:** takes the vehicle's word for a boot.

use evidence::scenario::{Act, Card};
use evidence::{Evidence, Tick};

const VERSION: &str = "0.1.0";
const VERSION_UPDATED: &str = "0.1.1";

/// The spans in which the vehicle had power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Power {
    ons: Vec<Tick>,
    offs: Vec<Tick>,
    updates: Vec<Tick>,
    cuts: Vec<Tick>,
    is_card_always_healthy: bool,
}

impl Power {
    /// As truth tells it. A flight whose truth tells of no power-on has one at its first tick.
    pub fn of(evidence: &Evidence) -> Self {
        let truth = &evidence.truth;
        let mut ons = truth.power_ons.clone();
        if ons.is_empty() {
            ons.push(Tick(0));
        }
        let of = |wanted: fn(&Act) -> bool| {
            let beats = evidence.scenario.beats.iter().filter(|beat| wanted(&beat.does));
            beats.map(|beat| Tick::at_s(beat.at_s)).collect::<Vec<_>>()
        };
        let turns = of(|act| matches!(act, Act::CardTurns(turn) if *turn != Card::Healthy));
        Self {
            ons,
            offs: truth.power_offs.clone(),
            updates: of(|act| matches!(act, Act::Updates { .. })),
            cuts: of(|act| matches!(act, Act::CutsPower { .. })),
            is_card_always_healthy: evidence.scenario.card == Card::Healthy && turns.is_empty(),
        }
    }

    /// The last power-on at `tick` or before.
    pub fn boot(&self, tick: Tick) -> Tick {
        self.ons.iter().copied().filter(|on| *on <= tick).max().unwrap_or(Tick(0))
    }

    /// Whether it is switched on at exactly this tick.
    pub fn is_boot(&self, tick: Tick) -> bool {
        self.ons.contains(&tick)
    }

    /// Every power-on.
    pub fn boots(&self) -> &[Tick] {
        &self.ons
    }

    /// Whether it is without power.
    pub fn is_off(&self, tick: Tick) -> bool {
        let before = |ticks: &[Tick]| ticks.iter().copied().filter(|at| *at <= tick).max();
        before(&self.offs).is_some_and(|off| before(&self.ons).is_none_or(|on| on < off))
    }

    /// Version of the firmware at `tick`.
    pub fn version(&self, tick: Tick) -> &'static str {
        let boot = self.boot(tick);
        let is_updated = self.updates.iter().any(|update| *update < boot);
        if is_updated { VERSION_UPDATED } else { VERSION }
    }

    /// Whether a write may have been torn by a power cut, or refused by the card.
    pub fn is_card_doubtful(&self) -> bool {
        !self.cuts.is_empty() || !self.is_card_always_healthy
    }
}
