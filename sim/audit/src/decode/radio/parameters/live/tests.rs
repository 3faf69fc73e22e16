//! What a live vehicle may tell of its parameters, and when.

use super::super::known;
use crate::tests::live::{Asked, PILOT, STRANGER, Told, key, shown};

fn value(tick: u64, number: usize, four: [u8; 4]) -> Told {
    let parameter = known::numbered(number).expect("there is one");
    let mut payload = four.to_vec();
    payload.extend((known::COUNT as u16).to_le_bytes());
    payload.extend((number as u16).to_le_bytes());
    payload.extend(parameter.name().as_bytes());
    payload.resize(24, 0);
    payload.push(parameter.kind());
    (tick, 22, payload)
}

fn error(tick: u64, name: &str, code: u8) -> Told {
    let mut payload = vec![0xFF, 0xFF, 255, 190];
    payload.extend(name.as_bytes());
    payload.resize(20, 0);
    payload.push(code);
    (tick, 345, payload)
}

fn set(tick: u64, from: (u8, u8), name: &str, four: [u8; 4], kind: u8) -> Asked {
    let mut payload = four.to_vec();
    payload.extend([1, 1]);
    payload.extend(name.as_bytes());
    payload.resize(22, 0);
    payload.push(kind);
    (tick, from, 23, payload)
}

fn read(tick: u64, number: i16) -> Asked {
    let mut payload = number.to_le_bytes().to_vec();
    payload.extend([1, 1]);
    (tick, STRANGER, 20, payload)
}

fn list(tick: u64) -> Asked {
    (tick, STRANGER, 21, vec![1, 1])
}

const HEIGHT: usize = 14;
const REAL: u8 = 9;

#[test]
fn a_value_is_told_when_it_is_asked_for_and_as_it_was_set() {
    let (high, low) = (40_f32.to_le_bytes(), 15_f32.to_le_bytes());
    let unasked = "PARAM_VALUE without a question";
    let untrue = "PARAM_VALUE is not what the pilot has set";
    let lets = |from| set(100, from, "RTL_RETURN_ALT", high, REAL);
    for (asked, told, expected) in [
        (vec![lets(PILOT)], vec![value(100, HEIGHT, high)], vec![]),
        (vec![lets(PILOT)], vec![value(100, HEIGHT, [1, 0, 32, 66])], vec![untrue]),
        (vec![lets(PILOT)], vec![value(153, HEIGHT, high)], vec![unasked]),
        (vec![lets(STRANGER)], vec![value(100, HEIGHT, low)], vec![unasked]),
        (vec![lets(STRANGER), read(100, 14)], vec![value(100, HEIGHT, high)], vec![untrue]),
        (vec![read(100, 14)], vec![value(100, HEIGHT, low)], vec![]),
        (vec![read(100, 14)], vec![value(101, HEIGHT, low); 2], vec![unasked]),
        (vec![], vec![value(100, HEIGHT, low)], vec![unasked]),
        (vec![key(99), read(100, 14)], vec![value(100, HEIGHT, low)], vec![unasked]),
        (vec![read(100, 14), key(101)], vec![value(100, HEIGHT, low)], vec![]),
        (vec![read(100, 35)], vec![value(100, 35, 7_i32.to_le_bytes())], vec![untrue]),
    ] {
        assert_eq!(shown(&asked, &told), expected, "{asked:?} {told:?}");
    }
}

#[test]
fn a_list_comes_in_turn_one_value_each_tick() {
    let off = [0; 4];
    let on = 1_i32.to_le_bytes();
    let late = "PARAM_VALUE without a question";
    let three = |ticks: [u64; 3]| {
        vec![value(ticks[0], 0, on), value(ticks[1], 1, off), value(ticks[2], 2, off)]
    };
    for (asked, told, expected) in [
        (vec![list(100)], three([100, 101, 102]), vec![]),
        (vec![list(100)], three([100, 101, 103]), vec![late]),
        (vec![list(100)], three([160, 161, 162]), vec![late; 3]),
        (vec![], three([100, 101, 102]), vec![late; 3]),
        (vec![key(99), list(100)], three([100, 101, 102]), vec![late; 3]),
        (vec![list(100)], vec![value(100, 0, on), value(101, 2, off)], vec![late]),
    ] {
        assert_eq!(shown(&asked, &told), expected, "{told:?}");
    }
}

#[test]
fn an_error_answers_a_fault_in_its_askers_words() {
    let rule = "PARAM_ERROR without a fault in a question";
    let odd = |name, four, kind| vec![set(100, PILOT, name, four, kind)];
    let nan = f32::NAN.to_le_bytes();
    for (asked, told, expected) in [
        (odd("RTL_RETURN_ALT", nan, REAL), error(100, "RTL_RETURN_ALT", 2), vec![]),
        (odd("RTL_RETURN_ALT", nan, REAL), error(100, "RTL_RETURN_ALT", 5), vec![rule]),
        (odd("RTL_RETURN_ALT", nan, REAL), error(100, "MPC_XY_CRUISE", 2), vec![rule]),
        (odd("RTL_RETURN_ALT", [0; 4], 6), error(100, "RTL_RETURN_ALT", 7), vec![]),
        (odd("SYS_AUTOSTART", [0; 4], 6), error(100, "SYS_AUTOSTART", 5), vec![]),
        (odd("NO_SUCH", [0; 4], 6), error(100, "NO_SUCH", 1), vec![]),
        (odd("UP_LOGS", [0; 4], 3), error(100, "UP_LOGS", 6), vec![]),
        (odd("UP_LOGS", [0; 4], 6), error(100, "UP_LOGS", 2), vec![rule]),
        (vec![], error(100, "NO_SUCH", 1), vec![rule]),
        ([vec![key(99)], odd("NO_SUCH", [0; 4], 6)].concat(), error(100, "NO_SUCH", 1), vec![rule]),
    ] {
        assert_eq!(shown(&asked, &[told]), expected, "{asked:?}");
    }
}
