//! What the vehicle collects and keeps: stills, sound, the flight log, and the transfers that may carry them away.
//!
//! **Never:** captures anything by itself; hands contents to anyone but the gate.

pub(crate) mod camera;
pub(crate) mod logbook;
mod picture;
pub(crate) mod recorder;
pub(crate) mod scrub;
pub(crate) mod transfer;
