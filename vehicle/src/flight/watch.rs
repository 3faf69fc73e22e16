//! What flight watches over, tick by tick: the checks before a start, a crash, the signs of the failsafe, the fence.
//!
//! **Never:** decides what comes of a sign; that is the failsafe's table.

use super::crash::{Crash, OVER_COS};
use super::failsafe::{self, Checks, FIX_LOST_S, Signs, Urge};
use super::geofence;
use super::modes::View;
use super::{Cause, Event, Flight, Landed};
use crate::senses::{FenceAction, Senses, TICKS_PER_S};
use glam::DVec3;

/// Cosine of the steepest lean in which rotors may start, 15°.
pub(crate) const LEVEL_COS_MIN: f64 = 0.966;

/// The geofence is looked at ten times a second.
const FENCE_EVERY_TICKS: u64 = TICKS_PER_S / 10;

impl Flight {
    pub(super) fn checks(&self, link_age_s: f64) -> Checks {
        let (now, estimate) = (self.now, &self.estimate);
        let up = estimate.ned_from_frd() * DVec3::Z;
        let sound = estimate.soundness(now);
        let fix = self.state.gnss.filter(|_| estimate.place().is_known() && estimate.has_fix(now));
        Checks {
            fix_sd_m: fix.map(|fix| fix.horizontal_sd_m),
            has_started: estimate.is_ready(),
            is_moved: estimate.is_moved(now),
            gyroscope: sound.gyroscope,
            accelerometer: sound.accelerometer,
            barometer: sound.barometer,
            compass: sound.compass,
            charge_pct: self.charge_pct(),
            is_level: up.z > LEVEL_COS_MIN,
            is_in_zone: self.fence.is_inside,
            is_outside_fence: geofence::room_m(&self.geofence, estimate.position_ned_m()) < 0.0,
            link_age_s,
        }
    }

    fn charge_pct(&self) -> Option<f64> {
        self.state.battery.map(|battery| battery.charge_pct)
    }

    pub(super) fn view(&self) -> View {
        View {
            nose_ned: self.estimate.ned_from_frd() * DVec3::X,
            now: self.now,
            position_ned_m: self.estimate.position_ned_m(),
            velocity_ned_mps: self.estimate.velocity_ned_mps(),
            rates_frd_radps: self.estimate.rates_frd_radps(),
            range_height_m: self.estimate.range_height_m(self.now),
            effort: self.control.effort(),
        }
    }

    pub(super) fn watch_for_crash(&mut self, senses: &Senses<'_>) {
        if !self.modes.is_armed() {
            self.crash = Crash::none();
            return;
        }
        let up = self.estimate.ned_from_frd() * DVec3::Z;
        let is_limping = self.rotors.lost().is_some();
        // Who does not know which way is up cannot tell that it lies over.
        let is_over = up.z < OVER_COS && !self.estimate.soundness(self.now).has_diverged;
        let up_cos = if is_over { up.z } else { 1.0 };
        if self.crash.feel(up_cos, senses.imu.accel_frd_mps2, is_limping) {
            self.modes.crash(&mut self.events);
        }
    }

    pub(super) fn watch(&mut self, link_age_s: f64, view: &View) {
        let is_flying = self.modes.landed() != Landed::OnGround;
        let is_lost = link_age_s > self.tuning.link_lost_s;
        if self.link_was_lost && !is_lost {
            self.events.push(Event::LinkRegained);
        }
        self.link_was_lost = is_lost && (is_flying || self.link_was_lost);
        let is_astray = is_flying && self.estimate.soundness(self.now).is_astray();
        self.state.in_doubt = is_astray;
        let signs = Signs {
            mode: self.modes.mode(),
            is_flying,
            has_lost_rotor: self.rotors.lost().is_some(),
            is_astray,
            link_age_s,
            fix_age_s: self.estimate.fix_age_s(self.now),
            charge_pct: self.charge_pct(),
            low_was_told: self.low_was_told,
            bars_home: self.fence.bars_home,
            fence: self.fence_breached(is_flying),
            has_hand: self.modes.sticks_age_s(self.now) <= self.tuning.link_lost_s,
            fell_back: self.modes.fell_back(),
        };
        let urge = failsafe::urge(&signs, &self.tuning);
        self.low_was_told |=
            matches!(urge, Urge::Return(Cause::LowBattery) | Urge::Land(Cause::LowBattery));
        self.modes.heed(urge, view, &mut self.events);
    }

    /// What the geofence wants done, if it was left just now. Who does not know where it is cannot tell a border, and
    /// looks again when it does.
    fn fence_breached(&mut self, is_flying: bool) -> Option<FenceAction> {
        let has_fix = self.estimate.fix_age_s(self.now) <= FIX_LOST_S;
        if !is_flying || !has_fix || !self.now.0.is_multiple_of(FENCE_EVERY_TICKS) {
            return None;
        }
        let action = self.breach.watch(&self.geofence, self.estimate.position_ned_m());
        if action.is_some() {
            self.events.push(Event::FenceBreached);
        }
        action
    }
}
