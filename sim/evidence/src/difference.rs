//! The swap test's eye: the first difference between two seats on each link, in bytes and in time.
//!
//! The comparator is fed one tick at a time, so a twin needs no transcript of its own.
//!
//! **Never:** forgives a byte or a tick; decides which differences are lawful.

use crate::{Link, Tick, Transcript};
use serde::{Deserialize, Serialize};

/// How two seats came to differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DifferenceKind {
    /// Same number of bytes at the same place, other bytes.
    Content,
    /// Another number of bytes at the same place.
    Size,
    /// The same emissions within a tick, in another order.
    Order,
    /// One said something at this tick and the other did not.
    Presence,
}

/// The first place where a twin differs from seat 0 on one link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// On which link.
    pub link: Link,
    /// When.
    pub tick: Tick,
    /// How.
    pub kind: DifferenceKind,
    /// What seat 0 said there, if anything.
    #[serde(with = "crate::hex::optional_bytes")]
    pub seat0: Option<Vec<u8>>,
    /// What the twin said there, if anything.
    #[serde(with = "crate::hex::optional_bytes")]
    pub twin: Option<Vec<u8>>,
}

/// Holds the first difference found so far on each link.
#[derive(Clone, Debug, Default)]
pub struct Comparator {
    first: [Option<Difference>; Link::ALL.len()],
}

impl Comparator {
    /// Compares what both seats said at one tick. The order of links within a tick is compared too:
    /// an emission that changes places with one of another link differs on both.
    pub fn tick(&mut self, tick: Tick, seat0: &[(Link, Vec<u8>)], twin: &[(Link, Vec<u8>)]) {
        if seat0 == twin {
            return;
        }
        for (i, link) in Link::ALL.into_iter().enumerate() {
            let (ours, theirs) = (on(link, seat0), on(link, twin));
            if let Some(difference) = first_on(link, tick, &ours, &theirs) {
                self.first[i].get_or_insert(difference);
            }
        }
        self.note_order_across_links(tick, seat0, twin);
    }

    /// The first differences, in link order.
    #[must_use]
    pub fn finish(self) -> Vec<Difference> {
        self.first.into_iter().flatten().collect()
    }

    /// Compares two whole transcripts.
    #[must_use]
    pub fn compare(seat0: &Transcript, twin: &Transcript) -> Vec<Difference> {
        let mut comparator = Self::default();
        let (mut ours, mut theirs) = (seat0.iter().peekable(), twin.iter().peekable());
        while let Some(tick) = ours.peek().into_iter().chain(theirs.peek()).map(|s| s.tick).min() {
            let mut said = [Vec::new(), Vec::new()];
            while let Some(s) = ours.next_if(|s| s.tick == tick) {
                said[0].push((s.link, s.bytes.to_vec()));
            }
            while let Some(s) = theirs.next_if(|s| s.tick == tick) {
                said[1].push((s.link, s.bytes.to_vec()));
            }
            comparator.tick(tick, &said[0], &said[1]);
        }
        comparator.finish()
    }

    fn note_order_across_links(
        &mut self,
        tick: Tick,
        seat0: &[(Link, Vec<u8>)],
        twin: &[(Link, Vec<u8>)],
    ) {
        // A link that said more or less here has differed already, and shifts the others without any fault of
        // theirs; all others must take turns alike, even where what they say differs.
        let is_steady = |link: Link| on(link, seat0).len() == on(link, twin).len();
        let ours = seat0.iter().filter(|(link, _)| is_steady(*link));
        let theirs = twin.iter().filter(|(link, _)| is_steady(*link));
        for ((link, ours), (other, theirs)) in ours.zip(theirs) {
            if link == other {
                continue;
            }
            for l in [link, other] {
                let place = Link::ALL.iter().position(|x| x == l).unwrap_or(0);
                self.first[place].get_or_insert(Difference {
                    link: *l,
                    tick,
                    kind: DifferenceKind::Order,
                    seat0: Some(ours.clone()),
                    twin: Some(theirs.clone()),
                });
            }
            return;
        }
    }
}

fn on(link: Link, said: &[(Link, Vec<u8>)]) -> Vec<&Vec<u8>> {
    said.iter().filter(|(l, _)| *l == link).map(|(_, bytes)| bytes).collect()
}

fn first_on(link: Link, tick: Tick, ours: &[&Vec<u8>], theirs: &[&Vec<u8>]) -> Option<Difference> {
    let place = (0..ours.len().max(theirs.len())).find(|&i| ours.get(i) != theirs.get(i))?;
    let (a, b) = (ours.get(place), theirs.get(place));
    let kind = match (a, b) {
        _ if ours.len() != theirs.len() => DifferenceKind::Presence,
        _ if is_permutation(ours, theirs) => DifferenceKind::Order,
        (Some(a), Some(b)) if a.len() == b.len() => DifferenceKind::Content,
        _ => DifferenceKind::Size,
    };
    let bytes = |x: Option<&&Vec<u8>>| x.map(|v| (*v).clone());
    Some(Difference { link, tick, kind, seat0: bytes(a), twin: bytes(b) })
}

fn is_permutation(ours: &[&Vec<u8>], theirs: &[&Vec<u8>]) -> bool {
    let (mut a, mut b) = (ours.to_vec(), theirs.to_vec());
    a.sort();
    b.sort();
    a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = Vec<(u64, Link, Vec<u8>)>;

    fn flight() -> Said {
        let links = [Link::Radio, Link::Uplink, Link::Radio, Link::Card, Link::Lights];
        // Two emissions share each tick, and no two emissions are alike.
        (0..40).map(|i| (i / 2, links[i as usize % 5], vec![i as u8; 4])).collect()
    }

    fn transcript(said: &Said) -> Transcript {
        let mut transcript = Transcript::default();
        for (tick, link, bytes) in said {
            transcript.hear(Tick(*tick), *link, bytes);
        }
        transcript
    }

    fn found(twin: &Said) -> Vec<Difference> {
        Comparator::compare(&transcript(&flight()), &transcript(twin))
    }

    #[test]
    fn equal_flights_do_not_differ() {
        assert_eq!(found(&flight()), []);
        assert_eq!(Comparator::compare(&Transcript::default(), &Transcript::default()), []);
    }

    /// One change to a flight at a place; `false` where it cannot be made there.
    type Change = fn(&mut Said, usize) -> bool;

    const CHANGES: [(&str, Change); 8] = [
        ("one bit", |said, i| {
            said[i].2[3] ^= 1;
            true
        }),
        ("one byte less", |said, i| said[i].2.pop().is_some()),
        ("one byte more", |said, i| {
            said[i].2.push(0);
            true
        }),
        ("dropped", |said, i| {
            said.remove(i);
            true
        }),
        ("said twice", |said, i| {
            let again = said[i].clone();
            said.insert(i, again);
            true
        }),
        ("a silent word", |said, i| {
            said.insert(i, (said[i].0, Link::Console, Vec::new()));
            true
        }),
        ("one tick later, with all that follows", |said, i| {
            said[i..].iter_mut().for_each(|s| s.0 += 1);
            true
        }),
        ("changed places with the next of its tick", |said, i| {
            let can = said.get(i + 1).is_some_and(|next| next.0 == said[i].0);
            if can {
                said.swap(i, i + 1);
            }
            can
        }),
    ];

    #[test]
    fn every_change_at_every_place_is_found_where_it_was_made() {
        for (name, change) in CHANGES {
            for i in 0..flight().len() {
                let mut twin = flight();
                if change(&mut twin, i) {
                    let first = found(&twin).iter().map(|d| d.tick).min();
                    assert_eq!(first, Some(Tick(flight()[i].0)), "{name} at {i}");
                    let back = Comparator::compare(&transcript(&twin), &transcript(&flight()));
                    assert_eq!(
                        back.is_empty(),
                        found(&twin).is_empty(),
                        "{name} at {i}, backwards"
                    );
                }
            }
        }
    }

    fn at_one_tick(seat0: &[(Link, &[u8])], twin: &[(Link, &[u8])]) -> String {
        let own = |said: &[(Link, &[u8])]| -> Vec<(Link, Vec<u8>)> {
            said.iter().map(|(link, bytes)| (*link, bytes.to_vec())).collect()
        };
        let mut comparator = Comparator::default();
        comparator.tick(Tick(7), &own(seat0), &own(twin));
        let found = comparator.finish();
        found.iter().map(|d| format!("{} {:?}", d.link, d.kind)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_difference_says_of_what_kind_it_is() {
        use Link::{Card, Radio, Uplink};
        for (seat0, twin, expected) in [
            (&[(Radio, &b"ab"[..])][..], &[(Radio, &b"ac"[..])][..], "Radio Content"),
            (&[(Radio, b"ab")], &[(Radio, b"abc")], "Radio Size"),
            (&[(Radio, b"ab")], &[], "Radio Presence"),
            (&[(Radio, b"a"), (Radio, b"b")], &[(Radio, b"b"), (Radio, b"a")], "Radio Order"),
            (
                &[(Radio, b"a"), (Uplink, b"b")],
                &[(Uplink, b"b"), (Radio, b"a")],
                "Radio Order, Uplink Order",
            ),
            // The card may differ; that is no cover for taking turns otherwise.
            (
                &[(Radio, b"a"), (Card, b"x")],
                &[(Card, b"y"), (Radio, b"a")],
                "Radio Order, Card Content",
            ),
            // One word more on the card shifts the radio and is not the radio's fault.
            (&[(Radio, b"a")], &[(Card, b"y"), (Radio, b"a")], "Card Presence"),
        ] {
            assert_eq!(at_one_tick(seat0, twin), expected);
        }
    }

    #[test]
    fn only_the_first_difference_on_a_link_is_kept() {
        let mut twin = flight();
        for said in &mut twin {
            said.2[0] = 0xFF;
        }
        let found = found(&twin);
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|d| d.tick.0 <= 2), "{found:?}");
    }
}
