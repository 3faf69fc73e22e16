//! What lands on disk and on the terminal: reports, evidence folders, text.
//!
//! A file is written beside its place and then renamed, so that an interrupted run leaves no half of one.
//!
//! **Never:** removes a folder that is not evidence, or that an earlier run of ours did not list.

use crate::Trouble;
use audit::Report;
use evidence::bundle::BundleError;
use evidence::{Assets, Evidence};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the report in an output folder.
pub const REPORT: &str = "report.json";

/// Name of the test report in an output folder.
pub const JUNIT: &str = "junit.xml";

/// The file that makes a folder an evidence folder.
const MANIFEST: &str = "manifest.json";

/// Prints a text. A reader that has gone away (`| head`) is no error.
pub fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes a whole file, or leaves the old one.
///
/// # Errors
/// Where it cannot be written.
pub fn write_file(path: &Path, text: &str) -> Result<(), Trouble> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        Trouble::unwritable(path, &error)
    })
}

/// Makes an output folder and clears it of the evidence that its own last report lists.
///
/// # Errors
/// Where it cannot be made, or old evidence cannot be removed.
pub fn begin(out: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(out).map_err(|error| Trouble::unwritable(out, &error))?;
    let report = out.join(REPORT);
    let Ok(text) = fs::read_to_string(&report) else { return Ok(()) };
    // A file that is no report of ours is not ours to act on; it is replaced at the end all the same.
    let Ok(old) = serde_json::from_str::<Report>(&text) else { return Ok(()) };
    for story in &old.stories {
        let is_inside =
            story.story.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        let folder = out.join(&story.story);
        if is_inside && is_evidence(&folder) {
            fs::remove_dir_all(&folder).map_err(|error| Trouble::unwritable(&folder, &error))?;
            // Folders of the old stories' names go where they are empty now.
            for above in Path::new(&story.story).ancestors().skip(1).filter(|p| *p != Path::new(""))
            {
                let _ = fs::remove_dir(out.join(above));
            }
        }
    }
    for file in [report, out.join(JUNIT)] {
        let _ = fs::remove_file(file);
    }
    Ok(())
}

/// Writes an evidence folder in a new or empty place, or in place of older evidence.
///
/// # Errors
/// Where something else is there, or it cannot be written.
pub fn write_evidence(evidence: &Evidence, folder: &Path) -> Result<(), Trouble> {
    evidence.write(folder).map_err(unwritten)
}

/// Whether evidence may be written to a folder, before a flight that takes long.
///
/// # Errors
/// Where something else is there.
pub fn check_place(folder: &Path) -> Result<(), Trouble> {
    Evidence::check_place(folder).map_err(unwritten)
}

fn unwritten(error: BundleError) -> Trouble {
    match error {
        BundleError::Io { .. } => {
            let hint = "check that the disk has room and that you may write there";
            Trouble::Misuse(format!("{error}\n  hint: {hint}"))
        }
        // The others say what to do themselves.
        told => Trouble::Misuse(told.to_string()),
    }
}

/// Reads one evidence folder.
///
/// # Errors
/// Where a file of it is missing, changed, or of an unknown version.
pub fn read_evidence(folder: &Path, assets: &Assets) -> Result<Evidence, Trouble> {
    Evidence::read(folder, assets).map_err(|error| match error {
        BundleError::Io { .. } => {
            Trouble::BadEvidence(format!("{error}\n  hint: check that you may read it"))
        }
        told => Trouble::BadEvidence(told.to_string()),
    })
}

/// The evidence folders at or below a folder.
///
/// # Errors
/// Where there is none.
pub fn evidence_folders(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    if !folder.is_dir() {
        return Err(bad(folder, "no such folder"));
    }
    let mut folders = Vec::new();
    descend(folder, &mut folders).map_err(|error| bad(folder, &error.to_string()))?;
    if folders.is_empty() {
        return Err(bad(folder, &format!("no evidence in it: no `{MANIFEST}` at or below")));
    }
    Ok(folders)
}

fn descend(folder: &Path, folders: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if is_evidence(folder) {
        folders.push(folder.to_path_buf());
        return Ok(());
    }
    let mut inner = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A hidden folder is one that a cut run left half-written.
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type()?.is_dir() && !is_hidden {
            inner.push(entry.path());
        }
    }
    inner.sort();
    inner.iter().try_for_each(|folder| descend(folder, folders))
}

fn is_evidence(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

fn bad(folder: &Path, what: &str) -> Trouble {
    let hint = "name an evidence folder, or a folder of them such as `hushwing-out`";
    Trouble::BadEvidence(format!("{}: {what}\n  hint: {hint}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_new_run_removes_the_evidence_that_the_last_one_listed_and_nothing_else() {
        let out = tempfile::tempdir().expect("a folder to write in");
        let at = |path: &str| out.path().join(path);
        for path in ["plain/story-0", "plain/mine", "kept", "story-9"] {
            fs::create_dir_all(at(path)).expect("a folder");
        }
        for path in ["plain/story-0/manifest.json", "kept/manifest.json", "plain/mine/notes.txt"] {
            fs::write(at(path), "{}").expect("a file");
        }
        let report = sample::report(&[sample::ALL_HELD, sample::ALL_HELD]);
        write_file(&at(REPORT), &report.to_json()).expect("a report");
        begin(out.path()).expect("a clean folder");
        assert!(!at("plain/story-0").exists() && !at(REPORT).exists());
        assert!(at("kept/manifest.json").exists() && at("plain/mine/notes.txt").exists());
    }

    #[test]
    fn a_story_name_that_climbs_out_of_the_folder_removes_nothing() {
        let place = tempfile::tempdir().expect("a folder to write in");
        let out = place.path().join("out");
        fs::create_dir_all(place.path().join("other")).expect("a folder");
        fs::create_dir_all(&out).expect("a folder");
        fs::write(place.path().join("other/manifest.json"), "{}").expect("a file");
        let mut report = sample::report(&[sample::ALL_HELD]);
        report.stories[0].story = "../other".to_owned();
        write_file(&out.join(REPORT), &report.to_json()).expect("a report");
        begin(&out).expect("a clean folder");
        assert!(place.path().join("other/manifest.json").exists());
    }

    #[test]
    fn a_folder_without_evidence_is_bad_evidence() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [folder.path().to_path_buf(), folder.path().join("gone")] {
            assert!(matches!(evidence_folders(&path), Err(Trouble::BadEvidence(_))));
        }
    }
}
