//! The camera's trigger: at once, and then by distance or by time, as long as the mission has it on.
//!
//! **Never:** triggers twice within a second, however fast it flies.

use super::View;
use crate::senses::{TICKS_PER_S, Tick, Trigger};
use glam::DVec3;

/// Two stills are never nearer in time.
pub(crate) const APART_TICKS: u64 = TICKS_PER_S;

/// When the next still is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shutter {
    trigger: Trigger,
    last: Option<(Tick, DVec3)>,
}

impl Shutter {
    /// Takes nothing.
    pub const fn closed() -> Self {
        Self { trigger: Trigger::Never, last: None }
    }

    /// From here on so; the first still is due at once.
    pub fn set(&mut self, trigger: Trigger) {
        // What was taken last still counts against a second within the same second.
        self.trigger = trigger;
        self.last = self.last.map(|(at, _)| (at, DVec3::INFINITY));
    }

    /// Whether a still is due now; it then counts as taken.
    pub fn is_due(&mut self, view: &View) -> bool {
        let is_due = match (self.trigger, self.last) {
            (Trigger::Never, _) => false,
            (_, None) => true,
            (_, Some((at, _))) if view.now.0 - at.0 < APART_TICKS => false,
            (_, Some((_, place))) if !place.is_finite() => true,
            (Trigger::ByDistance { every_m }, Some((_, place))) => {
                (view.position_ned_m - place).truncate().length() >= every_m
            }
            (Trigger::ByTime { every_s }, Some((at, _))) => {
                (view.now.0 - at.0) as f64 >= every_s * TICKS_PER_S as f64
            }
        };
        if is_due {
            self.last = Some((view.now, view.position_ned_m));
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// The moments, in seconds, at which a vehicle that flies north at 4 m/s takes a still.
    fn taken(plan: &[(u64, Trigger)], seconds: u64) -> Vec<f64> {
        let mut shutter = Shutter::closed();
        let mut taken = Vec::new();
        for tick in 0..seconds * TICKS_PER_S {
            for (_, trigger) in plan.iter().filter(|(at, _)| at * TICKS_PER_S == tick) {
                shutter.set(*trigger);
            }
            let at_s = tick as f64 / TICKS_PER_S as f64;
            let view = View {
                now: Tick(tick),
                position_ned_m: DVec3::new(4.0 * at_s, 0.0, -9.0),
                velocity_ned_mps: DVec3::X * 4.0,
                rates_frd_radps: DVec3::ZERO,
                nose_ned: DVec3::X,
                range_height_m: None,
                effort: 1.0,
            };
            if shutter.is_due(&view) {
                taken.push(at_s);
            }
        }
        taken
    }

    #[test]
    fn stills_come_by_distance_by_time_never_and_not_twice_a_second() {
        let by_distance = |every_m| Trigger::ByDistance { every_m };
        let by_time = |every_s| Trigger::ByTime { every_s };
        for (plan, expected) in [
            (&[(1, by_distance(8.0))][..], &[1.0, 3.0, 5.0, 7.0, 9.0][..]),
            (&[(1, by_distance(1.0)), (4, Trigger::Never)], &[1.0, 2.0, 3.0]),
            (&[(1, by_time(3.0))], &[1.0, 4.0, 7.0]),
            (&[(1, by_time(9.0)), (3, by_time(5.0))], &[1.0, 3.0, 8.0]),
            (&[(1, by_time(0.0)), (3, Trigger::Never)], &[1.0, 2.0]),
            (&[], &[]),
        ] {
            assert_eq!(taken(plan, 10), expected, "{plan:?}");
        }
    }
}
