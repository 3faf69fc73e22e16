//! The ground station of the fuzzer: payloads in frames whose checksum is right.
//!
//! **Never:** minds what is in a payload.

use mavlink::dialects::common::MavMessage;
use mavlink::{Message as _, calculate_crc};

/// A MAVLink 2 frame of the pilot's ground station.
pub fn frame(id: u32, payload: &[u8]) -> Vec<u8> {
    let [a, b, c, _] = id.to_le_bytes();
    let mut frame = vec![0xFD, payload.len() as u8, 0, 0, 0, 255, 190, a, b, c];
    frame.extend_from_slice(payload);
    let crc = calculate_crc(&frame[1..], MavMessage::extra_crc(id));
    frame.extend(crc.to_le_bytes());
    frame
}

/// The heartbeat of a ground station.
pub fn heartbeat() -> Vec<u8> {
    frame(0, &[0, 0, 0, 0, 6, 8, 0, 4, 3])
}

/// Sets a parameter to 0 or 1, as PX4 has it: a whole number, byte by byte in the place of a float.
pub fn sets(name: &str, value: i32) -> Vec<u8> {
    let mut payload = value.to_le_bytes().to_vec();
    payload.extend([1, 1]);
    let mut letters = [0; 16];
    letters[..name.len()].copy_from_slice(name.as_bytes());
    payload.extend(letters);
    payload.push(6);
    frame(23, &payload)
}
