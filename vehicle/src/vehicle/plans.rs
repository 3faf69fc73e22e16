//! Plans from the ground: taken, flown, and told how far they have come.
//!
//! A plan names places on Earth, so it is handed to the flight as soon as the vehicle knows where it is itself.
//!
//! **Never:** lets anybody but the pilot change a plan; tells of a mission that nobody asked for with minimal streams.

use super::Vehicle;
use super::hear::Sender;
use crate::flight::{Event, Events, Mode};
use crate::gate::Parcel;
use crate::outbox::Outbox;
use crate::radio::missions::route::Route;
use crate::radio::missions::transfer::{Answer, Transfer};
use crate::radio::missions::{Item, Kind, Progress, Said, current, fence, reached, route};
use crate::radio::port::Port;
use crate::senses::{MissionItem, Streams, TICKS_PER_S, Tick};
use alloc::vec::Vec;

/// No mission is there at all.
const NO_MISSION: u16 = u16::MAX;

/// What the stem knows of plans.
pub(super) struct Plans {
    transfer: Transfer,
    /// The mission from the ground, as it is flown.
    route: Option<Route>,
    /// A plan has come that the flight has not been handed yet.
    is_new: [bool; 3],
    progress: Progress,
    /// So many legs have been told as reached.
    passed: usize,
    /// The last leg is the way down.
    is_ending: bool,
}

impl Plans {
    /// None at all.
    pub(super) fn none() -> Self {
        Self {
            transfer: Transfer::none(),
            route: None,
            is_new: [false; 3],
            progress: Progress::NotStarted,
            passed: 0,
            is_ending: false,
        }
    }
}

impl Vehicle {
    /// Hears what a ground station says of plans.
    pub(super) fn plan(&mut self, said: Said, sender: Sender, now: Tick, outbox: &mut Outbox) {
        let is_pilot = self.doubt(sender).is_none();
        if let Said::SetCurrent(seq) = said {
            if is_pilot {
                self.go_on_with(seq, sender.port);
            }
            return;
        }
        let first = self.first_item(sender.port);
        match self.plans.transfer.hear(said, sender.station(), is_pilot, first, now) {
            Answer::Nothing => {}
            Answer::Say(parcel) => {
                self.send(parcel, now, outbox);
            }
            Answer::Changed(kind, parcel) => {
                let is_of = |each| kind.is_none_or(|kind| kind == each);
                self.plans.is_new[0] |= is_of(Kind::Mission);
                self.plans.is_new[1] |= is_of(Kind::Fence);
                self.plans.is_new[2] |= is_of(Kind::Rally);
                self.hand_over_plans();
                self.send(parcel, now, outbox);
            }
        }
    }

    /// What stands before a mission's first item on a port, where something does: home, or nowhere as long as that is not known.
    fn first_item(&self, port: Port) -> Option<Item> {
        let home = self.flight.state().home.map_or((0, 0, 0.0), |(lat_deg, lon_deg, alt_m)| {
            let e7 = |deg: f64| libm::round(deg * 1e7) as i32;
            (e7(lat_deg), e7(lon_deg), alt_m as f32)
        });
        (self.line(port).personality().flown_from() > 0).then(|| Item::home(home))
    }

    /// Goes on with the item of the mission that has this number on a port, wherever it is; the answer is whether
    /// there is one.
    pub(super) fn go_on_with(&mut self, seq: u16, port: Port) -> bool {
        let leg = match &self.plans.route {
            Some(route) => {
                let first = self.line(port).personality().flown_from();
                let plan = self.plans.transfer.plan(Kind::Mission);
                let is_it = |each: &u16| plan.renumbered(*each, first) == seq.max(first);
                route.seqs.iter().position(is_it)
            }
            None => Some(usize::from(seq)).filter(|leg| *leg < self.provision.mission.len()),
        };
        if let Some(leg) = leg {
            self.flight.go_on_with(leg);
            self.plans.passed = leg;
            self.plans.is_ending = false;
        }
        leg.is_some()
    }

    /// Hands over again what came from the ground: it names places on Earth, and the vehicle counts from elsewhere.
    pub(super) fn plan_anew(&mut self) {
        let has_fence = !self.plans.transfer.plan(Kind::Fence).items.is_empty();
        self.plans.is_new[0] |= self.plans.route.is_some();
        self.plans.is_new[1] |= has_fence;
        self.plans.is_new[2] |= !self.plans.transfer.plan(Kind::Rally).items.is_empty();
    }

    /// Hands over again a mission that has not begun, for its heights count from home; one that has begun keeps its own.
    pub(super) fn plan_from_home(&mut self) {
        self.plans.is_new[0] |=
            self.plans.route.is_some() && self.plans.progress == Progress::NotStarted;
    }

    /// Forgets all that came from the ground; what was told before power-on counts again.
    pub(super) fn forget_plans(&mut self) {
        let plans = core::mem::replace(&mut self.plans, Plans::none());
        if plans.route.is_some() {
            self.flight.load_mission(&self.provision.mission);
        }
        if !plans.transfer.plan(Kind::Fence).items.is_empty() {
            self.flight.load_fence(self.provision.geofence.clone());
        }
        self.flight.load_rally(Vec::new());
    }

    /// What a leg of the mission is.
    pub(super) fn leg(&self, leg: usize) -> Option<&MissionItem> {
        self.legs().get(leg)
    }

    /// What is due of plans: items that have not come, and how far the mission has come.
    pub(super) fn tell_plans(&mut self, now: Tick, outbox: &mut Outbox) {
        self.hand_over_plans();
        if let Some(parcel) = self.plans.transfer.due(now) {
            self.send(parcel, now, outbox);
        }
        if !self.tells_missions() {
            return;
        }
        for port in self.ports() {
            let shown = self.mission_current(port);
            let before = self.line_mut(port).mission.replace(shown);
            if now.0.is_multiple_of(TICKS_PER_S) || before != Some(shown) {
                // Silent where telemetry is switched off.
                let _ = self.offer(self.tell_mission_current(port).by(port), now, outbox);
            }
        }
    }

    /// How far the mission has come, which is how far it has flown.
    pub(super) fn tell_mission_current(&self, port: Port) -> Parcel {
        let (seq, total, progress, ids) = self.mission_current(port);
        Parcel::telemetry(current(seq, total, progress, ids))
    }

    /// Tells what the mission has come to in this tick.
    pub(super) fn follow_plan(&mut self, events: &Events, now: Tick, outbox: &mut Outbox) {
        for event in events.as_slice() {
            match event {
                Event::MissionStarted => {
                    if self.plans.progress != Progress::Paused || self.plans.route.is_none() {
                        self.plans.passed = 0;
                    }
                    self.plans.progress = Progress::Active;
                    self.plans.is_ending = false;
                }
                Event::WaypointReached(leg) => self.pass(usize::from(*leg) + 1, now, outbox),
                Event::MissionComplete => {
                    let last = self.legs().last();
                    let ends = matches!(last, Some(MissionItem::Land | MissionItem::Return));
                    let count = self.legs().len();
                    self.pass(count - usize::from(ends), now, outbox);
                    self.plans.is_ending = ends;
                    if !ends {
                        self.plans.progress = Progress::Complete;
                    }
                }
                Event::Landed if self.plans.is_ending => {
                    self.pass(self.legs().len(), now, outbox);
                    self.plans.is_ending = false;
                    self.plans.progress = Progress::Complete;
                }
                _ => {}
            }
        }
        let mode = self.flight.state().mode;
        if mode == Mode::Mission {
            self.pass(self.flight.leg(), now, outbox);
        } else if self.plans.progress == Progress::Active {
            let goes_down = matches!(mode, Mode::Land | Mode::Return);
            if !(self.plans.is_ending && goes_down) {
                // Called away from its last way down it has flown the mission, and would begin anew.
                let is_flown = core::mem::take(&mut self.plans.is_ending);
                self.plans.progress = if is_flown { Progress::Complete } else { Progress::Paused };
            }
        }
    }

    /// Tells the items up to a leg as reached that have not been told yet.
    fn pass(&mut self, until: usize, now: Tick, outbox: &mut Outbox) {
        let from = self.plans.passed;
        self.plans.passed = from.max(until);
        if !self.tells_missions() || until <= from {
            return;
        }
        for leg in from..until {
            // A landing at a place is two legs and one item, which is reached with the second.
            let goes_on = leg + 1 < self.legs().len() && self.seq(leg + 1) == self.seq(leg);
            if !goes_on {
                for port in self.ports() {
                    let message = reached(self.seq_on(port, leg));
                    let _ = self.offer(Parcel::telemetry(message).by(port), now, outbox);
                }
            }
        }
    }

    fn tells_missions(&self) -> bool {
        match self.provision.streams {
            Streams::Minimal => self.plans.route.is_some(),
            Streams::Normal => true,
        }
    }

    fn mission_current(&self, port: Port) -> (u16, u16, Progress, [u32; 3]) {
        let legs = self.legs().len();
        let (seq, ids) = (self.seq_on(port, self.flight.leg()), self.plans.transfer.ids());
        if legs == 0 {
            return (0, NO_MISSION, Progress::NoMission, ids);
        }
        let total = match &self.plans.route {
            Some(_) => {
                let first = self.line(port).personality().flown_from();
                self.plans.transfer.plan(Kind::Mission).count(first)
            }
            None => legs as u16,
        };
        (seq, total, self.plans.progress, ids)
    }

    fn legs(&self) -> &[MissionItem] {
        self.plans.route.as_ref().map_or(&self.provision.mission, |route| &route.items)
    }

    /// The number of a leg as a port has it.
    fn seq_on(&self, port: Port, leg: usize) -> u16 {
        match &self.plans.route {
            Some(_) => {
                let first = self.line(port).personality().flown_from();
                self.plans.transfer.plan(Kind::Mission).renumbered(self.seq(leg), first)
            }
            None => self.seq(leg),
        }
    }

    /// The number of a leg in the plan; past the end that of the last.
    fn seq(&self, leg: usize) -> u16 {
        let leg = leg.min(self.legs().len().saturating_sub(1));
        match &self.plans.route {
            Some(route) => route.seqs.get(leg).copied().unwrap_or(0),
            None => leg as u16,
        }
    }

    /// Hands new plans to the flight as soon as it knows where it is.
    fn hand_over_plans(&mut self) {
        let [mission, fenced, rallied] = self.plans.is_new;
        if !(mission || fenced || rallied) || !self.flight.has_place() {
            return;
        }
        self.plans.is_new = [false; 3];
        let state = self.flight.state();
        let home_m = state.home_alt_m - state.home_ned_m.z;
        if mission {
            let (plan, flight) = (self.plans.transfer.plan(Kind::Mission), &self.flight);
            let ned_m = |lat, lon, alt| flight.ned_m(lat, lon, alt);
            let route = route::route(&plan.items, plan.first, home_m, ned_m);
            self.flight.load_mission(&route.items);
            self.plans.route = Some(route);
            self.plans.progress = Progress::NotStarted;
            self.plans.passed = 0;
            self.plans.is_ending = false;
        }
        if fenced {
            let items = &self.plans.transfer.plan(Kind::Fence).items;
            let flight = &self.flight;
            let ne_m = |lat, lon| flight.ned_m(lat, lon, home_m).truncate();
            let fence = fence::geofence(items, &self.provision.geofence, ne_m);
            self.flight.load_fence(fence);
        }
        if rallied {
            let items = self.plans.transfer.plan(Kind::Rally).items.iter();
            let places = items.filter_map(Item::lat_lon_deg);
            let points = places.map(|(lat, lon)| self.flight.ned_m(lat, lon, home_m).truncate());
            let points = points.collect();
            self.flight.load_rally(points);
        }
    }
}
