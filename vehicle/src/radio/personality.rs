//! In what PX4's ways with ground stations and ArduCopter's differ, beside their modes: each room asks here.
//!
//! Source: ArduPilot's handling of PARAM_SET, MISSION_ITEM_INT and NAV_TAKEOFF, as its ground stations rely on it.
//!
//! **Never:** changes while the vehicle is on; mixes the two.

use super::inbound::Height;
use crate::senses::Personality;
use crate::settings::catalogue::Value;
use mavlink::dialects::common::MavAutopilot;

const INT32: u8 = 6;
const REAL32: u8 = 9;
/// A float tells every whole number up to here.
const WHOLE_MAX: f32 = 16_777_216.0;

impl Personality {
    /// What it says that it is.
    pub(crate) fn autopilot(self) -> MavAutopilot {
        match self {
            Self::Px4 => MavAutopilot::MAV_AUTOPILOT_PX4,
            Self::ArduPilot => MavAutopilot::MAV_AUTOPILOT_ARDUPILOTMEGA,
        }
    }

    /// The release whose ways it has, last part first: ground stations refuse to work with older ones.
    pub(crate) fn release(self) -> [u8; 4] {
        match self {
            Self::Px4 => [255, 0, 15, 1],
            Self::ArduPilot => [255, 7, 5, 4],
        }
    }

    /// How a parameter's value lies in its field, as MAV_PROTOCOL_CAPABILITY says it: byte by byte, or as a number.
    pub(crate) fn encoding(self) -> u64 {
        match self {
            Self::Px4 => 16,
            Self::ArduPilot => 131_072,
        }
    }

    /// The four bytes in which a value is told.
    pub(crate) fn field(self, value: Value) -> [u8; 4] {
        match (self, value) {
            (Self::ArduPilot, Value::Whole(whole)) => (whole as f32).to_le_bytes(),
            (Self::Px4, _) | (Self::ArduPilot, Value::Real(_)) => value.bytes(),
        }
    }

    /// The value in four bytes that are said to be of a type; none where there is no such type. `is_whole` says what
    /// the parameter is: ArduPilot's stations send every value as a number, and any type with it.
    pub(crate) fn value(self, kind: u8, four: [u8; 4], is_whole: bool) -> Option<Value> {
        match self {
            Self::Px4 => matches!(kind, INT32 | REAL32).then(|| Value::of(kind == INT32, four)),
            Self::ArduPilot if !matches!(kind, 1..=INT32 | REAL32) => None,
            Self::ArduPilot => {
                let real = f32::from_le_bytes(four);
                let fits = libm::fabsf(real) <= WHOLE_MAX && libm::floorf(real) == real;
                Some(if is_whole && fits { Value::Whole(real as i32) } else { Value::Real(real) })
            }
        }
    }

    /// How high a take-off goes: ArduCopter takes every height for one above home.
    pub(crate) fn take_off(self, height: Height) -> Height {
        match (self, height) {
            (Self::ArduPilot, Height::AboveSea(m)) => Height::AboveHome(m),
            (Self::Px4, _) | (Self::ArduPilot, Height::Kept | Height::AboveHome(_)) => height,
        }
    }

    /// Number of the first item of a mission that is flown: ArduCopter's first of all is home.
    pub(crate) fn flown_from(self) -> u16 {
        match self {
            Self::Px4 => 0,
            Self::ArduPilot => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_byte_by_byte_or_as_a_number_whatever_its_type() {
        use Personality::{ArduPilot, Px4};
        let (whole, real) = (|v: i32| v.to_le_bytes(), |v: f32| v.to_le_bytes());
        for (personality, kind, four, is_whole, expected) in [
            (Px4, 6, whole(1), true, Some(Value::Whole(1))),
            (Px4, 9, real(1.0), true, Some(Value::Real(1.0))),
            (Px4, 2, whole(1), true, None),
            (ArduPilot, 6, real(1.0), true, Some(Value::Whole(1))),
            (ArduPilot, 9, real(1.0), true, Some(Value::Whole(1))),
            (ArduPilot, 2, real(-3.0), true, Some(Value::Whole(-3))),
            (ArduPilot, 9, real(1.0), false, Some(Value::Real(1.0))),
            (ArduPilot, 6, real(2.5), false, Some(Value::Real(2.5))),
            // Half is no whole number, and neither is what PX4's stations would send for 1.
            (ArduPilot, 6, real(0.5), true, Some(Value::Real(0.5))),
            (ArduPilot, 6, whole(1), true, Some(Value::Real(f32::from_bits(1)))),
            (ArduPilot, 6, real(f32::INFINITY), true, Some(Value::Real(f32::INFINITY))),
            (ArduPilot, 0, real(1.0), true, None),
            (ArduPilot, 8, real(1.0), true, None),
            (ArduPilot, 200, real(1.0), true, None),
        ] {
            let read = personality.value(kind, four, is_whole);
            assert_eq!(read, expected, "{personality:?} {kind} {four:?}");
        }
        let read = ArduPilot.value(6, f32::NAN.to_le_bytes(), true);
        assert!(matches!(read, Some(Value::Real(real)) if real.is_nan()));
    }

    #[test]
    fn a_value_is_told_in_the_form_in_which_it_is_taken() {
        for personality in [Personality::Px4, Personality::ArduPilot] {
            for (value, kind) in [
                (Value::Whole(4001), INT32),
                (Value::Whole(6_620_172), INT32),
                (Value::Whole(-1), INT32),
                (Value::Real(0.25), REAL32),
            ] {
                let field = personality.field(value);
                let back = personality.value(kind, field, kind == INT32);
                assert_eq!(back, Some(value), "{personality:?}");
            }
        }
        assert_eq!(Personality::ArduPilot.field(Value::Whole(4001)), 4001.0_f32.to_le_bytes());
    }

    #[test]
    fn every_height_of_a_take_off_is_above_home_for_ardupilot() {
        let (sea, home) = (Height::AboveSea(600.0), Height::AboveHome(600.0));
        for (personality, height, expected) in [
            (Personality::Px4, sea, sea),
            (Personality::Px4, home, home),
            (Personality::ArduPilot, sea, home),
            (Personality::ArduPilot, home, home),
            (Personality::ArduPilot, Height::Kept, Height::Kept),
        ] {
            assert_eq!(personality.take_off(height), expected, "{personality:?}");
        }
    }
}
