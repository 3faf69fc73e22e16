//! Tables of stories that are refused, each with the words of the refusal.

mod airmanship;
mod beats;
mod grammar;
mod guided;
mod land;
mod light;
mod panics;
mod sensors;
mod sent;
mod shipped;
mod values;
mod weather;

use super::{Act, Card, Expectation, Finder, Scenario, Setting};
use crate::{Assets, ClaimId};
use expect_test::Expect;

const GOOD: &str = r#"// A story that is right in every way.
(
    title: "Two neighbours talk while the drone hovers.",
    place: (lat_deg: 47.3769, lon_deg: 8.5417, alt_m: 408.0),
    seed: 7,
    length_s: 60.0,
    weather: (wind_mps: (1.0, -0.5), gust_mps: 0.3),
    buildings: [(at_m: (20.0, 10.0), size_m: (8.0, 6.0, 9.0))],
    cast: [
        (name: "Ada", at_m: (2.0, 1.0), facing_deg: 180.0),
        (name: "Ben", at_m: (-2.0, 8.0)),
    ],
    mission: [Waypoint(label: "gate", at_m: (5.0, 5.0, 6.0), stay_s: 2.0)],
    beats: [
        (at_s: 5.0, does: Arms),
        (at_s: 6.0, does: TakesOff(height_m: 5.0)),
        (at_s: 15.0, does: Speaks(who: "Ada", voice: "greeting", level_db: 80.0)),
        (at_s: 16.0, does: Walks(who: "Ben", to_m: (-4.0, 9.0), speed_mps: 1.2)),
        (at_s: 20.0, does: TakesStill),
        (at_s: 22.0, does: Grants(category: Imagery, object: 1, to: Maker, for_s: 30.0)),
        (at_s: 30.0, does: Lands),
    ],
    expects: {
        "no-audio": Held, "no-faces": Held, "log-consent": Held, "media-consent": Held,
        "only-known-links": Held,
    },
)
"#;

fn assets() -> Assets {
    let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
    Assets {
        root: "assets".into(),
        airframes: names(&["camera_quad"]),
        voices: names(&["greeting", "lullaby", "warning"]),
    }
}

fn said_of(text: &str) -> String {
    match Scenario::parse("story.ron", text, &assets()) {
        Ok(_) => "right".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// The good story with one thing changed.
fn check(from: &str, to: &str, expected: &Expect) {
    assert!(GOOD.contains(from), "{from} is not in the story");
    expected.assert_eq(&said_of(&GOOD.replacen(from, to, 1)));
}

#[test]
fn the_good_story_is_right_and_short_forms_are_taken() {
    let scenario = Scenario::parse("story.ron", GOOD, &assets()).expect("it is right");
    assert_eq!(scenario.airframe, "camera_quad");
    assert_eq!(scenario.law, "sealed");
    assert_eq!((scenario.finder, scenario.card), (Finder::default(), Card::Healthy));
    let Act::Grants { for_s, .. } = scenario.beats[5].does else { panic!("not the grant") };
    assert_eq!(for_s, Some(30.0));
}

#[test]
fn a_claim_that_is_not_named_is_expected_untested() {
    let scenario = Scenario::parse("story.ron", GOOD, &assets()).expect("it is right");
    for (claim, expected) in [
        (ClaimId::NoFaces, Expectation::Held),
        (ClaimId::KnownHosts, Expectation::Untested),
        (ClaimId::MicConsent, Expectation::Untested),
    ] {
        assert_eq!(scenario.expects[&claim], expected, "{claim}");
    }
}

#[test]
fn everything_about_the_set_up_can_be_said() {
    let set_up = r#"seed: 7, settings: {"UP_LOGS": 1, "PRIV_LOCAL": 0}, card: Full,
        finder: (recall: 0.9, latency_frames: 2), operator: "FIN87astrdge12k8",
        account: (email: "ada@example.org", phone: "not a number"),
        server: Redirects(Elsewhere),"#;
    let text = GOOD.replacen("seed: 7,", set_up, 1);
    let scenario = Scenario::parse("story.ron", &text, &assets()).expect("it is right");
    assert_eq!(scenario.settings[&Setting::UpLogs], 1);
    assert_eq!(scenario.finder, Finder { recall: 0.9, noise_px: 1.5, latency_frames: 2 });
    let again = ron::to_string(&scenario).expect("it can be written");
    assert_eq!(Scenario::parse("again.ron", &again, &assets()), Ok(scenario));
}

#[test]
fn a_story_survives_being_written_and_read() {
    let scenario = Scenario::parse("story.ron", GOOD, &assets()).expect("it is right");
    for text in [ron::to_string(&scenario).expect("it can be written"), scenario.to_text()] {
        assert_eq!(Scenario::parse("again.ron", &text, &assets()).as_ref(), Ok(&scenario));
    }
}
