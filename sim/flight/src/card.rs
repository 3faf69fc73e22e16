//! A seat's removable card: the files, and how well it takes writes.
//!
//! What a torn write leaves behind is the first part of its data; what is refused leaves nothing. Renaming,
//! deleting and wiping are done whole or not at all. The tap listens behind the plug: it hears what the card took.
//!
//! **Never:** looks into a file; treats one seat's writes otherwise than another's.

use evidence::Tick;
use evidence::card::{CardImage, Operation, Write};
use evidence::scenario::{Act, Card as Health, Scenario};
use std::collections::VecDeque;
use vehicle::senses::Storage;

/// What an empty card holds.
const CAPACITY_BYTES: u64 = 8_000_000_000;
/// What a full card has left.
const LEFT_BYTES: u64 = 200_000;
/// What a slow card needs for a write: 0.2 s.
const SLOW_TICKS: u64 = 100;

/// How the cards take writes, over the story; the same for every seat.
pub struct Healths {
    turns: Vec<(Tick, Health)>,
    next: usize,
}

impl Healths {
    /// As the story has it.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let turn = |act: &Act| if let Act::CardTurns(to) = act { Some(*to) } else { None };
        let beats = scenario.beats.iter();
        let mut turns = vec![(Tick(0), scenario.card)];
        turns.extend(beats.filter_map(|b| Some((Tick::at_s(b.at_s), turn(&b.does)?))));
        Self { turns, next: 0 }
    }

    /// What the cards turn to in this tick, if anything; ticks do not go back.
    pub fn turn(&mut self, now: Tick) -> Option<Health> {
        let mut to = None;
        while let Some((_, health)) = self.turns.get(self.next).filter(|(at, _)| *at <= now) {
            to = Some(*health);
            self.next += 1;
        }
        to
    }
}

/// One seat's card.
pub struct Card {
    image: CardImage,
    health: Health,
    capacity_bytes: u64,
    used_bytes: u64,
    under_way: VecDeque<(Tick, Vec<u8>)>,
    writes_since_turned: u64,
    has_failed: bool,
}

impl Card {
    /// An empty card that takes everything.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            image: CardImage::new(),
            health: Health::Healthy,
            capacity_bytes: CAPACITY_BYTES,
            used_bytes: 0,
            under_way: VecDeque::new(),
            writes_since_turned: 0,
            has_failed: false,
        }
    }

    /// From now on it takes writes like this.
    pub fn turn(&mut self, to: Health) {
        self.settle();
        self.health = to;
        self.writes_since_turned = 0;
        self.capacity_bytes = match to {
            Health::Full => self.used_bytes + LEFT_BYTES,
            Health::Healthy | Health::Slow | Health::Failing => CAPACITY_BYTES,
        };
    }

    /// Ends the writes that are due.
    pub fn proceed(&mut self, now: Tick) {
        while let Some((_, bytes)) = self.under_way.pop_front_if(|(at, _)| *at <= now) {
            self.carry_out(&bytes);
        }
    }

    /// Ends every write under way: a card has power enough of its own for that.
    pub fn settle(&mut self) {
        while let Some((_, bytes)) = self.under_way.pop_front() {
            self.carry_out(&bytes);
        }
    }

    /// Takes an emission; gives back what of it landed. What is no lawful write has been said all the same, but
    /// no card takes it.
    pub fn take(&mut self, now: Tick, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let Some(write) = Write::decode(&bytes) else { return Some(bytes) };
        let number = self.writes_since_turned;
        self.writes_since_turned += 1;
        let kept = match self.health {
            Health::Healthy | Health::Slow => Kept::Whole,
            Health::Full if self.has_room_for(&write) => Kept::Whole,
            Health::Full => Kept::Nothing,
            Health::Failing => match number % 4 {
                1 => Kept::First(write.data.len() / 2),
                3 => Kept::Whole,
                _ => Kept::Nothing,
            },
        };
        self.land(now, bytes, kept)
    }

    /// Takes an emission in the tick in which the power fails.
    pub fn take_torn(&mut self, now: Tick, bytes: Vec<u8>, kept_bytes: usize) -> Option<Vec<u8>> {
        self.settle();
        self.land(now, bytes, Kept::First(kept_bytes))
    }

    /// The files at the end.
    #[must_use]
    pub fn into_image(mut self) -> CardImage {
        self.settle();
        self.image
    }

    fn land(&mut self, now: Tick, bytes: Vec<u8>, kept: Kept) -> Option<Vec<u8>> {
        let Some(write) = Write::decode(&bytes) else { return Some(bytes) };
        let landed = match (kept, write.operation) {
            (Kept::Whole, _) => bytes,
            (Kept::First(count), Operation::Append | Operation::Replace) => {
                let data = &write.data[..count.min(write.data.len())];
                self.has_failed = data.len() < write.data.len();
                let torn = Write { data, ..write }.encode();
                self.carry_out(&torn);
                return Some(torn);
            }
            (Kept::First(_), Operation::Delete | Operation::Rename | Operation::Wipe)
            | (Kept::Nothing, _) => {
                self.has_failed = true;
                return None;
            }
        };
        self.has_failed = false;
        match self.health {
            Health::Slow => {
                self.under_way.push_back((Tick(now.0 + SLOW_TICKS), landed.clone()));
            }
            Health::Healthy | Health::Full | Health::Failing => self.carry_out(&landed),
        }
        Some(landed)
    }

    fn has_room_for(&self, write: &Write<'_>) -> bool {
        let old = self.image.get(write.path).map_or(0, Vec::len) as u64;
        let more = match write.operation {
            Operation::Append => write.data.len() as u64,
            Operation::Replace => (write.data.len() as u64).saturating_sub(old),
            Operation::Delete | Operation::Rename | Operation::Wipe => 0,
        };
        more <= self.free_bytes()
    }

    fn carry_out(&mut self, bytes: &[u8]) {
        let Some(write) = Write::decode(bytes) else { return };
        let length = |image: &CardImage, path: &str| image.get(path).map_or(0, Vec::len) as u64;
        let both = |image: &CardImage| {
            length(image, write.path) + write.new_path().map_or(0, |to| length(image, to))
        };
        let before = both(&self.image);
        write.apply(&mut self.image);
        self.used_bytes = self.used_bytes - before + both(&self.image);
    }
}

/// How much of a write lands.
#[derive(Clone, Copy)]
enum Kept {
    Whole,
    /// So many bytes of its data.
    First(usize),
    Nothing,
}

impl Storage for Card {
    fn length(&self, path: &str) -> Option<usize> {
        self.image.get(path).map(Vec::len)
    }

    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8] {
        let file = self.image.get(path).map_or(&[][..], Vec::as_slice);
        let start = offset.min(file.len());
        &file[start..offset.saturating_add(length).clamp(start, file.len())]
    }

    fn paths(&self) -> Vec<String> {
        self.image.keys().cloned().collect()
    }

    fn free_bytes(&self) -> u64 {
        self.capacity_bytes.saturating_sub(self.used_bytes)
    }

    fn has_failed(&self) -> bool {
        self.has_failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn append(data: &[u8]) -> Vec<u8> {
        Write { operation: Operation::Append, path: "A", data }.encode()
    }

    fn landed(card: &mut Card, now: u64, bytes: Vec<u8>) -> Option<usize> {
        card.take(Tick(now), bytes).map(|bytes| bytes.len() - append(b"").len())
    }

    #[test]
    fn a_failing_card_refuses_cuts_and_takes_in_turn_and_says_so() {
        let mut card = Card::empty();
        card.turn(Health::Failing);
        for (expected, has_failed) in
            [(None, true), (Some(2), true), (None, true), (Some(4), false), (None, true)]
        {
            assert_eq!(landed(&mut card, 0, append(b"abcd")), expected);
            assert_eq!(card.has_failed(), has_failed);
        }
        let delete = Write { operation: Operation::Delete, path: "A", data: b"" }.encode();
        assert_eq!(card.take(Tick(0), delete), None);
        assert_eq!(card.into_image()["A"], b"ababcd");
    }

    #[test]
    fn a_full_card_takes_200_kb_more_and_then_what_was_made_room_for() {
        let mut card = Card::empty();
        landed(&mut card, 0, append(&[7; 1000]));
        card.turn(Health::Full);
        assert_eq!(card.free_bytes(), 200_000);
        assert_eq!(landed(&mut card, 1, append(&[7; 200_001])), None);
        assert_eq!(landed(&mut card, 1, append(&[7; 200_000])), Some(200_000));
        assert_eq!((card.free_bytes(), landed(&mut card, 2, append(b"a"))), (0, None));
        let delete = Write { operation: Operation::Delete, path: "A", data: b"" }.encode();
        assert!(card.take(Tick(3), delete).is_some());
        assert_eq!(card.free_bytes(), 201_000);
    }

    #[test]
    fn a_slow_card_ends_its_writes_later_in_order_and_before_the_power_is_gone() {
        let mut card = Card::empty();
        card.turn(Health::Slow);
        landed(&mut card, 10, append(b"ab"));
        card.proceed(Tick(109));
        assert_eq!(card.length("A"), None);
        card.proceed(Tick(110));
        assert_eq!(card.length("A"), Some(2));
        landed(&mut card, 120, append(b"cd"));
        let torn = card.take_torn(Tick(130), append(b"efgh"), 3);
        assert_eq!(torn, Some(append(b"efg")));
        assert_eq!(card.into_image()["A"], b"abcdefg");
    }
}
