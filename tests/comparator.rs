//! Metamorphic tests of the swap test's eye: nothing stays hidden from it, wherever it happens.
//!
//! **Never:** compares a transcript that no rule could have produced.

use evidence::{Comparator, Link, Tick, Transcript};
use proptest::prelude::*;

type Said = Vec<(u64, Link, Vec<u8>)>;
type Change = fn(&mut Said, usize);

fn transcript(said: &Said) -> Transcript {
    let mut out = Transcript::default();
    for (tick, link, bytes) in said {
        out.hear(Tick(*tick), *link, bytes);
    }
    out
}

/// A flight's worth of emissions, no two of them alike.
fn said() -> Said {
    (0..60_u64)
        .map(|i| {
            let link = Link::ALL[(i % 5) as usize];
            (i / 3 * 10, link, vec![i as u8, (i * 7) as u8, 0x55])
        })
        .collect()
}

fn found(changed: &Said) -> bool {
    !Comparator::compare(&transcript(&said()), &transcript(changed)).is_empty()
}

#[test]
fn equal_transcripts_give_nothing() {
    assert_eq!(Comparator::compare(&transcript(&said()), &transcript(&said())), vec![]);
    assert_eq!(Comparator::compare(&Transcript::default(), &Transcript::default()), vec![]);
}

#[test]
fn every_small_change_is_found_at_the_first_a_middle_and_the_last_place() {
    let changes: [(&str, Change); 6] = [
        ("one flipped bit", |s, i| s[i].2[1] ^= 0x10),
        ("one byte more", |s, i| s[i].2.push(0)),
        ("one tick later", |s, i| {
            s[i].0 += 1;
            s.sort_by_key(|said| said.0);
        }),
        ("a swapped pair", |s, i| {
            let other = if i + 1 < s.len() { i + 1 } else { i - 1 };
            let ticks = (s[i].0, s[other].0);
            s.swap(i, other);
            (s[i].0, s[other].0) = ticks;
        }),
        ("one dropped", |s, i| {
            s.remove(i);
        }),
        ("one added", |s, i| {
            let copy = s[i].clone();
            s.insert(i, copy);
        }),
    ];
    for (name, change) in changes {
        for place in [0, 29, 30, 31, 59] {
            let mut changed = said();
            change(&mut changed, place);
            assert!(found(&changed), "{name} at {place}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_flipped_bit_is_found_on_its_own_link(place in 0..60_usize, byte in 0..3_usize, bit in 0..8_u8) {
        let mut changed = said();
        changed[place].2[byte] ^= 1 << bit;
        let differences = Comparator::compare(&transcript(&said()), &transcript(&changed));
        prop_assert_eq!(differences.len(), 1);
        prop_assert_eq!(differences[0].link, changed[place].1);
        prop_assert_eq!(differences[0].tick, Tick(changed[place].0));
    }
}
