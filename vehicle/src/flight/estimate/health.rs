//! Whether a sense is alive, and how long nothing of it was believed.
//!
//! A sensor that works is never twice exactly the same: what repeats itself is stuck or dead.
//!
//! **Never:** knows what a reading means.

use crate::senses::{TICK_S, Tick};

/// A reading that came so often without a change is stuck.
pub(crate) const REPEATS_MAX: u32 = 10;

/// Looks for a reading that repeats itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watch {
    last: f64,
    repeats: u32,
}

impl Watch {
    /// Nothing read yet.
    pub const fn unread() -> Self {
        Self { last: f64::NAN, repeats: 0 }
    }

    /// Takes in one reading; whether the sensor lives.
    pub fn is_live(&mut self, value: f64) -> bool {
        self.repeats = if value == self.last { self.repeats + 1 } else { 0 };
        self.last = value;
        value.is_finite() && self.repeats < REPEATS_MAX
    }

    /// Whether the last reading was that of a sensor that lives.
    pub fn was_live(&self) -> bool {
        self.last.is_finite() && self.repeats < REPEATS_MAX
    }
}

/// When a sense was last believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trust(Option<Tick>);

impl Trust {
    /// Not yet.
    pub const fn none() -> Self {
        Self(None)
    }

    /// It is believed now.
    pub fn renew(&mut self, now: Tick) {
        self.0 = Some(now);
    }

    /// Since when not, seconds; for ever where it never was.
    pub fn age_s(&self, now: Tick) -> f64 {
        self.0.map_or(f64::INFINITY, |at| (now.0.saturating_sub(at.0)) as f64 * TICK_S)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_itself_or_is_no_number_does_not_live() {
        for (readings, expected) in [
            ([1.0, 1.1, 1.0, 1.2].repeat(9), true),
            ([1.0].repeat(10), true),
            ([1.0].repeat(11), false),
            ([f64::NAN].repeat(2), false),
            ([[1.0].repeat(30), [1.5].to_vec()].concat(), true),
        ] {
            let mut watch = Watch::unread();
            let live = readings.iter().map(|value| watch.is_live(*value)).last();
            assert_eq!(live, Some(expected), "{readings:?}");
            assert_eq!(watch.was_live(), expected);
        }
    }
}
