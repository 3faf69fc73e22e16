//! Clocks compared: PING and TIMESYNC, questions answered with the asker's own number.
//!
//! Source: mavlink.io, "Ping Protocol" and "Time Synchronization Protocol". Time counts from power-on.
//!
//! **Never:** answers an answer: two vehicles would keep each other talking for ever.

use super::frame::{Message, Received};
use super::wire::{Wire, padded};
use crate::senses::{TICKS_PER_S, Tick};

const PING: u32 = 4;
const TIMESYNC: u32 = 111;

/// A question for the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Is anybody there? With the asker's time and count.
    Ping { time_usec: u64, sequence: u32 },
    /// What time is it? With the asker's time.
    Sync { their_ns: [u8; 8] },
}

/// Reads one frame; none where it is something else, an answer, or for another vehicle.
pub(crate) fn read(frame: &Received<'_>) -> Option<Ask> {
    match frame.id {
        PING => {
            let wire = padded::<14>(frame.payload);
            let [a, b, c, d, e, f, g, h, i, j, k, l, system, component] = wire;
            // What names a target is an answer.
            ((system, component) == (0, 0)).then_some(Ask::Ping {
                time_usec: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
                sequence: u32::from_le_bytes([i, j, k, l]),
            })
        }
        TIMESYNC => {
            let wire = padded::<18>(frame.payload);
            let is_for_us = matches!(wire[16], 0 | 1) && matches!(wire[17], 0 | 1);
            let [a, b, c, d, e, f, g, h] = wire[8..16] else { return None };
            let is_question = wire[..8] == [0; 8];
            (is_question && is_for_us).then_some(Ask::Sync { their_ns: [a, b, c, d, e, f, g, h] })
        }
        _ => None,
    }
}

/// The answer, for the asker alone. `up` is the time since power-on.
pub(crate) fn answer(ask: Ask, up: Tick, (system, component): (u8, u8)) -> Message {
    match ask {
        Ask::Ping { time_usec, sequence } => {
            let wire = Wire::new().u64(time_usec).u32(sequence);
            wire.u8(system).u8(component).message(PING)
        }
        Ask::Sync { their_ns } => {
            // An answer of 0 would be a question: the first tick counts as the second.
            let our_ns = up.0.max(1) * (1_000_000_000 / TICKS_PER_S);
            let wire = Wire::new().u64(our_ns).bytes(&their_ns);
            wire.u8(system).u8(component).message(TIMESYNC)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(id: u32, payload: &[u8]) -> Received<'_> {
        Received { system: 255, component: 190, id, payload }
    }

    #[test]
    fn questions_are_read_cut_short_or_whole_and_answers_are_not() {
        let sync =
            |tc1: u64, tail: &[u8]| [&tc1.to_le_bytes()[..], &7_u64.to_le_bytes(), tail].concat();
        let their_ns = 7_u64.to_le_bytes();
        for (name, id, payload, expected) in [
            ("a question", 111, sync(0, &[]), Some(Ask::Sync { their_ns })),
            ("cut short", 111, sync(0, &[])[..9].to_vec(), Some(Ask::Sync { their_ns })),
            ("to us", 111, sync(0, &[1, 1]), Some(Ask::Sync { their_ns })),
            ("to another", 111, sync(0, &[9, 1]), None),
            ("an answer", 111, sync(5, &[]), None),
            ("a ping", 4, [9].to_vec(), Some(Ask::Ping { time_usec: 9, sequence: 0 })),
            ("an answered ping", 4, [&[9][..], &[0; 11], &[1, 1]].concat(), None),
            ("something else", 5, [9].to_vec(), None),
        ] {
            assert_eq!(read(&frame(id, &payload)), expected, "{name}");
        }
    }
}
