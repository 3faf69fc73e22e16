//! Light that a story may have, and what is said of other light.

use super::check;
use expect_test::expect;

#[test]
fn light_beyond_its_ranges_is_refused_with_its_place() {
    const LAMP: &str = "lamps: [(at_m: (1.0, 2.0), height_m: 5.0, intensity_cd: 900.0)]";
    for (light, says) in [
        ("light: Noon".to_owned(), expect!["right"]),
        (format!("light: Night, {LAMP}"), expect!["right"]),
        ("light: Sun(azimuth_deg: 250.0, elevation_deg: -4.0)".to_owned(), expect!["right"]),
        ("light: Clock(day: 172, solar_time_h: 6.5)".to_owned(), expect!["right"]),
        (
            LAMP.to_owned(),
            expect![[r#"
            story.ron:9:12: at noon no lamp is seen to shine
              hint: give another `light`, as `Night`, or leave the lamps out"#]],
        ),
        (
            "light: Sun(azimuth_deg: 250.0, elevation_deg: 91.0)".to_owned(),
            expect![[r#"
            story.ron:9:51: `elevation_deg` is 91, which is not in -90 to 90
              hint: give -90 to 90 degrees above the horizon"#]],
        ),
        (
            "light: Sun(azimuth_rad: 2.0, elevation_deg: 9.0)".to_owned(),
            expect![[r#"
            story.ron:9:16: unknown key `azimuth_rad` in `Sun`
              hint: did you mean `azimuth_deg`? angles are in degrees"#]],
        ),
        (
            "light: Clock(day: 0, solar_time_h: 6.5)".to_owned(),
            expect![[r#"
            story.ron:9:23: `day` is 0, which is not in 1 to 366
              hint: give 1 to 366 as the day of the year"#]],
        ),
        (
            "light: Clock(day: 1, solar_time_h: NaN)".to_owned(),
            expect![[r#"
            story.ron:9:40: `solar_time_h` is NaN, which is not a number
              hint: give 0 to 24 hours"#]],
        ),
        (
            "light: Moon".to_owned(),
            expect![[r#"
            story.ron:9:12: unknown name `Moon` in `Light`
              hint: did you mean `Noon`? there are: Noon, Sun, Clock, Night"#]],
        ),
        (
            format!("light: Night, {}", LAMP.replace("900.0", "0.0")),
            expect![[r#"
            story.ron:9:75: `intensity_cd` is 0, which is not in 1 to 100000
              hint: give 1 to 100000 candela"#]],
        ),
        (
            format!("light: Night, {}", LAMP.replace("5.0", "500.0")),
            expect![[r#"
            story.ron:9:56: `height_m` is 500, which is not in 1 to 50
              hint: give 1 to 50 metres above the ground"#]],
        ),
    ] {
        check("cast: [", &format!("{light},\n    cast: ["), &says);
    }
}
