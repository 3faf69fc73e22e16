//! The table that a newcomer reads: scenario by claim, a line per claim, and what each word means.
//!
//! **Never:** says "no leak"; leaves out what was not tempted or proves nothing.

use crate::exit::untempted;
use crate::words::{head, legend, mark, word};
use crate::{ExitCode, airmanship};
use audit::{Finding, Report, Verdict};
use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, presets,
};
use evidence::ClaimId;
use evidence::scenario::Expectation;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Columns of a table that goes to a file, where no terminal sets them.
const WIDTH: u16 = 120;

/// Most reasons that are printed; all stand in the report.
const REASONS_MAX: usize = 20;

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
    whole(&mut table, 1);
    table
}

/// Keeps the words of the first columns whole; the others wrap.
fn whole(table: &mut Table, columns: usize) {
    for column in table.column_iter_mut().take(columns) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
}

/// The whole result as text.
#[must_use]
pub fn table(report: &Report) -> String {
    let mut text = "What each promise came to in each scenario:\n".to_owned();
    let _ = writeln!(text, "{}\n", by_story(report));
    let _ = writeln!(text, "Each promise over all {} scenarios:", report.stories.len());
    let _ = writeln!(text, "{}\n", by_claim(report));
    let _ = writeln!(text, "{}", grounds(report));
    text.push_str(&airmanship::by_story(report));
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
            "{} broken, {} not as their scenario expects{}",
            count(&|f| f.verdict == Verdict::Broken),
            count(&|f| !f.as_expected && f.verdict != Verdict::Inconclusive),
            airmanship::missed(report)
        ),
        ExitCode::Unproven if !untempted.is_empty() => {
            format!("nothing got out, but no scenario of this run tempted {}", untempted.join(", "))
        }
        ExitCode::Unproven => {
            let doubts = count(&|f| f.verdict == Verdict::Inconclusive);
            format!("nothing got out, but {doubts} of the findings prove nothing")
        }
        ExitCode::Held
        | ExitCode::BadScenario
        | ExitCode::BadEvidence
        | ExitCode::Misuse
        | ExitCode::Bug => code.meaning().to_owned(),
    };
    format!("Result: {said} (exit code {}).\n", code.code())
}

/// Seventeen claims beside each other: heads of three letters and marks of one, which the legend explains.
fn by_story(report: &Report) -> Table {
    let mut names = vec!["scenario"];
    names.extend(ClaimId::ALL.map(head));
    let mut table = grid(&names);
    for column in table.column_iter_mut().skip(1) {
        column.set_padding((0, 0)).set_cell_alignment(CellAlignment::Center);
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
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
    let doubt = if finding.as_expected { "" } else { "!" };
    let cell = Cell::new(format!("{}{doubt}", mark(finding.verdict)));
    match (finding.verdict, finding.as_expected) {
        (Verdict::Held, true) => cell.fg(Color::Green),
        (Verdict::Untested, true) => cell.fg(Color::DarkGrey),
        (Verdict::Broken, _) => cell.fg(Color::Red).add_attribute(Attribute::Bold),
        (Verdict::Held | Verdict::Untested | Verdict::Inconclusive, _) => cell.fg(Color::Yellow),
    }
}

fn by_claim(report: &Report) -> Table {
    let mut table = grid(&["promise", "held", "BROKEN", "untested", "inconclusive", "tempted in"]);
    for (claim, totals) in &report.totals {
        table.add_row([
            claim.name().to_owned(),
            totals.held.to_string(),
            totals.broken.to_string(),
            totals.untested.to_string(),
            totals.inconclusive.to_string(),
            format!("{} of {}", tempted(report, *claim).len(), report.stories.len()),
        ]);
    }
    table
}

/// The findings on a claim in the stories that tempted it.
fn tempted(report: &Report, claim: ClaimId) -> Vec<&Finding> {
    let is_tempted = |f: &&Finding| f.tempted.iter().all(|tempted| tempted.count > 0);
    report.stories.iter().filter_map(|story| story.finding(claim)).filter(is_tempted).collect()
}

/// What each claim's verdicts stand on: twins, saboteurs caught, decoys left in peace.
fn grounds(report: &Report) -> String {
    let mut text = "What these verdicts stand on:\n".to_owned();
    for claim in ClaimId::ALL {
        let tempted = tempted(report, claim);
        let ground =
            if tempted.is_empty() { "nothing tempted it".to_owned() } else { ground(&tempted) };
        let _ = writeln!(text, "  {:<19} {ground}", claim.name());
    }
    text
}

fn ground(tempted: &[&Finding]) -> String {
    // The weakest flight is what the promise stands on.
    let flown = tempted.iter().filter(|f| f.pairs > 0);
    let twins = flown.min_by_key(|f| (f.random_pairs, f.pairs)).map(|f| {
        format!(
            "pairs {}, {} of them random ({}), at least",
            f.pairs, f.random_pairs, f.one_bit_seen
        )
    });
    let caught = probes(tempted, |f| &f.caught, |detectors| detectors > 0);
    let quiet = probes(tempted, |f| &f.quiet, |detectors| detectors == 0);
    let parts = [
        twins,
        caught.map(|ids| format!("saboteurs caught {ids}")),
        quiet.map(|ids| format!("decoys in peace {ids}")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "no twin and no probe".to_owned()
    } else {
        parts.join(&format!(";\n{:22}", ""))
    }
}

/// How many probes did as they should, and which vehicles they were.
fn probes(
    findings: &[&Finding],
    of: impl Fn(&Finding) -> &Vec<audit::Probed>,
    is_right: impl Fn(usize) -> bool,
) -> Option<String> {
    let all: Vec<_> = findings.iter().flat_map(|finding| of(finding)).collect();
    let right = all.iter().filter(|probe| is_right(probe.detectors.len())).count();
    let ids: BTreeSet<_> = all.iter().map(|probe| probe.id.as_str()).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    (!all.is_empty()).then(|| format!("{right} of {}: {}", all.len(), ids.join(" ")))
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
    lines.extend(aloft.map(|s| match &s.destroyed {
        Some(destroyed) => format!("  {}: destroyed: {}", s.story, destroyed.why),
        None => format!("  {}: did not end on the ground, upright and still", s.story),
    }));
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
mod tests;
