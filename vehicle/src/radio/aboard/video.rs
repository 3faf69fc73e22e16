//! The live view as a video stream of the camera protocol: RTP with JPEG (RFC 2435), which has no number among its
//! encodings and is told as unknown.
//!
//! Where it can be had depends on the link that carries it, which the vehicle does not know: its address is empty.
//!
//! **Never:** tells of a picture anything that another picture would change.

use super::text;
use crate::radio::frame::{Component, Message};
use crate::radio::wire::Wire;

/// Id of VIDEO_STREAM_INFORMATION.
pub(crate) const INFORMATION: u32 = 269;
/// Id of VIDEO_STREAM_STATUS.
pub(crate) const STATUS: u32 = 270;

const STREAM: u8 = 1;
/// VIDEO_STREAM_TYPE_RTPUDP.
const RTP: u8 = 0;
const NAME: &str = "Live view";
const WIDTH_PX: u16 = 160;
const HEIGHT_PX: u16 = 120;
const FRAMES_PER_S: f64 = 5.0;
/// Every frame is four packets of 1024 bytes and their heads: 20 each, and 132 of tables in the first.
const BITS_PER_S: u32 = (4 * (1024 + 20) + 132) * 8 * 5;
/// From side to side.
const FIELD_DEG: u16 = 60;
/// VIDEO_STREAM_STATUS_FLAGS_RUNNING.
const RUNNING: u16 = 1;

/// VIDEO_STREAM_INFORMATION of the only stream.
pub(crate) fn information(is_on: bool) -> Message {
    let wire = shown(is_on).u8(STREAM).u8(1).u8(RTP);
    let wire = wire.bytes(&text::<32>(NAME)).bytes(&[0; 160]).u8(0).u8(0);
    wire.message(INFORMATION).from(Component::Camera)
}

/// VIDEO_STREAM_STATUS of the only stream.
pub(crate) fn status(is_on: bool) -> Message {
    shown(is_on).u8(STREAM).u8(0).message(STATUS).from(Component::Camera)
}

fn shown(is_on: bool) -> Wire {
    let flags = if is_on { RUNNING } else { 0 };
    let wire = Wire::new().f32(FRAMES_PER_S).u32(BITS_PER_S).u16(flags);
    wire.u16(WIDTH_PX).u16(HEIGHT_PX).u16(0).u16(FIELD_DEG)
}
