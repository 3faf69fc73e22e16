//! Joins a live flight's telemetry ports to real ground stations, over UDP, TCP and serial lines.
//!
//! Each port has links, clients and queues of its own: what comes by a link of one never reaches the other.
//!
//! The flight runs on its own thread and knows none of this: it asks a [`Side`] what has arrived and tells it what was
//! said. Bounded channels lie between that thread and the one on which tokio runs, so nothing that a client does or
//! fails to do is felt in a tick. What does not fit is dropped, whole frame by whole frame, and counted in the
//! [`Tally`].
//!
//! Rooms in reading order: which links ([`link`]), what a frame is ([`frames`]) and whom it is for ([`targets`]), who
//! is there ([`router`]) and how much each may say ([`budget`]), when a tick is due ([`pace`]), who is still there by simulated time ([`presence`]), the flight's side
//! ([`side`]), and the sockets (`net`).
//!
//! **Never:** changes a byte of a frame; lets a client's frame reach another client unless asked to; makes the flight
//! wait for a client; opens a port to the network outside this machine unless told to.

pub mod link;

pub mod budget;
pub mod frames;
pub mod router;
pub mod targets;

pub mod pace;
pub mod presence;
pub mod side;
pub mod tally;

mod clock;
mod hub;
mod net;

#[cfg(test)]
mod tests;

pub use link::LinkSpec;
pub use net::{Bridge, OpenError};
pub use pace::Speed;
pub use side::Side;
pub use tally::{Count, Tally};

/// What a live flight is joined to, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The links to open for the radio.
    pub links: Vec<LinkSpec>,
    /// Those for the second telemetry port.
    pub second_links: Vec<LinkSpec>,
    /// How fast simulated time goes.
    pub speed: Speed,
    /// Whether clients hear each other.
    pub forwards: bool,
    /// Simulated seconds after which the flight ends, if before its story does.
    pub length_s: Option<f64>,
}
