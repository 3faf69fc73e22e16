//! Seeds, what they draw, and what is held against whom.

use super::*;
use evidence::scenario::Beat;
use expect_test::expect;

fn errand() -> (Scenario, Hangar, Assets) {
    let assets = stories::assets().expect("the checkout has assets");
    let (template, hangar) = template(None, &assets).expect("it ships");
    (template, hangar, assets)
}

#[test]
fn every_seed_makes_a_story_of_the_errand_and_of_a_shipped_one_and_every_failure_comes() {
    let (errand, fleet, assets) = errand();
    let file = assets.root.with_file_name("scenarios").join("plain/wind.ron");
    let (shipped, alone) = template(Some(&file), &assets).expect("it ships");
    for (template, hangar, kinds) in [(errand, fleet, 8), (shipped, alone, 8)] {
        let mut befell = std::collections::BTreeSet::new();
        for seed in 0..200 {
            let (drawn, what) = draw::draw(&template, &hangar, seed);
            let read = Scenario::parse("drawn", &drawn.to_text(), &assets);
            assert_eq!(read.as_ref(), Ok(&drawn), "seed {seed}: {what}");
            befell.insert(what);
        }
        assert_eq!(befell.len(), kinds, "{befell:?}");
    }
}

#[test]
fn the_table_is_the_same_at_any_number_of_jobs() {
    let (template, hangar, assets) = errand();
    let fly = |threads| {
        let outcomes = fly_all(&template, &hangar, &[1, 2, 3], threads, &assets);
        table(&template, &outcomes.expect("they can be flown"))
    };
    assert_eq!(fly(1), fly(3));
}

#[test]
fn physics_forces_what_no_firmware_could_bear_and_nothing_else() {
    let (template, _, assets) = errand();
    let with = |name: &str, wind_mps: (f64, f64), acts: &[Act]| {
        let mut scenario = template.clone();
        scenario.weather.wind_mps = wind_mps;
        let beats = acts.iter().map(|does| Beat { at_s: 30.0, does: does.clone() });
        scenario.beats.extend(beats);
        forced::forced(&scenario, &airframe(name, &assets).expect("it ships"))
    };
    let stops = |rotor| Act::MotorFails { rotor };
    let weakens = |share| Act::RotorWeakens { rotor: 2, share };
    for (name, wind_mps, acts, says) in [
        ("camera_quad", (7.0, 7.0), vec![], expect![["None"]]),
        ("camera_quad", (10.0, 0.0), vec![weakens(0.5)], expect![["None"]]),
        (
            "camera_quad",
            (0.0, 0.0),
            vec![weakens(0.3)],
            expect![[r#"Some("a rotor gives 0.3 of its lift, and hover takes 0.34")"#]],
        ),
        (
            "camera_quad",
            (0.0, 0.0),
            vec![stops(1), stops(3)],
            expect![[r#"Some("2 rotors turn, and three must")"#]],
        ),
        ("camera_quad", (0.0, 0.0), vec![stops(1)], expect![["None"]]),
        ("hummingbird", (0.0, 0.0), vec![stops(4)], expect![["None"]]),
        (
            "crazyflie",
            (0.0, 0.0),
            vec![stops(2)],
            expect![[r#"Some("two rotors lift 0.98 of the weight, and hover takes 1.1")"#]],
        ),
        ("hexacopter", (0.0, 0.0), vec![stops(1), stops(1), weakens(0.1)], expect![["None"]]),
        (
            "hexacopter",
            (0.0, 0.0),
            vec![stops(1), stops(2), stops(4)],
            expect![[r#"Some("3 rotors turn, and four must")"#]],
        ),
        (
            "camera_quad",
            (40.0, 30.0),
            vec![],
            expect![[r#"Some("the air moves at 50.0 m/s, the airframe at 35.6 at most")"#]],
        ),
    ] {
        says.assert_eq(&format!("{:?}", with(name, wind_mps, &acts)));
    }
}

#[test]
fn only_a_crash_that_nothing_forced_is_a_fault() {
    let (scenario, ..) = errand();
    let outcome = |end, forced: Option<&str>| Outcome {
        seed: 7,
        scenario: scenario.clone(),
        befell: draw::NOTHING,
        end,
        forced: forced.map(str::to_owned),
    };
    let wreck = || End::Destroyed(123, "it tipped over".to_owned());
    for (outcome, expected) in [
        (outcome(End::Landed, None), ExitCode::Held),
        (outcome(End::Flying, None), ExitCode::Held),
        (outcome(wreck(), Some("3 rotors turn, and four must")), ExitCode::Held),
        (outcome(wreck(), None), ExitCode::Broken),
        (outcome(End::Astray, None), ExitCode::Broken),
    ] {
        let outcomes = [outcome];
        assert_eq!(code(&outcomes), expected, "{:?}", outcomes[0].end);
    }
    let outcomes = [outcome(wreck(), None), outcome(End::Landed, None)];
    expect![[r#"
        A drone flies round three points, comes back and lands, whatever befalls it.
        ┌───────────────────────┬─────────┬────────────────┬─────────┬─────────────────┐
        │ what befell it        ┆ flights ┆ landed upright ┆ crashed ┆ of those forced │
        ╞═══════════════════════╪═════════╪════════════════╪═════════╪═════════════════╡
        │ nothing               ┆ 2       ┆ 1              ┆ 1       ┆ 0               │
        │ a motor stops         ┆ 0       ┆ 0              ┆ 0       ┆ 0               │
        │ a rotor weakens       ┆ 0       ┆ 0              ┆ 0       ┆ 0               │
        │ satellites are jammed ┆ 0       ┆ 0              ┆ 0       ┆ 0               │
        │ satellites lie        ┆ 0       ┆ 0              ┆ 0       ┆ 0               │
        │ a sensor fails        ┆ 0       ┆ 0              ┆ 0       ┆ 0               │
        │ the link is lost      ┆ 0       ┆ 0              ┆ 0       ┆ 0               │
        │ the battery is low    ┆ 0       ┆ 0              ┆ 0       ┆ 0               │
        │ all                   ┆ 2       ┆ 1              ┆ 1       ┆ 0               │
        └───────────────────────┴─────────┴────────────────┴─────────┴─────────────────┘

        The crashes:
        ┌──────┬─────────────┬─────────┬────────────────┬─────────────────────────────────────┬────────┐
        │ seed ┆ airframe    ┆ wind    ┆ what befell it ┆ how it ended                        ┆ forced │
        ╞══════╪═════════════╪═════════╪════════════════╪═════════════════════════════════════╪════════╡
        │ 7    ┆ camera_quad ┆ 0.0 m/s ┆ nothing        ┆ destroyed at 12.3 s: it tipped over ┆ NO     │
        └──────┴─────────────┴─────────┴────────────────┴─────────────────────────────────────┴────────┘
    "#]].assert_eq(&table(&scenario, &outcomes));
    expect![[r#"
        Result: 1 of 2 flights crashed, 1 without need (exit code 1).
    "#]]
    .assert_eq(&closing(&outcomes, code(&outcomes)));
}

#[test]
fn a_crash_is_kept_as_a_file_that_flies_again() {
    let (template, hangar, assets) = errand();
    let folder = tempfile::tempdir().expect("a folder to write in");
    let (scenario, befell) = draw::draw(&template, &hangar, 5);
    let outcome = Outcome { seed: 5, scenario, befell, end: End::Astray, forced: None };
    keep(std::slice::from_ref(&outcome), folder.path()).expect("it can be written");
    let story = stories::load_file(&folder.path().join("seed-5.ron"), &assets).expect("a story");
    assert_eq!(story.scenario, outcome.scenario);
}
