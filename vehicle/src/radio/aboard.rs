//! What the vehicle carries, as ground stations know it: a camera (component 100), the mount that holds it level
//! (component 154), and the broadcast identification.
//!
//! The rooms: [`orders`] reads what may be asked of them, [`camera`], [`video`], [`tracked`], [`gimbal`] and
//! [`drone_id`] write what they tell.
//!
//! **Never:** tells what a picture shows or how large it is; tells whether there is a log; tells a serial number or an
//! operator's registration.

pub(crate) mod camera;
pub(crate) mod drone_id;
pub(crate) mod gimbal;
pub(crate) mod orders;
pub(crate) mod tracked;
pub(crate) mod video;

pub(crate) use orders::Order;

use super::frame::{Component, Message};
use super::wire::Wire;
use crate::data::tracking::Track;
use crate::senses::{TICKS_PER_S, Tick};
use camera::{Doing, Room};
use gimbal::Control;

const HEARTBEAT: u32 = 0;
/// MAV_TYPE_CAMERA and MAV_TYPE_GIMBAL.
const CAMERA: u8 = 30;
const GIMBAL: u8 = 26;
/// MAV_AUTOPILOT_INVALID: it does not fly.
const NO_AUTOPILOT: u8 = 8;
/// MAV_STATE_ACTIVE.
const ACTIVE: u8 = 4;
const MAVLINK_VERSION: u8 = 3;

/// What is aboard, as it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aboard {
    /// What the camera does.
    pub doing: Doing,
    /// What room there is for pictures.
    pub room: Room,
    /// Whether the live view is on.
    pub is_viewed: bool,
    /// What is followed in the picture.
    pub track: Option<Track>,
    /// Who may point the camera.
    pub control: Control,
    /// Whether the vehicle identifies itself to everybody.
    pub is_identified: bool,
}

/// The heartbeats of what is aboard.
pub(crate) fn heartbeats() -> [Message; 2] {
    [(Component::Camera, CAMERA), (Component::Gimbal, GIMBAL)].map(|(from, kind)| {
        let wire = Wire::new().u32(0).bytes(&[kind, NO_AUTOPILOT, 0, ACTIVE, MAVLINK_VERSION]);
        wire.message(HEARTBEAT).from(from)
    })
}

/// Who tells a message, where it is not the autopilot.
pub(crate) fn teller(id: u32) -> Component {
    match id {
        camera::INFORMATION
        | camera::SETTINGS
        | camera::STORAGE
        | camera::STATUS
        | camera::CAPTURED
        | video::INFORMATION
        | video::STATUS
        | tracked::STATUS => Component::Camera,
        gimbal::DEVICE_INFORMATION | gimbal::DEVICE_STATUS => Component::Gimbal,
        _ => Component::Autopilot,
    }
}

fn milliseconds(up: Tick) -> u32 {
    (up.0 * 1000 / TICKS_PER_S) as u32
}

/// A text of a fixed number of bytes, with zeros behind it.
fn text<const N: usize>(words: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let length = words.len().min(N);
    bytes[..length].copy_from_slice(&words.as_bytes()[..length]);
    bytes
}

#[cfg(test)]
mod tests;
