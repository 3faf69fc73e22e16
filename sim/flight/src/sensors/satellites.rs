//! Satellite positioning, 10 Hz, 0.12 s late, with an error that wanders slowly and that the receiver knows the size of.
//!
//! Kept warm, the receiver hears satellites a moment after power-on; after each time without, it first has too few of them
//! for a height. Jammed, it says that it has no fix. Spoofed, it says where it is led, as surely as ever.
//!
//! **Never:** delivers the truth of this moment.

mod quality;
mod sky;

use super::failure::Reading;
use crate::body::Kinematics;
use crate::chance::{Seed, Stream, Wander};
use crate::frames::ned_from_enu;
use crate::place::{Geodetic, TangentPlane};
use evidence::Tick;
use evidence::scenario::{Act, Receiver, Scenario};
use glam::DVec3;
use quality::Quality;
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

/// The receiver.
pub struct Satellites {
    /// How good it is at first, for which the wander was drawn.
    first: Quality,
    /// How good it is now.
    quality: Quality,
    turns: VecDeque<(Tick, Receiver)>,
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
        let first = Quality::of(scenario.receiver);
        let (across_m, up_m) = (first.horizontal_sd_m, first.vertical_sd_m);
        let wander = [across_m, across_m, up_m]
            .map(|sd| Wander::start(sd, WANDER_TIME_S, EVERY_S, &mut stream));
        let plane = TangentPlane::at(Geodetic::of(scenario.place));
        let sky = Sky::over(scenario);
        let turns = scenario.beats.iter().filter_map(|beat| match beat.does {
            Act::ReceiverTurns(to) => Some((Tick::at_s(beat.at_s), to)),
            _ => None,
        });
        Self {
            first,
            quality: first,
            turns: turns.collect(),
            plane,
            wander,
            stream,
            late: VecDeque::new(),
            sky,
            assumed_up_m: 0.0,
        }
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
                heard
            }
        })
    }

    /// What was heard, as a place on Earth.
    pub fn place(&self, heard: Heard) -> Fix {
        let Heard { fix, measured_m, velocity_mps, satellites } = heard;
        let at = self.plane.geodetic(measured_m);
        // What was measured before the corrections turned is as good as it was then.
        let quality = Quality::with(fix).unwrap_or(self.quality);
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
                quality.horizontal_sd_m
            },
            vertical_sd_m: if fix.is_usable() { quality.vertical_sd_m } else { UNKNOWN_SD_M },
            satellites,
        };
        Fix { gnss, measured_m }
    }

    fn measure(&mut self, now: Tick, k: &Kinematics) -> Heard {
        while let Some((_, to)) = self.turns.pop_front_if(|(at, _)| *at <= now) {
            self.quality = Quality::of(to);
        }
        let (first, quality) = (self.first, self.quality);
        let across = quality.horizontal_sd_m / first.horizontal_sd_m;
        let worse = DVec3::new(across, across, quality.vertical_sd_m / first.vertical_sd_m);
        let [east, north, up] = &mut self.wander;
        let s = &mut self.stream;
        let wander_m = DVec3::new(east.step(s), north.step(s), up.step(s)) * worse;
        let (astray_m, astray_mps) = self.sky.leads_astray(now);
        Heard {
            fix: quality.best,
            measured_m: k.position_m + wander_m + s.normal3(quality.noise_m) + astray_m,
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
        for (receiver, fix, across_m, up_m, keeps) in [
            ("Standalone", GnssFix::ThreeD, 0.6, 1.0, 0.998),
            ("Differential", GnssFix::Differential, 0.55, 0.85, 0.998),
            ("RtkFloat", GnssFix::RtkFloat, 0.25, 0.37, 0.998),
            ("Rtk", GnssFix::RtkFixed, 0.0155, 0.0204, 0.9598),
        ] {
            let from_the_start = format!("receiver: {receiver}, beats: []");
            // Whatever it was before.
            let turned = format!(
                "receiver: Differential, beats: [(at_s: 1.0, does: ReceiverTurns({receiver}))]"
            );
            for story in [from_the_start, turned] {
                check_errors(&story, fix, (across_m, up_m), keeps);
            }
        }
    }

    /// By then it hears satellites, and has turned.
    const TURNED_TICKS: u64 = 1_000;

    fn check_errors(story: &str, fix: GnssFix, (across_m, up_m): (f64, f64), keeps: f64) {
        let text = format!(
            r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1,
                length_s: 9.0, {story}, expects: {{}})"#
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
            let Some(heard) = receiver.hear(Tick(tick), &k).filter(|_| tick > TURNED_TICKS) else {
                continue;
            };
            let off_m = heard.measured_m - k.position_m;
            squares_m2 += off_m * off_m;
            lags_m2 += off_m * last_m;
            (last_m, fixes) = (off_m, fixes + 1.0);
            assert_eq!(heard.fix, fix, "{story} at {tick}");
            let said = receiver.place(heard).gnss;
            for (said_m, true_m) in [(said.horizontal_sd_m, across_m), (said.vertical_sd_m, up_m)] {
                assert!((0.95..1.001).contains(&(said_m / true_m)), "{said_m} m of {true_m} m");
            }
        }
        let sd_m = [squares_m2.x, squares_m2.y, squares_m2.z].map(|sum| (sum / fixes).sqrt());
        for (sd_m, said_m) in sd_m.into_iter().zip([across_m, across_m, up_m]) {
            assert!((sd_m / said_m - 1.0).abs() < 0.12, "{sd_m} m of {said_m} m");
        }
        let kept = lags_m2.z / squares_m2.z;
        assert!((kept - keeps).abs() < 0.002, "{kept}");
    }
}
