//! What is taken for a question, and how a list is told.

use super::*;
use crate::settings::catalogue::PARAMETERS;
use crate::settings::knobs::Knob;
use crate::settings::{SETTINGS, Setting};
use alloc::vec::Vec;

fn framed(id: u32, payload: &[u8], count: usize) -> Option<Ask> {
    read(&Received { system: 255, component: 190, id, payload }, count, Personality::Px4)
}

fn asked_to_set(name: &[u8], value: [u8; 4], kind: u8, count: usize) -> Option<Ask> {
    let mut payload = Vec::from(value);
    payload.extend([1, 1]);
    payload.extend(name);
    payload.resize(22, 0);
    payload.push(kind);
    framed(PARAM_SET, &payload, count)
}

fn outcome(ask: Option<Ask>) -> Result<(Parameter, Value), Wrong> {
    match ask {
        Some(Ask::Set(parameter, value)) => Ok((parameter, value)),
        Some(Ask::Wrong { why, .. }) => Err(why),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_known_names_right_types_and_values_in_range_are_taken() {
    let (one, two) = (1_i32.to_le_bytes(), 2_i32.to_le_bytes());
    let up_logs = Parameter::Switch(Setting::UpLogs);
    let local = Parameter::Switch(Setting::PrivLocal);
    let climb = Parameter::Knob(Knob::Climb);
    let real = |value: f32| value.to_le_bytes();
    for (name, value, kind, expected) in [
        (&b"UP_LOGS"[..], one, 6, Ok((up_logs, Value::Whole(1)))),
        (b"PRIV_LOCAL", [0; 4], 6, Ok((local, Value::Whole(0)))),
        (b"UP_LOGS", two, 6, Err(Wrong::Range)),
        (b"UP_LOGS", [0xFF; 4], 6, Err(Wrong::Range)),
        (b"UP_LOGS", real(1.0), 9, Err(Wrong::OtherType)),
        (b"UP_LOGS", one, 1, Err(Wrong::UnknownType)),
        (b"UP_LOGS", one, 200, Err(Wrong::UnknownType)),
        (b"UP_LOG", one, 6, Err(Wrong::NoSuch)),
        (b"UP_LOGSUP_LOGSUP", one, 6, Err(Wrong::NoSuch)),
        (b"", one, 6, Err(Wrong::NoSuch)),
        (b"_HASH_CHECK", one, 6, Err(Wrong::NoSuch)),
        // Sixteen bytes leave no room for a terminator.
        (b"MPC_Z_VEL_MAX_UP", real(2.0), 9, Ok((climb, Value::Real(2.0)))),
        (b"MPC_Z_VEL_MAX_UP", real(f32::NAN), 9, Err(Wrong::Range)),
        (b"MPC_Z_VEL_MAX_UP", real(f32::NEG_INFINITY), 9, Err(Wrong::Range)),
        (b"MPC_Z_VEL_MAX_UP", two, 6, Err(Wrong::OtherType)),
        (b"SYS_AUTOSTART", 4001_i32.to_le_bytes(), 6, Err(Wrong::ReadOnly)),
        (b"MC_ROLL_P", real(9.0), 9, Err(Wrong::ReadOnly)),
    ] {
        let asked = outcome(asked_to_set(name, value, kind, PARAMETERS));
        assert_eq!(asked, expected, "{} {kind}", name.escape_ascii());
    }
    let hidden = outcome(asked_to_set(b"MPC_Z_VEL_MAX_UP", real(2.0), 9, SETTINGS));
    assert_eq!(hidden, Err(Wrong::NoSuch), "where only the switches are told");
}

#[test]
fn one_is_read_by_its_number_or_by_its_name_and_by_nothing_else() {
    let climb = Parameter::Knob(Knob::Climb);
    let number = climb.number() as i16;
    for (number, name, expected) in [
        (number, &b""[..], Some(climb)),
        (number, b"UP_LOGS", Some(climb)),
        (-1, b"MPC_Z_VEL_MAX_UP", Some(climb)),
        (-1, b"_HASH_CHECK", None),
        (-1, b"\xFF\xFE", None),
        (PARAMETERS as i16, b"", None),
        (i16::MAX, b"UP_LOGS", None),
    ] {
        let mut payload = Vec::from(number.to_le_bytes());
        payload.extend([1, 1]);
        payload.extend(name);
        match framed(PARAM_REQUEST_READ, &payload, PARAMETERS) {
            Some(Ask::Read(read)) => assert_eq!(Some(read), expected, "{number}"),
            Some(Ask::Wrong { why, stays, .. }) => {
                assert_eq!((expected, why, stays), (None, Wrong::NoSuch, None), "{number}");
            }
            other => panic!("{other:?}"),
        }
        payload[2] = 7;
        assert_eq!(framed(PARAM_REQUEST_READ, &payload, PARAMETERS), None, "another vehicle");
    }
}

#[test]
fn a_list_is_told_whole_slowly_or_within_a_second() {
    for (streams, ticks) in [(Streams::Minimal, 13 * 50), (Streams::Normal, PARAMETERS as u64)] {
        let mut listing = Listing::none(streams);
        assert_eq!(listing.due(Tick(50)), None);
        listing.begin();
        let told: Vec<_> = (51..=3_000).filter_map(|tick| listing.due(Tick(tick))).collect();
        let all: Vec<_> = (0..Parameter::count(streams)).filter_map(Parameter::numbered).collect();
        assert_eq!(told, all);
        assert!(ticks <= 2 * TICKS_PER_S);
    }
    const { assert!((PARAMETERS as u64) < TICKS_PER_S) };
}

#[test]
fn who_asks_for_the_list_again_and_again_keeps_nobody_from_its_end() {
    let mut listing = Listing::none(Streams::Normal);
    let mut told = Vec::new();
    for tick in 0..PARAMETERS as u64 {
        listing.begin();
        told.extend(listing.due(Tick(tick)).map(Parameter::number));
    }
    assert_eq!(told, (0..PARAMETERS).collect::<Vec<_>>());
}

#[test]
fn any_bytes_at_all_are_read_without_harm() {
    for id in [20, 21, 22, 23] {
        for length in 0..=40 {
            let bytes = [0xA5; 40];
            let asked = framed(id, &bytes[..length], PARAMETERS);
            assert!(!matches!(asked, Some(Ask::Set(..))), "{id} of {length}");
        }
    }
}
