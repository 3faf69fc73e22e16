//! Whom of those on board a command is for.
//!
//! **Never:** hands the mount's or the camera's part to somebody who cannot do it.

use super::Asks;
use crate::radio::aboard;
use crate::radio::frame::Component;

impl Asks {
    /// Whether one of us does such a thing. The autopilot passes on what is the camera's.
    pub(crate) fn is_for(&self, to: Component) -> bool {
        match self {
            // That it is known and makes no sense, or is not known at all, everybody can answer.
            Self::Nonsense | Self::UnknownFrame | Self::Unsupported => true,
            Self::Tell { id, .. } => aboard::teller(*id) == to,
            Self::Every { id, .. } => to == Component::Autopilot || aboard::teller(*id) == to,
            Self::Still { .. } | Self::Film(_) | Self::View(_) => to != Component::Gimbal,
            Self::Aboard(order) => match to {
                Component::Autopilot => true,
                Component::Camera => order.is_the_cameras(),
                Component::Gimbal => false,
            },
            Self::Fly(_)
            | Self::TakeOff(_)
            | Self::Mission
            | Self::Lead
            | Self::GoOnWith { .. }
            | Self::GoTo { .. }
            | Self::Orbit { .. }
            | Self::SetHome(_)
            | Self::LookAt(_)
            | Self::Record(_)
            | Self::Grant { .. }
            | Self::Withdraw(_)
            | Self::ListConsent
            | Self::Send(_)
            | Self::Unlock { .. }
            | Self::Reset => to == Component::Autopilot,
        }
    }

    /// Who is meant where all are addressed; none where it is the autopilot as ever.
    pub(crate) fn meant(&self) -> Option<Component> {
        match self {
            Self::Tell { id, .. } => Some(aboard::teller(*id)),
            _ => None,
        }
    }
}
