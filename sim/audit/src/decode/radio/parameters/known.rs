//! What parameters a live vehicle may tell of, and what each may be.
//!
//! Written down a second time from what is documented of the vehicle: its own tables are not looked at.
//!
//! **Never:** knows what a parameter is now.

use super::figures::FIGURES;
use evidence::scenario::Setting;

/// INT32 and REAL32, as MAVLink numbers them.
pub const INT32: u8 = 6;
/// See above.
pub const REAL32: u8 = 9;

/// What a figure must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// This whole number.
    Whole(i32),
    /// This number.
    Real(f32),
    /// One of these, as the airframe has it; the same for the whole flight.
    Fitted(&'static [i32]),
}

/// A number that the pilot may set: name, whether it is whole, the least, the most, as delivered.
pub struct Knob(pub &'static str, bool, f32, f32, f32);

/// The geofence's action, which is delivered as the story has it.
pub const FENCE_ACTION: usize = 15;

/// Every one of them, in order.
pub const KNOBS: [Knob; 18] = [
    Knob("MIS_TAKEOFF_ALT", false, 1.0, 80.0, 2.5),
    Knob("RTL_RETURN_ALT", false, 3.0, 150.0, 15.0),
    Knob("MPC_XY_CRUISE", false, 1.0, 10.0, 6.0),
    Knob("MPC_XY_VEL_MAX", false, 1.0, 10.0, 10.0),
    Knob("MPC_Z_VEL_MAX_UP", false, 0.5, 4.0, 3.0),
    Knob("MPC_Z_VEL_MAX_DN", false, 0.5, 2.5, 1.5),
    Knob("MPC_VEL_MANUAL", false, 1.0, 10.0, 6.0),
    Knob("MPC_LAND_SPEED", false, 0.3, 0.8, 0.5),
    Knob("NAV_ACC_RAD", false, 0.5, 20.0, 2.0),
    Knob("NAV_DLL_ACT", true, 0.0, 3.0, 2.0),
    Knob("COM_DL_LOSS_T", true, 2.0, 60.0, 3.0),
    Knob("BAT_LOW_THR", false, 0.12, 0.5, 0.2),
    Knob("BAT_CRIT_THR", false, 0.05, 0.25, 0.08),
    Knob("COM_ARM_BAT_MIN", false, 0.1, 0.9, 0.25),
    Knob("EKF2_REQ_EPH", false, 0.5, 10.0, 2.5),
    Knob("GF_ACTION", true, 0.0, 5.0, 1.0),
    Knob("GF_MAX_HOR_DIST", false, 0.0, 10_000.0, 0.0),
    Knob("GF_MAX_VER_DIST", false, 0.0, 500.0, 0.0),
];

const SWITCHES: usize = Setting::ALL.len();

/// Number of all of them.
pub const COUNT: usize = SWITCHES + KNOBS.len() + FIGURES.len();

/// A parameter, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// One of the pilot's controls.
    Switch(Setting),
    /// What may be set.
    Knob(usize),
    /// What can only be read.
    Figure(usize),
}

/// The parameter with this number.
pub fn numbered(number: usize) -> Option<Known> {
    if let Some(setting) = Setting::ALL.get(number) {
        return Some(Known::Switch(*setting));
    }
    match number.checked_sub(SWITCHES)? {
        place if place < KNOBS.len() => Some(Known::Knob(place)),
        place if place < KNOBS.len() + FIGURES.len() => Some(Known::Figure(place - KNOBS.len())),
        _ => None,
    }
}

/// The number of the parameter with this name, which ends with its field or with a zero.
pub fn number_of(field: &[u8; 16]) -> Option<usize> {
    let length = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    (0..COUNT).find(|number| {
        numbered(*number).is_some_and(|known| known.name().as_bytes() == &field[..length])
    })
}

impl Known {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Switch(setting) => setting.name(),
            Self::Knob(place) => KNOBS[place].0,
            Self::Figure(place) => FIGURES[place].0,
        }
    }

    /// Its type.
    pub fn kind(self) -> u8 {
        let is_whole = match self {
            Self::Switch(_) => true,
            Self::Knob(place) => KNOBS[place].1,
            Self::Figure(place) => !matches!(FIGURES[place].1, Figure::Real(_)),
        };
        if is_whole { INT32 } else { REAL32 }
    }

    /// Why it may not be set to these four bytes, as MAVLink numbers it; none where it may.
    pub fn refuses(self, kind: u8, four: [u8; 4]) -> Option<u8> {
        const RANGE: u8 = 2;
        const READ_ONLY: u8 = 5;
        const UNKNOWN_TYPE: u8 = 6;
        const OTHER_TYPE: u8 = 7;
        if !matches!(kind, INT32 | REAL32) {
            return Some(UNKNOWN_TYPE);
        }
        if let Self::Figure(_) = self {
            return Some(READ_ONLY);
        }
        if kind != self.kind() {
            return Some(OTHER_TYPE);
        }
        let whole = i32::from_le_bytes(four);
        let value = if kind == INT32 { whole as f32 } else { f32::from_le_bytes(four) };
        let (least, most) = match self {
            Self::Knob(place) => (KNOBS[place].2, KNOBS[place].3),
            Self::Switch(_) | Self::Figure(_) => (0.0, 1.0),
        };
        // A fence that stops the rotors is not among its actions.
        let is_gap = self == Self::Knob(FENCE_ACTION) && whole == 4;
        (!(least..=most).contains(&value) || is_gap).then_some(RANGE)
    }
}

/// As a knob is delivered, in the four bytes in which it is told.
pub fn delivered(place: usize, fence_action: i32) -> u32 {
    let Knob(_, is_whole, .., value) = KNOBS[place];
    match (place, is_whole) {
        (FENCE_ACTION, _) => fence_action as u32,
        (_, true) => value as i32 as u32,
        (_, false) => value.to_bits(),
    }
}

/// What is documented of each: its name, whether it is whole, and where it may be set the least, the most and as
/// delivered.
#[cfg(test)]
pub fn documented() -> Vec<(&'static str, bool, Option<[f32; 3]>)> {
    let all = (0..COUNT).filter_map(numbered);
    let told = all.map(|known| {
        let bounds = match known {
            Known::Switch(setting) => Some([0.0, 1.0, setting.factory() as f32]),
            Known::Knob(place) => {
                let Knob(.., least, most, delivered) = KNOBS[place];
                Some([least, most, delivered])
            }
            Known::Figure(_) => None,
        };
        (known.name(), known.kind() == INT32, bounds)
    });
    told.collect()
}
