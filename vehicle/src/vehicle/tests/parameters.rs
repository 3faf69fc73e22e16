//! Parameters of a vehicle that tells all: listed, read by anybody, set by the pilot, kept over a restart.

use super::bench::{Bench, Files, PILOT, STRANGER, param_set};
use crate::senses::FenceAction;
use crate::settings::catalogue::{PARAMETERS, Parameter, Value};
use crate::settings::knobs::{Knob, Knobs};
use alloc::vec::Vec;

fn set_real(name: &str, value: f32) -> Vec<u8> {
    let mut payload = param_set(name, 0);
    payload[..4].copy_from_slice(&value.to_le_bytes());
    payload[22] = 9;
    payload
}

/// What was told: number and value of each, and the errors.
fn told(bench: &mut Bench) -> (Vec<(usize, [u8; 4])>, Vec<u8>) {
    let mut values = Vec::new();
    let mut errors = Vec::new();
    for (id, payload) in core::mem::take(&mut bench.said) {
        let mut wire = [0; 25];
        let length = payload.len().min(wire.len());
        wire[..length].copy_from_slice(&payload[..length]);
        match id {
            22 => {
                let count = u16::from_le_bytes([wire[4], wire[5]]);
                assert_eq!(usize::from(count), PARAMETERS);
                let number = u16::from_le_bytes([wire[6], wire[7]]);
                values.push((number.into(), [wire[0], wire[1], wire[2], wire[3]]));
            }
            345 => errors.push(wire[20]),
            _ => {}
        }
    }
    (values, errors)
}

#[test]
fn all_are_told_within_a_second_and_gaps_are_filled_whoever_asks() {
    let mut bench = Bench::live_on(Files::new(), 0);
    bench.says(STRANGER, 21, &[1, 1]);
    bench.wait(499);
    let (values, errors) = told(&mut bench);
    let numbers: Vec<_> = values.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (0..PARAMETERS).collect::<Vec<_>>());
    assert!(errors.is_empty());
    let (number, value) = values[100];
    bench.says(STRANGER, 20, &[&(number as i16).to_le_bytes()[..], &[1, 1]].concat());
    assert_eq!(told(&mut bench), ([(number, value)].to_vec(), Vec::new()));
}

#[test]
fn a_figure_that_is_set_is_answered_flown_by_and_kept() {
    let height = Parameter::Knob(Knob::ReturnHeight).number();
    let mut bench = Bench::live_on(Files::new(), 0);
    bench.says(PILOT, 23, &set_real("RTL_RETURN_ALT", 42.5));
    let expected = ([(height, 42.5_f32.to_le_bytes())].to_vec(), Vec::new());
    assert_eq!(told(&mut bench), expected);
    let mut again = Bench::live_on(bench.card.clone(), bench.now + 500);
    again.said.clear();
    again.says(PILOT, 20, &[&(height as i16).to_le_bytes()[..], &[1, 1]].concat());
    assert_eq!(told(&mut again), expected);
    assert_eq!(again.vehicle.flight.tuning().return_height_m, 42.5);
    for place in 0..bench.card.files["SET/TUNING.HST"].len() {
        let mut card = bench.card.clone();
        card.files.get_mut("SET/TUNING.HST").expect("it is kept")[place] ^= 1;
        let forged = Bench::live_on(card, 0);
        let delivered = Knobs::as_delivered(FenceAction::Warn);
        assert_eq!(forged.vehicle.knobs, delivered, "forged at {place}");
        assert_eq!(*forged.vehicle.flight.tuning(), delivered.tuning());
    }
}

#[test]
fn what_cannot_be_set_says_why_and_what_it_stays() {
    let mut bench = Bench::live_on(Files::new(), 0);
    let before = bench.vehicle.knobs;
    let three = Value::Whole(3).bytes();
    for (who, asked, code, stays) in [
        (PILOT, param_set("UP_DIAG", 2), 2, true),
        (PILOT, param_set("NO_SUCH", 1), 1, false),
        (PILOT, set_real("RTL_RETURN_ALT", f32::NAN), 2, true),
        (PILOT, set_real("RTL_RETURN_ALT", 1e9), 2, true),
        (PILOT, param_set("RTL_RETURN_ALT", 20), 7, true),
        (PILOT, param_set("SYS_AUTOSTART", 1), 5, true),
        (STRANGER, set_real("RTL_RETURN_ALT", 20.0), 3, false),
        (STRANGER, param_set("PRIV_LOCAL", 0), 3, false),
        (STRANGER, param_set("COM_DL_LOSS_T", i32::from_le_bytes(three)), 3, false),
    ] {
        bench.said.clear();
        bench.says(who, 23, &asked);
        let (values, errors) = told(&mut bench);
        assert_eq!((errors, values.len()), ([code].to_vec(), usize::from(stays)), "{asked:?}");
    }
    assert_eq!(bench.vehicle.knobs, before);
    assert!(bench.card.files.is_empty());
}

#[test]
fn a_reset_gives_back_what_was_delivered() {
    let mut bench = Bench::live_on(Files::new(), 0);
    bench.says(PILOT, 23, &set_real("MPC_XY_CRUISE", 3.0));
    assert_eq!(bench.vehicle.flight.tuning().cruise_mps, 3.0);
    assert_eq!(bench.command(PILOT, 245, &[4.0]), Some(0));
    bench.wait(2);
    assert_eq!(bench.vehicle.flight.tuning().cruise_mps, 6.0);
    assert!(!bench.card.files.contains_key("SET/TUNING.HST"));
}
