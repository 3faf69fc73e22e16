//! What the story does to the satellites: when they are heard, and where false ones lead.
//!
//! **Never:** measures anything.

use evidence::scenario::{Act, Scenario};
use evidence::{TICK_S, Tick};
use glam::DVec3;
use vehicle::senses::GnssFix;

/// A receiver that was kept warm hears satellites so soon after power-on (u-blox M10: hot start 1 s).
const HOT_START_TICKS: u64 = 300;
/// After a time without satellites it has so long too few of them for a height.
const TWO_D_TICKS: u64 = 100;

/// The sky of a story.
pub struct Sky {
    deaf: Vec<(Tick, Tick)>,
    spoofs: Vec<Spoof>,
}

struct Spoof {
    from: Tick,
    to: Tick,
    jump_m: DVec3,
    walk_mps: DVec3,
}

impl Sky {
    /// That of a story.
    pub fn over(scenario: &Scenario) -> Self {
        let mut sky = Self { deaf: vec![(Tick(0), Tick(HOT_START_TICKS))], spoofs: Vec::new() };
        for beat in &scenario.beats {
            let from = Tick::at_s(beat.at_s);
            let end = |for_s: f64| Tick(from.0 + Tick::at_s(for_s).0);
            match &beat.does {
                Act::JamsGnss { for_s } => sky.deaf.push((from, end(*for_s))),
                Act::SpoofsGnss { jump_m, walk_mps, for_s } => sky.spoofs.push(Spoof {
                    from,
                    to: end(*for_s),
                    jump_m: DVec3::from(*jump_m),
                    walk_mps: DVec3::from(*walk_mps),
                }),
                _ => {}
            }
        }
        sky
    }

    /// What kind of fix there is.
    pub fn fix(&self, now: Tick) -> GnssFix {
        let since =
            |ticks: u64| self.deaf.iter().any(|(from, to)| *from <= now && now.0 < to.0 + ticks);
        if since(0) {
            GnssFix::None
        } else if since(TWO_D_TICKS) {
            GnssFix::TwoD
        } else {
            GnssFix::ThreeD
        }
    }

    /// How far and how fast away from the truth, east, north, up.
    pub fn leads_astray(&self, now: Tick) -> (DVec3, DVec3) {
        let acting = self.spoofs.iter().filter(|spoof| spoof.from <= now && now < spoof.to);
        acting.fold((DVec3::ZERO, DVec3::ZERO), |(astray_m, astray_mps), spoof| {
            let for_s = (now.0 - spoof.from.0) as f64 * TICK_S;
            (astray_m + spoof.jump_m + spoof.walk_mps * for_s, astray_mps + spoof.walk_mps)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sky(beats: &str) -> Sky {
        let text = format!(
            r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1,
                length_s: 9.0, expects: {{}}, beats: [{beats}])"#
        );
        Sky::over(&ron::from_str(&text).unwrap())
    }

    #[test]
    fn a_fix_comes_after_power_on_and_after_jamming_step_by_step() {
        let sky = sky("(at_s: 2.0, does: JamsGnss(for_s: 1.0))");
        for (tick, fix) in [
            (0, GnssFix::None),
            (299, GnssFix::None),
            (300, GnssFix::TwoD),
            (400, GnssFix::ThreeD),
            (999, GnssFix::ThreeD),
            (1_000, GnssFix::None),
            (1_499, GnssFix::None),
            (1_500, GnssFix::TwoD),
            (1_599, GnssFix::TwoD),
            (1_600, GnssFix::ThreeD),
        ] {
            assert_eq!(sky.fix(Tick(tick)), fix, "{tick}");
        }
    }

    #[test]
    fn false_satellites_jump_and_walk_and_are_gone() {
        let sky = sky("(at_s: 1.0, does: SpoofsGnss(jump_m: (5.0, 0.0, 0.0), for_s: 4.0)),
             (at_s: 2.0, does: SpoofsGnss(walk_mps: (0.0, 2.0, -1.0), for_s: 2.0))");
        for (at_s, astray_m, north_mps) in [
            (0.9, [0.0, 0.0, 0.0], 0.0),
            (1.0, [5.0, 0.0, 0.0], 0.0),
            (3.0, [5.0, 2.0, -1.0], 2.0),
            (4.0, [5.0, 0.0, 0.0], 0.0),
            (5.0, [0.0, 0.0, 0.0], 0.0),
        ] {
            let (found_m, found_mps) = sky.leads_astray(Tick::at_s(at_s));
            assert!((found_m - DVec3::from(astray_m)).length() < 1e-9, "{at_s}: {found_m}");
            assert_eq!(found_mps.y, north_mps, "{at_s}");
        }
    }
}
