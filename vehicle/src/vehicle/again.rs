//! Commands that come again because nobody heard the answer: answered again, and not carried out again.
//!
//! **Never:** takes two commands for one that differ in a bit; remembers more than a handful.

use super::hear::Sender;
use crate::radio::inbound::Given;
use crate::senses::{TICKS_PER_S, Tick};

/// A command that comes later is a new one, ticks.
const AGAIN_TICKS: u64 = 10 * TICKS_PER_S;
/// Most commands that are remembered.
const KEPT_MAX: usize = 16;

/// The last commands and their answers.
pub(super) struct Answered {
    kept: [Option<Kept>; KEPT_MAX],
    next: usize,
}

#[derive(Clone, Copy)]
struct Kept {
    at: Tick,
    from: (u8, u8),
    number: u16,
    bits: [u64; 7],
    answer: Option<u8>,
}

impl Answered {
    pub(super) fn none() -> Self {
        Self { kept: [None; KEPT_MAX], next: 0 }
    }

    /// The answer that was given to a command that comes again: none within where it is still to follow.
    pub(super) fn again(&self, given: &Given, sender: Sender, now: Tick) -> Option<Option<u8>> {
        if given.confirmation == 0 {
            return None;
        }
        let kept = self.kept.iter().flatten().find(|kept| {
            kept.from == (sender.system, sender.component)
                && (kept.number, kept.bits) == (given.number, bits(given))
                && now.0 <= kept.at.0 + AGAIN_TICKS
        });
        kept.map(|kept| kept.answer)
    }

    /// Remembers an answer, or that it follows.
    pub(super) fn keep(&mut self, given: &Given, sender: Sender, answer: Option<u8>, now: Tick) {
        let from = (sender.system, sender.component);
        let kept = Kept { at: now, from, number: given.number, bits: bits(given), answer };
        self.kept[self.next] = Some(kept);
        self.next = (self.next + 1) % KEPT_MAX;
    }
}

fn bits(given: &Given) -> [u64; 7] {
    given.p.map(f64::to_bits)
}
