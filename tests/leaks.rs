//! The matrix: every saboteur caught by the detector it names, no decoy accused, no detector idle.
//!
//! **Never:** excuses a miss.

use audit::{Detector, Detectors};
use cli::flights::{Rider, bare, law_of, with_twins, witness};
use cli::leaks::{Matrix, fly_all};
use cli::stories::{assets, load, load_named};
use evidence::scenario::Expectation;
use evidence::{ClaimId, Class};
use std::collections::BTreeSet;

#[test]
fn every_saboteur_is_caught_no_decoy_is_accused_and_no_detector_is_idle() {
    let matrix = fly_all(2, 2, &assets().expect("the assets are there")).expect("all can be flown");
    for attempt in &matrix.attempts {
        let id = attempt.saboteur.id;
        assert!(attempt.is_caught(), "{id} is missed: {:#?}", attempt.alarms);
        assert!(attempt.strays().is_empty(), "{id} also breaks {:?}", attempt.strays());
    }
    for trial in &matrix.trials {
        assert!(!trial.is_accused(), "{} is accused: {:#?}", trial.decoy.id, trial.alarms);
    }
    for detector in Detector::ALL {
        survivor_without(detector, &matrix);
    }
}

/// With a detector switched off some saboteur must come through, or the detector is worth nothing.
fn survivor_without(detector: Detector, matrix: &Matrix) {
    let survivor = matrix.attempts.iter().find(|a| a.survives_without(detector));
    let saboteur = survivor.unwrap_or_else(|| panic!("nobody needs {detector}")).saboteur;
    let assets = assets().expect("the assets are there");
    let story = load_named([saboteur.story], &assets).expect("its story is there").remove(0);
    let rider = Rider::named(saboteur.id).expect("it is in the catalogue");
    let twins = audit::attribution_twins(&law_of(&story).expect("a law"), &story.scenario, 2);
    let evidence = with_twins(&story, rider, 2, twins, &assets).expect("it flies");
    let broken = |detectors| audit::audit_with(&evidence, &detectors).broken();
    assert_eq!(broken(Detectors::all()), [saboteur.claim], "{}", saboteur.id);
    let blind = broken(Detectors::all().without(detector));
    assert!(blind.is_empty(), "{} is seen without {detector}: {blind:?}", saboteur.id);
}

#[test]
fn the_catalogue_covers_every_class_tier_detector_and_claim() {
    let all = saboteurs::saboteurs();
    let ids: BTreeSet<_> = cli::flights::ids().collect();
    assert_eq!(ids.len(), all.len() + saboteurs::decoys().len(), "an id stands twice");
    let classes: BTreeSet<_> = all.iter().map(|s| s.class).collect();
    assert_eq!(classes.len(), Class::ALL.len(), "{classes:?}");
    assert_eq!(all.iter().map(|s| s.tier).collect::<BTreeSet<_>>(), (1..=5).collect());
    let detectors: BTreeSet<_> = all.iter().map(|s| s.detector).collect();
    assert_eq!(detectors.len(), Detector::ALL.len(), "{detectors:?}");
    for claim in ClaimId::ALL {
        assert!(all.iter().filter(|s| s.claim == claim).count() >= 2, "{claim} has no saboteurs");
        let is_lookalike = |d: &&saboteurs::Decoy| d.rides_along && d.claims.contains(&claim);
        assert!(saboteurs::decoys().iter().any(|d| is_lookalike(&d)), "{claim}: no decoy");
    }
}

#[test]
fn every_saboteur_can_leak_in_its_own_story() {
    let assets = assets().expect("the assets are there");
    for saboteur in saboteurs::saboteurs() {
        let story = load_named([saboteur.story], &assets).expect("its story is there").remove(0);
        let (id, needs) = (saboteur.id, saboteur.needs);
        assert!(saboteur.can_leak_in(&story.scenario), "{id} needs {needs:?} in {}", story.name);
    }
}

#[test]
fn whoever_is_promised_something_has_a_witness_and_a_lookalike() {
    let assets = assets().expect("the assets are there");
    for story in load(&[], &assets).expect("all stories are good") {
        for claim in ClaimId::ALL {
            if story.scenario.expects.get(&claim) != Some(&Expectation::Held) {
                continue;
            }
            let name = &story.name;
            let witness = witness(claim, &law_of(&story).expect("a law"), &story.scenario);
            assert!(witness.is_some(), "{name}: {claim}");
            assert!(saboteurs::lookalike(claim, &story.scenario).is_some(), "{name}: {claim}");
        }
    }
}

#[test]
fn an_idle_saboteur_is_the_honest_vehicle_to_the_byte() {
    let assets = assets().expect("the assets are there");
    let story = load_named(["plain/hover"], &assets).expect("its story is there").remove(0);
    let said = |rider| bare(&story, rider, &assets).expect("it flies").flight.transcript;
    let honest = said(Rider::Honest);
    for id in [
        "H001", "H014", "H015", "H018", "H021", "H028", "H029", "H033", "H049", "H050", "L055",
        "L058", "L136",
    ] {
        let rider = Rider::named(id).expect("it is in the catalogue");
        assert!(said(rider) == honest, "{id} is not idle");
    }
}
