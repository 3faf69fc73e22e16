//! The pack against Ohm's law and a clock.

use super::{CAMERA_QUAD, CRAZYFLIE, HEXACOPTER, HUMMINGBIRD, Rig, parsed};
use crate::airframe::Pack;
use evidence::TICK_S;

#[test]
fn the_pack_sags_by_current_times_resistance_and_counts_its_charge() {
    let mut airframe = parsed(CAMERA_QUAD);
    let pack = Pack::of(&airframe, 100.0);
    assert_eq!(pack.pack_v(), 16.8);
    // watts, from full -> V = 16.8 − 0.012 I with I V = P.
    for watts in [0.0, 9.0, 150.0, 700.0, 2000.0] {
        let mut pack = pack.clone();
        pack.load(watts);
        assert!((pack.pack_v() - (16.8 - 0.012 * pack.current_a())).abs() < 1e-12);
        assert!((pack.pack_v() * pack.current_a() - watts).abs() < 1e-9, "{watts}");
    }
    let mut over = pack.clone();
    over.load(1e6);
    assert!((over.pack_v() - 8.4).abs() < 1e-9, "the most power is had at half the voltage");
    // An hour at 5 A empties 5 Ah, and then there is nothing.
    airframe.avionics_w = 0.0;
    airframe.cell_open_v = [4.0; 11];
    airframe.cell_resistance_ohm = 0.0;
    let mut pack = Pack::of(&airframe, 50.0);
    let radps =
        libm::cbrt(5.0 * 16.0 * airframe.drive_efficiency / airframe.torque_coefficient_nms2);
    for seconds in 1..=1800 {
        pack.draw(&[radps], 1.0, 1.0);
        assert!((pack.charge_pct() - (50.0 - f64::from(seconds) / 36.0)).abs() < 1e-6);
    }
    pack.draw(&[radps], 1.0, 1.0);
    assert_eq!((pack.charge_pct(), pack.ceiling()), (0.0, 0.0));
}

#[test]
fn a_low_pack_takes_speed_and_thrust_from_the_motors() {
    let airframe = parsed(CAMERA_QUAD);
    for (charge_pct, watts) in [(100.0, 9.0), (20.0, 9.0), (20.0, 900.0), (3.0, 900.0)] {
        let mut pack = Pack::of(&airframe, charge_pct);
        pack.load(watts);
        let ceiling = (pack.pack_v() / 14.8).min(1.0);
        let mut rig = Rig::of(&airframe);
        rig.spin.command(&rig.machine, &[9e9; 4], pack.ceiling());
        assert_eq!(rig.spin.wanted_radps[0], 950.0 * ceiling, "{charge_pct} {watts}");
    }
    let mut stiff = airframe.clone();
    stiff.terms.battery_sag = false;
    for (charge_pct, ceiling) in [(100.0, 1.0), (0.1, 1.0), (0.0, 0.0)] {
        assert_eq!(Pack::of(&stiff, charge_pct).ceiling(), ceiling, "{charge_pct}");
    }
}

#[test]
fn a_hover_lasts_as_long_as_the_charge() {
    // airframe, minutes from full to nothing, give or take
    for (text, minutes, within) in [
        (CAMERA_QUAD, 29.6, 0.3),
        (HUMMINGBIRD, 16.8, 0.2),
        (CRAZYFLIE, 2.94, 0.05),
        (HEXACOPTER, 18.2, 0.2),
    ] {
        let airframe = parsed(text);
        let mut pack = Pack::of(&airframe, 100.0);
        let rotors = vec![airframe.hover_radps(); airframe.rotors.len()];
        let mut ticks = 0_u32;
        while pack.charge_pct() > 0.0 && ticks < 2_000_000 {
            pack.draw(&rotors, 1.0, TICK_S);
            ticks += 1;
        }
        let found = f64::from(ticks) * TICK_S / 60.0;
        assert!((found - minutes).abs() < within, "{minutes}: {found}");
        assert_eq!(pack.ceiling(), 0.0, "it turns no motor any more");
    }
}
