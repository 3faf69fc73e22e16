//! The vehicle's own words: links, classes of data, recipients.
//!
//! **Never:** shares a type with the auditor.

/// A named way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// MAVLink 2 with the pilot's ground station.
    Radio,
    /// Live view.
    Video,
    /// HTTP to the maker's servers.
    Uplink,
    /// Broadcast identification.
    RemoteId,
    /// Removable storage.
    Card,
    /// Debug and serial ports.
    Console,
    /// Lamps.
    Lights,
    /// Motor commands.
    Motion,
    /// MAVLink 2 with ground stations, by the second telemetry port.
    Telemetry2,
}

/// A class of data, as the law knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Sound, in any form.
    Audio,
    /// Pictures in which a face may be.
    Face,
    /// Pictures without faces.
    Imagery,
    /// Flight logs, and that there are any.
    FlightLog,
    /// Where the aircraft is and how it moves.
    Position,
    /// Serial numbers and hardware addresses.
    Device,
    /// E-mail, phone.
    Account,
    /// Radio neighbours.
    Surroundings,
    /// Keys and passwords.
    Key,
    /// What is not classified: mode, arming, lamps, software version.
    Public,
}

impl Class {
    /// Every class, in the order of the law's rows.
    pub const ALL: [Self; 10] = [
        Self::Audio,
        Self::Face,
        Self::Imagery,
        Self::FlightLog,
        Self::Position,
        Self::Device,
        Self::Account,
        Self::Surroundings,
        Self::Key,
        Self::Public,
    ];
}

/// Who may receive an object under a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The pilot's ground station, over `Radio`.
    Pilot,
    /// The maker's servers, over `Uplink`.
    Maker,
    /// The card: the pilot's own command to capture.
    Card,
    /// The pilot's screen, over `Video`, while the live view is on.
    Viewer,
}
