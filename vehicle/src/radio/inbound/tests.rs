//! Commands as they lie on the wire, and what they ask for.
//!
//! **Never:** asks what comes of them.

use super::*;

const NAN: f64 = f64::NAN;

#[test]
fn commands_mean_what_the_table_says_and_nothing_is_guessed() {
    let log_2 = Scope { category: Class::FlightLog, object: 2, recipient: Recipient::Maker };
    let in_hand = |how| Asks::Fly(Command::TakeInHand(how));
    let grant = |valid_s, purpose| Asks::Grant { scope: log_2, valid_s, purpose };
    for (name, number, p, expected) in [
        ("until withdrawn", 31010, [3.0, 2.0, 1.0, 0.0, 1.0], grant(None, Purpose::Delivery)),
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
        ("no exact place", 192, [0.0; 5], Asks::Unsupported),
        ("unknown", 31009, [0.0; 5], Asks::Unsupported),
    ] {
        let mut all = [0.0; 7];
        all[..5].copy_from_slice(&p);
        assert_eq!(asks(number, all), expected, "{name}");
    }
}

#[test]
fn a_place_is_read_to_the_centimetre_and_what_is_not_given_is_kept() {
    let (lat, lon) = (523_000_001, -49_000_002);
    let here = Some((52.300_000_1, -4.900_000_2));
    let spot = |lat_lon_deg, height| Spot { lat_lon_deg, height };
    let go = |spot, speed_mps| Asks::GoTo { spot, speed_mps };
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
        ("round what", 34, [nan, nan], (lat, lon), 40.0, 0, Asks::Nonsense),
    ] {
        let mut wire = [p1, p2, 0.0, 0.0].map(f32::to_le_bytes).concat();
        wire.extend([i32::to_le_bytes(x), i32::to_le_bytes(y), f32::to_le_bytes(z)].concat());
        wire.extend(u16::to_le_bytes(number));
        wire.extend([1, 1, frame]);
        let frame = Received { id: COMMAND_INT, system: 255, component: 190, payload: &wire };
        let Inbound::Command { asks, .. } = read(&frame) else { panic!("{name}") };
        assert_eq!(asks, expected, "{name}");
    }
}
