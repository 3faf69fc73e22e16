//! Why a folder of evidence was not written or not read: which file, what is wrong, what to do.
//!
//! **Never:** says "invalid" and no more.

use super::manifest::FORMAT;
use crate::scenario::ScenarioError;
use std::io;
use thiserror::Error;

/// Why a folder of evidence was not written or not read.
#[derive(Debug, Error)]
pub enum BundleError {
    /// The disk said no.
    #[error("{path}: {source}")]
    Io {
        /// Which file or folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds something else.
    #[error(
        "{0}: holds no `manifest.json` of Hushwing; name a folder that `verify` or `fly` wrote"
    )]
    NotEvidence(String),
    /// Another version.
    #[error(
        "{path}: is of format {found:?}, and this program reads {FORMAT:?} only; fly the story again or use the program that wrote it"
    )]
    Version {
        /// The manifest.
        path: String,
        /// What it says it is.
        found: String,
    },
    /// The manifest is malformed or was changed.
    #[error("{path}: {what}; the folder is not as it was written, fly the story again")]
    Manifest {
        /// The manifest.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// A listed file is not there.
    #[error("{0}: is listed in the manifest and missing; copy the folder again, whole")]
    Missing(String),
    /// A file is there that nobody listed.
    #[error("{0}: is not listed in the manifest; take it out of the folder")]
    Extra(String),
    /// A file is not as it was written.
    #[error(
        "{0}: was changed after it was written (its SHA-256 is another); copy the folder again"
    )]
    Changed(String),
    /// A path that leads out of the folder, or that not every disk can hold.
    #[error("{0:?}: is not a path that evidence may hold (letters, digits and `._-`, no `..`)")]
    UnlawfulPath(String),
    /// The seal is not the seal of what is there.
    #[error(
        "{path}: the seal is {written}, but what is in the folder has {computed}; fly the story again"
    )]
    Seal {
        /// The manifest.
        path: String,
        /// What it says.
        written: String,
        /// What is so.
        computed: String,
    },
    /// A file is whole but cannot be understood, or does not follow from the others.
    #[error("{path}: {what}; it was not written by this version of Hushwing, fly the story again")]
    Content {
        /// Which file.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// The story in the folder is refused.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The target exists and is no evidence.
    #[error(
        "{0}: exists and is not a folder of evidence; it was left as it is, name another folder"
    )]
    NotReplaced(String),
    /// The evidence cannot be put on a disk as it is.
    #[error("cannot be written: {0}")]
    Unwritable(String),
}

impl BundleError {
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::Io { path, source }
    }
}
