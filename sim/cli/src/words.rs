//! The words of the table, and what each of them means in one line.
//!
//! **Never:** lets a word stand in the table that the legend does not explain.

use audit::Verdict;
use evidence::ClaimId;
use std::fmt::Write;

/// Every verdict, best first.
pub const VERDICTS: [Verdict; 4] =
    [Verdict::Held, Verdict::Broken, Verdict::Untested, Verdict::Inconclusive];

/// The word of a verdict.
#[must_use]
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "held",
        Verdict::Broken => "BROKEN",
        Verdict::Untested => "untested",
        Verdict::Inconclusive => "inconclusive",
    }
}

fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => {
            "tempted, and nothing got out; in the same flight a saboteur was caught, a decoy not accused"
        }
        Verdict::Broken => "something got out that may not, or left without consent",
        Verdict::Untested => "nothing in the scenario tempted it, so nothing is known",
        Verdict::Inconclusive => {
            "nothing found, but this flight proves nothing; the reason stands below"
        }
    }
}

fn promise(claim: ClaimId) -> &'static str {
    match claim {
        ClaimId::NoAudio => "no sound ever leaves, and none is recorded without a command",
        ClaimId::NoFaces => "nothing that leaves tells who was in view",
        ClaimId::LogConsent => "flight logs leave only under a grant for that log",
        ClaimId::MediaConsent => "pictures leave only under a grant for that picture",
        ClaimId::OnlyKnownLinks => "nothing leaves by a way, or in a form, that nobody listed",
    }
}

/// A line for every word.
#[must_use]
pub fn legend() -> String {
    let mut text = String::new();
    for claim in ClaimId::ALL {
        let _ = writeln!(text, "  {:<17} {}", claim.name(), promise(claim));
    }
    text.push('\n');
    for verdict in VERDICTS {
        let _ = writeln!(text, "  {:<17} {}", word(verdict), meaning(verdict));
    }
    let lines = [
        ("!", "not what the scenario says it should come to"),
        (
            "pairs",
            "twins: the same flight with other voices, faces, pictures and logs; any difference is a leak,",
        ),
        ("", "in brackets the chance that the random ones show a leak of a single bit"),
        ("saboteurs", "leaking vehicles that rode along and had to be caught"),
        ("decoys", "lawful vehicles that rode along, look like a leak, and may not be accused"),
    ];
    for (name, meaning) in lines {
        let _ = writeln!(text, "  {name:<17} {meaning}");
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legend_has_a_line_for_every_word_of_the_table() {
        let legend = legend();
        for word in VERDICTS.map(word).into_iter().chain(ClaimId::ALL.map(ClaimId::name)) {
            assert!(legend.contains(word), "{word}");
        }
    }
}
