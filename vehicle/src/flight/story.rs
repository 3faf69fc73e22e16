//! Whole flights on the test rig, told in a few lines each.
//!
//! **Never:** stands in for the simulator: the rig's ground and air are crude.

mod by_hand;
mod crippled;
mod fence;
mod guided;
mod plan;
mod starts;

use super::bench::{Rig, planned, provision, with_rotors};
use super::{Answer, Cause, Command, Event, Landed, Mode, Why};
use crate::senses::{MissionItem, Provision, TICK_S, Trigger, Waypoint};
use alloc::string::String;
use alloc::vec::Vec;
use glam::DVec3;

const UP_10_M: Command = Command::TakeOff { height_m: 10.0 };

fn hovering(seed: u64) -> Rig {
    let mut rig = Rig::armed(&provision(&[]), 0.7, seed);
    assert_eq!(rig.command(UP_10_M), Answer::Accepted);
    rig.run_until(Event::Hold, 15.0);
    rig.run(5.0);
    rig
}

#[test]
fn it_hovers_near_the_place_it_was_told_to_in_wind() {
    for seed in 1..6 {
        let mut rig = hovering(seed);
        rig.wind = DVec3::new(3.0, -2.0, 0.0);
        rig.run(10.0);
        let (mut worst_m, mut worst_off_m, mut lean) = (0.0f64, 0.0f64, 0.0f64);
        rig.watch(30.0, |rig| {
            worst_m = worst_m.max(rig.position.distance(DVec3::new(0.0, 0.0, -10.0)));
            worst_off_m = worst_off_m.max(rig.off_m());
            lean = lean.max(rig.flight.state().ned_from_frd.angle_between(rig.attitude));
        });
        assert!(worst_m < 2.5 && worst_off_m < 2.5, "{seed}: {worst_m} m, {worst_off_m} m off");
        assert!(lean < 0.03, "{seed}: {lean} rad");
    }
}

#[test]
fn it_takes_off_gently_straight_up() {
    let mut rig = Rig::armed(&provision(&[]), -2.0, 3);
    rig.command(UP_10_M);
    let (mut fastest, mut farthest, mut highest) = (0.0f64, 0.0f64, 0.0f64);
    rig.watch(15.0, |rig| {
        fastest = fastest.max(-rig.velocity.z);
        farthest = farthest.max(rig.position.truncate().length());
        highest = highest.max(-rig.position.z);
    });
    assert!(fastest < 3.3 && farthest < 1.5 && highest < 11.0);
    assert_eq!(rig.flight.state().mode, Mode::Hold);
    assert_eq!(rig.flight.state().landed, Landed::InAir);
}

#[test]
fn a_mission_in_wind_visits_its_points_and_comes_home() {
    let points = [(40.0, 0.0, 12.0, 2.0), (40.0, 50.0, 20.0, 0.0), (-10.0, 30.0, 8.0, 3.0)];
    let mut rig = Rig::armed(&provision(&points), 0.0, 11);
    rig.wind = DVec3::new(-3.0, 2.6, 0.0);
    assert_eq!(rig.command(Command::StartMission), Answer::Accepted);
    let mut fastest = 0.0f64;
    let mut nearest = [f64::INFINITY; 3];
    rig.watch(75.0, |rig| {
        fastest = fastest.max(rig.velocity.truncate().length());
        for (near, point) in nearest.iter_mut().zip(points) {
            let there = DVec3::new(point.0, point.1, -point.2);
            *near = near.min(rig.position.distance(there));
        }
    });
    assert!(rig.events.contains(&Event::MissionComplete), "{:?}", rig.events);
    assert!(fastest < 6.7);
    assert!(nearest[0] < 1.5 && nearest[1] < 3.0 && nearest[2] < 1.5);
    let visits = [0, 1, 2].map(|n| rig.events.contains(&Event::WaypointReached(n)));
    assert_eq!(visits, [true; 3]);

    rig.command(Command::Return);
    rig.run_until(Event::Disarmed, 60.0);
    let from_home_m = rig.position.length();
    assert!(from_home_m < 2.5);
    assert!(rig.events.ends_with(&[
        Event::Return(Cause::Pilot),
        Event::Landing(Cause::Home),
        Event::Landed,
        Event::Disarmed
    ]));
}

fn way_point(north: f64, east: f64, height: f64) -> MissionItem {
    MissionItem::Waypoint(Waypoint {
        label: String::new(),
        position_ned_m: DVec3::new(north, east, -height),
        stay_s: 0.0,
        takes_still: false,
    })
}

#[test]
fn a_mission_takes_off_slows_down_looks_aside_waits_and_lands_by_its_items() {
    let sight = DVec3::new(20.0, 40.0, 0.0);
    let items = [
        MissionItem::Speed { at_most_mps: 2.0 },
        MissionItem::TakeOff { height_m: 6.0 },
        MissionItem::LookAt { position_ned_m: sight },
        way_point(20.0, 0.0, 6.0),
        MissionItem::Delay { for_s: 4.0 },
        MissionItem::LookAhead,
        way_point(40.0, 0.0, 6.0),
        MissionItem::Land,
    ];
    let mut rig = Rig::armed(&planned(Vec::from(items)), 0.0, 12);
    assert_eq!(rig.command(Command::StartMission), Answer::Accepted);
    let mut fastest = 0.0f64;
    rig.watch(18.0, |rig| fastest = fastest.max(rig.velocity.truncate().length()));
    assert!(fastest < 2.5 && fastest > 1.5, "{fastest} m/s");
    assert!((rig.flight.state().heading_deg() - 90.0).abs() < 8.0, "looks at the sight");
    let reached = rig.now;
    rig.run_until(Event::WaypointReached(6), 40.0);
    assert!(rig.now.0 - reached.0 > 500 * 8, "it waited on the way");
    assert!(rig.flight.state().heading_deg().min(360.0 - rig.flight.state().heading_deg()) < 8.0);
    rig.run_until(Event::Disarmed, 40.0);
    let ends = [Event::MissionComplete, Event::Landing(Cause::Pilot), Event::Landed];
    assert!(rig.events.windows(3).any(|events| events == ends), "{:?}", rig.events);
    assert!(rig.position.distance(DVec3::new(40.0, 0.0, 0.0)) < 3.0);
}

#[test]
fn a_survey_circles_a_place_and_takes_a_still_at_each_step_of_its_way() {
    let items = [
        way_point(10.0, 0.0, 8.0),
        MissionItem::Trigger(Trigger::ByDistance { every_m: 6.0 }),
        way_point(10.0, 30.0, 8.0),
        MissionItem::Trigger(Trigger::Never),
        MissionItem::Loiter {
            label: String::new(),
            centre_ned_m: DVec3::new(0.0, 30.0, -8.0),
            radius_m: 8.0,
            is_clockwise: false,
            turns: 1.5,
        },
        MissionItem::Return,
    ];
    let mut rig = Rig::armed(&planned(Vec::from(items)), 0.0, 14);
    assert_eq!(rig.command(Command::StartMission), Answer::Accepted);
    rig.run_until(Event::WaypointReached(4), 60.0);
    let stills = rig.events.iter().filter(|event| **event == Event::CameraTriggered).count();
    assert!((5..=6).contains(&stills), "{stills} stills over 30 m");
    let (began, mut turned) = (rig.now, 0.0f64);
    let centre = DVec3::new(0.0, 30.0, -8.0);
    for _ in 0..50_000 {
        if rig.events.contains(&Event::MissionComplete) {
            break;
        }
        rig.run(0.002);
        let out = (rig.position - centre).truncate();
        turned += out.perp_dot(rig.velocity.truncate()) / out.length_squared() * 0.002;
    }
    assert!((-turned - 9.42).abs() < 1.0, "{turned} rad");
    assert!(rig.now.0 - began.0 < 500 * 40);
    rig.run_until(Event::Disarmed, 60.0);
    assert!(rig.position.length() < 3.0);
    let all = rig.events.iter().filter(|event| **event == Event::CameraTriggered).count();
    assert_eq!(all, stills, "none after the last");
}

#[test]
fn a_mission_that_begins_with_a_landing_does_not_start_on_the_ground() {
    for first in [MissionItem::Land, MissionItem::Return, MissionItem::Delay { for_s: 1.0 }] {
        let mut rig = Rig::armed(&planned(Vec::from([first])), 0.0, 13);
        assert_eq!(rig.command(Command::StartMission), Answer::Denied);
    }
}

#[test]
fn landing_touches_softly_and_stops_the_rotors() {
    for seed in 21..24 {
        let mut rig = hovering(seed);
        rig.wind = DVec3::new(2.0, 2.0, 0.0);
        rig.command(Command::Land);
        let mut sink_at_touch = 0.0;
        let mut before = rig.position.z;
        rig.watch(80.0, |rig| {
            if before <= 0.0 && rig.position.z > 0.0 && sink_at_touch == 0.0 {
                sink_at_touch = rig.velocity.z;
            }
            before = rig.position.z;
        });
        assert!(sink_at_touch < 0.9 && sink_at_touch > 0.0);
        assert!(rig.events.ends_with(&[Event::Landed, Event::Disarmed]), "{:?}", rig.events);
        assert_eq!(rig.flight.state().landed, Landed::OnGround);
    }
}

#[test]
fn a_lost_link_brings_it_home_and_a_regained_one_gives_it_back() {
    let mut rig = hovering(5);
    rig.link = false;
    rig.run_until(Event::Return(Cause::LinkLost), 4.1);
    rig.link = true;
    rig.run_until(Event::LinkRegained, 1.1);
    assert_eq!(rig.flight.state().mode, Mode::Return);
    assert_eq!(rig.command(Command::Hold), Answer::Accepted);
    rig.run(3.0);
    assert_eq!(rig.flight.state().mode, Mode::Hold);
}

#[test]
fn an_emptying_battery_first_brings_it_home_then_down() {
    let mut rig = hovering(6);
    rig.charge_pct = 19.0;
    rig.run(1.0);
    assert_eq!(rig.events.last(), Some(&Event::Return(Cause::LowBattery)));
    rig.command(Command::Hold);
    rig.run(1.0);
    assert_eq!(rig.flight.state().mode, Mode::Hold);
    rig.charge_pct = 7.0;
    rig.run(1.0);
    assert_eq!(rig.events.last(), Some(&Event::Landing(Cause::CriticalBattery)));
    assert_eq!(rig.command(Command::Hold), Answer::TemporarilyRejected);
    rig.run_until(Event::Disarmed, 40.0);
}

#[test]
fn without_satellites_it_comes_down_upright() {
    let mut rig = hovering(7);
    rig.sky = false;
    rig.run_until(Event::Disarmed, 50.0);
    assert!(rig.events.contains(&Event::Landing(Cause::NoFix)));
    assert!((rig.attitude * DVec3::Z).z > 0.99);
}

#[test]
fn rotors_stay_still_while_something_is_wrong() {
    let mut rig = Rig::new(&provision(&[]), 0.0, 8);
    rig.run(0.5);
    assert_eq!(rig.command(Command::Arm), Answer::TemporarilyRejected);
    rig.charge_pct = 20.0;
    rig.run(4.0);
    assert_eq!(rig.command(Command::Arm), Answer::TemporarilyRejected);
    rig.link = false;
    rig.charge_pct = 80.0;
    rig.run(5.0);
    assert_eq!(rig.command(Command::Arm), Answer::TemporarilyRejected);
    rig.run(0.1);
    let refused =
        [Why::NoFix, Why::Starting, Why::LowBattery, Why::NoLink].map(Event::ArmingRefused);
    assert_eq!(rig.events, refused);
}

#[test]
fn commands_out_of_place_are_refused() {
    let mut rig = Rig::armed(&provision(&[]), 0.0, 9);
    for (command, answer) in [
        (Command::TakeOff { height_m: f64::NAN }, Answer::Denied),
        (Command::TakeOff { height_m: -3.0 }, Answer::Denied),
        (Command::StartMission, Answer::Denied),
        (Command::Land, Answer::TemporarilyRejected),
        (Command::Arm, Answer::Accepted),
        (UP_10_M, Answer::Accepted),
        (UP_10_M, Answer::TemporarilyRejected),
        (Command::Disarm, Answer::Denied),
    ] {
        assert_eq!(rig.command(command), answer, "{command:?}");
    }
}

/// Wind that blows steadily and gusts by `gust_mps` about that, as first-order noise over two seconds.
fn blow(rig: &mut Rig, steady: DVec3, gust_mps: f64, seconds: f64, mut look: impl FnMut(&Rig)) {
    let mut gust = DVec3::ZERO;
    for _ in 0..(seconds / TICK_S) as u64 {
        let kick = gust_mps * libm::sqrt(TICK_S);
        gust = gust * (1.0 - 0.5 * TICK_S) + rig.chance.vector(kick);
        rig.wind = steady + gust;
        rig.run(TICK_S);
        look(rig);
    }
}

#[test]
fn the_wind_does_not_push_it_from_where_it_believes_to_be() {
    for seed in 1..5 {
        let mut rig = hovering(seed);
        let steady = DVec3::new(7.0, -4.0, 0.0);
        blow(&mut rig, steady, 1.5, 20.0, |_| {});
        let (mut count, mut squares_m2, mut wind) = (0.0, 0.0, DVec3::ZERO);
        blow(&mut rig, steady, 1.5, 40.0, |rig| {
            let state = rig.flight.state();
            count += 1.0;
            squares_m2 += state.position_ned_m.distance_squared(DVec3::new(0.0, 0.0, -10.0));
            wind += state.wind_ned_mps.unwrap_or(DVec3::ZERO);
        });
        let rms_m = libm::sqrt(squares_m2 / count);
        assert!(rms_m < 0.2, "{seed}: {rms_m} m");
        let off_mps = (wind / count).distance(steady);
        assert!(off_mps < 1.5, "{seed}: {off_mps} m/s");
    }
}

#[test]
fn ten_seconds_without_satellites_cost_less_than_a_metre_and_a_half() {
    for seed in 1..9 {
        let mut rig = hovering(seed);
        rig.wind = DVec3::new(5.0, -3.0, 0.0);
        rig.run(20.0);
        let off = |rig: &Rig| rig.flight.state().position_ned_m - rig.position;
        let before = off(&rig);
        rig.sky = false;
        rig.run(10.0);
        let drift_m = (off(&rig) - before).length();
        assert!(drift_m < 1.5, "{seed}: {drift_m} m");
        rig.sky = true;
        rig.run(5.0);
        assert_eq!(rig.flight.state().mode, Mode::Hold);
    }
}

#[test]
fn a_step_of_five_metres_hardly_overshoots() {
    for seed in 1..6 {
        let mut rig = Rig::armed(&provision(&[(5.0, 0.0, 10.0, 20.0)]), 0.0, seed);
        rig.command(UP_10_M);
        rig.run_until(Event::Hold, 15.0);
        rig.run(5.0);
        rig.command(Command::StartMission);
        let mut farthest_m = 0.0f64;
        rig.watch(12.0, |rig| farthest_m = farthest_m.max(rig.flight.state().position_ned_m.x));
        let at_m = rig.flight.state().position_ned_m.x;
        assert!(farthest_m < 5.5 && (at_m - 5.0).abs() < 0.2, "{seed}: {farthest_m} {at_m}");
    }
}

#[test]
fn a_lost_rotor_costs_the_heading_and_not_the_vehicle() {
    for airframe in [with_rotors(6), with_rotors(8)] {
        for rotor in 0..airframe.rotors.len() {
            let mut rig =
                Rig::armed(&Provision { airframe: airframe.clone(), ..provision(&[]) }, 0.7, 3);
            rig.command(UP_10_M);
            rig.run_until(Event::Hold, 15.0);
            rig.wind = DVec3::new(3.0, 1.0, 0.0);
            rig.run(5.0);
            rig.broken = Some(rotor);
            rig.run_until(Event::Landed, 30.0);
            let (count, upright) = (airframe.rotors.len(), (rig.attitude * DVec3::Z).z);
            assert!(rig.events.contains(&Event::RotorLost(rotor as u8)));
            assert!(rig.events.contains(&Event::Landing(Cause::RotorLost)));
            assert!(upright > 0.9, "{count} rotors without {rotor}: {upright}");
        }
    }
}

#[test]
fn after_a_circle_it_waits_beside_the_place_and_not_over_it() {
    let centre_ned_m = DVec3::new(0.0, 25.0, -8.0);
    let items = [
        MissionItem::Loiter {
            label: String::new(),
            centre_ned_m,
            radius_m: 12.0,
            is_clockwise: true,
            turns: 1.0,
        },
        MissionItem::Delay { for_s: 10.0 },
    ];
    let mut rig = Rig::armed(&planned(Vec::from(items)), 0.0, 15);
    assert_eq!(rig.command(Command::StartMission), Answer::Accepted);
    rig.run_until(Event::MissionComplete, 90.0);
    rig.run(10.0);
    let beside_m = (rig.position - centre_ned_m).truncate().length();
    assert!(beside_m > 9.0, "{beside_m} m from the middle");
}
