//! What the flight is told anew while it flies: figures, a mission, a geofence, rally points.
//!
//! **Never:** starts to fly a mission because it has come.

use super::Flight;
use super::breach::Breach;
use super::tuning::Tuning;
use crate::senses::{Geofence, MissionItem};
use alloc::vec::Vec;
use glam::{DVec2, DVec3};

impl Flight {
    /// Goes by these figures from now on.
    pub fn tune(&mut self, tuning: Tuning) {
        self.tuning = tuning;
        self.modes.tune(tuning);
        self.set_fence();
    }

    /// Takes a mission from the ground in place of the one at hand.
    pub fn load_mission(&mut self, mission: &[MissionItem]) {
        let view = self.view();
        self.modes.load_mission(mission, &view, &mut self.events);
    }

    /// Takes a geofence from the ground in place of the one at hand.
    pub fn load_fence(&mut self, fence: Geofence) {
        self.planned = fence;
        self.set_fence();
    }

    /// Takes rally points from the ground in place of those at hand, metres north and east.
    pub fn load_rally(&mut self, points_ne_m: Vec<DVec2>) {
        let view = self.view();
        self.modes.set_rally(points_ne_m, &view);
    }

    /// Where it would return to from where it is: home, or a rally point that is nearer.
    pub fn haven_ned_m(&self) -> DVec3 {
        let here = self.view().position_ned_m.truncate();
        self.modes.haven_ne_m(here).extend(self.state.home_ned_m.z)
    }

    /// Which leg of its mission it is flying, or would go on with.
    pub fn leg(&self) -> usize {
        self.modes.leg()
    }

    /// Goes on with this leg: now, or when it is told to.
    pub fn go_on_with(&mut self, leg: usize) {
        let view = self.view();
        self.modes.go_on_with(leg, &view, &mut self.events);
    }

    /// The figures that it goes by.
    pub fn tuning(&self) -> &Tuning {
        &self.tuning
    }

    /// The geofence as the figures leave it: the nearer border counts.
    fn set_fence(&mut self) {
        let nearer = |a: Option<f64>, b: Option<f64>| [a, b].into_iter().flatten().reduce(f64::min);
        self.geofence = match self.tuning.fence_action {
            None => Geofence::none(),
            Some(action) => Geofence {
                height_m_max: nearer(self.planned.height_m_max, self.tuning.fence_height_m),
                around_m_max: nearer(self.planned.around_m_max, self.tuning.fence_around_m),
                action,
                ..self.planned.clone()
            },
        };
        self.breach = Breach::none();
        self.modes.think_again();
    }
}
