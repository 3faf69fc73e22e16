//! Leaving the ground as was chosen before the rotors turned; home elsewhere; speed and nose as the pilot likes them.
//!
//! **Never:** lifts before the rotors have turned for a while.

use super::super::bench::{Rig, planned, provision};
use super::super::{Answer, Command, Event, Landed, Mode, Why};
use super::hovering;
use crate::senses::MissionItem;
use glam::DVec3;

const UP: Command = Command::TakeOff { height_m: 5.0 };

fn ready() -> Rig {
    let mut rig = Rig::new(&planned([MissionItem::TakeOff { height_m: 4.0 }].into()), 0.3, 41);
    rig.run(4.0);
    rig
}

#[test]
fn what_is_chosen_before_arming_is_done_a_second_after_it() {
    for (by, shown) in [(UP, Mode::TakeOff), (Command::StartMission, Mode::Mission)] {
        let mut rig = ready();
        assert_eq!(rig.flight.choose_start(Some(by)), Answer::Accepted);
        rig.run(0.1);
        assert_eq!(rig.flight.state().starts_in, Some(shown));
        assert_eq!(rig.command(Command::Arm), Answer::Accepted);
        rig.run(0.9);
        assert_eq!(rig.flight.state().landed, Landed::OnGround);
        rig.run(0.2);
        assert_eq!(rig.flight.state().mode, shown);
        rig.run(8.0);
        assert!(rig.position.z < -3.0, "{} is up", rig.position);
    }
}

/// Carried aside and turned before the rotors start, it counts from where it stands then and knows where its nose points.
#[test]
fn moved_before_arming_it_learns_its_place_and_its_heading_anew_and_says_so() {
    let there = DVec3::new(6.0, -4.0, 0.0);
    let mut rig = Rig::new(&planned([MissionItem::TakeOff { height_m: 4.0 }].into()), 0.3, 44);
    rig.run(4.0);
    assert!(rig.flight.state().may_arm);
    let before_deg = rig.flight.state().lon_deg;
    // A turn by 1.2 rad and a tilt, and three seconds in somebody's hands.
    for step in 0..30 {
        rig.rates = DVec3::new(0.0, if step % 2 == 0 { 0.6 } else { -0.6 }, 0.4);
        rig.position = there * (f64::from(step + 1) / 30.0) - DVec3::Z * 0.5;
        rig.velocity = DVec3::ZERO;
        rig.run(0.1);
        if step == 20 {
            assert_eq!(rig.command(Command::Arm), Answer::TemporarilyRejected);
        }
    }
    (rig.rates, rig.position, rig.velocity) = (DVec3::ZERO, there, DVec3::ZERO);
    rig.run(0.5);
    let started = rig.events.iter().filter(|event| **event == Event::StartedOver).count();
    assert_eq!(started, 1, "{:?}", rig.events);
    for why in [Why::Moved, Why::Starting] {
        assert!(rig.events.contains(&Event::ArmingRefused(why)), "{:?}", rig.events);
    }
    rig.run(6.0);
    assert!(rig.flight.state().may_arm);
    let state = rig.flight.state();
    assert!(state.position_ned_m.length() < 0.5, "{}", state.position_ned_m);
    let (nose, east_m) = (rig.attitude * DVec3::X, (state.lon_deg - before_deg) * 75_480.0);
    let off_rad = libm::atan2(nose.y, nose.x) - state.euler_rad().z;
    assert!(off_rad.abs() < 0.1, "{off_rad} rad off");
    assert!((east_m + 4.0).abs() < 1.5, "{east_m} m east");
    // In the air nothing of that is thought of, however it is pushed.
    assert_eq!(rig.command(Command::Arm), Answer::Accepted);
    rig.run(0.5);
    assert_eq!(rig.command(UP), Answer::Accepted);
    rig.run(6.0);
    rig.wind = DVec3::new(9.0, 0.0, 0.0);
    rig.run(5.0);
    assert!(rig.flight.state().ready);
    let started = rig.events.iter().filter(|event| **event == Event::StartedOver).count();
    assert_eq!(started, 1, "{:?}", rig.events);
}

#[test]
fn what_was_chosen_long_ago_or_taken_back_or_cannot_be_is_not_done() {
    let refused = [Command::TakeOff { height_m: 1e9 }, Command::TakeOff { height_m: f64::NAN }];
    for by in refused {
        assert_eq!(ready().flight.choose_start(Some(by)), Answer::Denied, "{by:?}");
    }
    let mut nowhere = Rig::new(&provision(&[]), 0.0, 41);
    assert_eq!(nowhere.flight.choose_start(Some(Command::StartMission)), Answer::Denied);
    for takes_back in [true, false] {
        let mut rig = ready();
        rig.flight.choose_start(Some(UP));
        if takes_back {
            rig.flight.choose_start(None);
        } else {
            rig.run(21.0);
        }
        rig.command(Command::Arm);
        rig.run(3.0);
        let state = rig.flight.state();
        assert_eq!((state.mode, state.landed), (Mode::Hold, Landed::OnGround), "{takes_back}");
    }
    let mut armed = Rig::armed(&provision(&[]), 0.0, 41);
    assert_eq!(armed.flight.choose_start(Some(UP)), Answer::TemporarilyRejected);
}

#[test]
fn it_returns_to_the_home_that_it_was_given() {
    let mut rig = hovering(42);
    let home = DVec3::new(12.0, -5.0, 0.0);
    for (place, answer) in [
        (DVec3::new(9_000.0, 0.0, 0.0), Answer::Denied),
        (DVec3::new(f64::NAN, 0.0, 0.0), Answer::Denied),
        (home, Answer::Accepted),
    ] {
        assert_eq!(rig.command(Command::SetHome(place)), answer, "{place}");
    }
    rig.command(Command::Return);
    rig.run_until(Event::Landed, 60.0);
    assert!((rig.position - home).truncate().length() < 2.5, "{}", rig.position);
}

#[test]
fn speed_and_nose_are_as_the_pilot_likes_them_until_the_next_mode() {
    let mut rig = hovering(43);
    for mps in [0.0, -1.0, 99.0, f64::NAN] {
        assert_eq!(rig.command(Command::LimitSpeed(mps)), Answer::Denied, "{mps}");
    }
    let position_ned_m = DVec3::new(40.0, 0.0, -10.0);
    let nose_rad = Some(1.5);
    rig.command(Command::GoTo { position_ned_m, speed_mps: None, nose_rad });
    assert_eq!(rig.command(Command::LimitSpeed(2.0)), Answer::Accepted);
    let mut fastest = 0.0f64;
    rig.watch(8.0, |rig| fastest = fastest.max(rig.velocity.truncate().length()));
    assert!((1.5..2.6).contains(&fastest), "{fastest} m/s");
    let heading = |rig: &Rig| rig.flight.state().heading_deg().to_radians();
    assert!((heading(&rig) - 1.5).abs() < 0.15, "{}", heading(&rig));
    rig.command(Command::Hold);
    rig.run(3.0);
    let here = rig.position;
    assert_eq!(rig.command(Command::LookAt(Some(here + DVec3::NEG_Y * 20.0))), Answer::Accepted);
    rig.run(6.0);
    let west = 1.5 * core::f64::consts::PI;
    assert!((heading(&rig) - west).abs() < 0.15, "{}", heading(&rig));
}

#[test]
fn it_is_in_distress_while_it_acts_of_its_own_accord() {
    let mut rig = hovering(44);
    assert!(!rig.flight.state().in_distress);
    rig.charge_pct = 15.0;
    rig.run(1.0);
    assert!(rig.flight.state().in_distress);
    assert_eq!(rig.command(Command::Hold), Answer::Accepted);
    rig.run(0.1);
    assert!(!rig.flight.state().in_distress, "the pilot has thought better of it");
}

#[test]
fn it_says_that_it_may_start_once_it_may() {
    let mut rig = Rig::new(&provision(&[]), 0.3, 45);
    rig.run(0.3);
    assert!(!rig.flight.state().may_arm, "it has not levelled yet");
    rig.run(4.0);
    assert!(rig.flight.state().may_arm);
    rig.charge_pct = 20.0;
    rig.run(0.3);
    assert!(!rig.flight.state().may_arm);
}
