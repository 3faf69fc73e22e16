//! The life of a file on the card: from its first write through renames to its end.
//!
//! A path may be used more than once; each time is a life of its own. A life holds all that was ever written to it,
//! whatever was wiped afterwards.
//!
//! **Never:** forgets what a wipe has covered.

use evidence::card::{CardImage, Operation, Write};
use evidence::{Link, Recording, Tick};
use std::collections::BTreeMap;

/// How a life ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It was deleted.
    Deleted,
    /// New contents, or another file, took its place.
    Replaced,
}

/// One file as the card's writes made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life<'a> {
    /// Its last path.
    pub path: &'a str,
    /// When it was first written.
    pub born: Tick,
    /// When it got its last path.
    pub named: Tick,
    /// The path that it was born with.
    pub first_path: &'a str,
    /// All that was written to it, in order.
    pub bytes: Vec<u8>,
    /// Tick of each write, and where in `bytes` it starts.
    pub writes: Vec<(Tick, usize)>,
    /// When it was last wiped.
    pub wiped: Option<Tick>,
    /// When and how it ended.
    pub ended: Option<(Tick, End)>,
}

impl<'a> Life<'a> {
    fn begin(path: &'a str, tick: Tick) -> Self {
        Self {
            path,
            born: tick,
            named: tick,
            first_path: path,
            bytes: Vec::new(),
            writes: Vec::new(),
            wiped: None,
            ended: None,
        }
    }

    /// When the byte at `offset` was written.
    pub fn tick_at(&self, offset: usize) -> Tick {
        let after = self.writes.partition_point(|(_, start)| *start <= offset);
        after.checked_sub(1).map_or(self.born, |i| self.writes[i].0)
    }

    /// Whether it lies on the card at `tick`, the tick of its end included.
    pub fn lies_at(&self, tick: Tick) -> bool {
        self.named <= tick && self.ended.is_none_or(|(end, _)| tick <= end)
    }

    /// When it was last written to.
    pub fn last_write(&self) -> Tick {
        self.writes.last().map_or(self.born, |(tick, _)| *tick)
    }

    /// The lengths that it has had, up to `tick`.
    pub fn lengths(&self, tick: Tick) -> impl Iterator<Item = usize> + '_ {
        let ends = self.writes.iter().skip(1).map(|(_, start)| *start).chain([self.bytes.len()]);
        let known = self.writes.iter().filter(move |(at, _)| *at <= tick).count();
        ends.take(known)
    }

    fn take(&mut self, tick: Tick, data: &[u8]) {
        self.writes.push((tick, self.bytes.len()));
        self.bytes.extend_from_slice(data);
    }
}

/// Every life of a recording's card, and what they add up to.
pub fn of(recording: &Recording) -> (Vec<Life<'_>>, CardImage) {
    let mut lives: Vec<Life<'_>> = Vec::new();
    let mut alive: BTreeMap<&str, usize> = BTreeMap::new();
    let mut folded = CardImage::new();
    for said in recording.transcript.on(Link::Card) {
        let Some(write) = Write::decode(said.bytes) else { continue };
        let tick = said.tick;
        let mut end = |lives: &mut Vec<Life<'_>>, path: &str, how| {
            if let Some(place) = alive.remove(path) {
                lives[place].ended = Some((tick, how));
            }
        };
        match write.operation {
            Operation::Replace => end(&mut lives, write.path, End::Replaced),
            Operation::Delete => end(&mut lives, write.path, End::Deleted),
            Operation::Append | Operation::Rename | Operation::Wipe => {}
        }
        match write.operation {
            Operation::Append | Operation::Replace => {
                let place = *alive.entry(write.path).or_insert(lives.len());
                if place == lives.len() {
                    lives.push(Life::begin(write.path, tick));
                }
                lives[place].take(tick, write.data);
            }
            Operation::Rename => {
                if let (Some(to), Some(place)) = (write.new_path(), alive.remove(write.path)) {
                    if let Some(other) = alive.insert(to, place) {
                        lives[other].ended = Some((tick, End::Replaced));
                    }
                    (lives[place].path, lives[place].named) = (to, tick);
                }
            }
            Operation::Wipe => {
                if let Some(place) = alive.get(write.path) {
                    lives[*place].wiped = Some(tick);
                }
            }
            Operation::Delete => {}
        }
        write.apply(&mut folded);
    }
    (lives, folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Transcript;

    fn lived(writes: &[(u64, Operation, &str, &[u8])]) -> String {
        let mut recording = Recording::default();
        for (tick, operation, path, data) in writes {
            let bytes = Write { operation: *operation, path, data }.encode();
            Transcript::hear(&mut recording.transcript, Tick(*tick), Link::Card, &bytes);
        }
        let tell = |life: &Life<'_>| {
            let end = life.ended.map(|(tick, how)| format!(" {how:?} at {}", tick.0));
            let wiped = life.wiped.map(|tick| format!(" wiped at {}", tick.0));
            let bytes = life.bytes.escape_ascii();
            let (wiped, end) = (wiped.unwrap_or_default(), end.unwrap_or_default());
            format!("{} from {}: {bytes}{wiped}{end}", life.path, life.born.0)
        };
        of(&recording).0.iter().map(tell).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn each_use_of_a_path_is_a_life_of_its_own_and_a_rename_is_none() {
        use Operation::{Append, Delete, Rename, Replace, Wipe};
        for (writes, expected) in [
            (&[(1, Append, "A", &b"x"[..]), (2, Append, "A", b"y")][..], "A from 1: xy"),
            (
                &[(1, Replace, "A", b"x"), (2, Replace, "A", b"y")],
                "A from 1: x Replaced at 2; A from 2: y",
            ),
            (
                &[(1, Append, "A", b"x"), (3, Wipe, "A", b""), (3, Delete, "A", b"")],
                "A from 1: x wiped at 3 Deleted at 3",
            ),
            (
                &[(1, Append, "A.TMP", b"x"), (2, Rename, "A.TMP", b"A"), (3, Append, "A", b"y")],
                "A from 1: xy",
            ),
            (
                &[(1, Append, "A", b"x"), (2, Append, "B", b"y"), (3, Rename, "B", b"A")],
                "A from 1: x Replaced at 3; A from 2: y",
            ),
        ] {
            assert_eq!(lived(writes), expected);
        }
    }
}
