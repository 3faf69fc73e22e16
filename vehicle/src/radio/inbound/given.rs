//! A command as it lies on the wire, in either form: long with floats, int with whole numbers and a frame.
//!
//! **Never:** guesses what was not given; reads a place in a frame that it does not know.

use super::{Height, Spot};
use crate::radio::frame::{Component, Received};
use crate::radio::wire::padded;

pub(super) const COMMAND_INT: u32 = 75;
/// Bytes of COMMAND_INT, the longer of the two.
const LENGTH: usize = 35;
/// In this form the frame is this one: degrees, and metres above mean sea level.
const GLOBAL: u8 = 0;

/// A command's address, number and parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Given {
    pub addressed: Component,
    /// Whether it was for whoever on board can do it.
    pub is_to_all: bool,
    pub number: u16,
    /// Told again because no answer was heard, so many times. The int form cannot say so.
    pub confirmation: u8,
    /// The seven parameters; NaN where one was not given.
    pub p: [f64; 7],
    /// Latitude and longitude, degrees.
    lat_lon_deg: Option<(f64, f64)>,
    frame: u8,
}

impl Given {
    /// Reads COMMAND_LONG or COMMAND_INT; none where it is for somebody else.
    pub(super) fn read(frame: &Received<'_>) -> Option<Self> {
        let wire = padded::<LENGTH>(frame.payload);
        let addressed = Component::addressed((wire[30], wire[31]))?;
        let four = |place: usize| {
            let at = place * 4;
            [wire[at], wire[at + 1], wire[at + 2], wire[at + 3]]
        };
        let is_int = frame.id == COMMAND_INT;
        let whole = |place| {
            let value = i32::from_le_bytes(four(place));
            if value == i32::MAX { f64::NAN } else { f64::from(value) }
        };
        let mut p = [0.0; 7];
        for (place, value) in p.iter_mut().enumerate() {
            *value = match place {
                4 | 5 if is_int => whole(place),
                _ => f64::from(f32::from_le_bytes(four(place))),
            };
        }
        let unit = if is_int { 1e7 } else { 1.0 };
        let (lat, lon) = (p[4] / unit, p[5] / unit);
        Some(Self {
            addressed,
            is_to_all: wire[31] == 0,
            number: u16::from_le_bytes([wire[28], wire[29]]),
            confirmation: if is_int { 0 } else { wire[32] },
            p,
            lat_lon_deg: (lat.is_finite() && lon.is_finite()).then_some((lat, lon)),
            frame: if is_int { wire[32] } else { GLOBAL },
        })
    }

    /// The place that it names. No latitude and longitude mean here.
    ///
    /// # Errors
    /// Why there is no such place.
    pub(super) fn spot(&self) -> Result<Spot, NoSpot> {
        let z = self.p[6];
        let height = match self.frame {
            // The sea, in degrees and in their ten-millionths.
            0 | 5 if z.is_finite() => Height::AboveSea(z),
            // Home, and the ground, which is taken to be as high as home.
            3 | 6 | 10 | 11 if z.is_finite() => Height::AboveHome(z),
            0 | 5 | 3 | 6 | 10 | 11 if z.is_nan() => Height::Kept,
            0 | 5 | 3 | 6 | 10 | 11 => return Err(NoSpot::OffEarth),
            _ => return Err(NoSpot::UnknownFrame),
        };
        let is_on_earth =
            self.lat_lon_deg.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
        let is_half = self.p[4].is_finite() != self.p[5].is_finite();
        let is_endless = self.p[4].is_infinite() || self.p[5].is_infinite();
        if !is_on_earth || is_half || is_endless {
            return Err(NoSpot::OffEarth);
        }
        Ok(Spot { lat_lon_deg: self.lat_lon_deg, height })
    }

    /// A parameter that may be left out where only positive numbers make sense: as NaN, as -1, or as 0 by stations that
    /// know no NaN.
    pub(super) fn positive(&self, place: usize) -> Option<f64> {
        Some(self.p[place]).filter(|value| !self.lacks(place) && *value != -1.0)
    }

    /// Whether a parameter was left out: as NaN, or as 0 by stations that know no NaN.
    pub(super) fn lacks(&self, place: usize) -> bool {
        self.p[place].is_nan() || self.p[place] == 0.0
    }
}

/// Why a command names no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoSpot {
    OffEarth,
    UnknownFrame,
}
