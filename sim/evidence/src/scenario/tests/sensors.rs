//! Failing sensors and false satellites that a story may have, and what is said of others.

use super::{GOOD, said_of};
use expect_test::expect;

const SENSORS: [(&str, &str); 9] = [
    ("Accelerometer", "Mps2(0.5, 0.0, -0.5)"),
    ("Gyroscope", "Radps(0.02, 0.0, 0.0)"),
    ("Gnss", "EnuM(8.0, -3.0, 0.0)"),
    ("Barometer", "Pa(60.0)"),
    ("Magnetometer", "Gauss(0.2, 0.0, 0.0)"),
    ("Rangefinder", "M(1.5)"),
    ("BatteryMonitor", "V(-0.8)"),
    ("EscTelemetry", "RotorRadps(40.0)"),
    ("Thermometer", "Degc(15.0)"),
];

fn said_of_beat(act: &str) -> String {
    const LANDS: &str = "(at_s: 30.0, does: Lands),";
    said_of(&GOOD.replace(LANDS, &format!("(at_s: 29.0, does: {act}), {LANDS}")))
}

#[test]
fn every_sensor_may_fail_in_every_mode_and_is_biased_in_its_own_unit() {
    for (sensor, bias) in SENSORS {
        let modes = ["Stuck", "Dead", "Intermittent(works_s: 2.0, dead_s: 0.5)"];
        for mode in modes.map(str::to_owned).into_iter().chain([format!("Biased(by: {bias})")]) {
            for more in ["", ", for_s: 5.0"] {
                let act = format!("SensorFails(sensor: {sensor}, mode: {mode}{more})");
                assert_eq!(said_of_beat(&act), "right", "{act}");
            }
        }
        for (other, foreign) in SENSORS {
            let act = format!("SensorFails(sensor: {sensor}, mode: Biased(by: {foreign}))");
            assert_eq!(said_of_beat(&act) == "right", sensor == other, "{act}");
        }
    }
}

#[test]
fn failures_beyond_their_ranges_are_refused_with_their_place() {
    for (act, says) in [
        (
            "SensorFails(sensor: Barometer, mode: Biased(by: V(1.0)))",
            expect![[r#"
            story.ron:21:76: a bias of the Barometer is in pascal
              hint: write it as `by: Pa(60.0)`"#]],
        ),
        (
            "SensorFails(sensor: Gyroscope, mode: Biased(by: Radps(0.0, 11.0, 0.0)))",
            expect![[r#"
                story.ron:21:87: `by[1]` is 11, which is not in -10 to 10
                  hint: give -10 to 10 radians per second"#]],
        ),
        (
            "SensorFails(sensor: Gnss, mode: Intermittent(works_s: 0.0, dead_s: 1.0))",
            expect![[r#"
                story.ron:21:82: `works_s` is 0, which is not in 0.01 to 60
                  hint: give 0.01 to 60 seconds, within the flight"#]],
        ),
        (
            "SensorFails(sensor: Gnss, mode: Dead, for_s: 61.0)",
            expect![[r#"
            story.ron:21:73: `for_s` is 61, which is not in 0.1 to 60
              hint: give 0.1 to 60 seconds, within the flight"#]],
        ),
        (
            "SensorFails(sensor: Compass, mode: Dead)",
            expect![[r#"
            story.ron:21:48: unknown name `Compass` in `Sensor`
              hint: there are: Accelerometer, Gyroscope, Gnss, Barometer, Magnetometer, Rangefinder, BatteryMonitor, EscTelemetry, Thermometer"#]],
        ),
        (
            "SensorFails(sensor: Gnss, mode: Frozen)",
            expect![[r#"
            story.ron:21:60: unknown name `Frozen` in `Failure`
              hint: there are: Stuck, Biased, Dead, Intermittent"#]],
        ),
        (
            "SpoofsGnss(walk_mps: (0.0, 90.0, 0.0), for_s: 30.0)",
            expect![[r#"
            story.ron:21:55: it leads 2700 m north of the truth
              hint: stay within 2000 m: shorten `for_s`, or walk more slowly"#]],
        ),
        (
            "SpoofsGnss(jump_m: (NaN, 0.0, 0.0), for_s: 30.0)",
            expect![[r#"
            story.ron:21:48: `jump_m[0]` is NaN, which is not a number
              hint: give -2000 to 2000 metres east of the truth"#]],
        ),
        (
            "Forges(SensorFails(sensor: Gnss, mode: Dead))",
            expect![[r#"
            story.ron:21:28: this is nothing that somebody else could send
              hint: put a command in it, as in `Stranger(AsksLogs)`"#]],
        ),
    ] {
        says.assert_eq(&said_of_beat(act));
    }
    for corrections in ["Standalone", "Differential", "RtkFloat", "Rtk"] {
        assert_eq!(said_of_beat(&format!("ReceiverTurns({corrections})")), "right");
    }
    assert_eq!(said_of_beat("SpoofsGnss(jump_m: (5.0, 0.0, 0.0), for_s: 30.0)"), "right");
    assert_eq!(said_of_beat("SpoofsGnss(walk_mps: (0.0, -2.0, 0.5), for_s: 30.0)"), "right");
}
