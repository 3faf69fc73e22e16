//! The swap test's eye: the first difference between two seats on each link, in bytes and in time.
//!
//! The comparator is fed one tick at a time, so a twin needs no transcript of its own. It is told which carriers
//! a grant lets through; a difference holds what was said, not what was compared.
//!
//! **Never:** forgives a byte or a tick outside of those carriers; decides which differences are lawful.

use crate::{Carrier, Compared, Link, Tick, Transcript};
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
    carriers: Vec<Carrier>,
    first: [Option<Difference>; Link::ALL.len()],
}

/// An emission, and what of it is compared.
#[derive(Clone, Debug)]
struct Said<'a> {
    link: Link,
    bytes: &'a [u8],
    compared: Compared<'a>,
}

impl Comparator {
    /// A comparator that does not compare the contents of some carriers; the default compares everything.
    #[must_use]
    pub fn masking(carriers: &[Carrier]) -> Self {
        Self { carriers: carriers.to_vec(), ..Self::default() }
    }

    /// Compares what both seats said at one tick. The order of links within a tick is compared too:
    /// an emission that changes places with one of another link differs on both.
    pub fn tick(&mut self, tick: Tick, seat0: &[(Link, Vec<u8>)], twin: &[(Link, Vec<u8>)]) {
        if seat0 == twin {
            return;
        }
        let (seat0, twin) = (masked(&self.carriers, seat0), masked(&self.carriers, twin));
        for (i, link) in Link::ALL.into_iter().enumerate() {
            let (ours, theirs) = (on(link, &seat0), on(link, &twin));
            if let Some(difference) = first_on(link, tick, &ours, &theirs) {
                self.first[i].get_or_insert(difference);
            }
        }
        self.note_order_across_links(tick, &seat0, &twin);
    }

    /// Whether a difference was found on one of some links.
    #[must_use]
    pub fn differs_on(&self, links: &[Link]) -> bool {
        self.first.iter().flatten().any(|difference| links.contains(&difference.link))
    }

    /// The first differences, in link order.
    #[must_use]
    pub fn finish(self) -> Vec<Difference> {
        self.first.into_iter().flatten().collect()
    }

    /// Compares two whole transcripts, every byte of them.
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

    fn note_order_across_links(&mut self, tick: Tick, seat0: &[Said<'_>], twin: &[Said<'_>]) {
        // A link that said more or less here has differed already, and shifts the others without any fault of
        // theirs; all others must take turns alike, even where what they say differs.
        let is_steady = |link: Link| on(link, seat0).len() == on(link, twin).len();
        let ours = seat0.iter().filter(|said| is_steady(said.link));
        let theirs = twin.iter().filter(|said| is_steady(said.link));
        for (ours, theirs) in ours.zip(theirs) {
            if ours.link == theirs.link {
                continue;
            }
            for link in [ours.link, theirs.link] {
                let place = Link::ALL.iter().position(|l| *l == link).unwrap_or(0);
                self.first[place].get_or_insert(Difference {
                    link,
                    tick,
                    kind: DifferenceKind::Order,
                    seat0: Some(ours.bytes.to_vec()),
                    twin: Some(theirs.bytes.to_vec()),
                });
            }
            return;
        }
    }
}

/// What is compared of a tick; carriers that are passed over are not even counted.
fn masked<'a>(carriers: &[Carrier], said: &'a [(Link, Vec<u8>)]) -> Vec<Said<'a>> {
    let masked = said.iter().map(|(link, bytes)| {
        let compared = Carrier::masked(carriers, *link, bytes);
        Said { link: *link, bytes, compared }
    });
    masked.filter(|said| said.compared != Compared::Dropped).collect()
}

fn on<'a, 'b>(link: Link, said: &'b [Said<'a>]) -> Vec<&'b Said<'a>> {
    said.iter().filter(|said| said.link == link).collect()
}

fn first_on(
    link: Link,
    tick: Tick,
    ours: &[&Said<'_>],
    theirs: &[&Said<'_>],
) -> Option<Difference> {
    let pair = |i: usize| (ours.get(i).map(|s| &s.compared), theirs.get(i).map(|s| &s.compared));
    let differs = |i: &usize| pair(*i).0 != pair(*i).1;
    let place = (0..ours.len().max(theirs.len())).find(differs)?;
    let kind = match pair(place) {
        _ if ours.len() != theirs.len() => DifferenceKind::Presence,
        _ if is_permutation(ours, theirs) => DifferenceKind::Order,
        (Some(a), Some(b)) if a.bytes().len() == b.bytes().len() => DifferenceKind::Content,
        _ => DifferenceKind::Size,
    };
    let bytes = |said: &[&Said<'_>]| said.get(place).map(|said| said.bytes.to_vec());
    Some(Difference { link, tick, kind, seat0: bytes(ours), twin: bytes(theirs) })
}

/// Frames that changed places change their numbers too; the same frames in the same places with other numbers did not.
fn is_permutation(ours: &[&Said<'_>], theirs: &[&Said<'_>]) -> bool {
    let contents = |said: &[&Said<'_>]| said.iter().map(|said| unnumbered(said)).collect();
    let (mut ours, mut theirs): (Vec<_>, Vec<_>) = (contents(ours), contents(theirs));
    let are_moved = ours != theirs;
    ours.sort();
    theirs.sort();
    are_moved && ours == theirs
}

/// A MAVLink 2 frame without what its place in the stream makes of it, its sequence number and its checksum; anything
/// else as it is.
fn unnumbered(said: &Said<'_>) -> Vec<u8> {
    let mut bytes = said.compared.bytes().to_vec();
    let is_frame = said.link.is_mavlink() && bytes.len() >= 12 && bytes[0] == 0xFD;
    if is_frame {
        bytes[4] = 0;
        bytes.truncate((10 + usize::from(bytes[1])).min(bytes.len()));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    type Flight = Vec<(u64, Link, Vec<u8>)>;

    fn flight() -> Flight {
        let links = [Link::Radio, Link::Uplink, Link::Radio, Link::Card, Link::Lights];
        // Two emissions share each tick, and no two emissions are alike.
        (0..40).map(|i| (i / 2, links[i as usize % 5], vec![i as u8; 4])).collect()
    }

    fn transcript(said: &Flight) -> Transcript {
        let mut transcript = Transcript::default();
        for (tick, link, bytes) in said {
            transcript.hear(Tick(*tick), *link, bytes);
        }
        transcript
    }

    fn found(twin: &Flight) -> Vec<Difference> {
        Comparator::compare(&transcript(&flight()), &transcript(twin))
    }

    #[test]
    fn equal_flights_do_not_differ() {
        assert_eq!(found(&flight()), []);
        assert_eq!(Comparator::compare(&Transcript::default(), &Transcript::default()), []);
    }

    /// One change to a flight at a place; `false` where it cannot be made there.
    type Change = fn(&mut Flight, usize) -> bool;

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
        told(&[], seat0, twin)
    }

    fn told(carriers: &[Carrier], seat0: &[(Link, &[u8])], twin: &[(Link, &[u8])]) -> String {
        let own = |said: &[(Link, &[u8])]| -> Vec<(Link, Vec<u8>)> {
            said.iter().map(|(link, bytes)| (*link, bytes.to_vec())).collect()
        };
        let mut comparator = Comparator::masking(carriers);
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
    fn behind_a_carrier_everything_else_is_still_compared() {
        use Link::{Card, Radio, Uplink};
        let all = [
            Carrier::LogData,
            Carrier::LogUpload,
            Carrier::MediaUpload,
            Carrier::StillFile,
            Carrier::SoundFile,
        ];
        let chunk = b"\xFD\x09\0\0\x09\x01\x01\x78\0\0\x5A\0\0\0\x01\0\x02abcc";
        let trimmed = b"\xFD\x08\0\0\x09\x01\x01\x78\0\0\x5A\0\0\0\x01\0\x02adc";
        let elsewhere = b"\xFD\x08\0\0\x09\x01\x01\x78\0\0\x5B\0\0\0\x01\0\x02adc";
        let later = b"\xFD\x08\0\0\x0A\x01\x01\x78\0\0\x5A\0\0\0\x01\0\x02adc";
        let (sound, voice) = (b"\0\x07\0SOUND/Aab", b"\0\x07\0SOUND/Acd");
        let still = b"\x01\x06\0DCIM/Aab";
        let (part, other) = (b"PUT /v1/logs/1/0 X\r\n\r\nab", b"PUT /v1/logs/1/0 X\r\n\r\ncd");
        let moved = b"PUT /v1/logs/1/1 X\r\n\r\nab";
        let picture = b"PUT /v1/media/1/0 X\r\n\r\nab";
        type Tick<'a> = &'a [(Link, &'a [u8])];
        let table: [(Tick<'_>, Tick<'_>, &str, &str); 12] = [
            (&[(Radio, chunk)], &[(Radio, trimmed)], "Radio Size", ""),
            (&[(Radio, chunk)], &[(Radio, elsewhere)], "Radio Size", "Radio Content"),
            (&[(Radio, chunk)], &[(Radio, later)], "Radio Size", "Radio Content"),
            (&[(Radio, chunk)], &[], "Radio Presence", "Radio Presence"),
            // What stands beside a carrier, or changes places with it.
            (
                &[(Radio, chunk), (Radio, b"a")],
                &[(Radio, trimmed), (Radio, b"b")],
                "Radio Size",
                "Radio Content",
            ),
            (
                &[(Radio, chunk), (Radio, b"a")],
                &[(Radio, b"a"), (Radio, trimmed)],
                "Radio Size",
                "Radio Order",
            ),
            (&[(Uplink, part)], &[(Uplink, other)], "Uplink Content", ""),
            (&[(Uplink, part)], &[(Uplink, moved)], "Uplink Content", "Uplink Content"),
            (&[(Uplink, picture)], &[], "Uplink Presence", ""),
            (&[(Card, sound)], &[(Card, voice)], "Card Content", ""),
            (&[(Card, sound)], &[(Card, &voice[..11])], "Card Size", "Card Size"),
            // A still more or less shifts nobody.
            (
                &[(Card, still), (Radio, b"a"), (Card, sound)],
                &[(Radio, b"a"), (Card, voice)],
                "Card Presence",
                "",
            ),
        ];
        for (i, (seat0, twin, bare, masked)) in table.into_iter().enumerate() {
            assert_eq!(told(&[], seat0, twin), bare, "row {i}, bare");
            assert_eq!(told(&all, seat0, twin), masked, "row {i}, masked");
        }
    }

    #[test]
    fn a_difference_behind_a_mask_holds_what_was_said() {
        let said = |bytes: &[u8]| [(Link::Uplink, bytes.to_vec())];
        let (ours, theirs) =
            (said(b"PUT /v1/logs/1/0\r\n\r\nab"), said(b"PUT /v1/logs/2/0\r\n\r\ncd"));
        let mut comparator = Comparator::masking(&[Carrier::LogUpload]);
        comparator.tick(Tick(3), &ours, &theirs);
        let found = comparator.finish();
        assert_eq!(found[0].seat0.as_ref(), Some(&ours[0].1));
        assert_eq!(found[0].twin.as_ref(), Some(&theirs[0].1));
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
