//! The camera protocol's own messages: what the camera is, how it is set, what room it has, what it does, what it took.
//!
//! Room is told as the card's room is counted: every picture at one price, whatever its size, and in whole mebibytes.
//! Logs are left out: that there is one is the pilot's to be told under a grant alone. So it may have less room than
//! it tells, and never more than it has without its logs.
//!
//! **Never:** tells a size that was measured; names a file; tells a place but in a message that is judged as one.

use super::{milliseconds, text};
use crate::data::shots::Shot;
use crate::radio::frame::{Component, Message};
use crate::radio::wire::Wire;
use crate::senses::Tick;

/// Id of CAMERA_INFORMATION.
pub(crate) const INFORMATION: u32 = 259;
/// Id of CAMERA_SETTINGS.
pub(crate) const SETTINGS: u32 = 260;
/// Id of STORAGE_INFORMATION.
pub(crate) const STORAGE: u32 = 261;
/// Id of CAMERA_CAPTURE_STATUS.
pub(crate) const STATUS: u32 = 262;
/// Id of CAMERA_IMAGE_CAPTURED.
pub(crate) const CAPTURED: u32 = 263;

/// Width and height of a picture.
pub(crate) const PICTURE_PX: (u16, u16) = (320, 240);

const VENDOR: &str = "Hushwing";
const MODEL: &str = "Camera quad";
/// CAMERA_CAP_FLAGS: films, stills, modes, either in the other's mode (1 to 16), a live view (256), following a point
/// or a rectangle (512, 1024).
const CAPABILITIES: u32 = 1 | 2 | 4 | 8 | 16 | 256 | 512 | 1024;
/// The mount that it hangs on, by its component.
const MOUNT: u8 = 154;
/// STORAGE_STATUS: ready, or nothing can be told of it.
const READY: u8 = 2;
const NOT_TOLD: u8 = 3;
/// STORAGE_TYPE_MICROSD, and for pictures, films and logs.
const CARD: u8 = 3;
const MEBIBYTE: u64 = 1024 * 1024;

/// What the camera is set to. It takes stills and films in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// CAMERA_MODE_IMAGE.
    Stills,
    /// CAMERA_MODE_VIDEO.
    Films,
}

/// What the camera does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Doing {
    /// What it is set to.
    pub mode: Mode,
    /// Whether a still is under way.
    pub takes_still: bool,
    /// Seconds between the stills of a series, if one is under way.
    pub series_s: Option<f64>,
    /// How long the film under way is, in ticks.
    pub film_ticks: Option<u64>,
    /// Stills since power-on.
    pub stills: u32,
}

/// What room there is for pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// All of it.
    pub bytes: u64,
    /// What pictures have cost of it.
    pub used_bytes: u64,
    /// Whether the card takes what is written.
    pub is_sound: bool,
}

impl Room {
    /// All, used and left, in whole mebibytes.
    fn mebibytes(&self) -> [f64; 3] {
        let all = self.bytes / MEBIBYTE;
        let used = self.used_bytes.div_ceil(MEBIBYTE).min(all);
        [all, used, all - used].map(|size| size as f64)
    }
}

/// CAMERA_INFORMATION. What its lens is nobody has told the vehicle.
pub(crate) fn information(up: Tick) -> Message {
    let wire = Wire::new().u32(milliseconds(up)).u32(0).f32s([f64::NAN; 3]).u32(CAPABILITIES);
    let wire = wire.u16(PICTURE_PX.0).u16(PICTURE_PX.1).u16(0);
    let wire = wire.bytes(&text::<32>(VENDOR)).bytes(&text::<32>(MODEL)).u8(0);
    wire.bytes(&[0; 140]).u8(MOUNT).u8(0).message(INFORMATION).from(Component::Camera)
}

/// CAMERA_SETTINGS. It neither zooms nor focuses.
pub(crate) fn settings(up: Tick, mode: Mode) -> Message {
    let mode = match mode {
        Mode::Stills => 0,
        Mode::Films => 1,
    };
    let wire = Wire::new().u32(milliseconds(up)).u8(mode).f32s([f64::NAN; 2]).u8(0);
    wire.message(SETTINGS).from(Component::Camera)
}

/// STORAGE_INFORMATION of the only card.
pub(crate) fn storage(up: Tick, room: &Room) -> Message {
    let status = if room.is_sound { READY } else { NOT_TOLD };
    let wire = Wire::new().u32(milliseconds(up)).f32s(room.mebibytes()).f32s([0.0; 2]);
    let wire = wire.bytes(&[1, 1, status, CARD]).bytes(&[0; 32]).u8(0);
    wire.message(STORAGE).from(Component::Camera)
}

/// CAMERA_CAPTURE_STATUS.
pub(crate) fn status(up: Tick, doing: &Doing, room: &Room) -> Message {
    let still = u8::from(doing.takes_still) + 2 * u8::from(doing.series_s.is_some());
    let film_ms = doing.film_ticks.map_or(0, |ticks| milliseconds(Tick(ticks)));
    let [_, _, left] = room.mebibytes();
    let wire = Wire::new().u32(milliseconds(up)).f32(doing.series_s.unwrap_or(0.0));
    let wire = wire.u32(film_ms).f32(left).u8(still).u8(u8::from(doing.film_ticks.is_some()));
    wire.i32(doing.stills as i32).u8(0).message(STATUS).from(Component::Camera)
}

/// CAMERA_IMAGE_CAPTURED: a still that is on the card. Where it was taken only in the form that tells it.
pub(crate) fn captured(shot: &Shot, tells_place: bool) -> Message {
    let wire = Wire::new().u64(0).u32(milliseconds(shot.up));
    let wire = match shot.place.filter(|_| tells_place) {
        Some(place) => {
            let metres = [place.alt_m, place.height_m].map(|m| libm::round(m * 1e3) as i32);
            let degrees = [place.lat_deg, place.lon_deg].map(|deg| libm::round(deg * 1e7) as i32);
            let wire = degrees.into_iter().chain(metres).fold(wire, Wire::i32);
            wire.f32s(super::gimbal::looks(place.nose_rad))
        }
        None => wire.bytes(&[0; 32]),
    };
    let wire = wire.i32(shot.index as i32).u8(0).u8(1).bytes(&[0; 205]);
    wire.message(CAPTURED).from(Component::Camera)
}
