//! Fences and rally points: which items there may be, and the geofence that they make.
//!
//! A polygon is as many corners in a row as each of them says. The point to come back to is kept and
//! given back; the vehicle comes home, or to a rally point that is nearer.
//!
//! **Never:** takes a polygon with fewer than three corners; guesses a place.

use super::{Item, Outcome};
use crate::senses::{Area, Geofence};
use alloc::vec::Vec;
use glam::DVec2;

const RETURN_POINT: u16 = 5000;
const KEEPS_IN: u16 = 5001;
const KEEPS_OUT: u16 = 5002;
const KEEPS_IN_CIRCLE: u16 = 5003;
const KEEPS_OUT_CIRCLE: u16 = 5004;
const RALLY_POINT: u16 = 5100;
const CORNERS_MIN: usize = 3;
const RADIUS_M: core::ops::RangeInclusive<f64> = 1.0..=100_000.0;

/// Whether an item may be part of a fence.
pub(super) fn check_item(item: &Item) -> Result<(), Outcome> {
    match item.command {
        RETURN_POINT => {}
        KEEPS_IN | KEEPS_OUT => {
            corners(item).ok_or(Outcome::InvalidParam1)?;
        }
        KEEPS_IN_CIRCLE | KEEPS_OUT_CIRCLE if RADIUS_M.contains(&item.param(1)) => {}
        KEEPS_IN_CIRCLE | KEEPS_OUT_CIRCLE => return Err(Outcome::InvalidParam1),
        _ => return Err(Outcome::Unsupported),
    }
    check_place(item)
}

/// Whether an item may be a rally point.
pub(super) fn check_rally(item: &Item) -> Result<(), Outcome> {
    if item.command != RALLY_POINT {
        return Err(Outcome::Unsupported);
    }
    check_place(item)?;
    item.height_m().is_finite().then_some(()).ok_or(Outcome::InvalidHeight)
}

fn check_place(item: &Item) -> Result<(), Outcome> {
    if !matches!(item.frame, 0 | 3 | 5 | 6) {
        return Err(Outcome::UnsupportedFrame);
    }
    item.lat_lon_deg().map(|_| ()).ok_or(Outcome::InvalidPlace)
}

/// The number of corners that a corner says its polygon has.
fn corners(item: &Item) -> Option<usize> {
    let corners = item.param(1);
    let is_whole = corners == libm::floor(corners) && (0.0..=1e4).contains(&corners);
    (is_whole && corners >= CORNERS_MIN as f64).then_some(corners as usize)
}

/// Whether every polygon of a fence is whole.
pub(super) fn check(items: &[Item]) -> Result<(), Outcome> {
    each(items, |_| {}).ok_or(Outcome::Invalid)
}

/// The geofence that a plan makes of the one that was told before power-on: its areas take the place of the others.
pub(crate) fn geofence(
    items: &[Item],
    told: &Geofence,
    ne_m: impl Fn(f64, f64) -> DVec2,
) -> Geofence {
    let place = |item: &Item| item.lat_lon_deg().map(|(lat, lon)| ne_m(lat, lon));
    let mut fence = Geofence { keeps_in: Vec::new(), keeps_out: Vec::new(), ..told.clone() };
    // What was checked when it came is whole.
    let _ = each(items, |run| {
        let area = match run[0].command {
            KEEPS_IN_CIRCLE | KEEPS_OUT_CIRCLE => place(&run[0])
                .map(|centre_ne_m| Area::Circle { centre_ne_m, radius_m: run[0].param(1) }),
            _ => Some(Area::Polygon { corners_ne_m: run.iter().filter_map(place).collect() }),
        };
        match run[0].command {
            KEEPS_IN | KEEPS_IN_CIRCLE => fence.keeps_in.extend(area),
            KEEPS_OUT | KEEPS_OUT_CIRCLE => fence.keeps_out.extend(area),
            _ => {}
        }
    });
    fence
}

/// Goes through the areas of a fence; none if one of them is not whole.
fn each<'a>(mut items: &'a [Item], mut area: impl FnMut(&'a [Item])) -> Option<()> {
    while let Some(first) = items.first() {
        let length = match first.command {
            KEEPS_IN | KEEPS_OUT => corners(first)?,
            _ => 1,
        };
        let (run, rest) = items.split_at_checked(length)?;
        let is_one = |item: &Item| (item.command, item.p[0]) == (first.command, first.p[0]);
        if !run.iter().all(is_one) {
            return None;
        }
        area(run);
        items = rest;
    }
    Some(())
}
