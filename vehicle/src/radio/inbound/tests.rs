//! Commands as they lie on the wire, and what they ask for.
//!
//! **Never:** asks what comes of them.

use super::*;
use crate::flight::Manual;
use alloc::vec;
use alloc::vec::Vec;

const NAN: f64 = f64::NAN;

fn read(frame: &Received<'_>) -> Inbound {
    super::read(frame, Personality::Px4)
}

fn asked(id: u32, payload: &[u8]) -> Asks {
    let frame = Received { id, system: 255, component: 190, payload };
    let Inbound::Command { asks, .. } = read(&frame) else { panic!("a command") };
    asks
}

#[test]
fn commands_mean_what_the_table_says_and_nothing_is_guessed() {
    let log_2 = Scope { category: Class::FlightLog, object: 2, recipient: Recipient::Maker };
    let in_hand = |how| Asks::Fly(Command::TakeInHand(how));
    let grant = |valid_s, purpose| Asks::Grant { scope: log_2, valid_s, purpose };
    for (name, number, p, expected) in [
        ("until withdrawn", 31010_u16, [3.0, 2.0, 1.0, 0.0, 1.0], grant(None, Purpose::Delivery)),
        ("a minute", 31010, [3.0, 2.0, 1.0, 60.0, 3.0], grant(Some(60.0), Purpose::Publication)),
        ("no purpose", 31010, [3.0, 2.0, 1.0, 0.0, 0.0], Asks::Nonsense),
        ("no object", 31010, [3.0, 0.0, 1.0, 0.0, 1.0], Asks::Nonsense),
        ("half an object", 31010, [3.0, 1.5, 1.0, 0.0, 1.0], Asks::Nonsense),
        ("a key", 31010, [8.0, 2.0, 1.0, 0.0, 1.0], Asks::Nonsense),
        ("to nobody known", 31010, [3.0, 2.0, 2.0, 0.0, 1.0], Asks::Nonsense),
        ("for less than nothing", 31010, [3.0, 2.0, 1.0, -1.0, 1.0], Asks::Nonsense),
        ("for ever and a day", 31010, [3.0, 2.0, 1.0, f64::INFINITY, 1.0], Asks::Nonsense),
        ("not a number", 31010, [NAN, NAN, NAN, NAN, NAN], Asks::Nonsense),
        ("withdrawn", 31011, [3.0, 2.0, 1.0, 0.0, 0.0], Asks::Withdraw(log_2)),
        ("listed", 31012, [NAN; 5], Asks::ListConsent),
        (
            "unlocked",
            31005,
            [7.0, 9.0, 60.0, 0.0, 0.0],
            Asks::Unlock { zone: 7, code: 9, valid_s: 60 },
        ),
        ("reset", 245, [4.0, 0.0, 0.0, 0.0, 0.0], Asks::Reset),
        ("another kind of storage", 245, [1.0, 0.0, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("view", 2502, [0.0; 5], Asks::View(true)),
        ("disarmed", 400, [0.0; 5], Asks::Fly(Command::Disarm)),
        ("stopped", 400, [0.0, 21_196.0, 0.0, 0.0, 0.0], Asks::Fly(Command::StopMotors)),
        ("nearly stopped", 400, [0.0, 21_195.0, 0.0, 0.0, 0.0], Asks::Fly(Command::Disarm)),
        ("braked", 193, [0.0; 5], Asks::Fly(Command::Brake)),
        ("continued", 193, [1.0, 0.0, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("followed", 176, [1.0, 4.0, 8.0, 0.0, 0.0], Asks::Fly(Command::Follow)),
        ("by hand", 176, [1.0, 7.0, 0.0, 0.0, 0.0], in_hand(Manual::Stabilise)),
        ("height held", 176, [1.0, 2.0, 0.0, 0.0, 0.0], in_hand(Manual::AltitudeHold)),
        ("place held", 176, [1.0, 3.0, 0.0, 0.0, 0.0], in_hand(Manual::PositionHold)),
        ("acrobatics", 176, [1.0, 5.0, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("stabilised by no custom mode", 176, [0.0, 7.0, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("a mode that is none", 176, [1.0, 4.0, 9.0, 0.0, 0.0], Asks::Nonsense),
        ("a mode beyond all", 176, [1.0, 1e9, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("armed by force", 400, [1.0, 2989.0, 0.0, 0.0, 0.0], Asks::Fly(Command::Arm)),
        ("half armed", 400, [0.5, 0.0, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("ended", 185, [1.0, 0.0, 0.0, 0.0, 0.0], Asks::Fly(Command::StopMotors)),
        ("not ended", 185, [0.0; 5], Asks::Nonsense),
        ("slower", 178, [1.0, 3.0, -1.0, 0.0, 0.0], Asks::Fly(Command::LimitSpeed(3.0))),
        ("sinking slower", 178, [3.0, 3.0, -1.0, 0.0, 0.0], Asks::Nonsense),
        ("a part of a mission", 300, [2.0, 0.0, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("told", 512, [242.0, 0.0, 0.0, 0.0, 0.0], Asks::Tell { id: 242, which: 0, by: 512 }),
        ("told which", 512, [435.0, 2.0, 0.0, 0.0, 0.0], Asks::Tell { id: 435, which: 2, by: 512 }),
        ("told nothing", 512, [NAN; 5], Asks::Unsupported),
        (
            "told ten times a second",
            511,
            [30.0, 100_000.0, 0.0, 0.0, 0.0],
            Asks::Every { id: 30, interval: Interval::Ticks(50) },
        ),
        (
            "told without end",
            511,
            [30.0, 1.0, 0.0, 0.0, 0.0],
            Asks::Every { id: 30, interval: Interval::Ticks(10) },
        ),
        (
            "told never",
            511,
            [30.0, -1.0, 0.0, 0.0, 0.0],
            Asks::Every { id: 30, interval: Interval::Never },
        ),
        ("told before", 511, [30.0, -2.0, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("told when", 511, [30.0, NAN, 0.0, 0.0, 0.0], Asks::Nonsense),
        ("its version", 520, [1.0, 0.0, 0.0, 0.0, 0.0], Asks::Tell { id: 148, which: 0, by: 520 }),
        ("a log streamed", 2510, [0.0; 5], Asks::Nonsense),
        ("switched off and on", 246, [1.0, 0.0, 0.0, 0.0, 0.0], Asks::Unsupported),
        ("unknown", 31009, [0.0; 5], Asks::Unsupported),
    ] {
        let wire = [p.map(|p| (p as f32).to_le_bytes()).concat(), vec![0; 8]].concat();
        let wire = [&wire[..], &number.to_le_bytes(), &[1, 1]].concat();
        assert_eq!(asked(COMMAND_LONG, &wire), expected, "{name}");
    }
}

#[test]
fn a_place_is_read_to_the_centimetre_and_what_is_not_given_is_kept() {
    let (lat, lon) = (523_000_001, -49_000_002);
    let here = Some((52.300_000_1, -4.900_000_2));
    let spot = |lat_lon_deg, height| Spot { lat_lon_deg, height };
    let go = |spot, speed_mps| Asks::GoTo { spot, speed_mps, nose_rad: Some(0.0) };
    let (none, nan) = (i32::MAX, f32::NAN);
    for (name, number, [p1, p2], (x, y), z, frame, expected) in [
        (
            "there",
            192,
            [3.0, 1.0],
            (lat, lon),
            40.0,
            0,
            go(spot(here, Height::AboveSea(40.0)), Some(3.0)),
        ),
        (
            "over home",
            192,
            [-1.0, 1.0],
            (lat, lon),
            40.0,
            3,
            go(spot(here, Height::AboveHome(40.0)), None),
        ),
        ("as high", 192, [nan, 1.0], (lat, lon), nan, 0, go(spot(here, Height::Kept), None)),
        (
            "only higher",
            192,
            [-1.0, 1.0],
            (none, none),
            9.0,
            0,
            go(spot(None, Height::AboveSea(9.0)), None),
        ),
        ("pause", 192, [nan, nan], (none, none), nan, 0, Asks::Fly(Command::Hold)),
        ("off Earth", 192, [3.0, 1.0], (950_000_000, lon), 40.0, 0, Asks::Nonsense),
        (
            "left round",
            34,
            [-9.0, 2.0],
            (lat, lon),
            40.0,
            3,
            Asks::Orbit {
                spot: spot(here, Height::AboveSea(40.0)),
                radius_m: 9.0,
                is_clockwise: false,
                speed_mps: Some(2.0),
            },
        ),
        (
            "over the ground",
            192,
            [nan, 1.0],
            (lat, lon),
            9.0,
            11,
            go(spot(here, Height::AboveHome(9.0)), None),
        ),
        ("in the body's frame", 192, [nan, 1.0], (lat, lon), 9.0, 12, Asks::UnknownFrame),
        ("half a place", 192, [nan, 1.0], (lat, none), 9.0, 0, Asks::Nonsense),
        ("without end", 192, [nan, 1.0], (lat, lon), f32::INFINITY, 0, Asks::Nonsense),
        ("home here", 179, [1.0, 0.0], (0, 0), 0.0, 0, Asks::SetHome(None)),
        (
            "home there",
            179,
            [0.0, 0.0],
            (lat, lon),
            4.0,
            5,
            Asks::SetHome(Some(spot(here, Height::AboveSea(4.0)))),
        ),
        ("home nowhere", 179, [0.0, 0.0], (none, none), 4.0, 5, Asks::Nonsense),
        (
            "looked at",
            195,
            [0.0, 0.0],
            (lat, lon),
            4.0,
            6,
            Asks::LookAt(Some(spot(here, Height::AboveHome(4.0)))),
        ),
        ("looked at no more", 197, [0.0, 0.0], (0, 0), 0.0, 0, Asks::LookAt(None)),
        ("up", 22, [-1.0, 0.0], (none, none), 9.0, 0, Asks::TakeOff(Height::AboveSea(9.0))),
        ("up over home", 22, [0.0, 0.0], (0, 0), 9.0, 3, Asks::TakeOff(Height::AboveHome(9.0))),
        ("up elsewhere", 22, [0.0, 0.0], (lat, lon), 9.0, 3, Asks::Nonsense),
        ("up somehow", 22, [nan, nan], (none, none), nan, 0, Asks::TakeOff(Height::Kept)),
        ("round what", 34, [nan, nan], (lat, lon), 40.0, 0, Asks::Nonsense),
    ] {
        let mut wire = [p1, p2, 0.0, 0.0].map(f32::to_le_bytes).concat();
        wire.extend([i32::to_le_bytes(x), i32::to_le_bytes(y), f32::to_le_bytes(z)].concat());
        wire.extend(u16::to_le_bytes(number));
        wire.extend([1, 1, frame]);
        assert_eq!(asked(COMMAND_INT, &wire), expected, "{name}");
    }
}

#[test]
fn the_long_form_names_the_same_places_as_the_int_form() {
    let (nan, here) = (f32::NAN, Some((52.5, 4.25)));
    let spot = |lat_lon_deg, height| Spot { lat_lon_deg, height };
    for (name, number, p, expected) in [
        (
            "there",
            192,
            [3.0, 1.0, 0.0, nan, 52.5, 4.25, 40.0],
            Asks::GoTo {
                spot: spot(here, Height::AboveSea(40.0)),
                speed_mps: Some(3.0),
                nose_rad: None,
            },
        ),
        ("pause", 192, [nan, 1.0, 0.0, nan, nan, nan, nan], Asks::Fly(Command::Hold)),
        (
            "home",
            179,
            [0.0, 0.0, 0.0, 0.0, 52.5, 4.25, 40.0],
            Asks::SetHome(Some(spot(here, Height::AboveSea(40.0)))),
        ),
        ("all NaN, up", 22, [nan; 7], Asks::TakeOff(Height::Kept)),
        (
            "zeros and a height, up",
            22,
            [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 12.0],
            Asks::TakeOff(Height::AboveSea(12.0)),
        ),
        ("up without end", 22, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, f32::INFINITY], Asks::Nonsense),
        ("land", 21, [0.0, 0.0, 0.0, nan, nan, nan, nan], Asks::Fly(Command::Land)),
        ("land elsewhere", 21, [0.0, 0.0, 0.0, nan, 52.5, 4.25, 0.0], Asks::Nonsense),
        (
            "looked at, in the older way",
            201,
            [3.0, 0.0, 0.0, 0.0, 52.5, 4.25, 40.0],
            Asks::LookAt(Some(spot(here, Height::AboveSea(40.0)))),
        ),
    ] {
        let wire = p.map(f32::to_le_bytes).concat();
        let wire = [&wire[..], &u16::to_le_bytes(number), &[1, 1]].concat();
        assert_eq!(asked(COMMAND_LONG, &wire), expected, "{name}");
    }
}

#[test]
fn whom_a_command_is_for_decides_who_answers_and_a_payload_cut_short_is_zeros() {
    let command = |targets: [u8; 2]| {
        let wire: Vec<u8> = [&[0; 28][..], &20_u16.to_le_bytes(), &targets].concat();
        let frame = Received { id: COMMAND_LONG, system: 255, component: 190, payload: &wire };
        match read(&frame) {
            Inbound::Command { given, .. } => Some(given.addressed),
            _ => None,
        }
    };
    for (targets, expected) in [
        ([0, 0], Some(Component::Autopilot)),
        ([1, 0], Some(Component::Autopilot)),
        ([1, 1], Some(Component::Autopilot)),
        ([1, 100], Some(Component::Camera)),
        ([1, 154], Some(Component::Gimbal)),
        ([1, 2], None),
        ([9, 1], None),
    ] {
        assert_eq!(command(targets), expected, "{targets:?}");
    }
    for length in 0..28 {
        assert_eq!(asked(COMMAND_LONG, &[0; 35][..length]), Asks::Unsupported, "{length}");
    }
}

#[test]
fn modes_and_groups_come_in_messages_that_have_no_answer() {
    let read_as =
        |id, payload: &[u8]| match read(&Received { id, system: 255, component: 190, payload }) {
            Inbound::Mode(asks) => Some((Some(asks), None)),
            Inbound::Group { group, interval } => Some((None, Some((group, interval)))),
            _ => None,
        };
    let mode = |asks| Some((Some(asks), None));
    let often = |group, interval| Some((None, Some((group, interval))));
    for (id, payload, expected) in [
        (SET_MODE, &[0, 0, 4, 5, 1, 1][..], mode(Asks::Fly(Command::Return))),
        (SET_MODE, &[0, 0, 4, 4, 1, 0x81], mode(Asks::Mission)),
        (SET_MODE, &[0, 0, 4, 5, 1, 0x80], mode(Asks::Nonsense)),
        (SET_MODE, &[0, 0, 4, 5, 9, 1], None),
        (SET_MODE, &[], mode(Asks::Nonsense)),
        (REQUEST_DATA_STREAM, &[4, 0, 1, 1, 0, 1], often(0, Interval::Ticks(125))),
        (REQUEST_DATA_STREAM, &[0xFF, 0xFF, 1, 1, 6, 1], often(6, Interval::Ticks(10))),
        (REQUEST_DATA_STREAM, &[4, 0, 1, 1, 6, 0], often(6, Interval::Usual)),
        (REQUEST_DATA_STREAM, &[0, 0, 1, 1, 6, 1], often(6, Interval::Usual)),
        (REQUEST_DATA_STREAM, &[4, 0, 7, 1, 6, 1], None),
    ] {
        assert_eq!(read_as(id, payload), expected, "{payload:?}");
    }
}
