//! What the camera follows: a box in the picture, and nothing of who is in it.
//!
//! Lawful without a grant, because no secret moves it. The box is what the vision chip makes of where somebody
//! stands; it finds every face alike, so whoever stood there would have the same one. It is told only while the pilot
//! has it followed, and at the pace that he asks for.
//!
//! **Never:** tells of anybody whom the pilot has not pointed at; tells one person from another; has a field for more
//! than a place in the picture.

use super::camera::PICTURE_PX;
use crate::data::tracking::{By, Track};
use crate::radio::frame::{Component, Message};
use crate::radio::wire::Wire;

/// Id of CAMERA_TRACKING_IMAGE_STATUS.
pub(crate) const STATUS: u32 = 275;

/// CAMERA_TRACKING_STATUS_FLAGS: idle, active, lost.
const IDLE: u8 = 0;
const ACTIVE: u8 = 1;
const LOST: u8 = 2;
/// CAMERA_TRACKING_TARGET_DATA_IN_STATUS.
const IN_STATUS: u8 = 4;

/// CAMERA_TRACKING_IMAGE_STATUS: the box and its middle, in parts of the picture's sides.
pub(crate) fn status(track: Option<&Track>) -> Message {
    let Some(track) = track else { return told([f64::NAN; 7], IDLE, 0, 0) };
    let mode = match track.by {
        By::Point => 1,
        By::Rectangle => 2,
    };
    let Some(found) = track.found.filter(|_| !track.is_lost) else {
        let status = if track.is_lost { LOST } else { ACTIVE };
        return told([f64::NAN; 7], status, mode, 0);
    };
    let (across, down) = (f64::from(PICTURE_PX.0), f64::from(PICTURE_PX.1));
    let part = |px: i32, side: f64| (f64::from(px) / side).clamp(0.0, 1.0);
    let (left, top) = (part(found.x_px, across), part(found.y_px, down));
    let right = part(found.x_px.saturating_add(found.width_px), across);
    let bottom = part(found.y_px.saturating_add(found.height_px), down);
    let middle = [(left + right) / 2.0, (top + bottom) / 2.0];
    told([middle[0], middle[1], f64::NAN, left, top, right, bottom], ACTIVE, mode, IN_STATUS)
}

fn told(places: [f64; 7], status: u8, mode: u8, data: u8) -> Message {
    let wire = Wire::new().f32s(places).bytes(&[status, mode, data, 0]);
    wire.message(STATUS).from(Component::Camera)
}
