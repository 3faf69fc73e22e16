//! Numbers, names and places that are refused, and what is said of them.

use super::check;
use expect_test::expect;

#[test]
fn numbers_must_be_finite_and_in_their_range() {
    check(
        "lat_deg: 47.3769",
        "lat_deg: NaN",
        &expect![[r#"
        story.ron:4:22: `lat_deg` is NaN, which is not a number
          hint: give -89 to 89 degrees north; not at a pole"#]],
    );
    check(
        "lon_deg: 8.5417",
        "lon_deg: 181",
        &expect![[r#"
        story.ron:4:40: `lon_deg` is 181, which is not in -180 to 180
          hint: give -180 to 180 degrees east"#]],
    );
    check(
        "alt_m: 408.0",
        "alt_m: inf",
        &expect![[r#"
        story.ron:4:55: `alt_m` is inf, which is not a number
          hint: give -430 to 5000 metres above mean sea level"#]],
    );
    check(
        "length_s: 60.0",
        "length_s: 1e9",
        &expect![[r#"
        story.ron:6:15: `length_s` is 1000000000, which is not in 1 to 3600
          hint: give 1 to 3600 seconds from power-on"#]],
    );
    check(
        "level_db: 80.0",
        "level_db: 141",
        &expect![[r#"
        story.ron:17:76: `level_db` is 141, which is not in 0 to 140
          hint: give 0 to 140 dB at one metre"#]],
    );
    check(
        "height_m: 5.0",
        "height_m: -5.0",
        &expect![[r#"
        story.ron:16:46: `height_m` is -5, which is not in 1 to 120
          hint: give 1 to 120 metres above the start"#]],
    );
    check(
        "speed_mps: 1.2",
        "speed_mps: 0",
        &expect![[r#"
        story.ron:18:76: `speed_mps` is 0, which is not in 0.1 to 10
          hint: give 0.1 to 10 metres per second"#]],
    );
    check(
        "(5.0, 5.0, 6.0)",
        "(5.0, 5.0, NaN)",
        &expect![[r#"
            story.ron:13:56: `at_m[2]` is NaN, which is not a number
              hint: give 1 to 120 metres above the start"#]],
    );
    check(
        "gust_mps: 0.3",
        "gust_mps: 1e400",
        &expect![[r#"
        story.ron:7:48: `gust_mps` is inf, which is not a number
          hint: give 0 to 5 metres per second"#]],
    );
    check(
        "object: 1",
        "object: 0",
        &expect![[r#"
            story.ron:20:62: there is no object 0
              hint: logs, pictures, recordings and zones are numbered from 1"#]],
    );
    check(
        "for_s: 30.0",
        "for_s: 0.5",
        &expect![[r#"
        story.ron:20:83: `for_s` is 0.5, which is not in 1 to 86400
          hint: give 1 to 86400 seconds"#]],
    );
    check(
        "for_s: 30.0",
        "for_s: 30.5",
        &expect![[r#"
        story.ron:20:83: a grant cannot last 30.5 s
          hint: give whole seconds"#]],
    );
}

#[test]
fn assets_and_names_are_checked_against_what_is_there() {
    check(
        "seed: 7,",
        "seed: 7, airframe: \"camera_kwad\",",
        &expect![[r#"
        story.ron:5:24: there is no airframe "camera_kwad"
          hint: did you mean `camera_quad`? there are: camera_quad"#]],
    );
    check(
        "seed: 7,",
        "seed: 7, law: \"wild\",",
        &expect![[r#"
        story.ron:5:19: there is no law "wild"
          hint: there are: sealed, vendor"#]],
    );
    check(
        "label: \"gate\"",
        "label: \"the gate by the old mill\"",
        &expect![[r#"
            story.ron:13:31: the label "the gate by the old mill" is not 1 to 16 printable ASCII characters
              hint: shorten it, and leave out accents"#]],
    );
    check(
        "label: \"gate\"",
        "label: \"čáp\"",
        &expect![[r#"
            story.ron:13:31: the label "čáp" is not 1 to 16 printable ASCII characters
              hint: shorten it, and leave out accents"#]],
    );
    check(
        "label: \"gate\"",
        "label: \"\"",
        &expect![[r#"
            story.ron:13:31: the label "" is not 1 to 16 printable ASCII characters
              hint: shorten it, and leave out accents"#]],
    );
    check(
        "name: \"Ben\"",
        "name: \" \"",
        &expect![[r#"
        story.ron:11:16: " " is not a name
          hint: give 1 to 32 characters"#]],
    );
    check(
        "\"Two neighbours talk while the drone hovers.\"",
        "\"Talk\"",
        &expect![[r#"
        story.ron:3:12: the title is not a sentence
          hint: say in one line of at most 160 characters what happens"#]],
    );
    check(
        "mission: [Waypoint(label: \"gate\", at_m: (5.0, 5.0, 6.0), stay_s: 2.0)],\n    beats: [",
        "beats: [(at_s: 1, does: StartsMission),",
        &expect![[r#"
            story.ron:13:29: there is no mission to start
              hint: add `mission: [Waypoint(label: …, at_m: …)]`"#]],
    );
}

#[test]
fn nobody_and_nothing_stands_where_something_else_is() {
    check(
        "at_m: (-2.0, 8.0)",
        "at_m: (20.0, 12.0)",
        &expect![[r#"
        story.ron:11:29: Ben stands inside buildings[0]
          hint: move one of them; `at_m` of a building is its centre"#]],
    );
    check(
        "at_m: (-2.0, 8.0)",
        "at_m: (-1.0, 5.0)",
        &expect![[r#"
        story.ron:11:29: Ben stands on the coloured sheet
          hint: keep the 3 m square whose centre is 5 m north of the start free"#]],
    );
    check(
        "at_m: (-2.0, 8.0)",
        "at_m: (0.1, 0.0)",
        &expect![[r#"
        story.ron:11:29: Ben stands where the airframe starts
          hint: keep 0.6 m away from (0, 0)"#]],
    );
    check(
        "at_m: (20.0, 10.0)",
        "at_m: (4.0, 7.0)",
        &expect![[r#"
        story.ron:8:24: this building stands on the coloured sheet
          hint: keep the 3 m square whose centre is 5 m north of the start free"#]],
    );
    check(
        "at_m: (20.0, 10.0)",
        "at_m: (0.0, -3.0)",
        &expect![[r#"
        story.ron:8:24: this building stands on the start
          hint: the airframe starts at (0, 0); `at_m` is the building's centre"#]],
    );
    check(
        "to_m: (-4.0, 9.0)",
        "to_m: (30.0, 10.0)",
        &expect![[r#"
        story.ron:18:52: Ben would walk inside buildings[0]
          hint: move one of them; `at_m` of a building is its centre"#]],
    );
    check(
        "to_m: (-4.0, 9.0)",
        "to_m: (4.0, 2.0)",
        &expect![[r#"
        story.ron:18:52: Ben would walk on the coloured sheet
          hint: keep the 3 m square whose centre is 5 m north of the start free"#]],
    );
    check(
        "(5.0, 5.0, 6.0)",
        "(20.0, 10.0, 6.0)",
        &expect![[r#"
            story.ron:13:45: the way-point "gate" is inside buildings[0]
              hint: fly over it or round it"#]],
    );
}
