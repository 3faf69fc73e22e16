//! The vehicle's power: on, off for a while, or about to be torn away from a write.
//!
//! **Never:** chooses a moment by what is written; a cut waits for seat 0's next write, whatever that is.

use evidence::Tick;
use evidence::scenario::outages::CUT_WITHIN_S;
use evidence::scenario::{Act, Scenario};
use std::collections::VecDeque;

/// The version that every vehicle leaves the factory with.
pub const FACTORY_VERSION: &str = "0.1.0";
/// The version after an update.
const UPDATED_VERSION: &str = "0.1.1";

/// What the vehicle gets in a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// Nothing.
    Off,
    /// Power.
    On,
    /// Power, for the first time after it had none.
    Boots,
    /// Power up to the next write, of which so many bytes land.
    Tears(usize),
}

/// The power over the story.
pub struct Mains {
    outages: VecDeque<Outage>,
    now: Supply,
}

struct Outage {
    from: Tick,
    to: Tick,
    /// Of a cut: how much of the torn write lands.
    tears: Option<usize>,
}

impl Mains {
    /// As the story has it.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let spans = scenario.outages().power;
        let acts = scenario.beats.iter().map(|b| &b.does).filter(|act| act.off_s().is_some());
        let outage = |((from, to), act): (_, &Act)| Outage {
            from,
            to,
            tears: match act {
                Act::CutsPower { kept_bytes, .. } => Some(*kept_bytes as usize),
                _ => None,
            },
        };
        Self { outages: spans.into_iter().zip(acts).map(outage).collect(), now: Supply::Off }
    }

    /// What the vehicle gets in the tick that was turned to last.
    #[must_use]
    pub fn now(&self) -> Supply {
        self.now
    }

    /// Turns to a tick. At the very first the vehicle boots.
    pub fn turn(&mut self, now: Tick) {
        let was_off = self.now == Supply::Off;
        self.outages.pop_front_if(|outage| outage.to <= now);
        self.now = match self.outages.front() {
            Some(outage) if outage.from <= now => match outage.tears {
                Some(kept_bytes) if now.0 < outage.from.0 + Tick::at_s(CUT_WITHIN_S).0 => {
                    Supply::Tears(kept_bytes)
                }
                _ => Supply::Off,
            },
            _ if was_off => Supply::Boots,
            _ => Supply::On,
        };
    }

    /// A write was torn: there is no power from the next tick on.
    pub fn cut(&mut self) {
        if let Some(outage) = self.outages.front_mut() {
            outage.tears = None;
        }
    }
}

/// The versions of the firmware at each boot of a story.
#[must_use]
pub fn versions(scenario: &Scenario) -> Vec<&'static str> {
    let mut versions = vec![FACTORY_VERSION];
    for act in scenario.beats.iter().map(|beat| &beat.does) {
        if act.off_s().is_some() {
            let last = versions[versions.len() - 1];
            let is_update = matches!(act, Act::Updates { .. });
            versions.push(if is_update { UPDATED_VERSION } else { last });
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario(beats: &str) -> Scenario {
        let text = format!(
            r#"(title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1,
                length_s: 9.0, expects: {{}}, beats: [{beats}])"#
        );
        ron::from_str(&text).unwrap()
    }

    #[test]
    fn a_reboot_is_off_at_once_and_a_cut_waits_for_its_write() {
        let mut mains = Mains::of(&scenario(
            "(at_s: 1.0, does: Reboots(off_s: 1.0)),
             (at_s: 3.0, does: CutsPower(off_s: 2.0, kept_bytes: 5)),
             (at_s: 6.0, does: CutsPower(off_s: 2.0, kept_bytes: 7))",
        ));
        for (tick, expected) in [
            (0, Supply::Boots),
            (1, Supply::On),
            (499, Supply::On),
            (500, Supply::Off),
            (999, Supply::Off),
            (1000, Supply::Boots),
            (1001, Supply::On),
            (1500, Supply::Tears(5)),
            (1749, Supply::Tears(5)),
            (1750, Supply::Off),
            (2500, Supply::Boots),
            (3000, Supply::Tears(7)),
        ] {
            mains.turn(Tick(tick));
            assert_eq!(mains.now(), expected, "{tick}");
        }
        mains.cut();
        mains.turn(Tick(3001));
        assert_eq!(mains.now(), Supply::Off);
    }

    #[test]
    fn an_update_lasts() {
        let beats =
            "(at_s: 1.0, does: Reboots(off_s: 1.0)), (at_s: 3.0, does: Updates(off_s: 1.0)),
                     (at_s: 5.0, does: CutsPower(off_s: 1.0, kept_bytes: 0))";
        assert_eq!(versions(&scenario(beats)), ["0.1.0", "0.1.0", "0.1.1", "0.1.1"]);
    }
}
