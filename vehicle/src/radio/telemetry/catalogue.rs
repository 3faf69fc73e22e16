//! Every message that can be told again and again: its number, its rates, its class and who writes it.
//!
//! **Never:** tells where the vehicle is, or how it moves, as anything but a position.

use super::{Told, air, condition, motion, place};
use crate::gate::{Message, Parcel};
use crate::radio::aboard::{camera, drone_id, gimbal, tracked, video};
use crate::radio::about;
use crate::senses::{Streams, TICKS_PER_S};

/// One message.
pub(super) struct Row {
    pub id: u32,
    /// Ticks from one to the next, in either set; none where it is told only to who asks.
    minimal_ticks: Option<u32>,
    normal_ticks: Option<u32>,
    /// Whether it tells where the vehicle is or how it moves.
    is_position: bool,
    /// None while there is nothing to tell yet.
    write: fn(&Told<'_>) -> Option<Message>,
}

const S: u32 = TICKS_PER_S as u32;

const fn state(
    id: u32,
    [minimal_ticks, normal_ticks]: [Option<u32>; 2],
    write: fn(&Told<'_>) -> Option<Message>,
) -> Row {
    Row { id, minimal_ticks, normal_ticks, is_position: false, write }
}

const fn position(
    id: u32,
    [minimal_ticks, normal_ticks]: [Option<u32>; 2],
    write: fn(&Told<'_>) -> Option<Message>,
) -> Row {
    Row { id, minimal_ticks, normal_ticks, is_position: true, write }
}

/// Number of the heartbeat, which keeps every station's link alive.
pub(super) const HEARTBEAT: u32 = 0;

/// How many messages there are.
pub(super) const ROWS_MAX: usize = 42;

/// In the order in which they leave within a tick.
pub(super) const ROWS: [Row; ROWS_MAX] = [
    state(HEARTBEAT, [Some(S), Some(S)], |told| Some(condition::beat(told))),
    state(1, [Some(S), Some(S)], |told| Some(condition::sys_status(told))),
    state(245, [Some(S), Some(S)], |told| Some(condition::extended_sys_state(told))),
    position(30, [Some(S / 10), Some(S / 10)], |told| Some(motion::attitude(told))),
    position(33, [Some(S / 5), Some(S / 5)], |told| Some(place::global_position(told))),
    position(24, [Some(S / 2), Some(S / 2)], |told| Some(place::gps_raw(told))),
    state(147, [Some(2 * S), Some(2 * S)], |told| Some(condition::battery_status(told))),
    position(31, [None, Some(S / 10)], |told| Some(motion::attitude_quaternion(told))),
    position(32, [None, Some(S / 5)], |told| Some(place::local_position(told))),
    position(74, [None, Some(S / 5)], |told| Some(motion::hud(told))),
    position(105, [None, Some(S / 5)], |told| Some(motion::imu(told))),
    position(331, [None, Some(S / 5)], |told| Some(motion::odometry(told))),
    position(141, [None, Some(S / 2)], |told| Some(place::altitude(told))),
    position(36, [None, Some(S / 2)], |told| Some(motion::rotors(told))),
    position(29, [None, Some(S)], air::pressure),
    position(230, [None, Some(S)], |told| Some(condition::estimator_status(told))),
    position(231, [None, Some(S)], air::wind),
    position(241, [None, Some(S)], |told| Some(motion::vibration(told))),
    state(2, [None, Some(S)], |told| Some(condition::system_time(told))),
    state(65, [None, Some(S)], |told| Some(condition::no_channels(told))),
    position(242, [None, Some(2 * S)], place::home),
    position(49, [None, Some(2 * S)], place::origin),
    state(436, [None, Some(2 * S)], |told| Some(told.face.current(told.state))),
    position(26, [None, None], |told| Some(motion::scaled_imu(told))),
    position(132, [None, None], |told| Some(place::distance(told))),
    position(375, [None, None], |told| Some(motion::actuators(told))),
    state(148, [None, None], |told| Some(about::autopilot_version(told.face.personality))),
    state(camera::INFORMATION, [None, None], |told| Some(camera::information(told.up))),
    state(camera::SETTINGS, [None, None], |told| {
        Some(camera::settings(told.up, told.aboard.doing.mode))
    }),
    state(camera::STORAGE, [None, None], |told| Some(camera::storage(told.up, &told.aboard.room))),
    state(camera::STATUS, [None, None], |told| {
        Some(camera::status(told.up, &told.aboard.doing, &told.aboard.room))
    }),
    state(video::INFORMATION, [None, None], |told| Some(video::information(told.aboard.is_viewed))),
    state(video::STATUS, [None, None], |told| Some(video::status(told.aboard.is_viewed))),
    state(tracked::STATUS, [None, None], |told| Some(tracked::status(told.aboard.track.as_ref()))),
    state(gimbal::MANAGER_INFORMATION, [None, None], |told| {
        Some(gimbal::manager_information(told.up))
    }),
    state(gimbal::MANAGER_STATUS, [None, Some(S / 5)], |told| {
        Some(gimbal::manager_status(told.up, &told.aboard.control))
    }),
    state(gimbal::DEVICE_INFORMATION, [None, None], |told| {
        Some(gimbal::device_information(told.up))
    }),
    position(gimbal::DEVICE_STATUS, [None, Some(S / 10)], |told| {
        Some(gimbal::device_status(told.up, told.state.euler_rad().z))
    }),
    state(drone_id::BASIC_ID, [None, Some(3 * S)], |_| Some(drone_id::basic_id())),
    position(drone_id::LOCATION, [None, Some(S)], |told| drone_id::location(told.now, told.state)),
    state(drone_id::SYSTEM, [None, Some(3 * S)], |_| Some(drone_id::system())),
    state(drone_id::ARM_STATUS, [None, Some(S)], |told| {
        Some(drone_id::arm_status(told.state, &told.aboard))
    }),
];

impl Row {
    /// Ticks from one to the next, unless somebody has asked for another rate.
    pub(super) fn usual_ticks(&self, streams: Streams) -> Option<u32> {
        match streams {
            Streams::Minimal => self.minimal_ticks,
            Streams::Normal => self.normal_ticks,
        }
    }

    pub(super) fn message(&self, told: &Told<'_>) -> Option<Message> {
        (self.write)(told)
    }

    pub(super) fn parcel(&self, told: &Told<'_>) -> Option<Parcel> {
        let message = self.message(told)?;
        Some(match self.is_position {
            true => Parcel::telemetry(message),
            false => Parcel::state(message),
        })
    }
}

/// Whether there is such a message at all.
pub(crate) fn is_listed(id: u32) -> bool {
    ROWS.iter().any(|row| row.id == id)
}

/// One message as it is now; none where it is not listed, or there is nothing to tell yet.
pub(crate) fn tell(id: u32, told: &Told<'_>) -> Option<Parcel> {
    ROWS.iter().find(|row| row.id == id)?.parcel(told)
}
