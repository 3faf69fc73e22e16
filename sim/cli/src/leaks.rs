//! `hushwing leaks`: every saboteur and every decoy in its story, and which detector saw which.
//!
//! [`fly_all`] is the matrix itself, for the command and for tests.
//!
//! **Never:** counts a saboteur as caught for an alarm about something else.

use crate::args::Leaks;
use crate::flights::{self, Rider};
use crate::stories::{self, Story};
use crate::workers::{self, Job};
use crate::{ExitCode, Trouble, matrix, output};
use audit::{Alarm, Detector, Detectors, StoryReport};
use evidence::{Assets, ClaimId, Evidence};
use saboteurs::{Decoy, Saboteur};
use std::collections::BTreeSet;

/// A saboteur's flight, judged.
pub struct Attempt {
    /// Who flew.
    pub saboteur: &'static Saboteur,
    /// What the audit made of it.
    pub report: StoryReport,
    /// Everything that the detectors said.
    pub alarms: Vec<Alarm>,
}

/// A decoy's flight, judged.
pub struct Trial {
    /// Who flew.
    pub decoy: &'static Decoy,
    /// Everything that the detectors said; nothing, if they are just.
    pub alarms: Vec<Alarm>,
}

/// All flights of the catalogue.
pub struct Matrix {
    /// In the catalogue's order.
    pub attempts: Vec<Attempt>,
    /// In the catalogue's order.
    pub trials: Vec<Trial>,
}

impl Attempt {
    /// The detectors that fired against the saboteur's own claim.
    #[must_use]
    pub fn fired(&self) -> BTreeSet<Detector> {
        let alarms = self.alarms.iter().filter(|alarm| alarm.breaks(self.saboteur.claim));
        alarms.map(|alarm| alarm.detector).collect()
    }

    /// Whether the detector that must fire did so, on the saboteur's link and against its claim, and an alarm
    /// on that link names its class. A claim about a way out, a switch or a party is not about a class: there the
    /// link alone is enough.
    #[must_use]
    pub fn is_caught(&self) -> bool {
        let Saboteur { claim, link, class, detector, .. } = *self.saboteur;
        let on_link = || self.alarms.iter().filter(move |a| a.link == link && a.breaks(claim));
        let is_named = |alarm: &Alarm| {
            alarm.class == Some(class) || (!is_about_a_class(claim) && alarm.class.is_none())
        };
        on_link().any(|alarm| alarm.detector == detector) && on_link().any(is_named)
    }

    /// The claims that it broke beside its own.
    #[must_use]
    pub fn strays(&self) -> Vec<ClaimId> {
        self.report.broken().into_iter().filter(|claim| *claim != self.saboteur.claim).collect()
    }

    /// Whether nobody would see it with one detector switched off.
    #[must_use]
    pub fn survives_without(&self, detector: Detector) -> bool {
        self.fired().into_iter().all(|fired| fired == detector)
    }
}

/// Whether what a claim promises is about a class of data.
fn is_about_a_class(claim: ClaimId) -> bool {
    match claim {
        ClaimId::NoAudio
        | ClaimId::MicConsent
        | ClaimId::NoFaces
        | ClaimId::MediaManual
        | ClaimId::MediaConsent
        | ClaimId::LogSealed
        | ClaimId::LogConsent
        | ClaimId::DiagCoarse
        | ClaimId::NoflyCoarse
        | ClaimId::IdentityMinimal
        | ClaimId::IdentityUnverified
        | ClaimId::IdentitySealed => true,
        ClaimId::OffMeansOff
        | ClaimId::UserControl
        | ClaimId::KnownHosts
        | ClaimId::ServerAccess
        | ClaimId::OnlyKnownLinks => false,
    }
}

impl Trial {
    /// Whether any detector took it for a leak.
    #[must_use]
    pub fn is_accused(&self) -> bool {
        !self.alarms.is_empty()
    }

    /// The detectors that did.
    #[must_use]
    pub fn fired(&self) -> BTreeSet<Detector> {
        self.alarms.iter().map(|alarm| alarm.detector).collect()
    }
}

impl Matrix {
    /// Whether every saboteur is caught and breaks its own claim only, and no decoy is accused.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.attempts.iter().all(|a| a.is_caught() && a.strays().is_empty())
            && !self.trials.iter().any(Trial::is_accused)
    }
}

/// Flies, judges, prints.
pub fn leaks(args: &Leaks) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let matrix = fly_all(args.pairs, workers::jobs(args.jobs), &assets)?;
    output::print(&matrix::print(&matrix));
    if let Some(file) = &args.json {
        output::write_file(file, &matrix::json(&matrix)?)?;
        output::print(&format!("Matrix: {}\n", file.display()));
    }
    Ok(if matrix.is_whole() { ExitCode::Held } else { ExitCode::Broken })
}

/// Flies every saboteur and every decoy in the story that the catalogue names for it.
///
/// # Errors
/// Where a story is missing or bad.
pub fn fly_all(pairs: u32, threads: usize, assets: &Assets) -> Result<Matrix, Trouble> {
    let (leaking, lawful) = (saboteurs::saboteurs(), saboteurs::decoys());
    let names = leaking.iter().map(|s| s.story).chain(lawful.iter().map(|d| d.story));
    let stories = stories::load_named(names, assets)?;
    let story = |name: &'static str| {
        let missing = || Trouble::Bug(format!("the story `{name}` of the catalogue was not read"));
        stories.iter().find(|story| story.name == name).ok_or_else(missing)
    };
    let mut work = Vec::new();
    for saboteur in leaking {
        let must_fire = Some(saboteur.detector);
        work.push(job(saboteur.id, story(saboteur.story)?, must_fire, pairs, assets)?);
    }
    for decoy in lawful {
        work.push(job(decoy.id, story(decoy.story)?, None, pairs, assets)?);
    }
    let mut results = workers::run(&work, threads, in_short)?;
    let of_decoys = results.split_off(leaking.len());
    let attempts = leaking.iter().zip(results);
    let trials = lawful.iter().zip(of_decoys);
    Ok(Matrix {
        attempts: attempts
            .map(|(saboteur, (report, alarms))| Attempt { saboteur, report, alarms })
            .collect(),
        trials: trials.map(|(decoy, (_, alarms))| Trial { decoy, alarms }).collect(),
    })
}

type Judged = (StoryReport, Vec<Alarm>);

/// One flight, judged. Twins that name the class of a divergence are many: they ride with a saboteur that the swap
/// test must catch, and with any other only when a group of secrets has shown.
fn job<'a>(
    id: &'static str,
    story: &'a Story,
    must_fire: Option<Detector>,
    pairs: u32,
    assets: &'a Assets,
) -> Result<Job<'a, Judged>, Trouble> {
    let unknown = || Trouble::Bug(format!("`{id}` is in the catalogue but cannot be seated"));
    let rider = Rider::named(id).ok_or_else(unknown)?;
    let law = flights::law_of(story)?;
    let groups = audit::plan_twins(&law, &story.scenario, pairs);
    let classes = must_fire.map(|_| audit::attribution_twins(&law, &story.scenario, pairs));
    let does = move || {
        let all = || groups.iter().chain(classes.iter().flatten()).cloned().collect();
        let flown = |twins| flights::with_twins(story, rider, pairs, twins, assets);
        if must_fire.is_some_and(Detector::is_swap) {
            return Ok(judged(&flown(all())?));
        }
        let evidence = flown(groups.clone())?;
        let has_shown = classes.is_some() && audit::diverged(&evidence.twins);
        Ok(judged(&if has_shown { flown(all())? } else { evidence }))
    };
    let name = format!("{id} in {}", story.name);
    Ok(Job { name, weight: story.scenario.length_s, does: Box::new(does) })
}

fn judged(evidence: &Evidence) -> Judged {
    let alarms = audit::alarms(evidence, &evidence.flight, &evidence.twins, &Detectors::all());
    (audit::audit(evidence), alarms)
}

fn in_short((_, alarms): &Judged) -> String {
    let fired: BTreeSet<_> = alarms.iter().map(|alarm| alarm.detector.name()).collect();
    let fired: Vec<_> = fired.into_iter().collect();
    if fired.is_empty() { "quiet".to_owned() } else { fired.join(" ") }
}
