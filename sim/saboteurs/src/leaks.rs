//! The leaks, a room for each promise that they break.
//!
//! **Never:** leaks twice by different ways in one design.

pub(crate) mod account;
pub(crate) mod at_rest;
pub(crate) mod audio;
pub(crate) mod captures;
pub(crate) mod channels;
pub(crate) mod faces;
pub(crate) mod hosts;
pub(crate) mod identity;
pub(crate) mod live_view;
pub(crate) mod logs;
pub(crate) mod media;
pub(crate) mod ports;
pub(crate) mod recordings;
pub(crate) mod reports;
pub(crate) mod strangers;
pub(crate) mod switches;
