//! What becomes of a reading on its way from a sensor to the vehicle while the sensor fails as the story says.
//!
//! The sensor itself goes on measuring, so that a failure moves no stream of chance but its own: before and after it the
//! readings are those of the same flight without it.
//!
//! **Never:** knows what a reading means; touches one while nothing fails.

use crate::chance::{Seed, Stream};
use evidence::scenario::{Act, Failure, Scenario, Sensor};
use evidence::{TICKS_PER_S, Tick};
use glam::DVec3;

/// What a sensor says.
pub trait Reading: Copy {
    /// The same, wrong by so much along each axis.
    #[must_use]
    fn shifted(self, by: [f64; 3]) -> Self;
}

/// The line from a sensor to the vehicle.
pub struct Line<T> {
    failures: Vec<Span>,
    last: Option<T>,
    stream: Stream,
}

/// A failure of the story.
struct Span {
    from: Tick,
    to: Option<Tick>,
    mode: Failure,
    /// Of a loose plug: whether it makes contact, and until when.
    has_contact: bool,
    until: Tick,
}

impl<T: Reading> Line<T> {
    /// The line of one sensor.
    pub fn of(sensor: Sensor, scenario: &Scenario, seed: &Seed) -> Self {
        let span = |at_s, act: &Act| match act {
            Act::SensorFails { sensor: which, mode, for_s } if *which == sensor => {
                let from = Tick::at_s(at_s);
                let to = for_s.map(|s| Tick(from.0 + Tick::at_s(s).0));
                Some(Span { from, to, mode: *mode, has_contact: false, until: from })
            }
            _ => None,
        };
        let failures = scenario.beats.iter().filter_map(|b| span(b.at_s, &b.does)).collect();
        let stream = seed.fork("failures").fork(&format!("{sensor:?}")).stream();
        Self { failures, last: None, stream }
    }

    /// What arrives of a reading; `is_due` says whether one should.
    pub fn carry(&mut self, now: Tick, is_due: bool, reading: Option<T>) -> Option<T> {
        if self.failures.is_empty() {
            return reading;
        }
        let arrives = match self.failures.iter_mut().rfind(|span| span.holds(now)) {
            None => reading,
            Some(span) => match span.mode {
                Failure::Stuck => self.last.or(reading).filter(|_| is_due),
                Failure::Dead => None,
                Failure::Biased { by } => reading.map(|reading| reading.shifted(by.axes())),
                Failure::Intermittent { works_s, dead_s } => {
                    reading.filter(|_| span.makes_contact(now, [works_s, dead_s], &mut self.stream))
                }
            },
        };
        self.last = arrives.or(self.last);
        arrives
    }
}

impl Span {
    fn holds(&self, now: Tick) -> bool {
        self.from <= now && self.to.is_none_or(|to| now < to)
    }

    /// Contact and no contact follow each other without memory: each lasts as an exponential chance has it.
    fn makes_contact(&mut self, now: Tick, means_s: [f64; 2], stream: &mut Stream) -> bool {
        while self.until <= now {
            self.has_contact = !self.has_contact;
            let mean_s = means_s[usize::from(!self.has_contact)];
            let lasts_s = -mean_s * libm::log(1.0 - stream.unit());
            self.until.0 += ((lasts_s * TICKS_PER_S as f64) as u64).max(1);
        }
        self.has_contact
    }
}

impl Reading for f64 {
    fn shifted(self, by: [f64; 3]) -> Self {
        self + by[0]
    }
}

impl Reading for DVec3 {
    fn shifted(self, by: [f64; 3]) -> Self {
        self + Self::from(by)
    }
}
