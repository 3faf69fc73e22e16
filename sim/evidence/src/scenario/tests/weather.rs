//! Air that a story may have, and what is said of other air.

use super::check;
use expect_test::expect;

#[test]
fn air_beyond_its_ranges_is_refused_with_its_place() {
    for (more, says) in [
        (
            "shear: Log(roughness_m: 9.0), ",
            expect![[r#"
            story.ron:7:62: `roughness_m` is 9, which is not in 0.0001 to 3
              hint: give 0.0001 to 3 metres"#]],
        ),
        (
            "shear: Power(exponent: -0.1), ",
            expect![[r#"
            story.ron:7:61: `exponent` is -0.1, which is not in 0 to 1
              hint: give 0 to 1 as a power of the height"#]],
        ),
        (
            "shear: Powr(exponent: 0.1), ",
            expect![[r#"
            story.ron:7:45: unknown name `Powr` in `Shear`
              hint: did you mean `Power`? there are: Uniform, Log, Power"#]],
        ),
        (
            "turbulence_w20_mps: NaN, ",
            expect![[r#"
            story.ron:7:58: `turbulence_w20_mps` is NaN, which is not a number
              hint: give 0 to 25 metres per second 20 ft above the ground"#]],
        ),
        (
            "gusts: [(at_s: 5.0, for_s: 0.0, peak_mps: (1.0, 0.0, 0.0))], ",
            expect![[r#"
            story.ron:7:65: `for_s` is 0, which is not in 0.1 to 600
              hint: give 0.1 to 600 seconds"#]],
        ),
        (
            "gusts: [(at_s: 5.0, for_s: 1.0, peak_mps: (1.0, 0.0, 99.0))], ",
            expect![[r#"
            story.ron:7:91: `peak_mps[2]` is 99, which is not in -20 to 20
              hint: give -20 to 20 metres per second upwards"#]],
        ),
        (
            "temperature_degc: Some(99.0), ",
            expect![[r#"
            story.ron:7:56: `temperature_degc` is 99, which is not in -50 to 60
              hint: give -50 to 60 degrees Celsius at the ground"#]],
        ),
        (
            "temperature_degf: Some(60.0), ",
            expect![[r#"
            story.ron:7:38: unknown key `temperature_degf` in `Weather`
              hint: did you mean `temperature_degc`?"#]],
        ),
    ] {
        check("gust_mps", &format!("{more}gust_mps"), &says);
    }
}
