//! Plans and figures that come from the ground, on the test rig.
//!
//! **Never:** goes by more than the flight is told.

use super::super::bench::{Rig, provision};
use super::super::tuning::Tuning;
use super::super::{Answer, Command, Event, Mode};
use super::{UP_10_M, way_point};
use crate::senses::{Area, FenceAction, Geofence, MissionItem};
use glam::{DVec2, DVec3};

fn hovering() -> Rig {
    let mut rig = Rig::armed(&provision(&[]), 0.0, 71);
    assert_eq!(rig.command(UP_10_M), Answer::Accepted);
    rig.run_until(Event::Hold, 15.0);
    rig
}

#[test]
fn a_mission_from_the_ground_is_flown_left_gone_on_with_and_replaced() {
    let mut rig = Rig::armed(&provision(&[]), 0.0, 70);
    assert_eq!(rig.command(Command::StartMission), Answer::Denied);
    let climb = MissionItem::TakeOff { height_m: 8.0 };
    let (far, near) = (way_point(30.0, 0.0, 8.0), way_point(0.0, 20.0, 8.0));
    rig.flight.load_mission(&[climb.clone(), MissionItem::TakeStill, far, near.clone()]);
    assert_eq!(rig.command(Command::StartMission), Answer::Accepted);
    rig.run_until(Event::CameraTriggered, 15.0);
    rig.run_until(Event::WaypointReached(2), 20.0);
    rig.run(0.5);
    rig.command(Command::Hold);
    rig.run(3.0);
    assert_eq!(rig.flight.leg(), 3);
    // It goes on where it was, and does not climb or take the still again.
    assert_eq!(rig.command(Command::StartMission), Answer::Accepted);
    rig.run_until(Event::MissionComplete, 30.0);
    assert!(rig.position.distance(DVec3::new(0.0, 20.0, -8.0)) < 3.0, "{}", rig.position);
    // From the beginning once it was flown whole; from where it is told to.
    rig.events.clear();
    rig.command(Command::StartMission);
    rig.flight.go_on_with(2);
    rig.run_until(Event::WaypointReached(2), 20.0);
    // What comes in its place is not flown before somebody says so.
    rig.flight.load_mission(&[climb, near]);
    rig.run(0.1);
    assert_eq!((rig.flight.state().mode, rig.flight.leg()), (Mode::Hold, 0));
    rig.command(Command::StartMission);
    rig.run_until(Event::WaypointReached(1), 30.0);
}

#[test]
fn a_mission_from_the_ground_that_leads_out_of_reach_is_not_flown() {
    for leg in [
        way_point(6_000.0, 0.0, 10.0),
        way_point(10.0, 0.0, 600.0),
        way_point(10.0, 0.0, -5.0),
        way_point(f64::NAN, 0.0, 10.0),
        MissionItem::TakeOff { height_m: 1e6 },
    ] {
        let mut rig = hovering();
        rig.flight.load_mission(core::slice::from_ref(&leg));
        assert_eq!(rig.command(Command::StartMission), Answer::Denied, "{leg:?}");
        assert_eq!(rig.flight.state().mode, Mode::Hold);
    }
}

#[test]
fn a_fence_from_the_ground_and_a_farthest_distance_hold_at_once() {
    let area = Area::Circle { centre_ne_m: DVec2::ZERO, radius_m: 30.0 };
    let go = |north| Command::GoTo {
        position_ned_m: DVec3::new(north, 0.0, -10.0),
        speed_mps: None,
        nose_rad: None,
    };
    let mut rig = hovering();
    rig.flight.load_fence(Geofence { keeps_in: [area].into(), ..Geofence::none() });
    assert_eq!(rig.command(go(40.0)), Answer::Denied);
    assert_eq!(rig.command(go(25.0)), Answer::Accepted);
    let delivered = Tuning::as_delivered(FenceAction::Hold);
    rig.flight.tune(Tuning { fence_around_m: Some(20.0), ..delivered });
    assert_eq!(rig.command(go(25.0)), Answer::Denied);
    rig.flight.tune(Tuning { fence_action: None, ..delivered });
    assert_eq!(rig.command(go(40.0)), Answer::Accepted);
    rig.flight.tune(Tuning { fence_action: Some(FenceAction::Return), ..delivered });
    rig.run_until(Event::FenceBreached, 20.0);
    rig.run(0.1);
    assert_eq!(rig.flight.state().mode, Mode::Return);
}

#[test]
fn heights_and_speeds_that_are_set_are_flown() {
    let mut rig = hovering();
    let delivered = Tuning::as_delivered(FenceAction::Warn);
    let slow = Tuning { cruise_mps: 2.0, climb_mps: 1.0, return_height_m: 25.0, ..delivered };
    rig.flight.tune(slow);
    let position_ned_m = DVec3::new(20.0, 0.0, -10.0);
    rig.command(Command::GoTo { position_ned_m, speed_mps: None, nose_rad: None });
    let mut fastest = 0.0f64;
    rig.watch(12.0, |rig| fastest = fastest.max(rig.velocity.truncate().length()));
    assert!((1.5..2.6).contains(&fastest), "{fastest} m/s");
    rig.command(Command::Return);
    let (mut highest, mut fastest) = (0.0f64, 0.0f64);
    rig.watch(25.0, |rig| {
        highest = highest.max(-rig.position.z);
        fastest = fastest.max(-rig.velocity.z);
    });
    assert!((24.0..27.0).contains(&highest) && fastest < 1.5, "{highest} m, {fastest} m/s");
    let fast = Command::GoTo { position_ned_m, speed_mps: Some(4.0), nose_rad: None };
    rig.flight.tune(Tuning { speed_mps_max: 3.0, ..slow });
    assert_eq!(rig.command(fast), Answer::Denied);
}

#[test]
fn it_returns_to_the_nearest_of_home_and_the_rally_points() {
    let points = [DVec2::new(0.0, 30.0), DVec2::new(60.0, 0.0)];
    for (name, rally, from_m, to_m) in [
        ("none", &points[..0], (0.0, 20.0), DVec2::ZERO),
        ("nearer than home", &points[..], (0.0, 20.0), points[0]),
        ("farther than home", &points[..], (12.0, 4.0), DVec2::ZERO),
        ("the nearer of two", &points[..], (40.0, 2.0), points[1]),
    ] {
        let mut rig = hovering();
        rig.flight.load_rally(rally.to_vec());
        let position_ned_m = DVec3::new(from_m.0, from_m.1, -10.0);
        rig.command(Command::GoTo { position_ned_m, speed_mps: None, nose_rad: None });
        rig.run(14.0);
        assert_eq!(rig.flight.haven_ned_m().truncate(), to_m, "{name}");
        rig.command(Command::Return);
        rig.run_until(Event::Landed, 60.0);
        let off_m = rig.position.truncate().distance(to_m);
        assert!(off_m < 2.0, "{name}: {off_m} m");
    }
}

#[test]
fn rally_points_that_come_on_the_way_home_are_chosen_from_at_once() {
    let mut rig = hovering();
    let position_ned_m = DVec3::new(0.0, 40.0, -10.0);
    rig.command(Command::GoTo { position_ned_m, speed_mps: None, nose_rad: None });
    rig.run(14.0);
    rig.command(Command::Return);
    rig.run(6.0);
    let near = DVec2::new(4.0, 32.0);
    rig.flight.load_rally([near].into());
    rig.run_until(Event::Landed, 60.0);
    let off_m = rig.position.truncate().distance(near);
    assert!(off_m < 2.0, "{off_m} m");
}
