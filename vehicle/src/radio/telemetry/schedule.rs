//! What is due at a tick, and the rates that ground stations have asked for.
//!
//! A message with a period of so many ticks leaves at every multiple of it, counted from the first power-on: two
//! messages never drift against each other.
//!
//! **Never:** tells anything more often than 50 times a second, whoever asks; takes the heartbeat away.

use super::Told;
use super::catalogue::{HEARTBEAT, ROWS, ROWS_MAX};
use crate::gate::Parcel;
use crate::senses::{Streams, TICKS_PER_S, Tick};
use alloc::vec::Vec;

/// Ticks in so many microseconds.
const TICK_US: i64 = 1_000_000 / TICKS_PER_S as i64;
/// Nothing is told more often, ticks.
const PERIOD_TICKS_MIN: u32 = TICKS_PER_S as u32 / 50;

/// How often a message is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interval {
    /// As often as by itself.
    Usual,
    /// Not at all.
    Never,
    /// Once in so many ticks.
    Ticks(u32),
}

impl Interval {
    /// As a command or an answer has it, in microseconds: 0 is the usual, -1 never. None where it makes no sense.
    pub(crate) fn of_us(interval_us: f64) -> Option<Self> {
        match interval_us {
            0.0 => Some(Self::Usual),
            -1.0 => Some(Self::Never),
            us if us > 0.0 && us <= f64::from(i32::MAX) => {
                let ticks = libm::round(us) as i64 / TICK_US;
                Some(Self::Ticks((ticks as u32).max(PERIOD_TICKS_MIN)))
            }
            _ => None,
        }
    }
}

/// How often each message is told.
pub(crate) struct Schedule {
    streams: Streams,
    asked: [Interval; ROWS_MAX],
    /// Nothing is due but at multiples of this number of ticks.
    step_ticks: u32,
}

impl Schedule {
    /// As after power-on.
    pub(crate) fn usual(streams: Streams) -> Self {
        let mut schedule = Self { streams, asked: [Interval::Usual; ROWS_MAX], step_ticks: 1 };
        schedule.step();
        schedule
    }

    /// Whether anything may be due at a tick: most ticks have nothing, and need not be told what it would be made of.
    pub(crate) fn is_moment(&self, now: Tick) -> bool {
        now.0.is_multiple_of(u64::from(self.step_ticks))
    }

    /// All messages that are due at a tick, in their fixed order.
    pub(crate) fn due(&self, now: Tick, told: &Told<'_>) -> Vec<Parcel> {
        self.places_due(now).filter_map(|place| ROWS[place].parcel(told)).collect()
    }

    /// The places in the catalogue of what is due.
    pub(super) fn places_due(&self, now: Tick) -> impl Iterator<Item = usize> {
        let places = if self.is_moment(now) { 0..ROWS_MAX } else { 0..0 };
        places.filter(move |&place| {
            let ticks = self.ticks(place);
            ticks.is_some_and(|ticks| now.0.is_multiple_of(u64::from(ticks)))
        })
    }

    /// Takes on a rate; false where there is no such message or it may not be so. `may_slow` says whether the asker
    /// may have a message told less often than it is.
    pub(crate) fn set(&mut self, id: u32, interval: Interval, may_slow: bool) -> bool {
        let Some(place) = place(id) else { return false };
        let usual = ROWS[place].usual_ticks(self.streams);
        let wanted = match interval {
            Interval::Usual => usual,
            Interval::Never => None,
            Interval::Ticks(ticks) => Some(ticks),
        };
        let rate = |ticks: Option<u32>| ticks.map_or(0.0, |ticks| 1.0 / f64::from(ticks));
        let is_kept = id != HEARTBEAT || wanted == usual;
        if !is_kept || !(may_slow || rate(wanted) >= rate(self.ticks(place))) {
            return false;
        }
        self.asked[place] = interval;
        self.step();
        true
    }

    /// How often a message is told, in microseconds; -1 where it is not, 0 where there is none such.
    pub(crate) fn interval_us(&self, id: u32) -> i32 {
        let Some(place) = place(id) else { return 0 };
        self.ticks(place).map_or(-1, |ticks| (i64::from(ticks) * TICK_US) as i32)
    }

    fn ticks(&self, place: usize) -> Option<u32> {
        match self.asked[place] {
            Interval::Usual => ROWS[place].usual_ticks(self.streams),
            Interval::Never => None,
            Interval::Ticks(ticks) => Some(ticks),
        }
    }

    fn step(&mut self) {
        let all = (0..ROWS_MAX).filter_map(|place| self.ticks(place));
        self.step_ticks = all.fold(0, greatest_common_divisor).max(1);
    }
}

fn place(id: u32) -> Option<usize> {
    ROWS.iter().position(|row| row.id == id)
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
