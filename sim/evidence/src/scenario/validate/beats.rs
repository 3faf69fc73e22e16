//! The beats: in order, possible, and of people, voices and objects that there are.
//!
//! **Never:** lets a beat pass whose effect on consent, or on the numbering of stills or recordings, is in doubt.

use super::ground::{self, Spot};
use super::{Fault, at_most, fault, nearest, one_of, within};
use crate::scenario::{Act, Scenario};
use crate::{Assets, Class, Recipient, TICKS_PER_S, Tick};
use std::collections::BTreeMap;

/// Stills need this long between them: the camera gives two frames a second.
const STILLS_APART_S: f64 = 1.0;

pub(super) fn check(scenario: &Scenario, assets: &Assets) -> Result<(), Fault> {
    at_most("beats", scenario.beats.len(), 1000)?;
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

/// Somebody on their way.
struct Walk {
    from_m: Spot,
    to_m: Spot,
    starts_s: f64,
    lasts_s: f64,
}

/// What the beats so far have done to the world.
struct SoFar<'a> {
    scenario: &'a Scenario,
    walks: BTreeMap<&'a str, Walk>,
    granted: Vec<(Class, u32, Recipient)>,
    is_recording: bool,
    last_still_s: Option<f64>,
    link_dead_until: Tick,
}

impl<'a> SoFar<'a> {
    fn at_the_start(scenario: &'a Scenario) -> Self {
        let stands = |at_m| Walk { from_m: at_m, to_m: at_m, starts_s: 0.0, lasts_s: 0.0 };
        Self {
            scenario,
            walks: scenario.cast.iter().map(|p| (p.name.as_str(), stands(p.at_m))).collect(),
            granted: Vec::new(),
            is_recording: false,
            last_still_s: None,
            link_dead_until: Tick(0),
        }
    }

    fn act(&mut self, path: &str, now_s: f64, act: &Act, assets: &Assets) -> Result<(), Fault> {
        let sub = |key: &str| format!("{path}.{key}");
        if is_for_the_link(act) {
            self.needs_link(path, now_s)?;
        }
        match act {
            Act::Arms
            | Act::Disarms
            | Act::Holds
            | Act::Returns
            | Act::Lands
            | Act::ServerTurns(_) => Ok(()),
            Act::TakesOff { height_m } => {
                within(&sub("height_m"), *height_m, 1.0..=120.0, "metres above the start")
            }
            Act::StartsMission if self.scenario.mission.is_empty() => {
                fault(path, "there is no mission to start", "add `mission: [(label: …, at_m: …)]`")
            }
            Act::StartsMission => Ok(()),
            Act::TakesStill => self.takes_still(path, now_s),
            Act::StartsRecording | Act::StopsRecording => {
                self.records(path, *act == Act::StartsRecording)
            }
            Act::Speaks { who, voice, level_db } => {
                self.somebody(&sub("who"), who)?;
                one_of(&sub("voice"), "voice", voice, &assets.voices)?;
                within(&sub("level_db"), *level_db, 0.0..=140.0, "dB at one metre")
            }
            Act::Walks { who, to_m, speed_mps } => {
                self.somebody(&sub("who"), who)?;
                within(&sub("to_m[0]"), to_m.0, -2000.0..=2000.0, "metres east of the start")?;
                within(&sub("to_m[1]"), to_m.1, -2000.0..=2000.0, "metres north of the start")?;
                within(&sub("speed_mps"), *speed_mps, 0.1..=10.0, "metres per second")?;
                self.walks(&sub("to_m"), now_s, who, *to_m, *speed_mps)
            }
            Act::Faces { who, heading_deg } => {
                self.somebody(&sub("who"), who)?;
                let unit = "degrees clockwise from north";
                within(&sub("heading_deg"), *heading_deg, -360.0..=360.0, unit)
            }
            Act::Grants { category, object, to, for_s } => {
                parcel(path, *category, *object, *to, "to")?;
                self.granted.push((*category, *object, *to));
                for_s.map_or(Ok(()), |s| whole_seconds(&sub("for_s"), s))
            }
            Act::Withdraws { category, object, from } => {
                parcel(path, *category, *object, *from, "from")?;
                if self.granted.contains(&(*category, *object, *from)) {
                    return Ok(());
                }
                let what = format!("{category} {object} was never granted to {from:?}");
                fault(path, &what, "withdraw a grant exactly as it was given, and after it")
            }
            Act::Requests { category, object, to } => {
                parcel(path, *category, *object, *to, "to")?;
                if *category != Class::Face {
                    return Ok(());
                }
                let hint = "ask for the `Imagery` it is in, for `FlightLog` or for `Audio`";
                fault(&sub("category"), "a face is not an object that can be sent", hint)
            }
            Act::LosesLink { for_s } => {
                let most_s = self.scenario.length_s;
                within(&sub("for_s"), *for_s, 0.1..=most_s, "seconds, within the flight")?;
                self.link_dead_until = Tick(Tick::at_s(now_s).0 + Tick::at_s(*for_s).0);
                Ok(())
            }
        }
    }

    fn takes_still(&mut self, path: &str, now_s: f64) -> Result<(), Fault> {
        if self.last_still_s.is_some_and(|last_s| now_s - last_s < STILLS_APART_S) {
            let hint = format!(
                "leave {STILLS_APART_S} s between them: the camera gives 2 frames a second"
            );
            return fault(path, "two stills are taken at nearly the same time", &hint);
        }
        self.last_still_s = Some(now_s);
        Ok(())
    }

    fn records(&mut self, path: &str, starts: bool) -> Result<(), Fault> {
        if self.is_recording == starts {
            return if starts {
                fault(path, "a recording is running already", "stop it first with `StopsRecording`")
            } else {
                fault(path, "no recording is running", "start one first with `StartsRecording`")
            };
        }
        self.is_recording = starts;
        Ok(())
    }

    fn walks(
        &mut self,
        path: &str,
        now_s: f64,
        who: &str,
        to_m: Spot,
        speed_mps: f64,
    ) -> Result<(), Fault> {
        let Some(walk) = self.walks.get_mut(who) else { return Ok(()) };
        let from_m = walk.position_at(now_s);
        let (east, north) = (to_m.0 - from_m.0, to_m.1 - from_m.1);
        let lasts_s = (east * east + north * north).sqrt() / speed_mps;
        *walk = Walk { from_m, to_m, starts_s: now_s, lasts_s };
        ground::check_path(self.scenario, path, &format!("{who} would walk"), from_m, to_m)
    }

    fn somebody(&self, path: &str, who: &str) -> Result<(), Fault> {
        if self.walks.contains_key(who) {
            return Ok(());
        }
        let names = self.walks.keys().copied().collect::<Vec<_>>().join(", ");
        let hint = match nearest(who, self.walks.keys().copied()) {
            Some(near) => format!("did you mean {near:?}? the cast is: {names}"),
            None if names.is_empty() => "add `cast: [(name: …, at_m: …)]`".to_owned(),
            None => format!("the cast is: {names}"),
        };
        fault(path, &format!("nobody in the cast is called {who:?}"), &hint)
    }

    /// The mandate is dated by the beat, and objects are numbered by it: the vehicle must have heard it.
    fn needs_link(&self, path: &str, now_s: f64) -> Result<(), Fault> {
        // In ticks, as the flight counts them: rounding must leave no gap.
        let end = self.link_dead_until;
        if Tick::at_s(now_s) >= end {
            return Ok(());
        }
        let end_s = end.0 as f64 / TICKS_PER_S as f64;
        let what = format!("the pilot's link is dead until {end_s} s");
        fault(path, &what, "move this beat to a time when the link is up")
    }
}

impl Walk {
    fn position_at(&self, now_s: f64) -> Spot {
        if now_s >= self.starts_s + self.lasts_s {
            return self.to_m;
        }
        let part = (now_s - self.starts_s) / self.lasts_s;
        let between = |from: f64, to: f64| from + part * (to - from);
        (between(self.from_m.0, self.to_m.0), between(self.from_m.1, self.to_m.1))
    }
}

/// Whether the pilot's link carries it, or it is the loss of that link.
fn is_for_the_link(act: &Act) -> bool {
    match act {
        Act::Arms
        | Act::Disarms
        | Act::TakesOff { .. }
        | Act::Holds
        | Act::StartsMission
        | Act::Returns
        | Act::Lands
        | Act::TakesStill
        | Act::StartsRecording
        | Act::StopsRecording
        | Act::Grants { .. }
        | Act::Withdraws { .. }
        | Act::Requests { .. }
        | Act::LosesLink { .. } => true,
        Act::Speaks { .. } | Act::Walks { .. } | Act::Faces { .. } | Act::ServerTurns(_) => false,
    }
}

/// A category, an object and a recipient must make sense together.
fn parcel(
    path: &str,
    category: Class,
    object: u32,
    recipient: Recipient,
    recipient_key: &str,
) -> Result<(), Fault> {
    match category {
        Class::Audio | Class::Face | Class::Imagery | Class::FlightLog => {}
        Class::Position
        | Class::Device
        | Class::Account
        | Class::Surroundings
        | Class::Key
        | Class::Public => {
            let what = format!("{category} has no objects that consent could be given for");
            let hint = "use `FlightLog`, `Imagery`, `Audio` or `Face`";
            return fault(&format!("{path}.category"), &what, hint);
        }
    }
    if recipient == Recipient::Card {
        let hint = "name `Pilot` or `Maker`; the card takes what `TakesStill` and `StartsRecording` command";
        return fault(&format!("{path}.{recipient_key}"), "the card is not a recipient", hint);
    }
    if (1..=65_535).contains(&object) {
        return Ok(());
    }
    let what = format!("there is no object {object}");
    fault(&format!("{path}.object"), &what, "logs, stills and recordings are numbered from 1")
}

/// The command carries whole seconds, so that both sides agree on the last tick.
fn whole_seconds(path: &str, seconds: f64) -> Result<(), Fault> {
    within(path, seconds, 1.0..=86_400.0, "seconds")?;
    if seconds.fract() == 0.0 {
        return Ok(());
    }
    fault(path, &format!("a grant cannot last {seconds} s"), "give whole seconds")
}
