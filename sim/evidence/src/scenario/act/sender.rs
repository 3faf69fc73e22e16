//! Who says an act to whom, and what it does to the flight and to the power.
//!
//! **Never:** says what comes of it.

use super::Act;
use crate::Link;

/// Whose frames carry an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The pilot's ground station, system 255.
    Pilot,
    /// Somebody with the pilot's number and without the pilot's key.
    Forger,
    /// Another ground station, system 254.
    Stranger,
}

impl Act {
    /// Whether the pilot commands another way to fly by it.
    #[must_use]
    pub fn flies_otherwise(&self) -> bool {
        matches!(
            self.on_any_port(),
            Self::Disarms
                | Self::TakesOff { .. }
                | Self::Holds
                | Self::StartsMission
                | Self::Returns
                | Self::Lands
                | Self::GoesTo { .. }
                | Self::Orbits { .. }
                | Self::Follows { .. }
                | Self::Brakes
                | Self::StopsMotors
                | Self::Switches { .. }
        )
    }

    /// Whether it is said to the vehicle over the radio, by whomever.
    #[must_use]
    pub fn is_said(&self) -> bool {
        match self {
            Self::Forges(act) | Self::Stranger(act) | Self::Telemetry2(act) => act.is_said(),
            Self::Arms
            | Self::Disarms
            | Self::TakesOff { .. }
            | Self::Holds
            | Self::StartsMission
            | Self::Returns
            | Self::Lands
            | Self::GoesTo { .. }
            | Self::Orbits { .. }
            | Self::Follows { .. }
            | Self::Brakes
            | Self::StopsMotors
            | Self::Switches { .. }
            | Self::Steers { .. }
            | Self::TakesStill
            | Self::StartsRecording
            | Self::StopsRecording
            | Self::Grants { .. }
            | Self::Withdraws { .. }
            | Self::Requests { .. }
            | Self::Sets { .. }
            | Self::StartsFilm
            | Self::StopsFilm
            | Self::StartsView
            | Self::StopsView
            | Self::Registers
            | Self::SharesPosition { .. }
            | Self::AsksLogs
            | Self::AsksFiles { .. }
            | Self::ReadsFile { .. }
            | Self::ReadsLog { .. }
            | Self::AsksParameters
            | Self::ListsConsent
            | Self::ErasesLogs
            | Self::ResetsToFactory
            | Self::SetsUpSigning
            | Self::Unlocks { .. } => true,
            Self::Speaks { .. }
            | Self::Walks { .. }
            | Self::WalksPath { .. }
            | Self::Faces { .. }
            | Self::LooksAt { .. }
            | Self::LosesLink { .. }
            | Self::ServerTurns(_)
            | Self::Reboots { .. }
            | Self::Updates { .. }
            | Self::CutsPower { .. }
            | Self::CardTurns(_)
            | Self::MotorFails { .. }
            | Self::RotorWeakens { .. }
            | Self::JamsGnss { .. }
            | Self::SpoofsGnss { .. }
            | Self::ReceiverTurns(_)
            | Self::SensorFails { .. }
            | Self::FindersTurn { .. }
            | Self::Awaits { .. } => false,
        }
    }

    /// The act itself, and whether it comes from the pilot, is forged, or comes from a stranger.
    #[must_use]
    pub fn sender(&self) -> (&Self, Sender) {
        match self {
            Self::Forges(act) => (act, Sender::Forger),
            Self::Stranger(act) => (act, Sender::Stranger),
            Self::Telemetry2(act) => act.sender(),
            act => (act, Sender::Pilot),
        }
    }

    /// The act as it is said, by whichever port.
    #[must_use]
    pub fn on_any_port(&self) -> &Self {
        if let Self::Telemetry2(act) = self { act } else { self }
    }

    /// By which port it is said, where it is.
    #[must_use]
    pub fn port(&self) -> Link {
        if let Self::Telemetry2(_) = self { Link::Telemetry2 } else { Link::Radio }
    }

    /// Whether stations with PX4's ways and with ArduPilot's write it alike.
    #[must_use]
    pub fn is_written_alike(&self) -> bool {
        match self {
            Self::Forges(act) | Self::Stranger(act) => act.is_written_alike(),
            act => matches!(
                act,
                Self::Arms
                    | Self::Disarms
                    | Self::Returns
                    | Self::Lands
                    | Self::TakesStill
                    | Self::Grants { .. }
                    | Self::Withdraws { .. }
                    | Self::Requests { .. }
                    | Self::AsksLogs
                    | Self::AsksFiles { .. }
                    | Self::ReadsFile { .. }
                    | Self::ReadsLog { .. }
                    | Self::AsksParameters
                    | Self::ListsConsent
            ),
        }
    }

    /// How long it leaves the vehicle without power; nothing for most.
    #[must_use]
    pub fn off_s(&self) -> Option<f64> {
        match self {
            Self::Reboots { off_s } | Self::Updates { off_s } | Self::CutsPower { off_s, .. } => {
                Some(*off_s)
            }
            _ => None,
        }
    }
}
