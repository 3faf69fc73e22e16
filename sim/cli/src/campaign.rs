//! `hushwing campaign`: one story under many seeds of wind, bias and failure; which crash, and which of those had to.
//!
//! Rooms: what a seed draws ([`draw`], [`failures`]), and what physics forces ([`forced`]).
//!
//! **Never:** judges what left the vehicle; excuses a crash by anything but what was drawn and the airframe's file;
//! prints anything that depends on the number of jobs.

mod draw;
mod failures;
mod forced;

use crate::args::Campaign;
use crate::flights::{self, Rider};
use crate::stories::{self, Story};
use crate::table::grid;
use crate::workers::{self, Job};
use crate::{ExitCode, Trouble, output};
use draw::Hangar;
use evidence::scenario::Act;
use evidence::{Assets, Evidence, Scenario, TICKS_PER_S};
use failures::FAILURES;
use flight::airframe::Airframe;
use std::fmt::Write;
use std::path::Path;

/// The story that is flown where none is given, and the airframes that fly it.
const ERRAND: &str = include_str!("campaign/errand.ron");
const FLEET: [&str; 2] = ["camera_quad", "hexacopter"];

/// What one seed came to.
struct Outcome {
    seed: u64,
    scenario: Scenario,
    befell: &'static str,
    end: End,
    /// Why it could not have ended otherwise, if that is so.
    forced: Option<String>,
}

/// How a flight ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    Landed,
    /// In the air, where the story never lands.
    Flying,
    /// When, in tenths of a second, and why.
    Destroyed(u64, String),
    /// In one piece, and not upright on the ground with still rotors.
    Astray,
}

/// Draws, flies, reports.
pub fn campaign(args: &Campaign) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let (template, hangar) = template(args.scenario.as_deref(), &assets)?;
    let last = args.first_seed.saturating_add(u64::from(args.seeds) - 1);
    let seeds: Vec<u64> = (args.first_seed..=last).collect();
    let outcomes = fly_all(&template, &hangar, &seeds, workers::jobs(args.jobs), &assets)?;
    output::print(&table(&template, &outcomes));
    if let Some(folder) = &args.keep {
        keep(&outcomes, folder)?;
    }
    let code = code(&outcomes);
    output::print(&closing(&outcomes, code));
    Ok(code)
}

/// The story, and the airframes that a seed may take for it.
fn template(file: Option<&Path>, assets: &Assets) -> Result<(Scenario, Hangar), Trouble> {
    let (scenario, names) = match file {
        Some(file) => {
            let scenario = stories::load_file(file, assets)?.scenario;
            let name = scenario.airframe.clone();
            (scenario, vec![name])
        }
        None => {
            let scenario = Scenario::parse("errand", ERRAND, assets)
                .map_err(|error| Trouble::Bug(error.to_string()))?;
            (scenario, FLEET.map(str::to_owned).into())
        }
    };
    let rotors = |name: String| {
        let airframe = airframe(&name, assets)?;
        Ok((name, airframe.rotors.len()))
    };
    Ok((scenario, names.into_iter().map(rotors).collect::<Result<_, Trouble>>()?))
}

fn airframe(name: &str, assets: &Assets) -> Result<Airframe, Trouble> {
    Airframe::read_to_fly(&assets.airframe_path(name)).map_err(|error| {
        let hint = "mend that file, or name another airframe in the scenario";
        Trouble::BadScenario(format!("{error}\n  hint: {hint}"))
    })
}

/// Every seed, several at once; the outcomes are in the order of the seeds.
fn fly_all(
    template: &Scenario,
    hangar: &Hangar,
    seeds: &[u64],
    threads: usize,
    assets: &Assets,
) -> Result<Vec<Outcome>, Trouble> {
    let job = |seed: &u64| {
        let seed = *seed;
        Job {
            name: name(seed),
            weight: template.length_s,
            does: Box::new(move || fly(template, hangar, seed, assets)),
        }
    };
    let work: Vec<Job<'_, Outcome>> = seeds.iter().map(job).collect();
    workers::run(&work, threads, |outcome| in_short(&outcome.end))
}

fn fly(
    template: &Scenario,
    hangar: &Hangar,
    seed: u64,
    assets: &Assets,
) -> Result<Outcome, Trouble> {
    let (scenario, befell) = draw::draw(template, hangar, seed);
    // Flown as the file of it will be read, so that a kept story is the same flight.
    let text = scenario.to_text();
    let scenario = Scenario::parse(&name(seed), &text, assets).map_err(|error| {
        Trouble::Bug(format!("what befalls it makes it no story ({befell}): {error}"))
    })?;
    let story = Story { name: name(seed), text, ways: scenario.ways(), scenario, heard: None };
    let evidence = flights::bare(&story, Rider::Honest, assets)?;
    let forced = forced::forced(&story.scenario, &airframe(&story.scenario.airframe, assets)?);
    let end = end(&evidence);
    let forced = forced.filter(|_| end.is_crash());
    Ok(Outcome { seed, scenario: story.scenario, befell, end, forced })
}

fn name(seed: u64) -> String {
    format!("seed-{seed}")
}

fn end(evidence: &Evidence) -> End {
    let comes_down = |act: &Act| matches!(act, Act::Lands | Act::Returns);
    if let Some(destroyed) = &evidence.truth.destroyed {
        End::Destroyed(destroyed.tick.0 * 10 / TICKS_PER_S, destroyed.why.clone())
    } else if evidence.truth.landed_safely {
        End::Landed
    } else if evidence.scenario.beats.iter().any(|beat| comes_down(&beat.does)) {
        End::Astray
    } else {
        End::Flying
    }
}

impl End {
    fn is_crash(&self) -> bool {
        match self {
            Self::Landed | Self::Flying => false,
            Self::Destroyed(..) | Self::Astray => true,
        }
    }
}

impl Outcome {
    fn is_fault(&self) -> bool {
        self.end.is_crash() && self.forced.is_none()
    }
}

fn code(outcomes: &[Outcome]) -> ExitCode {
    if outcomes.iter().any(Outcome::is_fault) { ExitCode::Broken } else { ExitCode::Held }
}

fn in_short(end: &End) -> String {
    match end {
        End::Landed => "landed upright".to_owned(),
        End::Flying => "still in the air, as the scenario has it".to_owned(),
        End::Destroyed(tenths, why) => {
            format!("destroyed at {}.{} s: {why}", tenths / 10, tenths % 10)
        }
        End::Astray => "did not end on the ground, upright and still".to_owned(),
    }
}

/// What befell how many and how they ended; then each crash.
fn table(template: &Scenario, outcomes: &[Outcome]) -> String {
    let mut text = format!("{}\n", template.title);
    let _ = writeln!(text, "{}", by_failure(outcomes));
    let mut crashes =
        grid(&["seed", "airframe", "wind", "what befell it", "how it ended", "forced"]);
    for outcome in outcomes.iter().filter(|outcome| outcome.end.is_crash()) {
        let (east, north) = outcome.scenario.weather.wind_mps;
        crashes.add_row([
            outcome.seed.to_string(),
            outcome.scenario.airframe.clone(),
            format!("{:.1} m/s", (east * east + north * north).sqrt()),
            outcome.befell.to_owned(),
            in_short(&outcome.end),
            outcome.forced.clone().unwrap_or_else(|| "NO".to_owned()),
        ]);
    }
    if !crashes.is_empty() {
        let _ = writeln!(text, "\nThe crashes:\n{crashes}");
    }
    text
}

fn by_failure(outcomes: &[Outcome]) -> comfy_table::Table {
    let head = ["what befell it", "flights", "landed upright", "crashed", "of those forced"];
    let mut table = grid(&head);
    let mut add = |name: &str, is_of: &dyn Fn(&Outcome) -> bool| {
        let count = |wanted: &dyn Fn(&Outcome) -> bool| {
            outcomes.iter().filter(|o| is_of(o) && wanted(o)).count().to_string()
        };
        table.add_row([
            name.to_owned(),
            count(&|_| true),
            count(&|o| o.end == End::Landed),
            count(&|o| o.end.is_crash()),
            count(&|o| o.forced.is_some()),
        ]);
    };
    for name in std::iter::once(draw::NOTHING).chain(FAILURES.iter().map(|f| f.name)) {
        add(name, &|outcome| outcome.befell == name);
    }
    add("all", &|_| true);
    table
}

/// Writes the story of each crash as a file of its own.
fn keep(outcomes: &[Outcome], folder: &Path) -> Result<(), Trouble> {
    std::fs::create_dir_all(folder).map_err(|error| Trouble::unwritable(folder, &error))?;
    for outcome in outcomes.iter().filter(|outcome| outcome.end.is_crash()) {
        let file = folder.join(format!("{}.ron", name(outcome.seed)));
        output::write_file(&file, &outcome.scenario.to_text())?;
        output::print(&format!("Kept: {}\n", file.display()));
    }
    Ok(())
}

fn closing(outcomes: &[Outcome], code: ExitCode) -> String {
    let crashes = outcomes.iter().filter(|outcome| outcome.end.is_crash()).count();
    let faults = outcomes.iter().filter(|outcome| outcome.is_fault()).count();
    let (flights, code) = (outcomes.len(), code.code());
    format!(
        "Result: {crashes} of {flights} flights crashed, {faults} without need (exit code {code}).\n"
    )
}

#[cfg(test)]
mod tests;
