//! How a story is flown: who sits in seat 0, which twins and probes ride along, and the second flight.
//!
//! **Never:** chooses twins (the audit does, from the law); judges; changes the story's text.

use crate::Trouble;
use crate::stories::Story;
use evidence::scenario::Expectation;
use evidence::{Assets, ClaimId, Class, Evidence, Law, ProbeRole, Scenario, Tick, Twin};
use flight::firmware::Provision;
use flight::{Firmware, FlyError, Ground, Plan, ProbePlan, Source};
use saboteurs::Saboteur;

/// Name of the honest vehicle in evidence.
pub const HONEST: &str = "honest";

type BuildBox = Box<dyn Fn(&Provision) -> Box<dyn Firmware> + Sync>;

/// What sits in seat 0.
#[derive(Clone, Copy)]
pub enum Rider<'a> {
    /// The vehicle as it ships.
    Honest,
    /// A saboteur or a decoy.
    Other {
        /// Its id, as in the catalogue.
        id: &'static str,
        /// Builds it.
        build: fn(Provision) -> Box<dyn Firmware>,
    },
    /// Somebody's own firmware, to be judged as the honest vehicle is.
    Guest {
        /// Its name in evidence; not one of the catalogue.
        name: &'a str,
        /// Builds it.
        build: flight::Build<'a>,
    },
}

impl<'a> Rider<'a> {
    /// The rider of a name: `honest`, or an id of the catalogue in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == HONEST {
            return Some(Self::Honest);
        }
        let id = ids().find(|id| id.eq_ignore_ascii_case(name))?;
        Some(Self::Other { id, build: saboteurs::find(id)? })
    }

    /// Its name in evidence.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::Honest => HONEST,
            Self::Other { id, .. } => id,
            Self::Guest { name, .. } => name,
        }
    }
}

/// The ids of all saboteurs and decoys.
pub fn ids() -> impl Iterator<Item = &'static str> {
    saboteurs::saboteurs().iter().map(|s| s.id).chain(saboteurs::decoys().iter().map(|d| d.id))
}

/// Flies a story as `verify` does: with twins and probes, with more twins where a group of secrets shows, and
/// once more for the seal.
///
/// # Errors
/// Where the flight cannot begin.
pub fn verified(
    story: &Story,
    rider: Rider<'_>,
    pairs: u32,
    assets: &Assets,
) -> Result<Evidence, Trouble> {
    let (law, told) = (law_of(story)?, story.told());
    let group = of_a_place(story, audit::plan_twins(&law, &told, pairs));
    let with_classes = || {
        let classes = audit::attribution_twins(&law, &told, pairs);
        [group.clone(), of_a_place(story, classes)].concat()
    };
    let mut evidence = match rider {
        Rider::Honest | Rider::Guest { .. } => {
            let evidence = fly(story, rider, pairs, group.clone(), &probes(&law, &told), assets)?;
            if audit::diverged(&evidence.twins) {
                // Single-class twins name the class; the group's first difference alone could be anybody's.
                fly(story, rider, pairs, with_classes(), &probes(&law, &told), assets)?
            } else {
                evidence
            }
        }
        Rider::Other { .. } => fly(story, rider, pairs, with_classes(), &[], assets)?,
    };
    evidence.rerun = Some(bare(story, rider, assets)?.seal());
    Ok(evidence)
}

/// Leaves out twins whose place is another where a live client has named places: theirs would be others.
fn of_a_place(story: &Story, mut twins: Vec<Twin>) -> Vec<Twin> {
    if story.heard.is_some() {
        twins.retain(|twin| !twin.swaps.contains(&Class::Position));
    }
    twins
}

/// Flies a story with one seat, and somebody live on the ground.
///
/// # Errors
/// Where the flight cannot begin.
pub fn live(
    story: &Story,
    rider: Rider<'_>,
    assets: &Assets,
    ground: Box<dyn Ground>,
) -> Result<Evidence, Trouble> {
    hear(story, rider, 0, Vec::new(), &[], assets, Source::Live(ground, story.ways))
}

/// Flies a story with the twins that its secrets have, without probes and without a second flight.
///
/// # Errors
/// Where the flight cannot begin.
pub fn twinned(
    story: &Story,
    rider: Rider<'_>,
    pairs: u32,
    assets: &Assets,
) -> Result<Evidence, Trouble> {
    let twins = of_a_place(story, audit::plan_twins(&law_of(story)?, &story.told(), pairs));
    with_twins(story, rider, pairs, twins, assets)
}

/// Flies a story with some twins, without probes and without a second flight.
///
/// # Errors
/// Where the flight cannot begin.
pub fn with_twins(
    story: &Story,
    rider: Rider<'_>,
    pairs: u32,
    twins: Vec<Twin>,
    assets: &Assets,
) -> Result<Evidence, Trouble> {
    fly(story, rider, pairs, twins, &[], assets)
}

/// Flies a story with one seat only.
///
/// # Errors
/// Where the flight cannot begin.
pub fn bare(story: &Story, rider: Rider<'_>, assets: &Assets) -> Result<Evidence, Trouble> {
    fly(story, rider, 0, Vec::new(), &[], assets)
}

/// The law that a story is flown and judged by.
///
/// # Errors
/// Where there is no such law.
pub fn law_of(story: &Story) -> Result<Law, Trouble> {
    let name = &story.scenario.law;
    let wrong = |what: &str| {
        let hint = "the laws that ship are `sealed` and `vendor`";
        Trouble::BadScenario(format!("{}: law `{name}`: {what}\n  hint: {hint}", story.name))
    };
    let text = Law::shipped(name).ok_or_else(|| wrong("no such law"))?;
    Law::parse(text).map_err(|error| wrong(&error))
}

/// A probe that owns its build; the flight borrows it.
struct Probe {
    id: &'static str,
    role: ProbeRole,
    claim: ClaimId,
    twins: Vec<Twin>,
    build: BuildBox,
}

impl Probe {
    fn seat(&self) -> ProbePlan<'_> {
        let (role, claim, twins) = (self.role, self.claim, self.twins.clone());
        ProbePlan { id: self.id.to_owned(), role, claim, twins, build: self.build.as_ref() }
    }
}

/// A leak that only the swap test can catch has shown by then.
const SHOWN_S: f64 = 16.0;

/// The saboteur that rides along to prove a claim in a story. Where only the swap test can catch it, its class must be
/// judged on its link for long enough.
#[must_use]
pub fn witness(claim: ClaimId, law: &Law, scenario: &Scenario) -> Option<&'static Saboteur> {
    saboteurs::witness(claim, scenario, |saboteur| {
        let is_judged = |twin: &Twin| twin.judges(saboteur.link, Tick::at_s(SHOWN_S));
        !saboteur.detector.is_swap()
            || audit::probe_twins(law, scenario, saboteur.class).iter().any(is_judged)
    })
}

/// For each claim that should hold: a leaking vehicle that must be caught, and a lawful one that must not.
///
/// Only a verdict of the swap test needs twins. Where the leaking vehicle is to be caught by something else, both
/// ride without, which costs a tenth; the lawful one then faces what the leaking one is caught by.
fn probes(law: &Law, scenario: &Scenario) -> Vec<Probe> {
    let held = |claim: &ClaimId| scenario.expects.get(claim) == Some(&Expectation::Held);
    let of = |claim| {
        let witness = witness(claim, law, scenario);
        let twins = match witness {
            Some(saboteur) if saboteur.detector.is_swap() => {
                audit::probe_twins(law, scenario, saboteur.class)
            }
            Some(_) | None => Vec::new(),
        };
        let probe = move |id, role, build| Probe { id, role, claim, twins: twins.clone(), build };
        let witness = witness.map(|saboteur| {
            let build: BuildBox = Box::new(|provision: &Provision| saboteur.build(provision));
            probe(saboteur.id, ProbeRole::Saboteur, build)
        });
        let lookalike = saboteurs::lookalike(claim, scenario).map(|decoy| {
            let build: BuildBox = Box::new(|provision: &Provision| decoy.build(provision));
            probe(decoy.id, ProbeRole::Decoy, build)
        });
        witness.into_iter().chain(lookalike)
    };
    ClaimId::ALL.into_iter().filter(held).flat_map(of).collect()
}

fn fly(
    story: &Story,
    rider: Rider<'_>,
    pairs: u32,
    twins: Vec<Twin>,
    probes: &[Probe],
    assets: &Assets,
) -> Result<Evidence, Trouble> {
    let record = |heard| Source::Record(heard, story.ways);
    let source = story.heard.clone().map_or(Source::Script, record);
    hear(story, rider, pairs, twins, probes, assets, source)
}

fn hear(
    story: &Story,
    rider: Rider<'_>,
    pairs: u32,
    twins: Vec<Twin>,
    probes: &[Probe],
    assets: &Assets,
    source: Source,
) -> Result<Evidence, Trouble> {
    let plan = Plan {
        firmware: rider.name().to_owned(),
        story: story.name.clone(),
        seed: story.scenario.seed,
        pairs,
        twins,
        probes: probes.iter().map(Probe::seat).collect(),
    };
    let fly = |build: flight::Build<'_>| {
        flight::fly_hearing(&story.scenario, &story.text, &plan, assets, build, source)
    };
    let flown = match rider {
        Rider::Honest => fly(&flight::honest),
        Rider::Other { build, .. } => fly(&|provision: &Provision| build(provision.clone())),
        Rider::Guest { build, .. } => fly(build),
    };
    flown.map_err(|error| not_begun(story, &error))
}

/// A flight that cannot begin names an asset or a law that the scenario asks for.
fn not_begun(story: &Story, error: &FlyError) -> Trouble {
    let hint = "mend that file, or name another in the scenario";
    Trouble::BadScenario(format!("{}: cannot be flown: {error}\n  hint: {hint}", story.name))
}
