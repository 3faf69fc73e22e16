//! What the pilot may set of how the vehicle flies: name, unit, range and figure as delivered of each.
//!
//! Names are PX4's where it has one. A value is kept as the four bytes in which it is told; figures with up to four
//! decimals come back to the last bit.
//!
//! **Never:** has a figure that no room of the flight goes by; takes one out of its range, or one that is no number.

pub(crate) mod kept;

use super::catalogue::Value;
use crate::flight::tuning::{Silence, Tuning};
use crate::senses::FenceAction;

/// Number of them.
pub const KNOBS: usize = 18;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knob {
    /// A mission leaves its place of take-off no lower.
    TakeOff,
    /// Lowest height of a way home.
    ReturnHeight,
    /// Usual speed.
    Cruise,
    /// Fastest across.
    SpeedMax,
    /// Fastest up.
    Climb,
    /// Fastest down.
    Descent,
    /// Across at the end of the stick.
    ByHand,
    /// Sink rate at the ground.
    TouchDown,
    /// A place that is passed is reached within this.
    Reached,
    /// What comes of a ground station that is silent.
    Silence,
    /// How long it may be silent.
    LinkLost,
    /// Charge at which it comes home.
    ChargeLow,
    /// Charge at which it comes down.
    ChargeCritical,
    /// Charge at which it does not start.
    ChargeToArm,
    /// Fix with which it does not start.
    FixToArm,
    /// What it does outside its geofence.
    FenceAction,
    /// Farthest from home.
    FenceAround,
    /// Highest above home.
    FenceHeight,
}

/// What is documented of a setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Its name as a parameter, at most 16 bytes.
    pub name: &'static str,
    /// Its unit; empty for a choice.
    pub unit: &'static str,
    /// The least and the most that it may be.
    pub range: (f32, f32),
    /// As delivered.
    pub delivered: f32,
    /// Whether it is told as a whole number.
    pub is_whole: bool,
}

impl Knob {
    /// Every one, in the order of its number as a parameter.
    pub const ALL: [Self; KNOBS] = [
        Self::TakeOff,
        Self::ReturnHeight,
        Self::Cruise,
        Self::SpeedMax,
        Self::Climb,
        Self::Descent,
        Self::ByHand,
        Self::TouchDown,
        Self::Reached,
        Self::Silence,
        Self::LinkLost,
        Self::ChargeLow,
        Self::ChargeCritical,
        Self::ChargeToArm,
        Self::FixToArm,
        Self::FenceAction,
        Self::FenceAround,
        Self::FenceHeight,
    ];

    /// What is documented of it.
    #[must_use]
    pub const fn spec(self) -> Spec {
        const fn real(
            name: &'static str,
            unit: &'static str,
            range: (f32, f32),
            delivered: f32,
        ) -> Spec {
            Spec { name, unit, range, delivered, is_whole: false }
        }
        const fn whole(
            name: &'static str,
            unit: &'static str,
            range: (f32, f32),
            delivered: f32,
        ) -> Spec {
            Spec { name, unit, range, delivered, is_whole: true }
        }
        match self {
            Self::TakeOff => real("MIS_TAKEOFF_ALT", "m", (1.0, 80.0), 2.5),
            Self::ReturnHeight => real("RTL_RETURN_ALT", "m", (3.0, 150.0), 15.0),
            Self::Cruise => real("MPC_XY_CRUISE", "m/s", (1.0, 10.0), 6.0),
            Self::SpeedMax => real("MPC_XY_VEL_MAX", "m/s", (1.0, 10.0), 10.0),
            Self::Climb => real("MPC_Z_VEL_MAX_UP", "m/s", (0.5, 4.0), 3.0),
            Self::Descent => real("MPC_Z_VEL_MAX_DN", "m/s", (0.5, 2.5), 1.5),
            Self::ByHand => real("MPC_VEL_MANUAL", "m/s", (1.0, 10.0), 6.0),
            Self::TouchDown => real("MPC_LAND_SPEED", "m/s", (0.3, 0.8), 0.5),
            Self::Reached => real("NAV_ACC_RAD", "m", (0.5, 20.0), 2.0),
            // 0 flies on, 1 holds, 2 returns, 3 lands.
            Self::Silence => whole("NAV_DLL_ACT", "", (0.0, 3.0), 2.0),
            Self::LinkLost => whole("COM_DL_LOSS_T", "s", (2.0, 60.0), 3.0),
            Self::ChargeLow => real("BAT_LOW_THR", "norm", (0.12, 0.5), 0.2),
            Self::ChargeCritical => real("BAT_CRIT_THR", "norm", (0.05, 0.25), 0.08),
            Self::ChargeToArm => real("COM_ARM_BAT_MIN", "norm", (0.1, 0.9), 0.25),
            Self::FixToArm => real("EKF2_REQ_EPH", "m", (0.5, 10.0), 2.5),
            // 0 is no fence, 1 warns, 2 holds, 3 returns, 5 lands; PX4's 4 stops the rotors, which no fence may here.
            Self::FenceAction => whole("GF_ACTION", "", (0.0, 5.0), 1.0),
            // 0 is no such border.
            Self::FenceAround => real("GF_MAX_HOR_DIST", "m", (0.0, 10_000.0), 0.0),
            Self::FenceHeight => real("GF_MAX_VER_DIST", "m", (0.0, 500.0), 0.0),
        }
    }

    fn lets(self, value: f32) -> bool {
        let (least, most) = self.spec().range;
        let is_listed = self != Self::FenceAction || value != 4.0;
        (least..=most).contains(&value) && is_listed
    }
}

/// What each of them is set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knobs {
    values: [f32; KNOBS],
}

impl Knobs {
    /// As delivered, with the action of the geofence that the vehicle was told before power-on.
    #[must_use]
    pub fn as_delivered(fence: FenceAction) -> Self {
        let mut values = Knob::ALL.map(|knob| knob.spec().delivered);
        values[Knob::FenceAction as usize] = match fence {
            FenceAction::Warn => 1.0,
            FenceAction::Hold => 2.0,
            FenceAction::Return => 3.0,
            FenceAction::Land => 5.0,
        };
        Self { values }
    }

    /// What one is set to.
    #[must_use]
    pub fn get(&self, knob: Knob) -> Value {
        let value = self.values[knob as usize];
        if knob.spec().is_whole { Value::Whole(value as i32) } else { Value::Real(value) }
    }

    /// Sets one; nothing changes where that makes no sense.
    pub fn set(&mut self, knob: Knob, value: Value) -> Result<(), Unfit> {
        let value = match (knob.spec().is_whole, value) {
            (true, Value::Whole(value)) => value as f32,
            (false, Value::Real(value)) => value,
            (true, Value::Real(_)) | (false, Value::Whole(_)) => return Err(Unfit::Type),
        };
        if !knob.lets(value) {
            return Err(Unfit::Range);
        }
        // What is minus zero is told as nothing else than zero.
        self.values[knob as usize] = value + 0.0;
        Ok(())
    }

    /// The same for the rooms of the flight.
    #[must_use]
    pub fn tuning(&self) -> Tuning {
        let raw = |knob: Knob| self.values[knob as usize];
        let real = |knob: Knob| libm::round(f64::from(raw(knob)) * 1e4) / 1e4;
        let percent = |knob: Knob| libm::round(f64::from(raw(knob)) * 1e4) / 1e2;
        let border = |knob: Knob| (raw(knob) > 0.0).then(|| real(knob));
        Tuning {
            take_off_m: real(Knob::TakeOff),
            return_height_m: real(Knob::ReturnHeight),
            cruise_mps: real(Knob::Cruise),
            speed_mps_max: real(Knob::SpeedMax),
            climb_mps: real(Knob::Climb),
            descent_mps: real(Knob::Descent),
            by_hand_mps: real(Knob::ByHand),
            touch_down_mps: real(Knob::TouchDown),
            reached_m: real(Knob::Reached),
            link_lost_s: real(Knob::LinkLost),
            silence: match raw(Knob::Silence) as u8 {
                0 => Silence::FliesOn,
                1 => Silence::Holds,
                3 => Silence::Lands,
                _ => Silence::Returns,
            },
            charge_low_pct: percent(Knob::ChargeLow),
            charge_critical_pct: percent(Knob::ChargeCritical),
            charge_to_arm_pct: percent(Knob::ChargeToArm),
            fix_sd_to_arm_m: real(Knob::FixToArm),
            fence_action: match raw(Knob::FenceAction) as u8 {
                0 => None,
                2 => Some(FenceAction::Hold),
                3 => Some(FenceAction::Return),
                5 => Some(FenceAction::Land),
                _ => Some(FenceAction::Warn),
            },
            fence_around_m: border(Knob::FenceAround),
            fence_height_m: border(Knob::FenceHeight),
        }
    }
}

/// Why a value is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is a number of the other kind.
    Type,
    /// It is too much, too little, or no number.
    Range,
    /// It cannot be set at all.
    ReadOnly,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_delivered_the_flight_goes_by_its_own_figures_to_the_last_bit() {
        use FenceAction::{Hold, Land, Return, Warn};
        for action in [Warn, Hold, Return, Land] {
            let tuning = Knobs::as_delivered(action).tuning();
            assert_eq!(tuning, Tuning::as_delivered(action));
        }
    }

    #[test]
    fn what_is_out_of_range_or_no_number_or_of_the_other_kind_changes_nothing() {
        use Knob::{Climb, FenceAction as Action, FenceAround, LinkLost};
        use Value::{Real, Whole};
        let delivered = Knobs::as_delivered(FenceAction::Warn);
        for (knob, value, expected) in [
            (Climb, Real(2.0), Ok(())),
            (Climb, Real(4.0), Ok(())),
            (Climb, Real(4.1), Err(Unfit::Range)),
            (Climb, Real(f32::NAN), Err(Unfit::Range)),
            (Climb, Real(f32::INFINITY), Err(Unfit::Range)),
            (Climb, Real(-1.0), Err(Unfit::Range)),
            (Climb, Whole(2), Err(Unfit::Type)),
            (LinkLost, Whole(10), Ok(())),
            (LinkLost, Whole(i32::MIN), Err(Unfit::Range)),
            (LinkLost, Real(10.0), Err(Unfit::Type)),
            (Action, Whole(4), Err(Unfit::Range)),
            (Action, Whole(5), Ok(())),
            (FenceAround, Real(-0.0), Ok(())),
        ] {
            let mut knobs = delivered;
            assert_eq!(knobs.set(knob, value), expected, "{knob:?} {value:?}");
            let is_set = knobs.get(knob) == value && knobs != delivered;
            let is_zero = knob == FenceAround && knobs == delivered;
            assert!(if expected.is_ok() { is_set || is_zero } else { knobs == delivered });
        }
    }

    #[test]
    fn each_has_its_own_number_and_is_delivered_within_its_range() {
        for (place, knob) in Knob::ALL.into_iter().enumerate() {
            assert_eq!(knob as usize, place);
            assert!(knob.lets(knob.spec().delivered), "{knob:?}");
        }
    }
}
