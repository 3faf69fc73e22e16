//! The switches as MAVLink parameters: INT32, 0 or 1, carried byte by byte in the float field as PX4 does.
//!
//! Source: mavlink.io, "Parameter Protocol". A list is told slowly, one value every tenth of a second.
//!
//! **Never:** turns a switch itself; takes a value that is not 0 or 1; answers for a name that it does not know.

use super::frame::Received;
use crate::gate::Message;
use crate::senses::{TICKS_PER_S, Tick};
use crate::settings::{SETTINGS, Setting};

const PARAM_REQUEST_READ: u32 = 20;
const PARAM_REQUEST_LIST: u32 = 21;
const PARAM_VALUE: u32 = 22;
const PARAM_SET: u32 = 23;

const INT32: u8 = 6;
const NAME: usize = 16;
const EVERY_TICKS: u64 = TICKS_PER_S / 10;

/// What a ground station asks of the switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Turn this one.
    Set(Setting, bool),
    /// Tell this one.
    Read(Setting),
    /// Tell them all.
    List,
    /// A switch that there is not, or a position that it has not.
    Nonsense,
}

/// Reads what is asked of the switches; none for other messages and other vehicles.
pub(crate) fn read(frame: &Received<'_>) -> Option<Ask> {
    let mut wire = [0; 23];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let is_for_us = |at: usize| matches!(wire[at], 0 | 1) && matches!(wire[at + 1], 0 | 1);
    match frame.id {
        PARAM_SET if is_for_us(4) => {
            let value = i32::from_le_bytes([wire[0], wire[1], wire[2], wire[3]]);
            let is_known = wire[22] == INT32 && matches!(value, 0 | 1);
            let setting = named(&wire[6..6 + NAME]).filter(|_| is_known);
            Some(setting.map_or(Ask::Nonsense, |setting| Ask::Set(setting, value == 1)))
        }
        PARAM_REQUEST_READ if is_for_us(2) => {
            let place = i16::from_le_bytes([wire[0], wire[1]]);
            let setting = match usize::try_from(place) {
                Ok(place) => Setting::ALL.get(place).copied(),
                // -1: by name.
                Err(_) => named(&wire[4..4 + NAME]),
            };
            Some(setting.map_or(Ask::Nonsense, Ask::Read))
        }
        PARAM_REQUEST_LIST if is_for_us(0) => Some(Ask::List),
        _ => None,
    }
}

fn named(field: &[u8]) -> Option<Setting> {
    let length = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    Setting::named(&field[..length])
}

/// PARAM_VALUE.
pub(crate) fn value(setting: Setting, on: bool) -> Message {
    let mut payload = [0; 25];
    payload[..4].copy_from_slice(&i32::from(on).to_le_bytes());
    payload[4..6].copy_from_slice(&(SETTINGS as u16).to_le_bytes());
    payload[6..8].copy_from_slice(&(setting as u16).to_le_bytes());
    let name = setting.name().as_bytes();
    payload[8..8 + name.len()].copy_from_slice(name);
    payload[24] = INT32;
    Message::new(PARAM_VALUE, payload.to_vec())
}

/// A list that is being told.
pub(crate) struct Listing {
    next: usize,
}

impl Listing {
    /// Nothing is being told.
    pub(crate) fn none() -> Self {
        Self { next: SETTINGS }
    }

    /// Begins, or begins again.
    pub(crate) fn begin(&mut self) {
        self.next = 0;
    }

    /// The switch that is to be told at this tick.
    pub(crate) fn due(&mut self, now: Tick) -> Option<Setting> {
        if !now.0.is_multiple_of(EVERY_TICKS) {
            return None;
        }
        let setting = *Setting::ALL.get(self.next)?;
        self.next += 1;
        Some(setting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn set(name: &[u8], value: [u8; 4], kind: u8) -> Option<Ask> {
        let mut payload = Vec::from(value);
        payload.extend([1, 1]);
        payload.extend(name);
        payload.resize(22, 0);
        payload.push(kind);
        read(&Received { system: 255, component: 190, id: PARAM_SET, payload: &payload })
    }

    #[test]
    fn only_known_switches_and_their_two_positions_are_taken() {
        let one = 1_i32.to_le_bytes();
        for (name, asked, expected) in [
            ("on", set(b"UP_LOGS", one, 6), Ask::Set(Setting::UpLogs, true)),
            ("off", set(b"PRIV_LOCAL", [0; 4], 6), Ask::Set(Setting::PrivLocal, false)),
            ("out of range", set(b"UP_LOGS", [2, 0, 0, 0], 6), Ask::Nonsense),
            ("negative", set(b"UP_LOGS", [0xFF; 4], 6), Ask::Nonsense),
            ("as a float", set(b"UP_LOGS", 1_f32.to_le_bytes(), 9), Ask::Nonsense),
            ("unknown", set(b"UP_LOG", one, 6), Ask::Nonsense),
            ("unknown, sixteen long", set(b"UP_LOGSUP_LOGSUP", one, 6), Ask::Nonsense),
            ("no name", set(b"", one, 6), Ask::Nonsense),
        ] {
            assert_eq!(asked, Some(expected), "{name}");
        }
    }

    #[test]
    fn a_list_is_told_whole_and_slowly() {
        let mut listing = Listing::none();
        assert_eq!(listing.due(Tick(50)), None);
        listing.begin();
        let told: Vec<_> = (51..=2_000).filter_map(|tick| listing.due(Tick(tick))).collect();
        assert_eq!(told, Setting::ALL);
    }

    #[test]
    fn any_bytes_at_all_are_read_without_harm() {
        for id in [20, 21, 22, 23] {
            for length in 0..=40 {
                let bytes = [0xA5; 40];
                let frame = Received { system: 255, component: 190, id, payload: &bytes[..length] };
                assert!(!matches!(read(&frame), Some(Ask::Set(..))), "{id} of {length}");
            }
        }
    }
}
