//! `hushwing bench`: how fast it flies, what bounds it, and whether it stays so.
//!
//! Rooms: what is flown ([`workload`]), the clocks ([`watch`], [`memory`]), and the figures with the targets beside
//! them ([`figures`]).
//!
//! **Never:** fails because a machine is slow; times a flight in which the rooms are timed.

mod figures;
mod memory;
mod watch;
mod workload;

use crate::args::Bench;
use crate::flights::{self, Rider};
use crate::stories::{self, Story};
use crate::workers::{self, Progress};
use crate::{ExitCode, Trouble, output};
use evidence::{Assets, Evidence, Tick, Twin};
use figures::{Figures, Minute, RoomTime, Workload};
use flight::firmware::Provision;
use flight::{Plan, Source};
use std::sync::Arc;
use watch::{Notes, Stopwatch, Watched};
use workload::Observed;

/// Flights of which the median counts.
const RUNS: usize = 5;

/// Seats of the flights that measure what a further seat costs.
const SEATS: [usize; 4] = [2, 4, 8, 16];

/// Measures and prints.
pub fn bench(args: &Bench) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let runs = if args.quick { 1 } else { RUNS };
    let courses = courses(&assets)?;
    let progress = Progress::of(runs + 2);
    let cores = workers::jobs(None);
    // Memory first: what a later flight leaves behind with the allocator would count here.
    let minutes = half_hour(if args.quick { 5 } else { 30 }, &assets)?;
    progress.done("half an hour", &format!("{} minutes", minutes.len()));
    let mut workloads: Vec<_> = courses.iter().map(Course::unflown).collect();
    // In turn, so that what else the machine does, or how warm it is, falls on all of them alike.
    for run in 1..=runs {
        for (course, workload) in courses.iter().zip(&mut workloads) {
            course.measure(workload, &assets)?;
        }
        progress.done(&format!("run {run}"), &format!("{} workloads", courses.len()));
    }
    let rooms = rooms(&assets)?;
    progress.done("room by room", "timed");
    progress.end();
    let figures = Figures::of(runs, cores, workloads, rooms, minutes);
    output::print(&figures.table());
    if let Some(file) = &args.json {
        output::write_file(file, &figures.to_json())?;
        output::print(&format!("Figures: {}\n", file.display()));
    }
    Ok(ExitCode::Held)
}

/// A workload, ready to be flown.
struct Course {
    name: &'static str,
    story: Story,
    twins: Vec<Twin>,
    looks: bool,
    /// Flights at the same time.
    flights: usize,
}

fn courses(assets: &Assets) -> Result<Vec<Course>, Trouble> {
    let all = Observed::EVERYTHING;
    let course = |name, observed: Observed, seats: usize, flights| {
        let story = workload::everything(observed, assets)?;
        let twins = workload::twins(&story, seats - 1)?;
        Ok(Course { name, story, twins, looks: observed.camera, flights })
    };
    let mut courses = vec![
        course(figures::EVERYTHING, all, 1, 1)?,
        course(figures::BARE, Observed::NOTHING, 1, 1)?,
        course(figures::NO_TELEMETRY, Observed { telemetry: false, ..all }, 1, 1)?,
        course(figures::NO_CAMERA, Observed { camera: false, ..all }, 1, 1)?,
        course(figures::NO_MICROPHONE, Observed { microphone: false, ..all }, 1, 1)?,
        course(figures::LIVE_VIEW, Observed { view: true, ..all }, 1, 1)?,
    ];
    for seats in SEATS {
        courses.push(course(figures::EVERYTHING, all, seats, 1)?);
    }
    courses.push(course(figures::EVERYTHING, all, 1, workers::jobs(None).max(2))?);
    Ok(courses)
}

impl Course {
    fn unflown(&self) -> Workload {
        Workload {
            name: self.name.to_owned(),
            seats: self.twins.len() + 1,
            flights: self.flights,
            simulated_s: self.story.scenario.length_s,
            wall_s: Vec::new(),
            beside_s: Vec::new(),
            peak_kib: 0,
        }
    }

    /// Flies it once more; with company, right after one seat alone, so that both have the machine as it is then.
    fn measure(&self, workload: &mut Workload, assets: &Assets) -> Result<(), Trouble> {
        if self.flights > 1 || !self.twins.is_empty() {
            let (flown, run_s) = watch::seconds(|| self.fly(&[], 1, assets));
            flown?;
            workload.beside_s.push(run_s);
        }
        memory::forget_peak();
        let (flown, run_s) = watch::seconds(|| self.fly(&self.twins, self.flights, assets));
        flown?;
        workload.wall_s.push(run_s);
        workload.peak_kib = workload.peak_kib.max(memory::peak_kib());
        Ok(())
    }

    fn fly(&self, twins: &[Twin], flights: usize, assets: &Assets) -> Result<(), Trouble> {
        let one = || {
            let build = |provision: &Provision| watched(provision, self.looks, None);
            let rider = Rider::Guest { name: flights::HONEST, build: &build };
            flights::with_twins(&self.story, rider, 0, twins.to_vec(), assets).map(drop)
        };
        if flights == 1 {
            return one();
        }
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..flights).map(|_| scope.spawn(one)).collect();
            let lost = |_| Err(Trouble::Bug("a flight was lost".to_owned()));
            threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(lost))
        })
    }
}

fn watched(
    provision: &Provision,
    looks: bool,
    notes: Option<Arc<Notes>>,
) -> Box<dyn flight::Firmware> {
    Box::new(Watched::new(provision, looks, notes))
}

/// The time of one tick by room, of a lone seat with everything observed.
fn rooms(assets: &Assets) -> Result<Vec<RoomTime>, Trouble> {
    let story = workload::everything(Observed::EVERYTHING, assets)?;
    let notes = Arc::new(Notes::default());
    let build = |provision: &Provision| watched(provision, true, Some(Arc::clone(&notes)));
    let plan = Plan {
        firmware: flights::HONEST.to_owned(),
        story: story.name.clone(),
        seed: story.scenario.seed,
        pairs: 0,
        twins: Vec::new(),
        probes: Vec::new(),
    };
    let meter = Stopwatch::start();
    let flown = flight::fly_timed(
        &story.scenario,
        &story.text,
        &plan,
        assets,
        &build,
        Source::Script,
        meter,
    );
    let (_, meter) = flown.map_err(|error| Trouble::Bug(error.to_string()))?;
    let ticks = Tick::at_s(story.scenario.length_s).0 as f64;
    Ok(figures::rooms(&meter.us_per_tick(), notes.looked_s() * 1e6 / ticks))
}

/// Speed and memory of each minute of a long flight.
fn half_hour(minutes: u32, assets: &Assets) -> Result<Vec<Minute>, Trouble> {
    let story = workload::half_hour(minutes, assets)?;
    let notes = Arc::new(Notes::default());
    let build = |provision: &Provision| watched(provision, true, Some(Arc::clone(&notes)));
    let rider = Rider::Guest { name: flights::HONEST, build: &build };
    let evidence = flights::bare(&story, rider, assets)?;
    let minute = |(i, (wall_s, resident_kib)): (usize, (f64, u64))| {
        let end = Tick::at_s(60.0 * (i + 1) as f64);
        let evidence_kib = memory::evidence_kib(&evidence, end);
        Minute { wall_s, resident_kib, evidence_kib, is_airborne: is_airborne(&evidence, end) }
    };
    Ok(notes.minutes().into_iter().enumerate().map(minute).collect())
}

/// Whether it was off the ground for the whole of the minute that ends there.
fn is_airborne(evidence: &Evidence, end: Tick) -> bool {
    let begin = Tick(end.0 - Tick::at_s(60.0).0);
    let mut points = evidence.track.iter().filter(|p| p.tick >= begin && p.tick < end);
    points.all(|point| point.position_m[2] > 1.0)
}
