//! Consent as the story really gives it: the pilot's grants, the pilot's own commands to capture and to show, and
//! the switches that the pilot sets.
//!
//! **Never:** asks the vehicle what it recorded; counts what a stranger or a forger says.

mod trigger;

#[cfg(test)]
mod tests;

use crate::scenario::outages::{CUT_WITHIN_S, Outages};
use crate::scenario::{Act, Scenario, Setting};
use crate::{Class, Control, Grant, Mandate, Recipient, Tick};
use std::mem;
use std::ops::Range;

/// A still is taken within this time of the command; a later one was not commanded.
pub const STILL_VALID_S: f64 = 2.0;

/// A film's last cluster is written within this time of the command to stop.
pub const FILM_ENDS_WITHIN_S: f64 = 2.0;

/// The ground station sets the story's settings from here on, one by one.
pub const SETTINGS_FROM_S: f64 = 1.0;

/// One setting follows the other after this time.
pub const SETTINGS_APART_S: f64 = 0.02;

impl Mandate {
    /// What the beats of a story give, command, set and withdraw, in order.
    ///
    /// A still is a command for `Imagery` and, because a face may be in it, for `Face`; with the switches on also
    /// for `Position` and `Device`. A film is the same but for the latter two, and for `Audio` where the
    /// microphone records when it starts; stills and films are numbered together. A recording is a command for
    /// `Audio` until it is stopped. All that is for the card only. The live view is `Imagery` 0 for the viewer.
    /// A mission with a camera trigger is a command for as many stills as the trigger can come to, until the pilot ends
    /// it. Captures and the view end with the power; grants and switches do not.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let outages = scenario.outages();
        let mut story = Story {
            mandate: Self::default(),
            pictures: 0,
            recordings: 0,
            film: 0..0,
            recording: 0..0,
        };
        let mut said: Vec<(Tick, Said<'_>)> = Vec::new();
        let settings = Setting::ALL
            .into_iter()
            .filter_map(|name| scenario.settings.get(&name).map(|value| (name, *value)));
        for (i, (name, value)) in settings.enumerate() {
            said.push((setting_at(i), Said::Sets(name, value)));
        }
        said.extend(scenario.beats.iter().map(|b| (Tick::at_s(b.at_s), Said::Does(&b.does))));
        // A stable sort: of one tick, settings come before beats, as the ground station sends them.
        said.sort_by_key(|(at, _)| *at);
        for (now, said) in said {
            match said {
                Said::Sets(name, value) if outages.hears(now) => story.sets(name, value, now),
                Said::Sets(..) => {}
                Said::Does(act) => story.does(scenario, act, now, &outages),
            }
        }
        story.mandate
    }
}

/// When the ground station sets the story's setting number `i`, from 0.
#[must_use]
pub fn setting_at(i: usize) -> Tick {
    Tick(Tick::at_s(SETTINGS_FROM_S).0 + i as u64 * Tick::at_s(SETTINGS_APART_S).0)
}

enum Said<'a> {
    Sets(Setting, i32),
    Does(&'a Act),
}

struct Story {
    mandate: Mandate,
    pictures: u32,
    recordings: u32,
    /// Places of the grants of the film and of the recording that run.
    film: Range<usize>,
    recording: Range<usize>,
}

impl Story {
    fn does(&mut self, scenario: &Scenario, act: &Act, now: Tick, outages: &Outages) {
        if act.off_s().is_some() {
            let wait = if matches!(act, Act::CutsPower { .. }) { CUT_WITHIN_S } else { 0.0 };
            self.goes_dark(Tick(now.0 + Tick::at_s(wait).0));
            return;
        }
        match act {
            Act::Grants { category, object, to, for_s } => {
                let end = for_s.map(|s| after(now, s));
                self.add(*category, *object, *to, now, end);
            }
            Act::Withdraws { category, object, from } => {
                self.withdraw(*category, *object, *from, now);
            }
            Act::TakesStill => self.takes_still(now, Some(after(now, STILL_VALID_S))),
            Act::StartsMission => {
                let stills = scenario.mission.iter().filter(|item| item.takes_still()).count();
                let (triggered, end) = trigger::stills(scenario, now);
                (0..stills + triggered).for_each(|_| self.takes_still(now, end));
            }
            Act::StartsFilm => self.starts_film(now),
            Act::StopsFilm => self.stops_film(now),
            Act::StartsView if self.mandate.is_on(Setting::VidEnable, now) => {
                self.add(Class::Imagery, 0, Recipient::Viewer, now, None);
            }
            Act::StopsView => self.withdraw(Class::Imagery, 0, Recipient::Viewer, now),
            Act::StartsRecording => {
                self.recordings += 1;
                let first = self.mandate.grants.len();
                self.add(Class::Audio, self.recordings, Recipient::Card, now, None);
                self.recording = first..self.mandate.grants.len();
            }
            Act::StopsRecording => {
                for grant in &mut self.mandate.grants[mem::take(&mut self.recording)] {
                    grant.withdrawn_at = Some(now);
                }
            }
            Act::Sets { name, value } => self.sets(*name, *value, now),
            Act::ResetsToFactory if outages.hears(now) => self.resets(now),
            // The view that may not start, and the reset that nobody hears.
            Act::StartsView | Act::ResetsToFactory => {}
            Act::Telemetry2(act) => self.does(scenario, act, now, outages),
            // Nobody consents in the pilot's place.
            Act::Forges(_) | Act::Stranger(_) => {}
            Act::Arms
            | Act::Disarms
            | Act::TakesOff { .. }
            | Act::Holds
            | Act::Returns
            | Act::Lands
            | Act::GoesTo { .. }
            | Act::Orbits { .. }
            | Act::Follows { .. }
            | Act::Brakes
            | Act::StopsMotors
            | Act::Switches { .. }
            | Act::Steers { .. }
            | Act::Speaks { .. }
            | Act::Walks { .. }
            | Act::WalksPath { .. }
            | Act::Faces { .. }
            | Act::LooksAt { .. }
            | Act::Requests { .. }
            | Act::LosesLink { .. }
            | Act::ServerTurns(_)
            | Act::Registers
            | Act::SharesPosition { .. }
            | Act::AsksLogs
            | Act::AsksFiles { .. }
            | Act::ReadsFile { .. }
            | Act::ReadsLog { .. }
            | Act::AsksParameters
            | Act::ListsConsent
            | Act::ErasesLogs
            | Act::SetsUpSigning
            | Act::Unlocks { .. }
            | Act::Reboots { .. }
            | Act::Updates { .. }
            | Act::CutsPower { .. }
            | Act::CardTurns(_)
            | Act::MotorFails { .. }
            | Act::RotorWeakens { .. }
            | Act::JamsGnss { .. }
            | Act::SpoofsGnss { .. }
            | Act::ReceiverTurns(_)
            | Act::SensorFails { .. }
            | Act::FindersTurn { .. }
            | Act::Awaits { .. } => {}
        }
    }

    fn takes_still(&mut self, now: Tick, end: Option<Tick>) {
        self.pictures += 1;
        let still = self.pictures;
        self.add(Class::Imagery, still, Recipient::Card, now, end);
        self.add(Class::Face, still, Recipient::Card, now, end);
        for (switch, class) in
            [(Setting::CamGeotag, Class::Position), (Setting::CamSerial, Class::Device)]
        {
            if self.mandate.is_on(switch, now) {
                self.add(class, still, Recipient::Card, now, end);
            }
        }
    }

    fn starts_film(&mut self, now: Tick) {
        self.pictures += 1;
        let (film, first) = (self.pictures, self.mandate.grants.len());
        self.add(Class::Imagery, film, Recipient::Card, now, None);
        self.add(Class::Face, film, Recipient::Card, now, None);
        if !self.recording.is_empty() {
            self.add(Class::Audio, film, Recipient::Card, now, None);
        }
        self.film = first..self.mandate.grants.len();
    }

    fn stops_film(&mut self, now: Tick) {
        for grant in &mut self.mandate.grants[mem::take(&mut self.film)] {
            grant.valid_until = Some(after(now, FILM_ENDS_WITHIN_S));
        }
    }

    fn sets(&mut self, name: Setting, value: i32, now: Tick) {
        if (0..=1).contains(&value) {
            self.mandate.controls.push(Control { tick: now, name, value });
        }
    }

    /// What lives in memory only is gone: captures and the view.
    fn goes_dark(&mut self, now: Tick) {
        (self.film, self.recording) = (0..0, 0..0);
        for grant in &mut self.mandate.grants {
            let is_capture = match grant.recipient {
                Recipient::Card | Recipient::Viewer => true,
                Recipient::Pilot | Recipient::Maker => false,
            };
            if is_capture && grant.holds_at(now) {
                grant.withdrawn_at = Some(now);
            }
        }
    }

    /// Everything that was agreed, commanded and set is forgotten.
    fn resets(&mut self, now: Tick) {
        (self.film, self.recording) = (0..0, 0..0);
        for grant in self.mandate.grants.iter_mut().filter(|grant| grant.holds_at(now)) {
            grant.withdrawn_at = Some(now);
        }
        for name in Setting::ALL {
            self.sets(name, name.factory(), now);
        }
    }

    fn add(
        &mut self,
        category: Class,
        object: u32,
        recipient: Recipient,
        given_at: Tick,
        valid_until: Option<Tick>,
    ) {
        let (purpose, method) = match recipient {
            Recipient::Card => ("capture", "the pilot's command to capture"),
            Recipient::Viewer => ("show", "the pilot's command to show"),
            Recipient::Pilot | Recipient::Maker => ("delivery", "the pilot's ground station"),
        };
        let grants = &mut self.mandate.grants;
        grants.push(Grant {
            record_id: grants.len() as u32 + 1,
            subject: "pilot".to_owned(),
            purpose: purpose.to_owned(),
            category,
            object,
            recipient,
            given_at,
            valid_until,
            withdrawn_at: None,
            method: method.to_owned(),
        });
    }

    fn withdraw(&mut self, category: Class, object: u32, recipient: Recipient, now: Tick) {
        for grant in &mut self.mandate.grants {
            let same = grant.category == category
                && grant.object == object
                && grant.recipient == recipient;
            if same && grant.holds_at(now) {
                grant.withdrawn_at = Some(now);
            }
        }
    }
}

fn after(now: Tick, seconds: f64) -> Tick {
    Tick(now.0 + Tick::at_s(seconds).0)
}
