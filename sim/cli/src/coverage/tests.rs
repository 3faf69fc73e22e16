//! The rules of phases, consent and temptations, as tables.

use super::consent::{Consent, Ledger};
use super::cover;
use super::phases::{Phase, Phases};
use crate::stories::{self, Story};
use evidence::{ClaimId, Scenario, Ways};

fn scenario(settings: &str, beats: &str, expects: &str) -> Scenario {
    let text = format!(
        r#"(title: "A short story", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1,
            length_s: 100.0, {settings} beats: [{beats}], expects: {{{expects}}})"#
    );
    let assets = stories::assets().expect("the assets of the checkout");
    Scenario::parse("short.ron", &text, &assets).unwrap_or_else(|error| panic!("{error}"))
}

const FLIGHT: &str = "(at_s: 7.0, does: Arms), (at_s: 8.0, does: TakesOff(height_m: 6.0)),
    (at_s: 30.0, does: LosesLink(for_s: 10.0)), (at_s: 45.0, does: Lands),
    (at_s: 60.0, does: Reboots(off_s: 2.0))";

#[test]
fn a_moment_falls_into_the_phase_that_is_flown_and_into_those_that_lie_over_it() {
    let phases = Phases::of(&scenario("", FLIGHT, ""));
    let table: [(f64, &[Phase]); 12] = [
        (1.0, &[Phase::Boot]),
        (6.0, &[Phase::Idle]),
        (7.5, &[Phase::Arm]),
        (9.0, &[Phase::Climb]),
        (13.0, &[Phase::Hover]),
        (31.0, &[Phase::Hover, Phase::LinkLoss]),
        (34.0, &[Phase::Return, Phase::LinkLoss]),
        (41.0, &[Phase::Return]),
        (46.0, &[Phase::Land]),
        (56.0, &[Phase::Landed]),
        (63.0, &[Phase::Boot, Phase::Reboot]),
        (70.0, &[Phase::Idle, Phase::Reboot]),
    ];
    for (at_s, expected) in table {
        assert_eq!(phases.at(at_s).collect::<Vec<_>>(), expected, "{at_s} s");
    }
}

#[test]
fn a_low_battery_turns_the_flight_back_or_keeps_it_on_the_ground() {
    let beats = "(at_s: 5.0, does: Arms), (at_s: 6.0, does: TakesOff(height_m: 6.0))";
    let low = Phases::of(&scenario("battery_pct: 22.0,", beats, ""));
    assert_eq!(low.at(50.0).collect::<Vec<_>>(), [Phase::Hover, Phase::LowBattery], "not armed");
    let sinking = Phases::of(&scenario("battery_pct: 25.1,", beats, ""));
    assert_eq!(sinking.at(80.0).collect::<Vec<_>>(), [Phase::Hover]);
    assert_eq!(sinking.at(95.0).collect::<Vec<_>>(), [Phase::Return, Phase::LowBattery]);
}

#[test]
fn a_named_object_has_one_state_and_everything_else_all_that_were_left_behind() {
    let beats = "
        (at_s: 3.0, does: AsksLogs),
        (at_s: 4.0, does: Requests(category: FlightLog, object: 1, to: Maker)),
        (at_s: 5.0, does: Grants(category: FlightLog, object: 2, to: Maker, for_s: Some(3.0))),
        (at_s: 6.0, does: Requests(category: FlightLog, object: 1, to: Maker)),
        (at_s: 7.0, does: Requests(category: FlightLog, object: 2, to: Maker)),
        (at_s: 9.0, does: Requests(category: FlightLog, object: 2, to: Maker)),
        (at_s: 10.0, does: Grants(category: FlightLog, object: 2, to: Maker)),
        (at_s: 11.0, does: Withdraws(category: FlightLog, object: 2, from: Maker)),
        (at_s: 12.0, does: ReadsFile(path: \"LOG/LOG_0002.HLG\")),
        (at_s: 13.0, does: AsksLogs)";
    let scenario = scenario("", beats, "");
    let mut ledger = Ledger::default();
    let states: Vec<Vec<Consent>> = scenario
        .beats
        .iter()
        .map(|beat| ledger.hear(beat.at_s, &beat.does).into_iter().collect())
        .collect();
    let expected: [&[Consent]; 10] = [
        &[Consent::NeverAsked],
        &[Consent::Denied],
        &[Consent::Granted],
        &[Consent::OtherObject],
        &[Consent::Granted],
        &[Consent::Expired],
        &[Consent::Granted],
        &[Consent::Withdrawn],
        &[Consent::Denied],
        &[Consent::Denied, Consent::Withdrawn, Consent::Expired, Consent::OtherObject],
    ];
    for (i, (states, expected)) in states.iter().zip(expected).enumerate() {
        assert_eq!(states, expected, "beat {i}");
    }
}

#[test]
fn a_claim_counts_only_where_a_story_expects_something_of_it_and_a_hole_stays_a_hole() {
    let story = |expects: &str| Story {
        name: "short".to_owned(),
        text: String::new(),
        scenario: scenario("", FLIGHT, expects),
        heard: None,
        ways: Ways::default(),
    };
    let stories = [story("\"log-sealed\": Held"), story("\"no-audio\": Untested")];
    let coverage = cover(&stories, 3).expect("the law ships");
    let sealed = &coverage.claims[&ClaimId::LogSealed];
    assert_eq!((sealed.stories, sealed.phases[&Phase::Arm]), (1, 1));
    assert_eq!(sealed.phases[&Phase::Crash], 0);
    assert_eq!(coverage.claims[&ClaimId::NoAudio].stories, 0);
    let holes: usize = coverage.claims.values().map(super::Row::holes).sum();
    assert_eq!(coverage.holes, holes);
    assert!(super::print(&coverage).contains("hole"));
}
