//! What a command means as an act: flying, captures, consent.
//!
//! Where to it flies matters to no rule, so that a place is told as the start. A command that is sent again, as
//! protocols on a lossy link do, is one act.
//!
//! **Never:** guesses an act from a command that it does not know: that one is answered, and gives no consent.

use super::Word;
use super::words::{is_for_us, later, mode};
use crate::scenario::{Act, Sender};
use crate::{Class, Link, Personality, Recipient, Tick, Ways};

const COMMAND_INT: (u32, u8) = (75, 158);
const COMMAND_LONG: (u32, u8) = (76, 152);

const TAKE_STILLS: u16 = 2000;
const STOP_STILLS: u16 = 2001;

/// The same command again within this time is the same order.
const REPEATED_WITHIN_S: f64 = 10.0;
/// Stills of a series that never ends by itself; more are not lifted, and a series of more is not taken on.
const SERIES_MAX: u32 = 10_000;
/// Seconds from one still of a series to the next that are taken on.
const SERIES_S: std::ops::RangeInclusive<f64> = 0.5..=86_400.0;

/// Longest that a grant may hold which ends by itself: a leap year.
const GRANT_S_MAX: f64 = 31_622_400.0;
/// What a grant may be for: delivery, support, publication.
const PURPOSES: std::ops::RangeInclusive<u32> = 1..=3;

/// Commands so far.
pub struct Orders {
    ways: Ways,
    still: Option<u32>,
    latest: Vec<(Tick, Link, u8, [u8; 33])>,
}

impl Orders {
    /// None yet, to a vehicle with such ways.
    pub fn to(ways: Ways) -> Self {
        Self { ways, still: None, latest: Vec::new() }
    }

    /// The acts of a word, each with its moment: a series of stills has many.
    pub fn acts(&mut self, word: &Word<'_>, end: Tick) -> Vec<(Tick, Act)> {
        let Some(wire) = command(word) else { return Vec::new() };
        let p = parameters(word, &wire);
        let is_long = word.frame.id == COMMAND_LONG.0;
        if is_long && wire[32] > 0 && self.is_repeated(word, &wire) {
            return Vec::new();
        }
        self.remember(word, &wire);
        match number(&wire) {
            TAKE_STILLS => self.stills(word, p, end),
            number => {
                let personality = self.ways.on(word.link);
                act(number, p, personality).map(|act| (word.tick, act)).into_iter().collect()
            }
        }
    }

    fn is_repeated(&self, word: &Word<'_>, wire: &[u8; 35]) -> bool {
        self.latest.iter().any(|(tick, link, system, before)| {
            word.tick <= later(*tick, REPEATED_WITHIN_S)
                && (*link, *system) == (word.link, word.frame.system)
                && before[..32] == wire[..32]
        })
    }

    fn remember(&mut self, word: &Word<'_>, wire: &[u8; 35]) {
        self.latest.retain(|(tick, ..)| word.tick <= later(*tick, REPEATED_WITHIN_S));
        let mut kept = [0; 33];
        kept.copy_from_slice(&wire[..33]);
        self.latest.push((word.tick, word.link, word.frame.system, kept));
    }

    /// `interval_s, count (0: until stopped), sequence` in parameters 2 to 4. One still with the number of the last one
    /// that the pilot has ordered is that one.
    fn stills(&mut self, word: &Word<'_>, p: [f64; 7], end: Tick) -> Vec<(Tick, Act)> {
        if p[2] != 1.0 {
            let Some((every_s, count)) = series(p) else { return Vec::new() };
            let moments = (0..count).map(|n| later(word.tick, f64::from(n) * every_s));
            return moments.take_while(|at| *at < end).map(|at| (at, Act::TakesStill)).collect();
        }
        let sequence = if p[3].is_nan() { Some(0) } else { whole(p[3]) };
        let Some(sequence) = sequence else { return Vec::new() };
        if word.by == Sender::Pilot
            && sequence != 0
            && self.still.replace(sequence) == Some(sequence)
        {
            return Vec::new();
        }
        vec![(word.tick, Act::TakesStill)]
    }
}

/// Seconds from one still of a series to the next, and how many there may be; none where the vehicle takes none on.
fn series(p: [f64; 7]) -> Option<(f64, u32)> {
    let count = if p[2] == 0.0 { SERIES_MAX } else { whole(p[2])? };
    (SERIES_S.contains(&p[1]) && (2..=SERIES_MAX).contains(&count)).then_some((p[1], count))
}

/// Whether a word ends the series of stills that is under way: the pilot's, to stop it or to begin another.
pub fn ends_series(word: &Word<'_>) -> bool {
    let ends = |wire: [u8; 35]| match number(&wire) {
        STOP_STILLS => true,
        TAKE_STILLS => series(parameters(word, &wire)).is_some(),
        _ => false,
    };
    word.by == Sender::Pilot && command(word).is_some_and(ends)
}

/// The seven parameters; COMMAND_INT has whole numbers for the fifth and the sixth.
fn parameters(word: &Word<'_>, wire: &[u8; 35]) -> [f64; 7] {
    let is_int = word.frame.id == COMMAND_INT.0;
    std::array::from_fn(|at| {
        let four = [0, 1, 2, 3].map(|i| wire[4 * at + i]);
        match at {
            4 | 5 if is_int => f64::from(i32::from_le_bytes(four)),
            _ => f64::from(f32::from_le_bytes(four)),
        }
    })
}

/// The payload of a sound command to this vehicle.
fn command(word: &Word<'_>) -> Option<[u8; 35]> {
    let frame = &word.frame;
    let is = |(id, extra)| frame.id == id && frame.is_sound(extra);
    let wire = frame.padded::<35>();
    let is_one = (is(COMMAND_LONG) || is(COMMAND_INT)) && is_for_us_or_a_part(wire[30], wire[31]);
    is_one.then_some(wire)
}

fn number(wire: &[u8; 35]) -> u16 {
    u16::from_le_bytes([wire[28], wire[29]])
}

/// The vehicle itself, its camera or its gimbal.
fn is_for_us_or_a_part(system: u8, component: u8) -> bool {
    is_for_us(system, 0) && matches!(component, 0 | 1 | 100 | 154)
}

fn act(number: u16, p: [f64; 7], personality: Personality) -> Option<Act> {
    Some(match number {
        400 if p[0] == 1.0 => Act::Arms,
        400 if p[0] == 0.0 && p[1] == 21_196.0 => Act::StopsMotors,
        400 if p[0] == 0.0 => Act::Disarms,
        20 => Act::Returns,
        21 => Act::Lands,
        22 => Act::TakesOff { height_m: 0.0 },
        34 => Act::Orbits { around_m: (0.0, 0.0, 0.0), radius_m: 0.0, speed_mps: 0.0 },
        176 => return mode(personality, p[1] as u32, p[2] as u32),
        192 => Act::GoesTo { at_m: (0.0, 0.0, 0.0), speed_mps: 0.0 },
        193 if p[0] == 0.0 => Act::Brakes,
        245 if p[0] == 4.0 => Act::ResetsToFactory,
        300 => Act::StartsMission,
        2500 => Act::StartsFilm,
        2501 => Act::StopsFilm,
        2502 => Act::StartsView,
        2503 => Act::StopsView,
        31_010 => {
            let (category, object, to) = scope(p)?;
            if !PURPOSES.contains(&whole(p[4])?) {
                return None;
            }
            let for_s = match p[3] {
                0.0 => None,
                s if s > 0.0 && s <= GRANT_S_MAX => Some(s),
                // Less than no time, or no number: that is no consent, least of all one without end.
                _ => return None,
            };
            Act::Grants { category, object, to, for_s }
        }
        31_011 => {
            let (category, object, from) = scope(p)?;
            Act::Withdraws { category, object, from }
        }
        31_012 => Act::ListsConsent,
        31_013 if p[0] == 1.0 => Act::StartsRecording,
        31_013 if p[0] == 0.0 => Act::StopsRecording,
        31_014 => {
            let (category, object, to) = scope(p)?;
            Act::Requests { category, object, to }
        }
        _ => return None,
    })
}

fn scope(p: [f64; 7]) -> Option<(Class, u32, Recipient)> {
    let category = *Class::ALL.get(whole(p[0])? as usize)?;
    let may_be_granted = match category {
        Class::Audio | Class::Face | Class::Imagery | Class::FlightLog | Class::Position => true,
        Class::Device | Class::Account | Class::Surroundings | Class::Key | Class::Public => false,
    };
    let object = whole(p[1]).filter(|&object| object > 0 && may_be_granted)?;
    let recipient = match whole(p[2])? {
        0 => Recipient::Pilot,
        1 => Recipient::Maker,
        _ => return None,
    };
    Some((category, object, recipient))
}

/// A whole number, not negative.
fn whole(value: f64) -> Option<u32> {
    ((0.0..=16_777_216.0).contains(&value) && value == libm::floor(value)).then_some(value as u32)
}
