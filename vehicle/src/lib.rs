//! The firmware, exactly as flown.
//!
//! A [`Vehicle`] is a value with one mouth: all it learns arrives in [`Senses`](senses::Senses), all it says
//! leaves in an [`Outbox`], and only what the [`gate`] has cleared gets in there.
//!
//! **Never:** reads a clock, opens a socket or a file, keeps a global, starts a thread, sees the simulator.
#![no_std]
extern crate alloc;

pub mod consent;
mod data;
pub mod flight;
pub mod gate;
pub mod outbox;
pub mod radio;
pub mod senses;
pub mod settings;
mod vault;
mod vehicle;
pub mod words;

pub use data::logbook::{LogEntry, table as log_table};
pub use outbox::Outbox;
pub use vehicle::Vehicle;
