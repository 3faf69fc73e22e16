//! Parameters of a live vehicle: each value in answer to a question or in its turn of a list, and as it was set.
//!
//! **Never:** lets a value be told that nobody asked for; takes the vehicle's word for what it was set to.

use super::figures::FIGURES;
use super::known::{self, COUNT, Figure, INT32, KNOBS, Known};
use crate::case::{Asked, Case, Line, Sender};
use crate::decode::Faults;
use crate::decode::radio::personality;
use evidence::scenario::{Act, FenceAction};
use evidence::{Personality, Tick};
use mavlink::dialects::common::{PARAM_ERROR_DATA, PARAM_VALUE_DATA};
use mavlink::types::CharArray;

const PARAM_REQUEST_READ: u32 = 20;
const PARAM_REQUEST_LIST: u32 = 21;
const PARAM_SET: u32 = 23;
/// Whoever asks is answered within so long, however much else is asked.
const ANSWER_TICKS_MAX: u64 = 52;

/// A question that waits for its answer.
#[derive(Clone, Copy)]
struct Question {
    tick: Tick,
    to: (u8, u8),
    /// As it was asked: the number, or -1 and the name.
    number: i16,
    name: [u8; 16],
    /// Which parameter a value is due of.
    value: Option<usize>,
    /// Which error is due.
    error: Option<u8>,
}

/// What was asked and set so far.
pub struct Live {
    personality: Personality,
    heard: usize,
    open: Vec<Question>,
    asked_list: Option<Tick>,
    next: usize,
    left: usize,
    told: Option<Tick>,
    knobs: [u32; KNOBS.len()],
    lately: Vec<(Tick, usize, u32)>,
    fitted: [Option<u32>; FIGURES.len()],
}

impl Live {
    /// Before the first question.
    pub fn of(case: &Line<'_, '_>) -> Self {
        let action = action(case);
        Self {
            personality: case.personality,
            heard: 0,
            open: Vec::new(),
            asked_list: None,
            next: 0,
            left: 0,
            told: None,
            knobs: std::array::from_fn(|place| known::delivered(place, action)),
            lately: Vec::new(),
            fitted: [None; FIGURES.len()],
        }
    }

    /// Checks one value.
    pub fn said(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &PARAM_VALUE_DATA,
        faults: &mut Faults<'_>,
    ) {
        self.hear(case, tick);
        let number = usize::from(m.param_index);
        let Some(parameter) = known::numbered(number) else {
            return faults.unlisted(None, "PARAM_VALUE of no listed parameter");
        };
        let mut name = [0; 16];
        name[..parameter.name().len()].copy_from_slice(parameter.name().as_bytes());
        let is_listed = m.param_id == CharArray::from(name)
            && usize::from(m.param_count) == COUNT
            && m.param_type as u8 == parameter.kind();
        faults.must(is_listed, "PARAM_VALUE of another name, number or type");
        let is_whole = parameter.kind() == INT32;
        let told = personality::told(self.personality, is_whole, m.param_value);
        let is_true = told.is_some_and(|told| self.is_true(case, tick, parameter, told));
        faults.must(is_true, "PARAM_VALUE is not what the pilot has set");
        let is_due = self.is_next(tick, number) || self.answers(number);
        faults.must(is_due, "PARAM_VALUE without a question");
    }

    /// Checks one error.
    pub fn refused(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &PARAM_ERROR_DATA,
        faults: &mut Faults<'_>,
    ) {
        self.hear(case, tick);
        let is_answer = |question: &Question| {
            question.error == Some(m.error as u8)
                && question.to == (m.target_system, m.target_component)
                && question.number == m.param_index
                && m.param_id == CharArray::from(question.name)
        };
        match self.open.iter_mut().find(|question| is_answer(question)) {
            Some(question) => question.error = None,
            None => faults.unlisted(None, "PARAM_ERROR without a fault in a question"),
        }
    }

    /// Takes in what has been asked up to a tick.
    fn hear(&mut self, case: &Line<'_, '_>, tick: Tick) {
        let ways = case.evidence.provenance.ways();
        while let Some(asked) = case.whole.asked.get(self.heard).filter(|a| a.tick <= tick) {
            self.heard += 1;
            // What is set on the other port counts here too, in that one's form.
            self.keep(asked, ways.on(asked.link));
            // Nor is what is not signed once there is a key a question.
            if asked.link != case.link || asked.lacks_signature {
                continue;
            }
            match asked.id {
                PARAM_REQUEST_LIST if is_for_us(&asked.padded::<2>()) => {
                    if self.left == 0 {
                        self.next = 0;
                    }
                    (self.left, self.asked_list) = (COUNT, Some(asked.tick));
                }
                PARAM_REQUEST_READ if is_for_us(&asked.padded::<4>()[2..]) => {
                    self.open.push(question(asked));
                }
                PARAM_SET if is_for_us(&asked.padded::<6>()[4..]) => self.hear_set(asked),
                _ => {}
            }
        }
        let is_due = |at: Tick| tick.0 <= at.0 + ANSWER_TICKS_MAX;
        self.open.retain(|question| is_due(question.tick));
        self.lately.retain(|(at, ..)| is_due(*at));
    }

    fn keep(&mut self, asked: &Asked<'_>, personality: Personality) {
        if let Some((place, value)) = set(asked, personality) {
            self.lately.push((asked.tick, place, self.knobs[place]));
            self.knobs[place] = value;
            self.lately.push((asked.tick, place, value));
        }
    }

    fn hear_set(&mut self, asked: &Asked<'_>) {
        let wire = asked.padded::<23>();
        let four = [wire[0], wire[1], wire[2], wire[3]];
        let name: [u8; 16] = std::array::from_fn(|at| wire[6 + at]);
        let number = known::number_of(&name);
        let refusal = match number.and_then(known::numbered) {
            None => Some(1),
            Some(_) if asked.by != Sender::Pilot => Some(3),
            Some(parameter) => {
                let is_whole = parameter.kind() == INT32;
                let (kind, four) = personality::sent(self.personality, is_whole, wire[22], four);
                parameter.refuses(kind, four)
            }
        };
        let value = number.filter(|_| asked.by == Sender::Pilot);
        let to = (asked.system, asked.component);
        self.open.push(Question { tick: asked.tick, to, number: -1, name, value, error: refusal });
    }

    fn is_true(&mut self, case: &Line<'_, '_>, tick: Tick, parameter: Known, told: u32) -> bool {
        match parameter {
            Known::Switch(setting) => {
                told == u32::from(case.is_on(setting, tick))
                    || told == u32::from(case.is_on(setting, Tick(tick.0.saturating_sub(1))))
                    || (told == setting.factory() as u32 && case.may_be_lost(setting, tick))
            }
            Known::Knob(place) => {
                let was_set = |at: &(Tick, usize, u32)| (at.1, at.2) == (place, told);
                let resets = |act: &Act| *act == Act::ResetsToFactory;
                let may_be_delivered =
                    case.whole.heard.by_pilot(tick).any(|heard| resets(heard.act))
                        || case.power.is_card_doubtful();
                told == self.knobs[place]
                    || self.lately.iter().any(was_set)
                    || (may_be_delivered && told == known::delivered(place, action(case)))
            }
            Known::Figure(place) => match FIGURES[place].1 {
                Figure::Whole(value) => told == value as u32,
                Figure::Real(value) => told == value.to_bits(),
                Figure::Fitted(values) => {
                    values.contains(&(told as i32))
                        && *self.fitted[place].get_or_insert(told) == told
                }
            },
        }
    }

    /// Whether a value comes in its turn of a list.
    fn is_next(&mut self, tick: Tick, number: usize) -> bool {
        let begins = self.asked_list.is_some_and(|at| tick.0 <= at.0 + ANSWER_TICKS_MAX);
        let goes_on = self.told.is_some_and(|told| tick.0 == told.0 + 1);
        let is_turn = match number {
            0 if begins => true,
            _ => self.left > 0 && number == self.next && goes_on,
        };
        if is_turn {
            self.told = Some(tick);
            self.next = (number + 1) % COUNT;
            self.left = self.left.saturating_sub(1);
        }
        is_turn
    }

    fn answers(&mut self, number: usize) -> bool {
        let asked = self.open.iter_mut().find(|question| question.value == Some(number));
        asked.is_some_and(|question| question.value.take().is_some())
    }
}

/// Whether a figure that may be set can be this at `tick`: as delivered, or as some frame of the pilot's set it.
pub fn may_be(case: &Case<'_>, place: usize, told: u32, tick: Tick) -> bool {
    let ways = case.evidence.provenance.ways();
    let sets = |asked: &Asked<'_>| set(asked, ways.on(asked.link)) == Some((place, told));
    told == known::delivered(place, action(case))
        || case.asked.iter().take_while(|asked| asked.tick <= tick).any(sets)
}

/// Which figure a frame of the pilot's sets, and to what.
fn set(asked: &Asked<'_>, personality: Personality) -> Option<(usize, u32)> {
    let wire = asked.padded::<23>();
    if asked.id != PARAM_SET || asked.by != Sender::Pilot || !is_for_us(&wire[4..]) {
        return None;
    }
    let name: [u8; 16] = std::array::from_fn(|at| wire[6 + at]);
    let parameter = known::number_of(&name).and_then(known::numbered)?;
    let four = [wire[0], wire[1], wire[2], wire[3]];
    let Known::Knob(place) = parameter else { return None };
    let is_whole = parameter.kind() == INT32;
    let (kind, four) = personality::sent(personality, is_whole, wire[22], four);
    let value = u32::from_le_bytes(four);
    // Minus zero is zero.
    let is_minus_zero = kind != INT32 && value == (-0.0_f32).to_bits();
    let value = if is_minus_zero { 0 } else { value };
    parameter.refuses(kind, four).is_none().then_some((place, value))
}

/// A question for one parameter.
fn question(asked: &Asked<'_>) -> Question {
    let wire = asked.padded::<20>();
    let number = i16::from_le_bytes([wire[0], wire[1]]);
    let name: [u8; 16] = std::array::from_fn(|at| wire[4 + at]);
    let value = match usize::try_from(number) {
        Ok(number) => Some(number).filter(|number| *number < COUNT),
        Err(_) => known::number_of(&name),
    };
    let error = if value.is_some() { None } else { Some(1) };
    let to = (asked.system, asked.component);
    Question { tick: asked.tick, to, number, name, value, error }
}

fn is_for_us(target: &[u8]) -> bool {
    matches!(target, [0 | 1, 0 | 1, ..])
}

/// The geofence's action as PX4 numbers it.
fn action(case: &Case<'_>) -> i32 {
    match case.evidence.scenario.geofence.as_ref().map(|fence| fence.action) {
        None | Some(FenceAction::Warns) => 1,
        Some(FenceAction::Holds) => 2,
        Some(FenceAction::Returns) => 3,
        Some(FenceAction::Lands) => 5,
    }
}

#[cfg(test)]
mod tests;
