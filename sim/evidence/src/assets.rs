//! What lies in the folder `assets`: which airframes and which voices a story may name.
//!
//! **Never:** opens an asset; that is for the room that uses it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// The folder `assets` and the names in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The folder itself.
    pub root: PathBuf,
    /// Stems of the files `airframes/*.ron`.
    pub airframes: BTreeSet<String>,
    /// Stems of the files `voices/*.wav`.
    pub voices: BTreeSet<String>,
}

impl Assets {
    /// Finds the folder: in the current folder and those above it, then above the program, then in the
    /// checkout that the program was built from.
    ///
    /// # Errors
    /// Where no folder `assets` with `airframes` in it is found, or it cannot be read.
    pub fn find() -> io::Result<Self> {
        let starts = [
            std::env::current_dir().ok(),
            std::env::current_exe().ok(),
            Some(PathBuf::from(env!("CARGO_MANIFEST_DIR"))),
        ];
        let root = starts
            .iter()
            .flatten()
            .flat_map(|start| start.ancestors())
            .map(|folder| folder.join("assets"))
            .find(|assets| assets.join("airframes").is_dir());
        match root {
            Some(root) => Self::in_folder(&root),
            None => Err(io::Error::new(
                io::ErrorKind::NotFound,
                "no folder `assets` here, above here, or beside the program: run from inside the repository",
            )),
        }
    }

    /// Reads the names in one folder `assets`.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn in_folder(root: &Path) -> io::Result<Self> {
        Ok(Self {
            root: root.to_path_buf(),
            airframes: stems(&root.join("airframes"), "ron")?,
            voices: stems(&root.join("voices"), "wav")?,
        })
    }

    /// The file of an airframe.
    #[must_use]
    pub fn airframe_path(&self, name: &str) -> PathBuf {
        self.root.join("airframes").join(format!("{name}.ron"))
    }

    /// The file of a voice.
    #[must_use]
    pub fn voice_path(&self, name: &str) -> PathBuf {
        self.root.join("voices").join(format!("{name}.wav"))
    }
}

fn stems(folder: &Path, ending: &str) -> io::Result<BTreeSet<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error),
    };
    let mut found = BTreeSet::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == ending) {
            found.extend(path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_folder_is_found_and_only_sounds_are_voices() {
        let assets = Assets::find().expect("the checkout has assets");
        assert!(assets.voices.contains("greeting"), "{:?}", assets.voices);
        assert!(!assets.voices.contains("README"));
        assert!(assets.voice_path("greeting").is_file());
    }
}
