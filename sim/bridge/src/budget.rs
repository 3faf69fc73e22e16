//! How much one client may say: a bucket that fills at a steady rate.
//!
//! It holds a flood off the vehicle and off the record of what reached it, which grows by every frame; a ground station at
//! its busiest (a stick at 50 Hz while a mission goes up) needs a fifth of it, and a file goes up block by block at 120 KB/s.
//!
//! **Never:** reads a clock; lets one client use up another's share.

use std::time::Duration;

/// Frames a second that a client may say for ever.
pub const FRAMES_PER_S: f64 = 500.0;

/// Frames that it may say at once.
pub const FRAMES_AT_ONCE: f64 = 500.0;

/// What a client may still say.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    frames: f64,
    at: Duration,
}

impl Budget {
    /// A full one, at a moment.
    #[must_use]
    pub fn full(now: Duration) -> Self {
        Self { frames: FRAMES_AT_ONCE, at: now }
    }

    /// Takes one frame out, if one is left.
    pub fn takes(&mut self, now: Duration) -> bool {
        let gone_s = now.saturating_sub(self.at).as_secs_f64();
        self.at = self.at.max(now);
        self.frames = (self.frames + gone_s * FRAMES_PER_S).min(FRAMES_AT_ONCE);
        let is_left = self.frames >= 1.0;
        if is_left {
            self.frames -= 1.0;
        }
        is_left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_gets_its_share_and_whoever_keeps_to_it_everything() {
        for (asked_per_s, expected) in [(50, 500), (450, 4500), (10_000, 5499)] {
            let mut budget = Budget::full(Duration::ZERO);
            let moments = (0..10 * asked_per_s).map(|i| f64::from(i) / f64::from(asked_per_s));
            let taken = moments.filter(|at| budget.takes(Duration::from_secs_f64(*at))).count();
            assert!(taken.abs_diff(expected) <= 1, "{asked_per_s} a second: {taken}");
        }
    }

    #[test]
    fn time_that_goes_back_fills_nothing() {
        let mut budget = Budget::full(Duration::from_secs(5));
        for _ in 0..500 {
            assert!(budget.takes(Duration::from_secs(5)));
        }
        for now in [1, 5, 2, 5] {
            assert!(!budget.takes(Duration::from_secs(now)), "{now}");
        }
    }
}
