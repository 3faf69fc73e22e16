//! MAVLink 2 frames, and the pilot's signature under them.
//!
//! **Never:** signs for a stranger or a forger.

use crate::EPOCH_S;
use evidence::Tick;
use mavlink::dialects::common::MavMessage;
use mavlink::{MAVLinkV2MessageRaw, MavHeader, Message};
use sha2::{Digest, Sha256};

/// 2015-01-01 00:00:00 UTC, from which signatures count their time, since 1970.
const SIGNING_EPOCH_S: u64 = 1_420_070_400;
/// Signatures count in steps of 10 µs.
const STEPS_PER_S: u64 = 100_000;
const STEPS_PER_TICK: u64 = STEPS_PER_S / evidence::TICKS_PER_S;
/// The flag of a signed frame.
const SIGNED: u8 = 1;
/// Which of the ground station's ways it took: there is one.
const LINK_ID: u8 = 0;
/// Magic, length, two flags, sequence, system, component and message id (3).
const HEADER: usize = 10;

/// The moment of a tick, as signatures have it.
#[must_use]
pub fn timestamp(now: Tick) -> u64 {
    (EPOCH_S - SIGNING_EPOCH_S) * STEPS_PER_S + now.0 * STEPS_PER_TICK
}

/// A frame without a signature.
#[must_use]
pub fn framed(header: MavHeader, message: &MavMessage) -> Vec<u8> {
    let mut frame = MAVLinkV2MessageRaw::new();
    frame.serialize_message(header, message);
    frame.raw_bytes().to_vec()
}

/// The frame with a signature; `place` is its place among those signed in this tick.
#[must_use]
pub fn signed(
    mut frame: Vec<u8>,
    message_id: u32,
    key: &[u8; 32],
    now: Tick,
    place: u64,
) -> Vec<u8> {
    frame[2] |= SIGNED;
    let end = HEADER + usize::from(frame[1]);
    frame.truncate(end);
    let checksum = mavlink::calculate_crc(&frame[1..], MavMessage::extra_crc(message_id));
    frame.extend_from_slice(&checksum.to_le_bytes());
    frame.push(LINK_ID);
    frame.extend_from_slice(&(timestamp(now) + place).to_le_bytes()[..6]);
    let digest = Sha256::new_with_prefix(key).chain_update(&frame).finalize();
    frame.extend_from_slice(&digest[..6]);
    frame
}

#[cfg(test)]
mod tests {
    use super::super::words::Word;
    use super::*;

    #[test]
    fn a_signed_frame_is_the_same_frame_with_13_bytes_more_and_a_checksum_of_its_own() {
        let Word::Plain(heartbeat) = super::super::words::heartbeat() else {
            panic!("it is plain")
        };
        let header = MavHeader { system_id: 255, component_id: 190, sequence: 7 };
        let plain = framed(header, &heartbeat);
        let signed = signed(plain.clone(), 0, &[9; 32], Tick(500), 0);
        assert_eq!(signed.len(), plain.len() + 13);
        assert_eq!((plain[2], signed[2]), (0, 1));
        let payload_end = HEADER + usize::from(plain[1]);
        assert_eq!(signed[3..payload_end], plain[3..payload_end]);
        assert_ne!(signed[payload_end..payload_end + 2], plain[payload_end..]);
        // 11 years of 100 000 steps a second, and the second that has passed.
        let time = u64::from_le_bytes(
            [&signed[payload_end + 3..payload_end + 9], &[0, 0]].concat().try_into().unwrap(),
        );
        assert_eq!(time, (4018 * 86_400 + 1) * 100_000);
        let digest = Sha256::new_with_prefix([9; 32]).chain_update(&signed[..payload_end + 9]);
        assert_eq!(signed[payload_end + 9..], digest.finalize()[..6]);
    }
}
