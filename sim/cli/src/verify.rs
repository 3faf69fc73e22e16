//! `hushwing verify`: fly every story, judge it, print the table, leave report and evidence.
//!
//! **Never:** prints or writes anything that depends on the number of jobs.

use crate::args::Verify;
use crate::flights::{self, Rider};
use crate::stories::{self, Story};
use crate::workers::{self, Job};
use crate::{ExitCode, Trouble, junit, output, table, trouble, words};
use audit::{Report, StoryReport};
use evidence::Assets;
use std::path::Path;

/// Flies, judges, reports.
pub fn verify(args: &Verify) -> Result<ExitCode, Trouble> {
    let rider = rider(args.saboteur.as_deref())?;
    let assets = stories::assets()?;
    let stories = stories::load(&args.paths, &assets)?;
    let stories: Vec<Story> =
        stories.into_iter().map(|story| story.under(args.seed, args.law.as_deref())).collect();
    output::begin(&args.out)?;
    let work: Vec<_> =
        stories.iter().map(|story| job(story, rider, args.pairs, &args.out, &assets)).collect();
    let report = Report::of(workers::run(&work, workers::jobs(args.jobs), in_short)?);
    output::write_file(&args.out.join(output::REPORT), &report.to_json())?;
    output::write_file(&args.out.join(output::JUNIT), &junit::junit(&report)?)?;
    let code = ExitCode::of(&report);
    output::print(&table::table(&report));
    output::print(&whereabouts(&args.out));
    output::print(&table::closing(&report, code));
    Ok(code)
}

/// Who is to sit in seat 0.
pub fn rider(saboteur: Option<&str>) -> Result<Rider<'static>, Trouble> {
    let Some(name) = saboteur else { return Ok(Rider::Honest) };
    Rider::named(name).filter(|rider| !matches!(rider, Rider::Honest)).ok_or_else(|| {
        let near = trouble::nearest(name, flights::ids());
        let near = near.map_or_else(String::new, |id| format!("did you mean `{id}`? "));
        Trouble::Misuse(format!(
            "--saboteur {name}: no such saboteur or decoy\n  hint: {near}`hushwing saboteurs` lists them"
        ))
    })
}

fn job<'a>(
    story: &'a Story,
    rider: Rider<'a>,
    pairs: u32,
    out: &'a Path,
    assets: &'a Assets,
) -> Job<'a, StoryReport> {
    let does = move || {
        let evidence = flights::verified(story, rider, pairs, assets)?;
        output::write_evidence(&evidence, &out.join(&story.name))?;
        Ok(audit::audit(&evidence))
    };
    Job { name: story.name.clone(), weight: story.scenario.length_s, does: Box::new(does) }
}

/// One story in a few words, for the progress on the terminal.
pub fn in_short(story: &StoryReport) -> String {
    let count = |verdict| story.findings.iter().filter(|f| f.verdict == verdict).count();
    let words = words::VERDICTS.map(|verdict| (count(verdict), words::word(verdict)));
    let said: Vec<String> =
        words.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    said.join(", ")
}

fn whereabouts(out: &Path) -> String {
    let at = |name: &str| out.join(name).display().to_string();
    format!(
        "Report: {}   Test report: {}   Evidence: {}\n",
        at(output::REPORT),
        at(output::JUNIT),
        at("<scenario>")
    )
}
