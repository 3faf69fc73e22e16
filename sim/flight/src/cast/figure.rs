//! Someone: where they stand, where they walk to, and how their head follows what they look at.
//!
//! **Never:** turns a head faster than people do.

use crate::land::Land;
use evidence::TICK_S;
use evidence::scenario::Person;
use glam::{DVec2, DVec3};
use std::collections::VecDeque;

/// Half the height of a head, metres.
pub const HEAD_HALF_HEIGHT_M: f64 = 0.12;
/// Half the width of a head, metres.
pub const HEAD_HALF_WIDTH_M: f64 = 0.085;
/// How fast a head turns to the side when somebody looks round, and the body after it.
const TURN_DEGPS: f64 = 150.0;

/// Someone, now.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Feet, world ENU.
    pub feet_m: DVec3,
    /// Which way the face looks: unit vector, east and north.
    pub looks: (f64, f64),
    /// Height.
    pub height_m: f64,
    aim: Aim,
    corners_m: VecDeque<DVec2>,
    step_m: f64,
}

/// What a face is turned to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    /// A direction: unit vector, east and north.
    Way(DVec2),
    /// The airframe.
    Drone,
    /// Another person, by the place in the cast.
    Person(usize),
    /// East, north, metres.
    Place(DVec2),
}

impl Figure {
    /// As the story begins.
    pub(super) fn of(person: &Person) -> Self {
        let looks = towards(person.facing_deg);
        Self {
            feet_m: DVec3::new(person.at_m.0, person.at_m.1, 0.0),
            looks: looks.into(),
            height_m: person.height_m,
            aim: Aim::Way(looks),
            corners_m: VecDeque::new(),
            step_m: 0.0,
        }
    }

    /// Someone of usual height who stands there, and looks north.
    #[cfg(test)]
    #[must_use]
    pub fn at(feet_m: DVec3) -> Self {
        Self {
            feet_m,
            looks: (0.0, 1.0),
            height_m: 1.72,
            aim: Aim::Way(DVec2::Y),
            corners_m: VecDeque::new(),
            step_m: 0.0,
        }
    }

    /// The middle of the head, world ENU.
    #[must_use]
    pub fn head_m(&self) -> DVec3 {
        self.feet_m + DVec3::Z * (self.height_m - HEAD_HALF_HEIGHT_M)
    }

    /// The mouth, world ENU.
    #[must_use]
    pub fn mouth_m(&self) -> DVec3 {
        self.feet_m + DVec3::Z * (self.height_m - 1.5 * HEAD_HALF_HEIGHT_M)
    }

    /// Where the feet are: east, north.
    pub(super) fn at_m(&self) -> DVec2 {
        self.feet_m.truncate()
    }

    /// What the face is turned to.
    pub(super) fn aim(&self) -> Aim {
        self.aim
    }

    /// Turns the face to something from now on.
    pub(super) fn look(&mut self, aim: Aim) {
        self.aim = aim;
    }

    /// Sets out, with the face to the first corner.
    pub(super) fn walk(&mut self, through_m: &[(f64, f64)], speed_mps: f64) {
        self.corners_m = through_m.iter().map(|corner| DVec2::from(*corner)).collect();
        self.step_m = speed_mps * TICK_S;
        self.face_corner();
    }

    /// Puts the feet on the ground.
    pub(super) fn stand(&mut self, land: &Land) {
        self.feet_m.z = land.ground_m(self.feet_m);
    }

    /// One tick on the way; false where nobody moves. Whoever looks ahead turns at a corner; whoever looks at something goes on looking at it.
    pub(super) fn stride(&mut self) -> bool {
        let Some(corner_m) = self.corners_m.front().copied() else { return false };
        let way_m = corner_m - self.at_m();
        let left_m = way_m.length();
        if left_m > self.step_m {
            self.feet_m += (way_m * (self.step_m / left_m)).extend(0.0);
            return true;
        }
        self.feet_m = corner_m.extend(self.feet_m.z);
        self.corners_m.pop_front();
        if matches!(self.aim, Aim::Way(_)) {
            self.face_corner();
        }
        true
    }

    /// One tick of turning the head towards a unit vector.
    pub(super) fn turn(&mut self, to: DVec2) {
        let looks = DVec2::from(self.looks);
        if looks == to {
            return;
        }
        let (sin, cos) = libm::sincos(TURN_DEGPS.to_radians() * TICK_S);
        if looks.dot(to) >= cos {
            self.looks = to.into();
            return;
        }
        let side = if looks.perp_dot(to) < 0.0 { -sin } else { sin };
        self.looks = DVec2::new(cos, side).rotate(looks).normalize().into();
    }

    fn face_corner(&mut self) {
        let way = self.corners_m.front().map(|corner_m| *corner_m - self.at_m());
        if let Some(way) = way.and_then(DVec2::try_normalize) {
            self.aim = Aim::Way(way);
        }
    }
}

/// A heading as a unit vector, east and north.
pub(super) fn towards(heading_deg: f64) -> DVec2 {
    libm::sincos(heading_deg.to_radians()).into()
}
