//! Place and velocity: the acceleration that takes the vehicle to its goal, gently.
//!
//! **Never:** exceeds the goal's speeds; jumps from one acceleration to another.

use super::SLOW_S;
use glam::{DVec2, DVec3};

/// Speed per metre of distance near the goal, 1/s.
const PLACE_GAIN_PER_S: DVec2 = DVec2::new(1.0, 1.0);
/// Acceleration per metre per second missed, 1/s.
const VELOCITY_GAIN_PER_S: DVec3 = DVec3::new(2.4, 2.4, 3.5);
/// How fast a lasting miss builds up, 1/s².
const LASTING_GAIN_PER_S2: DVec3 = DVec3::new(1.2, 1.2, 2.0);
/// Most that a lasting miss may come to, m/s².
const LASTING_MAX_MPS2: DVec3 = DVec3::new(4.0, 4.0, 4.0);
/// Gentlest braking planned, horizontally and vertically, m/s².
const BRAKE_MPS2: DVec2 = DVec2::new(1.4, 1.2);
/// Fastest change of the wanted velocity, horizontally and vertically, m/s².
const CHANGE_MPS2: DVec2 = DVec2::new(2.0, 2.0);
/// Most acceleration asked for horizontally, m/s².
const ACROSS_MAX_MPS2: f64 = 5.0;
/// Fastest change of acceleration, m/s³.
const JERK_MPS3: f64 = 25.0;

/// Fastest climb and descent, m/s.
pub const CLIMB_MPS: f64 = 3.0;
/// Fastest descent, m/s.
pub const DESCENT_MPS: f64 = 1.5;

/// What to do up and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Vertical {
    /// Be at the goal's height.
    Place,
    /// Sink at this rate, whatever the height says, m/s.
    Sink(f64),
}

/// Where to be and how to get there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// North, east, down of the place of power-on, metres.
    pub position_ned_m: DVec3,
    /// Fastest horizontally, m/s.
    pub speed_mps: f64,
    /// Up and down.
    pub vertical: Vertical,
    /// Where the nose should point, radians from north; none keeps it.
    pub nose_rad: Option<f64>,
}

/// The loops' memory.
pub struct Travel {
    wanted_ned_mps: DVec3,
    lasting_mps2: DVec3,
    acceleration_mps2: DVec3,
}

impl Travel {
    /// At rest.
    pub fn new() -> Self {
        Self {
            wanted_ned_mps: DVec3::ZERO,
            lasting_mps2: DVec3::ZERO,
            acceleration_mps2: DVec3::ZERO,
        }
    }

    /// Forgets everything.
    pub fn rest(&mut self) {
        *self = Self::new();
    }

    /// Velocity that it steers for, m/s.
    pub fn wanted_ned_mps(&self) -> DVec3 {
        self.wanted_ned_mps
    }

    /// Acceleration to have now, NED. `is_held` says that the vehicle cannot follow yet, so nothing may build up.
    pub fn step(
        &mut self,
        goal: &Goal,
        position_ned_m: DVec3,
        velocity_ned_mps: DVec3,
        is_held: bool,
    ) -> DVec3 {
        let wanted = wanted_velocity(goal, goal.position_ned_m - position_ned_m);
        let before = self.wanted_ned_mps;
        let change = wanted - before;
        let across = change.truncate().clamp_length_max(CHANGE_MPS2.x * SLOW_S);
        let down_max = CHANGE_MPS2.y * SLOW_S;
        self.wanted_ned_mps = before + across.extend(change.z.clamp(-down_max, down_max));

        let miss = self.wanted_ned_mps - velocity_ned_mps;
        let planned = (self.wanted_ned_mps - before) / SLOW_S;
        let raw = planned + miss * VELOCITY_GAIN_PER_S + self.lasting_mps2;
        let asked = raw.truncate().clamp_length_max(ACROSS_MAX_MPS2).extend(raw.z);
        if !is_held {
            // What was cut off may not build up further, only down.
            let grows = miss * self.lasting_mps2;
            let was_cut = asked != raw;
            let mut gain = LASTING_GAIN_PER_S2;
            if was_cut && grows.x + grows.y > 0.0 {
                gain = DVec3::new(0.0, 0.0, gain.z);
            }
            self.lasting_mps2 = (self.lasting_mps2 + miss * gain * SLOW_S)
                .clamp(-LASTING_MAX_MPS2, LASTING_MAX_MPS2);
        }
        let jerk = (asked - self.acceleration_mps2).clamp_length_max(JERK_MPS3 * SLOW_S);
        self.acceleration_mps2 += jerk;
        self.acceleration_mps2
    }
}

impl Default for Travel {
    fn default() -> Self {
        Self::new()
    }
}

fn wanted_velocity(goal: &Goal, off_m: DVec3) -> DVec3 {
    let off_across = off_m.truncate();
    let distance_m = off_across.length();
    let across = if distance_m > 1e-6 {
        let speed = approach_mps(distance_m, PLACE_GAIN_PER_S.x, BRAKE_MPS2.x).min(goal.speed_mps);
        off_across * (speed / distance_m)
    } else {
        DVec2::ZERO
    };
    let down = match goal.vertical {
        Vertical::Sink(mps) => mps,
        Vertical::Place => approach_mps(off_m.z.abs(), PLACE_GAIN_PER_S.y, BRAKE_MPS2.y)
            .copysign(off_m.z)
            .clamp(-CLIMB_MPS, DESCENT_MPS),
    };
    across.extend(down)
}

/// Proportional near the goal, constant braking farther out, smooth where they meet.
fn approach_mps(distance_m: f64, gain_per_s: f64, brake_mps2: f64) -> f64 {
    let near_m = brake_mps2 / (gain_per_s * gain_per_s);
    if distance_m < near_m {
        gain_per_s * distance_m
    } else {
        libm::sqrt(2.0 * brake_mps2 * (distance_m - 0.5 * near_m))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_stay_within_their_limits_and_point_at_the_goal() {
        let goal = Goal {
            position_ned_m: DVec3::ZERO,
            speed_mps: 6.0,
            vertical: Vertical::Place,
            nose_rad: None,
        };
        for (off, wanted) in [
            (DVec3::new(100.0, 0.0, 0.0), DVec3::new(6.0, 0.0, 0.0)),
            (DVec3::new(0.0, -1.0, 0.0), DVec3::new(0.0, -1.0, 0.0)),
            (DVec3::new(0.0, 0.0, -50.0), DVec3::new(0.0, 0.0, -3.0)),
            (DVec3::new(0.0, 0.0, 50.0), DVec3::new(0.0, 0.0, 1.5)),
        ] {
            let got = wanted_velocity(&goal, off);
            assert!(got.distance(wanted) < 1e-9, "{off}: {got}");
        }
    }
}
