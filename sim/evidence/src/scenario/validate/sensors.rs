//! How sensors fail and how satellites lead astray, in a beat: units that fit, and values within their ranges.
//!
//! **Never:** looks at what came before.

use super::{Fault, fault, within};
use crate::scenario::{Bias, Failure, Sensor};

/// A flight may be told that it is so far from where it is, metres.
const ASTRAY_MAX_M: f64 = 2000.0;

/// The first value of a failure that is wrong.
pub(super) fn fails(
    path: &str,
    sensor: Sensor,
    mode: &Failure,
    for_s: Option<f64>,
    length_s: f64,
) -> Result<(), Fault> {
    match mode {
        Failure::Stuck | Failure::Dead => {}
        Failure::Biased { by } => biased(&format!("{path}.mode.by"), sensor, *by)?,
        Failure::Intermittent { works_s, dead_s } => {
            let at = |key| format!("{path}.mode.{key}");
            within(&at("works_s"), *works_s, 0.01..=length_s, "seconds, within the flight")?;
            within(&at("dead_s"), *dead_s, 0.01..=length_s, "seconds, within the flight")?;
        }
    }
    let for_s = for_s.unwrap_or(length_s);
    within(&format!("{path}.for_s"), for_s, 0.1..=length_s, "seconds, within the flight")
}

/// Satellites that are not there.
pub(super) fn spoofs(
    path: &str,
    jump_m: (f64, f64, f64),
    walk_mps: (f64, f64, f64),
    for_s: f64,
    length_s: f64,
) -> Result<(), Fault> {
    let at = |key: &str| format!("{path}.{key}");
    within(&at("for_s"), for_s, 0.1..=length_s, "seconds, within the flight")?;
    let axes = [
        (jump_m.0, walk_mps.0, "east"),
        (jump_m.1, walk_mps.1, "north"),
        (jump_m.2, walk_mps.2, "up"),
    ];
    for (i, (jump_m, walk_mps, way)) in axes.into_iter().enumerate() {
        let unit = format!("metres {way} of the truth");
        let most = ASTRAY_MAX_M;
        within(&at(&format!("jump_m[{i}]")), jump_m, -most..=most, &unit)?;
        let unit = format!("metres per second {way}");
        within(&at(&format!("walk_mps[{i}]")), walk_mps, -100.0..=100.0, &unit)?;
        let ends_m = jump_m + walk_mps * for_s;
        if ends_m.abs() > most {
            let what = format!("it leads {ends_m} m {way} of the truth");
            let hint = format!("stay within {most} m: shorten `for_s`, or walk more slowly");
            return fault(&at(&format!("walk_mps[{i}]")), &what, &hint);
        }
    }
    Ok(())
}

fn biased(path: &str, sensor: Sensor, by: Bias) -> Result<(), Fault> {
    let (most, unit, example) = scale(sensor);
    if by.of() != sensor {
        let what = format!("a bias of the {sensor:?} is in {unit}");
        return fault(path, &what, &format!("write it as `by: {example}`"));
    }
    by.axes()
        .into_iter()
        .enumerate()
        .try_for_each(|(i, value)| within(&format!("{path}[{i}]"), value, -most..=most, unit))
}

/// The largest bias of a sensor, its unit, and how one is written.
fn scale(sensor: Sensor) -> (f64, &'static str, &'static str) {
    match sensor {
        Sensor::Accelerometer => (50.0, "metres per second squared", "Mps2(0.5, 0.0, 0.0)"),
        Sensor::Gyroscope => (10.0, "radians per second", "Radps(0.02, 0.0, 0.0)"),
        Sensor::Gnss => (ASTRAY_MAX_M, "metres east, north, up", "EnuM(8.0, 0.0, 0.0)"),
        Sensor::Barometer => (20_000.0, "pascal", "Pa(60.0)"),
        Sensor::Magnetometer => (10.0, "gauss", "Gauss(0.2, 0.0, 0.0)"),
        Sensor::Rangefinder => (100.0, "metres", "M(1.5)"),
        Sensor::BatteryMonitor => (50.0, "volts", "V(-0.8)"),
        Sensor::EscTelemetry => (5_000.0, "radians per second", "RotorRadps(40.0)"),
        Sensor::Thermometer => (100.0, "degrees Celsius", "Degc(15.0)"),
    }
}
