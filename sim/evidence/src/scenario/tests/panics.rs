//! No input makes the reader panic or overflow the stack.

use super::{GOOD, said_of};
use proptest::prelude::*;

#[test]
fn a_bomb_of_brackets_is_refused_and_not_a_crash() {
    for bracket in ["(", "[", "{", "Some(", "(a:", "/*", "\"", "r#", "'"] {
        let _ = said_of(&bracket.repeat(100_000));
        let _ = said_of(&GOOD.replacen("7", &bracket.repeat(100_000), 1));
    }
    let huge = " ".repeat(2 << 20);
    assert!(said_of(&huge).contains("at most"), "{}", said_of(&huge));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = said_of(&text);
    }

    #[test]
    fn no_text_of_its_own_alphabet_makes_it_panic(text in "[ -~\\n()\\[\\]{}:,\"'/*#r0-9]{0,200}") {
        let _ = said_of(&text);
    }

    #[test]
    fn no_mutation_of_a_good_story_makes_it_panic(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..20_usize, "[ -~]{0,6}|NaN|inf|-1e308|\\PC{0,3}"), 1..5)
    ) {
        let mut text = GOOD.to_owned();
        for (at, length, put) in cuts {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, &put);
            }
        }
        let _ = said_of(&text);
    }
}
