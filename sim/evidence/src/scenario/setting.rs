//! The switches of the vehicle, by their names as MAVLink parameters.
//!
//! **Never:** has a switch whose default is less private than flying or a standard needs.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A switch that is 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// Local data mode: nothing goes to the maker.
    PrivLocal,
    /// Logs may go to the maker.
    UpLogs,
    /// Pictures may go to the maker.
    UpMedia,
    /// Reports may go to the maker.
    UpDiag,
    /// Questions about no-fly zones may go to the maker.
    UpNofly,
    /// Questions about updates may go to the maker.
    UpUpdate,
    /// Logs may go to the pilot.
    RadLogs,
    /// Pictures may go to the pilot.
    RadMedia,
    /// The live view may be started.
    VidEnable,
    /// Stills say where they were taken.
    CamGeotag,
    /// Stills say which camera took them.
    CamSerial,
    /// The vehicle broadcasts its identification.
    RidEnable,
    /// The vehicle tells the pilot where it is and how it moves.
    RadTelem,
}

impl Setting {
    /// Every switch, in the order of the parameters.
    pub const ALL: [Self; 13] = [
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

    /// Its name as a parameter.
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

    /// What it is when nobody has set it: the most private, but where flying or a standard needs more.
    #[must_use]
    pub fn factory(self) -> i32 {
        match self {
            Self::PrivLocal | Self::RidEnable | Self::RadTelem => 1,
            Self::UpLogs
            | Self::UpMedia
            | Self::UpDiag
            | Self::UpNofly
            | Self::UpUpdate
            | Self::RadLogs
            | Self::RadMedia
            | Self::VidEnable
            | Self::CamGeotag
            | Self::CamSerial => 0,
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let setting = Self::ALL.into_iter().find(|setting| setting.name() == name);
        setting.ok_or_else(|| D::Error::unknown_variant(&name, NAMES))
    }
}

const NAMES: &[&str] = &[
    "PRIV_LOCAL",
    "UP_LOGS",
    "UP_MEDIA",
    "UP_DIAG",
    "UP_NOFLY",
    "UP_UPDATE",
    "RAD_LOGS",
    "RAD_MEDIA",
    "VID_ENABLE",
    "CAM_GEOTAG",
    "CAM_SERIAL",
    "RID_ENABLE",
    "RAD_TELEM",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_here_are_the_settings_names_and_few_are_on_at_the_factory() {
        assert_eq!(Setting::ALL.map(Setting::name), NAMES);
        let on: Vec<_> = Setting::ALL.into_iter().filter(|s| s.factory() == 1).collect();
        assert_eq!(on, [Setting::PrivLocal, Setting::RidEnable, Setting::RadTelem]);
    }
}
