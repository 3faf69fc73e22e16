//! PARAM_VALUE: a switch as it stands, told when it is set, or one after the other when all are asked for.
//!
//! A live vehicle has more of them, and rules of their own: [`live`].
//!
//! **Never:** takes a float for a number: the four bytes are an integer, bit by bit.

mod figures;
mod known;
mod live;

use crate::case::{Line, Sender};
use crate::decode::Faults;
use evidence::scenario::{Act, Setting};
use evidence::{Link, Tick};
use live::Live;
use mavlink::dialects::common::{MavParamType, PARAM_ERROR_DATA, PARAM_VALUE_DATA};

#[cfg(test)]
pub use known::{COUNT, documented};
pub use known::{INT32, KNOBS, REAL32};
pub use live::may_be;

/// At most 10 a second.
const LIST_TICKS: u64 = 50;
/// A setting is answered in its tick, or the next.
const ANSWER_TICKS_MAX: u64 = 2;

/// Which answers are due.
pub struct Parameters {
    sets: Vec<(Tick, Setting)>,
    lists: Vec<Tick>,
    next: Option<(usize, Tick)>,
    live: Option<Live>,
}

impl Parameters {
    /// Every question and every setting that reached the vehicle from its pilot.
    pub fn of(case: &Line<'_, '_>) -> Self {
        let truth = &case.evidence.truth;
        // What the ground station sets at the start of a story comes by the radio.
        let controls = truth.mandate.controls.iter().filter(|_| case.link == Link::Radio);
        let set = controls.map(|control| (control.tick, control.name));
        // A value that is refused is answered too, with the one that stays.
        let refused = case.heard.iter().filter_map(|heard| match (heard.by, heard.act) {
            (Sender::Pilot, Act::Sets { name, .. }) => Some((heard.tick, *name)),
            _ => None,
        });
        let live = case.evidence.heard.is_some().then(|| Live::of(case));
        let sets = set.chain(refused).collect();
        let asks = |act: &Act| *act == Act::AsksParameters;
        let lists = case.heard.by_pilot(case.end()).filter(|heard| asks(heard.act));
        Self { sets, lists: lists.map(|heard| heard.tick).collect(), next: None, live }
    }

    /// Checks one answer.
    pub fn said(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &PARAM_VALUE_DATA,
        faults: &mut Faults<'_>,
    ) {
        if let Some(live) = &mut self.live {
            return live.said(case, tick, m, faults);
        }
        let place = usize::from(m.param_index);
        let Some(setting) = Setting::ALL.get(place).copied() else {
            return faults.unlisted(None, "PARAM_VALUE of no listed parameter");
        };
        let mut name = [0; 16];
        name[..setting.name().len()].copy_from_slice(setting.name().as_bytes());
        let is_listed = m.param_id == name.into()
            && usize::from(m.param_count) == Setting::ALL.len()
            && m.param_type == MavParamType::MAV_PARAM_TYPE_INT32;
        faults.must(is_listed, "PARAM_VALUE of another name, number or type");
        let told = m.param_value.to_bits();
        let is_true = told == u32::from(case.is_on(setting, tick))
            || (told == setting.factory() as u32 && case.may_be_lost(setting, tick));
        faults.must(is_true, "PARAM_VALUE is not what the pilot has set");
        if !self.is_answer(tick, setting, place) {
            let asks = |act: &Act| {
                *act == Act::AsksParameters
                    || matches!(act, Act::Sets { name, .. } if *name == setting)
            };
            let about = case.heard.asked_by_others(tick, asks);
            faults.wrong(None, about, "PARAM_VALUE without a question");
        }
    }

    /// Checks one error, which only a live vehicle tells.
    pub fn refused(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &PARAM_ERROR_DATA,
        faults: &mut Faults<'_>,
    ) {
        match &mut self.live {
            Some(live) => live.refused(case, tick, m, faults),
            None => faults.unlisted(None, "PARAM_ERROR in a story"),
        }
    }

    fn is_answer(&mut self, tick: Tick, setting: Setting, place: usize) -> bool {
        let answers = |(at, name): &(Tick, Setting)| {
            *name == setting && *at <= tick && tick.0 <= at.0 + ANSWER_TICKS_MAX
        };
        if let Some(answered) = self.sets.iter().position(answers) {
            // What was set and what was refused stand in both lists.
            let (at, name) = self.sets.swap_remove(answered);
            if let Some(again) = self.sets.iter().position(|set| *set == (at, name)) {
                self.sets.swap_remove(again);
            }
            return true;
        }
        let is_asked = self.lists.iter().any(|at| *at <= tick);
        let is_next = match self.next {
            Some((next, last)) if place == next && place > 0 => tick.0 >= last.0 + LIST_TICKS,
            _ => place == 0 && self.lists.iter().any(|at| *at <= tick),
        };
        if place == 0
            && let Some(asked) = self.lists.iter().position(|at| *at <= tick)
        {
            self.lists.swap_remove(asked);
        }
        self.next = Some((place + 1, tick));
        is_next && (is_asked || place > 0)
    }
}
