//! How far the mission has come, as the vehicle tells it.
//!
//! **Never:** asks whether it is true: what counts is whether it has room for anything else.

use super::kept::Plan;
use crate::case::Line;
use crate::decode::radio::personality::is_home_first;
use evidence::scenario::Act;
use evidence::{TICKS_PER_S, Tick};

const JUMP: u16 = 177;
const NO_MISSION: u8 = 1;
const ACTIVE: u8 = 3;
const SET_CURRENT: u32 = 41;
const COMMANDS: [u32; 2] = [75, 76];
const SET_MISSION_CURRENT: u16 = 224;
const REQUEST_MESSAGE: u16 = 512;

/// The items that were told as reached.
#[derive(Default)]
pub struct Walk {
    last: Option<u16>,
    shown: Option<[u8; 18]>,
    /// When somebody has asked for it.
    requests: Vec<Tick>,
    told: Option<usize>,
    asked: usize,
    heard: usize,
}

impl Walk {
    /// There is another mission.
    pub fn begin_anew(&mut self) {
        self.last = None;
    }

    /// Takes in what starts a mission or leads it elsewhere.
    pub fn hear(&mut self, case: &Line<'_, '_>, tick: Tick) {
        while let Some(asked) = case.whole.asked.get(self.asked).filter(|a| a.tick <= tick) {
            self.asked += 1;
            let wire = asked.padded::<35>();
            let number = u16::from_le_bytes([wire[28], wire[29]]);
            let is_command = COMMANDS.contains(&asked.id) && number == SET_MISSION_CURRENT;
            let which = f32::from_le_bytes([wire[0], wire[1], wire[2], wire[3]]);
            let requests = COMMANDS.contains(&asked.id) && number == REQUEST_MESSAGE;
            if asked.link == case.link && requests && which == 42.0 {
                self.requests.push(asked.tick);
            }
            if asked.id == SET_CURRENT || is_command {
                self.last = None;
            }
        }
        self.requests.retain(|at| tick.0 <= at.0 + super::ANSWER_TICKS_MAX);
        while let Some(heard) = case.whole.heard.get(self.heard).filter(|h| h.tick <= tick) {
            self.heard += 1;
            if *heard.act == Act::StartsMission {
                self.last = None;
            }
        }
    }

    /// Whether an item may be told as reached: later than the one before, but where a jump may have led back.
    pub fn reaches(&mut self, case: &Line<'_, '_>, number: u16, mission: &Plan) -> bool {
        let command = |item: &[u8; 38]| u16::from_le_bytes([item[30], item[31]]);
        let jumps = mission.items.iter().any(|item| command(item) == JUMP);
        let is_later = self.last.is_none_or(|last| number > last) || jumps;
        let is_home_first = is_home_first(case.personality);
        let count = if mission.was_set { mission.count(is_home_first) } else { told(case) };
        self.last = Some(number);
        is_later && usize::from(number) < count
    }

    /// `number, total (2 each), state, mode, numbers of the three plans (4 each)`: each second, or when it changes.
    pub fn is_current(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        wire: &[u8; 38],
        plans: &[Plan; 3],
    ) -> bool {
        let word = |at: usize| u16::from_le_bytes([wire[at], wire[at + 1]]);
        let id =
            |at: usize| u32::from_le_bytes([wire[at], wire[at + 1], wire[at + 2], wire[at + 3]]);
        let (number, total, state, mode) = (word(0), word(2), wire[4], wire[5]);
        let mission = &plans[0];
        let resets = |act: &Act| *act == Act::ResetsToFactory;
        let may_be_reset = case.whole.heard.by_pilot(tick).any(|heard| resets(heard.act));
        // Until the vehicle knows its place, the mission before is still the one that would be flown.
        let is_home_first = is_home_first(case.personality);
        let mut counts = vec![mission.count(is_home_first), mission.count_before(is_home_first)];
        // Where home is all that there is, there is nothing to fly.
        let is_home_alone = mission.is_home_first && mission.items.len() == 1
            || mission.before.2 && mission.before.0 == 1;
        counts.extend(is_home_alone.then_some(0));
        if !mission.was_set || mission.before == (0, 0, false) || may_be_reset {
            // How many were told before power-on never changes.
            let total = usize::from(total);
            let is_told = total <= told(case) && *self.told.get_or_insert(total) == total;
            counts.extend(is_told.then_some(total));
        }
        let is_none = (number, total, state) == (0, u16::MAX, NO_MISSION) && counts.contains(&0);
        let is_some = counts.contains(&usize::from(total))
            && number < total
            && (NO_MISSION + 1..=5).contains(&state);
        let is_mode = mode == if state == ACTIVE { 1 } else { 2 };
        let is_of = |(at, plan): (usize, &Plan)| id(at) == plan.id || (may_be_reset && id(at) == 0);
        let are_of = [6, 10, 14].into_iter().zip(plans).all(is_of);
        let shown: [u8; 18] = std::array::from_fn(|at| wire[at]);
        let is_due = tick.0.is_multiple_of(TICKS_PER_S)
            || self.shown != Some(shown)
            || self.requests.pop().is_some();
        self.shown = Some(shown);
        (is_none || is_some) && is_mode && are_of && is_due
    }
}

/// Most items that a mission has that was told before power-on: what the ground uploaded may be counted with them.
fn told(case: &Line<'_, '_>) -> usize {
    case.evidence.scenario.mission.len()
}
