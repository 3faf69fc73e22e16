//! Missions that come from the ground: taken, and gone on with.
//!
//! **Never:** leaves what it is doing but for a mission that is replaced while it is flown.

use super::mission::{Leg, legs};
use super::orders::{AWAY_M_MAX, TAKE_OFF_HEIGHTS_M};
use super::{Modes, View};
use crate::flight::tuning::Tuning;
use crate::flight::words::{Events, Landed, Mode};
use crate::senses::MissionItem;
use glam::DVec3;

impl Modes {
    /// Goes by these figures from now on.
    pub fn tune(&mut self, tuning: Tuning) {
        self.tuning = tuning;
    }

    /// Whether a leg stays in the air and in this country: what comes from the ground may name any place on Earth.
    pub(super) fn is_in_reach(&self, leg: &Leg) -> bool {
        let is_near = |place: DVec3| {
            (0.0..=TAKE_OFF_HEIGHTS_M.1).contains(&-place.z)
                && place.truncate().length() <= AWAY_M_MAX
        };
        match leg {
            Leg::Visit(place, _) => is_near(*place),
            Leg::Round(circle, _) => is_near(circle.centre_ned_m),
            Leg::Climb(height_m) => is_near(DVec3::new(0.0, 0.0, -height_m)),
            Leg::Wait(_)
            | Leg::Speed(_)
            | Leg::Look(_)
            | Leg::Shoot(_)
            | Leg::Still
            | Leg::Down
            | Leg::Home => true,
        }
    }

    /// Takes a mission from the ground in place of the one at hand, which is left if it is being flown.
    pub fn load_mission(&mut self, mission: &[MissionItem], view: &View, events: &mut Events) {
        if self.mode == Mode::Mission {
            self.hold(view, events);
        }
        self.legs = legs(mission);
        self.leg = 0;
        self.is_done = false;
        self.may_go_on = true;
    }

    /// Which leg it is flying, or would go on with.
    pub fn leg(&self) -> usize {
        self.leg
    }

    /// Goes on with this leg: now, or when it is told to.
    pub fn go_on_with(&mut self, leg: usize, view: &View, events: &mut Events) {
        self.leg = leg;
        self.is_done = false;
        self.may_go_on = true;
        if self.mode == Mode::Mission && self.landed != Landed::TakingOff {
            self.take_leg(view, events);
        }
    }
}
