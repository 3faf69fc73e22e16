//! Commands that come again because nobody heard the answer: answered again, and not carried out again.
//!
//! **Never:** takes two commands for one that differ in a bit; remembers more than a handful.

use super::hear::Sender;
use crate::radio::frame::Component;
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
    to: Component,
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
        let same = self.kept.iter().flatten().find(|kept| {
            kept.is_of(given.number, sender)
                && kept.bits == bits(given)
                && now.0 <= kept.at.0 + AGAIN_TICKS
        });
        same.map(|kept| kept.answer)
    }

    /// Remembers an answer, or that it follows.
    pub(super) fn keep(&mut self, given: &Given, sender: Sender, answer: Option<u8>, now: Tick) {
        let (from, to) = ((sender.system, sender.component), sender.to);
        let kept = Kept { at: now, from, to, number: given.number, bits: bits(given), answer };
        // The same command anew takes the place of what was said to it before.
        let is_same = |old: &Option<Kept>| {
            old.is_some_and(|old| old.is_of(given.number, sender) && old.bits == kept.bits)
        };
        let place = self.kept.iter().position(is_same).unwrap_or(self.next);
        self.kept[place] = Some(kept);
        if place == self.next {
            self.next = (self.next + 1) % KEPT_MAX;
        }
    }

    /// The answer that was to follow is given: to all that wait for one of this number, for it is the same.
    pub(super) fn settle(&mut self, number: u16, sender: Sender, answer: u8) {
        let waiting = self.kept.iter_mut().flatten().filter(|kept| kept.answer.is_none());
        waiting
            .filter(|kept| kept.is_of(number, sender))
            .for_each(|kept| kept.answer = Some(answer));
    }
}

impl Kept {
    fn is_of(&self, number: u16, sender: Sender) -> bool {
        (self.number, self.from, self.to) == (number, (sender.system, sender.component), sender.to)
    }
}

fn bits(given: &Given) -> [u64; 7] {
    given.p.map(f64::to_bits)
}
