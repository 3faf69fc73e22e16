//! Satellite positioning, 10 Hz, 0.12 s late, with an error that wanders slowly and that the receiver knows the size of.
//!
//! Kept warm, the receiver hears satellites a moment after power-on; after each time without, it first has too few of them
//! for a height. Jammed, it says that it has no fix. Spoofed, it says where it is led, as surely as ever.
//!
//! **Never:** delivers the truth of this moment.

mod sky;

use super::failure::Reading;
use crate::body::Kinematics;
use crate::chance::{Seed, Stream, Wander};
use crate::frames::ned_from_enu;
use crate::place::{Geodetic, TangentPlane};
use evidence::Tick;
use evidence::scenario::{Receiver, Scenario};
use glam::DVec3;
use sky::Sky;
use std::collections::VecDeque;
use vehicle::senses::{Gnss, GnssFix};

const EVERY_TICKS: u64 = 50;
const LATENCY_TICKS: u64 = 60;
const EVERY_S: f64 = 0.1;

/// The error wanders over a minute.
const WANDER_TIME_S: f64 = 60.0;
const VELOCITY_NOISE_MPS: f64 = 0.05;
/// What the receiver says of a height that it assumes, and of all that it does not know: the most that its message can tell.
const UNKNOWN_SD_M: f64 = 655.35;

/// How good a receiver is.
#[derive(Clone, Copy)]
struct Quality {
    /// What its best fix is.
    best: GnssFix,
    /// How far its error wanders.
    horizontal_sd_m: f64,
    vertical_sd_m: f64,
    /// What changes from fix to fix.
    noise_m: f64,
}

impl Quality {
    /// With open sky and no corrections; or with the carrier's phase against a base some kilometres away (u-blox
    /// ZED-F9P: 0.01 m + 1 ppm across, the same up).
    fn of(receiver: Receiver) -> Self {
        match receiver {
            Receiver::Standalone => Self {
                best: GnssFix::ThreeD,
                horizontal_sd_m: 0.6,
                vertical_sd_m: 1.0,
                noise_m: 0.02,
            },
            Receiver::Rtk => Self {
                best: GnssFix::RtkFixed,
                horizontal_sd_m: 0.015,
                vertical_sd_m: 0.02,
                noise_m: 0.004,
            },
        }
    }
}

/// The receiver.
pub struct Satellites {
    quality: Quality,
    plane: TangentPlane,
    wander: [Wander; 3],
    stream: Stream,
    late: VecDeque<(Tick, Heard)>,
    sky: Sky,
    /// The height of the last fix that had one; at first that of the story's place.
    assumed_up_m: f64,
}

/// What the receiver makes of the sky, before it is a place on Earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heard {
    /// How it knows.
    pub fix: GnssFix,
    /// East, north, up.
    pub measured_m: DVec3,
    /// East, north, up.
    pub velocity_mps: DVec3,
    /// Satellites used.
    pub satellites: u8,
}

/// A fix, and where on the tangent plane it was measured, for those whose world lies elsewhere on Earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// As at the story's place.
    pub gnss: Gnss,
    /// East, north, up.
    pub measured_m: DVec3,
}

impl Satellites {
    /// A receiver at a place.
    pub fn over(scenario: &Scenario, seed: &Seed) -> Self {
        let mut stream = seed.fork("gnss").stream();
        let quality = Quality::of(scenario.receiver);
        let (across_m, up_m) = (quality.horizontal_sd_m, quality.vertical_sd_m);
        let wander = [across_m, across_m, up_m]
            .map(|sd| Wander::start(sd, WANDER_TIME_S, EVERY_S, &mut stream));
        let plane = TangentPlane::at(Geodetic::of(scenario.place));
        let sky = Sky::over(scenario);
        Self { quality, plane, wander, stream, late: VecDeque::new(), sky, assumed_up_m: 0.0 }
    }

    /// What arrives in this tick.
    pub fn hear(&mut self, now: Tick, k: &Kinematics) -> Option<Heard> {
        if now.0.is_multiple_of(EVERY_TICKS) {
            let heard = self.measure(now, k);
            self.late.push_back((Tick(now.0 + LATENCY_TICKS), heard));
        }
        let heard = self.late.pop_front_if(|(at, _)| *at <= now).map(|(_, heard)| heard)?;
        Some(match self.sky.fix(now) {
            GnssFix::None => {
                let (measured_m, velocity_mps) = (DVec3::ZERO, DVec3::ZERO);
                Heard { fix: GnssFix::None, measured_m, velocity_mps, satellites: 0 }
            }
            GnssFix::TwoD => {
                let measured_m = heard.measured_m.with_z(self.assumed_up_m);
                let velocity_mps = heard.velocity_mps.with_z(0.0);
                Heard { fix: GnssFix::TwoD, measured_m, velocity_mps, satellites: 3 }
            }
            _ => {
                self.assumed_up_m = heard.measured_m.z;
                Heard { fix: self.quality.best, ..heard }
            }
        })
    }

    /// What was heard, as a place on Earth.
    pub fn place(&self, heard: Heard) -> Fix {
        let Heard { fix, measured_m, velocity_mps, satellites } = heard;
        let at = self.plane.geodetic(measured_m);
        let nowhere = Geodetic { lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0 };
        let at = if fix == GnssFix::None { nowhere } else { at };
        let gnss = Gnss {
            fix,
            lat_deg: at.lat_deg,
            lon_deg: at.lon_deg,
            alt_m: at.alt_m,
            velocity_ned_mps: ned_from_enu(velocity_mps),
            horizontal_sd_m: if fix == GnssFix::None {
                UNKNOWN_SD_M
            } else {
                self.quality.horizontal_sd_m
            },
            vertical_sd_m: if fix.is_usable() { self.quality.vertical_sd_m } else { UNKNOWN_SD_M },
            satellites,
        };
        Fix { gnss, measured_m }
    }

    fn measure(&mut self, now: Tick, k: &Kinematics) -> Heard {
        let [east, north, up] = &mut self.wander;
        let s = &mut self.stream;
        let wander_m = DVec3::new(east.step(s), north.step(s), up.step(s));
        let (astray_m, astray_mps) = self.sky.leads_astray(now);
        Heard {
            fix: self.quality.best,
            measured_m: k.position_m + wander_m + s.normal3(self.quality.noise_m) + astray_m,
            velocity_mps: k.velocity_mps + s.normal3(VELOCITY_NOISE_MPS) + astray_mps,
            satellites: 14 + (s.below(3) as u8),
        }
    }
}

impl Reading for Heard {
    fn shifted(self, by: [f64; 3]) -> Self {
        Self { measured_m: self.measured_m + DVec3::from(by), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DQuat;

    #[test]
    fn the_errors_are_as_large_as_the_receiver_says() {
        // From fix to fix the wandering keeps e^(-0.1/60) of itself; with what changes each time, less of the sum.
        for (receiver, across_m, up_m, keeps) in
            [("Standalone", 0.6, 1.0, 0.998), ("Rtk", 0.0155, 0.0204, 0.9598)]
        {
            check_errors(receiver, across_m, up_m, keeps);
        }
    }

    fn check_errors(receiver: &str, across_m: f64, up_m: f64, keeps: f64) {
        let text = format!(
            r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1,
                length_s: 9.0, receiver: {receiver}, expects: {{}}, beats: [])"#
        );
        let mut receiver = Satellites::over(&ron::from_str(&text).unwrap(), &Seed::master(5));
        let k = Kinematics {
            position_m: DVec3::new(3.0, -4.0, 10.0),
            velocity_mps: DVec3::new(1.0, 0.0, 0.0),
            world_from_body: DQuat::IDENTITY,
            rates_flu_radps: DVec3::ZERO,
            specific_force_flu_mps2: DVec3::Z,
        };
        let (mut squares_m2, mut lags_m2, mut fixes) = (DVec3::ZERO, DVec3::ZERO, 0.0);
        let mut last_m = DVec3::ZERO;
        // Ten hours, because the error forgets itself over a minute.
        for tick in (0..18_000_000).step_by(10) {
            let Some(heard) = receiver.hear(Tick(tick), &k).filter(|h| h.fix.is_usable()) else {
                continue;
            };
            let off_m = heard.measured_m - k.position_m;
            squares_m2 += off_m * off_m;
            lags_m2 += off_m * last_m;
            (last_m, fixes) = (off_m, fixes + 1.0);
        }
        let sd_m = [squares_m2.x, squares_m2.y, squares_m2.z].map(|sum| (sum / fixes).sqrt());
        for (sd_m, said_m) in sd_m.into_iter().zip([across_m, across_m, up_m]) {
            assert!((sd_m / said_m - 1.0).abs() < 0.12, "{sd_m} m of {said_m} m");
        }
        let kept = lags_m2.z / squares_m2.z;
        assert!((kept - keeps).abs() < 0.002, "{kept}");
    }
}
