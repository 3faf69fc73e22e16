//! Satellite positioning, 10 Hz, 0.12 s late, with an error that wanders slowly; jammed, it says that it has no fix.
//!
//! **Never:** delivers the truth of this moment.

use crate::body::Kinematics;
use crate::chance::{Seed, Stream, Wander};
use crate::frames::ned_from_enu;
use crate::place::{Geodetic, TangentPlane};
use evidence::Tick;
use evidence::scenario::{Act, Scenario};
use glam::DVec3;
use std::collections::VecDeque;
use vehicle::senses::{Gnss, GnssFix};

const EVERY_TICKS: u64 = 50;
const LATENCY_TICKS: u64 = 60;
const EVERY_S: f64 = 0.1;

/// The error with open sky and no corrections wanders over a minute.
const HORIZONTAL_SD_M: f64 = 0.6;
const VERTICAL_SD_M: f64 = 1.0;
const WANDER_TIME_S: f64 = 60.0;
/// What changes from fix to fix.
const FIX_NOISE_M: f64 = 0.02;
const VELOCITY_NOISE_MPS: f64 = 0.05;

/// The receiver.
pub struct Satellites {
    plane: TangentPlane,
    wander: [Wander; 3],
    stream: Stream,
    late: VecDeque<(Tick, Fix)>,
    jammed: Vec<(Tick, Tick)>,
}

/// A fix, and where on the tangent plane it was measured, for those whose world lies elsewhere on Earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// As at the story's place.
    pub gnss: Gnss,
    /// East, north, up.
    pub measured_m: DVec3,
}

/// Alive, and deaf: no place, no satellite, and errors as large as the message can tell.
const NO_FIX: Fix = Fix {
    gnss: Gnss {
        fix: GnssFix::None,
        lat_deg: 0.0,
        lon_deg: 0.0,
        alt_m: 0.0,
        velocity_ned_mps: DVec3::ZERO,
        horizontal_sd_m: 655.35,
        vertical_sd_m: 655.35,
        satellites: 0,
    },
    measured_m: DVec3::ZERO,
};

impl Satellites {
    /// A receiver at a place.
    pub fn over(scenario: &Scenario, seed: &Seed) -> Self {
        let mut stream = seed.fork("gnss").stream();
        let wander = [HORIZONTAL_SD_M, HORIZONTAL_SD_M, VERTICAL_SD_M]
            .map(|sd| Wander::start(sd, WANDER_TIME_S, EVERY_S, &mut stream));
        let span = |at_s, act: &Act| match act {
            Act::JamsGnss { for_s } => {
                let from = Tick::at_s(at_s);
                Some((from, Tick(from.0 + Tick::at_s(*for_s).0)))
            }
            _ => None,
        };
        let jammed = scenario.beats.iter().filter_map(|b| span(b.at_s, &b.does)).collect();
        let plane = TangentPlane::at(Geodetic::of(scenario.place));
        Self { plane, wander, stream, late: VecDeque::new(), jammed }
    }

    /// The fix that arrives in this tick.
    pub fn read(&mut self, now: Tick, k: &Kinematics) -> Option<Fix> {
        if now.0.is_multiple_of(EVERY_TICKS) {
            let fix = self.measure(k);
            self.late.push_back((Tick(now.0 + LATENCY_TICKS), fix));
        }
        let fix = self.late.pop_front_if(|(at, _)| *at <= now).map(|(_, fix)| fix)?;
        let is_jammed = self.jammed.iter().any(|(from, to)| *from <= now && now < *to);
        Some(if is_jammed { NO_FIX } else { fix })
    }

    fn measure(&mut self, k: &Kinematics) -> Fix {
        let [east, north, up] = &mut self.wander;
        let s = &mut self.stream;
        let wander_m = DVec3::new(east.step(s), north.step(s), up.step(s));
        let measured_m = k.position_m + wander_m + s.normal3(FIX_NOISE_M);
        let at = self.plane.geodetic(measured_m);
        let gnss = Gnss {
            fix: GnssFix::ThreeD,
            lat_deg: at.lat_deg,
            lon_deg: at.lon_deg,
            alt_m: at.alt_m,
            velocity_ned_mps: ned_from_enu(k.velocity_mps + s.normal3(VELOCITY_NOISE_MPS)),
            horizontal_sd_m: HORIZONTAL_SD_M,
            vertical_sd_m: VERTICAL_SD_M,
            satellites: 14 + (s.below(3) as u8),
        };
        Fix { gnss, measured_m }
    }
}
