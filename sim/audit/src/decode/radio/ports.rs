//! The telemetry ports of a vehicle, each read by itself, and what stands behind both: one mission, and one shelf for what
//! the pilot puts aboard.
//!
//! **Never:** takes what is said on one port for an answer to what was asked on the other; passes over what is said by
//! a port that the vehicle was not fitted with.

use super::files::Incoming;
use super::plans::Plans;
use super::{Faults, Films, Radio};
use crate::case::{Case, Line};
use evidence::transcript::Said;
use evidence::{Link, Tick};

/// What has been heard so far, on every port.
pub struct Radios<'c, 'a> {
    ports: [(Line<'c, 'a>, Radio); 2],
    common: Common,
}

/// What does not belong to one port.
pub struct Common {
    boot: Tick,
    pub plans: Plans,
    pub incoming: Incoming,
}

impl<'c, 'a> Radios<'c, 'a> {
    /// Before the first frame.
    pub fn of(case: &'c Case<'a>) -> Self {
        let port = |link| {
            let line = Line::of(case, link);
            let radio = Radio::of(&line);
            (line, radio)
        };
        let (plans, incoming) = (Plans::of(case), Incoming::default());
        Self {
            ports: [Link::Radio, Link::Telemetry2].map(port),
            common: Common { boot: Tick(0), plans, incoming },
        }
    }

    /// Reads one emission of a port.
    pub fn said(&mut self, said: Said<'_>, faults: &mut Faults<'_>) {
        let [first, second] = &mut self.ports;
        let (line, radio) = if said.link == Link::Telemetry2 { second } else { first };
        let provenance = &line.evidence.provenance;
        if said.link == Link::Telemetry2 && provenance.telemetry2.is_none() {
            return faults.unlisted(None, "something is said by a port that there is not");
        }
        let boot = line.power.boot(said.tick);
        if self.common.boot != boot {
            // What was put aboard is gone with the power.
            (self.common.boot, self.common.incoming) = (boot, Incoming::default());
        }
        radio.said(line, said, &mut self.common, faults);
    }

    /// Files are looked at when all of them is there.
    pub fn at_end(self, films: &mut Films, faults: &mut Faults<'_>) {
        for (line, radio) in self.ports {
            faults.link = line.link;
            radio.at_end(&line, films, faults);
        }
    }
}

#[cfg(test)]
mod tests;
