//! Why a flight could not begin. Once it has begun, it ends.
//!
//! **Never:** holds a secret.

use std::path::PathBuf;
use thiserror::Error;

/// Why a flight could not begin.
#[derive(Debug, Error)]
pub enum FlyError {
    /// A file could not be read.
    #[error("{}: {error}", file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// The system's words.
        error: std::io::Error,
    },
    /// An airframe is malformed or impossible.
    #[error("{}:{line}:{column}: {problem}", file.display())]
    Airframe {
        /// Which file.
        file: PathBuf,
        /// Line from 1.
        line: usize,
        /// Column from 1.
        column: usize,
        /// What is wrong and what to do.
        problem: String,
    },
    /// A beat is about a rotor that the airframe does not have.
    #[error("airframe {airframe:?}: there is no rotor {rotor}: it has {rotors}")]
    Rotor {
        /// The airframe's name.
        airframe: String,
        /// The rotor, from 1.
        rotor: usize,
        /// How many there are.
        rotors: usize,
    },
    /// A voice is not what the microphone can play.
    #[error("{}: {problem}", file.display())]
    Voice {
        /// Which file.
        file: PathBuf,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The scenario names a law that does not ship, or one that does not parse.
    #[error("law {name:?}: {problem}")]
    Law {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
}
