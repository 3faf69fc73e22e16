//! Each sensor in each mode of failure, beside the same flight in which nothing fails; and that only numbers leave them.
//!
//! **Never:** tests what a sensor measures; its own room does.

use super::*;
use crate::air::Air;
use evidence::Assets;
use evidence::scenario::Bias;
use proptest::prelude::*;
use vehicle::senses::Thrust;

/// How long the flights of the table last, and when the sensor fails in them.
const LENGTH_TICKS: u64 = 5_000;
const FAILS_TICKS: std::ops::Range<u64> = 2_000..4_000;

const SENSORS: [(Sensor, Bias); 9] = [
    (Sensor::Accelerometer, Bias::Mps2(0.5, 0.0, -0.5)),
    (Sensor::Gyroscope, Bias::Radps(0.02, 0.0, 0.0)),
    (Sensor::Gnss, Bias::EnuM(8.0, -3.0, 0.0)),
    (Sensor::Barometer, Bias::Pa(60.0)),
    (Sensor::Magnetometer, Bias::Gauss(0.2, 0.0, 0.0)),
    (Sensor::Rangefinder, Bias::M(1.5)),
    (Sensor::BatteryMonitor, Bias::V(-0.8)),
    (Sensor::EscTelemetry, Bias::RotorRadps(40.0)),
    (Sensor::Thermometer, Bias::Degc(15.0)),
];

/// What the sensors say of a machine that stands, tick by tick.
fn told(beats: &str) -> Vec<Readings> {
    let text = format!(
        r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1,
            length_s: 10.0, expects: {{}}, beats: [{beats}])"#
    );
    let scenario: Scenario = ron::from_str(&text).expect("it is a scenario");
    let file = Assets::find().expect("the assets").root.join("airframes/camera_quad.ron");
    let airframe = Airframe::read(&file).expect("it ships");
    let mut sensors =
        Sensors::of(&scenario, &airframe, &Arc::new(Land::flat(&[], &[])), &Seed::master(1));
    let body = Body::standing(airframe, &[]);
    let cast = Cast::of(&scenario, &[]);
    (0..LENGTH_TICKS).map(|tick| sensors.read(Tick(tick), &body, &cast, false)).collect()
}

/// What one sensor says in a tick, if anything, along the axes of its bias.
type Axes = Option<[f64; 3]>;

fn of(sensor: Sensor, said: &Readings) -> Axes {
    let first = |value: f64| [value, 0.0, 0.0];
    match sensor {
        Sensor::Accelerometer => Some(said.imu.accel_frd_mps2.to_array()),
        Sensor::Gyroscope => Some(said.imu.gyro_frd_radps.to_array()),
        Sensor::Gnss => said.fix.map(|fix| fix.measured_m.to_array()),
        Sensor::Barometer => said.pressure_pa.map(first),
        Sensor::Magnetometer => said.magnetic_frd_gauss.map(|field| field.to_array()),
        Sensor::Rangefinder => said.range_m.map(first),
        Sensor::BatteryMonitor => said.battery.map(|battery| first(battery.pack_v)),
        Sensor::EscTelemetry => said.esc_radps.map(|radps| first(radps[3])),
        Sensor::Thermometer => said.temperature_degc.map(first),
    }
}

/// The flight in which a sensor fails, after it has been found to differ from the healthy one nowhere but in what that
/// sensor says while it fails: the readings of that, failing and healthy.
fn failing(healthy: &[Readings], sensor: Sensor, mode: &str) -> Vec<(Axes, Axes)> {
    let does = format!("SensorFails(sensor: {sensor:?}, mode: {mode}, for_s: Some(4.0))");
    let failing = told(&format!("(at_s: 4.0, does: {does})"));
    let mut pairs = Vec::new();
    for (tick, (failing, healthy)) in failing.iter().zip(healthy).enumerate() {
        for (other, _) in SENSORS {
            let pair = (of(other, failing), of(other, healthy));
            if other == sensor && FAILS_TICKS.contains(&(tick as u64)) {
                pairs.push(pair);
            } else {
                assert_eq!(pair.0, pair.1, "{sensor:?} {mode}: {other:?} at {tick}");
            }
        }
    }
    pairs
}

#[test]
fn every_sensor_fails_in_every_mode_and_disturbs_no_other() {
    let healthy = told("");
    for (sensor, by) in SENSORS {
        let is_inertial = matches!(sensor, Sensor::Accelerometer | Sensor::Gyroscope);
        let nothing = is_inertial.then_some([0.0; 3]);
        let stuck = failing(&healthy, sensor, "Stuck");
        let last = healthy[..2_000].iter().rev().find_map(|said| of(sensor, said));
        for (failing, healthy) in &stuck {
            assert_eq!(*failing, healthy.and(last), "{sensor:?} is stuck");
        }
        for (failing, healthy) in failing(&healthy, sensor, "Dead") {
            assert_eq!(failing, healthy.and(nothing), "{sensor:?} is dead");
        }
        let by_axes = by.axes();
        for (failing, healthy) in failing(&healthy, sensor, &format!("Biased(by: {by:?})")) {
            assert_eq!(failing.is_some(), healthy.is_some(), "{sensor:?}");
            for ((failing, healthy), by) in
                failing.iter().flatten().zip(healthy.iter().flatten()).zip(by_axes)
            {
                assert!((failing - healthy - by).abs() < 1e-9, "{sensor:?}: {failing} {healthy}");
            }
        }
        let loose = failing(&healthy, sensor, "Intermittent(works_s: 0.4, dead_s: 0.4)");
        let (works, dead) = loose.iter().fold((0, 0), |(works, dead), (failing, healthy)| {
            let arrived = *failing == *healthy && healthy.is_some();
            assert!(arrived || *failing == healthy.and(nothing), "{sensor:?} makes things up");
            (works + u32::from(arrived), dead + u32::from(!arrived && healthy.is_some()))
        });
        // The thermometer speaks four times in all.
        assert!(
            works > 0 && (dead > 0 || sensor == Sensor::Thermometer),
            "{sensor:?}: {works} {dead}"
        );
    }
}

#[test]
fn a_failure_that_began_later_counts_and_one_without_an_end_lasts() {
    let said = told(
        "(at_s: 1.0, does: SensorFails(sensor: Barometer, mode: Dead)),
         (at_s: 2.0, does: SensorFails(sensor: Barometer, mode: Stuck, for_s: Some(1.0)))",
    );
    let ticks: Vec<_> =
        (0..LENGTH_TICKS).filter(|t| said[*t as usize].pressure_pa.is_some()).collect();
    assert!(ticks.iter().all(|tick| *tick < 500 || (1_000..1_500).contains(tick)), "{ticks:?}");
    assert_eq!(ticks.len(), 100);
    let stuck = said[1_000..1_500].iter().filter_map(|said| said.pressure_pa);
    assert!(stuck.into_iter().all(|pa| Some(pa) == said[490].pressure_pa));
}

/// What a sensor may be biased by at most, as a story may have it.
const BIASES_MAX: [Bias; 9] = [
    Bias::Mps2(50.0, -50.0, 50.0),
    Bias::Radps(10.0, -10.0, 10.0),
    Bias::EnuM(2_000.0, -2_000.0, 2_000.0),
    Bias::Pa(-20_000.0),
    Bias::Gauss(10.0, -10.0, 10.0),
    Bias::M(-100.0),
    Bias::V(-50.0),
    Bias::RotorRadps(-5_000.0),
    Bias::Degc(100.0),
];

fn is_finite(said: &Readings) -> bool {
    let gnss = said.fix.map(|fix| fix.gnss);
    let gnss = gnss.is_none_or(|g| {
        let place = [g.lat_deg, g.lon_deg, g.alt_m, g.horizontal_sd_m, g.vertical_sd_m];
        place.iter().all(|value| value.is_finite()) && g.velocity_ned_mps.is_finite()
    });
    let battery = said.battery.is_none_or(|b| {
        b.pack_v.is_finite() && b.current_a.is_finite() && b.charge_pct.is_finite()
    });
    let escs = said.esc_radps.is_none_or(|radps| radps.iter().all(|w| w.is_finite()));
    let axes = SENSORS.iter().filter_map(|(sensor, _)| of(*sensor, said));
    gnss && battery && escs && axes.flatten().all(f64::is_finite)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_but_numbers_leaves_a_sensor_whatever_the_flight(
        (lat_deg, lon_deg, alt_m) in (-89.0..=89.0, -180.0..=180.0, -430.0..=5_000.0),
        (degc, w20_mps, east_mps) in (-50.0..=60.0, 0.0..=25.0, -25.0..=25.0),
        commands in proptest::array::uniform8(0.0..=950.0),
        (sensor, mode, seed) in (0..9_usize, 0..4_usize, 0..1_000_u64),
    ) {
        let by = BIASES_MAX[sensor];
        let mode = match mode {
            0 => "Stuck".to_owned(),
            1 => "Dead".to_owned(),
            2 => format!("Biased(by: {by:?})"),
            _ => "Intermittent(works_s: 0.1, dead_s: 0.01)".to_owned(),
        };
        let text = format!(
            r#"(title: "t", place: (lat_deg: {lat_deg:?}, lon_deg: {lon_deg:?}, alt_m: {alt_m:?}), seed: 1,
                weather: (wind_mps: ({east_mps:?}, 0.0), turbulence_w20_mps: {w20_mps:?},
                    temperature_degc: Some({degc:?})),
                length_s: 10.0, expects: {{}}, beats: [
                (at_s: 0.5, does: SensorFails(sensor: {:?}, mode: {mode})),
                (at_s: 0.8, does: SpoofsGnss(walk_mps: (100.0, 0.0, -100.0), for_s: 2.0)),
            ])"#,
            by.of()
        );
        let scenario: Scenario = ron::from_str(&text).expect("it is a scenario");
        let file = Assets::find().expect("the assets").root.join("airframes/camera_quad.ron");
        let airframe = Airframe::read(&file).expect("it ships");
        let seed = Seed::master(seed);
        let mut sensors = Sensors::of(&scenario, &airframe, &Arc::new(Land::flat(&[], &[])), &seed);
        let mut air = Air::of(&scenario, &seed);
        let mut body = Body::standing(airframe, &[]);
        let cast = Cast::of(&scenario, &[]);
        for tick in (0..1_000).map(Tick) {
            let said = sensors.read(tick, &body, &cast, false);
            prop_assert!(is_finite(&said), "tick {}", tick.0);
            let flow = air.blow(tick, body.kinematics(), 0.0);
            body.step(&Thrust { rotor_radps: commands }, &flow);
        }
    }
}
