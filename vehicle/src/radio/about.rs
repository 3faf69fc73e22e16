//! What the vehicle is: its version and what it can do.
//!
//! **Never:** tells its serial number: the field for it holds a number that all vehicles of this kind share.

use super::frame::Message;
use super::wire::Wire;
use crate::senses::{Personality, TICKS_PER_S, Tick};

const AUTOPILOT_VERSION: u32 = 148;
const MESSAGE_INTERVAL: u32 = 244;
const COMPONENT_METADATA: u32 = 397;

/// MAV_PROTOCOL_CAPABILITY: missions and parameters as floats (1, 2), missions and commands with whole numbers (4, 8),
/// files (32), attitudes to take (64), places to go to in the local frame and on Earth (128, 256), ending the
/// flight (2048), MAVLink 2 (8192), fences and rally points (16 384, 32 768), and it manages a gimbal (262 144).
const CAPABILITIES: u64 =
    1 | 2 | 4 | 8 | 32 | 64 | 128 | 256 | 2048 | 8192 | 16_384 | 32_768 | 262_144;
/// Stands where others have a serial number, which is nobody's on this link.
const KIND: u64 = 0x4855_5348_5749_4E47;

/// AUTOPILOT_VERSION.
pub(crate) fn autopilot_version(personality: Personality) -> Message {
    let wire = Wire::new().u64(CAPABILITIES | personality.encoding()).u64(KIND);
    let wire = wire.bytes(&personality.release()).u32(0).u32(0).u32(0).u16(0).u16(0);
    // Where others tell the hash of their source, its name.
    wire.bytes(b"Hushwing").bytes(&[0; 16]).message(AUTOPILOT_VERSION)
}

/// MESSAGE_INTERVAL: how often a message is told, in microseconds; -1 where it is not, 0 where there is no such thing.
pub(crate) fn message_interval(id: u16, interval_us: i32) -> Message {
    Wire::new().i32(interval_us).u16(id).message(MESSAGE_INTERVAL)
}

/// COMPONENT_METADATA: where the file is that names the others, and the checksum of what is in it.
pub(crate) fn metadata(up: Tick, sum: u32, uri: &str) -> Message {
    let up_ms = (up.0 * 1000 / TICKS_PER_S) as u32;
    Wire::new().u32(up_ms).u32(sum).bytes(uri.as_bytes()).message(COMPONENT_METADATA)
}
