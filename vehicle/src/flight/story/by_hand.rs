//! Flights by hand on the test rig, in each of the three modes that follow the sticks.
//!
//! **Never:** has a hand that shakes.

use super::super::bench::Rig;
use super::super::{Answer, Cause, Command, Event, Manual, Mode, Sticks};
use super::hovering;
use glam::DVec3;

const CENTRED: Sticks = Sticks::CENTRED;

/// In hand with the sticks centred. The nose points to 0.7 rad.
fn in_hand(seed: u64, how: Manual) -> Rig {
    let mut rig = hovering(seed);
    rig.sticks = Some(CENTRED);
    rig.run(0.2);
    assert_eq!(rig.command(Command::TakeInHand(how)), Answer::Accepted);
    rig.run(1.0);
    rig
}

fn lean_deg(rig: &Rig) -> f64 {
    libm::acos((rig.attitude * DVec3::Z).z).to_degrees()
}

#[test]
fn position_hold_moves_along_the_nose_and_stays_where_it_is_let_go() {
    for seed in [41, 42] {
        let mut rig = in_hand(seed, Manual::PositionHold);
        rig.wind = DVec3::new(2.0, 1.0, 0.0);
        rig.sticks = Some(Sticks { forward: 0.5, ..CENTRED });
        rig.run(6.0);
        let along = DVec3::new(libm::cos(0.7), libm::sin(0.7), 0.0);
        assert!((rig.velocity.dot(along) - 3.0).abs() < 0.6, "{}", rig.velocity);
        rig.sticks = Some(CENTRED);
        rig.run(5.0);
        let rest = rig.position;
        let mut farthest = 0.0f64;
        rig.watch(15.0, |rig| farthest = farthest.max(rig.position.distance(rest)));
        assert!(farthest < 1.5, "{farthest} m");
        assert_eq!(rig.flight.state().mode, Mode::PositionHold);
    }
}

#[test]
fn altitude_hold_leans_as_told_and_keeps_its_height() {
    let mut rig = in_hand(43, Manual::AltitudeHold);
    rig.run(3.0);
    let height = rig.position.z;
    rig.sticks = Some(Sticks { right: 0.5, ..CENTRED });
    rig.run(2.0);
    assert!((lean_deg(&rig) - 16.1).abs() < 3.0, "{}", lean_deg(&rig));
    rig.sticks = Some(CENTRED);
    rig.run(2.0);
    assert!(lean_deg(&rig) < 3.0 && rig.velocity.length() > 2.0, "it glides on, level");
    assert!((rig.position.z - height).abs() < 1.2, "{} {height}", rig.position.z);
    rig.sticks = Some(Sticks { up: 1.0, ..CENTRED });
    rig.run(4.0);
    assert!((rig.velocity.z + 2.5).abs() < 0.4, "{}", rig.velocity);
}

#[test]
fn stabilise_lifts_leans_and_turns_and_nothing_more() {
    let mut rig = in_hand(44, Manual::Stabilise);
    let heading = rig.flight.state().heading_deg();
    rig.sticks = Some(Sticks { forward: -1.0, up: 0.15, turn: 0.5, ..CENTRED });
    rig.run(1.5);
    assert!((lean_deg(&rig) - 30.0).abs() < 4.0, "{}", lean_deg(&rig));
    let turned = rig.flight.state().heading_deg() - heading;
    assert!((15.0..40.0).contains(&turned), "{turned}");
    rig.sticks = Some(Sticks { up: 0.5, ..CENTRED });
    let before = rig.velocity.z;
    rig.run(1.0);
    assert!(rig.velocity.z < before - 1.5, "more lift climbs");
}

#[test]
fn sticks_that_fall_silent_are_centred_and_stabilise_becomes_altitude_hold() {
    let mut rig = in_hand(45, Manual::Stabilise);
    rig.sticks = None;
    rig.run(0.4);
    assert_eq!(rig.flight.state().mode, Mode::Stabilise);
    rig.run_until(Event::SticksLost, 0.3);
    assert_eq!(rig.flight.state().mode, Mode::AltitudeHold);

    let mut rig = in_hand(46, Manual::PositionHold);
    rig.sticks = Some(Sticks { forward: 1.0, ..CENTRED });
    rig.run(3.0);
    assert!(rig.velocity.length() > 4.0);
    rig.sticks = None;
    rig.run(6.0);
    assert!(rig.velocity.length() < 0.7, "{}", rig.velocity);
}

#[test]
fn the_stick_pulled_down_lands_and_stops_the_rotors() {
    for how in [Manual::PositionHold, Manual::AltitudeHold] {
        let mut rig = in_hand(47, how);
        rig.sticks = Some(Sticks { up: -1.0, ..CENTRED });
        rig.run(20.0);
        assert!(rig.events.ends_with(&[Event::Landed, Event::Disarmed]), "{:?}", rig.events);
        assert!((rig.attitude * DVec3::Z).z > 0.99);
    }
}

/// Blown along where nothing tells it: the hand has to hold against the wind, and can.
#[test]
fn without_satellites_the_sticks_still_fly_it_and_position_hold_is_altitude_hold_for_so_long() {
    for how in [Manual::Stabilise, Manual::AltitudeHold, Manual::PositionHold] {
        let mut rig = in_hand(50, how);
        rig.sticks = Some(Sticks { up: 0.02, ..CENTRED });
        rig.wind = DVec3::new(1.5, 1.0, 0.0);
        rig.run(5.0);
        let height = rig.position.z;
        rig.sky = false;
        rig.run(60.0);
        let mode = rig.flight.state().mode;
        let is_left = how == Manual::Stabilise;
        assert_eq!(mode, if is_left { Mode::Stabilise } else { Mode::AltitudeHold }, "{how:?}");
        let falls = rig.events.iter().filter(|event| **event == Event::PlaceLost).count();
        assert_eq!(falls, usize::from(how == Manual::PositionHold), "{:?}", rig.events);
        assert!(is_left || (rig.position.z - height).abs() < 2.0, "{}", rig.position.z);
        // It leans as it is told, and stays up as long as somebody tells it.
        rig.sticks = Some(Sticks { forward: -0.5, ..CENTRED });
        rig.run(1.5);
        assert!((lean_deg(&rig) - 16.1).abs() < 4.0, "{how:?}: {}", lean_deg(&rig));
        rig.sticks = Some(CENTRED);
        rig.sky = true;
        rig.run(20.0);
        assert_eq!(
            rig.flight.state().mode,
            match how {
                Manual::Stabilise => Mode::Stabilise,
                Manual::AltitudeHold => Mode::AltitudeHold,
                Manual::PositionHold => Mode::PositionHold,
            }
        );
    }
}

#[test]
fn without_satellites_and_without_a_hand_it_comes_down() {
    for how in [Manual::AltitudeHold, Manual::PositionHold] {
        let mut rig = in_hand(51, how);
        rig.sky = false;
        rig.run(12.0);
        assert_eq!(rig.flight.state().mode, Mode::AltitudeHold);
        rig.sticks = None;
        rig.run(2.5);
        assert_eq!(rig.flight.state().mode, Mode::AltitudeHold);
        rig.run_until(Event::Landing(Cause::NoFix), 1.0);
        rig.run_until(Event::Disarmed, 40.0);
        assert!((rig.attitude * DVec3::Z).z > 0.99);
    }
}

#[test]
fn no_hand_keeps_a_failsafe_away() {
    for how in [Manual::Stabilise, Manual::AltitudeHold, Manual::PositionHold] {
        let mut rig = in_hand(48, how);
        rig.charge_pct = 19.0;
        rig.run_until(Event::Return(Cause::LowBattery), 1.0);
        assert_eq!(rig.command(Command::TakeInHand(how)), Answer::Accepted);
        rig.charge_pct = 7.0;
        rig.run_until(Event::Landing(Cause::CriticalBattery), 1.0);
        assert_eq!(rig.command(Command::TakeInHand(how)), Answer::TemporarilyRejected);
    }
}
