//! In which phase of a flight a moment of a story falls, told from the beats alone.
//!
//! The rules: a boot lasts 5 s; arming lasts until something flies; a climb lasts 2 s and a second for every 3 m;
//! a mission lasts as long as its legs at 5 m/s and its stays, then it hovers; a return lasts 14 s and lands from
//! 15 m in 20 s; landing lasts 10 s; what follows is after landing for 20 s and idle from then on. A link that is
//! lost for 3 s in the air turns it back, and so does a battery at 20 %, which sinks by 0.058 % a second. Link
//! loss, low battery, crash, and the 20 s after a restart or an update lie over these phases and count beside them.
//!
//! **Never:** flies; reads evidence.

use evidence::Scenario;
use evidence::scenario::{Act, Beat, Item};
use serde::Serialize;

const BOOT_S: f64 = 5.0;
const CLIMB_S: f64 = 2.0;
const CLIMB_MPS: f64 = 3.0;
const CRUISE_MPS: f64 = 5.0;
const RETURN_S: f64 = 14.0;
const SINK_S: f64 = 20.0;
const LAND_S: f64 = 10.0;
const LANDED_S: f64 = 20.0;
const RESTART_S: f64 = 20.0;
const LINK_LOST_S: f64 = 3.0;
const DRAIN_PCT_PER_S: f64 = 0.058;
const LOW_PCT: f64 = 20.0;
const ARMING_PCT: f64 = 25.0;

/// A phase of a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Just switched on.
    Boot,
    /// Armed on the ground.
    Arm,
    /// On the way up.
    Climb,
    /// Between way-points.
    Cruise,
    /// Holding its place.
    Hover,
    /// On the way home.
    Return,
    /// On the way down.
    Land,
    /// On the ground again.
    Landed,
    /// On the ground, and nothing happens.
    Idle,
    /// Switched off and on.
    Reboot,
    /// Switched off and on with newer firmware.
    Update,
    /// Without the pilot's link.
    LinkLoss,
    /// With little charge.
    LowBattery,
    /// After a motor has failed.
    Crash,
}

impl Phase {
    /// Every phase, in the order of the columns.
    pub const ALL: [Self; 14] = [
        Self::Boot,
        Self::Arm,
        Self::Climb,
        Self::Cruise,
        Self::Hover,
        Self::Return,
        Self::Land,
        Self::Landed,
        Self::Idle,
        Self::Reboot,
        Self::Update,
        Self::LinkLoss,
        Self::LowBattery,
        Self::Crash,
    ];

    /// The head of its column.
    #[must_use]
    pub fn head(self) -> &'static str {
        match self {
            Self::Boot => "boot",
            Self::Arm => "arm",
            Self::Climb => "climb",
            Self::Cruise => "cruise",
            Self::Hover => "hover",
            Self::Return => "return",
            Self::Land => "land",
            Self::Landed => "landed",
            Self::Idle => "idle",
            Self::Reboot => "reboot",
            Self::Update => "update",
            Self::LinkLoss => "link",
            Self::LowBattery => "low",
            Self::Crash => "crash",
        }
    }
}

/// The phases of a story.
pub struct Phases {
    /// From when which phase holds, in order of time.
    flown: Vec<(f64, Phase)>,
    /// What lies over it: from, to.
    over: Vec<(f64, f64, Phase)>,
}

impl Phases {
    /// Reads them out of the beats.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut phases = Self { flown: Vec::new(), over: Vec::new() };
        phases.switched_on(0.0);
        for beat in &scenario.beats {
            phases.act(scenario, beat.at_s, &beat.does);
        }
        phases.battery(scenario);
        phases
    }

    /// The phases of a moment: one that is flown, and those that lie over it.
    pub fn at(&self, at_s: f64) -> impl Iterator<Item = Phase> {
        let flown = self.flown.iter().rev().find(|(from, _)| *from <= at_s);
        let over = self.over.iter().filter(move |(from, to, _)| *from <= at_s && at_s < *to);
        flown.map(|(_, phase)| *phase).into_iter().chain(over.map(|(_, _, phase)| *phase))
    }

    fn act(&mut self, scenario: &Scenario, at_s: f64, act: &Act) {
        match act {
            Act::Telemetry2(act) => self.act(scenario, at_s, act),
            Act::Arms if scenario.battery_pct < ARMING_PCT => {}
            Act::Arms if !self.is_aloft(at_s) => self.from(at_s, &[(0.0, Phase::Arm)]),
            Act::TakesOff { height_m } => {
                let climb_s = CLIMB_S + height_m / CLIMB_MPS;
                self.from(at_s, &[(0.0, Phase::Climb), (climb_s, Phase::Hover)]);
            }
            Act::StartsMission => {
                let climb_s = if self.is_aloft(at_s) { 0.0 } else { CLIMB_S };
                let end_s = climb_s + mission_s(&scenario.mission);
                let flown = [(0.0, Phase::Climb), (climb_s, Phase::Cruise), (end_s, Phase::Hover)];
                self.from(at_s, &flown);
                match scenario.mission.last() {
                    Some(Item::Returns) => self.returns(at_s + end_s),
                    Some(Item::Land) => self.comes_down(at_s + end_s, 0.0, LAND_S),
                    _ => {}
                }
            }
            Act::Holds | Act::Brakes if self.is_aloft(at_s) => {
                self.from(at_s, &[(0.0, Phase::Hover)]);
            }
            // How long these fly on, only the next command says.
            Act::GoesTo { .. } | Act::Orbits { .. } | Act::Follows { .. }
                if self.is_aloft(at_s) =>
            {
                self.from(at_s, &[(0.0, Phase::Cruise)]);
            }
            Act::Switches { .. } if self.is_aloft(at_s) => {
                self.from(at_s, &[(0.0, Phase::Hover)]);
            }
            Act::Steers { for_s, .. } if self.is_aloft(at_s) => {
                self.from(at_s, &[(0.0, Phase::Cruise), (*for_s, Phase::Hover)]);
            }
            Act::StopsMotors if self.is_aloft(at_s) => self.comes_down(at_s, 0.0, 0.0),
            Act::Returns => self.returns(at_s),
            Act::Lands => self.comes_down(at_s, 0.0, LAND_S),
            Act::Disarms if self.is_aloft(at_s) => self.comes_down(at_s, 0.0, 0.0),
            Act::LosesLink { for_s } => {
                self.over.push((at_s, at_s + for_s, Phase::LinkLoss));
                if self.is_aloft(at_s) && *for_s > LINK_LOST_S {
                    self.returns(at_s + LINK_LOST_S);
                }
            }
            Act::MotorFails { .. } => {
                // With one gone it lands by itself; the second is too much.
                let stops = |beat: &&Beat| matches!(beat.does, Act::MotorFails { .. });
                let gone = scenario.beats.iter().filter(|b| b.at_s <= at_s).filter(stops).count();
                if gone > 1 {
                    self.over.push((at_s, scenario.length_s, Phase::Crash));
                }
                if self.is_aloft(at_s) {
                    self.comes_down(at_s, 0.0, if gone > 1 { 0.0 } else { LAND_S });
                }
            }
            Act::Reboots { off_s } | Act::CutsPower { off_s, .. } => {
                self.over.push((at_s, at_s + off_s + RESTART_S, Phase::Reboot));
                self.switched_on(at_s + off_s);
            }
            Act::Updates { off_s } => {
                self.over.push((at_s, at_s + off_s + RESTART_S, Phase::Update));
                self.switched_on(at_s + off_s);
            }
            // What others send may fly it too; no story does so. The rest flies nothing.
            Act::Arms
            | Act::Holds
            | Act::Brakes
            | Act::GoesTo { .. }
            | Act::Orbits { .. }
            | Act::Follows { .. }
            | Act::Switches { .. }
            | Act::Steers { .. }
            | Act::StopsMotors
            | Act::Disarms
            | Act::Stranger(_)
            | Act::Forges(_)
            | Act::TakesStill
            | Act::StartsFilm
            | Act::StopsFilm
            | Act::StartsView
            | Act::StopsView
            | Act::StartsRecording
            | Act::StopsRecording
            | Act::Speaks { .. }
            | Act::Walks { .. }
            | Act::WalksPath { .. }
            | Act::Faces { .. }
            | Act::LooksAt { .. }
            | Act::RotorWeakens { .. }
            | Act::Grants { .. }
            | Act::Withdraws { .. }
            | Act::Requests { .. }
            | Act::ServerTurns(_)
            | Act::Sets { .. }
            | Act::Registers
            | Act::SharesPosition { .. }
            | Act::AsksLogs
            | Act::AsksFiles { .. }
            | Act::ReadsFile { .. }
            | Act::ReadsLog { .. }
            | Act::AsksParameters
            | Act::ListsConsent
            | Act::ErasesLogs
            | Act::ResetsToFactory
            | Act::SetsUpSigning
            | Act::Unlocks { .. }
            | Act::CardTurns(_)
            | Act::JamsGnss { .. }
            | Act::SpoofsGnss { .. }
            | Act::ReceiverTurns(_)
            | Act::SensorFails { .. }
            | Act::FindersTurn { .. }
            | Act::Awaits { .. } => {}
        }
    }

    /// Low from when the charge has sunk to 20 %; all the time where it is too low to arm.
    fn battery(&mut self, scenario: &Scenario) {
        if scenario.battery_pct < ARMING_PCT {
            self.over.push((0.0, scenario.length_s, Phase::LowBattery));
            return;
        }
        let aloft = self.flown.iter().find(|(_, phase)| is_aloft(*phase));
        let Some(began_s) = aloft.map(|(at_s, _)| *at_s) else { return };
        let low_s = began_s + (scenario.battery_pct - LOW_PCT) / DRAIN_PCT_PER_S;
        if low_s < scenario.length_s && self.is_aloft(low_s) {
            self.over.push((low_s, scenario.length_s, Phase::LowBattery));
            self.returns(low_s);
        }
    }

    fn switched_on(&mut self, at_s: f64) {
        self.from(at_s, &[(0.0, Phase::Boot), (BOOT_S, Phase::Idle)]);
    }

    fn returns(&mut self, at_s: f64) {
        self.from(at_s, &[(0.0, Phase::Return)]);
        self.comes_down(at_s, RETURN_S, SINK_S);
    }

    fn comes_down(&mut self, at_s: f64, after_s: f64, for_s: f64) {
        let landed_s = after_s + for_s;
        self.flown.retain(|(from, _)| *from < at_s + after_s);
        for (later_s, phase) in
            [(after_s, Phase::Land), (landed_s, Phase::Landed), (landed_s + LANDED_S, Phase::Idle)]
        {
            self.flown.push((at_s + later_s, phase));
        }
    }

    /// From a moment on, these phases in place of what was to come.
    fn from(&mut self, at_s: f64, phases: &[(f64, Phase)]) {
        self.flown.retain(|(from, _)| *from < at_s);
        self.flown.extend(phases.iter().map(|(later_s, phase)| (at_s + later_s, *phase)));
    }

    fn is_aloft(&self, at_s: f64) -> bool {
        let flown = self.flown.iter().rev().find(|(from, _)| *from <= at_s);
        flown.is_some_and(|(_, phase)| is_aloft(*phase))
    }
}

fn is_aloft(phase: Phase) -> bool {
    match phase {
        Phase::Climb | Phase::Cruise | Phase::Hover | Phase::Return | Phase::Land => true,
        Phase::Boot
        | Phase::Arm
        | Phase::Landed
        | Phase::Idle
        | Phase::Reboot
        | Phase::Update
        | Phase::LinkLoss
        | Phase::LowBattery
        | Phase::Crash => false,
    }
}

/// How long the legs and stays of a mission take, from the start.
fn mission_s(mission: &[Item]) -> f64 {
    let mut from_m = (0.0, 0.0, 0.0);
    let mut cruise_mps = CRUISE_MPS;
    let mut all_s = 0.0;
    for item in mission {
        let stay_s = match item {
            Item::Waypoint { stay_s, .. } => *stay_s,
            Item::TakeOff { height_m } => CLIMB_S + (height_m - from_m.2).abs() / CLIMB_MPS,
            Item::Delay { for_s } => *for_s,
            Item::Speed { at_most_mps } => {
                cruise_mps = *at_most_mps;
                0.0
            }
            Item::Loiter { radius_m, turns, .. } => {
                turns * std::f64::consts::TAU * radius_m.abs() / cruise_mps
            }
            Item::LooksAt { .. }
            | Item::LooksAhead
            | Item::TriggersByDistance { .. }
            | Item::TriggersByTime { .. }
            | Item::TriggersNever
            | Item::Land
            | Item::Returns => 0.0,
        };
        all_s += stay_s;
        if let Some(at_m) = item.at_m() {
            let (east, north, up) = (at_m.0 - from_m.0, at_m.1 - from_m.1, at_m.2 - from_m.2);
            all_s += (east * east + north * north + up * up).sqrt() / cruise_mps;
            from_m = at_m;
        }
    }
    all_s
}
