//! Which stills were taken since power-on, where and when; and the series of them that is under way.
//!
//! **Never:** remembers more than the last few; takes a still: it says when one is due.

use crate::senses::{TICKS_PER_S, Tick};
use alloc::collections::VecDeque;

/// Of so many stills more is known than that they were taken.
const REMEMBERED_MAX: usize = 64;

/// A still that is on the card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shot {
    /// How many there were before it, since power-on.
    pub index: u32,
    /// When it was whole, since power-on.
    pub up: Tick,
    /// Where the vehicle was then, if it knew.
    pub place: Option<Spot>,
}

/// Where the vehicle was, and where its nose pointed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// WGS 84, degrees.
    pub lat_deg: f64,
    /// WGS 84, degrees.
    pub lon_deg: f64,
    /// Above mean sea level, metres.
    pub alt_m: f64,
    /// Above the place of power-on, metres.
    pub height_m: f64,
    /// From north, radians.
    pub nose_rad: f64,
}

/// All of them.
pub(crate) struct Shots {
    count: u32,
    last: VecDeque<Shot>,
    series: Option<Series>,
}

/// Stills again and again.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Series {
    every_s: f64,
    count: Option<u32>,
    begun: Tick,
    done: u32,
}

impl Series {
    /// When its next still is due. Each is counted from the first, so that a long series does not drift.
    fn next(&self) -> Tick {
        let since_s = f64::from(self.done) * self.every_s;
        Tick(self.begun.0 + libm::ceil(since_s * TICKS_PER_S as f64 - 1e-9) as u64)
    }
}

impl Shots {
    /// None was taken, and none is to be.
    pub(crate) fn none() -> Self {
        Self { count: 0, last: VecDeque::new(), series: None }
    }

    /// Notes a still.
    pub(crate) fn add(&mut self, up: Tick, place: Option<Spot>) -> Shot {
        let shot = Shot { index: self.count, up, place };
        if self.last.len() == REMEMBERED_MAX {
            self.last.pop_front();
        }
        self.last.push_back(shot);
        self.count += 1;
        shot
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// One of them, if it is still remembered.
    pub(crate) fn get(&self, index: u32) -> Option<&Shot> {
        self.last.iter().find(|shot| shot.index == index)
    }

    /// Begins a series, in the place of any other.
    pub(crate) fn begin(&mut self, every_s: f64, count: Option<u32>, now: Tick) {
        self.series = Some(Series { every_s, count, begun: now, done: 0 });
    }

    /// Ends the series.
    pub(crate) fn stop(&mut self) {
        self.series = None;
    }

    /// Seconds from one still of the series to the next, if one is under way.
    pub(crate) fn pace_s(&self) -> Option<f64> {
        self.series.map(|series| series.every_s)
    }

    /// Whether a still of the series is due.
    pub(crate) fn is_due(&mut self, now: Tick) -> bool {
        let Some(series) = &mut self.series else { return false };
        if now < series.next() {
            return false;
        }
        series.done += 1;
        if series.count == Some(series.done) {
            self.series = None;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn taken(every_s: f64, count: Option<u32>, stopped_at: u64) -> Vec<u64> {
        let mut shots = Shots::none();
        shots.begin(every_s, count, Tick(7));
        let ticks = (7..2_000).filter(|tick| {
            if *tick == stopped_at {
                shots.stop();
            }
            shots.is_due(Tick(*tick))
        });
        ticks.collect()
    }

    #[test]
    fn a_series_keeps_its_pace_and_ends_with_its_count_or_on_the_word() {
        let never = u64::MAX;
        for (name, every_s, count, stopped_at, expected) in [
            ("three", 1.0, Some(3), never, &[7, 507, 1007][..]),
            ("one", 1.0, Some(1), never, &[7]),
            ("until stopped", 0.8, None, 900, &[7, 407, 807]),
            ("stopped in the tick of a still", 0.8, None, 807, &[7, 407]),
            ("to the end", 1.4, None, never, &[7, 707, 1407]),
            ("between ticks", 0.7013, Some(4), never, &[7, 358, 709, 1059]),
        ] {
            assert_eq!(taken(every_s, count, stopped_at), expected, "{name}");
        }
    }

    #[test]
    fn the_last_stills_are_remembered_and_all_are_counted() {
        let mut shots = Shots::none();
        for up in 0..100 {
            assert_eq!(shots.add(Tick(up), None).index, up as u32);
        }
        assert_eq!(shots.count(), 100);
        for (index, is_known) in [(0, false), (35, false), (36, true), (99, true), (100, false)] {
            assert_eq!(shots.get(index).is_some(), is_known, "{index}");
        }
    }
}
