//! Plans of a live vehicle: transfers in answer to what the ground said, items to the byte as they came, progress in
//! step with the plan.
//!
//! The auditor takes in every upload by itself, so that it knows what plan there is, and what may be asked for and
//! acknowledged.
//!
//! **Never:** lets an item come back otherwise than it came; allows a transfer that nobody asked for.

mod kept;
mod progress;

use super::personality::is_home_first;
use crate::case::{Asked, Case, Line, Sender};
use crate::decode::Faults;
use evidence::{Link, TICKS_PER_S, Tick, Ways};
#[cfg(test)]
pub use kept::HOME;
use kept::{Plan, Upload, item};
use progress::Walk;

/// Said by the vehicle.
pub const CURRENT: u32 = 42;
/// Said by both.
pub const COUNT: u32 = 44;
/// Said by the vehicle.
pub const REACHED: u32 = 46;
/// Said by both.
pub const ACK: u32 = 47;
/// Said by both.
pub const REQUEST_INT: u32 = 51;
/// Said by both.
pub const ITEM_INT: u32 = 73;

const WRITE_PARTIAL: u32 = 38;
const ITEM: u32 = 39;
const REQUEST: u32 = 40;
const REQUEST_LIST: u32 = 43;
const CLEAR_ALL: u32 = 45;

const EVERY_KIND: u8 = 255;
/// Whoever asks is answered within so long, however much else is asked.
const ANSWER_TICKS_MAX: u64 = 52;
/// An item that has not come is asked for again after a quarter of a second, and each time twice as late.
const AGAIN_TICKS: u64 = TICKS_PER_S / 4;
const TRIES: u32 = 5;

/// A station: its port, system and component.
type Station = (Link, (u8, u8));

/// A word of the ground's that waits for its answer.
#[derive(Clone, Copy)]
struct Question {
    tick: Tick,
    by: Station,
    is_pilots: bool,
    id: u32,
    kind: u8,
    number: u16,
}

/// What is known of plans so far.
pub struct Plans {
    is_live: bool,
    ways: Ways,
    boot: Tick,
    heard: usize,
    open: Vec<Question>,
    plans: [Plan; 3],
    upload: Option<Upload>,
    /// How far the mission was told to have come, on each port.
    walks: [Walk; 2],
}

impl Plans {
    /// Before the first word.
    pub fn of(case: &Case<'_>) -> Self {
        Self {
            is_live: case.evidence.heard.is_some(),
            ways: case.evidence.provenance.ways(),
            boot: Tick(0),
            heard: 0,
            open: Vec::new(),
            plans: Default::default(),
            upload: None,
            walks: Default::default(),
        }
    }

    /// Checks one message of plans; others are not looked at.
    pub fn said(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        (id, payload): (u32, &[u8]),
        faults: &mut Faults<'_>,
    ) {
        if !matches!(id, CURRENT | COUNT | REACHED | ACK | REQUEST_INT | ITEM_INT) {
            return;
        }
        if !self.is_live {
            return faults.unlisted(None, "a message of plans in a story");
        }
        self.hear(case, tick);
        let (link, is_home_first) = (case.link, is_home_first(case.personality));
        let walk = &mut self.walks[usize::from(link == Link::Telemetry2)];
        let mut wire = [0; 38];
        wire[..payload.len()].copy_from_slice(payload);
        let number = u16::from_le_bytes([wire[0], wire[1]]);
        let (is_due, rule) = match id {
            CURRENT => {
                let is_so = walk.is_current(case, tick, &wire, &self.plans);
                (is_so, "MISSION_CURRENT is not in step with the plan")
            }
            REACHED => {
                let is_so = walk.reaches(case, number, &self.plans[0]);
                (is_so, "MISSION_ITEM_REACHED is not in step with the plan")
            }
            COUNT => {
                let plan = self.plans.get(usize::from(wire[4]));
                let id = u32::from_le_bytes([wire[5], wire[6], wire[7], wire[8]]);
                let is_so = plan.is_some_and(|plan| plan.may_count(number, id, is_home_first));
                let by = (link, (wire[2], wire[3]));
                let is_asked =
                    self.answers(|q| (q.id, q.by, q.kind) == (REQUEST_LIST, by, wire[4]));
                (is_so && is_asked, "MISSION_COUNT without a question, or of another plan")
            }
            ITEM_INT => {
                (self.gives_back(link, &wire), "MISSION_ITEM_INT is not the item that came")
            }
            REQUEST_INT => {
                (self.requests(tick, link, &wire), "MISSION_REQUEST_INT without an upload")
            }
            _ => (self.acknowledges(tick, link, &wire), "MISSION_ACK without a transfer"),
        };
        if !is_due {
            faults.unlisted(None, rule);
        }
    }

    /// Takes in what the ground has said up to a tick.
    fn hear(&mut self, case: &Line<'_, '_>, tick: Tick) {
        let boot = case.power.boot(tick);
        if self.boot != boot {
            let is_live = self.is_live;
            let heard = self.heard;
            *self = Self { is_live, heard, boot, ..Self::of(case) };
        }
        while let Some(asked) = case.whole.asked.get(self.heard).filter(|a| a.tick <= tick) {
            self.heard += 1;
            // Once there is a key, what is not signed with it asks for nothing, and ends nothing.
            if asked.tick >= boot && !asked.lacks_signature {
                self.take(asked);
            }
        }
        self.open.retain(|question| tick.0 <= question.tick.0 + ANSWER_TICKS_MAX);
        let walk = &mut self.walks[usize::from(case.link == Link::Telemetry2)];
        walk.hear(case, tick);
    }

    fn take(&mut self, asked: &Asked<'_>) {
        let wire = asked.padded::<38>();
        let (target, kind) = match asked.id {
            COUNT | REQUEST | REQUEST_INT => (2, 4),
            REQUEST_LIST | CLEAR_ALL => (0, 2),
            ACK => (0, 3),
            ITEM | ITEM_INT => (32, 37),
            WRITE_PARTIAL => (4, 6),
            _ => return,
        };
        if !matches!(wire[target..target + 2], [0 | 1, 0 | 1]) {
            return;
        }
        let by = (asked.link, (asked.system, asked.component));
        let is_pilots = asked.by == Sender::Pilot;
        let number = u16::from_le_bytes([wire[0], wire[1]]);
        let (id, kind) = (asked.id, wire[kind]);
        let question = Question { tick: asked.tick, by, is_pilots, id, kind, number };
        match id {
            ACK => {
                let is_of = |upload: &Upload| (upload.by, upload.kind) == (by, kind);
                self.upload = self.upload.take().filter(|upload| !is_of(upload));
                return;
            }
            COUNT if is_pilots && self.upload.as_ref().is_none_or(|upload| upload.by == by) => {
                let count = usize::from(number);
                self.upload = Upload::begins(by, kind, count, asked.tick);
            }
            ITEM | ITEM_INT if is_pilots => {
                let item = item(&wire, id == ITEM);
                let item = if self.is_home(asked.link, &item) { kept::HOME } else { item };
                let taken = self.upload.as_mut().filter(|u| (u.by, u.kind) == (by, kind));
                if !taken.is_some_and(|upload| upload.takes(item, asked.tick)) {
                    return;
                }
            }
            ITEM | ITEM_INT => return,
            _ => {}
        }
        self.open.push(question);
    }

    /// Takes the first question that is answered by what is said.
    fn answers(&mut self, is_it: impl Fn(&Question) -> bool) -> bool {
        let place = self.open.iter().position(is_it);
        place.map(|place| self.open.remove(place)).is_some()
    }

    fn gives_back(&mut self, link: Link, wire: &[u8; 38]) -> bool {
        let number = u16::from_le_bytes([wire[28], wire[29]]);
        let (by, kind) = ((link, (wire[32], wire[33])), wire[37]);
        let plan = self.plans.get(usize::from(kind));
        let mut item = *wire;
        item[32..34].fill(0);
        let is_home_first = is_home_first(self.ways.on(link));
        let is_so = if self.is_home(link, &item) {
            plan.is_some_and(|plan| !plan.items.is_empty()) && kept::tells_home(&item)
        } else {
            plan.and_then(|plan| plan.item(number, is_home_first)) == Some(item)
        };
        let is_asked = self.answers(|q| {
            matches!(q.id, REQUEST | REQUEST_INT) && (q.by, q.kind, q.number) == (by, kind, number)
        });
        is_so && is_asked
    }

    /// Whether an item is the vehicle's own home, in whatever form.
    fn is_home(&self, link: Link, item: &kept::Item) -> bool {
        is_home_first(self.ways.on(link)) && (item[28], item[29], item[37]) == (0, 0, 0)
    }

    /// Whether the item that is next in an upload is asked for: at once, or again in its time.
    fn requests(&mut self, tick: Tick, link: Link, wire: &[u8; 38]) -> bool {
        let number = u16::from_le_bytes([wire[0], wire[1]]);
        let Some(upload) = &mut self.upload else { return false };
        let is_of = (upload.by, upload.kind) == ((link, (wire[2], wire[3])), wire[4]);
        let is_next = usize::from(number) == upload.items.len() && !upload.is_whole();
        let is_in_time = match upload.requested {
            None => tick.0 <= upload.heard.0 + ANSWER_TICKS_MAX,
            Some((at, tries)) => tries < TRIES && tick.0 == at.0 + (AGAIN_TICKS << tries),
        };
        let tries = upload.requested.map_or(0, |(_, tries)| tries + 1);
        upload.requested = Some((tick, tries));
        // The count or the item before has its answer.
        let by = upload.by;
        self.answers(|q| matches!(q.id, COUNT | ITEM | ITEM_INT) && q.by == by);
        is_of && is_next && is_in_time
    }

    fn acknowledges(&mut self, tick: Tick, link: Link, wire: &[u8; 38]) -> bool {
        let (by, outcome, kind) = ((link, (wire[0], wire[1])), wire[2], wire[3]);
        let id = u32::from_le_bytes([wire[4], wire[5], wire[6], wire[7]]);
        // Accepted: what was uploaded or cleared is the plan from now on.
        if outcome == 0 {
            return self.commits(by, kind, id);
        }
        if id != 0 {
            return false;
        }
        // No item has come for too long.
        let is_of = |upload: &Upload| (upload.by, upload.kind) == (by, kind);
        if let Some(upload) = self.upload.as_ref().filter(|upload| is_of(upload))
            && let (1, Some((at, TRIES))) = (outcome, upload.requested)
        {
            let is_late = tick.0 == at.0 + (AGAIN_TICKS << TRIES);
            self.upload = None;
            return is_late;
        }
        let is_answered = self.answers(|q| {
            let is_kind = q.kind == kind && kind < 3;
            q.by == by
                && match (q.id, outcome) {
                    (WRITE_PARTIAL, 3) => kind == EVERY_KIND,
                    (
                        COUNT | CLEAR_ALL | REQUEST_LIST | REQUEST | REQUEST_INT | ITEM | ITEM_INT,
                        3,
                    ) if q.kind > 2 => kind == EVERY_KIND,
                    (COUNT, 4 | 14) => is_kind,
                    (CLEAR_ALL, 14) => q.kind == kind,
                    (ITEM | ITEM_INT, 2..=8 | 10 | 12) => is_kind,
                    (REQUEST | REQUEST_INT, 1 | 13) => is_kind,
                    _ => false,
                }
        });
        let is_denied = outcome == 14 || outcome == 13 || outcome == 1;
        if is_answered && !is_denied {
            self.upload = self.upload.take().filter(|upload| upload.by != by);
        }
        is_answered
    }

    fn commits(&mut self, by: Station, kind: u8, id: u32) -> bool {
        let is_clear = |q: &Question| {
            let is_count = q.id == COUNT && q.number == 0;
            q.is_pilots && q.by == by && q.kind == kind && (q.id == CLEAR_ALL || is_count)
        };
        if id == 0 && self.answers(is_clear) {
            let of = |place: usize| kind == EVERY_KIND || usize::from(kind) == place;
            for (place, plan) in self.plans.iter_mut().enumerate().filter(|(at, _)| of(*at)) {
                plan.replace(Vec::new(), false);
                if place == 0 {
                    self.walks.iter_mut().for_each(Walk::begin_anew);
                }
            }
            self.upload = self.upload.take().filter(|upload| upload.by != by);
            return true;
        }
        let is_of = |upload: &Upload| (upload.by, upload.kind) == (by, kind) && upload.is_whole();
        let Some(upload) = self.upload.take_if(|upload| is_of(upload)) else { return false };
        self.answers(|q| matches!(q.id, ITEM | ITEM_INT) && q.by == by);
        let Some(plan) = self.plans.get_mut(usize::from(kind)) else { return false };
        plan.replace(upload.items, kind == 0 && is_home_first(self.ways.on(by.0)));
        if kind == 0 {
            self.walks.iter_mut().for_each(Walk::begin_anew);
        }
        plan.id == id
    }
}

#[cfg(test)]
mod tests;
