//! What a flight costs: simulated seconds per second, the price of a further seat, and memory.
//!
//! `cargo bench -p cli --bench speed [-- SCENARIO]`. Nothing here is a test: it prints, and the README quotes.
//!
//! **Never:** fails because a machine is slow.

use cli::Trouble;
use cli::flights::{Rider, bare, law_of, with_twins};
use cli::stories::{Story, assets, load_file};
use evidence::card::CardImage;
use evidence::{Assets, Evidence, Scenario, Tick, Twin};
use flight::firmware::{Provision, Senses};
use flight::{Firmware, Plan, Spoken, fly_with};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Flights of which the median counts.
const ROUNDS: usize = 5;

/// Twins beside seat 0 in the flights that measure a further seat.
const TWINS: [usize; 3] = [1, 5, 9];

/// Length of the flight in which memory is measured.
const LONG_S: f64 = 600.0;

/// Resident memory of the process when seat 0 had flown for a minute, in KiB.
static RSS_AFTER_A_MINUTE_KIB: AtomicU64 = AtomicU64::new(0);

fn main() -> Result<(), Trouble> {
    let assets = assets()?;
    // Memory first: the peak is of the process, and this flight is to be its highest.
    memory(&assets)?;
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/plain/everything_at_once.ron");
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    speed(&load_file(&named.unwrap_or(root), &assets)?, &assets)
}

fn speed(story: &Story, assets: &Assets) -> Result<(), Trouble> {
    let length_s = story.scenario.length_s;
    println!("{}: {length_s} s simulated, median of {ROUNDS}", story.name);
    let alone_s = median_s(|| bare(story, Rider::Honest, assets).map(drop))?;
    println!("  one seat     {:>11.1} x real time ({alone_s:.3} s)", length_s / alone_s);
    let planned = audit::plan_twins(&law_of(story)?, &story.scenario, 20);
    for count in TWINS {
        let twins: Vec<Twin> = planned.iter().take(count).cloned().collect();
        let with_s =
            median_s(|| with_twins(story, Rider::Honest, 0, twins.clone(), assets).map(drop))?;
        let share = (with_s - alone_s) / alone_s / count as f64;
        println!(
            "  {count} more seats {:>11.1} x real time, each {:.3} of the first",
            length_s / with_s,
            share
        );
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a bench measures")]
fn median_s(mut flight: impl FnMut() -> Result<(), Trouble>) -> Result<f64, Trouble> {
    let mut times_s = Vec::new();
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        flight()?;
        times_s.push(begin.elapsed().as_secs_f64());
    }
    times_s.sort_by(f64::total_cmp);
    Ok(times_s[ROUNDS / 2])
}

fn memory(assets: &Assets) -> Result<(), Trouble> {
    let text = long_story(assets);
    let scenario = Scenario::parse("a long flight", &text, assets)
        .map_err(|error| Trouble::Bug(error.to_string()))?;
    let story = Story { name: "bench/long".to_owned(), text, scenario };
    let twins = audit::plan_twins(&law_of(&story)?, &story.scenario, 3);
    let plan = Plan {
        firmware: "honest".to_owned(),
        story: story.name.clone(),
        seed: story.scenario.seed,
        pairs: 3,
        twins: twins.into_iter().take(3).collect(),
        probes: Vec::new(),
    };
    let build = |provision: &Provision| Box::new(Weighed::new(provision)) as Box<dyn Firmware>;
    let flown = fly_with(&story.scenario, &story.text, &plan, assets, &build);
    let evidence = flown.map_err(|error| Trouble::BadScenario(error.to_string()))?;
    let (end_kib, peak_kib) = (status_kib("VmRSS:"), status_kib("VmHWM:"));
    let minute_kib = RSS_AFTER_A_MINUTE_KIB.load(Ordering::Relaxed);
    let (said_then, said) =
        (evidence_kib(&evidence, Tick::at_s(60.0)), evidence_kib(&evidence, Tick(u64::MAX)));
    println!("{LONG_S} s with 4 seats: peak {:.1} MiB", mib(peak_kib));
    println!(
        "  after minute 1   {:>8.1} MiB, of it evidence {:.1}",
        mib(minute_kib),
        mib(said_then)
    );
    println!("  at the end       {:>8.1} MiB, of it evidence {:.1}", mib(end_kib), mib(said));
    let without = |all: u64, evidence| mib(all) - mib(evidence);
    let grown = without(end_kib, said) - without(minute_kib, said_then);
    println!("  grown beside the evidence {grown:+.1} MiB");
    Ok(())
}

/// Ten minutes of everything: mission, voices, faces, stills, a recording, a log sent under a grant.
fn long_story(assets: &Assets) -> String {
    let voices: Vec<_> = assets.voices.iter().collect();
    let voice = |i: usize| voices.get(i % voices.len().max(1)).map_or("", |v| v.as_str());
    let mut beats = vec![
        (2.0, "Arms".to_owned()),
        (4.0, "TakesOff(height_m: 12.0)".to_owned()),
        (20.0, "StartsMission".to_owned()),
        (540.0, "Returns".to_owned()),
    ];
    for i in 0..24_usize {
        let at_s = 25.0 + 20.0 * i as f64;
        beats
            .push((at_s, format!("Speaks(who: \"Ada\", voice: \"{}\", level_db: 90.0)", voice(i))));
        if i % 4 == 0 {
            beats.push((at_s + 5.0, "TakesStill".to_owned()));
        }
    }
    beats.sort_by(|a, b| a.0.total_cmp(&b.0));
    let beats: Vec<_> =
        beats.iter().map(|(at, does)| format!("(at_s: {at:.1}, does: {does})")).collect();
    let points: Vec<_> = (0..16)
        .map(|i| {
            let (east, north) = (30.0 * f64::from(i % 4), 30.0 * f64::from(i / 4));
            format!(
                "Waypoint(label: \"point {i}\", at_m: ({east:.1}, {north:.1}, 12.0), stay_s: 15.0)"
            )
        })
        .collect();
    format!(
        "Scenario(title: \"Ten minutes of everything.\",
        place: (lat_deg: 47.3977, lon_deg: 8.5456, alt_m: 488.0), seed: 11, length_s: {LONG_S:.1},
        cast: [(name: \"Ada\", at_m: (4.0, 9.0)), (name: \"Ben\", at_m: (-3.0, 7.0))],
        mission: [{}], beats: [{}],
        expects: {{\"no-audio\": Held, \"no-faces\": Held, \"log-consent\": Held, \"media-consent\": Held,
        \"only-known-links\": Held}})",
        points.join(", "),
        beats.join(", ")
    )
}

/// The honest vehicle; it notes the process's memory when it has flown for a minute.
struct Weighed(vehicle::Vehicle);

impl Weighed {
    fn new(provision: &Provision) -> Self {
        Self(vehicle::Vehicle::new(provision.clone()))
    }
}

impl Firmware for Weighed {
    fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Spoken {
        if now == Tick::at_s(60.0) {
            RSS_AFTER_A_MINUTE_KIB.store(status_kib("VmRSS:"), Ordering::Relaxed);
        }
        Firmware::step(&mut self.0, now, senses)
    }
}

/// Bytes of evidence in memory up to a tick: what was said, the card that it made, and the track.
fn evidence_kib(evidence: &Evidence, end: Tick) -> u64 {
    let said: usize = evidence
        .flight
        .transcript
        .iter()
        .filter(|s| s.tick < end)
        .map(|s| s.bytes.len() + 16)
        .sum();
    let mut card = CardImage::new();
    for said in evidence.flight.transcript.iter().filter(|said| said.tick < end) {
        if let Some(write) =
            evidence::card::Write::decode(said.bytes).filter(|_| said.link == evidence::Link::Card)
        {
            write.apply(&mut card);
        }
    }
    let card: usize = card.values().map(Vec::len).sum();
    let track = evidence.track.iter().filter(|point| point.tick < end).count()
        * size_of::<evidence::TrackPoint>();
    ((said + card + track) / 1024) as u64
}

/// A figure of `/proc/self/status` in KiB; 0 on systems without it.
fn status_kib(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
