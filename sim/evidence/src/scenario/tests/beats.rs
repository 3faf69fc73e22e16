//! Beats that are refused, and what is said of them.

use super::{GOOD, check, said_of};
use expect_test::expect;

#[test]
fn beats_are_in_order_within_the_flight_and_possible() {
    check(
        "at_s: 30.0",
        "at_s: 60.0",
        &expect![[r#"
        story.ron:21:16: this beat is at 60 s, and the flight ends at 60 s
          hint: move the beat, or make `length_s` longer"#]],
    );
    check(
        "at_s: 5.0",
        "at_s: -1.0",
        &expect![[r#"
        story.ron:15:16: `at_s` is -1, which is not in 0 to 60
          hint: give 0 to 60 seconds from power-on"#]],
    );
    check(
        "at_s: 5.0",
        "at_s: NaN",
        &expect![[r#"
        story.ron:15:16: `at_s` is NaN, which is not a number
          hint: give 0 to 60 seconds from power-on"#]],
    );
    check(
        "at_s: 6.0",
        "at_s: 4.0",
        &expect![[r#"
        story.ron:16:16: this beat is at 4 s, but the one before it is at 5 s
          hint: put the beats in order of time"#]],
    );
    check(
        "who: \"Ada\"",
        "who: \"Eda\"",
        &expect![[r#"
        story.ron:17:40: nobody in the cast is called "Eda"
          hint: did you mean "Ada"? the cast is: Ada, Ben"#]],
    );
    check(
        "who: \"Ada\"",
        "who: \"Zoltan\"",
        &expect![[r#"
        story.ron:17:40: nobody in the cast is called "Zoltan"
          hint: the cast is: Ada, Ben"#]],
    );
    check(
        "voice: \"greeting\"",
        "voice: \"greetings\"",
        &expect![[r#"
        story.ron:17:54: there is no voice "greetings"
          hint: did you mean `greeting`? there are: greeting, lullaby, warning"#]],
    );
    check(
        "voice: \"greeting\"",
        "voice: \"yodel\"",
        &expect![[r#"
        story.ron:17:54: there is no voice "yodel"
          hint: there are: greeting, lullaby, warning"#]],
    );
    check(
        "to: Maker",
        "to: Card",
        &expect![[r#"
            story.ron:20:69: the card is not a recipient
              hint: name `Pilot` or `Maker`; the card takes what the pilot commands to capture"#]],
    );
    check(
        "category: Imagery",
        "category: Device",
        &expect![[r#"
            story.ron:20:45: Device has no objects that consent could be given for
              hint: use `FlightLog`, `Imagery`, `Position`, `Audio` or `Face`"#]],
    );
    check(
        "does: Lands",
        "does: StopsRecording",
        &expect![[r#"
        story.ron:21:28: no recording is running
          hint: start one first with `StartsRecording`"#]],
    );
    check(
        "at_s: 22.0, does: Grants(",
        "at_s: 22.0, does: Requests(",
        &expect![[r#"
        story.ron:20:78: unknown key `for_s` in `Requests`
          hint: the keys here are: category, object, to"#]],
    );
    check(
        "at_s: 30.0, does: Lands",
        "at_s: 30.0, does: Withdraws(category: Imagery, object: 2, from: Maker)",
        &expect![[r#"
            story.ron:21:28: Imagery 2 was never granted to Maker
              hint: withdraw a grant exactly as it was given, and after it"#]],
    );
    check(
        "at_s: 15.0, does: Speaks(who: \"Ada\", voice: \"greeting\", level_db: 80.0)",
        "at_s: 15.0, does: LosesLink(for_s: 10)",
        &expect![[r#"
            story.ron:19:28: the pilot's link is dead until 25 s
              hint: move this beat to a time when the link is up"#]],
    );
    check(
        "at_s: 22.0, does: Grants(category: Imagery, object: 1, to: Maker, for_s: 30.0)",
        "at_s: 20.5, does: TakesStill",
        &expect![[r#"
            story.ron:20:28: two stills are taken at nearly the same time
              hint: leave 1 s between them"#]],
    );
    check(
        "does: Lands",
        "does: LosesLink(for_s: 999)",
        &expect![[r#"
        story.ron:21:45: `for_s` is 999, which is not in 0.1 to 60
          hint: give 0.1 to 60 seconds, within the flight"#]],
    );
}

#[test]
fn no_command_is_given_while_the_link_is_dead() {
    // Dead from 25 s to 35 s; the good story's landing, at 30 s, is changed.
    let said_at = |at_s: &str, does: &str| {
        let beat = format!("at_s: 25.0, does: LosesLink(for_s: 10)),\n(at_s: {at_s}, does: {does}");
        said_of(&GOOD.replacen("at_s: 30.0, does: Lands", &beat, 1))
    };
    let refusal = expect![[r#"
        story.ron:22:20: the pilot's link is dead until 35 s
          hint: move this beat to a time when the link is up"#]];
    for (does, needs_link) in [
        ("Arms", true),
        ("Disarms", true),
        ("TakesOff(height_m: 5.0)", true),
        ("Holds", true),
        ("StartsMission", true),
        ("Returns", true),
        ("Lands", true),
        ("TakesStill", true),
        ("GoesTo(at_m: (1.0, 2.0, 3.0), speed_mps: 2.0)", true),
        ("Follows(who: \"Ada\")", true),
        ("Brakes", true),
        ("StopsMotors", true),
        ("Switches(to: Stabilise)", true),
        ("Steers(up: 0.5, for_s: 1.0)", true),
        ("StartsRecording", true),
        ("Grants(category: FlightLog, object: 1, to: Maker)", true),
        ("Withdraws(category: Imagery, object: 1, from: Maker)", true),
        ("Requests(category: Imagery, object: 1, to: Maker)", true),
        ("LosesLink(for_s: 1)", true),
        ("Speaks(who: \"Ada\", voice: \"greeting\", level_db: 80.0)", false),
        ("Walks(who: \"Ben\", to_m: (-5.0, 9.0), speed_mps: 1.2)", false),
        ("Faces(who: \"Ben\", heading_deg: 90.0)", false),
        ("ServerTurns(Silent)", false),
    ] {
        if needs_link {
            refusal.assert_eq(&said_at("30.0", does));
        } else {
            assert_eq!(said_at("30.0", does), "right", "{does}");
        }
        assert_eq!(said_at("35.0", does), "right", "{does}");
    }
}

#[test]
fn a_recording_is_not_stopped_over_a_dead_link() {
    check(
        "at_s: 30.0, does: Lands",
        "at_s: 25.0, does: StartsRecording),
        (at_s: 26.0, does: LosesLink(for_s: 10)),
        (at_s: 30.0, does: StopsRecording",
        &expect![[r#"
            story.ron:23:28: the pilot's link is dead until 36 s
              hint: move this beat to a time when the link is up"#]],
    );
}

#[test]
fn the_link_is_dead_until_the_tick_in_which_the_vehicle_hears_again() {
    // 20.501 s is tick 10251 and 0.501 s are 251 ticks: rounded apart, they end at tick 10502, 21.004 s.
    for (at_s, is_heard) in [("21.002", false), ("21.0021", true), ("21.004", true)] {
        let beats = format!(
            "at_s: 20.501, does: LosesLink(for_s: 0.501)),\n(at_s: {at_s}, does: Holds),\n(at_s: 22.0,"
        );
        let said = said_of(&GOOD.replacen("at_s: 22.0,", &beats, 1));
        assert_eq!(said == "right", is_heard, "{at_s}: {said}");
    }
}
