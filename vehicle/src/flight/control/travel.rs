//! Place and velocity: the acceleration that takes the vehicle to its goal, gently.
//!
//! **Never:** exceeds the goal's speeds; jumps from one acceleration to another.

use super::SLOW_S;
use glam::{DVec2, DVec3};

/// Speed per metre of distance near the goal, 1/s.
pub(crate) const PLACE_GAIN_PER_S: DVec2 = DVec2::new(1.0, 1.0);
/// Acceleration per metre per second missed, 1/s.
pub(crate) const VELOCITY_GAIN_PER_S: DVec3 = DVec3::new(2.4, 2.4, 3.5);
/// How fast a lasting miss builds up, 1/s².
pub(crate) const LASTING_GAIN_PER_S2: DVec3 = DVec3::new(1.2, 1.2, 2.0);

/// How hard a miss is mended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Firmness {
    /// Speed per metre of distance near the goal, 1/s.
    pub place_per_s: DVec2,
    /// Acceleration per metre per second missed, 1/s.
    pub velocity_per_s: DVec3,
    /// How fast a lasting miss builds up, 1/s².
    pub lasting_per_s2: DVec3,
}

/// With all rotors.
pub const FIRM: Firmness = Firmness {
    place_per_s: PLACE_GAIN_PER_S,
    velocity_per_s: VELOCITY_GAIN_PER_S,
    lasting_per_s2: LASTING_GAIN_PER_S2,
};
/// While it spins: it leans more slowly, and what is asked of a lean must be slower still.
pub const GENTLE: Firmness = Firmness {
    place_per_s: DVec2::new(0.4, 1.0),
    velocity_per_s: DVec3::new(1.2, 1.2, 3.5),
    lasting_per_s2: DVec3::new(0.5, 0.5, 2.0),
};

/// Most that a lasting miss may come to, m/s².
pub(crate) const LASTING_MAX_MPS2: DVec3 = DVec3::new(4.0, 4.0, 4.0);
/// Gentlest braking planned, horizontally and vertically, m/s².
pub(crate) const BRAKE_MPS2: DVec2 = DVec2::new(1.4, 1.2);
/// Fastest change of the wanted velocity, horizontally and vertically, m/s².
pub(crate) const CHANGE_MPS2: DVec2 = DVec2::new(2.0, 2.0);
/// Most acceleration asked for horizontally, m/s².
pub(crate) const ACROSS_MAX_MPS2: f64 = 5.0;
/// Fastest change of acceleration, m/s³.
pub(crate) const JERK_MPS3: f64 = 25.0;

/// Fastest climb, as delivered, m/s.
pub const CLIMB_MPS: f64 = 3.0;
/// Fastest descent, as delivered, m/s.
pub const DESCENT_MPS: f64 = 1.5;

/// What to do up and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Vertical {
    /// Be at the goal's height.
    Place,
    /// Sink at this rate, whatever the height says, m/s.
    Sink(f64),
    /// Lift this part of the weight; height and rate do not count.
    Lift(f64),
}

/// What to do north and east.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Across {
    /// Be at the goal's place.
    Place,
    /// Move at this velocity, wherever that leads, m/s.
    Velocity(DVec2),
    /// Stop as hard as may be.
    Stop,
    /// Lean so, as tangents; place and velocity do not count.
    Lean(DVec2),
    /// Go on leaning against the wind of lately; place and velocity do not count.
    Keep,
}

/// Where to be and how to get there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// North, east, down of the place of power-on, metres.
    pub position_ned_m: DVec3,
    /// Fastest horizontally, m/s.
    pub speed_mps: f64,
    /// Fastest up, m/s.
    pub climb_mps: f64,
    /// Fastest down, m/s.
    pub descent_mps: f64,
    /// North and east.
    pub across: Across,
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
        firmness: &Firmness,
        position_ned_m: DVec3,
        velocity_ned_mps: DVec3,
        is_held: bool,
    ) -> DVec3 {
        let off_m = goal.position_ned_m - position_ned_m;
        let wanted = wanted_velocity(goal, firmness, off_m, velocity_ned_mps);
        let before = self.wanted_ned_mps;
        let lately_mps2 = self.lasting_mps2.truncate();
        let change = wanted - before;
        let change_max =
            if goal.across == Across::Stop { f64::MAX } else { CHANGE_MPS2.x * SLOW_S };
        let across = change.truncate().clamp_length_max(change_max);
        let down_max = CHANGE_MPS2.y * SLOW_S;
        self.wanted_ned_mps = before + across.extend(change.z.clamp(-down_max, down_max));

        let miss = self.wanted_ned_mps - velocity_ned_mps;
        let planned = (self.wanted_ned_mps - before) / SLOW_S;
        let raw = planned + miss * firmness.velocity_per_s + self.lasting_mps2;
        let asked = raw.truncate().clamp_length_max(ACROSS_MAX_MPS2).extend(raw.z);
        if !is_held {
            // What was cut off may not build up further, only down.
            let grows = miss * self.lasting_mps2;
            let was_cut = asked != raw;
            let mut gain = firmness.lasting_per_s2;
            if was_cut && grows.x + grows.y > 0.0 {
                gain = DVec3::new(0.0, 0.0, gain.z);
            }
            self.lasting_mps2 = (self.lasting_mps2 + miss * gain * SLOW_S)
                .clamp(-LASTING_MAX_MPS2, LASTING_MAX_MPS2);
        }
        let is_kept = goal.across == Across::Keep;
        let asked = if is_kept { lately_mps2.extend(asked.z) } else { asked };
        let jerk = (asked - self.acceleration_mps2).clamp_length_max(JERK_MPS3 * SLOW_S);
        self.acceleration_mps2 += jerk;
        if is_kept {
            self.lasting_mps2 = lately_mps2.extend(self.lasting_mps2.z);
        }
        if let Across::Lean(_) = goal.across {
            self.let_go(DVec3::new(1.0, 1.0, 0.0), velocity_ned_mps);
        }
        if let Vertical::Lift(_) = goal.vertical {
            self.let_go(DVec3::Z, velocity_ned_mps);
        }
        self.acceleration_mps2
    }

    /// What is in the pilot's hand builds nothing up, and is taken over as it moves then.
    fn let_go(&mut self, axes: DVec3, velocity_ned_mps: DVec3) {
        let others = DVec3::ONE - axes;
        self.wanted_ned_mps = self.wanted_ned_mps * others + velocity_ned_mps * axes;
        self.lasting_mps2 *= others;
        self.acceleration_mps2 *= others;
    }
}

impl Default for Travel {
    fn default() -> Self {
        Self::new()
    }
}

fn wanted_velocity(
    goal: &Goal,
    firmness: &Firmness,
    off_m: DVec3,
    velocity_ned_mps: DVec3,
) -> DVec3 {
    let off_across = off_m.truncate();
    let distance_m = off_across.length();
    let across = match goal.across {
        Across::Place if distance_m > 1e-6 => {
            let approach = approach_mps(distance_m, firmness.place_per_s.x, BRAKE_MPS2.x);
            off_across * (approach.min(goal.speed_mps) / distance_m)
        }
        Across::Place | Across::Stop => DVec2::ZERO,
        Across::Velocity(velocity_mps) => velocity_mps,
        Across::Lean(_) | Across::Keep => velocity_ned_mps.truncate(),
    };
    let down = match goal.vertical {
        Vertical::Sink(mps) => mps,
        Vertical::Lift(_) => velocity_ned_mps.z,
        Vertical::Place => approach_mps(off_m.z.abs(), firmness.place_per_s.y, BRAKE_MPS2.y)
            .copysign(off_m.z)
            .clamp(-goal.climb_mps, goal.descent_mps),
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
            climb_mps: CLIMB_MPS,
            descent_mps: DESCENT_MPS,
            across: Across::Place,
            vertical: Vertical::Place,
            nose_rad: None,
        };
        for (off, wanted) in [
            (DVec3::new(100.0, 0.0, 0.0), DVec3::new(6.0, 0.0, 0.0)),
            (DVec3::new(0.0, -1.0, 0.0), DVec3::new(0.0, -1.0, 0.0)),
            (DVec3::new(0.0, 0.0, -50.0), DVec3::new(0.0, 0.0, -3.0)),
            (DVec3::new(0.0, 0.0, 50.0), DVec3::new(0.0, 0.0, 1.5)),
        ] {
            let got = wanted_velocity(&goal, &FIRM, off, DVec3::ONE);
            assert!(got.distance(wanted) < 1e-9, "{off}: {got}");
        }
    }

    #[test]
    fn what_is_in_the_pilots_hand_is_taken_over_as_it_moves() {
        let goal = Goal {
            position_ned_m: DVec3::ZERO,
            speed_mps: 6.0,
            climb_mps: CLIMB_MPS,
            descent_mps: DESCENT_MPS,
            across: Across::Lean(DVec2::X),
            vertical: Vertical::Lift(1.2),
            nose_rad: None,
        };
        let mut travel = Travel::new();
        let velocity = DVec3::new(3.0, -1.0, 0.5);
        for _ in 0..100 {
            assert_eq!(travel.step(&goal, &FIRM, DVec3::ONE, velocity, false), DVec3::ZERO);
        }
        assert_eq!(travel.wanted_ned_mps(), velocity);
        let stop = Goal { across: Across::Stop, vertical: Vertical::Sink(0.0), ..goal };
        travel.step(&stop, &FIRM, DVec3::ONE, velocity, false);
        assert_eq!(travel.wanted_ned_mps().truncate(), DVec2::ZERO);
    }
}
