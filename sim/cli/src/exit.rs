//! How the program ends: seven codes, and the rule from a report to one of them.
//!
//! **Never:** ends with a code that is not in this list, however it fails.

use crate::Trouble;
use audit::{Report, Verdict};
use evidence::ClaimId;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitCode {
    /// Every claim held somewhere and is broken nowhere.
    Held = 0,
    /// Something got out, or a story came to something else than it expects.
    Broken = 1,
    /// Nothing got out, but a claim was tempted by no story of the run, or a flight proves nothing.
    Unproven = 2,
    /// A scenario cannot be flown as it is written.
    BadScenario = 3,
    /// An evidence folder cannot be read, or was changed since it was written.
    BadEvidence = 4,
    /// The command line asks for what cannot be done.
    Misuse = 64,
    /// The program itself is wrong.
    Bug = 70,
}

impl ExitCode {
    /// Every code, in order.
    pub const ALL: [Self; 7] = [
        Self::Held,
        Self::Broken,
        Self::Unproven,
        Self::BadScenario,
        Self::BadEvidence,
        Self::Misuse,
        Self::Bug,
    ];

    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// What it says, in half a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Held => "every claim held somewhere and is broken nowhere",
            Self::Broken => "something got out, or is not as a scenario expects",
            Self::Unproven => {
                "nothing got out, but a claim was tempted nowhere, or a flight is inconclusive"
            }
            Self::BadScenario => {
                "bad scenario: nothing was flown; the message says file, line and what to do"
            }
            Self::BadEvidence => {
                "bad evidence: a file is missing, changed, or of an unknown version"
            }
            Self::Misuse => "misuse: the command line asks for what cannot be done",
            Self::Bug => "a bug in this program; please report it",
        }
    }

    /// What a report comes to. A break outweighs a doubt, and a doubt outweighs a pass.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let findings = || report.stories.iter().flat_map(|story| &story.findings);
        let is_wrong = |f: &audit::Finding| match f.verdict {
            Verdict::Broken => true,
            Verdict::Held | Verdict::Untested => !f.as_expected,
            // Nothing got out as far as anybody could see: a doubt, not a break.
            Verdict::Inconclusive => false,
        };
        let flies_wrong = report.stories.iter().any(|story| !story.flies_as_expected());
        if findings().any(is_wrong) || flies_wrong {
            Self::Broken
        } else if findings().any(|f| f.verdict == Verdict::Inconclusive)
            || !untempted(report).is_empty()
        {
            Self::Unproven
        } else {
            Self::Held
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.code())
    }
}

/// The claims that no story of a report tempted.
#[must_use]
pub fn untempted(report: &Report) -> Vec<ClaimId> {
    let tempts = |claim| {
        let mut findings = report.stories.iter().filter_map(|story| story.finding(claim));
        findings.any(|finding| finding.verdict != Verdict::Untested)
    };
    ClaimId::ALL.into_iter().filter(|claim| !tempts(*claim)).collect()
}

/// The codes as a table for `--help`.
#[must_use]
pub fn table() -> String {
    let mut text = "Exit codes:\n".to_owned();
    for code in ExitCode::ALL {
        let _ = writeln!(text, "  {:>2}  {}", code.code(), code.meaning());
    }
    text
}

/// Runs a command to its end, whatever happens inside: errors are printed, a panic becomes [`ExitCode::Bug`].
pub fn guarded(command: impl FnOnce() -> Result<ExitCode, Trouble>) -> ExitCode {
    set_hook(Box::new(|panic| {
        eprintln!("hushwing has a bug: {panic}");
        eprintln!("  hint: please report it with this message, the command line and the scenario");
    }));
    match catch_unwind(AssertUnwindSafe(command)) {
        Ok(Ok(code)) => code,
        Ok(Err(trouble)) => {
            eprintln!("error: {trouble}");
            trouble.exit()
        }
        Err(_) => ExitCode::Bug,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{ALL_HELD, flown, report};
    use Verdict::{Broken, Held, Inconclusive, Untested};
    use evidence::scenario::Expectation as E;

    #[test]
    fn each_code_has_its_number_and_stands_in_the_help() {
        let numbers = [0, 1, 2, 3, 4, 64, 70];
        assert_eq!(ExitCode::ALL.map(ExitCode::code), numbers);
        for code in ExitCode::ALL {
            assert!(table().contains(code.meaning()), "{code:?}");
        }
    }

    #[test]
    fn a_break_outweighs_a_doubt_and_a_doubt_outweighs_a_pass() {
        let all_held = ALL_HELD;
        let with = |i: usize, cell| {
            let mut row = all_held;
            row[i] = cell;
            row
        };
        let table = [
            ("all held", vec![all_held], ExitCode::Held),
            (
                "untested here, held there",
                vec![all_held, with(2, (Untested, E::Untested))],
                ExitCode::Held,
            ),
            ("untested everywhere", vec![with(2, (Untested, E::Untested))], ExitCode::Unproven),
            (
                "untested where held was expected",
                vec![all_held, with(2, (Untested, E::Held))],
                ExitCode::Broken,
            ),
            (
                "held where untested was expected",
                vec![with(2, (Held, E::Untested))],
                ExitCode::Broken,
            ),
            ("broken as expected", vec![with(0, (Broken, E::Broken))], ExitCode::Broken),
            ("inconclusive", vec![all_held, with(0, (Inconclusive, E::Held))], ExitCode::Unproven),
            (
                "broken and inconclusive",
                vec![with(0, (Inconclusive, E::Held)), with(1, (Broken, E::Held))],
                ExitCode::Broken,
            ),
            ("no story at all", vec![], ExitCode::Unproven),
        ];
        for (name, rows, expected) in table {
            assert_eq!(ExitCode::of(&report(&rows)), expected, "{name}");
        }
    }

    #[test]
    fn a_flight_that_misses_what_its_story_expects_is_no_pass_though_nothing_got_out() {
        for (is_met, expected) in [(true, ExitCode::Held), (false, ExitCode::Broken)] {
            let mut report = report(&[ALL_HELD]);
            report.stories[0].flown = vec![flown(true), flown(is_met)];
            assert_eq!(ExitCode::of(&report), expected, "{is_met}");
        }
    }

    #[test]
    fn a_panic_ends_as_a_bug_and_an_error_by_its_kind() {
        assert_eq!(guarded(|| Err(Trouble::BadEvidence("gone".to_owned()))), ExitCode::BadEvidence);
        assert_eq!(guarded(|| Ok(ExitCode::Unproven)), ExitCode::Unproven);
        assert_eq!(guarded(|| panic!("on purpose")), ExitCode::Bug);
    }
}
