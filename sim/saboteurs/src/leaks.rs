//! The leaks, a room for each promise that they break.
//!
//! **Never:** leaks twice by different ways in one design.

pub(crate) mod audio;
pub(crate) mod channels;
pub(crate) mod faces;
pub(crate) mod identity;
pub(crate) mod logs;
pub(crate) mod media;
