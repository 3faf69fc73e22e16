//! No-fly zones: warns near one, refuses to arm inside, holds before the border, unlocks for who has the code.
//!
//! The zones are compiled in (`assets/no_fly/*.geojson`) and need no server. What a server lists besides is warned of
//! and kept on the card. Whether a list is asked for is a function of the 10 km cell alone: the question tells that the
//! vehicle is in that cell, and that a zone lies within 5 km of the cell or that the cell is a new one. It is asked at
//! fixed slots, so that no border that the vehicle crosses shows in its time.
//!
//! | what | where |
//! |---|---|
//! | warning | 500 m from a border; again after being 600 m away |
//! | arming refused | inside |
//! | hold | 60 m from a border; a command that leads nearer is refused there, one that leads away is not |
//! | unlock | the first 3 bytes of HMAC-SHA256(authority's key, zone number u16 LE), for as long as was asked |
//!
//! **Never:** asks for anything finer than a cell; brings the vehicle down by itself; takes an order from a server.

mod listed;
mod map;
mod zones;

#[cfg(test)]
mod tests;

pub use listed::ZoneText;

use super::cell::Cell;
use crate::flight::Mode;
use crate::gate::Parcel;
use crate::senses::{Storage, TICKS_PER_S, Tick};
use crate::vault::hmac_sha256;
use alloc::string::String;
use alloc::vec::Vec;
use listed::Listed;
use map::Map;
use zones::{ZONES, Zone};

/// How often the vehicle looks where it is.
pub(crate) const WATCH_EVERY_TICKS: u64 = TICKS_PER_S / 10;
const FIRST_SLOT_TICKS: u64 = 5 * TICKS_PER_S;
const SLOT_EVERY_TICKS: u64 = 30 * TICKS_PER_S;

/// Warned of from here, and again only after the vehicle was as far away as the second, metres.
const NEAR_M: (f64, f64) = (500.0, 600.0);
/// Nearer than this the vehicle does not go, metres.
const HOLD_M: f64 = 60.0;
/// Commands are looked at this near to a border, metres: braking ends in here.
const AT_BORDER_M: f64 = HOLD_M + 10.0;
/// A way that leads away may still lead this much nearer at first, metres.
const SLACK_M: f64 = 5.0;
/// A way is looked at in steps of this length, and at most so many of them.
const STEP_M: f64 = 10.0;
const STEPS_MAX: u32 = 4_000;
/// A cell this near to a zone asks for its list at every slot, metres.
const CELL_NEAR_M: f64 = 5_000.0;
/// From the middle of a cell to its farthest corner, at most, metres.
const CELL_HALF_M: f64 = 7_200.0;

/// A place in the air.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) lat_deg: f64,
    pub(crate) lon_deg: f64,
    /// Above mean sea level, metres.
    pub(crate) alt_m: f64,
}

/// What a look around comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The pilot is to be told that a zone is near.
    pub(crate) warns: bool,
    /// The vehicle is to hold where it can stop.
    pub(crate) holds: bool,
    /// It is inside: the rotors may not start.
    pub(crate) is_inside: bool,
    /// A zone lies on the straight way home.
    pub(crate) bars_home: bool,
}

/// The keeper of the zones.
pub(crate) struct NoFly {
    map: Map,
    unlock_key: [u8; 32],
    unlocked_until: Vec<Tick>,
    listed: Option<Listed>,
    distance_m: f64,
    leash_m: f64,
    is_warned: bool,
}

impl NoFly {
    /// With what is compiled in.
    pub(crate) fn new(unlock_key: [u8; 32]) -> Self {
        Self {
            map: Map::draw(),
            unlock_key,
            unlocked_until: [Tick(0)].repeat(ZONES.len()),
            listed: None,
            distance_m: f64::INFINITY,
            leash_m: HOLD_M,
            is_warned: false,
        }
    }

    /// Takes the list that lies on the card, if there is one.
    pub(crate) fn recall(&mut self, card: &dyn Storage) {
        self.listed = Listed::kept(card);
    }

    /// Looks around. Without a place nothing is near, and nothing is forbidden that is not forbidden for want of a fix.
    pub(crate) fn watch(
        &mut self,
        at: Option<Spot>,
        home: (f64, f64),
        mode: Mode,
        now: Tick,
    ) -> Seen {
        self.distance_m = at.map_or(f64::INFINITY, |at| self.distance_m(at, now));
        if self.distance_m > AT_BORDER_M {
            self.leash_m = HOLD_M;
        }
        let listed_m = at.map_or(f64::INFINITY, |at| self.listed_distance_m(at, now));
        let nearest_m = self.distance_m.min(listed_m);
        let warns = nearest_m <= NEAR_M.0 && !self.is_warned;
        self.is_warned = nearest_m <= if self.is_warned { NEAR_M.1 } else { NEAR_M.0 };
        let is_inside = self.distance_m <= 0.0;
        let holds = match mode {
            Mode::Mission
            | Mode::Return
            | Mode::GoTo
            | Mode::Orbit
            | Mode::Follow
            | Mode::Offboard
            | Mode::Stabilise
            | Mode::AltitudeHold
            | Mode::PositionHold => self.distance_m < self.leash_m,
            Mode::TakeOff => is_inside,
            Mode::Disarmed | Mode::Hold | Mode::Land | Mode::Brake => false,
        };
        let bars_home = at.is_some_and(|at| self.bars(at, &[home], now));
        Seen { warns, holds, is_inside, bars_home }
    }

    /// Whether a way from here, place by place, is one that the vehicle may not go. One that it may go lengthens the
    /// leash, so that who was held can fly away.
    pub(crate) fn forbids(&mut self, from: Spot, way: &[(f64, f64)], now: Tick) -> bool {
        let bars = self.bars(from, way, now);
        if !bars && !way.is_empty() && self.distance_m <= AT_BORDER_M {
            self.leash_m = self.least_m();
        }
        bars
    }

    /// Unlocks a zone for a while; whether the code was right.
    pub(crate) fn unlock(&mut self, number: u32, code: u32, valid_s: u32, now: Tick) -> bool {
        let Some(place) = (number as usize).checked_sub(1).filter(|&p| p < ZONES.len()) else {
            return false;
        };
        let mac = hmac_sha256(&self.unlock_key, &[&(number as u16).to_le_bytes()]);
        let is_right = code == u32::from_be_bytes([0, mac[0], mac[1], mac[2]]);
        if is_right {
            self.unlocked_until[place] = Tick(now.0 + u64::from(valid_s) * TICKS_PER_S);
        }
        is_right
    }

    /// Whether the list of a cell may be asked for in this very tick.
    pub(crate) fn is_due(now: Tick, boot: Tick) -> bool {
        let age_ticks = now.0.saturating_sub(boot.0);
        age_ticks >= FIRST_SLOT_TICKS
            && (age_ticks - FIRST_SLOT_TICKS).is_multiple_of(SLOT_EVERY_TICKS)
    }

    /// Whether the list of this cell is wanted at every slot: a zone lies within 5 km of the cell.
    pub(crate) fn concerns(&self, cell: Cell) -> bool {
        let sides = cell.sides();
        let middle =
            ((sides.south_deg + sides.north_deg) / 2.0, (sides.west_deg + sides.east_deg) / 2.0);
        let half = (sides.north_deg - middle.0, sides.east_deg - middle.1);
        let about = self.map.within(middle.0, middle.1, CELL_NEAR_M + CELL_HALF_M);
        let distance_m = |place: usize| ZONES[place].shape.distance_from_box_m(middle, half);
        about.into_iter().any(|place| distance_m(place) <= CELL_NEAR_M)
    }

    /// The cell whose list is kept.
    pub(crate) fn cell(&self) -> Option<Cell> {
        self.listed.as_ref().map(|listed| listed.cell)
    }

    /// Takes the list that a server gave for a cell, and writes it to the card if it is one, and a new one.
    pub(crate) fn learn(&mut self, cell: Cell, body: &[u8]) -> Option<Parcel> {
        let listed = Listed::read(body).filter(|listed| listed.cell == cell)?;
        if self.listed.as_ref() == Some(&listed) {
            return None;
        }
        let text = listed.text();
        self.listed = Some(listed);
        Some(Parcel::zone_list(String::from(listed::PATH), text))
    }

    fn bars(&self, from: Spot, way: &[(f64, f64)], now: Tick) -> bool {
        self.distance_m <= AT_BORDER_M && {
            let least_m = self.least_m();
            steps(from, way).any(|at| self.distance_m(at, now) < least_m)
        }
    }

    /// Nearer than this no way may lead from here.
    fn least_m(&self) -> f64 {
        (self.distance_m - SLACK_M).min(HOLD_M)
    }

    /// To the border of the nearest zone that is in force and locked, metres; negative inside.
    fn distance_m(&self, at: Spot, now: Tick) -> f64 {
        let about = self.map.within(at.lat_deg, at.lon_deg, NEAR_M.1);
        let locked = about.into_iter().filter(|&place| self.unlocked_until[place] <= now);
        nearest_m(locked.map(|place| &ZONES[place]), at, now)
    }

    fn listed_distance_m(&self, at: Spot, now: Tick) -> f64 {
        nearest_m(self.listed.iter().flat_map(|listed| &listed.zones), at, now)
    }
}

fn nearest_m<'a>(zones: impl Iterator<Item = &'a Zone>, at: Spot, now: Tick) -> f64 {
    let second = (now.0 / TICKS_PER_S) as i64;
    let counting = zones.filter(|zone| zone.counts_at(at.alt_m, second));
    counting.map(|zone| zone.shape.distance_m(at.lat_deg, at.lon_deg)).fold(f64::INFINITY, f64::min)
}

/// The places of a way, a step apart, the last of each leg among them.
fn steps(from: Spot, way: &[(f64, f64)]) -> impl Iterator<Item = Spot> {
    let starts = core::iter::once((from.lat_deg, from.lon_deg)).chain(way.iter().copied());
    starts.zip(way.iter().copied()).flat_map(move |(start, end)| {
        let length_m = zones::ecef_m(start.0, start.1).distance(zones::ecef_m(end.0, end.1));
        let count = (libm::ceil(length_m / STEP_M) as u32).clamp(1, STEPS_MAX);
        (1..=count).map(move |step| {
            let part = f64::from(step) / f64::from(count);
            Spot {
                lat_deg: start.0 + (end.0 - start.0) * part,
                lon_deg: start.1 + (end.1 - start.1) * part,
                alt_m: from.alt_m,
            }
        })
    })
}
