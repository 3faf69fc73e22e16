//! Whose ways the vehicle of a flight has: its identity, its modes and how the value of a parameter lies in its field,
//! as the evidence says, for the whole flight and every link of it.
//!
//! **Never:** lets the ways of one stand beside those of the other.

use super::parameters::{INT32, REAL32};
use evidence::Personality;
use mavlink::dialects::common::MavAutopilot;

const BY_ITSELF: u8 = 1 | 4 | 8 | 16;
const BY_HAND: u8 = 1 | 16 | 64;
/// A float tells every whole number up to here.
const WHOLE_MAX: f32 = 16_777_216.0;

/// A mode that may be shown: its number, its flags in the heartbeat, and how AVAILABLE_MODES lists it, with standard
/// mode, name and properties.
pub struct Mode(pub u32, pub u8, pub u8, pub &'static str, pub u32);

const PX4: [Mode; 11] = [
    Mode(0x0002_0000, BY_HAND, 4, "Altitude", 0),
    Mode(0x0003_0000, BY_HAND, 1, "Position", 0),
    Mode(0x0204_0000, BY_ITSELF, 8, "Takeoff", 4),
    Mode(0x0304_0000, BY_ITSELF, 0, "Hold", 4),
    Mode(0x0404_0000, BY_ITSELF, 6, "Mission", 4),
    Mode(0x0504_0000, BY_ITSELF, 5, "Return", 4),
    Mode(0x0604_0000, BY_ITSELF, 7, "Land", 4),
    Mode(0x0804_0000, BY_ITSELF, 0, "Follow Me", 4),
    Mode(0x0103_0000, BY_HAND, 2, "Orbit", 6),
    Mode(0x0007_0000, BY_HAND, 0, "Stabilized", 0),
    Mode(0x0006_0000, BY_HAND, 0, "Offboard", 0),
];

const ARDUPILOT: [Mode; 11] = [
    Mode(0, BY_HAND, 0, "Stabilize", 0),
    Mode(2, BY_HAND, 4, "Altitude Hold", 0),
    Mode(3, BY_ITSELF, 6, "Auto", 4),
    Mode(4, BY_ITSELF, 0, "Guided", 4),
    Mode(5, BY_ITSELF, 0, "Loiter", 4),
    Mode(6, BY_ITSELF, 5, "RTL", 4),
    Mode(7, BY_ITSELF, 2, "Circle", 6),
    Mode(9, BY_ITSELF, 7, "Land", 4),
    Mode(16, BY_HAND, 1, "Position Hold", 0),
    Mode(17, BY_ITSELF, 0, "Brake", 4),
    Mode(23, BY_ITSELF, 0, "Follow", 4),
];

/// Every mode, in the order in which they are listed.
pub fn modes(personality: Personality) -> &'static [Mode] {
    match personality {
        Personality::Px4 => &PX4,
        Personality::ArduPilot => &ARDUPILOT,
    }
}

/// What every heartbeat says of the autopilot.
pub fn autopilot(personality: Personality) -> MavAutopilot {
    match personality {
        Personality::Px4 => MavAutopilot::MAV_AUTOPILOT_PX4,
        Personality::ArduPilot => MavAutopilot::MAV_AUTOPILOT_ARDUPILOTMEGA,
    }
}

/// The capability by which it tells how values lie in their field.
pub fn encoding(personality: Personality) -> u64 {
    match personality {
        Personality::Px4 => 16,
        Personality::ArduPilot => 131_072,
    }
}

/// The release that it tells.
pub fn release(personality: Personality) -> u32 {
    match personality {
        Personality::Px4 => 1 << 24 | 15 << 16 | 255,
        Personality::ArduPilot => 4 << 24 | 5 << 16 | 7 << 8 | 255,
    }
}

/// Whether home stands before the first item of every mission.
pub fn is_home_first(personality: Personality) -> bool {
    match personality {
        Personality::Px4 => false,
        Personality::ArduPilot => true,
    }
}

/// Type and bytes of a value that a station sends, as PX4's stations would have sent it.
pub fn sent(personality: Personality, is_whole: bool, kind: u8, four: [u8; 4]) -> (u8, [u8; 4]) {
    match personality {
        Personality::Px4 => (kind, four),
        Personality::ArduPilot if !matches!(kind, 1..=INT32 | REAL32) => (kind, four),
        Personality::ArduPilot => match whole(f32::from_le_bytes(four)).filter(|_| is_whole) {
            Some(value) => (INT32, value.to_le_bytes()),
            None => (REAL32, four),
        },
    }
}

/// The bits of a value that the vehicle tells, as PX4 would have told it; none where it is in no form of theirs.
pub fn told(personality: Personality, is_whole: bool, value: f32) -> Option<u32> {
    match personality {
        Personality::ArduPilot if is_whole => {
            let whole = whole(value)?;
            // Minus zero would be a second zero.
            ((whole as f32).to_bits() == value.to_bits()).then_some(whole as u32)
        }
        Personality::Px4 | Personality::ArduPilot => Some(value.to_bits()),
    }
}

fn whole(value: f32) -> Option<i32> {
    (value.abs() <= WHOLE_MAX && value.fract() == 0.0).then_some(value as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::radio::parameters::COUNT;
    use crate::decode::radio::plans::HOME;
    use crate::tests::live::{Asked, PILOT, Told, shown_of};

    const BOTH: [Personality; 2] = [Personality::Px4, Personality::ArduPilot];

    /// The faults in what one and the other may not say.
    fn faults(asked: &[Asked], told: &Told) -> [bool; 2] {
        BOTH.map(|one| !shown_of(one, asked, std::slice::from_ref(told)).is_empty())
    }

    #[test]
    fn a_heartbeat_and_a_mode_are_of_one_autopilot_alone() {
        let beat = |number: u32, autopilot, flags| {
            (500, 0, [&number.to_le_bytes()[..], &[2, autopilot, flags, 3, 3]].concat())
        };
        for (told, expected) in [
            (beat(0x0304_0000, 12, 29), [false, true]),
            (beat(4, 3, 29), [true, false]),
            (beat(0, 3, 81), [true, false]),
            (beat(4, 12, 29), [true, true]),
            (beat(0x0304_0000, 3, 29), [true, true]),
            (beat(1, 3, 29), [true, true]),
            (beat(4, 3, 81), [true, true]),
            (beat(16, 3, 29), [true, true]),
        ] {
            assert_eq!(faults(&[], &told), expected, "{told:?}");
        }
        let current = |number: u32, standard| {
            let wire = [&number.to_le_bytes()[..], &[0, 0, 0, 0, standard]].concat();
            (1_000, 436, wire[..8 + usize::from(standard > 0)].to_vec())
        };
        for (told, expected) in [
            (current(0x0504_0000, 5), [false, true]),
            (current(6, 5), [true, false]),
            (current(6, 6), [true, true]),
            (current(8, 5), [true, true]),
        ] {
            assert_eq!(faults(&[], &told), expected, "{told:?}");
        }
    }

    #[test]
    fn a_value_is_told_and_taken_as_the_evidence_says() {
        let value = |four: [u8; 4]| {
            let mut wire = four.to_vec();
            wire.extend((COUNT as u16).to_le_bytes());
            wire.extend([13 + 9, 0]);
            wire.extend(b"NAV_DLL_ACT\0\0\0\0\0\x06");
            (100, 22, wire)
        };
        let set = |four: [u8; 4], kind| {
            let mut wire = four.to_vec();
            wire.extend([1, 1]);
            wire.extend(b"NAV_DLL_ACT\0\0\0\0\0");
            wire.push(kind);
            [(100, PILOT, 23, wire)]
        };
        let (whole, real) = (|v: i32| v.to_le_bytes(), |v: f32| v.to_le_bytes());
        for (asked, told, expected) in [
            (set(whole(3), 6), value(whole(3)), [false, true]),
            (set(real(3.0), 9), value(real(3.0)), [true, false]),
            (set(real(3.0), 2), value(real(3.0)), [true, false]),
            (set(real(3.0), 9), value(real(1.0)), [true, true]),
            (set(real(2.5), 9), value(real(2.5)), [true, true]),
            (set(real(2.5), 9), value(real(2.0)), [true, false]),
        ] {
            assert_eq!(faults(&asked, &told), expected, "{asked:?} {told:?}");
        }
    }

    #[test]
    fn home_stands_first_in_a_mission_whatever_was_uploaded_for_it() {
        let item = |seq: u8, command: u8, lat_e7: i32, p1: u8, to: (u8, u8)| {
            let mut wire = vec![0; 38];
            wire[0] = p1;
            wire[16..20].copy_from_slice(&lat_e7.to_le_bytes());
            wire[28..38].copy_from_slice(&[seq, 0, command, 0, to.0, to.1, 0, 0, 1, 0]);
            wire
        };
        let asked = [
            (100, PILOT, 44, vec![2, 0, 1, 1, 0]),
            (110, PILOT, 73, item(0, 200, 9, 1, (1, 1))),
            (120, PILOT, 73, item(1, 16, 9, 0, (1, 1))),
            (200, PILOT, 51, vec![0, 0, 1, 1, 0]),
        ];
        let mut hash = flate2::Crc::new();
        hash.update(&HOME);
        hash.update(&item(1, 16, 9, 0, (0, 0)));
        let id = hash.sum().to_le_bytes();
        let before: [Told; 3] = [
            (100, 51, vec![0, 0, 255, 190, 0]),
            (110, 51, vec![1, 0, 255, 190, 0]),
            (120, 47, [&[255, 190, 0, 0][..], &id].concat()),
        ];
        let told = |item: Vec<u8>| {
            let length = item.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
            let told = [&before[..], &[(200, 73, item[..length].to_vec())]].concat();
            shown_of(Personality::ArduPilot, &asked, &told).is_empty()
        };
        assert!(told(item(0, 16, 474_000_000, 0, PILOT)));
        assert!(!told(item(0, 16, 1_900_000_000, 0, PILOT)), "off Earth");
        assert!(!told(item(0, 16, 474_000_000, 7, PILOT)), "more than home");
        assert!(!told(item(0, 200, 474_000_000, 0, PILOT)), "another command");
        assert!(!shown_of(Personality::Px4, &asked, &before).is_empty());
    }

    #[test]
    fn a_number_is_read_as_one_and_has_one_form() {
        use Personality::{ArduPilot, Px4};
        let one = 1.0_f32.to_le_bytes();
        for (personality, is_whole, kind, four, expected) in [
            (Px4, true, 6, [1, 0, 0, 0], (6, [1, 0, 0, 0])),
            (Px4, true, 9, one, (9, one)),
            (ArduPilot, true, 6, one, (6, [1, 0, 0, 0])),
            (ArduPilot, true, 9, one, (6, [1, 0, 0, 0])),
            (ArduPilot, false, 6, one, (9, one)),
            (ArduPilot, true, 200, one, (200, one)),
            (ArduPilot, true, 6, [1, 0, 0, 0], (9, [1, 0, 0, 0])),
        ] {
            assert_eq!(sent(personality, is_whole, kind, four), expected, "{personality} {kind}");
        }
        for (personality, is_whole, value, expected) in [
            (Px4, true, f32::from_bits(4001), Some(4001)),
            (ArduPilot, true, 4001.0, Some(4001)),
            (ArduPilot, true, f32::from_bits(4001), None),
            (ArduPilot, true, -0.0, None),
            (ArduPilot, true, 0.5, None),
            (ArduPilot, true, f32::NAN, None),
            (ArduPilot, false, 0.5, Some(0.5_f32.to_bits())),
        ] {
            assert_eq!(told(personality, is_whole, value), expected, "{personality} {value}");
        }
    }
}
