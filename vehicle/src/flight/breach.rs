//! Whether the vehicle has left its geofence, told once for each time, and again where it goes on.
//!
//! **Never:** tells of a breach again because it hovers on the border.

use super::geofence::room_m;
use crate::senses::{FenceAction, Geofence};
use glam::DVec3;

/// So far inside it counts as back, metres.
pub(crate) const BACK_M: f64 = 2.0;
/// So much farther out it is told again, metres.
pub(crate) const AGAIN_M: f64 = 5.0;

/// What was told last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breach {
    told_at_m: Option<f64>,
}

impl Breach {
    /// Within the fence.
    pub const fn none() -> Self {
        Self { told_at_m: None }
    }

    /// What to do now, if the fence has just been crossed or is being left behind.
    pub fn watch(&mut self, fence: &Geofence, position_ned_m: DVec3) -> Option<FenceAction> {
        let room_m = room_m(fence, position_ned_m);
        if room_m > BACK_M {
            self.told_at_m = None;
        }
        let goes_on = self.told_at_m.is_none_or(|told_m| room_m < told_m - AGAIN_M);
        if room_m >= 0.0 || !goes_on {
            return None;
        }
        self.told_at_m = Some(room_m);
        Some(fence.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::senses::Area;
    use glam::DVec2;

    #[test]
    fn a_breach_is_told_once_until_it_is_back_or_farther_out() {
        let area = Area::Circle { centre_ne_m: DVec2::ZERO, radius_m: 20.0 };
        let (keeps_in, action) = ([area].into(), FenceAction::Return);
        let fence = Geofence { keeps_in, action, ..Geofence::none() };
        let mut breach = Breach::none();
        for (north, is_told) in [
            (0.0, false),
            (19.9, false),
            (20.1, true),
            (20.1, false),
            (19.0, false),
            (20.5, false),
            (25.2, true),
            (29.0, false),
            (30.3, true),
            (17.9, false),
            (20.1, true),
        ] {
            let told = breach.watch(&fence, DVec3::new(north, 0.0, -5.0));
            assert_eq!(told, is_told.then_some(FenceAction::Return), "{north}");
        }
    }
}
