//! Commands that name a place on Earth.
//!
//! **Never:** guesses what was not given.

use super::Asks;
use super::given::{Given, NoSpot};
use crate::flight::Command;
use crate::senses::Personality;

/// A place on Earth as a command names it; what it leaves out stays as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// WGS 84, degrees: latitude and longitude.
    pub lat_lon_deg: Option<(f64, f64)>,
    /// How high.
    pub height: Height,
}

/// A height as a command names it, metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Height {
    /// As high as now.
    Kept,
    /// Above mean sea level.
    AboveSea(f64),
    /// Above home.
    AboveHome(f64),
}

/// Reads one of them: orbit, reposition, home, region of interest.
pub(super) fn asks(given: &Given) -> Asks {
    let p = given.p;
    let spot = match given.spot() {
        Ok(spot) => spot,
        Err(NoSpot::OffEarth) => return Asks::Nonsense,
        Err(NoSpot::UnknownFrame) => return Asks::UnknownFrame,
    };
    match given.number {
        // Nothing is given: this is how ground stations say "pause".
        192 if spot == (Spot { lat_lon_deg: None, height: Height::Kept }) => {
            Asks::Fly(Command::Hold)
        }
        192 if p[3].is_infinite() => Asks::Nonsense,
        192 => Asks::GoTo {
            spot,
            speed_mps: given.positive(0),
            nose_rad: Some(p[3]).filter(|rad| !rad.is_nan()),
        },
        // Its nose is always to the middle.
        34 if p[0].is_finite() && given.lacks(2) => Asks::Orbit {
            // Ground stations that say "above home" of an orbit mean the sea all the same.
            spot: Spot { height: above_sea(spot.height), ..spot },
            radius_m: libm::fabs(p[0]),
            is_clockwise: p[0] > 0.0,
            speed_mps: given.positive(1),
        },
        179 if p[0] == 1.0 => Asks::SetHome(None),
        179 if p[0] == 0.0 && spot.lat_lon_deg.is_some() => Asks::SetHome(Some(spot)),
        195 if spot.lat_lon_deg.is_some() => Asks::LookAt(Some(spot)),
        // The older command for both: nothing, or a place.
        201 if p[0] == 0.0 => Asks::LookAt(None),
        201 if p[0] == 3.0 && spot.lat_lon_deg.is_some() => Asks::LookAt(Some(spot)),
        _ => Asks::Nonsense,
    }
}

/// A take-off: by height alone. No place is named with NaN, or with zeros by stations that know no NaN.
pub(super) fn take_off(given: &Given, personality: Personality) -> Asks {
    if !(given.lacks(4) && given.lacks(5)) {
        return Asks::Nonsense;
    }
    match given.spot() {
        Ok(spot) => Asks::TakeOff(personality.take_off(spot.height)),
        Err(NoSpot::OffEarth) => Asks::Nonsense,
        Err(NoSpot::UnknownFrame) => Asks::UnknownFrame,
    }
}

fn above_sea(height: Height) -> Height {
    match height {
        Height::AboveHome(m) => Height::AboveSea(m),
        Height::Kept | Height::AboveSea(_) => height,
    }
}
