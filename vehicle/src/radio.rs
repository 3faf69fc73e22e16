//! MAVLink 2 with the pilot's ground station, and the broadcast identification.
//!
//! **Never:** sends anything by itself: it makes messages, and the gate decides.

pub(crate) mod aboard;
pub(crate) mod about;
pub(crate) mod clocks;
pub mod frame;
pub(crate) mod ftp;
pub(crate) mod inbound;
pub(crate) mod inbox;
pub(crate) mod logs;
pub(crate) mod missions;
pub(crate) mod modes;
pub(crate) mod parameters;
pub(crate) mod personality;
pub(crate) mod port;
pub(crate) mod remote_id;
pub(crate) mod signing;
pub(crate) mod streams;
pub(crate) mod telemetry;
mod wire;
pub(crate) mod words;
