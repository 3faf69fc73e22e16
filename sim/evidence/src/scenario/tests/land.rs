//! Ground, trees, paths and gazes that a story may have, and what is said of others.

use super::{GOOD, check, said_of};
use expect_test::expect;

#[test]
fn trees_stand_where_nothing_else_does() {
    for (tree, says) in [
        ("(at_m: (9.0, 9.0), height_m: 8.0, crown_m: 4.0)", expect!["right"]),
        (
            "(at_m: (1.0, 0.0), height_m: 8.0, crown_m: 4.0)",
            expect![[r#"
            story.ron:9:20: this tree reaches over the start
              hint: the airframe starts at (0, 0): leave it room to rise"#]],
        ),
        (
            "(at_m: (1.0, 4.0), height_m: 8.0, crown_m: 2.0)",
            expect![[r#"
            story.ron:9:20: this tree stands on the coloured sheet
              hint: keep the 3 m square whose centre is 5 m north of the start free"#]],
        ),
        (
            "(at_m: (18.0, 9.0), height_m: 8.0, crown_m: 4.0)",
            expect![[r#"
            story.ron:9:20: this tree stands inside buildings[0]
              hint: `at_m` of a building is its centre; move one of them"#]],
        ),
        (
            "(at_m: (2.05, 1.0), height_m: 8.0, crown_m: 1.0)",
            expect![[r#"
                story.ron:11:29: Ada stands where trees[0] stands
                  hint: move one of them; `at_m` of a tree is its trunk"#]],
        ),
        (
            "(at_m: (-3.0, 8.5), height_m: 8.0, crown_m: 1.0)",
            expect![[r#"
                story.ron:19:52: Ben would walk where trees[0] stands
                  hint: move one of them; `at_m` of a tree is its trunk"#]],
        ),
        (
            "(at_m: (5.0, 6.0), height_m: 7.0, crown_m: 4.0)",
            expect![[r#"
                story.ron:14:45: the way-point "gate" is in the crown of trees[0]
                  hint: fly over it or round it"#]],
        ),
        (
            "(at_m: (9.0, 9.0), height_m: 4.0, crown_m: 5.0)",
            expect![[r#"
            story.ron:9:56: `crown_m` is 5, which is not in 0.5 to 4
              hint: give 0.5 to 4 metres across, within its height"#]],
        ),
        (
            "(at_m: (9.0, 9.0), height_m: NaN, crown_m: 5.0)",
            expect![[r#"
            story.ron:9:42: `height_m` is NaN, which is not a number
              hint: give 1 to 60 metres from the ground to the top"#]],
        ),
        (
            "(at_m: (9.0, 9.0), height_m: 9.0, crown_ft: 5.0)",
            expect![[r#"
            story.ron:9:47: unknown key `crown_ft` in `Tree`
              hint: did you mean `crown_m`? lengths are in metres"#]],
        ),
    ] {
        check("cast: [", &format!("trees: [{tree}],\n    cast: ["), &says);
    }
}

#[test]
fn ground_is_no_steeper_than_people_walk_and_a_grid_is_whole() {
    for (terrain, says) in [
        ("Hills(height_m: 8.0, wavelength_m: 60.0)", expect!["right"]),
        ("Grid(cell_m: 10.0, heights_m: [[0.0, 1.0], [2.0, -3.0]])", expect!["right"]),
        (
            "Hills(height_m: 20.0, wavelength_m: 60.0)",
            expect![[r#"
            story.ron:9:30: `height_m` is 20, which is not in 0.1 to 12
              hint: give 0.1 to 12 metres, a fifth of the wavelength at most"#]],
        ),
        (
            "Hills(height_m: 8.0, wavelength_m: 5.0)",
            expect![[r#"
            story.ron:9:49: `wavelength_m` is 5, which is not in 20 to 1000
              hint: give 20 to 1000 metres"#]],
        ),
        (
            "Hills(height_ft: 8.0, wavelength_m: 50.0)",
            expect![[r#"
            story.ron:9:20: unknown key `height_ft` in `Hills`
              hint: did you mean `height_m`? lengths are in metres"#]],
        ),
        (
            "Grid(cell_m: 10.0, heights_m: [[0.0, 1.0], [2.0]])",
            expect![[r#"
            story.ron:9:57: this row has 1 heights, and the first one has 2
              hint: make all rows alike"#]],
        ),
        (
            "Grid(cell_m: 10.0, heights_m: [[0.0, 1.0]])",
            expect![[r#"
            story.ron:9:44: this grid has no cell
              hint: give two rows of two heights at least: `heights_m: [[0.0, 1.0], [0.0, 2.0]]`"#]],
        ),
        (
            "Grid(cell_m: 10.0, heights_m: [[0.0, 1.0], [2.0, NaN]])",
            expect![[r#"
            story.ron:9:63: `heights_m[1][1]` is NaN, which is not a number
              hint: give -200 to 200 metres above the start"#]],
        ),
        (
            "Grid(cell_m: 10.0, heights_m: [[0.0, 1.0], [2.0, 19.0]])",
            expect![[r#"
            story.ron:9:63: the ground rises by more than 10 m to this corner
              hint: make it no steeper than a metre up for a metre along"#]],
        ),
        (
            "Grid(cell_m: 0.0, heights_m: [[0.0, 1.0], [2.0, 9.0]])",
            expect![[r#"
            story.ron:9:27: `cell_m` is 0, which is not in 2 to 200
              hint: give 2 to 200 metres"#]],
        ),
        (
            "Hill",
            expect![[r#"
            story.ron:9:14: unknown name `Hill` in `Terrain`
              hint: did you mean `Hills`? there are: Flat, Hills, Grid"#]],
        ),
    ] {
        check("cast: [", &format!("terrain: {terrain},\n    cast: ["), &says);
    }
}

#[test]
fn paths_are_free_and_gazes_fall_on_somebody() {
    let walks = "Walks(who: \"Ben\", to_m: (-4.0, 9.0), speed_mps: 1.2)";
    for (act, says) in [
        (
            "WalksPath(who: \"Ben\", through_m: [(-4.0, 9.0), (9.0, 20.0)], speed_mps: 1.2)",
            expect!["right"],
        ),
        (
            "WalksPath(who: \"Ben\", through_m: [], speed_mps: 1.2)",
            expect![[r#"
            story.ron:18:61: this path leads nowhere
              hint: give at least the place where the walk ends: `through_m: [(1.0, 2.0)]`"#]],
        ),
        (
            "WalksPath(who: \"Ben\", through_m: [(-4.0, 9.0), (-4.0, 2001.0)], speed_mps: 1.2)",
            expect![[r#"
                story.ron:18:82: `through_m[1][1]` is 2001, which is not in -2000 to 2000
                  hint: give -2000 to 2000 metres north of the start"#]],
        ),
        (
            "WalksPath(who: \"Ben\", through_m: [(-4.0, 9.0), (9.0, 9.0), (30.0, 11.0)], speed_mps: 1.2)",
            expect![[r#"
                story.ron:18:87: Ben would walk inside buildings[0]
                  hint: move one of them; `at_m` of a building is its centre"#]],
        ),
        (
            "WalksPath(who: \"Ben\", through_m: [(0.0, 9.0), (0.0, 0.0)], speed_mps: 1.2)",
            expect![[r#"
            story.ron:18:74: Ben would walk on the coloured sheet
              hint: keep the 3 m square whose centre is 5 m north of the start free"#]],
        ),
        (
            "WalksPath(who: \"Bea\", through_m: [(0.0, 9.0)], speed_mps: 1.2)",
            expect![[r#"
            story.ron:18:43: nobody in the cast is called "Bea"
              hint: did you mean "Ben"? the cast is: Ada, Ben"#]],
        ),
        ("LooksAt(who: \"Ben\", what: Drone)", expect!["right"]),
        ("LooksAt(who: \"Ben\", what: Person(\"Ada\"))", expect!["right"]),
        ("LooksAt(who: \"Ben\", what: Place(3.0, 4.0))", expect!["right"]),
        (
            "LooksAt(who: \"Ben\", what: Person(\"Ben\"))",
            expect![[r#"
            story.ron:18:54: Ben cannot look at themself
              hint: name somebody else, `Drone` or `Place(east, north)`"#]],
        ),
        (
            "LooksAt(who: \"Ben\", what: Person(\"Eda\"))",
            expect![[r#"
            story.ron:18:54: nobody in the cast is called "Eda"
              hint: did you mean "Ada"? the cast is: Ada, Ben"#]],
        ),
        (
            "LooksAt(who: \"Ben\", what: Place(3.0, 4e9))",
            expect![[r#"
            story.ron:18:65: `what[1]` is 4000000000, which is not in -2000 to 2000
              hint: give -2000 to 2000 metres north of the start"#]],
        ),
        (
            "LooksAt(who: \"Ben\", what: Dron)",
            expect![[r#"
            story.ron:18:54: unknown name `Dron` in `Gaze`
              hint: did you mean `Drone`? there are: Drone, Person, Place"#]],
        ),
        (
            "Stranger(LooksAt(who: \"Ben\", what: Drone))",
            expect![[r#"
            story.ron:18:28: this is nothing that somebody else could send
              hint: put a command in it, as in `Stranger(AsksLogs)`"#]],
        ),
    ] {
        check(walks, act, &says);
    }
}

#[test]
fn a_second_walk_begins_where_the_first_one_was() {
    // Ben is at (8, 8) at 26 s, from where the way to (4, 2) is free; at 18 s he is at (0, 8), and the sheet is in it.
    let walks = "(at_s: 16.0, does: Walks(who: \"Ben\", to_m: (-4.0, 9.0), speed_mps: 1.2)),";
    for (at_s, right) in [(26.0, true), (18.0, false)] {
        let path = format!(
            "(at_s: 16.0, does: WalksPath(who: \"Ben\", through_m: [(8.0, 8.0), (8.0, 30.0)], speed_mps: 1.0)),
             (at_s: {at_s}, does: Walks(who: \"Ben\", to_m: (4.0, 2.0), speed_mps: 1.0)),"
        );
        let lands = "(at_s: 20.0, does: TakesStill),
        (at_s: 22.0, does: Grants(category: Imagery, object: 1, to: Maker, for_s: 30.0)),";
        let text = GOOD.replacen(walks, &path, 1).replacen(lands, "", 1);
        assert_eq!(said_of(&text) == "right", right, "{at_s}: {}", said_of(&text));
    }
}

#[test]
fn water_has_a_shore_within_the_story() {
    for (water, says) in [
        ("(at_m: (0.0, 40.0), radius_m: 20.0)", "right"),
        ("(at_m: (0.0, 40.0), radius_m: 0.5)", "radius_m"),
        ("(at_m: (0.0, 2500.0), radius_m: 20.0)", "at_m[1]"),
        ("(at_m: (NaN, 0.0), radius_m: 20.0)", "at_m[0]"),
    ] {
        let story = GOOD.replace("cast: [", &format!("waters: [{water}],\n    cast: ["));
        let said = said_of(&story);
        assert!(said.contains(says), "{water}: {said}");
    }
}
