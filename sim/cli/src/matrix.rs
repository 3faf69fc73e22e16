//! The matrix of saboteurs and detectors as a table and as JSON, with its holes shown as holes.
//!
//! **Never:** flies or judges; leaves out a miss.

use crate::Trouble;
use crate::leaks::{Attempt, Matrix, Trial};
use crate::table::grid;
use audit::Detector;
use comfy_table::{Attribute, Cell, Color};
use evidence::{Class, Link};
use serde::Serialize;
use std::fmt::Write;

/// What each detector looks for, a line each.
pub const DETECTORS: &str = "\
Detectors: CAN known secrets in many disguises; DEC bytes of no listed form; NIC a twin said other bytes;
  NIT a twin said more, less, or at another time; PHY a twin moved or lit up otherwise; CON sent without
  consent, or while switched off; RES a file on the card that nobody commanded, or one that is not sealed;
  LOC a place finer than its cell, or tied to it in time; ENT a key or number that is not drawn afresh.
";

/// Name and version of the JSON's form.
const SCHEMA: &str = "hushwing-leaks/1";

/// How many of a group were caught, and the share of them less the share of decoys accused.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Score {
    group: String,
    caught: usize,
    saboteurs: usize,
    score_per_mille: i64,
}

/// The whole result as text.
pub fn print(matrix: &Matrix) -> String {
    let mut text = "Which detector saw which saboteur:\n".to_owned();
    let _ = writeln!(text, "{}", attempts(matrix));
    text.push_str("  MUST = had to fire and did; MISS = had to fire and did not; x = fired as well; . = silent\n\n");
    let _ = writeln!(text, "Which detector accused which decoy:\n{}\n", trials(matrix));
    text.push_str(DETECTORS);
    let _ = writeln!(
        text,
        "\nScore (share of saboteurs caught less share of decoys accused):\n{}\n",
        scores(matrix)
    );
    text.push_str(&misses(matrix));
    text
}

/// The whole result as JSON.
pub fn json(matrix: &Matrix) -> Result<String, Trouble> {
    let names = |fired: std::collections::BTreeSet<Detector>| -> Vec<_> {
        fired.into_iter().map(Detector::name).collect()
    };
    let attempt = |a: &Attempt| {
        let s = a.saboteur;
        serde_json::json!({
            "id": s.id, "class": s.class, "link": s.link, "tier": s.tier, "claim": s.claim,
            "must_fire": s.detector.name(), "story": s.story, "fired": names(a.fired()),
            "caught": a.is_caught(), "broken": a.report.broken(), "breaks_only_its_claim": a.strays().is_empty(),
            "seen_only_by_its_detector": a.survives_without(s.detector),
        })
    };
    let trial = |t: &Trial| {
        let first = t.alarms.first().map(|alarm| alarm.shown.as_str());
        serde_json::json!({
            "id": t.decoy.id, "story": t.decoy.story, "fired": names(t.fired()), "accused": t.is_accused(),
            "first_alarm": first,
        })
    };
    let value = serde_json::json!({
        "schema": SCHEMA,
        "saboteurs": matrix.attempts.iter().map(attempt).collect::<Vec<_>>(),
        "decoys": matrix.trials.iter().map(trial).collect::<Vec<_>>(),
        "scores": all_scores(matrix),
        "whole": matrix.is_whole(),
    });
    let text = serde_json::to_string_pretty(&value);
    text.map(|text| text + "\n")
        .map_err(|error| Trouble::Bug(format!("the matrix as JSON: {error}")))
}

fn attempts(matrix: &Matrix) -> comfy_table::Table {
    let mut head = vec!["id", "tier", "class", "link", "breaks"];
    head.extend(Detector::ALL.map(Detector::name));
    head.push("caught");
    let mut table = grid(&head);
    for column in table.column_iter_mut().skip(1) {
        column.set_padding((0, 0));
    }
    for attempt in &matrix.attempts {
        let s = attempt.saboteur;
        let fired = attempt.fired();
        let mut row = vec![
            Cell::new(s.id),
            Cell::new(s.tier),
            Cell::new(s.class),
            Cell::new(s.link),
            Cell::new(s.claim),
        ];
        row.extend(Detector::ALL.map(|d| mark(s.detector == d, fired.contains(&d))));
        row.push(match (attempt.is_caught(), attempt.strays().is_empty()) {
            (true, true) => Cell::new("caught").fg(Color::Green),
            (true, false) => Cell::new("caught, breaks more").fg(Color::Yellow),
            (false, _) => Cell::new("MISSED").fg(Color::Red).add_attribute(Attribute::Bold),
        });
        table.add_row(row);
    }
    table
}

fn mark(must: bool, fired: bool) -> Cell {
    match (must, fired) {
        (true, true) => Cell::new("MUST").fg(Color::Green).add_attribute(Attribute::Bold),
        (true, false) => Cell::new("MISS").fg(Color::Red).add_attribute(Attribute::Bold),
        (false, true) => Cell::new("x"),
        (false, false) => Cell::new("."),
    }
}

fn trials(matrix: &Matrix) -> comfy_table::Table {
    let mut table = grid(&["id", "verdict", "fired", "what it does"]);
    for trial in &matrix.trials {
        let verdict = if trial.is_accused() {
            Cell::new("ACCUSED").fg(Color::Red).add_attribute(Attribute::Bold)
        } else {
            Cell::new("quiet").fg(Color::Green)
        };
        let fired: Vec<_> = trial.fired().into_iter().map(Detector::name).collect();
        let (id, does) = (Cell::new(trial.decoy.id), Cell::new(trial.decoy.sentence));
        table.add_row([id, verdict, Cell::new(fired.join(" ")), does]);
    }
    table
}

fn scores(matrix: &Matrix) -> comfy_table::Table {
    let mut table = grid(&["group", "caught", "score"]);
    for score in all_scores(matrix) {
        let caught = format!("{} of {}", score.caught, score.saboteurs);
        let sign = if score.score_per_mille < 0 { "-" } else { "" };
        let size = score.score_per_mille.abs();
        table.add_row([score.group, caught, format!("{sign}{}.{} %", size / 10, size % 10)]);
    }
    table
}

fn all_scores(matrix: &Matrix) -> Vec<Score> {
    let accused = matrix.trials.iter().filter(|trial| trial.is_accused()).count();
    let falsely = per_mille(accused, matrix.trials.len());
    let mut scores = Vec::new();
    let mut add = |group: String, is_in: &dyn Fn(&Attempt) -> bool| {
        let group_of: Vec<_> = matrix.attempts.iter().filter(|a| is_in(a)).collect();
        let caught = group_of.iter().filter(|a| a.is_caught()).count();
        let saboteurs = group_of.len();
        if saboteurs > 0 {
            let score_per_mille = per_mille(caught, saboteurs) - falsely;
            scores.push(Score { group, caught, saboteurs, score_per_mille });
        }
    };
    add("all".to_owned(), &|_| true);
    for tier in 1..=5 {
        add(format!("tier {tier}"), &|a| a.saboteur.tier == tier);
    }
    for class in Class::ALL {
        add(format!("class {class}"), &|a| a.saboteur.class == class);
    }
    for link in Link::ALL {
        add(format!("link {link}"), &|a| a.saboteur.link == link);
    }
    for detector in Detector::ALL {
        add(format!("detector {detector}"), &|a| a.saboteur.detector == detector);
    }
    scores
}

fn per_mille(part: usize, whole: usize) -> i64 {
    (part * 1000).checked_div(whole).unwrap_or(0) as i64
}

/// Every miss, every stray and every false accusation by name.
fn misses(matrix: &Matrix) -> String {
    let mut lines = Vec::new();
    for attempt in &matrix.attempts {
        let s = attempt.saboteur;
        if !attempt.is_caught() {
            let fired: Vec<_> = attempt.alarms.iter().take(1).map(first_words).collect();
            let instead = fired.first().map_or("nothing fired", String::as_str);
            lines.push(format!("missed {} in {} ({}): {instead}", s.id, s.story, s.sentence));
        }
        for claim in attempt.strays() {
            let why = attempt.report.finding(claim).map_or("", |finding| finding.why.as_str());
            lines.push(format!("{} in {} breaks {claim} too: {why}", s.id, s.story));
        }
    }
    for trial in &matrix.trials {
        lines.extend(trial.alarms.iter().take(1).map(|alarm| {
            format!("accused {} in {}: {}", trial.decoy.id, trial.decoy.story, first_words(alarm))
        }));
    }
    let (all, decoys) = (matrix.attempts.len(), matrix.trials.len());
    if lines.is_empty() {
        return format!(
            "All {all} saboteurs caught, each for its own claim only; none of {decoys} decoys accused.\n"
        );
    }
    let mut text = "Holes, by name:\n".to_owned();
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
    text
}

fn first_words(alarm: &audit::Alarm) -> String {
    let class = alarm.class.map_or_else(|| "no class".to_owned(), |class| class.to_string());
    format!("{} on {} ({class}): {}", alarm.detector, alarm.link, alarm.shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_cut_and_an_empty_group_has_none() {
        for (part, whole, expected) in [(0, 0, 0), (1, 3, 333), (3, 3, 1000), (0, 9, 0)] {
            assert_eq!(per_mille(part, whole), expected, "{part} of {whole}");
        }
    }
}
