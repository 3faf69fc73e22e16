//! Whose ways the vehicle of a flight had with ground stations, on each of its telemetry ports.
//!
//! **Never:** is anything but PX4's on the radio of a story; mixes two on one port.

use crate::Link;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which autopilot's identity, modes and encodings it had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Personality {
    /// PX4's.
    #[default]
    Px4,
    /// ArduCopter's.
    ArduPilot,
}

impl Personality {
    /// Whether it is the one that every story has, and that needs no mention.
    #[must_use]
    pub fn is_px4(&self) -> bool {
        matches!(self, Self::Px4)
    }
}

/// Whose it has on which port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// On the radio.
    pub radio: Personality,
    /// On the second telemetry port, where there is one.
    pub telemetry2: Option<Personality>,
}

impl Ways {
    /// Whose it has on a link; on one that speaks no MAVLink nobody asks.
    #[must_use]
    pub fn on(&self, link: Link) -> Personality {
        match link {
            Link::Telemetry2 => self.telemetry2.unwrap_or_default(),
            Link::Radio
            | Link::Video
            | Link::Uplink
            | Link::RemoteId
            | Link::Card
            | Link::Console
            | Link::Lights
            | Link::Motion => self.radio,
        }
    }
}

impl fmt::Display for Personality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Px4 => "px4",
            Self::ArduPilot => "ardupilot",
        })
    }
}

impl FromStr for Personality {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Px4, Self::ArduPilot]
            .into_iter()
            .find(|one| one.to_string() == text)
            .ok_or_else(|| "there are `px4` and `ardupilot`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_everywhere_as_it_is_typed() {
        for (one, text) in [(Personality::Px4, "px4"), (Personality::ArduPilot, "ardupilot")] {
            assert_eq!(text.parse(), Ok(one));
            assert_eq!(serde_json::to_string(&one).ok(), Some(format!("\"{text}\"")));
        }
        assert!("APM".parse::<Personality>().is_err());
    }
}
