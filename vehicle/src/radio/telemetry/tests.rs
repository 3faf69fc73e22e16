//! What is told, how often, and that a public decoder reads in it what was written.
//!
//! **Never:** asks whether a value is true: flight's own tests do.

use super::catalogue::ROWS;
use super::*;
use crate::flight::Flight;
use crate::flight::bench::provision;
use crate::radio::aboard::camera::{Doing, Mode, Room};
use crate::radio::aboard::gimbal::Control;
use crate::senses::{Gnss, GnssFix, Personality};
use alloc::vec::Vec;
use glam::{DQuat, DVec3};
use mavlink::MavlinkVersion;

fn state() -> State {
    let mut state = Flight::new(&provision(&[])).state().clone();
    state.ready = true;
    state.ned_from_frd = DQuat::from_rotation_z(0.5);
    state.position_ned_m = DVec3::new(3.0, -4.0, -10.0);
    state.velocity_ned_mps = DVec3::new(1.0, 2.0, -0.5);
    (state.alt_m, state.height_m, state.home_alt_m) = (460.0, 10.0, 450.0);
    state.home = Some((47.4, 8.5, 450.0));
    state.origin = state.home;
    state.wind_ned_mps = Some(DVec3::new(-2.0, 1.0, 0.0));
    state.felt.pressure_pa = 95_000.0;
    state.felt.range_m = Some(9.5);
    state.felt.force_frd_mps2 = DVec3::new(0.0, 9.806_65, -1e9);
    state.felt.field_frd_gauss = DVec3::new(0.2, -0.5, 0.4);
    state.rates_frd_radps = DVec3::new(0.0, 0.0, 0.25);
    state.thrust.rotor_radps[0] = 475.0;
    state.gnss = Some(Gnss {
        fix: GnssFix::ThreeD,
        lat_deg: 47.4,
        lon_deg: 8.5,
        alt_m: 460.0,
        velocity_ned_mps: state.velocity_ned_mps,
        horizontal_sd_m: 1.0,
        vertical_sd_m: 2.0,
        satellites: 12,
    });
    state
}

fn told(state: &State, streams: Streams) -> Told<'_> {
    let doing = Doing {
        mode: Mode::Stills,
        takes_still: false,
        series_s: None,
        film_ticks: None,
        stills: 0,
    };
    let aboard = Aboard {
        doing,
        room: Room { bytes: 1 << 30, used_bytes: 0, is_sound: true },
        is_viewed: false,
        track: None,
        control: Control::default(),
        is_identified: true,
    };
    Told {
        up: Tick(1_500),
        now: Tick(1_500),
        state,
        aboard,
        streams,
        face: Face::new(Personality::Px4),
        overheard: 0,
        rotors: 4,
        rotor_radps_max: 950.0,
    }
}

/// Ids of what leaves within ten seconds, and how often.
fn counted(schedule: &Schedule, streams: Streams) -> Vec<(u32, usize)> {
    let state = state();
    let told = told(&state, streams);
    let counts = ROWS.iter().enumerate().map(|(place, row)| {
        let is_due = |tick: &u64| schedule.places_due(Tick(*tick)).any(|due| due == place);
        (row.id, (0..5_000).filter(is_due).count())
    });
    assert!((0..5_000).all(|t| schedule.due(Tick(t), &told).len() <= ROWS.len()));
    counts.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn the_minimal_set_is_told_in_stories_and_the_normal_set_in_live_flights() {
    let minimal = [(0, 10), (1, 10), (245, 10), (30, 100), (33, 50), (24, 20), (147, 5)];
    let streams = Streams::Minimal;
    assert_eq!(counted(&Schedule::usual(streams), streams), minimal);
    let normal = counted(&Schedule::usual(Streams::Normal), Streams::Normal);
    assert!(minimal.iter().all(|row| normal.contains(row)), "{normal:?}");
    for (id, count) in [(31, 100), (32, 50), (74, 50), (105, 50), (2, 10), (242, 5), (436, 5)] {
        assert!(normal.contains(&(id, count)), "{id} in {normal:?}");
    }
}

#[test]
fn rates_are_taken_on_kept_within_bounds_and_slowed_by_the_pilot_alone() {
    let ticks = Interval::Ticks;
    for (name, id, interval, may_slow, is_set, interval_us) in [
        ("faster", 30, ticks(10), false, true, 20_000),
        ("slower by the pilot", 30, ticks(500), true, true, 1_000_000),
        ("slower by another", 30, ticks(500), false, false, 100_000),
        ("silenced by the pilot", 30, Interval::Never, true, true, -1),
        ("silenced by another", 30, Interval::Never, false, false, 100_000),
        ("begun by another", 31, ticks(500), false, true, 1_000_000),
        ("begun on a tick of its own", 74, ticks(77), true, true, 154_000),
        ("the heartbeat silenced", 0, Interval::Never, true, false, 1_000_000),
        ("the heartbeat hurried", 0, ticks(50), true, false, 1_000_000),
        ("no such message", 9_999, ticks(500), true, false, 0),
    ] {
        let mut schedule = Schedule::usual(Streams::Minimal);
        assert_eq!(schedule.set(id, interval, may_slow), is_set, "{name}");
        assert_eq!(schedule.interval_us(id), interval_us, "{name}");
        let told = counted(&schedule, Streams::Minimal);
        let count = told.iter().find(|(said, _)| *said == id).map_or(0, |(_, count)| *count);
        let expected =
            if interval_us > 0 { 10_000_000_usize.div_ceil(interval_us as usize) } else { 0 };
        assert_eq!(count, expected, "{name}");
        schedule.set(id, Interval::Usual, true);
        let usual = Schedule::usual(Streams::Minimal);
        assert_eq!(schedule.interval_us(id), usual.interval_us(id), "{name}");
    }
}

#[test]
fn every_message_is_read_by_a_public_decoder_and_some_fields_are_looked_at() {
    use mavlink::dialects::common::MavMessage as M;
    let state = state();
    let told = told(&state, Streams::Normal);
    for row in &ROWS {
        let message = row.message(&told).expect("there is something to tell");
        let (id, payload) = message.as_parts();
        assert_eq!(id, row.id);
        let parsed = M::parse(MavlinkVersion::V2, id, payload).expect("a known message");
        let mut again = [0; 255];
        let length = parsed.ser(MavlinkVersion::V2, &mut again);
        let kept = payload.iter().rposition(|&b| b != 0).map_or(1, |last| last + 1);
        assert_eq!(again[..length], payload[..length], "{id}");
        // Fields that were added later this decoder does not know.
        let has_more = matches!(id, 259..=262 | 269 | 270 | 275 | 283 | 285);
        assert!(has_more || kept <= length, "{id}");
        match parsed {
            M::ATTITUDE_QUATERNION(m) => {
                assert_eq!((m.time_boot_ms, m.q2, m.q3), (3_000, 0.0, 0.0));
                assert!((m.q1 * m.q1 + m.q4 * m.q4 - 1.0).abs() < 1e-6);
            }
            M::OPEN_DRONE_ID_LOCATION(m) => {
                assert_eq!((m.direction, m.speed_horizontal, m.speed_vertical), (6_343, 224, 50));
                assert_eq!((m.timestamp, m.status as u8, m.id_or_mac), (3.0, 1, [0; 20]));
            }
            M::OPEN_DRONE_ID_SYSTEM(m) => {
                assert_eq!((m.operator_latitude, m.operator_longitude, m.timestamp), (0, 0, 0));
                assert_eq!((m.area_count, m.operator_altitude_geo), (1, -1000.0));
            }
            M::OPEN_DRONE_ID_ARM_STATUS(m) => {
                assert_eq!((m.status as u8, m.error.to_str()), (0, Ok("")));
            }
            M::LOCAL_POSITION_NED(m) => {
                assert_eq!((m.x, m.y, m.z, m.vx, m.vy, m.vz), (3.0, -4.0, -10.0, 1.0, 2.0, -0.5));
            }
            M::VFR_HUD(m) => {
                assert_eq!((m.heading, m.throttle, m.climb, m.alt), (29, 50, 0.5, 460.0));
                assert!(m.groundspeed < m.airspeed);
            }
            M::HIGHRES_IMU(m) => {
                assert_eq!((m.time_usec, m.abs_pressure, m.temperature), (3_000_000, 950.0, 0.0));
                assert!((m.pressure_alt - 540.0).abs() < 2.0, "{}", m.pressure_alt);
                assert_eq!(m.fields_updated.bits(), 0b1011_1111_1111);
            }
            M::ODOMETRY(m) => {
                assert_eq!(
                    (m.x, m.z, m.frame_id as u8, m.child_frame_id as u8),
                    (3.0, -10.0, 1, 12)
                );
                assert!(m.pose_covariance[0].is_nan() && m.velocity_covariance[0].is_nan());
            }
            M::ALTITUDE(m) => {
                let heights = (m.altitude_amsl, m.altitude_relative, m.bottom_clearance);
                assert_eq!(heights, (460.0, 10.0, 9.5));
                assert!(m.altitude_terrain.is_nan());
            }
            M::SERVO_OUTPUT_RAW(m) => assert_eq!([m.servo1_raw, m.servo2_raw], [1500, 0]),
            M::ACTUATOR_OUTPUT_STATUS(m) => {
                assert_eq!((m.active, m.actuator[0]), (4, 1500.0));
                assert_eq!(m.actuator[1..], [0.0; 31]);
            }
            M::SCALED_IMU(m) => {
                let force = [m.xacc, m.yacc, m.zacc];
                assert_eq!((m.time_boot_ms, force), (3_000, [0, 1_000, -32_768]));
                assert_eq!(([m.xgyro, m.zgyro], m.ymag), ([0, 250], -500));
            }
            M::DISTANCE_SENSOR(m) => {
                let range_cm = [m.min_distance, m.current_distance, m.max_distance];
                assert_eq!((range_cm, m.covariance), ([0, 950, 3_000], 255));
                assert_eq!(m.orientation as u8, 25, "it looks down");
            }
            M::SCALED_PRESSURE(m) => assert_eq!((m.press_abs, m.temperature), (950.0, 0)),
            M::ESTIMATOR_STATUS(m) => assert_eq!(m.flags.bits(), 1 | 4 | 32),
            M::WIND_COV(m) => assert_eq!((m.wind_x, m.wind_y, m.wind_alt), (-2.0, 1.0, 460.0)),
            M::RC_CHANNELS(m) => {
                assert_eq!(
                    (m.chancount, m.rssi, m.chan1_raw, m.chan18_raw),
                    (0, 255, 65535, 65535)
                );
            }
            M::HOME_POSITION(m) => {
                let at = (m.latitude, m.longitude, m.altitude, m.approach_z);
                assert_eq!(at, (474_000_000, 85_000_000, 450_000, 1.0));
            }
            M::GPS_GLOBAL_ORIGIN(m) => assert_eq!(m.altitude, 450_000),
            M::AUTOPILOT_VERSION(m) => {
                assert_eq!(m.flight_sw_version, 1 << 24 | 15 << 16 | 255);
                assert_ne!(m.uid, 0);
            }
            M::CURRENT_MODE(m) => {
                assert_eq!((m.custom_mode, m.standard_mode as u8), (0x0304_0000, 0))
            }
            M::SYSTEM_TIME(m) => assert_eq!((m.time_unix_usec, m.time_boot_ms), (0, 3_000)),
            M::VIBRATION(m) => assert_eq!(m.clipping_0, 0),
            _ => {}
        }
    }
}

#[test]
fn what_lies_beyond_the_range_is_told_as_no_range() {
    for (name, range_m, told_cm) in [
        ("near", Some(0.0), 0),
        ("to the nearest centimetre", Some(1.234_9), 123),
        ("as far as it reaches", Some(30.0), 3_000),
        ("out of range", None, 3_001),
        ("beyond its own reach", Some(1e9), 3_001),
        ("no number", Some(f64::NAN), 3_001),
    ] {
        let mut state = state();
        state.felt.range_m = range_m;
        let told = told(&state, Streams::Normal);
        let message = super::place::distance(&told);
        assert_eq!(message.as_parts().1[8..10], u16::to_le_bytes(told_cm), "{name}");
    }
}

#[test]
fn live_stations_are_told_that_it_may_start_when_it_may_and_that_it_acts_of_its_own_accord() {
    use mavlink::dialects::common::MavMessage as M;
    const PREARM: u32 = 0x1000_0000;
    const SATELLITES: u32 = 32;
    let plain = State { ready: true, ..state() };
    let fixed = State { fix: GnssFix::ThreeD, ..plain.clone() };
    let ready = State { may_arm: true, ..fixed.clone() };
    let flying = State { armed: true, ..fixed.clone() };
    let fleeing = State { in_distress: true, ..flying.clone() };
    for (name, state, streams, health, status) in [
        ("in a story", &plain, Streams::Minimal, PREARM | SATELLITES, 3),
        ("without satellites", &plain, Streams::Normal, 0, 3),
        ("with them", &fixed, Streams::Normal, SATELLITES, 3),
        ("with all", &ready, Streams::Normal, PREARM | SATELLITES, 3),
        ("in flight", &flying, Streams::Normal, PREARM | SATELLITES, 4),
        ("in distress", &fleeing, Streams::Normal, PREARM | SATELLITES, 5),
        ("in distress in a story", &fleeing, Streams::Minimal, PREARM | SATELLITES, 4),
    ] {
        let told = told(state, streams);
        let read = |place: usize| {
            let message = ROWS[place].message(&told).expect("it is told");
            let (id, payload) = message.as_parts();
            M::parse(MavlinkVersion::V2, id, payload).expect("a known message")
        };
        let (M::HEARTBEAT(beat), M::SYS_STATUS(told)) = (read(0), read(1)) else {
            panic!("the first two")
        };
        let told_health = told.onboard_control_sensors_health.bits() & (PREARM | SATELLITES);
        assert_eq!(told_health, health, "{name}");
        assert_eq!(beat.system_status as u8, status, "{name}");
    }
}
