//! Beats that are refused, and what is said of them.

use super::check;
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
          hint: name `Pilot` or `Maker`; the card takes what `TakesStill` and `StartsRecording` command"#]],
    );
    check(
        "category: Imagery",
        "category: Position",
        &expect![[r#"
        story.ron:20:45: Position has no objects that consent could be given for
          hint: use `FlightLog`, `Imagery`, `Audio` or `Face`"#]],
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
          hint: leave 1 s between them: the camera gives 2 frames a second"#]],
    );
    check(
        "does: Lands",
        "does: LosesLink(for_s: 999)",
        &expect![[r#"
        story.ron:21:45: `for_s` is 999, which is not in 0.1 to 60
          hint: give 0.1 to 60 seconds, within the flight"#]],
    );
}
