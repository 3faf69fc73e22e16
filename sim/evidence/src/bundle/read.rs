//! A folder back to evidence: whole and unchanged, or not at all.
//!
//! **Never:** follows a link out of the folder; trusts a file that the manifest does not list; repairs anything.

use super::files::{Files, HEARD, ProbeHead, files_of};
use super::manifest::{self, Manifest};
use super::{BundleError, Evidence, Probe, Recording, track};
use crate::card::{CardImage, is_lawful_path};
use crate::seal::sha256_hex;
use crate::told::told;
use crate::{Assets, Law, Scenario, Transcript};
use serde::de::DeserializeOwned;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

impl Evidence {
    /// Reads the folder `dir`. The story's own airframe and voices count as known even where `assets` lacks
    /// them, so that a folder can be read anywhere.
    ///
    /// # Errors
    /// [`BundleError`] for another version, a missing, extra or changed file, or a wrong seal.
    pub fn read(dir: &Path, assets: &Assets) -> Result<Self, BundleError> {
        let manifest = read_manifest(dir)?;
        let mut folder = Folder { dir, files: read_files(dir, &manifest)? };
        refuse_extra_files(dir, &folder.files)?;
        let original = folder.files.clone();

        let scenario_text = folder.text("scenario.ron")?;
        let law_text = folder.text("law.ron")?;
        let law = Law::parse(&law_text).map_err(|what| folder.wrong("law.ron", &what))?;
        let track_text = folder.text("track.csv")?;
        let probes = manifest.probes.iter().map(|path| folder.probe(path));
        let probes = probes.collect::<Result<_, _>>()?;
        let scenario = parse_scenario(dir, &scenario_text, &manifest, assets)?;
        let heard = folder.heard()?;
        let evidence = Self {
            scenario: match &heard {
                Some(heard) => told(&scenario, heard, manifest.provenance.ways()),
                None => scenario,
            },
            heard,
            scenario_text,
            law,
            law_text,
            truth: folder.json("truth.json")?,
            flight: folder.recording("")?,
            track: track::decode(&track_text).map_err(|what| folder.wrong("track.csv", &what))?,
            twins: folder.json("twins.json")?,
            probes,
            rerun: manifest.rerun.clone(),
            provenance: manifest.provenance.clone(),
        };
        check_against(&evidence, &manifest, dir, &original)?;
        Ok(evidence)
    }
}

fn read_manifest(dir: &Path) -> Result<Manifest, BundleError> {
    let path = dir.join(manifest::FILE);
    let text = fs::read(&path).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            BundleError::NotEvidence(dir.display().to_string())
        }
        _ => BundleError::io(&path)(error),
    })?;
    Manifest::decode(&path.display().to_string(), &text)
}

fn read_files(dir: &Path, manifest: &Manifest) -> Result<Files, BundleError> {
    let mut files = Files::new();
    for entry in &manifest.files {
        let path = dir.join(&entry.path);
        let name = || path.display().to_string();
        let found = fs::symlink_metadata(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => BundleError::Missing(name()),
            _ => BundleError::io(&path)(error),
        })?;
        if !found.is_file() || found.len() != entry.bytes {
            return Err(BundleError::Changed(name()));
        }
        let contents = fs::read(&path).map_err(BundleError::io(&path))?;
        if sha256_hex(&contents) != entry.sha256 {
            return Err(BundleError::Changed(name()));
        }
        files.insert(entry.path.clone(), contents);
    }
    Ok(files)
}

fn refuse_extra_files(dir: &Path, files: &Files) -> Result<(), BundleError> {
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let path = dir.join(&folder);
        for entry in fs::read_dir(&path).map_err(BundleError::io(&path))? {
            let entry = entry.map_err(BundleError::io(&path))?;
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(BundleError::io(&entry.path()))?;
            if kind.is_dir() {
                folders.push(format!("{name}/"));
            } else if name != manifest::FILE && !files.contains_key(&name) {
                return Err(BundleError::Extra(entry.path().display().to_string()));
            }
        }
    }
    Ok(())
}

fn parse_scenario(
    dir: &Path,
    text: &str,
    manifest: &Manifest,
    assets: &Assets,
) -> Result<Scenario, BundleError> {
    let mut known = assets.clone();
    known.airframes.insert(manifest.airframe.clone());
    known.voices.extend(manifest.voices.iter().cloned());
    let file = dir.join("scenario.ron").display().to_string();
    Ok(Scenario::parse(&file, text, &known)?)
}

/// Makes the files and the manifest again: each must be what was read, or something does not belong together.
fn check_against(
    evidence: &Evidence,
    manifest: &Manifest,
    dir: &Path,
    original: &Files,
) -> Result<(), BundleError> {
    let path = |name: &str| dir.join(name).display().to_string();
    let computed = evidence.seal();
    if let Some(written) = manifest.seal.as_ref().filter(|seal| **seal != computed) {
        let (written, computed) = (written.0.clone(), computed.0);
        return Err(BundleError::Seal { path: path(manifest::FILE), written, computed });
    }
    let again = files_of(evidence)?;
    let odd = again.iter().find(|(name, contents)| original.get(*name) != Some(contents));
    let odd =
        odd.map(|(name, _)| name).or_else(|| original.keys().find(|n| !again.contains_key(*n)));
    if let Some(name) = odd {
        let what = "does not follow from the rest of the evidence".to_owned();
        return Err(BundleError::Content { path: path(name), what });
    }
    if Manifest::of(evidence, &again).encode() != manifest.encode() {
        let what = "does not describe the files beside it".to_owned();
        return Err(BundleError::Manifest { path: path(manifest::FILE), what });
    }
    Ok(())
}

/// The checked files of a folder; reading takes them out.
struct Folder<'a> {
    dir: &'a Path,
    files: Files,
}

impl Folder<'_> {
    fn bytes(&mut self, name: &str) -> Result<Vec<u8>, BundleError> {
        let missing = || BundleError::Missing(self.dir.join(name).display().to_string());
        self.files.remove(name).ok_or_else(missing)
    }

    fn text(&mut self, name: &str) -> Result<String, BundleError> {
        String::from_utf8(self.bytes(name)?).map_err(|e| self.wrong(name, &e.to_string()))
    }

    fn json<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, BundleError> {
        let text = self.bytes(name)?;
        serde_json::from_slice(&text).map_err(|e| self.wrong(name, &e.to_string()))
    }

    fn heard(&mut self) -> Result<Option<Transcript>, BundleError> {
        let Some(file) = self.files.remove(HEARD) else { return Ok(None) };
        Transcript::decode(&file).map(Some).map_err(|e| self.wrong(HEARD, &e.to_string()))
    }

    fn recording(&mut self, folder: &str) -> Result<Recording, BundleError> {
        let name = format!("{folder}transcript.bin");
        let file = self.bytes(&name)?;
        let transcript =
            Transcript::decode(&file).map_err(|e| self.wrong(&name, &e.to_string()))?;
        let prefix = format!("{folder}card/");
        let mut card = CardImage::new();
        for (name, contents) in &self.files {
            if let Some(path) = name.strip_prefix(&prefix).filter(|path| is_lawful_path(path)) {
                card.insert(path.to_owned(), contents.clone());
            }
        }
        Ok(Recording { transcript, card })
    }

    fn probe(&mut self, folder: &str) -> Result<Probe, BundleError> {
        let ProbeHead { id, role, claim } = self.json(&format!("{folder}/probe.json"))?;
        let folder = format!("{folder}/");
        let recording = self.recording(&folder)?;
        let twins = self.json(&format!("{folder}twins.json"))?;
        Ok(Probe { id, role, claim, recording, twins })
    }

    fn wrong(&self, name: &str, what: &str) -> BundleError {
        let path = self.dir.join(name).display().to_string();
        BundleError::Content { path, what: what.to_owned() }
    }
}
