//! What each item of a mission becomes, and which are refused when they come.

use super::super::{Kind, NOT_GIVEN};
use super::*;
use alloc::format;

fn item(seq: u16, command: u16, p: [f32; 4]) -> Item {
    Item {
        p: p.map(f32::to_bits),
        x: 10 * i32::from(seq),
        y: 20,
        z: 12.0_f32.to_bits(),
        seq,
        command,
        frame: 6,
        current: 0,
        autocontinue: 1,
        kind: Kind::Mission,
    }
}

/// The route of some commands with their parameters, as short words.
fn flown(commands: &[(u16, [f32; 4])]) -> Vec<String> {
    let items: Vec<Item> =
        (0..).zip(commands).map(|(seq, (command, p))| item(seq, *command, *p)).collect();
    assert_eq!(items.iter().try_for_each(check_item), Ok(()));
    assert_eq!(check(&items, 0), Ok(()));
    let route = route(&items, 0, 400.0, |lat, lon, alt_m| {
        DVec3::new(libm::round(lat * 1e7), libm::round(lon * 1e7), 400.0 - alt_m)
    });
    let words = |(leg, seq): (&MissionItem, &u16)| match leg {
        MissionItem::Waypoint(point) => {
            format!("{seq}: to {} for {}", point.position_ned_m, point.stay_s)
        }
        other => format!("{seq}: {other:?}"),
    };
    route.items.iter().zip(&route.seqs).map(words).collect()
}

const NAN: f32 = f32::NAN;

#[test]
fn each_item_is_flown_as_it_says() {
    for (commands, expected) in [
        (&[(16, [NAN, 5.0, 0.0, NAN])][..], &["0: to [0, 20, -12] for 0"][..]),
        (&[(16, [2.5, 0.0, 0.0, 0.0])], &["0: to [0, 20, -12] for 2.5"]),
        (&[(19, [9.0, 0.0, 0.0, 0.0])], &["0: to [0, 20, -12] for 9"]),
        (&[(17, [0.0; 4])], &["0: to [0, 20, -12] for 1000000"]),
        (&[(31, [0.0; 4])], &["0: to [0, 20, -12] for 0"]),
        (&[(22, [NAN; 4])], &["0: TakeOff { height_m: 12.0 }"]),
        (&[(20, [NAN; 4])], &["0: Return"]),
        (&[(93, [4.0, -1.0, -1.0, -1.0])], &["0: Delay { for_s: 4.0 }"]),
        (&[(178, [1.0, 3.5, -1.0, 0.0])], &["0: Speed { at_most_mps: 3.5 }"]),
        (&[(178, [1.0, -1.0, -1.0, 0.0])], &[]),
        (&[(195, [0.0; 4])], &["0: LookAt { position_ned_m: DVec3(0.0, 20.0, -12.0) }"]),
        (&[(197, [0.0; 4])], &["0: LookAhead"]),
        (&[(206, [7.0, 0.0, 1.0, 0.0])], &["0: Trigger(ByDistance { every_m: 7.0 })"]),
        (&[(206, [0.0; 4])], &["0: Trigger(Never)"]),
        (&[(214, [2500.0, 0.0, 0.0, 0.0])], &["0: Trigger(ByTime { every_s: 2.5 })"]),
        (&[(214, [-1.0; 4])], &["0: Trigger(Never)"]),
        (&[(2000, [0.0, 0.0, 1.0, 0.0])], &["0: TakeStill"]),
        (&[(2000, [0.0, 2.0, 0.0, 0.0])], &["0: Trigger(ByTime { every_s: 2.0 })"]),
        (&[(2001, [NAN; 4])], &["0: Trigger(Never)"]),
        // Down at a place: there first, as high as it flies.
        (
            &[(22, [0.0; 4]), (21, [0.0; 4])],
            &["0: TakeOff { height_m: 12.0 }", "1: to [10, 20, -12] for 0", "1: Land"],
        ),
        (
            &[(18, [2.0, 0.0, -30.0, 0.0])],
            &["0: Loiter { label: \"\", centre_ned_m: DVec3(0.0, 20.0, -12.0), radius_m: 30.0, \
               is_clockwise: false, turns: 2.0 }"],
        ),
    ] {
        assert_eq!(flown(commands), expected, "{commands:?}");
    }
}

#[test]
fn jumps_are_unrolled_and_every_mission_ends() {
    let (point, back) = (16, 177);
    let seqs = |commands: &[(u16, [f32; 4])]| -> Vec<String> {
        flown(commands).iter().map(|leg| leg[..1].into()).collect()
    };
    let jump = |to: f32, times: f32| (back, [to, times, 0.0, 0.0]);
    assert_eq!(seqs(&[(point, [0.0; 4]), jump(0.0, 2.0), (20, [0.0; 4])]), ["0", "0", "0", "2"]);
    assert_eq!(seqs(&[jump(2.0, 1.0), (point, [0.0; 4]), (20, [0.0; 4])]), ["2"]);
    for (to, times, expected) in
        [(0.0, 1000.0, Outcome::NoSpace), (3.0, 1.0, Outcome::InvalidParam1)]
    {
        let long = [
            item(0, point, [0.0; 4]),
            item(1, point, [0.0; 4]),
            item(2, back, [to, times, 0.0, 0.0]),
        ];
        assert_eq!(check(&long, 0), Err(expected), "{to} {times}");
    }
}

#[test]
fn what_cannot_be_flown_so_is_refused() {
    for (command, p, expected) in [
        (16, [-1.0, 0.0, 0.0, 0.0], Outcome::InvalidParam1),
        (16, [f32::INFINITY, 0.0, 0.0, 0.0], Outcome::InvalidParam1),
        (18, [0.0, 0.0, 20.0, 0.0], Outcome::InvalidParam1),
        (18, [1.0, 0.0, NAN, 0.0], Outcome::InvalidParam3),
        (93, [NAN; 4], Outcome::InvalidParam1),
        (93, [-1.0, 12.0, 0.0, 0.0], Outcome::InvalidParam1),
        (177, [0.0, -1.0, 0.0, 0.0], Outcome::InvalidParam2),
        (177, [0.5, 1.0, 0.0, 0.0], Outcome::InvalidParam1),
        (178, [0.0, NAN, 0.0, 0.0], Outcome::InvalidParam2),
        (178, [7.0, 3.0, 0.0, 0.0], Outcome::InvalidParam1),
        (206, [-3.0, 0.0, 0.0, 0.0], Outcome::InvalidParam1),
        (214, [20.0; 4], Outcome::InvalidParam1),
        (2000, [0.0, 0.2, 0.0, 0.0], Outcome::InvalidParam2),
        (2000, [0.0, 1.0, 3.0, 0.0], Outcome::InvalidParam3),
        (2500, [0.0; 4], Outcome::Unsupported),
        (1000, [0.0; 4], Outcome::Unsupported),
        (115, [0.0; 4], Outcome::Unsupported),
        (5001, [3.0; 4], Outcome::Unsupported),
    ] {
        assert_eq!(check_item(&item(0, command, p)), Err(expected), "{command} {p:?}");
    }
    let at =
        |x, z: f32, frame, command| Item { x, z: z.to_bits(), frame, ..item(0, command, [0.0; 4]) };
    for (item, expected) in [
        (at(NOT_GIVEN, 5.0, 6, 16), Outcome::InvalidPlace),
        (at(1_000_000_000, 5.0, 6, 195), Outcome::InvalidPlace),
        (at(0, NAN, 6, 16), Outcome::InvalidHeight),
        (at(0, 20_000.0, 6, 22), Outcome::InvalidHeight),
        (at(0, 5.0, 2, 16), Outcome::UnsupportedFrame),
        (at(0, 5.0, 10, 16), Outcome::UnsupportedFrame),
        (at(0, 5.0, 255, 20), Outcome::UnsupportedFrame),
    ] {
        assert_eq!(check_item(&item), Err(expected), "{item:?}");
    }
}
