//! What must have come before a beat, and what may not be under way: each rule by itself.
//!
//! **Never:** changes what a story says; judges in which order the beats stand.

use super::*;

impl SoFar<'_> {
    pub(super) fn starts_mission(&mut self, path: &str) -> Result<(), Fault> {
        if self.scenario.mission.is_empty() {
            let hint = "add `mission: [Waypoint(label: …, at_m: …)]`";
            return fault(path, "there is no mission to start", hint);
        }
        self.is_on_the_ground = false;
        if self.scenario.mission.iter().any(|item| item.takes_still() || item.triggers()) {
            // Of two runs of one mission, nobody knows which way-points the second one comes to.
            self.counts_pictures(path)?;
            self.mission_takes_stills = true;
        }
        Ok(())
    }

    /// Stills of a mission come when they come; a later command's picture would have a number that nobody knows.
    pub(super) fn counts_pictures(&self, path: &str) -> Result<(), Fault> {
        if !self.mission_takes_stills {
            return Ok(());
        }
        let what = "the mission takes stills already, so this picture's number is in doubt";
        fault(path, what, "take it before the mission, or leave out `takes_still` and the triggers")
    }

    pub(super) fn withdraws(
        &self,
        path: &str,
        grant: (Class, u32, Recipient),
    ) -> Result<(), Fault> {
        if self.granted.contains(&grant) {
            return Ok(());
        }
        let (category, object, from) = grant;
        let what = format!("{category} {object} was never granted to {from:?}");
        fault(path, &what, "withdraw a grant exactly as it was given, and after it")
    }

    pub(super) fn registers(&self, path: &str) -> Result<(), Fault> {
        if self.scenario.account.is_some() {
            return Ok(());
        }
        let hint = "add `account: (email: …, phone: …)`";
        fault(path, "there is no account to register", hint)
    }

    /// The script's own ground stations would be taken for those that it waits for; and a walk that begins where another
    /// one would have ended by then could lead through a wall.
    pub(super) fn awaits(
        &self,
        path: &str,
        now_s: f64,
        client: Client,
        until_s: f64,
    ) -> Result<(), Fault> {
        if until_s <= now_s {
            let what = format!("it waits from {now_s} s until {until_s} s");
            return fault(&format!("{path}.until_s"), &what, "give a moment after the beat's");
        }
        let walks_on = |walk: &Walk| walk.position_at(now_s) != walk.position_at(until_s);
        if self.walks.values().any(walks_on) {
            let what =
                "somebody is still walking, and where they will be when it goes on is in doubt";
            return fault(path, what, "let everybody stand before it waits");
        }
        let is_scripted = matches!(client, Client::System(PILOT | STRANGER));
        if is_scripted && self.scenario.speaks() {
            let hint = "name another, or leave what the pilot says to whoever is live";
            return fault(&format!("{path}.client"), "that is a station of the script", hint);
        }
        Ok(())
    }

    pub(super) fn resets(&mut self, path: &str) -> Result<(), Fault> {
        if !self.is_on_the_ground {
            let what = "the vehicle refuses this in the air, and what was agreed would be in doubt";
            return fault(path, what, "land first");
        }
        (self.is_recording, self.is_filming) = (false, false);
        self.is_signing = false;
        self.granted.clear();
        Ok(())
    }

    /// What lives in memory only ends with the power.
    pub(super) fn goes_dark(&mut self, until: Tick) {
        (self.is_recording, self.is_filming) = (false, false);
        self.is_on_the_ground = true;
        self.off_until = until;
    }

    pub(super) fn takes_still(&mut self, path: &str, now_s: f64) -> Result<(), Fault> {
        self.counts_pictures(path)?;
        if self.last_still_s.is_some_and(|last_s| now_s - last_s < STILLS_APART_S) {
            let hint = format!("leave {STILLS_APART_S} s between them");
            return fault(path, "two stills are taken at nearly the same time", &hint);
        }
        self.last_still_s = Some(now_s);
        Ok(())
    }

    /// Two hands on the sticks at once would be two pilots.
    pub(super) fn steers(&mut self, path: &str, now_s: f64, for_s: f64) -> Result<(), Fault> {
        let now = Tick::at_s(now_s);
        if now < self.steers_until {
            let what = format!("the sticks are held until {} s", self.steers_until.seconds());
            return fault(path, &what, "move this beat behind that");
        }
        self.steers_until = Tick(now.0 + Tick::at_s(for_s).0);
        Ok(())
    }

    /// `paths` says where each corner stands in the text.
    pub(super) fn walks(
        &mut self,
        paths: &[String],
        now_s: f64,
        who: &str,
        through_m: &[Spot],
        speed_mps: f64,
    ) -> Result<(), Fault> {
        let Some(walk) = self.walks.get_mut(who) else { return Ok(()) };
        *walk = Walk::along(walk.position_at(now_s), through_m, speed_mps, now_s);
        let says = format!("{who} would walk");
        paths.iter().zip(walk.legs_m()).try_for_each(|(path, (from_m, to_m))| {
            ground::check_path(self.scenario, path, &says, from_m, to_m)
        })
    }

    pub(super) fn looks(&self, path: &str, who: &str, what: &Gaze) -> Result<(), Fault> {
        match what {
            Gaze::Drone | Gaze::Place(..) => Ok(()),
            Gaze::Person(other) if other == who => {
                let what = format!("{who} cannot look at themself");
                fault(path, &what, "name somebody else, `Drone` or `Place(east, north)`")
            }
            Gaze::Person(other) => self.somebody(path, other),
        }
    }

    pub(super) fn somebody(&self, path: &str, who: &str) -> Result<(), Fault> {
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
    pub(super) fn needs_link(&self, path: &str, now_s: f64) -> Result<(), Fault> {
        // In ticks, as the flight counts them: rounding must leave no gap.
        let end = self.link_dead_until;
        if Tick::at_s(now_s) >= end {
            return Ok(());
        }
        let end_s = end.0 as f64 / TICKS_PER_S as f64;
        let what = format!("the pilot's link is dead until {end_s} s");
        fault(path, &what, "move this beat to a time when the link is up")
    }

    pub(super) fn needs_power(&self, path: &str, now_s: f64) -> Result<(), Fault> {
        if Tick::at_s(now_s) >= self.off_until {
            return Ok(());
        }
        let end_s = self.off_until.0 as f64 / TICKS_PER_S as f64;
        let what = format!("the vehicle is off until {end_s} s");
        fault(path, &what, "move this beat to a time when it is on")
    }

    /// What the ground station sets at the start must arrive.
    pub(super) fn needs_set_up(&self, path: &str, now_s: f64) -> Result<(), Fault> {
        let is_bare = self.scenario.settings.is_empty() && self.scenario.operator.is_none();
        if is_bare || now_s > SET_UP_S {
            return Ok(());
        }
        let what = format!("the ground station sets the vehicle up until {SET_UP_S} s");
        fault(path, &what, "move this beat behind that")
    }
}
