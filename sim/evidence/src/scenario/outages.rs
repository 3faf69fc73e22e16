//! When the vehicle has no power, and when it hears nobody.
//!
//! **Never:** knows what else befalls it.

use super::{Act, Scenario};
use crate::Tick;

/// A power cut waits this long for a write to tear.
pub const CUT_WITHIN_S: f64 = 0.5;

/// Spans of ticks, each from its first to before its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outages {
    /// Without power. Where a power cut waits for a write, it begins later, but by [`CUT_WITHIN_S`] at most.
    pub power: Vec<(Tick, Tick)>,
    /// Without a link to the ground.
    pub link: Vec<(Tick, Tick)>,
}

impl Scenario {
    /// The outages of this story.
    #[must_use]
    pub fn outages(&self) -> Outages {
        let span = |at_s, for_s| {
            let from = Tick::at_s(at_s);
            (from, Tick(from.0 + Tick::at_s(for_s).0))
        };
        let power = self.beats.iter().filter_map(|b| Some(span(b.at_s, b.does.off_s()?)));
        let link = self.beats.iter().filter_map(|b| match b.does {
            Act::LosesLink { for_s } => Some(span(b.at_s, for_s)),
            _ => None,
        });
        Outages { power: power.collect(), link: link.collect() }
    }
}

impl Outages {
    /// Whether there is no power at `tick`.
    #[must_use]
    pub fn is_off(&self, tick: Tick) -> bool {
        holds(&self.power, tick)
    }

    /// Whether what is sent from the ground at `tick` reaches a vehicle that is on.
    #[must_use]
    pub fn hears(&self, tick: Tick) -> bool {
        !self.is_off(tick) && !holds(&self.link, tick)
    }

    /// When the vehicle was last switched on, at `tick` or before.
    #[must_use]
    pub fn boot(&self, tick: Tick) -> Tick {
        let ons = self.power.iter().map(|(_, on)| *on).filter(|on| *on <= tick);
        ons.max().unwrap_or(Tick(0))
    }
}

fn holds(spans: &[(Tick, Tick)], tick: Tick) -> bool {
    spans.iter().any(|(from, to)| *from <= tick && tick < *to)
}
