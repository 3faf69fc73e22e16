//! How much of a transfer one tick may tell.
//!
//! **Never:** looks at what is transferred.

use crate::senses::{TICKS_PER_S, Tick};

const CALM_EVERY_TICKS: u64 = TICKS_PER_S / 50;
/// Of 90 bytes each: 2 MB/s.
const PIECES: usize = 45;
/// Of 90 bytes each: 360 kB/s, 4,000 messages a second, which a station written in Python reads without a loss.
const PIECES_OF_A_LONG_PART: usize = 8;
/// Of 239 bytes each: a burst is over in 14 ms, and the station asks on.
const ANSWERS: usize = 32;

/// How fast transfers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// One piece in 20 ms, over a link that has room for no more.
    Calm,
    /// As fast as a station on a wire reads.
    Brisk,
}

impl Pace {
    /// Pieces of a log in this tick.
    pub(crate) fn pieces(self, now: Tick, is_long: bool) -> usize {
        match self {
            Self::Calm => calm(now),
            Self::Brisk if is_long => PIECES_OF_A_LONG_PART,
            Self::Brisk => PIECES,
        }
    }

    /// Answers of a burst in this tick.
    pub(crate) fn answers(self, now: Tick) -> usize {
        match self {
            Self::Calm => calm(now),
            Self::Brisk => ANSWERS,
        }
    }
}

fn calm(now: Tick) -> usize {
    usize::from(now.0.is_multiple_of(CALM_EVERY_TICKS))
}
