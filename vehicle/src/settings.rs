//! The pilot's controls: one switch for each class of data on each link that can be switched.
//!
//! What is delivered is the most private state, but where flying or the standard needs another: the broadcast
//! identification and the telemetry to the pilot.
//!
//! **Never:** turns a switch by itself; has a third position; holds a value that is not documented by its name.

pub mod catalogue;
mod described;
pub mod figures;
pub(crate) mod kept;
pub mod knobs;
mod marked;

/// Number of switches.
pub const SETTINGS: usize = 13;

/// A switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Local data mode: the uplink is silent, whatever else is on.
    PrivLocal,
    /// Granted logs may go to the maker.
    UpLogs,
    /// Granted media may go to the maker.
    UpMedia,
    /// Diagnostics go to the maker.
    UpDiag,
    /// No-fly zones are refreshed from the maker.
    UpNofly,
    /// The maker is asked for newer software.
    UpUpdate,
    /// Granted logs may go to the pilot.
    RadLogs,
    /// Granted media may go to the pilot.
    RadMedia,
    /// The live view may be started.
    VidEnable,
    /// Pictures on the card carry their place.
    CamGeotag,
    /// Pictures on the card carry the serial number.
    CamSerial,
    /// Broadcast identification.
    RidEnable,
    /// Telemetry that tells the place, to the pilot.
    RadTelem,
}

impl Setting {
    /// Every switch, in the order of its number as a parameter.
    pub const ALL: [Self; SETTINGS] = [
        Self::PrivLocal,
        Self::UpLogs,
        Self::UpMedia,
        Self::UpDiag,
        Self::UpNofly,
        Self::UpUpdate,
        Self::RadLogs,
        Self::RadMedia,
        Self::VidEnable,
        Self::CamGeotag,
        Self::CamSerial,
        Self::RidEnable,
        Self::RadTelem,
    ];

    /// Its name as a parameter, at most 16 bytes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PrivLocal => "PRIV_LOCAL",
            Self::UpLogs => "UP_LOGS",
            Self::UpMedia => "UP_MEDIA",
            Self::UpDiag => "UP_DIAG",
            Self::UpNofly => "UP_NOFLY",
            Self::UpUpdate => "UP_UPDATE",
            Self::RadLogs => "RAD_LOGS",
            Self::RadMedia => "RAD_MEDIA",
            Self::VidEnable => "VID_ENABLE",
            Self::CamGeotag => "CAM_GEOTAG",
            Self::CamSerial => "CAM_SERIAL",
            Self::RidEnable => "RID_ENABLE",
            Self::RadTelem => "RAD_TELEM",
        }
    }

    /// The switch of that name.
    #[must_use]
    pub fn named(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name().as_bytes() == name)
    }

    pub(crate) fn is_delivered_on(self) -> bool {
        match self {
            Self::PrivLocal | Self::RidEnable | Self::RadTelem => true,
            Self::UpLogs
            | Self::UpMedia
            | Self::UpDiag
            | Self::UpNofly
            | Self::UpUpdate
            | Self::RadLogs
            | Self::RadMedia
            | Self::VidEnable
            | Self::CamGeotag
            | Self::CamSerial => false,
        }
    }
}

/// The positions of all switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Controls {
    on: [bool; SETTINGS],
}

impl Controls {
    /// As the vehicle leaves the factory.
    #[must_use]
    pub fn as_delivered() -> Self {
        Self { on: Setting::ALL.map(Setting::is_delivered_on) }
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self, setting: Setting) -> bool {
        self.on[setting as usize]
    }

    /// Turns a switch.
    pub fn turn(&mut self, setting: Setting, on: bool) {
        self.on[setting as usize] = on;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_has_its_own_number_and_a_name_that_fits() {
        for (place, setting) in Setting::ALL.into_iter().enumerate() {
            assert_eq!(setting as usize, place);
            assert!(setting.name().len() <= 16);
            assert_eq!(Setting::named(setting.name().as_bytes()), Some(setting));
        }
        assert_eq!(Setting::named(b"UP_LOG"), None);
    }
}
