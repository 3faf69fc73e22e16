//! The beats: in order, possible, and of people, voices and objects that there are.
//!
//! **Never:** lets a beat pass whose effect on consent, or on the numbering of stills or recordings, is in doubt.

mod possible;

use super::ground::{self, Spot};
use super::walks::Walk;
use super::{Fault, at_most, fault, nearest, values, within};
use crate::mandate::setting_at;
use crate::scenario::act::{PILOT, STRANGER};
use crate::scenario::{Act, Client, Gaze, Scenario};
use crate::{Assets, Class, Recipient, TICKS_PER_S, Tick};
use std::collections::BTreeMap;

/// Stills need this long between them, so that each is surely a frame of its own.
const STILLS_APART_S: f64 = 1.0;

/// The ground station hands over the operator's number at this moment, after all settings.
const SET_UP_S: f64 = 2.0;

pub(super) fn check(scenario: &Scenario, assets: &Assets) -> Result<(), Fault> {
    at_most("beats", scenario.beats.len(), 1000)?;
    let last_setting_s = setting_at(scenario.settings.len()).seconds();
    debug_assert!(last_setting_s < SET_UP_S, "the settings end before the operator's number");
    let mut so_far = SoFar::at_the_start(scenario);
    let mut last_s = 0.0;
    for (i, beat) in scenario.beats.iter().enumerate() {
        let path = format!("beats[{i}].at_s");
        let at_s = beat.at_s;
        if at_s.is_finite() && at_s >= scenario.length_s {
            let length_s = scenario.length_s;
            let what = format!("this beat is at {at_s} s, and the flight ends at {length_s} s");
            return fault(&path, &what, "move the beat, or make `length_s` longer");
        }
        within(&path, at_s, 0.0..=scenario.length_s, "seconds from power-on")?;
        if at_s < last_s {
            let what = format!("this beat is at {at_s} s, but the one before it is at {last_s} s");
            return fault(&path, &what, "put the beats in order of time");
        }
        last_s = at_s;
        so_far.act(&format!("beats[{i}].does"), at_s, &beat.does, assets)?;
    }
    Ok(())
}

/// What the beats so far have done to the world.
struct SoFar<'a> {
    scenario: &'a Scenario,
    walks: BTreeMap<&'a str, Walk>,
    granted: Vec<(Class, u32, Recipient)>,
    is_recording: bool,
    is_filming: bool,
    is_signing: bool,
    is_on_the_ground: bool,
    mission_takes_stills: bool,
    last_still_s: Option<f64>,
    steers_until: Tick,
    link_dead_until: Tick,
    off_until: Tick,
}

impl<'a> SoFar<'a> {
    fn at_the_start(scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            walks: scenario.cast.iter().map(|p| (p.name.as_str(), Walk::none(p.at_m))).collect(),
            granted: Vec::new(),
            is_recording: false,
            is_filming: false,
            is_signing: false,
            is_on_the_ground: true,
            mission_takes_stills: false,
            last_still_s: None,
            steers_until: Tick(0),
            link_dead_until: Tick(0),
            off_until: Tick(0),
        }
    }

    fn act(&mut self, path: &str, now_s: f64, act: &Act, assets: &Assets) -> Result<(), Fault> {
        values::check(path, act, self.scenario.length_s, assets)?;
        let (inner, _) = act.sender();
        if act.off_s().is_some() || values::is_a_command(inner) {
            self.needs_power(path, now_s)?;
        }
        if values::is_a_command(inner) {
            self.needs_link(path, now_s)?;
        }
        match act {
            Act::Arms
            | Act::TakesOff { .. }
            | Act::Holds
            | Act::GoesTo { .. }
            | Act::Orbits { .. }
            | Act::Brakes
            | Act::Switches { .. } => {
                self.is_on_the_ground = false;
                Ok(())
            }
            Act::Follows { who } => {
                self.is_on_the_ground = false;
                self.somebody(&format!("{path}.who"), who)
            }
            Act::Steers { for_s, .. } => self.steers(path, now_s, *for_s),
            Act::Disarms | Act::Returns | Act::Lands | Act::StopsMotors => {
                self.is_on_the_ground = true;
                Ok(())
            }
            Act::StartsMission => self.starts_mission(path),
            Act::TakesStill => self.takes_still(path, now_s),
            Act::StartsRecording => starts(path, &mut self.is_recording, "recording"),
            Act::StopsRecording => stops(path, &mut self.is_recording, "recording"),
            Act::StartsFilm => {
                self.counts_pictures(path)?;
                starts(path, &mut self.is_filming, "film")
            }
            Act::StopsFilm => stops(path, &mut self.is_filming, "film"),
            Act::Speaks { who, .. } | Act::Faces { who, .. } => {
                self.somebody(&format!("{path}.who"), who)
            }
            Act::Walks { who, to_m, speed_mps } => {
                self.somebody(&format!("{path}.who"), who)?;
                let paths = [format!("{path}.to_m")];
                self.walks(&paths, now_s, who, &[*to_m], *speed_mps)
            }
            Act::WalksPath { who, through_m, speed_mps } => {
                self.somebody(&format!("{path}.who"), who)?;
                let corners = 0..through_m.len();
                let paths: Vec<String> =
                    corners.map(|i| format!("{path}.through_m[{i}]")).collect();
                self.walks(&paths, now_s, who, through_m, *speed_mps)
            }
            Act::LooksAt { who, what } => {
                self.somebody(&format!("{path}.who"), who)?;
                self.looks(&format!("{path}.what"), who, what)
            }
            Act::Grants { category, object, to, .. } => {
                self.granted.push((*category, *object, *to));
                Ok(())
            }
            Act::Withdraws { category, object, from } => {
                self.withdraws(path, (*category, *object, *from))
            }
            Act::LosesLink { for_s } => {
                self.needs_set_up(path, now_s)?;
                self.needs_link(path, now_s)?;
                self.link_dead_until = Tick(Tick::at_s(now_s).0 + Tick::at_s(*for_s).0);
                Ok(())
            }
            Act::Reboots { off_s } | Act::Updates { off_s } | Act::CutsPower { off_s, .. } => {
                self.needs_set_up(path, now_s)?;
                self.goes_dark(Tick(Tick::at_s(now_s).0 + Tick::at_s(*off_s).0));
                Ok(())
            }
            Act::Telemetry2(_) if self.scenario.telemetry2.is_none() => fault(
                path,
                "there is no second telemetry port to say it by",
                "add `telemetry2: Some(ardupilot)` to the story",
            ),
            Act::Telemetry2(act) => self.act(path, now_s, act, assets),
            Act::Registers => self.registers(path),
            Act::Stranger(act) if **act == Act::Registers => self.registers(path),
            Act::SetsUpSigning => {
                self.is_signing = true;
                Ok(())
            }
            Act::Forges(_) if !self.is_signing => fault(
                path,
                "nothing can be forged: the pilot does not sign",
                "let the pilot do `SetsUpSigning` first",
            ),
            Act::ResetsToFactory => self.resets(path),
            Act::Awaits { client, until_s } => self.awaits(path, now_s, *client, *until_s),
            // A view that runs may be started, and one that does not may be stopped: nothing comes of it.
            Act::StartsView
            | Act::StopsView
            | Act::Forges(_)
            | Act::Stranger(_)
            | Act::Requests { .. }
            | Act::ServerTurns(_)
            | Act::Sets { .. }
            | Act::SharesPosition { .. }
            | Act::AsksLogs
            | Act::AsksFiles { .. }
            | Act::ReadsFile { .. }
            | Act::ReadsLog { .. }
            | Act::AsksParameters
            | Act::ListsConsent
            | Act::ErasesLogs
            | Act::Unlocks { .. }
            | Act::CardTurns(_)
            | Act::MotorFails { .. }
            | Act::RotorWeakens { .. }
            | Act::JamsGnss { .. }
            | Act::SpoofsGnss { .. }
            | Act::ReceiverTurns(_)
            | Act::SensorFails { .. }
            | Act::FindersTurn { .. } => Ok(()),
        }
    }
}

/// Something begins that may not run already.
fn starts(path: &str, is_running: &mut bool, what: &str) -> Result<(), Fault> {
    if !*is_running {
        *is_running = true;
        return Ok(());
    }
    let hint = format!("stop it first with `Stops{}`", capital(what));
    fault(path, &format!("a {what} is running already"), &hint)
}

/// Something ends that must be running.
fn stops(path: &str, is_running: &mut bool, what: &str) -> Result<(), Fault> {
    if *is_running {
        *is_running = false;
        return Ok(());
    }
    let hint = format!("start one first with `Starts{}`", capital(what));
    fault(path, &format!("no {what} is running"), &hint)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
