//! What the vehicle collects and keeps: stills, sound, the flight log, and the transfers that may carry them away.
//!
//! **Never:** captures anything by itself; hands contents to anyone but the gate.

pub(crate) mod camera;
mod cell;
mod checksum;
pub(crate) mod diagnostics;
pub(crate) mod download;
pub(crate) mod exif;
pub(crate) mod files;
mod film;
pub(crate) mod identity;
pub(crate) mod incoming;
pub(crate) mod live_view;
pub mod logbook;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod no_fly;
mod people;
mod picture;
pub(crate) mod recorder;
pub(crate) mod scrub;
pub(crate) mod shots;
pub(crate) mod store;
pub(crate) mod tracking;
pub(crate) mod uplink;
pub(crate) mod whole;
