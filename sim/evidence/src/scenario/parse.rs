//! From the text of a story to a [`Scenario`], or to an error that says where, what and what to do.
//!
//! **Never:** panics; lets an unknown key, variant or unit pass.

use super::locate::{self, Position};
use super::{Scenario, validate};
use crate::Assets;
use ron::error::{Error, SpannedError};
use ron::extensions::Extensions;
use std::fmt;

/// Longest story in bytes. The longest that ships has less than a hundredth of this.
const LENGTH_MAX: usize = 1 << 20;

/// Deepest nesting. A story needs six levels.
const DEPTH_MAX: usize = 32;

/// What is wrong with a story, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// The file as it was named to us.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, what, hint } = self;
        write!(f, "{file}:{line}:{column}: {what}\n  hint: {hint}")
    }
}

impl std::error::Error for ScenarioError {}

impl Scenario {
    /// Reads a story. `file_name` is for the error only.
    ///
    /// # Errors
    /// The first thing that is wrong, with line, column and a hint.
    pub fn parse(file_name: &str, text: &str, assets: &Assets) -> Result<Self, ScenarioError> {
        let refuse = |at: Position, what: String, hint: String| ScenarioError {
            file: file_name.to_owned(),
            line: at.line,
            column: at.column,
            what,
            hint,
        };
        if text.len() > LENGTH_MAX {
            let what = format!("the file has {} bytes", text.len());
            let hint = format!("a story has at most {LENGTH_MAX}; is this another kind of file?");
            return Err(refuse(Position { line: 1, column: 1 }, what, hint));
        }
        let grammar = ron::Options::default()
            .with_recursion_limit(DEPTH_MAX)
            .with_default_extension(Extensions::IMPLICIT_SOME);
        let scenario: Self = grammar.from_str(text).map_err(|error| {
            let (what, hint) = explain(&error.code);
            refuse(position(text, &error), what, hint)
        })?;
        match validate::check(&scenario, assets) {
            Ok(()) => Ok(scenario),
            Err(fault) => {
                Err(refuse(locate::position_of(text, &fault.path), fault.what, fault.hint))
            }
        }
    }
}

/// The parser stops behind a word that it does not know; we point at the word.
fn position(text: &str, error: &SpannedError) -> Position {
    let place = |p: ron::error::Position| Position { line: p.line, column: p.col };
    let word = match &error.code {
        Error::NoSuchStructField { found, .. } | Error::NoSuchEnumVariant { found, .. } => {
            Some(found.as_str())
        }
        Error::DuplicateStructField { field, .. } => Some(*field),
        _ => None,
    };
    word.and_then(|w| locate::position_of_word_before(text, w, place(error.span.end)))
        .unwrap_or_else(|| place(error.span.start))
}

/// What is wrong, and what to do.
fn explain(error: &Error) -> (String, String) {
    let inside =
        |outer: &Option<String>| outer.as_ref().map_or(String::new(), |o| format!(" in `{o}`"));
    match error {
        Error::NoSuchStructField { expected, found, outer } => {
            (format!("unknown key `{found}`{}", inside(outer)), key_hint(found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            let hint = match validate::nearest(found, expected.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? there are: {}", expected.join(", ")),
                None => format!("there are: {}", expected.join(", ")),
            };
            (format!("unknown name `{found}`{}", inside(outer)), hint)
        }
        Error::MissingStructField { field, outer } => {
            let hint = format!(
                "add `{field}: …`{}",
                unit_of(field).map_or(String::new(), |u| format!("; {u}"))
            );
            (format!("the key `{field}` is missing{}", inside(outer)), hint)
        }
        Error::DuplicateStructField { field, outer } => (
            format!("the key `{field}` stands twice{}", inside(outer)),
            "keep one of them".to_owned(),
        ),
        other => (lower_first(&other.to_string()), syntax_hint(other).to_owned()),
    }
}

/// A key with the right stem and a wrong unit comes first, then the one that is spelt most alike.
fn key_hint(found: &str, expected: &[&str]) -> String {
    let stem = found.rsplit_once('_').map_or(found, |(stem, _)| stem);
    let same_stem =
        expected.iter().copied().find(|key| key.rsplit_once('_').map_or(*key, |(s, _)| s) == stem);
    let near = same_stem.or_else(|| validate::nearest(found, expected.iter().copied()));
    match (near, near.and_then(unit_of)) {
        (Some(key), Some(unit)) => format!("did you mean `{key}`? {unit}"),
        (Some(key), None) => format!("did you mean `{key}`?"),
        (None, _) => format!("the keys here are: {}", expected.join(", ")),
    }
}

fn unit_of(key: &str) -> Option<&'static str> {
    Some(match key.rsplit_once('_')?.1 {
        "m" => "lengths are in metres",
        "s" => "times are in seconds",
        "mps" => "speeds are in metres per second",
        "deg" => "angles are in degrees",
        "db" => "loudness is in dB at one metre",
        "pct" => "charge is in per cent",
        _ => return None,
    })
}

fn syntax_hint(error: &Error) -> &'static str {
    match error {
        Error::Eof | Error::ExpectedStringEnd | Error::UnclosedBlockComment => {
            "a bracket, a quotation mark or a comment is not closed"
        }
        Error::ExpectedComma
        | Error::ExpectedStructLikeEnd
        | Error::ExpectedArrayEnd
        | Error::ExpectedMapEnd => {
            "entries are separated by commas, and each opening bracket needs its closing one"
        }
        Error::ExpectedMapColon => "write `key: value`",
        Error::ExpectedFloat | Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => {
            "write a plain number such as 12 or 3.5, without a unit: the unit is in the key"
        }
        Error::IntegerOutOfBounds => "the number is negative or too large for this key",
        Error::ExpectedString => "write it in quotation marks",
        Error::ExpectedArray => "write a list: `[…]`",
        Error::ExpectedMap => "write pairs: `{ \"no-audio\": Held, … }`",
        Error::ExpectedDifferentLength { .. } => {
            "places are (east, north), way-points (east, north, up)"
        }
        Error::ExceededRecursionLimit => "no story needs brackets this deep; is one not closed?",
        Error::TrailingCharacters => {
            "a file holds one story; remove what comes after its last bracket"
        }
        _ => "see any file in `scenarios` for the form",
    }
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}
