//! Every text that the vehicle can ever show its pilot. There is no other.
//!
//! **Never:** holds a place for a name or anything that was sensed. The list of consent alone has numbers: those that
//! the pilot gave.

use super::frame::payload;
use crate::consent::Scope;
use crate::flight::{Cause, Event, Manual, Unfit, Why};
use crate::gate::{Message, Refusal};
use crate::words::{Class, Recipient};
use alloc::format;
use mavlink::dialects::common::{MavMessage, MavSeverity, STATUSTEXT_DATA};

/// A fixed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Flight(Event),
    StillTaken,
    StillKeptPrivate,
    FilmStarted,
    FilmStopped,
    FilmKeptPrivate,
    LiveViewOn,
    LiveViewOff,
    RecordingStarted,
    RecordingStopped,
    GrantRecorded,
    GrantWithdrawn,
    ConsentLost,
    ConsentListEnds,
    Refused(Refusal),
    NoSuchObject,
    NotThePilot,
    NotSigned,
    SettingRefused,
    SigningSetUp,
    SigningEnded,
    IdentityStored,
    FactoryReset,
    CardFull,
    CardFailing,
    LogLostRecords,
    LogsErased,
    RedirectRefused,
    UploadFailed,
    UpdateAvailable,
    NoFlyNear,
    NoFlyAhead,
    ZoneUnlocked,
}

impl Text {
    fn words(self) -> Option<(&'static str, MavSeverity)> {
        use MavSeverity::{MAV_SEVERITY_CRITICAL, MAV_SEVERITY_INFO, MAV_SEVERITY_WARNING};
        let info = |text| Some((text, MAV_SEVERITY_INFO));
        let warning = |text| Some((text, MAV_SEVERITY_WARNING));
        let critical = |text| Some((text, MAV_SEVERITY_CRITICAL));
        match self {
            Self::Flight(event) => match event {
                Event::Armed => info("Armed"),
                Event::Disarmed => info("Disarmed"),
                Event::TakeOff => info("Take-off"),
                Event::Hold => info("Hold"),
                Event::MissionStarted => info("Mission started"),
                Event::WaypointReached(_) | Event::CameraTriggered => None,
                Event::MissionComplete => info("Mission complete"),
                Event::Return(Cause::LinkLost) => warning("Return: link lost"),
                Event::Return(Cause::LowBattery) => warning("Return: low battery"),
                Event::Return(Cause::Fence) => warning("Return: geofence"),
                Event::Return(_) => info("Return"),
                Event::Landing(Cause::CriticalBattery) => critical("Landing: critical battery"),
                Event::Landing(Cause::NoFix) => critical("Landing: no fix"),
                Event::Landing(Cause::RotorLost) => critical("Landing: rotor lost"),
                Event::Landing(Cause::Astray) => critical("Landing: astray"),
                Event::Landing(Cause::Fence) => warning("Landing: geofence"),
                Event::Landing(_) => info("Landing"),
                Event::Landed => info("Landed"),
                Event::LinkRegained => info("Link regained"),
                Event::RotorLost(_) => critical("Rotor lost"),
                Event::Falling(Unfit::NotFour) => None,
                Event::Falling(Unfit::TooHeavy) => critical("Falling: too heavy for two rotors"),
                Event::Falling(Unfit::TooFast) => critical("Falling: too fast a spin"),
                Event::Crashed => critical("Crash detected"),
                Event::GoingThere => info("Going there"),
                Event::Arrived => info("Arrived"),
                Event::Orbiting => info("Orbit"),
                Event::Following => info("Follow"),
                Event::SubjectLost => warning("Subject lost: holding"),
                Event::Braking => info("Brake"),
                Event::MotorsStopped => critical("Motors stopped"),
                Event::InHand(Manual::Stabilise) => info("Stabilise"),
                Event::InHand(Manual::AltitudeHold) => info("Altitude hold"),
                Event::InHand(Manual::PositionHold) => info("Position hold"),
                Event::SticksLost => warning("Sticks lost: altitude hold"),
                Event::PlaceLost => warning("Fix lost: altitude hold"),
                Event::Offboard => info("Offboard"),
                Event::OffboardLost => warning("Offboard lost: holding"),
                Event::FenceBreached => warning("Geofence breached"),
                Event::FenceAhead => warning("Refused: outside the geofence"),
                Event::HomeBarred => warning("No way home inside the geofence"),
                Event::FollowTied => warning("Geofence ahead: waiting"),
                Event::StartedOver => info("Moved: starting over"),
                Event::ArmingRefused(Why::OutsideFence) => {
                    warning("Arming refused: outside the geofence")
                }
                Event::ArmingRefused(Why::NoFix) => warning("Arming refused: no fix"),
                Event::ArmingRefused(Why::LowBattery) => warning("Arming refused: low battery"),
                Event::ArmingRefused(Why::NotLevel) => warning("Arming refused: not level"),
                Event::ArmingRefused(Why::NoLink) => warning("Arming refused: no link"),
                Event::ArmingRefused(Why::NoFlyZone) => warning("Arming refused: no-fly zone"),
                Event::ArmingRefused(Why::Moved) => warning("Arming refused: moved"),
                Event::ArmingRefused(Why::Starting) => warning("Arming refused: starting"),
                Event::ArmingRefused(Why::PoorFix) => warning("Arming refused: poor fix"),
                Event::ArmingRefused(Why::Gyroscope) => warning("Arming refused: gyroscope"),
                Event::ArmingRefused(Why::Accelerometer) => {
                    warning("Arming refused: accelerometer")
                }
                Event::ArmingRefused(Why::Barometer) => warning("Arming refused: barometer"),
                Event::ArmingRefused(Why::Compass) => warning("Arming refused: compass"),
            },
            Self::StillTaken => info("Still taken"),
            Self::StillKeptPrivate => info("Still kept private"),
            Self::FilmStarted => info("Film started"),
            Self::FilmStopped => info("Film stopped"),
            Self::FilmKeptPrivate => info("Film kept private"),
            Self::LiveViewOn => info("Live view on"),
            Self::LiveViewOff => info("Live view off"),
            Self::RecordingStarted => info("Recording started"),
            Self::RecordingStopped => info("Recording stopped"),
            Self::GrantRecorded => info("Grant recorded"),
            Self::GrantWithdrawn => info("Grant withdrawn"),
            Self::ConsentLost => warning("Consent lost: ledger broken"),
            Self::ConsentListEnds => info("Consent: end of list"),
            Self::Refused(Refusal::NeverOnThisLink) => warning("Refused: never on this link"),
            Self::Refused(Refusal::NoGrant | Refusal::OnlyCoarse) => warning("Refused: no grant"),
            Self::Refused(Refusal::SwitchedOff) => warning("Refused: switched off"),
            Self::Refused(Refusal::LocalDataMode) => warning("Refused: local data mode"),
            Self::NoSuchObject => warning("Refused: no such object"),
            Self::NotThePilot => warning("Refused: not the pilot"),
            Self::NotSigned => warning("Refused: not signed"),
            Self::SettingRefused => warning("Setting refused"),
            Self::SigningSetUp => info("Signing set up"),
            Self::SigningEnded => info("Signing ended"),
            Self::IdentityStored => info("Identity stored"),
            Self::FactoryReset => info("Factory reset"),
            Self::CardFull => warning("Card full"),
            Self::CardFailing => warning("Card failing"),
            Self::LogLostRecords => warning("Log lost records"),
            Self::LogsErased => info("Logs erased"),
            Self::RedirectRefused => warning("Redirect refused"),
            Self::UploadFailed => warning("Upload failed"),
            Self::UpdateAvailable => info("Update available"),
            Self::NoFlyNear => warning("No-fly zone near"),
            Self::NoFlyAhead => warning("No-fly zone ahead: holding"),
            Self::ZoneUnlocked => info("Zone unlocked"),
        }
    }

    /// The STATUSTEXT message; none for what the pilot is not told.
    pub(crate) fn message(self) -> Option<Message> {
        self.words().map(|(text, severity)| statustext(text, severity))
    }
}

/// One line of the list of consent.
pub(crate) fn consent_line(record_id: u32, scope: Scope) -> Message {
    let category = match scope.category {
        Class::Audio => "sound",
        Class::Face => "face",
        Class::Imagery => "picture",
        Class::FlightLog => "log",
        Class::Position => "position",
        Class::Device | Class::Account | Class::Surroundings | Class::Key | Class::Public => {
            "other"
        }
    };
    let recipient = match scope.recipient {
        Recipient::Pilot => "pilot",
        Recipient::Maker => "maker",
        Recipient::Card => "card",
        Recipient::Viewer => "viewer",
    };
    let text = format!("Consent {record_id}: {category} {} to {recipient}", scope.object);
    statustext(&text, MavSeverity::MAV_SEVERITY_INFO)
}

fn statustext(text: &str, severity: MavSeverity) -> Message {
    // Assigned, not spelt out: the crate's extension fields are there or not, as other rooms ask for them.
    let mut data = STATUSTEXT_DATA::DEFAULT;
    data.severity = severity;
    data.text = text.into();
    Message::new(253, payload(&MavMessage::STATUSTEXT(data)))
}
