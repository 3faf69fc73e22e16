//! The flight beside what its story expects of it, as rows: expected, allowed, measured, met or missed.
//!
//! **Never:** measures (the audit does); leaves out a row that was met.

use crate::table::grid;
use crate::words::{MET, MISSED};
use audit::{FlightFinding, Report};
use comfy_table::{Cell, Color};

/// All expectations of all stories; nothing where no story has any.
#[must_use]
pub fn by_story(report: &Report) -> String {
    let mut table = grid(&["scenario", "the flight", "allowed", "measured", ""]);
    for story in &report.stories {
        for finding in &story.flown {
            let mut row = vec![Cell::new(&story.story)];
            row.extend(cells(finding));
            table.add_row(row);
        }
    }
    if table.is_empty() {
        return String::new();
    }
    format!("How well it flew, where its scenario expects something:\n{table}\n\n")
}

/// All expectations of one flight; nothing where there is none.
#[must_use]
pub fn of_one(flown: &[FlightFinding]) -> String {
    if flown.is_empty() {
        return String::new();
    }
    let mut table = grid(&["the flight", "allowed", "measured", ""]);
    for finding in flown {
        table.add_row(cells(finding));
    }
    format!("{table}\n")
}

/// How many were missed, as the end of a sentence; nothing where none was.
#[must_use]
pub fn missed(report: &Report) -> String {
    let flown = report.stories.iter().flat_map(|story| &story.flown);
    match flown.filter(|finding| !finding.is_met).count() {
        0 => String::new(),
        1 => ", 1 expectation of a flight missed".to_owned(),
        more => format!(", {more} expectations of flights missed"),
    }
}

fn cells(finding: &FlightFinding) -> [Cell; 4] {
    let FlightFinding { expected, allowed, measured, is_met } = finding;
    let (word, color) = if *is_met { (MET, Color::Green) } else { (MISSED, Color::Red) };
    [Cell::new(expected), Cell::new(allowed), Cell::new(measured), Cell::new(word).fg(color)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{ALL_HELD, flown, report};
    use expect_test::expect;

    #[test]
    fn every_expectation_is_a_row_and_the_last_line_counts_the_missed() {
        let mut report = report(&[ALL_HELD, ALL_HELD]);
        assert_eq!(by_story(&report), "");
        assert_eq!((of_one(&[]).as_str(), missed(&report).as_str()), ("", ""));
        report.stories[1].flown = vec![flown(true), flown(false)];
        expect![[r#"
            How well it flew, where its scenario expects something:
            ┌───────────────┬───────────────────────────────────────┬───────────────────┬─────────────┬────────┐
            │ scenario      ┆ the flight                            ┆ allowed           ┆ measured    ┆        │
            ╞═══════════════╪═══════════════════════════════════════╪═══════════════════╪═════════════╪════════╡
            │ plain/story-1 ┆ hovers at (0, 0, 5) m from 20 to 60 s ┆ at most 0.3 m RMS ┆ 0.112 m RMS ┆ ok     │
            │ plain/story-1 ┆ hovers at (0, 0, 5) m from 20 to 60 s ┆ at most 0.3 m RMS ┆ 0.417 m RMS ┆ MISSED │
            └───────────────┴───────────────────────────────────────┴───────────────────┴─────────────┴────────┘

        "#]].assert_eq(&by_story(&report));
        expect![[r#"
            ┌───────────────────────────────────────┬───────────────────┬─────────────┬────────┐
            │ the flight                            ┆ allowed           ┆ measured    ┆        │
            ╞═══════════════════════════════════════╪═══════════════════╪═════════════╪════════╡
            │ hovers at (0, 0, 5) m from 20 to 60 s ┆ at most 0.3 m RMS ┆ 0.112 m RMS ┆ ok     │
            │ hovers at (0, 0, 5) m from 20 to 60 s ┆ at most 0.3 m RMS ┆ 0.417 m RMS ┆ MISSED │
            └───────────────────────────────────────┴───────────────────┴─────────────┴────────┘
        "#]]
        .assert_eq(&of_one(&report.stories[1].flown));
        assert_eq!(missed(&report), ", 1 expectation of a flight missed");
        report.stories[0].flown = vec![flown(false)];
        assert_eq!(missed(&report), ", 2 expectations of flights missed");
    }
}
