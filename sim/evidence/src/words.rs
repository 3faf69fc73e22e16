//! One word, one meaning: ticks, links, classes, claims.
//!
//! **Never:** holds a default for anything that grants.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Length of one tick of simulated time, in seconds.
pub const TICK_S: f64 = 0.002;

/// Ticks in one second of simulated time.
pub const TICKS_PER_S: u64 = 500;

/// A moment: the number of 2 ms steps since the vehicle was switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tick(pub u64);

impl Tick {
    /// The first tick at or after `seconds` (not negative, finite).
    #[must_use]
    pub fn at_s(seconds: f64) -> Self {
        Self(libm::ceil(seconds * TICKS_PER_S as f64 - 1e-9) as u64)
    }

    /// Seconds since power-on.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.0 as f64 * TICK_S
    }
}

impl fmt::Display for Tick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} s", self.seconds())
    }
}

/// A named way out of the vehicle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Link {
    /// MAVLink 2 with the pilot's ground station.
    Radio,
    /// Live view (RTP).
    Video,
    /// HTTP to the maker's servers.
    Uplink,
    /// Broadcast identification (ASTM F3411).
    RemoteId,
    /// Removable storage, judged at rest.
    Card,
    /// Debug and serial ports.
    Console,
    /// Lamps.
    Lights,
    /// Motor commands and the path flown.
    Motion,
    /// MAVLink 2 with ground stations, by the second telemetry port.
    Telemetry2,
}

impl Link {
    /// Every link, in the order of the law's columns.
    pub const ALL: [Self; 9] = [
        Self::Radio,
        Self::Video,
        Self::Uplink,
        Self::RemoteId,
        Self::Card,
        Self::Console,
        Self::Lights,
        Self::Motion,
        Self::Telemetry2,
    ];

    /// Whether it is a telemetry port, by which the vehicle speaks MAVLink with ground stations.
    #[must_use]
    pub fn is_mavlink(self) -> bool {
        match self {
            Self::Radio | Self::Telemetry2 => true,
            Self::Video
            | Self::Uplink
            | Self::RemoteId
            | Self::Card
            | Self::Console
            | Self::Lights
            | Self::Motion => false,
        }
    }

    /// The column of the law that is for it: both telemetry ports lead to the pilot, and have one.
    #[must_use]
    pub fn column(self) -> Self {
        if self.is_mavlink() { Self::Radio } else { self }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Radio => "Radio",
            Self::Video => "Video",
            Self::Uplink => "Uplink",
            Self::RemoteId => "RemoteId",
            Self::Card => "Card",
            Self::Console => "Console",
            Self::Lights => "Lights",
            Self::Motion => "Motion",
            Self::Telemetry2 => "Telemetry2",
        })
    }
}

/// A class of data, as the law knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// Sound, in any form.
    Audio,
    /// Face pixels, templates, identities, detections that tell who.
    Face,
    /// Pictures.
    Imagery,
    /// Contents and existence of flight logs.
    FlightLog,
    /// Where the aircraft, its home or its pilot is.
    Position,
    /// Serial numbers and hardware addresses.
    Device,
    /// E-mail, phone.
    Account,
    /// Wi-Fi, Bluetooth and cell neighbours.
    Surroundings,
    /// Keys and passwords.
    Key,
    /// What is not classified: armed or not, mode, lamp state, software version.
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

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Audio => "Audio",
            Self::Face => "Face",
            Self::Imagery => "Imagery",
            Self::FlightLog => "FlightLog",
            Self::Position => "Position",
            Self::Device => "Device",
            Self::Account => "Account",
            Self::Surroundings => "Surroundings",
            Self::Key => "Key",
            Self::Public => "Public",
        })
    }
}

/// Who may receive an object under a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Recipient {
    /// The pilot's ground station, over `Radio` or `Telemetry2`.
    Pilot,
    /// The maker's servers, over `Uplink`.
    Maker,
    /// The removable card: the pilot's own command to capture.
    Card,
    /// The pilot's screen, over `Video`: the pilot's own command to show.
    Viewer,
}

impl Recipient {
    /// The link by which this recipient is reached; the pilot by either telemetry port.
    #[must_use]
    pub fn link(self) -> Link {
        match self {
            Self::Pilot => Link::Radio,
            Self::Maker => Link::Uplink,
            Self::Card => Link::Card,
            Self::Viewer => Link::Video,
        }
    }
}

/// A named promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimId {
    /// The vehicle records no audio by itself, and none leaves but to the card on command.
    NoAudio,
    /// The external microphone records on command only, and its sound stays on the card.
    MicConsent,
    /// Nothing tells who was in view.
    NoFaces,
    /// Pictures and films exist only because the pilot commanded them.
    MediaManual,
    /// Pictures leave only under a grant for that picture.
    MediaConsent,
    /// At rest, flight logs lie in the sealed container only.
    LogSealed,
    /// Flight logs leave only under a grant for that log.
    LogConsent,
    /// Diagnostics tell a place no finer than its 10 km cell.
    DiagCoarse,
    /// A question about no-fly zones tells a cell only, and is asked at fixed moments only.
    NoflyCoarse,
    /// With a service switched off, or in local data mode, nothing goes to the maker.
    OffMeansOff,
    /// Every class that may leave has a switch of its own, and off is silence.
    UserControl,
    /// E-mail, phone and declared numbers are all that tells who owns the vehicle.
    IdentityMinimal,
    /// Any e-mail and phone are accepted; nothing is ever sent about them.
    IdentityUnverified,
    /// Identity and keys are sealed at rest.
    IdentitySealed,
    /// Only declared servers, in the declared region, are looked up or spoken to.
    KnownHosts,
    /// Nothing is handed out to a stranger, or because a server asks for it.
    ServerAccess,
    /// Nothing leaves by a way nobody listed.
    OnlyKnownLinks,
}

impl ClaimId {
    /// Every claim, in the order of the report's columns.
    pub const ALL: [Self; 17] = [
        Self::NoAudio,
        Self::MicConsent,
        Self::NoFaces,
        Self::MediaManual,
        Self::MediaConsent,
        Self::LogSealed,
        Self::LogConsent,
        Self::DiagCoarse,
        Self::NoflyCoarse,
        Self::OffMeansOff,
        Self::UserControl,
        Self::IdentityMinimal,
        Self::IdentityUnverified,
        Self::IdentitySealed,
        Self::KnownHosts,
        Self::ServerAccess,
        Self::OnlyKnownLinks,
    ];

    /// The claim's name in scenarios, tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoAudio => "no-audio",
            Self::MicConsent => "mic-consent",
            Self::NoFaces => "no-faces",
            Self::MediaManual => "media-manual",
            Self::MediaConsent => "media-consent",
            Self::LogSealed => "log-sealed",
            Self::LogConsent => "log-consent",
            Self::DiagCoarse => "diag-coarse",
            Self::NoflyCoarse => "nofly-coarse",
            Self::OffMeansOff => "off-means-off",
            Self::UserControl => "user-control",
            Self::IdentityMinimal => "identity-minimal",
            Self::IdentityUnverified => "identity-unverified",
            Self::IdentitySealed => "identity-sealed",
            Self::KnownHosts => "known-hosts",
            Self::ServerAccess => "server-access",
            Self::OnlyKnownLinks => "only-known-links",
        }
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What physically left: when, by which way, which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emission {
    /// When it left.
    pub tick: Tick,
    /// By which way.
    pub link: Link,
    /// What left, to the byte.
    pub bytes: Vec<u8>,
}
