//! The mount: it keeps the camera level, at one angle to the horizon, and turns with the vehicle.
//!
//! It cannot be told to look elsewhere, so its range is a point and every other angle is denied. Who may command it is
//! kept all the same, as the gimbal protocol has it: the autopilot is its manager, component 154 the device.
//!
//! **Never:** accepts an angle that it does not have; tells a serial number.

use super::{milliseconds, text};
use crate::radio::frame::{Component, Message};
use crate::radio::wire::Wire;
use crate::senses::Tick;

/// Id of GIMBAL_MANAGER_INFORMATION.
pub(crate) const MANAGER_INFORMATION: u32 = 280;
/// Id of GIMBAL_MANAGER_STATUS.
pub(crate) const MANAGER_STATUS: u32 = 281;
/// Id of GIMBAL_DEVICE_INFORMATION.
pub(crate) const DEVICE_INFORMATION: u32 = 283;
/// Id of GIMBAL_DEVICE_ATTITUDE_STATUS.
pub(crate) const DEVICE_STATUS: u32 = 285;

const DEVICE: u8 = 154;
const VENDOR: &str = "Hushwing";
const MODEL: &str = "Fixed mount";
/// It keeps roll and pitch to the horizon (16, 128), and yaw with the vehicle (512).
const CAPABILITIES: u16 = 16 | 128 | 512;
/// Neutral, for it has no other angle (2); roll and pitch to the horizon (4, 8); yaw is told in the vehicle's frame
/// (32).
const FLAGS: u32 = 2 | 4 | 8 | 32;
/// Flags with which it may be told to look where it looks.
const KEPT_FLAGS: u32 = FLAGS;
/// How far it looks down, degrees and radians.
const PITCH_DEG: f64 = -35.0;
const PITCH_RAD: f64 = PITCH_DEG * core::f64::consts::PI / 180.0;
/// An angle is asked for if it is no farther away.
const WITHIN_DEG: f64 = 0.5;

/// A ground station's component.
pub(crate) type Station = (u8, u8);

/// Who may command the mount; system 0 is nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Control {
    /// First.
    pub primary: Station,
    /// Beside him.
    pub secondary: Station,
}

/// Whom to let command it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// As it was.
    Same,
    /// Whoever asks.
    Asker,
    /// Nobody, if it was who asks.
    NotAsker,
    /// Somebody, or nobody.
    Station(Station),
}

/// Where it is to look; none where nothing is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    /// Degrees above the horizon.
    pub pitch_deg: Option<f64>,
    /// Degrees to the right of the nose.
    pub yaw_deg: Option<f64>,
    /// Whether it is to turn at a rate.
    pub turns: bool,
    /// GIMBAL_MANAGER_FLAGS.
    pub flags: u32,
}

impl Control {
    /// Takes on who may command it.
    pub(crate) fn configure(&mut self, [primary, secondary]: [Who; 2], asker: Station) {
        let chosen = |who, before| match who {
            Who::Same => before,
            Who::Asker => asker,
            Who::NotAsker if before == asker => (0, 0),
            Who::NotAsker => before,
            Who::Station(station) => station,
        };
        self.primary = chosen(primary, self.primary);
        self.secondary = chosen(secondary, self.secondary);
    }

    /// Whether a station may command it.
    pub(crate) fn is_held_by(&self, station: Station) -> bool {
        station.0 != 0 && (self.primary == station || self.secondary == station)
    }
}

/// Whether it looks where it is told to.
pub(crate) fn has(look: &Look) -> bool {
    let is_near = |asked: Option<f64>, is_deg: f64| {
        asked.is_none_or(|deg| (deg - is_deg).abs() <= WITHIN_DEG)
    };
    let is_there = is_near(look.pitch_deg, PITCH_DEG) && is_near(look.yaw_deg, 0.0);
    is_there && !look.turns && look.flags & !KEPT_FLAGS == 0
}

/// How the camera looks with the nose at an angle from north: what takes its own axes to north, east and down.
pub(crate) fn looks(nose_rad: f64) -> [f64; 4] {
    let (down, nose) = (PITCH_RAD / 2.0, nose_rad / 2.0);
    let (sin_down, cos_down) = (libm::sin(down), libm::cos(down));
    let (sin_nose, cos_nose) = (libm::sin(nose), libm::cos(nose));
    [cos_nose * cos_down, -sin_nose * sin_down, cos_nose * sin_down, sin_nose * cos_down]
}

/// GIMBAL_MANAGER_INFORMATION.
pub(crate) fn manager_information(up: Tick) -> Message {
    let wire = Wire::new().u32(milliseconds(up)).u32(u32::from(CAPABILITIES));
    wire.f32s(range()).u8(DEVICE).message(MANAGER_INFORMATION)
}

/// GIMBAL_MANAGER_STATUS.
pub(crate) fn manager_status(up: Tick, control: &Control) -> Message {
    let ((first, its), (second, its_own)) = (control.primary, control.secondary);
    let wire = Wire::new().u32(milliseconds(up)).u32(FLAGS);
    wire.bytes(&[DEVICE, first, its, second, its_own]).message(MANAGER_STATUS)
}

/// GIMBAL_DEVICE_INFORMATION.
pub(crate) fn device_information(up: Tick) -> Message {
    let wire = Wire::new().u64(0).u32(milliseconds(up)).u32(0).u32(0).f32s(range());
    let wire = wire.u16(CAPABILITIES).u16(0);
    let wire = wire.bytes(&text::<32>(VENDOR)).bytes(&text::<32>(MODEL)).bytes(&[0; 32]);
    // It is a component of its own, so it has no number beside that. The wider field says the same flags.
    let wire = wire.u8(0).u32(u32::from(CAPABILITIES));
    wire.message(DEVICE_INFORMATION).from(Component::Gimbal)
}

/// GIMBAL_DEVICE_ATTITUDE_STATUS: it looks where it always does; how the vehicle has turned it tells beside that.
pub(crate) fn device_status(up: Tick, nose_rad: f64) -> Message {
    let wire = Wire::new().u32(milliseconds(up)).f32s(looks(0.0)).f32s([0.0; 3]);
    let wire = wire.u32(0).u16(FLAGS as u16).u8(0).u8(0).f32(nose_rad).f32(f64::NAN).u8(0);
    wire.message(DEVICE_STATUS).from(Component::Gimbal)
}

/// Least and most of roll, pitch and yaw.
fn range() -> [f64; 6] {
    [0.0, 0.0, PITCH_RAD, PITCH_RAD, 0.0, 0.0]
}
