//! Every parameter of the vehicle, by its number: the switches first, then what the pilot may set of how it flies, then
//! what can only be read.
//!
//! **Never:** gives one name to two; changes the number of one while the vehicle is on.

use super::figures::{FIGURES, Figure, Source};
use super::knobs::{KNOBS, Knob, Knobs, Unfit};
use super::{Controls, SETTINGS, Setting};
use crate::senses::{AirframeSetup, Streams};

/// Number of all of them.
pub const PARAMETERS: usize = SETTINGS + KNOBS + FIGURES.len();

/// A value, as MAVLink has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// INT32.
    Whole(i32),
    /// REAL32.
    Real(f32),
}

impl Value {
    /// From the four bytes in which it is told.
    #[must_use]
    pub fn of(is_whole: bool, four: [u8; 4]) -> Self {
        if is_whole {
            Self::Whole(i32::from_le_bytes(four))
        } else {
            Self::Real(f32::from_le_bytes(four))
        }
    }

    /// The four bytes in which it is told.
    #[must_use]
    pub fn bytes(self) -> [u8; 4] {
        match self {
            Self::Whole(value) => value.to_le_bytes(),
            Self::Real(value) => value.to_le_bytes(),
        }
    }
}

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Parameter {
    /// One of the pilot's controls.
    Switch(Setting),
    /// What may be set of how it flies.
    Knob(Knob),
    /// What can only be read: its place among its like.
    Figure(usize),
}

impl Parameter {
    /// How many a vehicle tells of: those that tell little have the switches alone.
    #[must_use]
    pub fn count(streams: Streams) -> usize {
        match streams {
            Streams::Minimal => SETTINGS,
            Streams::Normal => PARAMETERS,
        }
    }

    /// The one with this number.
    #[must_use]
    pub fn numbered(number: usize) -> Option<Self> {
        let later = |from: usize| number.checked_sub(from);
        if let Some(setting) = Setting::ALL.get(number) {
            return Some(Self::Switch(*setting));
        }
        if let Some(knob) = later(SETTINGS).and_then(|place| Knob::ALL.get(place)) {
            return Some(Self::Knob(*knob));
        }
        later(SETTINGS + KNOBS).filter(|place| *place < FIGURES.len()).map(Self::Figure)
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &[u8]) -> Option<Self> {
        (0..PARAMETERS)
            .filter_map(Self::numbered)
            .find(|parameter| parameter.name().as_bytes() == name)
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> usize {
        match self {
            Self::Switch(setting) => setting as usize,
            Self::Knob(knob) => SETTINGS + knob as usize,
            Self::Figure(place) => SETTINGS + KNOBS + place,
        }
    }

    /// Its name, at most 16 bytes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Switch(setting) => setting.name(),
            Self::Knob(knob) => knob.spec().name,
            Self::Figure(place) => FIGURES[place].name,
        }
    }

    /// Whether its values are whole numbers.
    #[must_use]
    pub fn is_whole(self) -> bool {
        match self {
            Self::Switch(_) => true,
            Self::Knob(knob) => knob.spec().is_whole,
            Self::Figure(place) => match FIGURES[place].source {
                Source::Real(_) => false,
                Source::Whole(_) | Source::Rotors | Source::Cells | Source::Airframe => true,
            },
        }
    }

    /// What it is now.
    #[must_use]
    pub fn value(self, controls: &Controls, knobs: &Knobs, airframe: &AirframeSetup) -> Value {
        match self {
            Self::Switch(setting) => Value::Whole(i32::from(controls.is_on(setting))),
            Self::Knob(knob) => knobs.get(knob),
            Self::Figure(place) => read(&FIGURES[place], airframe),
        }
    }

    /// Whether this value may be asked of it, and what a switch is then to be.
    pub fn fits(self, value: Value) -> Result<(), Unfit> {
        match (self, value) {
            (Self::Switch(_), Value::Whole(0 | 1)) => Ok(()),
            (Self::Switch(_), Value::Whole(_)) => Err(Unfit::Range),
            (Self::Switch(_), Value::Real(_)) => Err(Unfit::Type),
            (Self::Knob(knob), value) => {
                Knobs::as_delivered(crate::senses::FenceAction::Warn).set(knob, value)
            }
            (Self::Figure(_), _) => Err(Unfit::ReadOnly),
        }
    }
}

fn read(figure: &Figure, airframe: &AirframeSetup) -> Value {
    match figure.source {
        Source::Whole(value) => Value::Whole(value),
        Source::Real(value) => Value::Real(value as f32),
        Source::Rotors => Value::Whole(airframe.rotors.len() as i32),
        Source::Cells => Value::Whole(airframe.cells as i32),
        // PX4's numbers: generic airframes of four, six and eight rotors.
        Source::Airframe => Value::Whole(match airframe.rotors.len() {
            6 => 6001,
            8 => 8001,
            _ => 4001,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flight::bench::quad;
    use crate::senses::FenceAction;

    #[test]
    fn each_parameter_has_its_own_name_that_fits_and_its_own_number() {
        const { assert!(PARAMETERS > 100 && PARAMETERS <= 200) };
        for number in 0..PARAMETERS {
            let parameter = Parameter::numbered(number).expect("there is one");
            assert_eq!(parameter.number(), number);
            let name = parameter.name().as_bytes();
            assert!((1..=16).contains(&name.len()), "{}", parameter.name());
            assert_eq!(Parameter::named(name), Some(parameter), "{}", parameter.name());
        }
        assert_eq!(Parameter::numbered(PARAMETERS), None);
        assert_eq!(Parameter::named(b"_HASH_CHECK"), None);
    }

    #[test]
    fn every_figure_is_a_number_and_cannot_be_set() {
        let knobs = Knobs::as_delivered(FenceAction::Warn);
        for place in 0..FIGURES.len() {
            let figure = Parameter::Figure(place);
            let value = figure.value(&Controls::as_delivered(), &knobs, &quad());
            assert!(!matches!(value, Value::Real(real) if !real.is_finite()), "{figure:?}");
            assert_eq!(figure.fits(value), Err(Unfit::ReadOnly));
        }
    }
}
