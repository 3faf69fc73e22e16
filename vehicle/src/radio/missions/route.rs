//! Missions: which items there may be, and the way that they make for the flight.
//!
//! Jumps are unrolled, so that every mission ends. What a mission cannot do here (films, gimbals, yaw on its own) is
//! refused when it comes, and not passed over when it is flown.
//!
//! **Never:** flies an item otherwise than it says; takes a number that is none for a place, a height or a time.

use super::{Item, Kind, Outcome};
use crate::senses::{MissionItem, Trigger, Waypoint};
use alloc::string::String;
use alloc::vec::Vec;
use glam::DVec3;

pub(super) const WAYPOINT: u16 = 16;
const LOITER: u16 = 17;
const LOITER_TURNS: u16 = 18;
const LOITER_TIME: u16 = 19;
const RETURN: u16 = 20;
const LAND: u16 = 21;
const TAKE_OFF: u16 = 22;
const LOITER_TO_ALTITUDE: u16 = 31;
const DELAY: u16 = 93;
const JUMP: u16 = 177;
const SPEED: u16 = 178;
const LOOK_AT: u16 = 195;
const LOOK_AHEAD: u16 = 197;
const LOOK_AT_OLD: u16 = 201;
const TRIGGER: u16 = 206;
const TRIGGER_BY_TIME: u16 = 214;
const STILLS: u16 = 2000;
const NO_STILLS: u16 = 2001;

/// Most items after unrolling, jumps included.
const STEPS_MAX: usize = 2_000;
/// Longest stay that may be asked for, seconds.
const STAY_S_MAX: f64 = 36_000.0;
/// How long it loiters where no end is given, seconds: longer than any battery lasts.
const FOR_EVER_S: f64 = 1e6;
/// Heights that a number may be, metres.
const HEIGHT_M_MAX: f64 = 10_000.0;
const RADIUS_M: core::ops::RangeInclusive<f64> = 2.0..=500.0;
const SPEED_MPS: core::ops::RangeInclusive<f64> = 0.2..=50.0;

/// A mission as it is flown, and which item of the plan each leg is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Route {
    pub items: Vec<MissionItem>,
    pub seqs: Vec<u16>,
}

/// An item under a number that is so much greater, and where it leads to one.
pub(super) fn renumbered(item: Item, by: i32) -> Item {
    let mut item = item;
    item.seq = (i32::from(item.seq) + by) as u16;
    if item.kind == Kind::Mission && item.command == JUMP && by != 0 {
        item.p[0] = (f32::from_bits(item.p[0]) + by as f32).to_bits();
    }
    item
}

/// Whether an item may be part of a mission.
pub(super) fn check_item(item: &Item) -> Result<(), Outcome> {
    let must = |holds: bool, outcome| if holds { Ok(()) } else { Err(outcome) };
    let lasts = |seconds: f64| seconds.is_nan() || (0.0..=STAY_S_MAX).contains(&seconds);
    must(matches!(item.frame, 0 | 2 | 3 | 5 | 6), Outcome::UnsupportedFrame)?;
    match item.command {
        WAYPOINT | LOITER | LOITER_TIME | LOITER_TO_ALTITUDE => {
            check_place(item)?;
            let stays = matches!(item.command, WAYPOINT | LOITER_TIME);
            must(!stays || lasts(item.param(1)), Outcome::InvalidParam1)
        }
        LOITER_TURNS => {
            check_place(item)?;
            must(item.param(1) > 0.0 && item.param(1) <= 100.0, Outcome::InvalidParam1)?;
            must(RADIUS_M.contains(&libm::fabs(item.param(3))), Outcome::InvalidParam3)
        }
        TAKE_OFF => check_height(item),
        LAND if is_here(item) => must(!item.height_m().is_infinite(), Outcome::InvalidHeight),
        LAND | LOOK_AT | LOOK_AT_OLD => check_place(item),
        RETURN | LOOK_AHEAD | NO_STILLS => Ok(()),
        DELAY => {
            let seconds = item.param(1);
            must(lasts(seconds) && !seconds.is_nan(), Outcome::InvalidParam1)
        }
        JUMP => {
            must(whole(item.param(1)).is_some(), Outcome::InvalidParam1)?;
            must(whole(item.param(2)).is_some(), Outcome::InvalidParam2)
        }
        SPEED => {
            must(matches!(item.param(1), 0.0 | 1.0), Outcome::InvalidParam1)?;
            let is_kept = item.param(2) == -1.0;
            must(is_kept || SPEED_MPS.contains(&item.param(2)), Outcome::InvalidParam2)
        }
        TRIGGER => {
            let metres = item.param(1);
            must(metres == 0.0 || (1.0..=10_000.0).contains(&metres), Outcome::InvalidParam1)
        }
        TRIGGER_BY_TIME => {
            let every_ms = item.param(1);
            must(every_ms <= 0.0 || (1e3..=3.6e6).contains(&every_ms), Outcome::InvalidParam1)
        }
        STILLS => match (item.param(2), item.param(3)) {
            (_, 1.0) => Ok(()),
            (every_s, 0.0) => must((1.0..=3600.0).contains(&every_s), Outcome::InvalidParam2),
            _ => Err(Outcome::InvalidParam3),
        },
        _ => Err(Outcome::Unsupported),
    }
}

fn check_place(item: &Item) -> Result<(), Outcome> {
    if item.frame == 2 {
        return Err(Outcome::UnsupportedFrame);
    }
    item.lat_lon_deg().ok_or(Outcome::InvalidPlace)?;
    check_height(item)
}

fn check_height(item: &Item) -> Result<(), Outcome> {
    if item.frame == 2 {
        return Err(Outcome::UnsupportedFrame);
    }
    // No number compares with the most.
    let is_height = libm::fabs(item.height_m()) <= HEIGHT_M_MAX;
    if is_height { Ok(()) } else { Err(Outcome::InvalidHeight) }
}

/// Whether a landing names no place.
fn is_here(item: &Item) -> bool {
    (item.x, item.y) == (0, 0) || item.x == super::NOT_GIVEN || item.y == super::NOT_GIVEN
}

fn whole(value: f64) -> Option<usize> {
    ((0.0..=1000.0).contains(&value) && value == libm::floor(value)).then_some(value as usize)
}

/// Whether a whole mission can be flown from an item on: its jumps lead somewhere, and it ends.
pub(super) fn check(items: &[Item], from: u16) -> Result<(), Outcome> {
    walk(items, from, |_| {})
}

/// Goes through a mission as it is flown, jumps and all.
fn walk<'a>(items: &'a [Item], from: u16, mut each: impl FnMut(&'a Item)) -> Result<(), Outcome> {
    let from = usize::from(from);
    let mut jumped = alloc::vec![0; items.len()];
    let mut at = from;
    for _ in 0..STEPS_MAX {
        let Some(item) = items.get(at) else { return Ok(()) };
        // It is passed as well, so that its number is told.
        each(item);
        at += 1;
        if item.command == JUMP {
            let (Some(to), Some(times)) = (whole(item.param(1)), whole(item.param(2))) else {
                return Err(Outcome::InvalidParam1);
            };
            if to < from || to >= items.len() {
                return Err(Outcome::InvalidParam1);
            }
            if jumped[at - 1] < times {
                jumped[at - 1] += 1;
                at = to;
            }
        }
    }
    Err(Outcome::NoSpace)
}

/// The way that a plan makes from an item on. `home_m` is home's height above the sea; `ned_m` finds a place on Earth.
pub(crate) fn route(
    items: &[Item],
    from: u16,
    home_m: f64,
    ned_m: impl Fn(f64, f64, f64) -> DVec3,
) -> Route {
    let mut route = Route { items: Vec::new(), seqs: Vec::new() };
    let mut height_m: Option<f64> = None;
    // What was checked when it came ends.
    let _ = walk(items, from, |item| {
        let is_above_home = matches!(item.frame, 3 | 6);
        let alt_m = item.height_m() + if is_above_home { home_m } else { 0.0 };
        let place = item.lat_lon_deg().map(|(lat, lon)| ned_m(lat, lon, alt_m));
        let mut add = |leg| {
            route.items.push(leg);
            route.seqs.push(item.seq);
        };
        match item.command {
            LAND => {
                if let (Some(place), Some(height_m), false) = (place, height_m, is_here(item)) {
                    add(way_point(place.with_z(-height_m), 0.0));
                }
                add(MissionItem::Land);
            }
            TAKE_OFF => {
                height_m = Some(alt_m - home_m);
                add(MissionItem::TakeOff { height_m: alt_m - home_m });
            }
            _ => {
                if let Some(leg) = leg(item, place) {
                    height_m = leg.position_ned_m().map(|place| -place.z).or(height_m);
                    add(leg);
                }
            }
        }
    });
    route
}

/// The leg that an item is; none for a jump, and for a speed that is left as it is.
fn leg(item: &Item, place: Option<DVec3>) -> Option<MissionItem> {
    let stay_s = |seconds: f64| if seconds.is_nan() { 0.0 } else { seconds };
    Some(match item.command {
        WAYPOINT | LOITER_TIME => way_point(place?, stay_s(item.param(1))),
        LOITER => way_point(place?, FOR_EVER_S),
        LOITER_TO_ALTITUDE => way_point(place?, 0.0),
        LOITER_TURNS => MissionItem::Loiter {
            label: String::new(),
            centre_ned_m: place?,
            radius_m: libm::fabs(item.param(3)),
            is_clockwise: item.param(3) > 0.0,
            turns: item.param(1),
        },
        RETURN => MissionItem::Return,
        DELAY => MissionItem::Delay { for_s: item.param(1) },
        SPEED if item.param(2) > 0.0 => MissionItem::Speed { at_most_mps: item.param(2) },
        LOOK_AT | LOOK_AT_OLD => MissionItem::LookAt { position_ned_m: place? },
        LOOK_AHEAD => MissionItem::LookAhead,
        TRIGGER if item.param(1) > 0.0 => {
            MissionItem::Trigger(Trigger::ByDistance { every_m: item.param(1) })
        }
        TRIGGER_BY_TIME if item.param(1) > 0.0 => {
            MissionItem::Trigger(Trigger::ByTime { every_s: item.param(1) / 1e3 })
        }
        STILLS if item.param(3) == 1.0 => MissionItem::TakeStill,
        STILLS => MissionItem::Trigger(Trigger::ByTime { every_s: item.param(2) }),
        TRIGGER | TRIGGER_BY_TIME | NO_STILLS => MissionItem::Trigger(Trigger::Never),
        _ => return None,
    })
}

fn way_point(position_ned_m: DVec3, stay_s: f64) -> MissionItem {
    // Names are for the vehicle's own log, and a plan from the ground has none.
    let label = String::new();
    MissionItem::Waypoint(Waypoint { label, position_ned_m, stay_s, takes_still: false })
}

#[cfg(test)]
mod tests;
