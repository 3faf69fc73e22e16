//! Why a command could not be carried out, by the exit code it leads to.
//!
//! **Never:** is about what a flight did: a broken promise is a result, not an error.

use crate::ExitCode;
use std::path::Path;
use thiserror::Error;

/// Why a command could not be carried out. The text says which file and line, what is wrong and what to do.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Trouble {
    /// A story cannot be flown as it is written.
    #[error("{0}")]
    BadScenario(String),
    /// An evidence folder cannot be read, or is not what was flown.
    #[error("{0}")]
    BadEvidence(String),
    /// The command line asks for what cannot be done.
    #[error("{0}")]
    Misuse(String),
    /// The program itself is wrong.
    #[error("{0}")]
    Bug(String),
}

impl Trouble {
    /// How the program ends.
    #[must_use]
    pub fn exit(&self) -> ExitCode {
        match self {
            Self::BadScenario(_) => ExitCode::BadScenario,
            Self::BadEvidence(_) => ExitCode::BadEvidence,
            Self::Misuse(_) => ExitCode::Misuse,
            Self::Bug(_) => ExitCode::Bug,
        }
    }

    /// A file or folder could not be written or removed.
    #[must_use]
    pub fn unwritable(path: &Path, error: &std::io::Error) -> Self {
        Self::Misuse(format!(
            "{}: cannot be written: {error}\n  hint: name a folder that you may write to with `--out`",
            path.display()
        ))
    }
}

/// The name in `known` that is spelt most like `word`, for a hint.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&word, &name.to_lowercase());
    known
        .into_iter()
        .map(|name| (distance(name), name))
        .filter(|(d, _)| *d <= 3)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_its_name_and_nonsense_finds_none() {
        let known = ["L001", "audio/hedge", "plain/calm"];
        assert_eq!(nearest("audio/hegde", known), Some("audio/hedge"));
        assert_eq!(nearest("l001", known), Some("L001"));
        assert_eq!(nearest("something else", known), None);
    }
}
