//! `manifest.json`: what the folder is, where it comes from, and every file in it with its SHA-256.
//!
//! The text is canonical: there is exactly one manifest for a given evidence, and it carries its own digest, so
//! that not a space of it can change unnoticed. It proves damage, not forgery: nobody signs it yet.
//!
//! **Never:** vouches for a file that it does not list; lists itself.

use super::files::{Files, json, probe_folder};
use super::{BundleError, Evidence, Provenance};
use crate::Seal;
use crate::card::is_lawful_path;
use crate::scenario::Act;
use crate::seal::sha256_hex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub(super) const FORMAT: &str = "hushwing-evidence/1";

pub(super) const FILE: &str = "manifest.json";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub format: String,
    pub provenance: Provenance,
    /// None where the flight was live and no second one has had the same.
    pub seal: Option<Seal>,
    pub rerun: Option<Seal>,
    /// The airframe of the story. It counts as known when the story is read, wherever that is.
    pub airframe: String,
    /// The voices of the story, likewise.
    pub voices: BTreeSet<String>,
    /// Files on the card at the end.
    pub card: Vec<String>,
    /// Folders of the probes, in the order of the flight.
    pub probes: Vec<String>,
    pub files: Vec<Entry>,
    /// SHA-256 of this manifest with nothing here.
    pub manifest_sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// The first thing to look at, before anything else is understood.
#[derive(Deserialize)]
struct Format {
    format: String,
}

impl Manifest {
    pub(super) fn of(evidence: &Evidence, files: &Files) -> Self {
        let voices = evidence.scenario.beats.iter().filter_map(|beat| match &beat.does {
            Act::Speaks { voice, .. } => Some(voice.clone()),
            _ => None,
        });
        Self {
            format: FORMAT.to_owned(),
            provenance: evidence.provenance.clone(),
            seal: evidence.is_sealed().then(|| evidence.seal()),
            rerun: evidence.rerun.clone(),
            airframe: evidence.scenario.airframe.clone(),
            voices: voices.collect(),
            card: evidence.flight.card.keys().cloned().collect(),
            probes: evidence.probes.iter().map(probe_folder).collect(),
            files: files
                .iter()
                .map(|(path, contents)| Entry {
                    path: path.clone(),
                    bytes: contents.len() as u64,
                    sha256: sha256_hex(contents),
                })
                .collect(),
            manifest_sha256: String::new(),
        }
    }

    /// The file's text, with its own digest.
    pub(super) fn encode(&self) -> Vec<u8> {
        let bare = Self { manifest_sha256: String::new(), ..self.clone() };
        json(&Self { manifest_sha256: sha256_hex(&json(&bare)), ..bare })
    }

    /// Reads the file's text; `path` is for the error only.
    pub(super) fn decode(path: &str, text: &[u8]) -> Result<Self, BundleError> {
        let wrong = |what: String| BundleError::Manifest { path: path.to_owned(), what };
        let Format { format } =
            serde_json::from_slice(text).map_err(|e| wrong(format!("is not a manifest ({e})")))?;
        if format != FORMAT {
            return Err(BundleError::Version { path: path.to_owned(), found: format });
        }
        let manifest: Self = serde_json::from_slice(text).map_err(|e| wrong(e.to_string()))?;
        if manifest.encode() != text {
            return Err(wrong("its text does not match its own SHA-256".to_owned()));
        }
        for entry in &manifest.files {
            if !is_safe(&entry.path) {
                return Err(BundleError::UnlawfulPath(entry.path.clone()));
            }
        }
        Ok(manifest)
    }

    /// Whether a text says that it is a manifest of any version.
    pub(super) fn is_one(text: &[u8]) -> bool {
        serde_json::from_slice::<Format>(text)
            .is_ok_and(|head| head.format.starts_with("hushwing-evidence/"))
    }
}

/// Whether a path stays below its folder on any disk.
pub(super) fn is_safe(path: &str) -> bool {
    path.len() <= 400 && path.split('/').all(is_lawful_path)
}
