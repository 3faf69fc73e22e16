//! The switch under which an emission leaves, read from the emission itself.
//!
//! **Never:** guesses a switch for what is not of a listed form.

use crate::decode::radio;
use crate::decode::uplink::{self, Service};
use evidence::Link;
use evidence::scenario::Setting;

/// Where the vehicle is and how it moves: in any flight GPS_RAW_INT, ATTITUDE and GLOBAL_POSITION_INT, in a live one
/// also pressure, attitude and place in other forms, what lies below, rotors, origin, what it feels, estimate, wind, shaking and home, where
/// its camera points and what the identification says of its place.
pub const TELEMETRY: [u32; 21] = [
    24, 30, 33, 26, 29, 31, 32, 36, 49, 74, 105, 132, 141, 230, 231, 241, 242, 331, 375, 285,
    12_901,
];

/// Where CAMERA_IMAGE_CAPTURED tells of a place, if it does: latitude, longitude, heights and attitude.
const STILL_PLACE: std::ops::Range<usize> = 12..44;

/// The switch of an emission; none where it has none of its own, or where several could be meant.
pub fn switch_of(link: Link, bytes: &[u8]) -> Option<Setting> {
    match link {
        Link::Radio | Link::Telemetry2 => match radio::payload(bytes)? {
            // The answer that there is none to tell of.
            (radio::LOG_ENTRY, payload) if payload.iter().all(|byte| *byte == 0) => None,
            (radio::LOG_DATA | radio::LOG_ENTRY, _) => Some(Setting::RadLogs),
            (radio::CAPTURED, payload) => {
                let told = payload.get(STILL_PLACE.start..STILL_PLACE.end.min(payload.len()));
                let is_told = told.is_some_and(|told| told.iter().any(|byte| *byte != 0));
                is_told.then_some(Setting::RadTelem)
            }
            (id, _) if TELEMETRY.contains(&id) => Some(Setting::RadTelem),
            _ => None,
        },
        Link::Video => Some(Setting::VidEnable),
        Link::Uplink => uplink::service(bytes).and_then(Service::switch),
        Link::RemoteId => Some(Setting::RidEnable),
        Link::Card | Link::Console | Link::Lights | Link::Motion => None,
    }
}
