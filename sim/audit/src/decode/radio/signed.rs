//! Signatures under the vehicle's own frames: right, under the key that the pilot set up, and at a time that says
//! nothing: the station's clock at the set-up, taken on by the ticks, and one more for each further frame of a tick.
//!
//! **Never:** lets a bit of a timestamp be free.

use crate::case::{Line, Sender};
use crate::decode::Faults;
use evidence::scenario::Act;
use evidence::{Link, TICKS_PER_S, Tick};
use sha2::{Digest, Sha256};

const SETUP_SIGNING: u32 = 256;
/// Timestamps count in steps of 10 µs.
const STEPS_PER_TICK: u64 = 100_000 / TICKS_PER_S;
/// Link (1), timestamp (6) and signature (6).
pub const LENGTH: usize = 13;
/// A live vehicle, on which many may call at once, takes a frame in within 100 ms.
const HEARD_TICKS_MAX: u64 = 50;

/// A key, the station's clock, and when it was set up.
#[derive(Clone, Copy)]
struct Key {
    key: [u8; 32],
    timestamp: u64,
    tick: Tick,
}

/// What has been signed so far.
#[derive(Default)]
pub struct Signatures {
    keys: Vec<Key>,
    resets: Vec<Tick>,
    /// The number of the port as signatures have it.
    link: u8,
    last: u64,
    /// When the station's set-up was taken in, which its key's clock counts from.
    began: Option<(Tick, Tick)>,
}

impl Signatures {
    /// Every key that the pilot of a live flight set up; one of zeros ends signing.
    pub fn of(case: &Line<'_, '_>) -> Self {
        let setups =
            case.whole.asked.iter().filter(|a| a.id == SETUP_SIGNING && a.by == Sender::Pilot);
        let keys = setups.filter_map(|asked| {
            let wire = asked.padded::<42>();
            let (timestamp, rest) = wire.split_first_chunk::<8>()?;
            let (target, key) = rest.split_first_chunk::<2>()?;
            let is_for_us = target.iter().all(|id| *id <= 1);
            let (key, timestamp) = (key.try_into().ok()?, u64::from_le_bytes(*timestamp));
            // A signature has no room for a longer time, and no key is taken with one.
            let has_room = timestamp >> 48 == 0;
            (is_for_us && has_room).then_some(Key { key, timestamp, tick: asked.tick })
        });
        let resets =
            case.whole.heard.by_pilot(case.end()).filter(|h| *h.act == Act::ResetsToFactory);
        let resets = resets.map(|heard| heard.tick).collect();
        let link = u8::from(case.link == Link::Telemetry2);
        Self { keys: keys.collect(), resets, link, last: 0, began: None }
    }

    /// Checks a frame, up to its checksum, and what lies behind it.
    pub fn check(
        &mut self,
        tick: Tick,
        frame: &[u8],
        signature: Option<&[u8]>,
        faults: &mut Faults<'_>,
    ) {
        let Some(signature) = signature else {
            // What is signed once is signed until somebody on the ground ends it.
            let ended = self.began.is_none_or(|(setup, _)| {
                let later = |at: &Tick| setup < *at && *at <= tick;
                self.keys
                    .iter()
                    .map(|key| key.tick)
                    .chain(self.resets.iter().copied())
                    .any(|at| later(&at))
            });
            return faults.must(ended, "MAVLink frame is not signed any more");
        };
        let (stamp, digest) = signature.split_at(LENGTH - 6);
        let is_under = |key: &&Key| {
            let all = Sha256::new_with_prefix(key.key).chain_update(frame).chain_update(stamp);
            key.tick <= tick && all.finalize()[..6] == *digest
        };
        let Some(key) = self.keys.iter().rev().find(is_under).copied() else {
            return faults.unlisted(None, "MAVLink signature is not under the pilot's key");
        };
        let told = stamp[1..].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
        // The first frame under a key shows when it was taken in, within the time that a live vehicle has for that.
        let began = match self.began {
            Some((setup, began)) if setup == key.tick => began,
            Some(_) | None => {
                let ticks = told.saturating_sub(key.timestamp) / STEPS_PER_TICK;
                let began = Tick(tick.0.saturating_sub(ticks));
                let is_soon = key.tick <= began && began.0 <= key.tick.0 + HEARD_TICKS_MAX;
                faults.must(is_soon, "MAVLink signature begins at another time than its key");
                (self.began, self.last) = (Some((key.tick, began)), 0);
                began
            }
        };
        let clock = key.timestamp + (tick.0 - began.0) * STEPS_PER_TICK;
        let expected = clock.max(self.last + 1);
        let is_due = stamp[0] == self.link && told == expected;
        faults.must(is_due, "MAVLink signature has a time of its own");
        self.last = told;
    }
}
