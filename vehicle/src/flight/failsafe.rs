//! What the vehicle does on its own: when to come home, when to come down, when not to start at all.
//!
//! **Never:** remembers anything; overrules a landing; acts on the ground.

use super::words::{Cause, Mode, Why};

/// A ground station silent for longer is lost, seconds.
pub const LINK_LOST_S: f64 = 3.0;
/// Below this charge the vehicle comes home, percent.
pub const CHARGE_LOW_PCT: f64 = 20.0;
/// Below this charge it comes down where it is, percent.
pub const CHARGE_CRITICAL_PCT: f64 = 8.0;
/// At or below this charge it does not start, percent.
pub const CHARGE_TO_ARM_PCT: f64 = 25.0;
/// A fix missing for longer is lost while flying, seconds.
pub const FIX_LOST_S: f64 = 10.0;

/// What is wrong, if anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signs {
    /// What the vehicle is doing.
    pub mode: Mode,
    /// Whether it is off the ground.
    pub is_flying: bool,
    /// Since the ground station's last heartbeat, seconds.
    pub link_age_s: f64,
    /// Since the last fix, seconds.
    pub fix_age_s: f64,
    /// Charge left, percent; none where no battery was ever read.
    pub charge_pct: Option<f64>,
    /// The vehicle already came home for its battery, and the pilot thought better of it.
    pub low_was_told: bool,
    /// A no-fly zone lies on the way home.
    pub bars_home: bool,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urge {
    /// Nothing.
    None,
    /// Come home.
    Return(Cause),
    /// Come down.
    Land(Cause),
}

/// The table of priorities: the first row that applies.
pub fn urge(signs: &Signs) -> Urge {
    if !signs.is_flying || signs.mode == Mode::Land {
        return Urge::None;
    }
    let is_below = |limit_pct| signs.charge_pct.is_some_and(|charge| charge < limit_pct);
    let is_returning = signs.mode == Mode::Return;
    let home = if signs.bars_home { Urge::Land } else { Urge::Return };
    if is_below(CHARGE_CRITICAL_PCT) {
        Urge::Land(Cause::CriticalBattery)
    } else if signs.fix_age_s > FIX_LOST_S {
        Urge::Land(Cause::NoFix)
    } else if is_returning {
        Urge::None
    } else if signs.link_age_s > LINK_LOST_S {
        home(Cause::LinkLost)
    } else if is_below(CHARGE_LOW_PCT) && !signs.low_was_told {
        home(Cause::LowBattery)
    } else {
        Urge::None
    }
}

/// What is looked at before the rotors start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checks {
    /// The estimate stands and satellites hold it.
    pub has_fix: bool,
    /// Charge left, percent.
    pub charge_pct: Option<f64>,
    /// Leans by less than it may.
    pub is_level: bool,
    /// Stands in a no-fly zone.
    pub is_in_zone: bool,
    /// Since the ground station's last heartbeat, seconds.
    pub link_age_s: f64,
}

/// Why the rotors may not start; the first reason in this order.
pub fn refusal(checks: &Checks) -> Option<Why> {
    let is_charged = checks.charge_pct.is_some_and(|charge| charge > CHARGE_TO_ARM_PCT);
    if !checks.has_fix {
        Some(Why::NoFix)
    } else if !is_charged {
        Some(Why::LowBattery)
    } else if !checks.is_level {
        Some(Why::NotLevel)
    } else if checks.link_age_s.is_nan() || checks.link_age_s > LINK_LOST_S {
        Some(Why::NoLink)
    } else if checks.is_in_zone {
        Some(Why::NoFlyZone)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_sign_decides() {
        use Cause::*;
        use Mode::*;
        // mode, flying, link age, fix age, charge, told -> urge
        for (mode, is_flying, link_age_s, fix_age_s, charge, low_was_told, expected) in [
            (Mission, true, 0.5, 0.1, 80.0, false, Urge::None),
            (Mission, true, 3.5, 0.1, 80.0, false, Urge::Return(LinkLost)),
            (Hold, false, 99.0, 9.0, 1.0, false, Urge::None),
            (Hold, true, 0.5, 0.1, 19.0, false, Urge::Return(LowBattery)),
            (Hold, true, 0.5, 0.1, 19.0, true, Urge::None),
            (Hold, true, 9.0, 0.1, 19.0, true, Urge::Return(LinkLost)),
            (Return, true, 9.0, 0.1, 19.0, false, Urge::None),
            (Return, true, 9.0, 0.1, 7.0, true, Urge::Land(CriticalBattery)),
            (Mission, true, 0.5, 9.9, 80.0, false, Urge::None),
            (Mission, true, 0.5, 10.1, 80.0, false, Urge::Land(NoFix)),
            (Land, true, 99.0, 99.0, 1.0, true, Urge::None),
        ] {
            let signs = Signs {
                mode,
                is_flying,
                link_age_s,
                fix_age_s,
                charge_pct: Some(charge),
                low_was_told,
                bars_home: false,
            };
            assert_eq!(urge(&signs), expected, "{signs:?}");
            let barred = match expected {
                Urge::Return(cause) => Urge::Land(cause),
                Urge::None | Urge::Land(_) => expected,
            };
            assert_eq!(urge(&Signs { bars_home: true, ..signs }), barred, "{signs:?}, barred");
        }
    }

    #[test]
    fn rotors_start_only_when_everything_is_well() {
        for (has_fix, charge_pct, is_level, link_age_s, expected) in [
            (true, Some(26.0), true, 0.5, None),
            (false, Some(10.0), false, 9.0, Some(Why::NoFix)),
            (true, Some(25.0), false, 9.0, Some(Why::LowBattery)),
            (true, None, true, 0.5, Some(Why::LowBattery)),
            (true, Some(90.0), false, 9.0, Some(Why::NotLevel)),
            (true, Some(90.0), true, 3.1, Some(Why::NoLink)),
            (true, Some(90.0), true, f64::NAN, Some(Why::NoLink)),
        ] {
            let is_in_zone = false;
            let checks = Checks { has_fix, charge_pct, is_level, is_in_zone, link_age_s };
            assert_eq!(refusal(&checks), expected, "{checks:?}");
            let inside = refusal(&Checks { is_in_zone: true, ..checks });
            assert_eq!(inside, expected.or(Some(Why::NoFlyZone)), "{checks:?}, in a zone");
        }
    }
}
