//! Flies a scenario in a headless Bevy and Rapier world, and taps every exit.
//!
//! [`fly`] seats the honest vehicle; [`fly_with`] seats any [`Firmware`].
//!
//! **Never:** opens a socket, reads a clock, draws chance that is not forked from the scenario's seed, judges.

pub mod firmware;
use firmware::Provision;
pub use firmware::{Build, Firmware, Plan, ProbePlan, Spoken};

mod error;
mod ground;
mod honest;
pub mod meter;
mod world;

mod air;
pub mod airframe;
pub mod body;
pub mod cast;
pub mod land;
mod magnetism;
mod mains;
mod mission;
mod outfit;
mod pilot;
mod server;
pub mod sky;

pub mod camera;
mod sensors;

mod card;
mod keys;
mod seats;
pub mod secrets;
mod tap;
mod voice;
mod witness;

pub mod chance;
pub mod frames;
pub mod place;
mod whereabouts;
mod zones;

pub use error::FlyError;
pub use ground::{Ground, Reached, Source};
pub use meter::Meter;

use air::Air;
use body::Body;
use card::Healths;
use cast::Cast;
use chance::Seed;
use evidence::assets::Assets;
use evidence::{Evidence, Provenance, Scenario, Tick, told};
use ground::Listening;
use keys::Keys;
use land::Land;
use mains::Mains;
use outfit::Outfit;
use pilot::Pilot;
use seats::{Fitting, Seats};
use sensors::{Microphone, Sensors};
use server::Moods;
use std::sync::Arc;
use vehicle::senses::Streams;
use witness::Witness;
use world::{Flown, Instruments, Observer, Parts, Physics, Power, Riders, Story};

/// Tick 0 of every flight: 2026-01-01 00:00:00 UTC, in seconds since 1970.
const EPOCH_S: u64 = 1_767_225_600;

/// Flies a scenario with the honest vehicle in seat 0.
///
/// # Errors
/// [`FlyError`] where the airframe, a voice or the law cannot be had.
pub fn fly(
    scenario: &Scenario,
    text: &str,
    plan: &Plan<'_>,
    assets: &Assets,
) -> Result<Evidence, FlyError> {
    fly_with(scenario, text, plan, assets, &honest)
}

/// Builds the honest vehicle, for whoever wants to seat it with something around it.
#[must_use]
pub fn honest(provision: &Provision) -> Box<dyn Firmware> {
    Box::new(vehicle::Vehicle::new(provision.clone()))
}

/// Flies a scenario with any firmware in seat 0 and in its twins' seats.
///
/// `text` is the scenario's file to the byte, for the evidence. A firmware from any crate will do:
///
/// ```
/// use evidence::{Link, Scenario, Tick, assets::Assets};
/// use flight::firmware::{Senses, Thrust};
/// use flight::{Firmware, Plan, Spoken, fly_with};
///
/// struct Whistler;
///
/// impl Firmware for Whistler {
///     fn step(&mut self, now: Tick, _senses: &Senses<'_>) -> Spoken {
///         let mut thrust = Thrust::default();
///         thrust.rotor_radps[..4].fill(540.0); // a little more than its weight
///         let emissions = if now == Tick(0) { vec![(Link::Console, b"hello\r\n".to_vec())] } else { vec![] };
///         Spoken { thrust, emissions }
///     }
/// }
///
/// let text = r#"Scenario(
///     title: "A whistler rises",
///     place: (lat_deg: 47.3977, lon_deg: 8.5456, alt_m: 488.0),
///     seed: 7,
///     length_s: 3.0,
///     beats: [],
///     expects: {},
/// )"#;
/// let assets = Assets::find()?;
/// let scenario = Scenario::parse("whistler.ron", text, &assets).map_err(|e| e.to_string())?;
/// let plan = Plan {
///     firmware: "whistler".into(),
///     story: "whistler".into(),
///     seed: scenario.seed,
///     pairs: 0,
///     twins: vec![],
///     probes: vec![],
/// };
/// let evidence = fly_with(&scenario, text, &plan, &assets, &|_| Box::new(Whistler))?;
/// assert_eq!(evidence.flight.transcript.on(Link::Console).count(), 1);
/// assert!(evidence.track.last().is_some_and(|end| end.position_m[2] > 0.3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`FlyError`] where the airframe, a voice or the law cannot be had.
pub fn fly_with(
    scenario: &Scenario,
    text: &str,
    plan: &Plan<'_>,
    assets: &Assets,
    build: Build<'_>,
) -> Result<Evidence, FlyError> {
    fly_hearing(scenario, text, plan, assets, build, Source::Script)
}

/// Does the same with somebody on the ground beside the script, or with the record of a live flight in its place.
///
/// # Errors
/// [`FlyError`] where the airframe, a voice or the law cannot be had.
pub fn fly_hearing(
    scenario: &Scenario,
    text: &str,
    plan: &Plan<'_>,
    assets: &Assets,
    build: Build<'_>,
    source: Source,
) -> Result<Evidence, FlyError> {
    fly_timed(scenario, text, plan, assets, build, source, ()).map(|(evidence, ())| evidence)
}

/// Does the same, and tells a meter when each room of each tick is done; the evidence is the same, to the byte.
///
/// # Errors
/// [`FlyError`] where the airframe, a voice or the law cannot be had.
pub fn fly_timed<M: Meter>(
    scenario: &Scenario,
    text: &str,
    plan: &Plan<'_>,
    assets: &Assets,
    build: Build<'_>,
    source: Source,
    meter: M,
) -> Result<(Evidence, M), FlyError> {
    let outfit = Outfit::of(scenario, plan, assets)?;
    let ways = source.ways(scenario);
    let seed = Seed::master(plan.seed);
    let (mut listening, mut meter) = (Listening::to(source, scenario), meter);
    let flown = loop {
        let story = listening.story();
        let fitting = Fitting {
            scenario: &story,
            outfit: &outfit,
            // A story's ground station is content with little; who is live is told all that he may expect.
            streams: if listening.is_script() { Streams::Minimal } else { Streams::Normal },
            ways,
            owner_public_key: secrets::owner_public_key(plan.seed),
            keys: Keys::of(&seed),
            seed,
        };
        let seats = Seats::take(&fitting, plan, build);
        let parts = parts(&fitting, seats, secrets::owner_secret(plan.seed), listening);
        let ticks = Tick::at_s(story.length_s).0;
        // Nothing takes the world's resources away, so they are all there at the end.
        let flown = world::run(parts, ticks, meter).expect("the world keeps its resources");
        if !flown.ground.has_come() {
            break flown;
        }
        // Somebody has come for whom the story waited. Nothing of what comes after has happened yet, so that the same
        // flight to this tick, made again from what was heard, goes on with it.
        (listening, meter) = (flown.ground.again(), flown.meter);
    };
    let Flown { seats, witness, body, ground, end, meter } = flown;
    let heard = ground.finish(end);
    let told = heard.as_ref().map(|heard| told::told(scenario, heard, ways));
    let (mut truth, track) = witness.finish(&body, told.as_ref());
    truth.refused_reads = u64::from(seats.refused_reads());
    let (flight, twins, probes) = seats.finish(plan);
    let evidence = Evidence {
        provenance: Provenance {
            story: plan.story.clone(),
            firmware: plan.firmware.clone(),
            seed: plan.seed,
            pairs: plan.pairs,
            epoch_s: EPOCH_S,
            personality: ways.radio,
            telemetry2: ways.telemetry2,
        },
        scenario: told.unwrap_or_else(|| scenario.clone()),
        heard,
        scenario_text: text.to_owned(),
        law: outfit.law,
        law_text: outfit.law_text.to_owned(),
        truth,
        flight,
        track,
        twins,
        probes,
        rerun: None,
    };
    Ok((evidence, meter))
}

fn parts(
    fitting: &Fitting<'_>,
    seats: Seats,
    owner_secret: [u8; 32],
    listening: Listening,
) -> Parts {
    let Fitting { scenario, outfit, keys, seed, .. } = fitting;
    let airframe = &outfit.airframe;
    let own = seats.sets()[0].clone();
    let land = Arc::new(Land::of(scenario, seed));
    let lengths_ticks: Vec<u64> = own.voices.iter().map(voice::ticks).collect();
    Parts {
        story: Story {
            cast: Cast::of(scenario, &lengths_ticks).over(land.clone()),
            pilot: if listening.has_script(scenario) {
                Pilot::of(scenario, *keys)
            } else {
                Pilot::silent(scenario, *keys)
            },
            moods: Moods::of(scenario),
            healths: Healths::of(scenario),
            cards_turn: None,
        },
        ground: world::Ground(listening),
        physics: Physics {
            body: Body::on(airframe.clone(), land.clone()).charged(scenario.battery_pct),
            air: Air::of(scenario, seed),
            mishaps: outfit::mishaps(scenario),
        },
        instruments: Instruments {
            sensors: Sensors::of(scenario, airframe, &land, seed),
            microphone: Microphone::of(airframe, seats.sets().len(), seed),
            readings: None,
        },
        power: Power(Mains::of(scenario)),
        observer: Observer(Witness::of(scenario, &own, keys, owner_secret)),
        riders: Riders(seats),
    }
}
