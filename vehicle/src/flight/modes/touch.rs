//! Whether the ground has been touched.
//!
//! A vehicle that asks for ever less lift and sinks no further stands on something; so does one that sinks no further
//! with the ground right under its legs. Then the rotors idle; a second of
//! stillness makes it sure, a fall takes it back.
//!
//! **Never:** believes a height above the start; it is rate, effort and what lies below that tell.

use super::View;
use crate::senses::TICKS_PER_S;

/// Less lift than this part of the weight, and still not sinking.
pub(crate) const EFFORT_MAX: f64 = 0.7;
/// Sinking slower than this, m/s.
pub(crate) const SINK_MAX_MPS: f64 = 0.25;
/// Falling again, m/s.
pub(crate) const FALL_MPS: f64 = 0.8;
/// Turning and rising or sinking less than this is stillness, rad/s and m/s. Sideways counts not: without a fix it may
/// be believed wrongly.
pub(crate) const STILL: (f64, f64) = (0.2, 0.5);
/// Nearer to the ground than this is on it, metres; and for so many ticks, 3 s.
pub(crate) const LOW_M: f64 = 0.06;
const LOW_TICKS: u32 = 3 * TICKS_PER_S as u32;
/// Ticks until contact is felt, and of stillness until it is sure.
pub(crate) const FELT_TICKS: u32 = TICKS_PER_S as u32 / 4;
pub(crate) const SURE_TICKS: u32 = TICKS_PER_S as u32;

/// What is known of the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// In the air.
    None,
    /// Standing, it seems: rotors to idle.
    Felt,
    /// Standing still for a second.
    Sure,
}

/// How long the signs have lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    signs_ticks: u32,
    still_ticks: u32,
    low_ticks: u32,
}

impl Touch {
    /// In the air.
    pub const fn new() -> Self {
        Self { signs_ticks: 0, still_ticks: 0, low_ticks: 0 }
    }

    /// Whether contact was felt.
    pub fn is_down(&self) -> bool {
        self.signs_ticks >= FELT_TICKS
    }

    /// One more tick: whether the range finder has seen the ground right under the legs for so long that nothing else
    /// need be asked.
    pub fn lies(&mut self, view: &View) -> bool {
        self.low_ticks = if is_low(view) { self.low_ticks + 1 } else { 0 };
        self.low_ticks >= LOW_TICKS
    }

    /// One tick of coming down.
    pub fn feel(&mut self, view: &View) -> Contact {
        let sink_mps = view.velocity_ned_mps.z;
        if !self.is_down() {
            let is_light = view.effort < EFFORT_MAX || is_low(view);
            let is_resting = is_light && sink_mps < SINK_MAX_MPS;
            self.signs_ticks = if is_resting { self.signs_ticks + 1 } else { 0 };
            return Contact::None;
        }
        if sink_mps > FALL_MPS {
            *self = Self { low_ticks: self.low_ticks, ..Self::new() };
            return Contact::None;
        }
        let (turn_max, move_max) = STILL;
        let is_still = view.rates_frd_radps.length() < turn_max && sink_mps.abs() < move_max;
        self.still_ticks = if is_still { self.still_ticks + 1 } else { 0 };
        if self.still_ticks >= SURE_TICKS { Contact::Sure } else { Contact::Felt }
    }
}

/// Whether the range finder sees the ground right under the legs.
fn is_low(view: &View) -> bool {
    view.range_height_m.is_some_and(|range_m| range_m < LOW_M)
}

impl Default for Touch {
    fn default() -> Self {
        Self::new()
    }
}
