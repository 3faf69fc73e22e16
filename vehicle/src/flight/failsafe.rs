//! What the vehicle does on its own: when to come home, when to come down, when not to start at all.
//!
//! **Never:** remembers anything; overrules a landing; acts on the ground.

use super::tuning::{Silence, Tuning};
use super::words::{Cause, Mode, Why};
use crate::senses::FenceAction;

/// A ground station silent for longer is lost, seconds.
pub const LINK_LOST_S: f64 = 3.0;
/// Below this charge the vehicle comes home, percent.
pub const CHARGE_LOW_PCT: f64 = 20.0;
/// Below this charge it comes down where it is, percent.
pub const CHARGE_CRITICAL_PCT: f64 = 8.0;
/// At or below this charge it does not start, percent.
pub const CHARGE_TO_ARM_PCT: f64 = 25.0;
/// A fix missing for longer is lost while flying, seconds. For ten seconds the estimate carries itself; after an outage
/// a receiver takes part of a second until what it says is believed.
pub const FIX_LOST_S: f64 = 11.0;
/// A fix that was believed so lately is back, seconds.
pub const FIX_BACK_S: f64 = 0.5;
/// A fix that is worse is too poor to start with, standard deviation in metres.
pub const FIX_SD_TO_ARM_M: f64 = 2.5;

/// What is wrong, if anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signs {
    /// What the vehicle is doing.
    pub mode: Mode,
    /// Whether it is off the ground.
    pub is_flying: bool,
    /// A rotor stands still.
    pub has_lost_rotor: bool,
    /// The estimate does not know any more which way is up or how fast it goes, or is about to.
    pub is_astray: bool,
    /// Since the ground station's last heartbeat, seconds.
    pub link_age_s: f64,
    /// Since the last fix that was believed, seconds.
    pub fix_age_s: f64,
    /// Charge left, percent; none where no battery was ever read.
    pub charge_pct: Option<f64>,
    /// The vehicle already came home for its battery, and the pilot thought better of it.
    pub low_was_told: bool,
    /// A no-fly zone lies on the way home.
    pub bars_home: bool,
    /// What the geofence wants done: it was left in this tick.
    pub fence: Option<FenceAction>,
    /// The pilot's hand is at the sticks, or was until a moment ago.
    pub has_hand: bool,
    /// Altitude hold is in place of position hold, because there was no fix.
    pub fell_back: bool,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urge {
    /// Nothing.
    None,
    /// Hold here.
    Hold,
    /// Leave the place to the pilot's hand, and hold the height.
    FallBack,
    /// Hold the place under the pilot's hand again.
    HoldPlace,
    /// Come home.
    Return(Cause),
    /// Come down.
    Land(Cause),
}

/// The table of priorities: the first row that applies.
pub fn urge(signs: &Signs, tuning: &Tuning) -> Urge {
    if !signs.is_flying || signs.mode == Mode::Land {
        return Urge::None;
    }
    let is_below = |limit_pct| signs.charge_pct.is_some_and(|charge| charge < limit_pct);
    let is_returning = signs.mode == Mode::Return;
    let has_fix = signs.fix_age_s <= FIX_LOST_S;
    let home = if signs.bars_home || !has_fix { Urge::Land } else { Urge::Return };
    if signs.has_lost_rotor {
        Urge::Land(Cause::RotorLost)
    } else if signs.is_astray {
        Urge::Land(Cause::Astray)
    } else if is_below(tuning.charge_critical_pct) {
        Urge::Land(Cause::CriticalBattery)
    } else if !has_fix && let Some(urge) = without_fix(signs) {
        urge
    } else if is_returning {
        Urge::None
    } else if signs.link_age_s > tuning.link_lost_s
        && let Some(urge) = silence(signs, tuning.silence, home)
    {
        urge
    } else if is_below(tuning.charge_low_pct) && !signs.low_was_told {
        home(Cause::LowBattery)
    } else if signs.fell_back && signs.mode == Mode::AltitudeHold && signs.fix_age_s < FIX_BACK_S {
        Urge::HoldPlace
    } else {
        // Who does not know where it is cannot tell a border.
        match signs.fence.filter(|_| has_fix) {
            None | Some(FenceAction::Warn) => Urge::None,
            Some(FenceAction::Hold) => Urge::Hold,
            Some(FenceAction::Return) => home(Cause::Fence),
            Some(FenceAction::Land) => Urge::Land(Cause::Fence),
        }
    }
}

/// What a lost fix asks for, if anything: who flies by hand sees where the vehicle is, as long as there is a hand.
fn without_fix(signs: &Signs) -> Option<Urge> {
    match signs.mode {
        Mode::PositionHold if signs.has_hand => Some(Urge::FallBack),
        Mode::Stabilise | Mode::AltitudeHold if signs.has_hand => None,
        Mode::Disarmed
        | Mode::TakeOff
        | Mode::Hold
        | Mode::Mission
        | Mode::Return
        | Mode::Land
        | Mode::GoTo
        | Mode::Orbit
        | Mode::Follow
        | Mode::Brake
        | Mode::Stabilise
        | Mode::AltitudeHold
        | Mode::PositionHold
        | Mode::Offboard => Some(Urge::Land(Cause::NoFix)),
    }
}

/// What a silent ground station asks for, if anything more than is done already.
fn silence(signs: &Signs, silence: Silence, home: fn(Cause) -> Urge) -> Option<Urge> {
    match silence {
        Silence::FliesOn => None,
        Silence::Holds => (signs.mode != Mode::Hold).then_some(Urge::Hold),
        Silence::Returns => Some(home(Cause::LinkLost)),
        Silence::Lands => Some(Urge::Land(Cause::LinkLost)),
    }
}

/// What is looked at before the rotors start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checks {
    /// Satellites hold the estimate, with this deviation in metres.
    pub fix_sd_m: Option<f64>,
    /// Level, north and the pressure of the ground were learnt.
    pub has_started: bool,
    /// It is being moved about, and starts over.
    pub is_moved: bool,
    /// The gyroscope lives and stands still.
    pub gyroscope: bool,
    /// The accelerometer lives and feels gravity.
    pub accelerometer: bool,
    /// Air pressure is read and believed.
    pub barometer: bool,
    /// The compass is read and believed.
    pub compass: bool,
    /// Charge left, percent.
    pub charge_pct: Option<f64>,
    /// Leans by less than it may.
    pub is_level: bool,
    /// Stands in a no-fly zone.
    pub is_in_zone: bool,
    /// Stands outside its geofence.
    pub is_outside_fence: bool,
    /// Since the ground station's last heartbeat, seconds.
    pub link_age_s: f64,
}

/// Why the rotors may not start: every reason, the gravest first.
pub fn refusals(checks: &Checks, tuning: &Tuning) -> impl Iterator<Item = Why> {
    let is_charged = checks.charge_pct.is_some_and(|charge| charge > tuning.charge_to_arm_pct);
    let is_poor = checks.fix_sd_m.is_some_and(|sd_m| sd_m > tuning.fix_sd_to_arm_m);
    [
        (checks.fix_sd_m.is_none(), Why::NoFix),
        (is_poor, Why::PoorFix),
        (!checks.gyroscope, Why::Gyroscope),
        (!checks.accelerometer, Why::Accelerometer),
        (!checks.barometer, Why::Barometer),
        (!checks.compass, Why::Compass),
        (checks.is_moved, Why::Moved),
        (!checks.has_started, Why::Starting),
        (!is_charged, Why::LowBattery),
        (!checks.is_level, Why::NotLevel),
        (checks.link_age_s.is_nan() || checks.link_age_s > tuning.link_lost_s, Why::NoLink),
        (checks.is_in_zone, Why::NoFlyZone),
        (checks.is_outside_fence, Why::OutsideFence),
    ]
    .into_iter()
    .filter_map(|(fails, why)| fails.then_some(why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn every_check_names_itself() {
        let well = Checks {
            fix_sd_m: Some(0.8),
            has_started: true,
            is_moved: false,
            gyroscope: true,
            accelerometer: true,
            barometer: true,
            compass: true,
            charge_pct: Some(26.0),
            is_level: true,
            is_in_zone: false,
            is_outside_fence: false,
            link_age_s: 0.5,
        };
        for (checks, expected) in [
            (well, &[][..]),
            (Checks { fix_sd_m: None, ..well }, &[Why::NoFix]),
            (Checks { fix_sd_m: Some(3.0), ..well }, &[Why::PoorFix]),
            (Checks { has_started: false, ..well }, &[Why::Starting]),
            (Checks { is_moved: true, ..well }, &[Why::Moved]),
            (Checks { gyroscope: false, ..well }, &[Why::Gyroscope]),
            (Checks { accelerometer: false, ..well }, &[Why::Accelerometer]),
            (Checks { barometer: false, ..well }, &[Why::Barometer]),
            (Checks { compass: false, ..well }, &[Why::Compass]),
            (Checks { charge_pct: Some(25.0), ..well }, &[Why::LowBattery]),
            (Checks { charge_pct: None, ..well }, &[Why::LowBattery]),
            (Checks { is_level: false, ..well }, &[Why::NotLevel]),
            (Checks { link_age_s: 3.1, ..well }, &[Why::NoLink]),
            (Checks { link_age_s: f64::NAN, ..well }, &[Why::NoLink]),
            (Checks { is_in_zone: true, ..well }, &[Why::NoFlyZone]),
            (Checks { is_outside_fence: true, ..well }, &[Why::OutsideFence]),
            (
                Checks { compass: false, is_level: false, fix_sd_m: None, ..well },
                &[Why::NoFix, Why::Compass, Why::NotLevel],
            ),
        ] {
            let tuning = Tuning::as_delivered(FenceAction::Warn);
            assert_eq!(refusals(&checks, &tuning).collect::<Vec<_>>(), expected, "{checks:?}");
        }
    }

    #[test]
    fn a_silent_ground_station_brings_what_the_pilot_chose() {
        let signs = Signs {
            mode: Mode::Mission,
            is_flying: true,
            has_lost_rotor: false,
            is_astray: false,
            link_age_s: 4.0,
            fix_age_s: 0.0,
            charge_pct: Some(80.0),
            low_was_told: false,
            bars_home: false,
            fence: None,
            has_hand: false,
            fell_back: false,
        };
        let holding = Signs { mode: Mode::Hold, ..signs };
        let low = Signs { charge_pct: Some(19.0), ..holding };
        let delivered = Tuning::as_delivered(FenceAction::Warn);
        let tuned = |silence| Tuning { silence, ..delivered };
        for (signs, tuning, expected) in [
            (&signs, delivered, Urge::Return(Cause::LinkLost)),
            (&signs, Tuning { link_lost_s: 5.0, ..delivered }, Urge::None),
            (&signs, tuned(Silence::FliesOn), Urge::None),
            (&signs, tuned(Silence::Lands), Urge::Land(Cause::LinkLost)),
            (&signs, tuned(Silence::Holds), Urge::Hold),
            // It holds already, and minds what else is wrong.
            (&holding, tuned(Silence::Holds), Urge::None),
            (&low, tuned(Silence::Holds), Urge::Return(Cause::LowBattery)),
            (&low, Tuning { charge_low_pct: 15.0, ..tuned(Silence::FliesOn) }, Urge::None),
        ] {
            assert_eq!(urge(signs, &tuning), expected, "{tuning:?}");
        }
    }
}
