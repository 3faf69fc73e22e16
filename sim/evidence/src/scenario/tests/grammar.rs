//! Keys, names and brackets that are refused, and what is said of them.

use super::{check, said_of};
use expect_test::expect;

#[test]
fn unknown_keys_and_names_are_answered_with_the_nearest() {
    check(
        "at_s: 5.0",
        "at_min: 5.0",
        &expect![[r#"
        story.ron:15:10: unknown key `at_min` in `Beat`
          hint: did you mean `at_s`? times are in seconds"#]],
    );
    check(
        "at_m: (20.0, 10.0)",
        "at_ft: (20.0, 10.0)",
        &expect![[r#"
        story.ron:8:18: unknown key `at_ft` in `Building`
          hint: did you mean `at_m`? lengths are in metres"#]],
    );
    check(
        "at_m: (2.0, 1.0)",
        "at_ft: (2.0, 1.0)",
        &expect![[r#"
            story.ron:10:23: unknown key `at_ft` in `Person`
              hint: did you mean `at_m`? lengths are in metres"#]],
    );
    check(
        "at_m: (5.0, 5.0, 6.0)",
        "at_ft: (5.0, 5.0, 6.0)",
        &expect![[r#"
            story.ron:13:39: unknown key `at_ft` in `Waypoint`
              hint: did you mean `at_m`? lengths are in metres"#]],
    );
    check(
        "at_s: 6.0",
        "at_ft: 6.0",
        &expect![[r#"
            story.ron:16:10: unknown key `at_ft` in `Beat`
              hint: did you mean `at_s`? times are in seconds"#]],
    );
    check(
        "length_s",
        "length_min",
        &expect![[r#"
        story.ron:6:5: unknown key `length_min` in `Scenario`
          hint: did you mean `length_s`? times are in seconds"#]],
    );
    check(
        "gust_mps",
        "gust_knots",
        &expect![[r#"
        story.ron:7:38: unknown key `gust_knots` in `Weather`
          hint: did you mean `gust_mps`? speeds are in metres per second"#]],
    );
    check(
        "level_db",
        "loudness",
        &expect![[r#"
        story.ron:17:66: unknown key `loudness` in `Speaks`
          hint: the keys here are: who, voice, level_db"#]],
    );
    check(
        "title",
        "titel",
        &expect![[r#"
        story.ron:3:5: unknown key `titel` in `Scenario`
          hint: did you mean `title`?"#]],
    );
    check(
        "facing_deg",
        "facing_rad",
        &expect![[r#"
        story.ron:10:41: unknown key `facing_rad` in `Person`
          hint: did you mean `facing_deg`? angles are in degrees"#]],
    );
    check(
        "seed: 7,",
        "seed: 7, zzz: 1,",
        &expect![[r#"
            story.ron:5:14: unknown key `zzz` in `Scenario`
              hint: the keys here are: title, place, airframe, seed, length_s, law, weather, terrain, buildings, trees, waters, light, lamps, cast, mission, geofence, battery_pct, receiver, server, settings, finder, account, operator, card, telemetry2, beats, expects_flight, expects"#]],
    );
    check(
        "Arms",
        "Armz",
        &expect![[r#"
            story.ron:15:27: unknown name `Armz` in `Act`
              hint: did you mean `Arms`? there are: Arms, Disarms, TakesOff, Holds, StartsMission, Returns, Lands, GoesTo, Orbits, Follows, Brakes, StopsMotors, Switches, Steers, TakesStill, StartsRecording, StopsRecording, Speaks, Walks, WalksPath, Faces, LooksAt, Grants, Withdraws, Requests, LosesLink, ServerTurns, Sets, StartsFilm, StopsFilm, StartsView, StopsView, Registers, SharesPosition, AsksLogs, AsksFiles, ReadsFile, ReadsLog, AsksParameters, ListsConsent, ErasesLogs, ResetsToFactory, SetsUpSigning, Forges, Stranger, Telemetry2, Unlocks, Reboots, Updates, CutsPower, CardTurns, MotorFails, RotorWeakens, JamsGnss, SpoofsGnss, ReceiverTurns, SensorFails, FindersTurn, Awaits"#]],
    );
    check(
        "TakesStill",
        "Photographs",
        &expect![[r#"
            story.ron:19:28: unknown name `Photographs` in `Act`
              hint: there are: Arms, Disarms, TakesOff, Holds, StartsMission, Returns, Lands, GoesTo, Orbits, Follows, Brakes, StopsMotors, Switches, Steers, TakesStill, StartsRecording, StopsRecording, Speaks, Walks, WalksPath, Faces, LooksAt, Grants, Withdraws, Requests, LosesLink, ServerTurns, Sets, StartsFilm, StopsFilm, StartsView, StopsView, Registers, SharesPosition, AsksLogs, AsksFiles, ReadsFile, ReadsLog, AsksParameters, ListsConsent, ErasesLogs, ResetsToFactory, SetsUpSigning, Forges, Stranger, Telemetry2, Unlocks, Reboots, Updates, CutsPower, CardTurns, MotorFails, RotorWeakens, JamsGnss, SpoofsGnss, ReceiverTurns, SensorFails, FindersTurn, Awaits"#]],
    );
    check(
        "category: Imagery",
        "category: Image",
        &expect![[r#"
        story.ron:20:45: unknown name `Image` in `Class`
          hint: did you mean `Imagery`? there are: Audio, Face, Imagery, FlightLog, Position, Device, Account, Surroundings, Key, Public"#]],
    );
    check(
        "\"no-faces\": Held",
        "\"no-face\": Held",
        &expect![[r#"
            story.ron:24:27: unknown name `no-face`
              hint: did you mean `no-faces`? there are: no-audio, mic-consent, no-faces, media-manual, media-consent, log-sealed, log-consent, diag-coarse, nofly-coarse, off-means-off, user-control, identity-minimal, identity-unverified, identity-sealed, known-hosts, server-access, only-known-links"#]],
    );
    check(
        "\"no-faces\": Held",
        "\"no-faces\": Broke",
        &expect![[r#"
        story.ron:24:39: unknown name `Broke` in `Expectation`
          hint: did you mean `Broken`? there are: Held, Untested, Broken"#]],
    );
}

#[test]
fn what_is_missing_or_twice_is_named() {
    check(
        "seed: 7,",
        "",
        &expect![[r#"
        story.ron:27:1: the key `seed` is missing in `Scenario`
          hint: add `seed: …`"#]],
    );
    check(
        "at_s: 5.0, ",
        "",
        &expect![[r#"
        story.ron:15:20: the key `at_s` is missing in `Beat`
          hint: add `at_s: …`; times are in seconds"#]],
    );
    check(
        "seed: 7,",
        "seed: 7, seed: 8,",
        &expect![[r#"
        story.ron:5:14: the key `seed` stands twice in `Scenario`
          hint: keep one of them"#]],
    );
    check(
        "\"no-faces\": Held",
        "\"no-audio\": Held",
        &expect![[r#"
        story.ron:24:44: the claim "no-audio" stands twice
          hint: see any file in `scenarios` for the form"#]],
    );
    check(
        "name: \"Ben\"",
        "name: \"Ada\"",
        &expect![[r#"
        story.ron:11:16: two people are called "Ada"
          hint: beats call people by name: give each another"#]],
    );
}

#[test]
fn broken_grammar_is_pointed_at() {
    check(
        "seed: 7",
        "seed: seven",
        &expect![[r#"
        story.ron:5:10: expected integer
          hint: write a plain number such as 12 or 3.5, without a unit: the unit is in the key"#]],
    );
    check(
        "seed: 7",
        "seed: -7",
        &expect![[r#"
        story.ron:5:12: integer is out of bounds
          hint: the number is negative or too large for this key"#]],
    );
    check(
        "length_s: 60.0",
        "length_s: 60.0 s",
        &expect![[r#"
        story.ron:6:20: expected comma
          hint: entries are separated by commas, and each opening bracket needs its closing one"#]],
    );
    check(
        "length_s: 60.0",
        "length_s: \"60\"",
        &expect![[r#"
        story.ron:6:14: expected float
          hint: write a plain number such as 12 or 3.5, without a unit: the unit is in the key"#]],
    );
    check(
        "(2.0, 1.0)",
        "(2.0, 1.0, 0.0)",
        &expect![[r#"
        story.ron:10:40: expected closing `)`
          hint: entries are separated by commas, and each opening bracket needs its closing one"#]],
    );
    check(
        "wind_mps: (1.0, -0.5)",
        "wind_mps: 1.0",
        &expect![[r#"
        story.ron:7:24: expected opening `(`
          hint: see any file in `scenarios` for the form"#]],
    );
    check(
        "    },\n)",
        "    },",
        &expect![[r#"
        story.ron:26:7: unexpected end of RON
          hint: a bracket, a quotation mark or a comment is not closed"#]],
    );
    check(
        "    },\n)",
        "    },\n) extra",
        &expect![[r#"
        story.ron:27:2: non-whitespace trailing characters
          hint: a file holds one story; remove what comes after its last bracket"#]],
    );
    check(
        "title: \"Two",
        "title: Two",
        &expect![[r#"
        story.ron:3:11: expected string
          hint: write it in quotation marks"#]],
    );
    expect![[r#"
        story.ron:1:1: expected opening `(` for struct `Scenario`
          hint: see any file in `scenarios` for the form"#]]
    .assert_eq(&said_of(""));
}
