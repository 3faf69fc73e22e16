//! The camera's own messages.
//!
//! **Never:** lets a float hold more than its whole pixels, mebibytes or ticks.

use super::super::fields::is_on_earth;
use evidence::Tick;
use mavlink::dialects::common::{
    CAMERA_CAPTURE_STATUS_DATA, CAMERA_IMAGE_CAPTURED_DATA, CAMERA_INFORMATION_DATA,
    CAMERA_SETTINGS_DATA, CAMERA_TRACKING_IMAGE_STATUS_DATA, STORAGE_INFORMATION_DATA,
    VIDEO_STREAM_INFORMATION_DATA, VIDEO_STREAM_STATUS_DATA,
};

const VENDOR: &[u8] = b"Hushwing";
const MODEL: &[u8] = b"Camera quad";
const VIEW: &[u8] = b"Live view";
const WIDTH_PX: f64 = 320.0;
const HEIGHT_PX: f64 = 240.0;
/// Larger cards there are not.
const CARD_MIB_MAX: f32 = 4_194_304.0;
/// Fastest and slowest series of stills.
const SERIES_S: std::ops::RangeInclusive<f32> = 0.5..=86_400.0;
const HEIGHT_MM_MAX: u32 = 100_000_000;
/// Half the 35° that it looks down: what its attitude's parts stand to each other as.
const TAN_HALF_DOWN: f64 = 0.315_298_788_878_984;
/// Steps of such a part that are rounding.
const ROUNDING: f64 = 1e-6;

/// The one NaN that says "unknown".
fn is_unknown(value: f32) -> bool {
    value.to_bits() == f32::NAN.to_bits()
}

/// Whether a field of fixed length holds exactly this, and zeros behind it.
pub(super) fn is_text(field: &[u8], words: &[u8]) -> bool {
    let rest = field.strip_prefix(words);
    rest.is_some_and(|rest| rest.iter().all(|byte| *byte == 0))
}

pub(super) fn information(m: &CAMERA_INFORMATION_DATA) -> bool {
    let optics = [m.focal_length, m.sensor_size_h, m.sensor_size_v];
    let numbers = (m.firmware_version, m.flags.bits(), m.cam_definition_version, m.lens_id);
    optics.into_iter().all(is_unknown)
        && numbers == (0, 1_823, 0, 0)
        && (m.resolution_h, m.resolution_v) == (320, 240)
        && is_text(&m.vendor_name, VENDOR)
        && is_text(&m.model_name, MODEL)
        && is_text(&m.cam_definition_uri[..], b"")
        && (m.gimbal_device_id, m.camera_device_id) == (154, 0)
}

pub(super) fn settings(m: &CAMERA_SETTINGS_DATA) -> bool {
    let is_fixed = is_unknown(m.zoomLevel) && is_unknown(m.focusLevel);
    is_fixed && m.mode_id as u8 <= 1 && m.camera_device_id == 0
}

pub(super) fn storage(m: &STORAGE_INFORMATION_DATA) -> bool {
    let sizes = [m.total_capacity, m.used_capacity, m.available_capacity];
    let numbers = (m.storage_id, m.storage_count, m.mavtype as u8, m.storage_usage.bits());
    sizes.iter().all(is_size)
        && m.used_capacity + m.available_capacity == m.total_capacity
        && [m.read_speed, m.write_speed].map(f32::to_bits) == [0; 2]
        && numbers == (1, 1, 3, 0)
        && matches!(m.status as u8, 2 | 3)
        && is_text(&m.name[..], b"")
}

/// `stills` are those on the card.
pub(super) fn status(up: Tick, stills: usize, m: &CAMERA_CAPTURE_STATUS_DATA) -> bool {
    let is_series = m.image_status & 2 != 0;
    let is_paced = SERIES_S.contains(&m.image_interval);
    let is_filming = m.video_status == 1;
    let is_timed =
        m.recording_time_ms.is_multiple_of(2) && u64::from(m.recording_time_ms) <= 2 * up.0;
    m.image_status <= 3
        && m.video_status <= 1
        && if is_series { is_paced } else { m.image_interval.to_bits() == 0 }
        && if is_filming { is_timed } else { m.recording_time_ms == 0 }
        && is_size(&m.available_capacity)
        && usize::try_from(m.image_count).is_ok_and(|count| count <= stills)
        && m.camera_device_id == 0
}

/// Whole mebibytes.
fn is_size(mib: &f32) -> bool {
    (0.0..=CARD_MIB_MAX).contains(mib) && mib.fract() == 0.0 && !mib.is_sign_negative()
}

pub(super) fn captured(m: &CAMERA_IMAGE_CAPTURED_DATA) -> bool {
    let place = [m.lat, m.lon, m.alt, m.relative_alt];
    let is_placeless = place == [0; 4] && m.q.map(f32::to_bits) == [0; 4];
    let is_placed = is_on_earth(m.lat, m.lon)
        && [m.alt, m.relative_alt].iter().all(|mm| mm.unsigned_abs() <= HEIGHT_MM_MAX)
        && is_levelled(m.q);
    (is_placeless || is_placed)
        && (m.time_utc, m.camera_id, m.capture_result.bits()) == (0, 0, 1)
        && is_text(&m.file_url[..], b"")
}

/// Whether an attitude is that of a camera that is level, looks down as ever, and is turned about the vertical.
pub(super) fn is_levelled(q: [f32; 4]) -> bool {
    let [w, x, y, z] = q.map(f64::from);
    let size = w * w + x * x + y * y + z * z;
    (size - 1.0).abs() < 1e-5
        && (y + w * TAN_HALF_DOWN).abs() < ROUNDING
        && (x - z * TAN_HALF_DOWN).abs() < ROUNDING
}

pub(super) fn stream(m: &VIDEO_STREAM_INFORMATION_DATA) -> bool {
    let shape = (m.resolution_h, m.resolution_v, m.rotation, m.hfov);
    let numbers = (m.stream_id, m.count, m.mavtype as u8, m.encoding as u8, m.camera_device_id);
    (m.framerate, m.bitrate) == (5.0, 172_320)
        && m.flags.bits() <= 1
        && shape == (160, 120, 0, 60)
        && numbers == (1, 1, 0, 0, 0)
        && is_text(&m.name[..], VIEW)
        && is_text(&m.uri[..], b"")
}

pub(super) fn stream_status(m: &VIDEO_STREAM_STATUS_DATA) -> bool {
    let shape = (m.resolution_h, m.resolution_v, m.rotation, m.hfov);
    (m.framerate, m.bitrate) == (5.0, 172_320)
        && m.flags.bits() <= 1
        && shape == (160, 120, 0, 60)
        && (m.stream_id, m.camera_device_id) == (1, 0)
}

/// A box on whole pixels and its middle, or nothing; never a radius, and no other data.
pub(super) fn tracked(m: &CAMERA_TRACKING_IMAGE_STATUS_DATA) -> bool {
    let rectangle = [m.rec_top_x, m.rec_top_y, m.rec_bottom_x, m.rec_bottom_y];
    let status = (m.tracking_status.bits(), m.tracking_mode as u8, m.target_data.bits());
    let nowhere = rectangle.into_iter().chain([m.point_x, m.point_y]).all(is_unknown);
    let is_there = || {
        let [left, top, right, bottom] = rectangle;
        [(left, WIDTH_PX), (right, WIDTH_PX), (top, HEIGHT_PX), (bottom, HEIGHT_PX)]
            .into_iter()
            .all(|(part, side)| is_on_a_pixel(part, side))
            && left <= right
            && top <= bottom
            && is_on_a_pixel(m.point_x, 2.0 * WIDTH_PX)
            && is_on_a_pixel(m.point_y, 2.0 * HEIGHT_PX)
            && is_middle(m.point_x, left, right)
            && is_middle(m.point_y, top, bottom)
    };
    let is_well = match status {
        (0, 0, 0) | (1 | 2, 1 | 2, 0) => nowhere,
        (1, 1 | 2, 4) => is_there(),
        _ => false,
    };
    is_well && is_unknown(m.radius) && m.camera_device_id == 0
}

/// Whether a part of a side is that of a whole pixel, to the last bit that a float of this size has.
fn is_on_a_pixel(part: f32, side: f64) -> bool {
    let pixel = libm::round(f64::from(part) * side);
    (0.0..=side).contains(&pixel) && (pixel / side) as f32 == part && !part.is_sign_negative()
}

fn is_middle(point: f32, from: f32, to: f32) -> bool {
    (f64::from(point) - (f64::from(from) + f64::from(to)) / 2.0).abs() < ROUNDING
}
