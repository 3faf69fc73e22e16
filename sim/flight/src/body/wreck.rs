//! What destroys an airframe, and in words why.
//!
//! **Never:** forgives: what is destroyed stays so.

use super::Body;
use super::contact::{Thing, Touch};
use crate::airframe::State;
use glam::DVec3;

/// A rotor slower than this touches without harm.
const STRIKE_RADPS: f64 = 50.0;
/// No airframe holds together beyond these.
const SPEED_MAX_MPS: f64 = 300.0;
const RATE_MAX_RADPS: f64 = 1_000.0;
/// The world ends here.
const FAR_MAX_M: f64 = 19_000.0;
/// A body that lies more than 73° off its feet, and moves no more, has tipped over.
const TIPPED_UP: f64 = 0.3;
const LYING_MPS: f64 = 0.3;

/// When and why the airframe was destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wreck {
    /// In which tick since it was put on the ground.
    pub tick: u64,
    /// What did it.
    pub why: String,
}

impl Body {
    /// What a touch breaks.
    pub(super) fn suffer(&mut self, touch: &Touch) {
        let strikes = touch.struck.iter().zip(&mut self.spin.radps).zip(&mut self.has_failed);
        let mut whys = Vec::new();
        for (rotor, ((met, radps), has_failed)) in strikes.enumerate() {
            let Some(what) = met.filter(|_| self.machine.terms.prop_strike) else { continue };
            if *radps > STRIKE_RADPS {
                whys.push(struck(rotor, what, *radps));
                *has_failed = true;
            }
            *radps = 0.0;
        }
        let knock_mps = touch.knock_mps;
        if knock_mps > self.airframe.impact_mps_max {
            whys.push(knocked(touch.what, knock_mps));
        }
        whys.extend(tipped(&touch.state));
        whys.into_iter().for_each(|why| self.ruin(why));
    }

    /// Only what destroyed it first counts.
    pub(super) fn ruin(&mut self, why: String) {
        let tick = self.ticks;
        self.wreck.get_or_insert(Wreck { tick, why });
    }
}

/// A turning rotor touched something.
fn struck(rotor: usize, what: Thing, radps: f64) -> String {
    format!("rotor {} struck {what} at {radps:.0} rad/s", rotor + 1)
}

/// The body was knocked harder than it can bear.
fn knocked(what: Thing, mps: f64) -> String {
    format!("it hit {what} with a knock of {mps:.1} m/s")
}

/// It touches the ground and lies still on its side or back.
fn tipped(state: &State) -> Option<String> {
    let up = (state.world_from_body * DVec3::Z).z;
    let lies = up < TIPPED_UP && state.velocity_mps.length() < LYING_MPS;
    lies.then(|| "it tipped over".to_owned())
}

/// It moves or turns as nothing that is built like this can.
pub(super) fn torn(state: &State) -> Option<String> {
    let (speed, rate) = (state.velocity_mps.length(), state.rates_radps.length());
    if !state.is_finite() {
        return Some("it was torn apart by forces beyond all numbers".to_owned());
    }
    if speed > SPEED_MAX_MPS || rate > RATE_MAX_RADPS {
        return Some(format!("it was torn apart at {speed:.0} m/s and {rate:.0} rad/s"));
    }
    let is_far = state.position_m.abs().max_element() > FAR_MAX_M;
    is_far.then(|| "it left the world".to_owned())
}

/// What it touched pushed back with a force that is no number.
pub(super) fn broken() -> String {
    "it was torn apart by a touch beyond all numbers".to_owned()
}

/// Where it was, at rest.
pub(super) fn halted(before: &State) -> State {
    State { velocity_mps: DVec3::ZERO, rates_radps: DVec3::ZERO, ..*before }
}
