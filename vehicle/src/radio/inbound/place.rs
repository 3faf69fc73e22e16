//! Commands that name a place on Earth.
//!
//! **Never:** reads a place to less than a centimetre; guesses what was not given.

use super::Asks;
use crate::flight::Command;

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
    /// Above the place of power-on.
    AboveHome(f64),
}

/// Commands that name a place, which only the integer form does exactly enough.
pub(super) fn asks(number: u16, p: [f64; 7], wire: &[u8; 35]) -> Asks {
    let degrees = |at: usize| {
        let e7 = i32::from_le_bytes([wire[at], wire[at + 1], wire[at + 2], wire[at + 3]]);
        (e7 != i32::MAX).then(|| f64::from(e7) / 1e7)
    };
    let lat_lon_deg = degrees(16).zip(degrees(20));
    let height = match wire[32] {
        _ if p[6].is_nan() => Height::Kept,
        // Ground stations that say "above home" of an orbit mean the sea all the same.
        3 | 6 if number == 192 => Height::AboveHome(p[6]),
        _ => Height::AboveSea(p[6]),
    };
    let is_on_earth = lat_lon_deg.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
    let spot = Spot { lat_lon_deg, height };
    let given = |value: f64| (!value.is_nan() && value != -1.0).then_some(value);
    match number {
        _ if !is_on_earth => Asks::Nonsense,
        // Nothing is given: this is how ground stations say "pause".
        192 if lat_lon_deg.is_none() && height == Height::Kept => Asks::Fly(Command::Hold),
        192 => Asks::GoTo { spot, speed_mps: given(p[0]) },
        34 if p[0].is_finite() => Asks::Orbit {
            spot,
            radius_m: libm::fabs(p[0]),
            is_clockwise: p[0] > 0.0,
            speed_mps: given(p[1]),
        },
        _ => Asks::Nonsense,
    }
}
