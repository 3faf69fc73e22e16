//! Flights against the geofence on the test rig.
//!
//! **Never:** takes the fence for a wall: the vehicle is a few metres out before it has turned.

use super::super::bench::{Rig, planned};
use super::super::geofence::room_m;
use super::super::tuning::Tuning;
use super::super::{Answer, Cause, Circle, Command, Event, Manual, Mode, Sticks, Why};
use super::{UP_10_M, way_point};
use crate::senses::{Area, FenceAction, Geofence, MissionItem, Provision};
use alloc::string::String;
use alloc::vec::Vec;
use glam::{DVec2, DVec3};

/// 40 m around the start, but for a square in the north-east, and up to 20 m.
fn fenced(action: FenceAction) -> Provision {
    let corners = [(20.0, 20.0), (30.0, 20.0), (30.0, 30.0), (20.0, 30.0)];
    let corners_ne_m = corners.iter().map(|&(n, e)| DVec2::new(n, e)).collect();
    let geofence = Geofence {
        keeps_in: [Area::Circle { centre_ne_m: DVec2::ZERO, radius_m: 40.0 }].into(),
        keeps_out: [Area::Polygon { corners_ne_m }].into(),
        height_m_max: Some(20.0),
        around_m_max: None,
        action,
    };
    let mission = Vec::from([way_point(10.0, 0.0, 10.0), way_point(35.0, 35.0, 10.0)]);
    Provision { geofence, ..planned(mission) }
}

fn hovering(action: FenceAction) -> Rig {
    let mut rig = Rig::armed(&fenced(action), 0.0, 51);
    assert_eq!(rig.command(UP_10_M), Answer::Accepted);
    rig.run_until(Event::Hold, 15.0);
    rig
}

/// Flies north by hand until the fence is crossed.
fn crossing(action: FenceAction) -> Rig {
    let mut rig = hovering(action);
    rig.command(Command::TakeInHand(Manual::PositionHold));
    rig.sticks = Some(Sticks { forward: 0.8, ..Sticks::CENTRED });
    rig.run_until(Event::FenceBreached, 20.0);
    assert!((38.0..43.0).contains(&rig.position.length()), "{}", rig.position);
    rig.run(0.1);
    rig
}

#[test]
fn a_breach_is_answered_as_the_fence_says() {
    for (action, mode, last) in [
        (FenceAction::Warn, Mode::PositionHold, Event::FenceBreached),
        (FenceAction::Hold, Mode::Hold, Event::Hold),
        (FenceAction::Return, Mode::Return, Event::Return(Cause::Fence)),
        (FenceAction::Land, Mode::Land, Event::Landing(Cause::Fence)),
    ] {
        let rig = crossing(action);
        assert_eq!(rig.flight.state().mode, mode, "{action:?}");
        assert_eq!(rig.events.last(), Some(&last), "{action:?}");
    }
    let mut rig = crossing(FenceAction::Return);
    rig.sticks = None;
    let mut farthest = 0.0f64;
    rig.watch(10.0, |rig| farthest = farthest.max(rig.position.truncate().length()));
    assert!(farthest < 52.0, "{farthest} m");
    rig.run_until(Event::Disarmed, 60.0);
    assert!(rig.position.length() < 3.0);
}

#[test]
fn a_border_that_was_crossed_without_satellites_is_answered_when_they_are_back() {
    let mut rig = hovering(FenceAction::Land);
    rig.command(Command::TakeInHand(Manual::AltitudeHold));
    rig.sticks = Some(Sticks::CENTRED);
    rig.sky = false;
    rig.run(12.0);
    rig.sticks = Some(Sticks { forward: 0.4, ..Sticks::CENTRED });
    rig.run(20.0);
    rig.sticks = Some(Sticks::CENTRED);
    assert!(rig.position.truncate().length() > 45.0, "{}", rig.position);
    assert!(!rig.events.contains(&Event::FenceBreached), "it does not know where it is");
    rig.sky = true;
    rig.run_until(Event::Landing(Cause::Fence), 5.0);
}

#[test]
fn a_command_that_leads_out_is_denied_and_one_that_stays_in_is_not() {
    let mut rig = hovering(FenceAction::Hold);
    let go = |north, east, height: f64| Command::GoTo {
        position_ned_m: DVec3::new(north, east, -height),
        speed_mps: None,
        nose_rad: None,
    };
    let round = |north, radius_m| {
        let centre_ned_m = DVec3::new(north, 0.0, -10.0);
        Command::Orbit(Circle { centre_ned_m, radius_m, is_clockwise: true, speed_mps: 3.0 })
    };
    for (command, answer) in [
        (go(45.0, 0.0, 10.0), Answer::Denied),
        (go(0.0, 0.0, 25.0), Answer::Denied),
        (go(25.0, 25.0, 10.0), Answer::Denied),
        (go(27.0, 27.5, 10.0), Answer::Denied),
        (go(20.0, -20.0, 15.0), Answer::Accepted),
        (round(20.0, 25.0), Answer::Denied),
        (round(10.0, 10.0), Answer::Accepted),
        (Command::StartMission, Answer::Denied),
    ] {
        assert_eq!(rig.command(command), answer, "{command:?}");
        rig.run(0.1);
        let is_told = rig.events.last() == Some(&Event::FenceAhead);
        assert_eq!(is_told, answer == Answer::Denied, "{command:?}");
    }
    let mut grounded = Rig::armed(&fenced(FenceAction::Hold), 0.0, 52);
    assert_eq!(grounded.command(Command::TakeOff { height_m: 30.0 }), Answer::Denied);
    assert_eq!(grounded.command(Command::TakeOff { height_m: 18.0 }), Answer::Accepted);
}

/// A circle is refused for the way to it and for a small area that lies on it; round an area it is flown.
#[test]
fn a_circle_and_the_way_to_it_must_lie_within_the_fence() {
    let mut provision = fenced(FenceAction::Hold);
    let post = Area::Circle { centre_ne_m: DVec2::new(-17.4, 19.2), radius_m: 1.0 };
    provision.geofence.keeps_out.push(post);
    let round = |north, east, radius_m, turns, is_clockwise| MissionItem::Loiter {
        label: String::new(),
        centre_ned_m: DVec3::new(north, east, -10.0),
        radius_m,
        is_clockwise,
        turns,
    };
    for (what, centre, radius_m, then, answer) in [
        ("round the square", (25.0, 25.0), 9.0, None, Answer::Denied),
        ("round the post", (-17.4, 19.2), 6.0, None, Answer::Accepted),
        ("through the post", (0.0, 0.0), 26.0, None, Answer::Denied),
        ("past the post", (0.0, 0.0), 22.0, None, Answer::Accepted),
        ("behind the post", (-22.5, 24.8), 3.0, None, Answer::Denied),
        ("in front of the post", (-12.0, 13.0), 3.0, None, Answer::Accepted),
        (
            "and back to the start",
            (-17.4, 19.2),
            6.0,
            Some(way_point(0.0, 0.0, 10.0)),
            Answer::Accepted,
        ),
        (
            "and on behind it",
            (-17.4, 19.2),
            6.0,
            Some(way_point(-30.0, 20.0, 10.0)),
            Answer::Denied,
        ),
    ] {
        let (north, east) = centre;
        let mut items = Vec::from([round(north, east, radius_m, 1.0, true)]);
        items.extend(then.clone());
        let mut rig = Rig::armed(&Provision { mission: items, ..provision.clone() }, 0.0, 54);
        assert_eq!(rig.command(UP_10_M), Answer::Accepted);
        rig.run_until(Event::Hold, 15.0);
        assert_eq!(rig.command(Command::StartMission), answer, "mission {what}");
        if then.is_some() {
            continue;
        }
        let circle = Circle {
            centre_ned_m: DVec3::new(north, east, -10.0),
            radius_m: radius_m.max(2.0),
            is_clockwise: true,
            speed_mps: 3.0,
        };
        assert_eq!(rig.command(Command::Orbit(circle)), answer, "orbit {what}");
        let mut nearest_m = f64::INFINITY;
        rig.watch(60.0, |rig| {
            nearest_m = nearest_m.min(room_m(&provision.geofence, rig.position));
        });
        assert!(nearest_m > 0.0, "{what}: {nearest_m} m within");
    }
}

/// A wall of 60 m, with home before it and the vehicle behind it.
fn behind_a_wall(action: FenceAction, walls: &[[(f64, f64); 4]]) -> Rig {
    let area = |corners: &[(f64, f64); 4]| Area::Polygon {
        corners_ne_m: corners.iter().map(|&(n, e)| DVec2::new(n, e)).collect(),
    };
    let keeps_out = walls.iter().map(area).collect();
    let mut rig = Rig::armed(&planned(Vec::new()), 0.0, 55);
    assert_eq!(rig.command(UP_10_M), Answer::Accepted);
    rig.run_until(Event::Hold, 15.0);
    let position_ned_m = DVec3::new(50.0, 0.0, -10.0);
    rig.command(Command::GoTo { position_ned_m, speed_mps: None, nose_rad: None });
    rig.run_until(Event::Arrived, 30.0);
    rig.flight.load_fence(Geofence {
        keeps_out,
        action,
        height_m_max: Some(12.0),
        ..Geofence::none()
    });
    // The action in force is the pilot's own, not that of the plan.
    rig.flight.tune(Tuning { fence_action: Some(action), ..*rig.flight.tuning() });
    rig
}

const WALL: [(f64, f64); 4] = [(20.0, -20.0), (30.0, -20.0), (30.0, 40.0), (20.0, 40.0)];

#[test]
fn the_way_home_goes_round_what_is_kept_out_and_under_the_ceiling() {
    for wind in [DVec3::ZERO, DVec3::new(-5.0, 3.0, 0.0), DVec3::new(4.0, 6.0, 0.0)] {
        let mut rig = behind_a_wall(FenceAction::Return, &[WALL]);
        rig.wind = wind;
        rig.command(Command::Return);
        let (mut nearest_m, mut highest_m) = (f64::INFINITY, 0.0f64);
        let wall =
            Area::Polygon { corners_ne_m: WALL.iter().map(|&(n, e)| DVec2::new(n, e)).collect() };
        let walled = Geofence { keeps_out: [wall].into(), ..Geofence::none() };
        rig.watch(60.0, |rig| {
            nearest_m = nearest_m.min(room_m(&walled, rig.position));
            highest_m = highest_m.max(-rig.position.z);
        });
        rig.run_until(Event::Disarmed, 60.0);
        assert!(nearest_m > 1.0, "{wind}: {nearest_m} m from the wall");
        assert!(highest_m < 12.0, "{highest_m} m high");
        assert!(rig.position.length() < 3.0, "{wind}: {}", rig.position);
        assert!(!rig.events.contains(&Event::FenceBreached));
    }
}

#[test]
fn where_no_way_leads_home_it_says_so_and_waits_or_lands_as_the_fence_has_it() {
    let round_home = [(-20.0, -20.0), (20.0, -20.0), (20.0, 20.0), (-20.0, 20.0)];
    for (action, waits) in [
        (FenceAction::Warn, true),
        (FenceAction::Hold, true),
        (FenceAction::Return, false),
        (FenceAction::Land, false),
    ] {
        let mut rig = behind_a_wall(action, &[round_home]);
        rig.link = false;
        rig.run(20.0);
        let told = rig.events.iter().filter(|event| **event == Event::HomeBarred).count();
        assert_eq!(told, 1, "{action:?}: {:?}", rig.events);
        assert_eq!(rig.events.contains(&Event::Landing(Cause::Fence)), !waits, "{action:?}");
        assert_eq!(rig.flight.state().mode == Mode::Return, waits, "{action:?}");
        assert!(
            (rig.position.truncate() - DVec2::new(50.0, 0.0)).length() < 3.0,
            "{}",
            rig.position
        );
        if waits {
            // The pilot takes the fence away: it comes home at last.
            rig.flight.load_fence(Geofence::none());
            rig.run_until(Event::Landing(Cause::Home), 40.0);
        }
    }
}

#[test]
fn it_follows_to_the_border_and_waits_there_until_the_subject_is_back() {
    let mut rig = hovering(FenceAction::Return);
    let mut farthest_m = 0.0f64;
    rig.subject = Some(DVec3::new(20.0, 0.0, 0.0));
    rig.run(1.0);
    assert_eq!(rig.command(Command::Follow), Answer::Accepted);
    rig.run(8.0);
    for step in 0..40 {
        rig.subject = Some(DVec3::new(20.0 + f64::from(step), 0.0, 0.0));
        rig.watch(0.5, |rig| farthest_m = farthest_m.max(rig.position.truncate().length()));
    }
    assert!((36.0..40.0).contains(&farthest_m), "{farthest_m} m");
    let tied = rig.events.iter().filter(|event| **event == Event::FollowTied).count();
    assert_eq!((tied, rig.flight.state().mode), (1, Mode::Follow), "{:?}", rig.events);
    rig.subject = Some(DVec3::new(10.0, 0.0, 0.0));
    rig.run(12.0);
    assert!((rig.position.x - 18.0).abs() < 1.5, "{}", rig.position);
    assert!(!rig.events.contains(&Event::FenceBreached));
}

#[test]
fn outside_the_fence_the_rotors_stay_still() {
    let mut provision = fenced(FenceAction::Warn);
    provision.geofence.keeps_in =
        [Area::Circle { centre_ne_m: DVec2::new(100.0, 0.0), radius_m: 40.0 }].into();
    let mut rig = Rig::new(&provision, 0.0, 53);
    rig.run(4.0);
    assert_eq!(rig.command(Command::Arm), Answer::TemporarilyRejected);
    rig.run(0.1);
    assert_eq!(rig.events, [Event::ArmingRefused(Why::OutsideFence)]);
}
