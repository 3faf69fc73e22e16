//! `hushwing coverage`: what the stories tempt, by phase of flight and by state of consent, holes shown as holes.
//!
//! Nothing is flown. A story counts for a claim where it expects the claim held or broken; in it, every beat that
//! tempts the claim counts once in each phase and each state that it falls into. [`phases`], [`consent`] and
//! [`temptations`] say by which rules.
//!
//! **Never:** judges; leaves out an empty cell.

mod consent;
mod phases;
mod temptations;

use crate::args::Coverage as Asked;
use crate::stories::{self, Story};
use crate::table::grid;
use crate::{ExitCode, Trouble, flights, output};
use comfy_table::{Cell, CellAlignment, Color, Table};
use consent::{Consent, Ledger};
use evidence::scenario::Expectation;
use evidence::{Choice, ClaimId, Class};
use phases::{Phase, Phases};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use temptations::SoFar;

/// Name and version of the JSON form.
const SCHEMA: &str = "hushwing-coverage/1";

/// What a set of stories tempts.
#[derive(Debug, Serialize)]
struct Coverage {
    schema: &'static str,
    stories: usize,
    flight_s: f64,
    claims: BTreeMap<ClaimId, Row>,
    twins: BTreeMap<Class, Pairs>,
    holes: usize,
}

/// What they tempt of one claim.
#[derive(Debug, Serialize)]
struct Row {
    /// Stories that expect it held or broken.
    stories: u32,
    /// Beats that tempt it, by phase.
    phases: BTreeMap<Phase, u32>,
    /// Beats that tempt it, by state of consent.
    consent: BTreeMap<Consent, u32>,
}

/// Twins of one class over all stories.
#[derive(Debug, Default, Serialize)]
struct Pairs {
    all: u32,
    random: u32,
    /// In stories where a claim about this class is tempted.
    tempted: u32,
}

impl Row {
    fn empty() -> Self {
        Self {
            stories: 0,
            phases: Phase::ALL.into_iter().map(|phase| (phase, 0)).collect(),
            consent: Consent::ALL.into_iter().map(|state| (state, 0)).collect(),
        }
    }

    fn holes(&self) -> usize {
        self.phases.values().chain(self.consent.values()).filter(|count| **count == 0).count()
    }
}

/// Reads stories and prints what they tempt.
pub fn coverage(asked: &Asked) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let coverage = cover(&stories::load(&asked.paths, &assets)?, asked.pairs)?;
    output::print(&print(&coverage));
    if let Some(file) = &asked.json {
        let json = serde_json::to_string_pretty(&coverage)
            .map_err(|error| Trouble::Bug(format!("coverage: {error}")))?;
        output::write_file(file, &(json + "\n"))?;
        output::print(&format!("Coverage: {}\n", file.display()));
    }
    Ok(ExitCode::Held)
}

fn cover(stories: &[Story], pairs: u32) -> Result<Coverage, Trouble> {
    let mut claims: BTreeMap<_, _> =
        ClaimId::ALL.into_iter().map(|claim| (claim, Row::empty())).collect();
    let mut twins: BTreeMap<Class, Pairs> = BTreeMap::new();
    for story in stories {
        for (claim, row) in &mut claims {
            row.stories += u32::from(is_tried(story, *claim));
        }
        tempt(story, &mut claims);
        count_twins(story, pairs, &mut twins)?;
    }
    let holes = claims.values().map(Row::holes).sum();
    let flight_s = stories.iter().map(|story| story.scenario.length_s).sum();
    Ok(Coverage { schema: SCHEMA, stories: stories.len(), flight_s, claims, twins, holes })
}

fn is_tried(story: &Story, claim: ClaimId) -> bool {
    match story.scenario.expects.get(&claim) {
        Some(Expectation::Held | Expectation::Broken) => true,
        Some(Expectation::Untested) | None => false,
    }
}

fn tempt(story: &Story, claims: &mut BTreeMap<ClaimId, Row>) {
    let phases = Phases::of(&story.scenario);
    let mut ledger = Ledger::default();
    let mut so_far = SoFar::at_the_start(&story.scenario);
    for (at_s, moment) in temptations::moments(&story.scenario) {
        let states = match moment {
            temptations::Moment::Beat(act) => ledger.hear(at_s, act),
            temptations::Moment::Due(_) => ledger.states(at_s),
        };
        for claim in so_far.tempt(moment) {
            let Some(row) = claims.get_mut(&claim).filter(|_| is_tried(story, claim)) else {
                continue;
            };
            for phase in phases.at(at_s) {
                *row.phases.entry(phase).or_default() += 1;
            }
            for state in &states {
                *row.consent.entry(*state).or_default() += 1;
            }
        }
    }
}

/// Twins that hide the same count once, as in a verdict.
fn count_twins(
    story: &Story,
    pairs: u32,
    twins: &mut BTreeMap<Class, Pairs>,
) -> Result<(), Trouble> {
    let law = flights::law_of(story)?;
    let planned = audit::plan_twins(&law, &story.scenario, pairs);
    for class in Class::ALL {
        let mut choices = Vec::new();
        for twin in planned.iter().filter(|twin| twin.swaps.contains(&class)) {
            if !choices.contains(&twin.choice) {
                choices.push(twin.choice);
            }
        }
        if choices.is_empty() {
            continue;
        }
        let (all, random) = (choices.len(), choices.iter().filter(|c| is_random(**c)).count());
        let sum = twins.entry(class).or_default();
        sum.all += all as u32;
        sum.random += random as u32;
        if claims_of(class).iter().any(|claim| is_tried(story, *claim)) {
            sum.tempted += all as u32;
        }
    }
    Ok(())
}

fn is_random(choice: Choice) -> bool {
    match choice {
        Choice::Random(_) => true,
        Choice::Nothing | Choice::Loudest | Choice::Ultrasonic => false,
    }
}

/// The claims that a class of secrets is about.
fn claims_of(class: Class) -> &'static [ClaimId] {
    match class {
        Class::Audio => &[ClaimId::NoAudio, ClaimId::MicConsent],
        Class::Face => &[ClaimId::NoFaces],
        Class::Imagery => &[ClaimId::MediaConsent, ClaimId::MediaManual],
        Class::FlightLog => &[ClaimId::LogConsent, ClaimId::LogSealed],
        Class::Position => &[ClaimId::DiagCoarse, ClaimId::NoflyCoarse],
        Class::Device | Class::Surroundings => &[ClaimId::IdentityMinimal],
        Class::Account => {
            &[ClaimId::IdentityUnverified, ClaimId::IdentitySealed, ClaimId::IdentityMinimal]
        }
        Class::Key => &[ClaimId::IdentitySealed],
        Class::Public => &[],
    }
}

fn print(coverage: &Coverage) -> String {
    let minutes = coverage.flight_s / 60.0;
    let mut text = format!(
        "{} scenarios, {minutes:.0} minutes of flight, {} holes.\n\n",
        coverage.stories, coverage.holes
    );
    let phases = Phase::ALL.map(|phase| (phase, phase.head()));
    let table = counted(coverage, &phases, |row| &row.phases);
    let _ = writeln!(text, "Beats that tempt each promise, by phase of flight:\n{table}\n");
    let states = Consent::ALL.map(|state| (state, state.head()));
    let table = counted(coverage, &states, |row| &row.consent);
    let _ = writeln!(text, "The same beats, by the state that consent is in:\n{table}\n");
    let mut table = grid(&["class", "pairs", "random", "where a promise about it is tempted"]);
    for (class, pairs) in &coverage.twins {
        let counts = [pairs.all, pairs.random, pairs.tempted].map(|count| count.to_string());
        table.add_row(std::iter::once(class.to_string()).chain(counts));
    }
    let _ = writeln!(text, "Twins that `verify` flies over all of them:\n{table}");
    text
}

/// A table of counts, promise by column; a hole is said in a word.
fn counted<T: Ord + Copy>(
    coverage: &Coverage,
    columns: &[(T, &'static str)],
    of: impl Fn(&Row) -> &BTreeMap<T, u32>,
) -> Table {
    let mut head = vec!["promise", "stories"];
    head.extend(columns.iter().map(|(_, name)| *name));
    let mut table = grid(&head);
    for column in table.column_iter_mut().skip(1) {
        column.set_padding((0, 0)).set_cell_alignment(CellAlignment::Right);
    }
    for (claim, row) in &coverage.claims {
        let mut cells = vec![Cell::new(claim.name()), Cell::new(row.stories)];
        cells.extend(columns.iter().map(|(column, _)| match of(row).get(column) {
            None | Some(0) => Cell::new("hole").fg(Color::Red),
            Some(count) => Cell::new(count),
        }));
        table.add_row(cells);
    }
    table
}

#[cfg(test)]
mod tests;
