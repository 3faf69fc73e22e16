//! What flight shows of itself after each tick.
//!
//! **Never:** shows what it does not believe.

use super::{Flight, LOOK_EVERY_TICKS};
use glam::DVec3;

impl Flight {
    pub(super) fn show(&mut self) {
        let (state, estimate) = (&mut self.state, &self.estimate);
        let position = estimate.position_ned_m();
        let place = estimate.place();
        state.ready = estimate.is_ready();
        state.ned_from_frd = estimate.ned_from_frd();
        state.rates_frd_radps = estimate.rates_frd_radps();
        state.position_ned_m = position;
        state.velocity_ned_mps = estimate.velocity_ned_mps();
        (state.lat_deg, state.lon_deg) = place.lat_lon_deg(position);
        state.home_alt_m = place.alt_m();
        state.height_m = -position.z;
        state.alt_m = state.home_alt_m + state.height_m;
        state.wind_ned_mps = estimate.wind_ned_mps();
        state.mode = self.modes.mode();
        state.armed = self.modes.is_armed();
        state.landed = self.modes.landed();
        state.starts_in = self.modes.starts_in();
        state.in_distress = self.modes.is_in_distress();
        state.home_ned_m = self.modes.home_ned_m();
        if self.now.0.is_multiple_of(LOOK_EVERY_TICKS) && place.is_known() {
            let told = |at: DVec3| {
                let (lat_deg, lon_deg) = place.lat_lon_deg(at);
                (lat_deg, lon_deg, place.alt_m() - at.z)
            };
            state.origin = Some(told(DVec3::ZERO));
            state.home = Some(told(state.home_ned_m));
        }
    }
}
