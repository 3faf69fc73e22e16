//! The words and marks of the table, and what each of them means in one line.
//!
//! **Never:** lets a word or a mark stand in the table that the legend does not explain.

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

/// The flight came to what its story expects of it.
pub const MET: &str = "ok";

/// The flight came to something else.
pub const MISSED: &str = "MISSED";

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

/// The mark of a verdict in the wide table, where a word has no room.
#[must_use]
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "✓",
        Verdict::Broken => "✗",
        Verdict::Untested => "·",
        Verdict::Inconclusive => "?",
    }
}

/// The head of a claim's column in the wide table.
#[must_use]
pub fn head(claim: ClaimId) -> &'static str {
    match claim {
        ClaimId::NoAudio => "aud",
        ClaimId::MicConsent => "mic",
        ClaimId::NoFaces => "fac",
        ClaimId::MediaManual => "man",
        ClaimId::MediaConsent => "med",
        ClaimId::LogSealed => "sea",
        ClaimId::LogConsent => "log",
        ClaimId::DiagCoarse => "dia",
        ClaimId::NoflyCoarse => "nfz",
        ClaimId::OffMeansOff => "off",
        ClaimId::UserControl => "ctl",
        ClaimId::IdentityMinimal => "min",
        ClaimId::IdentityUnverified => "unv",
        ClaimId::IdentitySealed => "idn",
        ClaimId::KnownHosts => "hst",
        ClaimId::ServerAccess => "srv",
        ClaimId::OnlyKnownLinks => "lnk",
    }
}

fn promise(claim: ClaimId) -> &'static str {
    match claim {
        ClaimId::NoAudio => "no sound is recorded without a command, and none ever leaves",
        ClaimId::MicConsent => "the external microphone records on command only, to the card only",
        ClaimId::NoFaces => "nothing that leaves tells who was in view",
        ClaimId::MediaManual => "pictures exist only because the pilot commanded them",
        ClaimId::MediaConsent => "pictures leave only under a grant for that picture",
        ClaimId::LogSealed => "at rest, flight logs lie in the sealed container only",
        ClaimId::LogConsent => "flight logs leave only under a grant for that log",
        ClaimId::DiagCoarse => "health reports tell a place no finer than its 10 km cell",
        ClaimId::NoflyCoarse => "a question about no-fly zones tells a cell only, at fixed moments",
        ClaimId::OffMeansOff => "switched off, or in local data mode, nothing goes to the maker",
        ClaimId::UserControl => "every class that may leave has a switch, and off is silence",
        ClaimId::IdentityMinimal => "nothing but the declared fields tells who owns or flies it",
        ClaimId::IdentityUnverified => "any e-mail and phone will do, and nothing is sent to them",
        ClaimId::IdentitySealed => "identity and keys are sealed at rest",
        ClaimId::KnownHosts => "only declared servers, in the declared region, are spoken to",
        ClaimId::ServerAccess => "nothing is handed to a stranger, or because a server asks",
        ClaimId::OnlyKnownLinks => "nothing leaves by a way, or in a form, that nobody listed",
    }
}

/// A line for every word.
#[must_use]
pub fn legend() -> String {
    let mut text = String::new();
    for claim in ClaimId::ALL {
        let _ = writeln!(text, "  {}  {:<19} {}", head(claim), claim.name(), promise(claim));
    }
    text.push('\n');
    for verdict in VERDICTS {
        let (mark, word) = (mark(verdict), word(verdict));
        let _ = writeln!(text, "  {mark:<3}  {word:<19} {}", meaning(verdict));
    }
    let lines = [
        ("not as expected", "not what the scenario says it should come to; marked !"),
        (
            "pairs",
            "twins: the same flight with other voices, faces, pictures and logs; any difference is a leak,",
        ),
        ("", "in brackets the chance that the random ones show a leak of a single bit"),
        ("saboteurs", "leaking vehicles that rode along and had to be caught"),
        ("decoys", "lawful vehicles that rode along, look like a leak, and may not be accused"),
    ];
    for (name, meaning) in lines {
        let _ = writeln!(text, "       {name:<19} {meaning}");
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
        let verdicts = VERDICTS.map(word).into_iter().chain(VERDICTS.map(mark));
        let claims = ClaimId::ALL.map(ClaimId::name).into_iter().chain(ClaimId::ALL.map(head));
        for word in verdicts.chain(claims) {
            assert!(legend.contains(word), "{word}");
        }
    }

    #[test]
    fn no_two_claims_share_a_head_and_every_head_has_three_letters() {
        let heads: std::collections::BTreeSet<_> = ClaimId::ALL.map(head).into();
        assert_eq!(heads.len(), ClaimId::ALL.len());
        assert!(heads.iter().all(|head| head.len() == 3));
    }
}
