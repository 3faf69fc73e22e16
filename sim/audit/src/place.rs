//! The location checker: no place on Uplink finer than its cell, no cell but the one flown in, and no moment that tells
//! of a crossing.
//!
//! **Never:** takes a rounded number for a coarse place; asks the vehicle where it is.

mod numbers;
pub mod zones;

use crate::alarm::{Alarm, Detector, switch_of};
use crate::case::Case;
use crate::decode::uplink::{LookUp, Request, Service, Spoken, spoken};
use evidence::scenario::{Place, Setting};
use evidence::{Cell, Class, Link, TICKS_PER_S, Tick};
use std::collections::BTreeMap;

/// Metres in a degree of latitude.
pub const METRES_PER_DEGREE: f64 = 111_320.0;

const REPORT_AFTER: u64 = 15 * TICKS_PER_S;
const ZONES_AFTER: u64 = 5 * TICKS_PER_S;
const EVERY: u64 = 30 * TICKS_PER_S;
/// A name is looked up within this time, with all tries, or the slot is over.
const LOOKED_UP_WITHIN: u64 = EVERY - TICKS_PER_S;
/// Silence is waited for and then the line rests; whoever tries again has said something within this time.
const AGAIN_WITHIN: u64 = 11 * TICKS_PER_S;
/// Fewest places of which a mean is worth anything.
const MEAN_OF: usize = 8;
/// A mean so close to the truth is no accident, in degrees.
const MEAN_WITHIN_DEG: f64 = 0.01;

/// Raises an alarm for each place that is too fine, wrong, or told at a moment of its own.
pub fn place(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let mut slots = Slots::default();
    let mut told: Vec<(Tick, [f64; 2])> = Vec::new();
    for said in case.recording.transcript.on(Link::Uplink) {
        let switch = switch_of(said.link, said.bytes);
        let mut alarm = |rule: &str| {
            let class = Some(Class::Position);
            let alarm = Alarm::new(Detector::LOC, class, said.link, said.tick, rule);
            alarms.push(alarm.under(switch));
        };
        let boot = case.power.boot(said.tick);
        match spoken(said.bytes) {
            Ok(Spoken::LookUp(asked)) => slots.looked_up(said.tick, &asked),
            Ok(Spoken::Request(sent)) => match &sent.request {
                Request::Report(report) => match slots.report(said.tick, boot, report.id) {
                    Moment::Slot(slot) => wrong_cell(case, slot, report.cell, &mut alarm),
                    Moment::Again => {}
                    Moment::Other => {
                        alarm("a report that is not at its slot");
                        wrong_cell(case, said.tick, report.cell, &mut alarm);
                    }
                },
                Request::Zones(cell) => {
                    let before = slots.asked;
                    match slots.zones(said.tick, boot, *cell) {
                        Moment::Slot(slot) => {
                            wrong_cell(case, slot, Some(*cell), &mut alarm);
                            if !is_worth_asking(case, slot, boot, *cell, before) {
                                alarm("a question without a zone near and without another cell");
                            }
                        }
                        Moment::Again => {}
                        Moment::Other => {
                            alarm("a question about zones that is not at its time");
                            wrong_cell(case, said.tick, Some(*cell), &mut alarm);
                        }
                    }
                }
                // Sealed or scrubbed; the decoder reads what a picture says of its place.
                Request::Part(_) | Request::Update(_) => {}
            },
            Err(_) => {
                let Some(truth) = truth_at(case, said.tick) else { continue };
                let found = numbers::places(said.bytes, truth);
                if found.iter().any(|place| place.is_fine) {
                    alarm("a place finer than its cell");
                }
                told.extend(found.into_iter().map(|place| (said.tick, place.deg)));
            }
        }
        slots.busy = Some(said.tick);
    }
    mean(case, &told, alarms);
}

fn wrong_cell(case: &Case<'_>, tick: Tick, cell: Option<Cell>, alarm: &mut dyn FnMut(&str)) {
    let (cells, is_stale) = case.cells_at(tick);
    let is_right = match cell {
        Some(cell) => cells.contains(&cell),
        None => is_stale,
    };
    // A story whose truth tells of no fix at all cannot be checked.
    if !is_right && !case.evidence.truth.position_fixes.is_empty() {
        alarm("another cell than the one flown in");
    }
}

/// Noise that is drawn afresh for each report averages out.
fn mean(case: &Case<'_>, told: &[(Tick, [f64; 2])], alarms: &mut Vec<Alarm>) {
    let Some((last, _)) = told.last().filter(|_| told.len() >= MEAN_OF) else { return };
    let Some(truth) = truth_at(case, *last) else { return };
    let count = told.len() as f64;
    let mean = |axis: usize| told.iter().map(|(_, deg)| deg[axis]).sum::<f64>() / count;
    let is_varied = told.iter().any(|(_, deg)| *deg != told[0].1);
    let is_near = (mean(0) - truth.0).abs() <= MEAN_WITHIN_DEG
        && (mean(1) - truth.1).abs() * libm::cos(truth.0.to_radians()) <= MEAN_WITHIN_DEG;
    if is_varied && is_near {
        let rule = format!("the mean of {} places is the true one", told.len());
        alarms.push(Alarm::new(Detector::LOC, Some(Class::Position), Link::Uplink, *last, &rule));
    }
}

/// Whether a question about zones tells something that its cell does not have told: that a zone is near is a function
/// of the cell, and so is that the cell is new.
fn is_worth_asking(
    case: &Case<'_>,
    tick: Tick,
    boot: Tick,
    cell: Cell,
    before: Option<(Tick, Cell)>,
) -> bool {
    let is_new = before.is_none_or(|(at, of)| of != cell || at < boot);
    // While it was off the gate said no, and a question that never left is not one that was asked.
    let was_off = !case.is_on(Setting::UpNofly, Tick(tick.0.saturating_sub(EVERY)));
    is_new || was_off || zones::is_near(cell)
}

/// At what moment something is said.
enum Moment {
    /// In its slot, or as soon after as the name was looked up that was asked for in that slot.
    Slot(Tick),
    /// Tried again, because nobody has answered.
    Again,
    /// At a moment of its own.
    Other,
}

/// What nobody took is tried again 5 s after its answer, or after nobody answered.
const RETRY_TICKS: std::ops::RangeInclusive<u64> = 5 * TICKS_PER_S..=5 * TICKS_PER_S + 25;

/// What has been sent at which slot so far.
#[derive(Default)]
struct Slots<'a> {
    busy: Option<Tick>,
    looked_up: Vec<(Tick, Option<Service>)>,
    reports: BTreeMap<&'a str, Tick>,
    reported: Option<Tick>,
    last_report: Option<Tick>,
    asked: Option<(Tick, Cell)>,
}

impl<'a> Slots<'a> {
    fn looked_up(&mut self, tick: Tick, asked: &LookUp) {
        self.looked_up.push((tick, Service::of_host(&asked.name)));
    }

    /// The slot that something is said in: at once, or after its host was looked up from there on.
    fn slot(&self, tick: Tick, first: u64, service: Service) -> Option<Tick> {
        let since = tick.0.checked_sub(first)?;
        let slot = Tick(first + since / EVERY * EVERY);
        let is_looked_up = self.looked_up.iter().any(|(at, of)| {
            *at == slot && *of == Some(service) && tick.0 <= at.0 + LOOKED_UP_WITHIN
        });
        (tick == slot || is_looked_up).then_some(slot)
    }

    /// Whether the line has been in use until just now.
    fn is_busy(&self, tick: Tick) -> bool {
        self.busy.is_some_and(|busy| tick.0 <= busy.0 + AGAIN_WITHIN)
    }

    fn report(&mut self, tick: Tick, boot: Tick, id: &'a str) -> Moment {
        let is_known = self.reports.insert(id, tick).is_some();
        // Tried again it may be a report with a number of its own, but at the one moment for that.
        let since = self.last_report.replace(tick).map(|last| tick.0 - last.0);
        let is_retry = since.is_some_and(|since| RETRY_TICKS.contains(&since));
        if (is_known && self.is_busy(tick)) || is_retry {
            return Moment::Again;
        }
        let slot = self.slot(tick, boot.0 + REPORT_AFTER, Service::AnyIntake);
        // A slot is for one report.
        match slot.filter(|slot| self.reported != Some(*slot)) {
            Some(slot) => {
                self.reported = Some(slot);
                Moment::Slot(slot)
            }
            None => Moment::Other,
        }
    }

    fn zones(&mut self, tick: Tick, boot: Tick, cell: Cell) -> Moment {
        let before = self.asked.replace((tick, cell));
        let slot = self.slot(tick, boot.0 + ZONES_AFTER, Service::Zones);
        match slot.filter(|slot| before.is_none_or(|(at, _)| at < *slot)) {
            Some(slot) => Moment::Slot(slot),
            None if before.is_some_and(|(_, of)| of == cell) && self.is_busy(tick) => Moment::Again,
            None => Moment::Other,
        }
    }
}

/// Where the airframe really was, in degrees north and east.
pub fn truth_at(case: &Case<'_>, tick: Tick) -> Option<(f64, f64)> {
    let track = &case.evidence.track;
    let after = track.partition_point(|point| point.tick <= tick);
    let point = track.get(after.saturating_sub(1))?;
    let [east_m, north_m, _] = point.position_m;
    let [lat_deg, lon_deg] = at(case.evidence.scenario.place, east_m, north_m);
    Some((lat_deg, lon_deg))
}

/// A place so many metres east and north of a story's, in degrees north and east. Good to a metre over a few
/// kilometres.
pub fn at(place: Place, east_m: f64, north_m: f64) -> [f64; 2] {
    let lat = place.lat_deg.to_radians();
    let per_lat = 111_132.954 - 559.822 * libm::cos(2.0 * lat) + 1.175 * libm::cos(4.0 * lat);
    let per_lon = 111_412.84 * libm::cos(lat) - 93.5 * libm::cos(3.0 * lat);
    [place.lat_deg + north_m / per_lat, place.lon_deg + east_m / per_lon.max(1.0)]
}

#[cfg(test)]
mod tests;
