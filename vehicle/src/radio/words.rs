//! Every text that the vehicle can ever show its pilot. There is no other.
//!
//! **Never:** holds a place for a number, a name or anything that was sensed.

use super::frame::payload;
use crate::flight::{Cause, Event, Why};
use crate::gate::{Message, Refusal};
use mavlink::dialects::common::{MavMessage, MavSeverity, STATUSTEXT_DATA};

/// A fixed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Flight(Event),
    StillTaken,
    RecordingStarted,
    RecordingStopped,
    GrantRecorded,
    GrantWithdrawn,
    Refused(Refusal),
    NoSuchObject,
    LogLostRecords,
}

impl Text {
    fn words(self) -> Option<(&'static str, MavSeverity)> {
        use MavSeverity::{MAV_SEVERITY_CRITICAL, MAV_SEVERITY_INFO, MAV_SEVERITY_WARNING};
        let info = |text| Some((text, MAV_SEVERITY_INFO));
        let warning = |text| Some((text, MAV_SEVERITY_WARNING));
        match self {
            Self::Flight(event) => match event {
                Event::Armed => info("Armed"),
                Event::Disarmed => info("Disarmed"),
                Event::TakeOff => info("Take-off"),
                Event::Hold => info("Hold"),
                Event::MissionStarted => info("Mission started"),
                Event::WaypointReached(_) => None,
                Event::MissionComplete => info("Mission complete"),
                Event::Return(Cause::LinkLost) => warning("Return: link lost"),
                Event::Return(Cause::LowBattery) => warning("Return: low battery"),
                Event::Return(_) => info("Return"),
                Event::Landing(Cause::CriticalBattery) => {
                    Some(("Landing: critical battery", MAV_SEVERITY_CRITICAL))
                }
                Event::Landing(_) => info("Landing"),
                Event::Landed => info("Landed"),
                Event::LinkRegained => info("Link regained"),
                Event::ArmingRefused(Why::NoFix) => warning("Arming refused: no fix"),
                Event::ArmingRefused(Why::LowBattery) => warning("Arming refused: low battery"),
                Event::ArmingRefused(Why::NotLevel) => warning("Arming refused: not level"),
                Event::ArmingRefused(Why::NoLink) => warning("Arming refused: no link"),
            },
            Self::StillTaken => info("Still taken"),
            Self::RecordingStarted => info("Recording started"),
            Self::RecordingStopped => info("Recording stopped"),
            Self::GrantRecorded => info("Grant recorded"),
            Self::GrantWithdrawn => info("Grant withdrawn"),
            Self::Refused(Refusal::NeverOnThisLink) => warning("Refused: never on this link"),
            Self::Refused(Refusal::NoGrant | Refusal::OnlyCoarse) => warning("Refused: no grant"),
            Self::NoSuchObject => warning("Refused: no such object"),
            Self::LogLostRecords => warning("Log lost records"),
        }
    }

    /// The STATUSTEXT message; none for what the pilot is not told.
    pub(crate) fn message(self) -> Option<Message> {
        let (text, severity) = self.words()?;
        // Assigned, not spelt out: the crate's extension fields are there or not, as other rooms ask for them.
        let mut data = STATUSTEXT_DATA::DEFAULT;
        data.severity = severity;
        data.text = text.into();
        Some(Message::new(253, payload(&MavMessage::STATUSTEXT(data))))
    }
}
