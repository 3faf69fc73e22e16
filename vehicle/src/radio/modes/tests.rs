//! What is shown of each mode, and what each number asks for.

use super::*;
use crate::flight::bench::provision;
use crate::flight::{Command, Flight, Manual};
use crate::radio::inbound::Height;
use alloc::vec::Vec;

const MODES: [Mode; 14] = [
    Mode::Disarmed,
    Mode::TakeOff,
    Mode::Hold,
    Mode::GoTo,
    Mode::Brake,
    Mode::Mission,
    Mode::Return,
    Mode::Land,
    Mode::Follow,
    Mode::AltitudeHold,
    Mode::PositionHold,
    Mode::Orbit,
    Mode::Offboard,
    Mode::Stabilise,
];

fn in_mode(mode: Mode) -> State {
    let mut state = Flight::new(&provision(&[])).state().clone();
    state.mode = mode;
    state
}

fn numbers(personality: Personality) -> Vec<(u32, bool)> {
    let face = Face::new(personality);
    let shown = |mode| (face.number(&in_mode(mode)), face.is_auto(&in_mode(mode)));
    MODES.map(shown).to_vec()
}

#[test]
fn every_mode_of_the_flight_has_its_number_in_either_list() {
    let hold = (0x0304_0000, true);
    let px4 = [
        hold,
        (0x0204_0000, true),
        hold,
        hold,
        hold,
        (0x0404_0000, true),
        (0x0504_0000, true),
        (0x0604_0000, true),
        (0x0804_0000, true),
        (0x0002_0000, false),
        (0x0003_0000, false),
        (0x0103_0000, false),
        (0x0006_0000, false),
        (0x0007_0000, false),
    ];
    assert_eq!(numbers(Personality::Px4), px4);
    let (by_itself, by_hand) = (|number| (number, true), |number| (number, false));
    let ardupilot = [
        by_itself(5),
        by_itself(4),
        by_itself(5),
        by_itself(4),
        by_itself(17),
        by_itself(3),
        by_itself(6),
        by_itself(9),
        by_itself(23),
        by_hand(2),
        by_hand(16),
        by_itself(7),
        by_itself(4),
        by_hand(0),
    ];
    assert_eq!(numbers(Personality::ArduPilot), ardupilot);
    for personality in [Personality::Px4, Personality::ArduPilot] {
        let is_listed = |number| rows(personality).iter().any(|row| row.number == number);
        assert!(numbers(personality).iter().all(|(number, _)| is_listed(*number)));
        let listed = (0..=12).filter_map(|place| available(personality, place)).count();
        assert_eq!(listed, usize::from(count(personality)));
    }
}

#[test]
fn ardupilots_numbers_ask_for_what_their_names_say_and_no_other_does() {
    let in_hand = |how| Asks::Fly(Command::TakeInHand(how));
    for number in (0..300).chain([u32::MAX, 0x0304_0000]) {
        let expected = match number {
            0 => in_hand(Manual::Stabilise),
            2 => in_hand(Manual::AltitudeHold),
            3 => Asks::Mission,
            4 => Asks::Lead,
            5 => Asks::Fly(Command::Hold),
            6 => Asks::Fly(Command::Return),
            9 => Asks::Fly(Command::Land),
            16 => in_hand(Manual::PositionHold),
            17 => Asks::Fly(Command::Brake),
            23 => Asks::Fly(Command::Follow),
            _ => Asks::Nonsense,
        };
        assert_eq!(set(Personality::ArduPilot, number), expected, "{number}");
        assert_eq!(ordered(Personality::ArduPilot, number, 0), expected, "{number}");
    }
    let px4 = set(Personality::Px4, 0x0204_0000);
    assert_eq!(px4, Asks::TakeOff(Height::Kept));
    assert_eq!(ordered(Personality::Px4, 4, 2), px4);
}

#[test]
fn whoever_was_led_somewhere_is_shown_as_guided_until_he_is_told_to_stay() {
    let mut face = Face::new(Personality::ArduPilot);
    let show = |face: &mut Face, mode| {
        face.follow(&in_mode(mode));
        face.number(&in_mode(mode))
    };
    for (mode, expected) in [
        (Mode::Disarmed, 5),
        (Mode::TakeOff, 4),
        (Mode::Hold, 4),
        (Mode::Return, 6),
        (Mode::Hold, 5),
        (Mode::GoTo, 4),
        (Mode::Hold, 4),
    ] {
        assert_eq!(show(&mut face, mode), expected, "{mode:?}");
    }
    face.hold(false);
    assert_eq!(show(&mut face, Mode::Hold), 5);
    face.hold(true);
    assert_eq!(show(&mut face, Mode::Disarmed), 4);
}
