//! The table that a newcomer reads: scenario by claim, a line per claim, and what each word means.
//!
//! **Never:** says "no leak"; leaves out what was not tempted or proves nothing.

use crate::ExitCode;
use crate::exit::untempted;
use audit::{Finding, Report, Verdict};
use comfy_table::{Attribute, Cell, Color, ContentArrangement, Table, presets};
use evidence::ClaimId;
use evidence::scenario::Expectation;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Every verdict, best first.
pub const VERDICTS: [Verdict; 4] =
    [Verdict::Held, Verdict::Broken, Verdict::Untested, Verdict::Inconclusive];

/// Columns of a table that goes to a file, where no terminal sets them.
const WIDTH: u16 = 130;

/// Most reasons that are printed; all stand in the report.
const REASONS_MAX: usize = 20;

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
            "tempted, and nothing got out; a leaking vehicle in the same flight was caught, a lawful look-alike was not accused"
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

/// An empty table with a head, in the program's style.
#[must_use]
pub fn grid(head: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(WIDTH);
    }
    table.set_header(head.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    table
}

/// The whole result as text.
#[must_use]
pub fn table(report: &Report) -> String {
    let mut text = "What each promise came to in each scenario:\n".to_owned();
    let _ = writeln!(text, "{}\n", by_story(report));
    let _ = writeln!(text, "Each promise over all {} scenarios:", report.stories.len());
    let _ = writeln!(text, "{}\n", by_claim(report));
    text.push_str(&legend());
    text.push_str(&reasons(report));
    text.push_str(&limits(report));
    text
}

/// The last line: what it all comes to.
#[must_use]
pub fn closing(report: &Report, code: ExitCode) -> String {
    let findings = || report.stories.iter().flat_map(|story| &story.findings);
    let count = |wanted: &dyn Fn(&Finding) -> bool| findings().filter(|f| wanted(f)).count();
    let untempted: Vec<_> = untempted(report).iter().map(|claim| claim.name()).collect();
    let said = match code {
        ExitCode::Broken => format!(
            "{} broken, {} not as their scenario expects",
            count(&|f| f.verdict == Verdict::Broken),
            count(&|f| !f.as_expected && f.verdict != Verdict::Inconclusive)
        ),
        ExitCode::Unproven if !untempted.is_empty() => {
            format!("nothing got out, but no scenario of this run tempted {}", untempted.join(", "))
        }
        ExitCode::Unproven => {
            let doubts = count(&|f| f.verdict == Verdict::Inconclusive);
            format!("nothing got out, but {doubts} inconclusive")
        }
        ExitCode::Held
        | ExitCode::BadScenario
        | ExitCode::BadEvidence
        | ExitCode::Misuse
        | ExitCode::Bug => code.meaning().to_owned(),
    };
    format!("Result: {said} (exit code {}).\n", code.code())
}

fn by_story(report: &Report) -> Table {
    let mut head = vec!["scenario"];
    head.extend(ClaimId::ALL.map(ClaimId::name));
    let mut table = grid(&head);
    for story in &report.stories {
        let mut row = vec![Cell::new(&story.story)];
        row.extend(
            ClaimId::ALL.map(|claim| story.finding(claim).map_or_else(|| Cell::new("-"), cell)),
        );
        table.add_row(row);
    }
    table
}

fn cell(finding: &Finding) -> Cell {
    let mark = if finding.as_expected { "" } else { " !" };
    let cell = Cell::new(format!("{}{mark}", word(finding.verdict)));
    match (finding.verdict, finding.as_expected) {
        (Verdict::Held, true) => cell.fg(Color::Green),
        (Verdict::Untested, true) => cell.fg(Color::DarkGrey),
        (Verdict::Broken, _) => cell.fg(Color::Red).add_attribute(Attribute::Bold),
        (Verdict::Held | Verdict::Untested | Verdict::Inconclusive, _) => cell.fg(Color::Yellow),
    }
}

fn by_claim(report: &Report) -> Table {
    let mut table = grid(&[
        "promise",
        "held",
        "BROKEN",
        "untested",
        "inconclusive",
        "tempted in",
        "twins a flight",
        "sees 1 bit in",
        "saboteurs caught",
        "decoys at peace",
    ]);
    for (claim, totals) in &report.totals {
        let findings: Vec<_> =
            report.stories.iter().filter_map(|story| story.finding(*claim)).collect();
        let is_tempted = |f: &&Finding| f.tempted.iter().all(|tempted| tempted.count > 0);
        let tempted: Vec<_> = findings.iter().copied().filter(is_tempted).collect();
        // The weakest flight is what the promise stands on.
        let fewest = tempted.iter().filter(|f| f.pairs > 0).min_by_key(|f| f.pairs);
        let caught = probes(&tempted, |f| &f.caught, |detectors| detectors > 0);
        let quiet = probes(&tempted, |f| &f.quiet, |detectors| detectors == 0);
        table.add_row([
            claim.name().to_owned(),
            totals.held.to_string(),
            totals.broken.to_string(),
            totals.untested.to_string(),
            totals.inconclusive.to_string(),
            format!("{} of {}", tempted.len(), findings.len()),
            fewest.map_or_else(|| "-".to_owned(), |f| format!("{} or more", f.pairs)),
            fewest.map_or_else(|| "-".to_owned(), |f| f.one_bit_seen.clone()),
            caught,
            quiet,
        ]);
    }
    table
}

/// How many probes did as they should, and which vehicles they were.
fn probes(
    findings: &[&Finding],
    of: impl Fn(&Finding) -> &Vec<audit::Probed>,
    is_right: impl Fn(usize) -> bool,
) -> String {
    let all: Vec<_> = findings.iter().flat_map(|finding| of(finding)).collect();
    let right = all.iter().filter(|probe| is_right(probe.detectors.len())).count();
    let ids: BTreeSet<_> = all.iter().map(|probe| probe.id.as_str()).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    if all.is_empty() {
        "-".to_owned()
    } else {
        format!("{right} of {}: {}", all.len(), ids.join(" "))
    }
}

fn legend() -> String {
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
            "twins a flight",
            "the same flight with other voices, faces, pictures and logs; any difference is a leak",
        ),
        ("sees 1 bit in", "the chance that so many random twins show a leak of a single bit"),
    ];
    for (name, meaning) in lines {
        let _ = writeln!(text, "  {name:<17} {meaning}");
    }
    text.push('\n');
    text
}

/// Why a cell is not simply held or untested as expected; the same reason in many stories is one line.
fn reasons(report: &Report) -> String {
    let mut stories_of: BTreeMap<(Verdict, ClaimId, String), Vec<&str>> = BTreeMap::new();
    for story in &report.stories {
        for finding in &story.findings {
            if let Some(reason) = reason(finding) {
                let key = (finding.verdict, finding.claim, reason);
                stories_of.entry(key).or_default().push(&story.story);
            }
        }
    }
    let line = |((_, _, reason), stories): (&_, &Vec<&str>)| match stories.as_slice() {
        [first, others @ ..] if !others.is_empty() => {
            format!("  {first} and {} more: {reason}", others.len())
        }
        stories => format!("  {}: {reason}", stories.concat()),
    };
    let mut lines: Vec<_> = stories_of.iter().map(line).collect();
    let aloft = report.stories.iter().filter(|story| !story.landed_safely);
    lines.extend(
        aloft.map(|s| format!("  {}: did not end on the ground, upright and still", s.story)),
    );
    let more = lines.len().saturating_sub(REASONS_MAX);
    lines.truncate(REASONS_MAX);
    if more > 0 {
        lines.push(format!("  … and {more} more reasons, all in the report"));
    }
    if lines.is_empty() {
        String::new()
    } else {
        format!("Worth a look:\n{}\n\n", lines.join("\n"))
    }
}

fn reason(finding: &Finding) -> Option<String> {
    let is_plain = finding.as_expected && finding.verdict != Verdict::Broken;
    let expected = match (finding.as_expected, finding.expected) {
        (true, _) => "",
        (false, Expectation::Held) => " (expected held)",
        (false, Expectation::Untested) => " (expected untested)",
        (false, Expectation::Broken) => " (expected broken)",
    };
    let (claim, word) = (finding.claim, word(finding.verdict));
    (!is_plain).then(|| format!("{claim} {word}{expected}: {}", finding.why))
}

/// What a verdict does not say, in a sentence.
fn limits(report: &Report) -> String {
    format!(
        "A verdict says what was tried, never that there is no leak. The report lists {} limits under `residue`.\n",
        report.residue.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::report;
    use Verdict::{Broken, Held, Inconclusive, Untested};
    use evidence::scenario::Expectation as E;
    use expect_test::expect;

    #[test]
    fn each_cell_says_its_word_and_marks_what_was_not_expected() {
        let report = report(&[
            [(Held, E::Held); 5],
            [
                (Broken, E::Held),
                (Untested, E::Untested),
                (Untested, E::Held),
                (Inconclusive, E::Held),
                (Broken, E::Broken),
            ],
        ]);
        let mut table = by_story(&report);
        expect![].assert_eq(&table.force_no_tty().to_string());
        let mut table = by_claim(&report);
        expect![].assert_eq(&table.force_no_tty().to_string());
        expect![].assert_eq(&reasons(&report));
        expect![].assert_eq(&closing(&report, ExitCode::of(&report)));
    }

    #[test]
    fn the_last_line_names_the_claims_that_nothing_tempted() {
        let mut row = [(Held, E::Held); 5];
        row[3] = (Untested, E::Untested);
        let report = report(&[row]);
        expect![].assert_eq(&closing(&report, ExitCode::of(&report)));
    }

    #[test]
    fn the_legend_has_a_line_for_every_word_of_the_table() {
        let legend = legend();
        for word in VERDICTS.map(word).into_iter().chain(ClaimId::ALL.map(ClaimId::name)) {
            assert!(legend.contains(word), "{word}");
        }
    }
}
