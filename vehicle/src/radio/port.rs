//! The telemetry ports by which ground stations reach the vehicle, and who is at the other end of one.
//!
//! **Never:** tells one pilot from another: who may do what does not depend on the port.

use crate::words::Link;

/// One of the vehicle's ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    /// The one that every vehicle has.
    First,
    /// The one that a vehicle may be fitted with.
    Second,
}

impl Port {
    /// Which port a way out is, if it is one of them.
    pub(crate) const fn of(link: Link) -> Option<Self> {
        match link {
            Link::Radio => Some(Self::First),
            Link::Telemetry2 => Some(Self::Second),
            Link::Video
            | Link::Uplink
            | Link::RemoteId
            | Link::Card
            | Link::Console
            | Link::Lights
            | Link::Motion => None,
        }
    }

    /// What it is called as a way out.
    pub(crate) fn link(self) -> Link {
        match self {
            Self::First => Link::Radio,
            Self::Second => Link::Telemetry2,
        }
    }
}

/// A station on a port, by its system and component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Station {
    pub port: Port,
    pub id: (u8, u8),
}
