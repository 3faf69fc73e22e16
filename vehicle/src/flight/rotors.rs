//! Which rotor has stopped, told from what the speed controllers say against what they were asked.
//!
//! **Never:** takes a silent or a broken bus for a stopped rotor: where half of them seem to stand, it is the bus.

use crate::senses::{ROTORS_MAX, Thrust};

/// A rotor that turns at less than this part of what was asked of it does not follow.
pub(crate) const FOLLOWS_PART: f64 = 0.2;
/// It is lost when it does not follow for so many readings (30 ms).
pub(crate) const READINGS: u8 = 3;

/// How long each rotor has not followed.
#[derive(Clone, Debug)]
pub struct Rotors {
    count: usize,
    asked_radps: [f64; ROTORS_MAX],
    lags: [u8; ROTORS_MAX],
    lost: Option<usize>,
}

impl Rotors {
    /// All of them follow.
    pub fn new(count: usize) -> Self {
        let count = count.min(ROTORS_MAX);
        Self { count, asked_radps: [0.0; ROTORS_MAX], lags: [0; ROTORS_MAX], lost: None }
    }

    /// Remembers what was asked, smoothed by what a motor needs to follow.
    pub fn ask(&mut self, thrust: &Thrust) {
        for (asked, now) in self.asked_radps.iter_mut().zip(thrust.rotor_radps) {
            *asked += 0.03 * (now - *asked);
        }
    }

    /// Hears one reading; the rotor, from 0, that was lost with it.
    pub fn hear(&mut self, told_radps: &[f64; ROTORS_MAX]) -> Option<usize> {
        let is_told = told_radps.iter().all(|radps| radps.is_finite());
        let follows = |i: usize| told_radps[i] >= FOLLOWS_PART * self.asked_radps[i];
        let lagging = (0..self.count).filter(|&i| !follows(i)).count();
        if !is_told || 2 * lagging >= self.count {
            self.lags = [0; ROTORS_MAX];
            return None;
        }
        for i in 0..self.count {
            self.lags[i] = if follows(i) { 0 } else { self.lags[i].saturating_add(1) };
        }
        let found = (0..self.count).find(|&i| self.lags[i] >= READINGS)?;
        if self.lost.is_some() {
            return None;
        }
        self.lost = Some(found);
        self.lost
    }

    /// The rotor, from 0, that has stopped.
    pub fn lost(&self) -> Option<usize> {
        self.lost
    }

    /// Starts anew: the motors are asked to stand.
    pub fn rest(&mut self) {
        *self = Self::new(self.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotor_is_lost_when_it_alone_does_not_follow_for_long() {
        // told of four rotors that were asked for 500 rad/s, how often -> lost
        for (told, readings, expected) in [
            ([500.0, 480.0, 510.0, 500.0], 50, None),
            ([500.0, 0.0, 510.0, 500.0], 2, None),
            ([500.0, 0.0, 510.0, 500.0], 3, Some(1)),
            ([90.0, 500.0, 500.0, 500.0], 50, Some(0)),
            ([150.0, 500.0, 500.0, 500.0], 50, None),
            ([0.0, 0.0, 500.0, 500.0], 50, None),
            ([f64::NAN, 500.0, 500.0, 500.0], 50, None),
            ([0.0, 0.0, 0.0, 0.0], 50, None),
            ([f64::NAN, f64::NAN, f64::NAN, 500.0], 50, None),
        ] {
            let mut rotors = Rotors::new(4);
            let mut asked = Thrust::default();
            asked.rotor_radps[..4].fill(500.0);
            for _ in 0..500 {
                rotors.ask(&asked);
            }
            let mut all = [0.0; ROTORS_MAX];
            all[..4].copy_from_slice(&told);
            let found: alloc::vec::Vec<_> =
                (0..readings).filter_map(|_| rotors.hear(&all)).collect();
            assert_eq!(found.first().copied(), expected, "{told:?}");
            assert!(found.len() <= 1 && rotors.lost() == expected);
        }
    }
}
