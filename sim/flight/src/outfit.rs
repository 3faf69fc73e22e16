//! What a flight takes along: its law, its airframe, the voices and the zones.
//!
//! **Never:** flies without a part that the story names.

use crate::airframe::Airframe;
use crate::error::FlyError;
use crate::firmware::Plan;
use crate::voice::{self, Library};
use crate::world::Mishap;
use crate::zones::Zones;
use evidence::scenario::Act;
use evidence::{Assets, Choice, Class, Law, Scenario, Tick, Twin};
use std::collections::{BTreeSet, VecDeque};
use vehicle::senses::LawName;

/// All of it, for every seat.
pub struct Outfit {
    /// The law to be enforced, as its file has it.
    pub law_text: &'static str,
    /// The same, read.
    pub law: Law,
    /// Its name for the vehicle.
    pub law_name: LawName,
    /// The machine.
    pub airframe: Airframe,
    /// Voices of the story, and those that twins may take.
    pub library: Library,
    /// No-fly zones, of which a twin's place has the same.
    pub zones: Zones,
}

impl Outfit {
    /// What this story needs, flown by this plan.
    pub fn of(scenario: &Scenario, plan: &Plan<'_>, assets: &Assets) -> Result<Self, FlyError> {
        let (law_text, law, law_name) = law(&scenario.law)?;
        let airframe = Airframe::read_to_fly(&assets.airframe_path(&scenario.airframe))?;
        check_rotors(scenario, &airframe)?;
        let library = library(scenario, plan, assets)?;
        let zones = zones(plan, assets)?;
        Ok(Self { law_text, law, law_name, airframe, library, zones })
    }
}

/// What befalls the rotors when.
pub fn mishaps(scenario: &Scenario) -> VecDeque<(Tick, Mishap)> {
    let place = |rotor: u8| usize::from(rotor) - 1;
    let mishap = |act: &Act| match act {
        Act::MotorFails { rotor } => Some(Mishap::Fails { rotor: place(*rotor) }),
        Act::RotorWeakens { rotor, share } => {
            Some(Mishap::Weakens { rotor: place(*rotor), share: *share })
        }
        _ => None,
    };
    let beats = scenario.beats.iter();
    beats.filter_map(|b| Some((Tick::at_s(b.at_s), mishap(&b.does)?))).collect()
}

/// A beat may only befall a rotor that the airframe has.
fn check_rotors(scenario: &Scenario, airframe: &Airframe) -> Result<(), FlyError> {
    let rotors = airframe.rotors.len();
    let named = mishaps(scenario).into_iter().map(|(_, mishap)| match mishap {
        Mishap::Fails { rotor } | Mishap::Weakens { rotor, .. } => rotor + 1,
    });
    match named.max() {
        Some(rotor) if rotor > rotors => {
            Err(FlyError::Rotor { airframe: scenario.airframe.clone(), rotor, rotors })
        }
        _ => Ok(()),
    }
}

fn law(name: &str) -> Result<(&'static str, Law, LawName), FlyError> {
    let wrong = |problem: String| FlyError::Law { name: name.to_owned(), problem };
    let law_name = match name {
        "sealed" => LawName::Sealed,
        "vendor" => LawName::Vendor,
        _ => return Err(wrong("no such law; there are `sealed` and `vendor`".to_owned())),
    };
    let text = Law::shipped(name).ok_or_else(|| wrong("it does not ship".to_owned()))?;
    Ok((text, Law::parse(text).map_err(wrong)?, law_name))
}

/// The no-fly zones, where a twin is to be moved.
fn zones(plan: &Plan<'_>, assets: &Assets) -> Result<Zones, FlyError> {
    let moves = twins(plan).any(|twin| twin.swaps.contains(&Class::Position));
    if moves { Zones::read(assets) } else { Ok(Zones::default()) }
}

/// The twins of seat 0 and of every probe.
fn twins<'a>(plan: &'a Plan<'_>) -> impl Iterator<Item = &'a Twin> {
    plan.twins.iter().chain(plan.probes.iter().flat_map(|probe| &probe.twins))
}

/// The voices of the story; all others too where a twin swaps them.
fn library(scenario: &Scenario, plan: &Plan<'_>, assets: &Assets) -> Result<Library, FlyError> {
    let mut names = BTreeSet::new();
    for beat in &scenario.beats {
        if let Act::Speaks { voice, .. } = &beat.does {
            names.insert(voice.clone());
        }
    }
    let takes_others = twins(plan)
        .any(|twin| twin.swaps.contains(&Class::Audio) && twin.choice != Choice::Nothing);
    if takes_others && !names.is_empty() {
        names.extend(assets.voices.iter().cloned());
    }
    voice::read_library(names.iter(), assets)
}
