//! What an uploaded mission has the camera do, and how fast it may fly meanwhile.
//!
//! Only that much is told: it bounds how many stills the pilot commanded by starting the mission. Items of several
//! uploads are all told, for which of them was flown when is the vehicle's word.
//!
//! **Never:** tells where a mission flies.

use super::Word;
use super::words::is_for_us;
use crate::Personality;
use crate::scenario::{Item, Sender};

const MISSION_ITEM: (u32, u8) = (39, 254);
const MISSION_ITEM_INT: (u32, u8) = (73, 38);

/// Every message that is read here, with the extra byte of its checksum.
#[cfg(test)]
pub const READ: [(u32, u8); 2] = [MISSION_ITEM, MISSION_ITEM_INT];

/// MAV_MISSION_TYPE_MISSION; the others are fences and rally points.
const FLOWN: u8 = 0;

/// The item that a word uploads, if it matters to the camera.
pub fn item(word: &Word<'_>, personality: Personality) -> Option<Item> {
    let frame = &word.frame;
    let is = |(id, extra)| frame.id == id && frame.is_sound(extra);
    let wire = frame.padded::<38>();
    let is_one = (is(MISSION_ITEM) || is(MISSION_ITEM_INT))
        && word.by == Sender::Pilot
        && is_for_us(wire[32], wire[33])
        && wire[37] == FLOWN
        // ArduPilot's first is home, whatever it says.
        && (personality.is_px4() || wire[28..30] != [0, 0]);
    let number = u16::from_le_bytes([wire[30], wire[31]]);
    let p = |at: usize| f64::from(f32::from_le_bytes([0, 1, 2, 3].map(|i| wire[4 * at + i])));
    let is_spacing = |value: f64| value.is_finite() && value > 0.0;
    match number {
        _ if !is_one => None,
        178 if is_spacing(p(1)) => Some(Item::Speed { at_most_mps: p(1) }),
        206 if is_spacing(p(0)) => Some(Item::TriggersByDistance { every_m: p(0) }),
        214 if is_spacing(p(0)) => Some(Item::TriggersByTime { every_s: p(0) / 1000.0 }),
        2000 if p(2) == 0.0 && is_spacing(p(1)) => Some(Item::TriggersByTime { every_s: p(1) }),
        2000 => Some(Item::Waypoint {
            label: String::new(),
            at_m: (0.0, 0.0, 0.0),
            stay_s: 0.0,
            takes_still: true,
        }),
        _ => None,
    }
}
