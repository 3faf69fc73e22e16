//! Whoever signs with a key: which frames are, and are new.
//!
//! A frame is signed once: by its time, which goes on for each sender and link. A sender that has not been heard may be
//! a minute behind the newest, and no older than the key.
//!
//! **Never:** takes a frame twice; goes on for a signature that is wrong.

use crate::wire::Frame;

/// So far a sender that was not heard before may be behind the newest: steps of 10 µs.
const MINUTE_STEPS: u64 = 6_000_000;
/// Most senders that are told apart.
const SENDERS_MAX: usize = 8;

/// A key, and who has signed with it when.
#[derive(Clone)]
pub struct Signer {
    key: [u8; 32],
    floor: u64,
    newest: Vec<((u8, u8, u8), u64)>,
}

impl Signer {
    /// With this key from this time on.
    pub fn new(key: [u8; 32], floor: u64) -> Self {
        Self { key, floor, newest: Vec::new() }
    }

    /// Whether a frame is signed with the key, and newer than its sender's last; older ones are void then.
    pub fn has_signed(&mut self, frame: &Frame<'_>) -> bool {
        let Some((link, time)) = frame.link_and_time().filter(|_| frame.is_signed_with(&self.key))
        else {
            return false;
        };
        let sender = (frame.system, frame.component, link);
        let newest = self.newest.iter().map(|(_, time)| *time).fold(self.floor, u64::max);
        let behind = self.floor.max(newest.saturating_sub(MINUTE_STEPS + 1));
        let known = self.newest.iter().position(|(of, _)| *of == sender);
        let last = known.map_or(behind, |place| self.newest[place].1);
        if time <= last || (known.is_none() && self.newest.len() == SENDERS_MAX) {
            return false;
        }
        match known {
            Some(place) => self.newest[place].1 = time,
            None => self.newest.push((sender, time)),
        }
        true
    }
}
