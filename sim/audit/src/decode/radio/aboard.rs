//! What a live vehicle tells of what is aboard: its camera, the mount, the broadcast identification.
//!
//! Each component counts its own frames and says its own messages. Most fields are the same for every vehicle of this
//! kind; the rest are clocks, numbers that count, and places in a picture on whole pixels.
//!
//! **Never:** looks at accuracy: whether a value is true is not the question, whether it has room for something else is.

mod camera;
mod identification;
mod mount;

use super::fields::clock;
use super::wanted::{ANSWER_TICKS_MAX, Wanted};
use crate::case::{Line, Sender, still_number};
use crate::decode::Faults;
use evidence::{Class, Tick};
use mavlink::dialects::common::{CAMERA_IMAGE_CAPTURED_DATA, HEARTBEAT_DATA, MavMessage};
use std::collections::BTreeMap;

/// The autopilot, the camera and the mount.
pub const COMPONENTS: [u8; 3] = [1, 100, 154];

/// Id of CAMERA_IMAGE_CAPTURED, which tells where a still was taken, or not.
pub const CAPTURED: u32 = 263;

/// Every message of what is aboard, who says it, and ticks from one to the next in a live flight; in a story nobody
/// says any of them by himself.
pub const SAID: [(u32, u8, Option<u64>); 16] = [
    (259, 100, None),
    (260, 100, None),
    (261, 100, None),
    (262, 100, None),
    (CAPTURED, 100, None),
    (269, 100, None),
    (270, 100, None),
    (275, 100, None),
    (280, 1, None),
    (281, 1, Some(100)),
    (283, 154, None),
    (285, 154, Some(50)),
    (12_900, 1, Some(1_500)),
    (12_901, 1, Some(500)),
    (12_904, 1, Some(1_500)),
    (12_918, 1, Some(500)),
];

/// Which component says a message.
pub fn speaker(id: u32) -> u8 {
    SAID.iter().find(|(listed, ..)| *listed == id).map_or(1, |(_, component, _)| *component)
}

/// Whether a message is of what is aboard.
pub fn is_said(id: u32) -> bool {
    SAID.iter().any(|(listed, ..)| *listed == id)
}

/// What has been told since power-on.
pub struct Aboard {
    boot: Tick,
    capacity_mib: Option<u32>,
    stills: BTreeMap<i32, u32>,
    beats: BTreeMap<u8, Tick>,
}

impl Aboard {
    /// Nothing yet, since this moment.
    pub fn since(boot: Tick) -> Self {
        Self { boot, capacity_mib: None, stills: BTreeMap::new(), beats: BTreeMap::new() }
    }

    /// Checks one message; other messages have rooms of their own.
    pub fn said(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        message: &MavMessage,
        wanted: &mut Wanted,
        faults: &mut Faults<'_>,
    ) {
        let boot = case.power.boot(tick);
        if boot != self.boot {
            *self = Self::since(boot);
        }
        let up = Tick(tick.0 - boot.0);
        let (name, is_well) = match message {
            MavMessage::CAMERA_INFORMATION(m) => {
                clock(up, m.time_boot_ms, "CAMERA_INFORMATION", faults);
                ("CAMERA_INFORMATION", camera::information(m))
            }
            MavMessage::CAMERA_SETTINGS(m) => {
                clock(up, m.time_boot_ms, "CAMERA_SETTINGS", faults);
                ("CAMERA_SETTINGS", camera::settings(m))
            }
            MavMessage::STORAGE_INFORMATION(m) => {
                clock(up, m.time_boot_ms, "STORAGE_INFORMATION", faults);
                let capacity = self.capacity_mib.get_or_insert(m.total_capacity.to_bits());
                let is_same = *capacity == m.total_capacity.to_bits();
                ("STORAGE_INFORMATION", is_same && camera::storage(m))
            }
            MavMessage::CAMERA_CAPTURE_STATUS(m) => {
                clock(up, m.time_boot_ms, "CAMERA_CAPTURE_STATUS", faults);
                ("CAMERA_CAPTURE_STATUS", camera::status(up, taken(case, boot, tick), m))
            }
            MavMessage::CAMERA_IMAGE_CAPTURED(m) => {
                faults.must(
                    self.captured(case, tick, wanted, m),
                    "CAMERA_IMAGE_CAPTURED of no still on the card",
                );
                ("CAMERA_IMAGE_CAPTURED", camera::captured(m))
            }
            MavMessage::VIDEO_STREAM_INFORMATION(m) => {
                ("VIDEO_STREAM_INFORMATION", camera::stream(m))
            }
            MavMessage::VIDEO_STREAM_STATUS(m) => ("VIDEO_STREAM_STATUS", camera::stream_status(m)),
            MavMessage::CAMERA_TRACKING_IMAGE_STATUS(m) => {
                let may_follow = follows(case, boot, tick) || m.tracking_status.bits() == 0;
                if !may_follow {
                    let rule = "CAMERA_TRACKING_IMAGE_STATUS of nobody whom the pilot pointed at";
                    faults.unasked(Class::Imagery, None, rule);
                }
                ("CAMERA_TRACKING_IMAGE_STATUS", camera::tracked(m))
            }
            MavMessage::GIMBAL_MANAGER_INFORMATION(m) => {
                clock(up, m.time_boot_ms, "GIMBAL_MANAGER_INFORMATION", faults);
                ("GIMBAL_MANAGER_INFORMATION", mount::manager(m))
            }
            MavMessage::GIMBAL_MANAGER_STATUS(m) => {
                clock(up, m.time_boot_ms, "GIMBAL_MANAGER_STATUS", faults);
                ("GIMBAL_MANAGER_STATUS", mount::status(case, tick, m))
            }
            MavMessage::GIMBAL_DEVICE_INFORMATION(m) => {
                clock(up, m.time_boot_ms, "GIMBAL_DEVICE_INFORMATION", faults);
                ("GIMBAL_DEVICE_INFORMATION", mount::device(m))
            }
            MavMessage::GIMBAL_DEVICE_ATTITUDE_STATUS(m) => {
                clock(up, m.time_boot_ms, "GIMBAL_DEVICE_ATTITUDE_STATUS", faults);
                ("GIMBAL_DEVICE_ATTITUDE_STATUS", mount::attitude(m))
            }
            MavMessage::OPEN_DRONE_ID_BASIC_ID(m) => {
                if !identification::is_nameless(m) {
                    let rule = "OPEN_DRONE_ID_BASIC_ID tells more than the kind of vehicle";
                    faults.unlisted(Some(Class::Device), rule);
                }
                return;
            }
            MavMessage::OPEN_DRONE_ID_SYSTEM(m) => {
                if !identification::is_operatorless(m) {
                    let rule = "OPEN_DRONE_ID_SYSTEM tells more than that it is alone";
                    faults.unlisted(Some(Class::Position), rule);
                }
                return;
            }
            MavMessage::OPEN_DRONE_ID_LOCATION(m) => {
                ("OPEN_DRONE_ID_LOCATION", identification::location(tick, m))
            }
            MavMessage::OPEN_DRONE_ID_ARM_STATUS(m) => {
                ("OPEN_DRONE_ID_ARM_STATUS", identification::arm_status(m))
            }
            _ => return,
        };
        faults.must(is_well, &format!("{name} holds what it may not"));
    }

    /// Checks the heartbeat of camera or mount: always the same, once a second, on a live flight alone.
    pub fn beat(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        from: u8,
        m: &HEARTBEAT_DATA,
        faults: &mut Faults<'_>,
    ) {
        let kind = if from == 100 { 30 } else { 26 };
        let identity = (m.mavtype as u8, m.autopilot as u8, m.system_status as u8);
        let rest = (m.base_mode.bits(), m.custom_mode, m.mavlink_version);
        faults.must(
            (identity, rest) == ((kind, 8, 4), (0, 0, 3)),
            "HEARTBEAT of camera or mount has another identity",
        );
        let last = self.beats.insert(from, tick);
        let is_due = last.is_none_or(|last| {
            let is_off = case.power.boots().iter().any(|boot| last < *boot && *boot <= tick);
            tick.0 == last.0 + 500 || (is_off && (tick.0 - last.0).is_multiple_of(500))
        });
        let is_live = case.evidence.heard.is_some();
        faults.must(is_due && is_live, "HEARTBEAT of camera or mount is not due");
    }

    /// Whether it tells of a still that lies on the card: the next one as it comes, an earlier one as it was told.
    fn captured(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        wanted: &mut Wanted,
        m: &CAMERA_IMAGE_CAPTURED_DATA,
    ) -> bool {
        let up = Tick(tick.0 - self.boot.0);
        if let Some(told_ms) = self.stills.get(&m.image_index) {
            return *told_ms == m.time_boot_ms && wanted.take(tick, CAPTURED).is_some();
        }
        let is_next = usize::try_from(m.image_index) == Ok(self.stills.len());
        let is_now = u64::from(m.time_boot_ms).abs_diff(up.0 * 2) <= 2;
        self.stills.insert(m.image_index, m.time_boot_ms);
        is_next && is_now && self.stills.len() <= taken(case, self.boot, tick)
    }
}

/// Stills that were put on the card since power-on.
fn taken(case: &Line<'_, '_>, boot: Tick, tick: Tick) -> usize {
    let is_since = |named: Tick| boot <= named && named <= tick;
    case.lives.iter().filter(|l| still_number(l.path).is_some() && is_since(l.named)).count()
}

/// Whether the pilot has pointed at somebody since power-on, and has not let go of him.
fn follows(case: &Line<'_, '_>, boot: Tick, tick: Tick) -> bool {
    let orders =
        case.whole.asked.iter().filter(|asked| {
            matches!(asked.id, 75 | 76) && boot <= asked.tick && asked.tick <= tick
        });
    let orders = orders.filter(|asked| asked.by == Sender::Pilot).filter_map(|asked| {
        let wire = asked.padded::<33>();
        match u16::from_le_bytes([wire[28], wire[29]]) {
            2004 | 2005 => Some((asked.tick, true)),
            2010 => Some((asked.tick, false)),
            _ => None,
        }
    });
    // A box that is let go of may still be told in that very tick, and for as long as an answer may take.
    let late = |at: Tick| tick.0 <= at.0 + ANSWER_TICKS_MAX;
    let orders: Vec<_> = orders.collect();
    let last = orders.last();
    last.is_some_and(|(at, is_on)| *is_on || (late(*at) && orders.iter().any(|(_, on)| *on)))
}
