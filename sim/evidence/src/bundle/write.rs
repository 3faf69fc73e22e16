//! Evidence to a folder: whole, or not at all.
//!
//! Everything goes to a sibling first, which is then renamed, so that a half-written folder never has the name
//! of a whole one.
//!
//! **Never:** replaces a folder that is not evidence.

use super::files::{Files, files_of};
use super::manifest::{self, Manifest};
use super::{BundleError, Evidence};
use crate::Truth;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

impl Evidence {
    /// Writes the folder `dir`, in place of older evidence there if there is any.
    ///
    /// # Errors
    /// [`BundleError`], and then nothing at `dir` has changed.
    pub fn write(&self, dir: &Path) -> Result<(), BundleError> {
        refuse_numbers_that_json_loses(&self.truth)?;
        let mut files = files_of(self)?;
        files.insert(manifest::FILE.to_owned(), Manifest::of(self, &files).encode());
        refuse_what_is_not_evidence(dir)?;
        if let Some(parent) = dir.parent() {
            fs::create_dir_all(parent).map_err(BundleError::io(parent))?;
        }
        let part = sibling(dir, "part")?;
        let written = write_files(&part, &files).and_then(|()| swap_in(&part, dir));
        if written.is_err() {
            // The error that we are about to report is the one that matters.
            let _ = fs::remove_dir_all(&part);
        }
        written
    }

    /// Whether evidence may be written at `dir`, for a caller who flies long before he writes.
    ///
    /// # Errors
    /// [`BundleError`] where something else is there.
    pub fn check_place(dir: &Path) -> Result<(), BundleError> {
        refuse_what_is_not_evidence(dir)
    }
}

/// JSON has no infinity and no NaN; truth must not come back as something else.
fn refuse_numbers_that_json_loses(truth: &Truth) -> Result<(), BundleError> {
    let lost = truth.exposures.iter().chain(&truth.canaries).find(|e| !e.level.is_finite());
    match lost {
        Some(e) => Err(BundleError::Unwritable(format!(
            "the exposure of {} at {} has the level {}",
            e.subject, e.tick, e.level
        ))),
        None => Ok(()),
    }
}

fn refuse_what_is_not_evidence(dir: &Path) -> Result<(), BundleError> {
    let refusal = || BundleError::NotReplaced(dir.display().to_string());
    if fs::symlink_metadata(dir).is_err() {
        return Ok(());
    }
    let mut entries = fs::read_dir(dir).map_err(|_| refusal())?;
    let is_evidence =
        || fs::read(dir.join(manifest::FILE)).is_ok_and(|text| Manifest::is_one(&text));
    if entries.next().is_none() || is_evidence() { Ok(()) } else { Err(refusal()) }
}

fn write_files(folder: &Path, files: &Files) -> Result<(), BundleError> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(BundleError::io(folder))?;
    }
    fs::create_dir(folder).map_err(BundleError::io(folder))?;
    for (path, contents) in files {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(BundleError::io(parent))?;
        }
        fs::write(&target, contents).map_err(BundleError::io(&target))?;
    }
    Ok(())
}

fn swap_in(part: &Path, dir: &Path) -> Result<(), BundleError> {
    if fs::symlink_metadata(dir).is_err() {
        return fs::rename(part, dir).map_err(BundleError::io(dir));
    }
    let old = sibling(dir, "old")?;
    fs::rename(dir, &old).map_err(BundleError::io(dir))?;
    if let Err(error) = fs::rename(part, dir) {
        // Put the old evidence back; if even that fails, it still lies beside.
        let _ = fs::rename(&old, dir);
        return Err(BundleError::io(dir)(error));
    }
    fs::remove_dir_all(&old).map_err(BundleError::io(&old))
}

/// A hidden name beside `dir` that no other running program uses.
fn sibling(dir: &Path, ending: &str) -> Result<PathBuf, BundleError> {
    let name = dir.file_name().ok_or_else(|| {
        BundleError::Unwritable(format!("{} does not name a folder", dir.display()))
    })?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{ending}-{}", std::process::id()));
    Ok(dir.with_file_name(hidden))
}
