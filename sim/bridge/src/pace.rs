//! When each tick is due: by a schedule from the first one, so that nothing adds up.
//!
//! Ticks go in small batches, for a sleep per tick would cost more than the tick. A batch that begins late is counted and
//! the next ones go without a wait until the schedule is met; whoever falls behind by more than that could hide in (a
//! machine that slept) sets the schedule anew.
//!
//! **Never:** reads a clock: the time on the wall is an argument.

use evidence::{TICK_S, Tick};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Time on the wall that one batch fills.
const BATCH: Duration = Duration::from_millis(4);

/// A tick that begins so much after it was due is late.
pub const LATE_AFTER: Duration = Duration::from_millis(20);

/// Behind by more than this, the schedule begins anew.
pub const SLIPS_AFTER: Duration = Duration::from_secs(1);

/// How fast simulated time goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// So many simulated seconds in one on the wall.
    Times(f64),
    /// As fast as the machine can.
    Max,
}

impl Speed {
    /// Whether simulated time may go faster than the wall's.
    #[must_use]
    pub fn is_faster(self) -> bool {
        match self {
            Self::Times(times) => times > 1.0,
            Self::Max => true,
        }
    }
}

impl FromStr for Speed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "max" {
            return Ok(Self::Max);
        }
        let times = text.parse().ok().filter(|times| (0.01..=1000.0).contains(times));
        times.map(Self::Times).ok_or_else(|| {
            format!("`{text}`: write a number from 0.01 to 1000, such as 2, or the word max")
        })
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Times(times) => write!(f, "{times}"),
            Self::Max => f.write_str("max"),
        }
    }
}

/// What is to be done before a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Go.
    Now,
    /// Wait so long, then go.
    In(Duration),
    /// Go; so many ticks begin late.
    Late(u64),
    /// Go; the schedule was given up and begins here anew.
    Anew,
}

/// The schedule of a flight.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    speed: Speed,
    batch_ticks: u64,
    /// A tick and when it was due.
    from: Option<(Tick, Duration)>,
}

impl Pace {
    /// A schedule that begins with the first tick that is asked for.
    #[must_use]
    pub fn at(speed: Speed) -> Self {
        let batch_ticks = match speed {
            Speed::Times(times) => ((BATCH.as_secs_f64() * times / TICK_S) as u64).max(1),
            Speed::Max => 1,
        };
        Self { speed, batch_ticks, from: None }
    }

    /// What is to be done before this tick, at this time on the wall.
    pub fn due(&mut self, tick: Tick, now: Duration) -> Due {
        let Speed::Times(times) = self.speed else { return Due::Now };
        let (first, began) = *self.from.get_or_insert((tick, now));
        let gone = tick.0.saturating_sub(first.0);
        if !gone.is_multiple_of(self.batch_ticks) {
            return Due::Now;
        }
        let due = began + Duration::from_secs_f64(gone as f64 * TICK_S / times);
        if now < due {
            return Due::In(due - now);
        }
        let behind = now - due;
        if behind > SLIPS_AFTER {
            self.from = Some((tick, now));
            Due::Anew
        } else if behind > LATE_AFTER {
            Due::Late(self.batch_ticks)
        } else {
            Due::Now
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn every_batch_waits_for_its_own_moment_from_the_first_tick() {
        let mut pace = Pace::at(Speed::Times(1.0));
        for (name, tick, now_ms, expected) in [
            ("the first begins the schedule", 0, 500, Due::Now),
            ("the second of a batch goes along", 1, 500, Due::Now),
            ("the next batch waits", 2, 501, Due::In(ms(3))),
            ("a wait that took too long", 4, 520, Due::Now),
            ("is made up for", 6, 521, Due::Now),
            ("and then it is as if nothing had been", 20, 523, Due::In(ms(17))),
            ("late", 22, 565, Due::Late(2)),
            ("not told again within the batch", 23, 566, Due::Now),
            ("an hour later nothing has added up", 1_800_000, 500, Due::In(ms(3_600_000))),
        ] {
            assert_eq!(pace.due(Tick(tick), ms(now_ms)), expected, "{name}");
        }
    }

    #[test]
    fn a_machine_that_slept_goes_on_from_there() {
        let mut pace = Pace::at(Speed::Times(1.0));
        assert_eq!(pace.due(Tick(0), ms(0)), Due::Now);
        assert_eq!(pace.due(Tick(2), ms(9000)), Due::Anew);
        assert_eq!(pace.due(Tick(4), ms(9000)), Due::In(ms(4)));
    }

    #[test]
    fn another_speed_has_other_moments_and_other_batches() {
        for (speed, tick, expected) in [
            (Speed::Times(2.0), 4, Due::In(ms(4))),
            (Speed::Times(2.0), 2, Due::Now),
            (Speed::Times(50.0), 1000, Due::In(ms(40))),
            (Speed::Times(0.1), 1, Due::In(ms(20))),
            (Speed::Max, 1_000_000, Due::Now),
        ] {
            let mut pace = Pace::at(speed);
            assert_eq!(pace.due(Tick(0), ms(0)), Due::Now);
            assert_eq!(pace.due(Tick(tick), ms(0)), expected, "{speed}");
        }
    }

    #[test]
    fn a_speed_is_a_number_of_sense_or_max() {
        for (text, speed) in
            [("1", Speed::Times(1.0)), ("0.5", Speed::Times(0.5)), ("max", Speed::Max)]
        {
            assert_eq!(text.parse(), Ok(speed));
            assert_eq!(speed.to_string(), text);
        }
        for text in ["", "0", "-1", "1001", "NaN", "inf", "fast"] {
            assert!(text.parse::<Speed>().unwrap_err().contains(text), "{text}");
        }
    }
}
