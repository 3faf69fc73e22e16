//! MAVLink's log protocol on the wire: requests read, entries built.
//!
//! **Never:** tells of a log by itself; gives a log a date.

use super::frame::{Message, Received};
use alloc::vec::Vec;

const LOG_REQUEST_LIST: u32 = 117;
const LOG_ENTRY: u32 = 118;
const LOG_REQUEST_DATA: u32 = 119;
const LOG_ERASE: u32 = 121;
const LOG_REQUEST_END: u32 = 122;

/// What a ground station asks of the logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Which there are, of these numbers.
    List {
        /// First number.
        first: u32,
        /// Last number.
        last: u32,
    },
    /// So many bytes of one from an offset on.
    Data {
        /// The log's number in the list.
        id: u32,
        /// First byte.
        offset: u32,
        /// Most bytes.
        count: u32,
    },
    /// No more of this.
    End,
    /// Erase them all.
    Erase,
}

/// How the numbers in a list stand to those that the logs have on the card, and by which consent names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// They are the same, from 1; what may not be seen is left out.
    AsKept,
    /// From 0 and without a gap, as MAVSDK needs it: what may not be seen stands there as empty, like what is not there.
    Contiguous,
}

impl Numbering {
    /// The log of a number in the list.
    pub(crate) fn object(self, id: u32) -> u32 {
        match self {
            Self::AsKept => id,
            Self::Contiguous => id + 1,
        }
    }

    /// The number in the list of a log.
    pub(crate) fn id(self, object: u32) -> u32 {
        match self {
            Self::AsKept => object,
            Self::Contiguous => object.saturating_sub(1),
        }
    }
}

/// Reads a request to this vehicle.
pub(crate) fn read(frame: &Received<'_>) -> Option<Ask> {
    let mut wire = [0; 12];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let two = |at: usize| u32::from(u16::from_le_bytes([wire[at], wire[at + 1]]));
    let four = |at: usize| u32::from_le_bytes([wire[at], wire[at + 1], wire[at + 2], wire[at + 3]]);
    let (ask, target) = match frame.id {
        LOG_REQUEST_LIST => (Ask::List { first: two(0), last: two(2) }, 4),
        LOG_REQUEST_DATA => (Ask::Data { id: two(8), offset: four(0), count: four(4) }, 10),
        LOG_ERASE => (Ask::Erase, 0),
        LOG_REQUEST_END => (Ask::End, 0),
        _ => return None,
    };
    let is_for_us = matches!(wire[target], 0 | 1) && matches!(wire[target + 1], 0 | 1);
    is_for_us.then_some(ask)
}

/// One log of a list: its number and length, how many the list has, and the last of them.
pub(crate) fn entry(id: u32, bytes: usize, count: usize, last: u32) -> Message {
    let mut payload = Vec::with_capacity(14);
    payload.extend(0_u32.to_le_bytes());
    payload.extend((bytes as u32).to_le_bytes());
    payload.extend((id as u16).to_le_bytes());
    payload.extend((count as u16).to_le_bytes());
    payload.extend((last as u16).to_le_bytes());
    Message::new(LOG_ENTRY, payload)
}

/// The answer where no log may be seen: the same whether there are any or not.
pub(crate) fn no_entry() -> Message {
    entry(0, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::radio::frame::payload;
    use mavlink::dialects::common::{
        LOG_ERASE_DATA, LOG_REQUEST_DATA_DATA, LOG_REQUEST_END_DATA, LOG_REQUEST_LIST_DATA,
        MavMessage,
    };

    fn asked(id: u32, message: &MavMessage) -> Option<Ask> {
        read(&Received { system: 255, component: 190, id, payload: &payload(message) })
    }

    #[test]
    fn requests_are_read_as_the_dialect_writes_them() {
        let mut list = LOG_REQUEST_LIST_DATA::DEFAULT;
        (list.start, list.end, list.target_system) = (1, 0xFFFF, 1);
        let list = MavMessage::LOG_REQUEST_LIST(list);
        assert_eq!(asked(117, &list), Some(Ask::List { first: 1, last: 0xFFFF }));
        let mut data = LOG_REQUEST_DATA_DATA::DEFAULT;
        (data.ofs, data.count, data.id, data.target_component) = (90, 0xFFFF_FFFF, 7, 1);
        let expected = Ask::Data { id: 7, offset: 90, count: 0xFFFF_FFFF };
        assert_eq!(asked(119, &MavMessage::LOG_REQUEST_DATA(data.clone())), Some(expected));
        data.target_system = 2;
        assert_eq!(asked(119, &MavMessage::LOG_REQUEST_DATA(data)), None);
        let erase = MavMessage::LOG_ERASE(LOG_ERASE_DATA::DEFAULT);
        assert_eq!(asked(121, &erase), Some(Ask::Erase));
        let end = MavMessage::LOG_REQUEST_END(LOG_REQUEST_END_DATA::DEFAULT);
        assert_eq!(asked(122, &end), Some(Ask::End));
        assert_eq!(asked(120, &end), None);
    }
}
