//! Switches: turned, told, kept, and back to their delivered positions when the card is not to be trusted.

use super::bench::{Bench, PILOT, param_set};
use crate::settings::{Controls, Setting};
use alloc::vec::Vec;

fn values(bench: &Bench) -> Vec<(u8, u8)> {
    let told = bench.said.iter().filter(|(id, _)| *id == 22);
    told.map(|(_, payload)| (payload[6], payload[0])).collect()
}

#[test]
fn a_switch_is_answered_in_its_tick_and_comes_back_after_power_on() {
    let mut bench = Bench::new();
    bench.says(PILOT, 23, &param_set("PRIV_LOCAL", 0));
    bench.says(PILOT, 23, &param_set("UP_DIAG", 1));
    assert_eq!(values(&bench), [(0, 0), (3, 1)]);
    let mut bench = bench.reboot();
    assert!(bench.vehicle.controls.is_on(Setting::UpDiag));
    assert!(!bench.vehicle.controls.is_on(Setting::PrivLocal));
    bench.says(PILOT, 21, &[1, 1]);
    bench.wait(13 * 50);
    let told = values(&bench);
    assert_eq!(told.len(), 13);
    assert!(told.contains(&(3, 1)) && told.contains(&(11, 1)) && told.contains(&(0, 0)));
}

#[test]
fn nonsense_changes_nothing_and_says_so() {
    let mut bench = Bench::new();
    for (name, value) in [("UP_DIAG", 2), ("UP_DIAG", -1), ("UP_DIAGS", 1), ("", 0)] {
        bench.texts();
        bench.says(PILOT, 23, &param_set(name, value));
        assert_eq!(bench.texts(), ["Setting refused"], "{name} {value}");
    }
    assert_eq!(bench.vehicle.controls, Controls::as_delivered());
    assert!(bench.card.files.is_empty());
}

#[test]
fn a_settings_file_that_was_touched_counts_for_nothing() {
    let mut bench = Bench::new();
    bench.says(PILOT, 23, &param_set("PRIV_LOCAL", 0));
    for place in 0..53 {
        let mut forged = Bench::on(bench.card.clone(), bench.now);
        forged.card.files.get_mut("SET/SETTINGS.HST").expect("it is kept")[place] ^= 1;
        forged.wait(1);
        assert_eq!(forged.vehicle.controls, Controls::as_delivered(), "{place}");
    }
}

#[test]
fn a_switch_that_the_card_did_not_take_is_written_again() {
    let mut bench = Bench::new();
    bench.says(PILOT, 23, &param_set("RID_ENABLE", 0));
    bench.card.files.clear();
    bench.wait(501);
    let bench = bench.reboot();
    assert!(!bench.vehicle.controls.is_on(Setting::RidEnable));
}
