//! What may be expected of a flight, and what is said of other expectations.

use super::{GOOD, assets, check, said_of};
use crate::scenario::{FlightExpectation, Scenario};
use expect_test::expect;

/// One of each kind, with the short forms.
const EACH: &str = r#"expects_flight: [
        Hovers(from_s: 10.0, until_s: 28.0, at_m: (0.0, 0.0, 5.0), rms_m_max: 0.3),
        Steps(at_s: 30.0, until_s: 45.0, to_m: (5.0, 0.0, 5.0), overshoot_pct_max: 10.0, settles_s_max: 8.0, within_m: 0.3),
        Tracks(from_s: 10.0, until_s: 40.0, through_m: [(0.0, 0.0, 5.0), (9.0, 0.0, 5.0)], cross_track_m_max: 1.5),
        Climbs(above_m: 4.5, by_s: 15.0),
        StaysWithin(radius_m_max: 10.0),
        StaysWithin(from_s: 10.0, until_s: 28.0, height_m_min: 4.0, height_m_max: 6.0),
        LandsWithin(of_m: (0.0, 0.0), metres_max: 0.5),
        LandsBefore(at_s: 50.0),
        EndsUpright,
        NotDestroyed,
    ],
    expects: {"#;

#[test]
fn every_kind_can_be_said_survives_being_written_and_is_absent_from_most_stories() {
    let text = GOOD.replacen("expects: {", EACH, 1);
    let scenario = Scenario::parse("story.ron", &text, &assets()).expect("it is right");
    assert_eq!(scenario.expects_flight.len(), 10);
    assert_eq!(scenario.expects_flight[9], FlightExpectation::NotDestroyed);
    let again = ron::to_string(&scenario).expect("it can be written");
    assert_eq!(Scenario::parse("again.ron", &again, &assets()), Ok(scenario));
    let plain = Scenario::parse("story.ron", GOOD, &assets()).expect("it is right");
    assert!(!ron::to_string(&plain).expect("it can be written").contains("expects_flight"));
}

#[test]
fn an_expectation_that_cannot_be_judged_is_refused_with_its_place() {
    for (expected, says) in [
        (
            "Hovers(from_s: 10.0, until_s: 10.2, at_m: (0.0, 0.0, 5.0), rms_m_max: 0.3)",
            expect![[r#"
                story.ron:23:52: `until_s` is 10.2, which is not in 10.5 to 60
                  hint: give 10.5 to 60 seconds: 0.5 s after `from_s`, and within the flight"#]],
        ),
        (
            "Hovers(from_s: 10.0, until_s: 61.0, at_m: (0.0, 0.0, 5.0), rms_m_max: 0.3)",
            expect![[r#"
                story.ron:23:52: `until_s` is 61, which is not in 10.5 to 60
                  hint: give 10.5 to 60 seconds: 0.5 s after `from_s`, and within the flight"#]],
        ),
        (
            "Hovers(from_s: 10.0, until_s: 20.0, at_m: (0.0, NaN, 5.0), rms_m_max: 0.3)",
            expect![[r#"
                story.ron:23:70: `at_m[1]` is NaN, which is not a number
                  hint: give -2000 to 2000 metres north of the start"#]],
        ),
        (
            "Hovers(from_s: 10.0, until_s: 20.0, at_m: (0.0, 0.0, 5.0), rms_ft_max: 0.3)",
            expect![[r#"
                story.ron:23:81: unknown key `rms_ft_max` in `Hovers`
                  hint: did you mean `rms_m_max`?"#]],
        ),
        (
            "Steps(at_s: 30.0, until_s: 35.0, to_m: (5.0, 0.0, 5.0), overshoot_pct_max: 10.0, settles_s_max: 8.0, within_m: 0.3)",
            expect![[r#"
                story.ron:23:118: `settles_s_max` is 8, which is not in 0 to 5
                  hint: give 0 to 5 seconds, at most from `at_s` to `until_s`"#]],
        ),
        (
            "Tracks(from_s: 10.0, until_s: 20.0, through_m: [(0.0, 0.0, 5.0)], cross_track_m_max: 1.5)",
            expect![[r#"
                story.ron:23:69: a line through 1 points
                  hint: give 2 to 64 points"#]],
        ),
        (
            "Climbs(above_m: 0.0, by_s: 15.0)",
            expect![[r#"
            story.ron:23:38: `above_m` is 0, which is not in 0.5 to 500
              hint: give 0.5 to 500 metres above the start"#]],
        ),
        (
            "StaysWithin(from_s: 10.0)",
            expect![[r#"
            story.ron:23:22: it stays within nothing
              hint: give `radius_m_max`, `height_m_min` or `height_m_max`"#]],
        ),
        (
            "StaysWithin(height_m_min: 9.0, height_m_max: 4.0)",
            expect![[r#"
            story.ron:23:67: `height_m_max` is 4, which is not in 9 to 5000
              hint: give 9 to 5000 metres above the start"#]],
        ),
        (
            "LandsWithin(of_m: (0.0, 9000.0), metres_max: 0.5)",
            expect![[r#"
            story.ron:23:46: `of_m[1]` is 9000, which is not in -2000 to 2000
              hint: give -2000 to 2000 metres north of the start"#]],
        ),
        (
            "LandsBefore(at_s: 99.0)",
            expect![[r#"
            story.ron:23:40: `at_s` is 99, which is not in 0.5 to 60
              hint: give 0.5 to 60 seconds, within the flight"#]],
        ),
        (
            "EndsUprigt",
            expect![[r#"
            story.ron:23:22: unknown name `EndsUprigt` in `FlightExpectation`
              hint: did you mean `EndsUpright`? there are: Hovers, Steps, Tracks, Climbs, StaysWithin, LandsWithin, LandsBefore, EndsUpright, NotDestroyed, IsDestroyed"#]],
        ),
        (
            "NotDestroyed, IsDestroyed",
            expect![[r#"
            story.ron:23:36: it cannot be destroyed and come down whole
              hint: leave one of the two out"#]],
        ),
    ] {
        let block = format!("expects_flight: [{expected}],\n    expects: {{");
        check("expects: {", &block, &says);
    }
}

#[test]
fn no_more_can_be_expected_than_a_report_can_show() {
    let many = "EndsUpright, ".repeat(65);
    let text = GOOD.replacen("expects: {", &format!("expects_flight: [{many}], expects: {{"), 1);
    expect![[r#"
        story.ron:23:21: `expects_flight` has 65 entries
          hint: at most 64 are allowed"#]]
    .assert_eq(&said_of(&text));
}
