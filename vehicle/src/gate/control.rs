//! Which of the pilot's controls stands before which class on which link.
//!
//! **Never:** lets a parcel choose its own control where the class and the link say which it is.

use crate::settings::Setting;
use crate::words::{Class, Link};

/// What must be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// Nothing: flying needs it, the law forbids it anyway, or the pilot's command to capture is the control.
    None,
    /// This switch.
    By(Setting),
    /// The switch of the service that the parcel names.
    ByService,
}

/// Whether a switch is that of a service of the maker's servers.
pub(super) fn is_service(setting: Setting) -> bool {
    match setting {
        Setting::UpLogs
        | Setting::UpMedia
        | Setting::UpDiag
        | Setting::UpNofly
        | Setting::UpUpdate => true,
        Setting::PrivLocal
        | Setting::RadLogs
        | Setting::RadMedia
        | Setting::VidEnable
        | Setting::CamGeotag
        | Setting::CamSerial
        | Setting::RidEnable
        | Setting::RadTelem => false,
    }
}

/// The table of controls.
pub(super) fn control(class: Class, link: Link) -> Control {
    match link {
        Link::Radio | Link::Telemetry2 => match class {
            Class::Audio | Class::Face | Class::Imagery => Control::By(Setting::RadMedia),
            Class::FlightLog => Control::By(Setting::RadLogs),
            Class::Position => Control::By(Setting::RadTelem),
            Class::Device | Class::Account | Class::Surroundings | Class::Key | Class::Public => {
                Control::None
            }
        },
        Link::Video => Control::By(Setting::VidEnable),
        Link::Uplink => match class {
            Class::Audio | Class::Face | Class::Imagery => Control::By(Setting::UpMedia),
            Class::FlightLog => Control::By(Setting::UpLogs),
            Class::Position
            | Class::Device
            | Class::Account
            | Class::Surroundings
            | Class::Key
            | Class::Public => Control::ByService,
        },
        Link::RemoteId => Control::By(Setting::RidEnable),
        Link::Card => match class {
            Class::Position => Control::By(Setting::CamGeotag),
            Class::Device => Control::By(Setting::CamSerial),
            Class::Audio
            | Class::Face
            | Class::Imagery
            | Class::FlightLog
            | Class::Account
            | Class::Surroundings
            | Class::Key
            | Class::Public => Control::None,
        },
        Link::Console | Link::Lights | Link::Motion => Control::None,
    }
}
