//! Missions, places to go to and sticks that are refused, and what is said of them.

use super::{GOOD, said_of};
use expect_test::expect;

/// What is said of the good story with another mission, or with another act in place of its landing.
fn said(missions: &[&str], acts: &[&str]) -> String {
    let way_point = "Waypoint(label: \"gate\", at_m: (5.0, 5.0, 6.0), stay_s: 2.0)";
    let planned = missions.iter().map(|items| said_of(&GOOD.replacen(way_point, items, 1)));
    let acted = acts.iter().map(|act| said_of(&GOOD.replacen("Lands)", &format!("{act})"), 1)));
    planned.chain(acted).map(|said| said + "\n").collect()
}

#[test]
fn a_mission_begins_with_a_climb_and_ends_with_its_landing() {
    let way = "Waypoint(label: \"a\", at_m: (1.0, 2.0, 3.0))";
    let all = format!(
        "Speed(at_most_mps: 2.0), TakeOff(height_m: 4.0), LooksAt(at_m: (1.0, 2.0, 0.0)), {way},
        LooksAhead, Delay(for_s: 3.0), Returns"
    );
    expect![[r#"
        right
        story.ron:13:14: the mission never flies
          hint: add a `Waypoint` or a `TakeOff`
        story.ron:13:15: the mission does not begin with a climb
          hint: let the first item that flies be a `TakeOff` or a `Waypoint`
        story.ron:13:66: this item comes after the landing
          hint: let `Land` or `Returns` be the last item
        story.ron:13:33: `height_m` is 400, which is not in 1 to 120
          hint: give 1 to 120 metres above the start
        story.ron:13:79: `at_most_mps` is 0, which is not in 0.5 to 10
          hint: give 0.5 to 10 metres per second
        story.ron:13:73: `for_s` is -1, which is not in 0.1 to 600
          hint: give 0.1 to 600 seconds
        story.ron:13:75: `at_m[0]` is 9000, which is not in -2000 to 2000
          hint: give -2000 to 2000 metres east of the start
        right
        story.ron:13:67: a circle of 0 m cannot be flown
          hint: give 3 to 100 metres; less than nothing is counter-clockwise from above
        story.ron:13:88: `every_m` is 0.5, which is not in 2 to 500
          hint: give 2 to 500 metres
        story.ron:13:84: `every_s` is 0.5, which is not in 2 to 600
          hint: give 2 to 600 seconds
    "#]]
    .assert_eq(&said(
        &[
            &all,
            "Speed(at_most_mps: 2.0)",
            &format!("Delay(for_s: 3.0), {way}"),
            &format!("{way}, Land, {way}"),
            "TakeOff(height_m: 400.0)",
            &format!("{way}, Speed(at_most_mps: 0.0)"),
            &format!("{way}, Delay(for_s: -1.0)"),
            &format!("{way}, LooksAt(at_m: (9000.0, 0.0, 0.0))"),
            &format!(
                "Loiter(label: \"b\", at_m: (1.0, 2.0, 3.0), radius_m: -9.0, turns: 2.0), {way}"
            ),
            &format!(
                "Loiter(label: \"b\", at_m: (1.0, 2.0, 3.0), radius_m: 0.0, turns: 2.0), {way}"
            ),
            &format!("{way}, TriggersByDistance(every_m: 0.5)"),
            &format!("{way}, TriggersByTime(every_s: 0.5)"),
        ],
        &[],
    ));
}

#[test]
fn guided_flights_and_sticks_are_in_their_ranges() {
    expect![[r#"
        story.ron:21:52: `at_m[2]` is 0, which is not in 1 to 120
          hint: give 1 to 120 metres above the start
        story.ron:21:69: `speed_mps` is 20, which is not in 0.5 to 10
          hint: give 0.5 to 10 metres per second
        story.ron:21:72: a circle of 1 m cannot be flown
          hint: give 3 to 100 metres; less than nothing is counter-clockwise from above
        right
        story.ron:21:41: nobody in the cast is called "Eda"
          hint: did you mean "Ada"? the cast is: Ada, Ben
        story.ron:21:41: unknown name `Acro` in `Manual`
          hint: there are: Stabilise, AltitudeHold, PositionHold
        story.ron:21:44: `forward` is 1.5, which is not in -1 to 1
          hint: give -1 to 1 as a part of the stick's way
        story.ron:21:41: `turn` is NaN, which is not a number
          hint: give -1 to 1 as a part of the stick's way
        story.ron:21:77: the sticks are held until 33 s
          hint: move this beat behind that
        right
    "#]]
    .assert_eq(&said(
        &[],
        &[
            "GoesTo(at_m: (1.0, 2.0, 0.0), speed_mps: 2.0)",
            "GoesTo(at_m: (1.0, 2.0, 3.0), speed_mps: 20.0)",
            "Orbits(around_m: (1.0, 2.0, 3.0), radius_m: 1.0, speed_mps: 2.0)",
            "Orbits(around_m: (1.0, 2.0, 3.0), radius_m: -9.0, speed_mps: 2.0)",
            "Follows(who: \"Eda\")",
            "Switches(to: Acro)",
            "Steers(forward: 1.5, for_s: 1.0)",
            "Steers(turn: NaN, for_s: 1.0)",
            "Steers(up: 0.5, for_s: 3.0)), (at_s: 32.0, does: Steers(up: 0.5, for_s: 3.0)",
            "Steers(up: 0.5, for_s: 2.0)), (at_s: 32.0, does: Steers(up: 0.5, for_s: 3.0)",
        ],
    ));
}

#[test]
fn a_fence_has_a_border_and_its_polygons_have_corners() {
    let with = |fence: &str| {
        said_of(&GOOD.replacen("seed: 7,", &format!("seed: 7, geofence: ({fence}),"), 1))
    };
    let said = [
        "keeps_in: [Circle(at_m: (0.0, 0.0), radius_m: 50.0)], height_m_max: 30.0, action: Returns",
        "keeps_out: [Polygon(corners_m: [(9.0, 9.0), (20.0, 9.0), (9.0, 20.0)])], action: Warns",
        "action: Holds",
        "keeps_in: [Circle(at_m: (0.0, 0.0), radius_m: -1.0)], action: Holds",
        "keeps_out: [Polygon(corners_m: [(9.0, 9.0), (20.0, 9.0)])], action: Lands",
        "height_m_max: 0.0, action: Lands",
        "height_m_max: 30.0, action: Explodes",
    ];
    let said: String = said.iter().map(|fence| with(fence) + "\n").collect();
    expect![[r#"
        right
        right
        story.ron:5:24: the fence has no border
          hint: give `keeps_in`, `keeps_out` or `height_m_max`
        story.ron:5:71: `radius_m` is -1, which is not in 1 to 5000
          hint: give 1 to 5000 metres
        story.ron:5:56: a polygon has no 2 corners
          hint: give 3 to 64
        story.ron:5:39: `height_m_max` is 0, which is not in 1 to 500
          hint: give 1 to 500 metres above the start
        story.ron:5:53: unknown name `Explodes` in `FenceAction`
          hint: there are: Warns, Holds, Returns, Lands
    "#]]
    .assert_eq(&said);
}
