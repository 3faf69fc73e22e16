//! Whether the airframe can touch anything in this tick.
//!
//! Flat ground is measured from the lowest point of gear and rotors; slopes, buildings and trees from a ball about the
//! whole airframe; both with room for a tick's motion.
//!
//! **Never:** says clear of something that is touched.

use crate::airframe::{Airframe, Hub, State};
use crate::land::Land;
use evidence::TICK_S;
use glam::{DMat3, DVec3};

/// Room beyond a tick's motion: the distance at which the rigid-body library begins to look at a contact, and more.
const MARGIN_M: f64 = 0.01;

/// The airframe's extent.
pub(super) struct Clearance {
    gear_half_m: DVec3,
    gear_centre_m: DVec3,
    hubs_m: Vec<DVec3>,
    radius_m: f64,
    reach_m: f64,
}

impl Clearance {
    /// Of an airframe.
    pub fn of(airframe: &Airframe) -> Self {
        let gear_half_m = DVec3::from(airframe.gear_half_m);
        let gear_centre_m = DVec3::Z * airframe.gear_centre_up_m;
        let hubs_m: Vec<DVec3> = airframe.rotors.iter().map(Hub::place).collect();
        let radius_m = airframe.rotor_radius_m;
        let farthest = hubs_m.iter().map(|hub| hub.length() + radius_m).fold(0.0, f64::max);
        let reach_m = farthest.max(gear_half_m.length() + gear_centre_m.length());
        Self { gear_half_m, gear_centre_m, hubs_m, radius_m, reach_m }
    }

    /// Whether nothing can be touched within a tick.
    pub fn is_clear(&self, state: &State, land: &Land) -> bool {
        let fastest_mps = state.velocity_mps.length() + state.rates_radps.length() * self.reach_m;
        let room_m = MARGIN_M + 2.0 * fastest_mps * TICK_S;
        let is_off_the_ground = if land.terrain.is_flat() {
            state.position_m.z > self.reach_m + room_m
                || state.position_m.z + self.lowest_m(state) > room_m
        } else {
            land.terrain.is_clear(state.position_m, self.reach_m + room_m)
        };
        is_off_the_ground && land.is_clear(state.position_m, self.reach_m + room_m)
    }

    /// The lowest point above the centre of mass (negative: below).
    fn lowest_m(&self, state: &State) -> f64 {
        let up = DMat3::from_quat(state.world_from_body).row(2);
        let gear_m = up.dot(self.gear_centre_m) - up.abs().dot(self.gear_half_m);
        let rim_m = self.radius_m * (1.0 - up.z * up.z).max(0.0).sqrt();
        self.hubs_m.iter().map(|hub| up.dot(*hub) - rim_m).fold(gear_m, f64::min)
    }
}
