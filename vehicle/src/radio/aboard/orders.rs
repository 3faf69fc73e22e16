//! What may be asked of the camera and its mount, by the numbers of MAVLink's commands.
//!
//! **Never:** guesses a number that makes no sense; takes a place outside the picture.

use super::camera::{self, Mode};
use super::gimbal::{Look, Who};
use super::video;
use crate::data::tracking::Target;

/// An order for what is aboard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Order {
    /// Stills again and again; until stopped where there is no count.
    Series { every_s: f64, count: Option<u32> },
    /// No more of them.
    StopSeries,
    /// What the camera is set to.
    Mode(Mode),
    /// Follow what is there in the picture.
    Track(Target),
    /// Follow nothing.
    StopTracking,
    /// Who may command the mount, first and beside him.
    Control([Who; 2]),
    /// Where to look.
    Look(Look),
}

impl Order {
    /// Whether it is the pilot's alone. The mount has its own order of who may command it, and looks nowhere else for
    /// anybody.
    pub(crate) fn is_the_pilots(&self) -> bool {
        match self {
            Self::Series { .. }
            | Self::StopSeries
            | Self::Mode(_)
            | Self::Track(_)
            | Self::StopTracking => true,
            Self::Control(_) | Self::Look(_) => false,
        }
    }

    /// Whether it is the camera's, and not its mount's.
    pub(crate) fn is_the_cameras(&self) -> bool {
        self.is_the_pilots()
    }
}

/// What a command means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// An order.
    Order(Order),
    /// Tell a message; some have more than one.
    Tell { id: u32, which: u32 },
    /// It makes no sense, or is never done.
    Nonsense,
}

/// Fastest and slowest series, seconds from one still to the next.
const SERIES_S: (f64, f64) = (0.5, 86_400.0);
const COUNT_MAX: f64 = 10_000.0;
const MOUNT: f64 = 154.0;

/// Reads a command; none where it is not for what is aboard.
pub(crate) fn read(number: u16, p: [f64; 7]) -> Option<Meaning> {
    let tell = |id, which| {
        if p[0] == 1.0 { Meaning::Tell { id, which } } else { Meaning::Nonsense }
    };
    let order = |order: Option<Order>| order.map_or(Meaning::Nonsense, Meaning::Order);
    let is_our_mount = matches!(p[6], 0.0 | MOUNT) || p[6].is_nan();
    Some(match number {
        521 => tell(camera::INFORMATION, 0),
        522 => tell(camera::SETTINGS, 0),
        527 => tell(camera::STATUS, 0),
        // Their first number is the card's or the stream's: 0 is all there are.
        525 if matches!(p[0], 0.0 | 1.0) => Meaning::Tell { id: camera::STORAGE, which: 0 },
        2504 if matches!(p[0], 0.0 | 1.0) => Meaning::Tell { id: video::INFORMATION, which: 0 },
        2505 if matches!(p[0], 0.0 | 1.0) => Meaning::Tell { id: video::STATUS, which: 0 },
        2002 => whole(p[0])
            .map_or(Meaning::Nonsense, |which| Meaning::Tell { id: camera::CAPTURED, which }),
        // The card is emptied by the factory reset alone, which is the pilot's and overwrites what was there.
        525 | 526 | 2504 | 2505 => Meaning::Nonsense,
        530 => match p[1] {
            0.0 => order(Some(Order::Mode(Mode::Stills))),
            1.0 => order(Some(Order::Mode(Mode::Films))),
            _ => Meaning::Nonsense,
        },
        1000 if is_our_mount => order(look(p).map(Order::Look)),
        1001 if is_our_mount => order(control(p).map(Order::Control)),
        1000 | 1001 => Meaning::Nonsense,
        2000 => order(series(p[1], p[2])),
        2001 => order(Some(Order::StopSeries)),
        2004 => order(point(p[0], p[1]).map(Order::Track)),
        2005 => order(rectangle([p[0], p[1], p[2], p[3]]).map(Order::Track)),
        2010 => order(Some(Order::StopTracking)),
        _ => return None,
    })
}

fn series(every_s: f64, count: f64) -> Option<Order> {
    let count = match count {
        0.0 => None,
        count if (1.0..=COUNT_MAX).contains(&count) => Some(whole(count)?),
        _ => return None,
    };
    let is_paced = every_s >= SERIES_S.0 && every_s <= SERIES_S.1;
    is_paced.then_some(Order::Series { every_s, count })
}

fn point(x: f64, y: f64) -> Option<Target> {
    [x, y].iter().all(is_part).then_some(Target::Point { x, y })
}

fn rectangle([left, top, right, bottom]: [f64; 4]) -> Option<Target> {
    let is_inside = [left, top, right, bottom].iter().all(is_part);
    (is_inside && left < right && top < bottom).then_some(Target::Rectangle {
        left,
        top,
        right,
        bottom,
    })
}

/// A part of a side of the picture. What is no number is none.
fn is_part(value: &f64) -> bool {
    (0.0..=1.0).contains(value)
}

fn look(p: [f64; 7]) -> Option<Look> {
    let given = |value: f64| (!value.is_nan()).then_some(value);
    let is_known = p[..4].iter().all(|value| !value.is_infinite());
    let turns = p[2..4].iter().any(|rate| !rate.is_nan() && *rate != 0.0);
    let flags = if p[4].is_nan() { 0 } else { whole(p[4])? };
    is_known.then_some(Look { pitch_deg: given(p[0]), yaw_deg: given(p[1]), turns, flags })
}

fn control(p: [f64; 7]) -> Option<[Who; 2]> {
    Some([who(p[0], p[1])?, who(p[2], p[3])?])
}

fn who(system: f64, component: f64) -> Option<Who> {
    let number = |value: f64| whole(value).and_then(|value| u8::try_from(value).ok());
    match system {
        -1.0 => Some(Who::Same),
        -2.0 => Some(Who::Asker),
        -3.0 => Some(Who::NotAsker),
        0.0 => Some(Who::Station((0, 0))),
        _ if system.is_nan() => Some(Who::Same),
        _ => Some(Who::Station((number(system)?, number(component)?))),
    }
}

/// A whole number, not negative.
fn whole(value: f64) -> Option<u32> {
    ((0.0..=16_777_216.0).contains(&value) && value == libm::floor(value)).then_some(value as u32)
}
