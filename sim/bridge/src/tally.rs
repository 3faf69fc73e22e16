//! What went through a bridge and what did not, counted while it runs.
//!
//! **Never:** counts down.

use evidence::{Tick, Transcript};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Frames of clients that reached the flight.
    Heard,
    /// Frames of the vehicle that reached a client, once for each.
    Said,
    /// Bytes that were in no sound frame.
    Noise,
    /// Frames of clients that were more than their share.
    Flooding,
    /// Frames of clients for which the flight had no room.
    Crowded,
    /// Frames of the vehicle for which a client had no room.
    Unread,
    /// Frames of the vehicle that were not handed out in time.
    Behind,
    /// Clients for whom there was no place.
    Refused,
    /// Clients that were cut off because they read nothing for too long.
    Stalled,
    /// Ticks that began later than they may.
    MissedTicks,
    /// Times at which the flight fell so far behind that its clock was set anew.
    Slips,
}

impl Count {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::Heard,
        Self::Said,
        Self::Noise,
        Self::Flooding,
        Self::Crowded,
        Self::Unread,
        Self::Behind,
        Self::Refused,
        Self::Stalled,
        Self::MissedTicks,
        Self::Slips,
    ];

    /// Those that count whole frames which were lost.
    pub const DROPPED: [Self; 4] = [Self::Flooding, Self::Crowded, Self::Unread, Self::Behind];

    fn what(self) -> &'static str {
        match self {
            Self::Heard => "frames heard",
            Self::Said => "frames said, once for each client",
            Self::Noise => "bytes in no sound frame",
            Self::Flooding => "frames dropped: a client's flood",
            Self::Crowded => "frames dropped: more from all clients than a tick takes",
            Self::Unread => "frames dropped: a client does not read fast enough",
            Self::Behind => "frames dropped: the network's thread is behind",
            Self::Refused => "clients refused: too many",
            Self::Stalled => "clients cut off: they read nothing",
            Self::MissedTicks => "ticks that began late",
            Self::Slips => "times the flight's clock was set anew",
        }
    }
}

/// All counts of one bridge.
#[derive(Debug, Default)]
pub struct Tally {
    counts: [AtomicU64; Count::ALL.len()],
    clients: AtomicU64,
    tick: AtomicU64,
    kept_bytes: AtomicU64,
}

impl Tally {
    /// Counts more of something.
    pub fn add(&self, count: Count, more: usize) {
        self.counts[count as usize].fetch_add(more as u64, Ordering::Relaxed);
    }

    /// How much was counted.
    #[must_use]
    pub fn of(&self, count: Count) -> u64 {
        self.counts[count as usize].load(Ordering::Relaxed)
    }

    /// Frames lost for any reason.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        Count::DROPPED.into_iter().map(|count| self.of(count)).sum()
    }

    /// Clients that have been heard lately.
    #[must_use]
    pub fn clients(&self) -> u64 {
        self.clients.load(Ordering::Relaxed)
    }

    /// The tick that the flight has come to.
    #[must_use]
    pub fn tick(&self) -> Tick {
        Tick(self.tick.load(Ordering::Relaxed))
    }

    /// Memory that the flight's evidence takes: what was heard and said, and once more what was written to the card. Its
    /// truth and its track are not in it, which take two kilobytes a second.
    #[must_use]
    pub fn kept_bytes(&self) -> u64 {
        self.kept_bytes.load(Ordering::Relaxed)
    }

    /// Counts one record of the evidence.
    pub(crate) fn keep(&self, bytes: usize) {
        self.kept_bytes.fetch_add((bytes + Transcript::RECORD_BYTES) as u64, Ordering::Relaxed);
    }

    pub(crate) fn set_clients(&self, clients: usize) {
        self.clients.store(clients as u64, Ordering::Relaxed);
    }

    pub(crate) fn set_tick(&self, tick: Tick) {
        self.tick.store(tick.0, Ordering::Relaxed);
    }

    /// Everything that was counted, a line each, but for what never happened.
    #[must_use]
    pub fn told(&self) -> String {
        let mut text = String::new();
        for count in Count::ALL.into_iter().filter(|count| self.of(*count) > 0) {
            let _ = writeln!(text, "  {:>9} {}", self.of(count), count.what());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_count_has_its_own_place_and_only_what_happened_is_told() {
        let tally = Tally::default();
        assert_eq!(tally.told(), "");
        for (i, count) in Count::ALL.into_iter().enumerate() {
            tally.add(count, i + 1);
        }
        for (i, count) in Count::ALL.into_iter().enumerate() {
            assert_eq!(tally.of(count), i as u64 + 1, "{count:?}");
        }
        assert_eq!((tally.told().lines().count(), tally.dropped()), (11, 4 + 5 + 6 + 7));
    }
}
