//! Guided flights on the test rig: to a place, round one, after somebody, and to a stop.
//!
//! **Never:** follows a real person; the subject is a point on the ground.

use super::super::bench::{Rig, provision};
use super::super::{Answer, Circle, Command, Event, Landed, Mode, Setpoint, Turn, Way};
use super::hovering;
use glam::{DVec2, DVec3};

fn go(north: f64, east: f64, height: f64, speed_mps: Option<f64>) -> Command {
    Command::GoTo { position_ned_m: DVec3::new(north, east, -height), speed_mps, nose_rad: None }
}

#[test]
fn it_goes_to_a_place_no_faster_than_told_and_holds_there() {
    let mut rig = hovering(31);
    assert_eq!(rig.command(go(30.0, -20.0, 15.0, Some(3.0))), Answer::Accepted);
    let mut fastest = 0.0f64;
    rig.watch(25.0, |rig| fastest = fastest.max(rig.velocity.truncate().length()));
    assert!(rig.events.ends_with(&[Event::GoingThere, Event::Arrived]), "{:?}", rig.events);
    assert_eq!(rig.flight.state().mode, Mode::Hold);
    assert!(rig.position.distance(DVec3::new(30.0, -20.0, -15.0)) < 2.5, "{}", rig.position);
    assert!((2.5..3.6).contains(&fastest), "{fastest} m/s");
}

#[test]
fn a_circle_is_round_level_and_flown_at_its_speed_either_way() {
    for (is_clockwise, wind) in [(true, DVec3::ZERO), (false, DVec3::new(3.0, -2.0, 0.0))] {
        let mut rig = hovering(32);
        rig.wind = wind;
        let centre = DVec3::new(20.0, 5.0, -12.0);
        let circle = Circle { centre_ned_m: centre, radius_m: 10.0, is_clockwise, speed_mps: 3.0 };
        assert_eq!(rig.command(Command::Orbit(circle)), Answer::Accepted);
        rig.run(20.0);
        let (mut off, mut turned, mut aside) = (0.0f64, 0.0f64, 0.0f64);
        rig.watch(25.0, |rig| {
            let out = (rig.position - centre).truncate();
            off = off.max((out.length() - 10.0).abs()).max((rig.position.z - centre.z).abs());
            turned += out.perp_dot(rig.velocity.truncate()) / out.length_squared() * 0.002;
            let nose = (rig.attitude * DVec3::X).truncate().normalize();
            aside = aside.max(nose.angle_to(-out).abs());
        });
        let side = if is_clockwise { 1.0 } else { -1.0 };
        assert!(off < 2.5, "{off} m off the circle");
        assert!((side * turned - 7.5).abs() < 1.0, "{turned} rad");
        assert!(aside < 0.35, "the nose is {aside} rad off the centre");
    }
}

#[test]
fn it_keeps_up_with_somebody_at_a_distance_and_holds_when_they_fall_silent() {
    let mut rig = hovering(33);
    rig.subject = Some(DVec3::new(12.0, 0.0, 0.0));
    assert_eq!(rig.command(Command::Follow), Answer::Accepted);
    rig.run(3.0);
    for step in 0..300 {
        rig.subject = Some(DVec3::new(12.0 + 0.1 * f64::from(step), 0.0, 0.0));
        rig.run(0.1);
    }
    rig.run(4.0);
    let away = (rig.position - DVec3::new(41.9, 0.0, 0.0)).truncate().length();
    assert!((6.0..10.0).contains(&away), "{away} m");
    assert!((rig.position.z + 10.0).abs() < 2.0, "it keeps its height");
    rig.subject = None;
    rig.run_until(Event::SubjectLost, 4.0);
    assert_eq!(rig.flight.state().mode, Mode::Hold);
}

#[test]
fn nobody_to_follow_is_told_after_three_seconds() {
    let mut rig = hovering(34);
    rig.command(Command::Follow);
    rig.run(2.9);
    assert_eq!(rig.flight.state().mode, Mode::Follow);
    rig.run_until(Event::SubjectLost, 0.3);
}

#[test]
fn braking_stops_sooner_than_holding() {
    let stop_m = |command| {
        let mut rig = hovering(35);
        rig.command(go(80.0, 0.0, 10.0, Some(8.0)));
        rig.run(8.0);
        let from = rig.position;
        assert!(rig.velocity.length() > 6.5);
        assert_eq!(rig.command(command), Answer::Accepted);
        let mut farthest = 0.0f64;
        rig.watch(8.0, |rig| farthest = farthest.max(rig.position.distance(from)));
        assert_eq!(rig.flight.state().mode, Mode::Hold);
        assert!(rig.velocity.length() < 0.6);
        farthest
    };
    let (held, braked) = (stop_m(Command::Hold), stop_m(Command::Brake));
    assert!(braked < 11.0 && braked < 0.7 * held, "{braked} m, {held} m");
}

#[test]
fn only_the_word_for_it_stops_the_rotors_in_the_air() {
    let mut rig = hovering(36);
    assert_eq!(rig.command(Command::Disarm), Answer::Denied);
    assert_eq!(rig.command(Command::StopMotors), Answer::Accepted);
    rig.run(0.8);
    assert!(rig.events.ends_with(&[Event::MotorsStopped, Event::Disarmed]), "{:?}", rig.events);
    assert!(rig.velocity.z > 6.0, "it falls");
    assert_eq!(rig.flight.state().landed, Landed::OnGround);
    assert_eq!(rig.command(Command::StopMotors), Answer::Accepted, "twice is no harm");
}

#[test]
fn what_cannot_be_flown_to_is_denied_and_nothing_is_guided_on_the_ground() {
    let circle = |radius_m, speed_mps| {
        let centre_ned_m = DVec3::new(0.0, 0.0, -10.0);
        Command::Orbit(Circle { centre_ned_m, radius_m, is_clockwise: true, speed_mps })
    };
    let mut grounded = Rig::armed(&provision(&[]), 0.0, 37);
    for command in [go(9.0, 0.0, 9.0, None), circle(9.0, 3.0), Command::Follow, Command::Brake] {
        assert_eq!(grounded.command(command), Answer::TemporarilyRejected, "{command:?}");
    }
    let mut rig = hovering(37);
    for command in [
        go(9.0, 0.0, 0.2, None),
        go(9.0, 0.0, 501.0, None),
        go(9_000.0, 0.0, 9.0, None),
        go(f64::NAN, 0.0, 9.0, None),
        go(9.0, 0.0, f64::NAN, None),
        go(9.0, 0.0, 9.0, Some(0.0)),
        go(9.0, 0.0, 9.0, Some(f64::INFINITY)),
        circle(0.0, 3.0),
        circle(f64::INFINITY, 3.0),
        circle(9.0, f64::NAN),
        circle(9.0, 50.0),
    ] {
        assert_eq!(rig.command(command), Answer::Denied, "{command:?}");
    }
    assert_eq!(rig.flight.state().mode, Mode::Hold);
}

#[test]
fn a_computer_leads_it_while_it_speaks_and_not_before() {
    let mut rig = hovering(35);
    assert_eq!(rig.command(Command::Offboard), Answer::TemporarilyRejected);
    let lead = |rig: &mut Rig, way, turn, seconds: u32| {
        for _ in 0..seconds * 20 {
            rig.flight.hear_setpoint(Setpoint { way, turn });
            rig.run(0.05);
        }
    };
    let place = DVec3::new(8.0, -6.0, -14.0);
    rig.flight.hear_setpoint(Setpoint { way: Way::Place(place), turn: Turn::To(1.0) });
    assert_eq!(rig.command(Command::Offboard), Answer::Accepted);
    lead(&mut rig, Way::Place(place), Turn::To(1.0), 15);
    assert_eq!(rig.flight.state().mode, Mode::Offboard);
    assert!(rig.position.distance(place) < 2.5, "{}", rig.position);
    assert!((rig.flight.state().heading_deg().to_radians() - 1.0).abs() < 0.15);
    lead(&mut rig, Way::Velocity(DVec3::new(0.0, 3.0, -1.0)), Turn::Keep, 6);
    assert!((rig.velocity - DVec3::new(0.0, 3.0, -1.0)).length() < 0.8, "{}", rig.velocity);
    lead(&mut rig, Way::BodyVelocity(DVec3::new(1e9, 0.0, 1e9)), Turn::Keep, 3);
    assert!(rig.velocity.length() < 9.5, "{}", rig.velocity);
    rig.run_until(Event::OffboardLost, 0.7);
    assert_eq!(rig.flight.state().mode, Mode::Hold);
}

#[test]
fn a_computer_leans_it_no_farther_than_it_may_and_holds_when_it_falls_silent() {
    for (name, tangents, lift, lean_deg, climb_mps) in [
        ("level, as high as it is", DVec2::ZERO, None, 0.0..2.0, -0.5..0.5),
        ("to the east", DVec2::new(0.0, 0.1), None, 3.5..8.0, -0.7..0.7),
        ("harder than it may", DVec2::new(0.0, 1e9), None, 26.0..33.0, -1.5..1.5),
        ("up", DVec2::ZERO, Some(1.2), 0.0..2.0, 2.0..6.0),
        ("down", DVec2::ZERO, Some(0.9), 0.0..2.0, -4.0..-1.0),
        ("with its own weight, leaning", DVec2::new(0.0, 0.1), Some(1.0), 3.5..8.0, -1.0..0.5),
    ] {
        let mut rig = hovering(36);
        let way = Way::Lean { tangents, lift };
        for _ in 0..40 {
            rig.flight.hear_setpoint(Setpoint { way, turn: Turn::To(0.5) });
            if rig.flight.state().mode != Mode::Offboard {
                assert_eq!(rig.command(Command::Offboard), Answer::Accepted, "{name}");
            }
            rig.run(0.05);
        }
        let lean = (rig.attitude * DVec3::NEG_Z).z.abs().min(1.0);
        let lean = libm::acos(lean).to_degrees();
        assert!(lean_deg.contains(&lean), "{name}: it leans {lean} degrees");
        let climb = -rig.velocity.z;
        assert!(climb_mps.contains(&climb), "{name}: it climbs {climb} m/s");
        assert!(rig.velocity.y > -0.5, "{name}: it goes the other way");
        assert!((rig.flight.state().heading_deg().to_radians() - 0.5).abs() < 0.2, "{name}");
        rig.run_until(Event::OffboardLost, 0.7);
        assert_eq!(rig.flight.state().mode, Mode::Hold, "{name}");
        rig.run(12.0);
        assert!(rig.velocity.length() < 0.6, "{name}: it does not come to rest");
        assert!(-rig.position.z > 1.0, "{name}: it is on the ground");
    }
}
