//! Which stories: from paths on the command line to parsed scenarios, in the order of their names.
//!
//! **Never:** flies a set of which one is bad; lets the order of the paths show in a result.

use crate::Trouble;
use evidence::scenario::Expectation;
use evidence::{Assets, ClaimId, Evidence, Scenario, Transcript, Ways};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The folder of stories that is looked for where no path is given.
const FOLDER: &str = "scenarios";

/// One story, ready to fly.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its path below the folder `scenarios`, with `/` and without `.ron`: `audio/hedge`.
    pub name: String,
    /// The file's text, to the byte.
    pub text: String,
    /// What the text says, but for a seed or a law from the command line.
    pub scenario: Scenario,
    /// Of a live flight that is to be flown again, what reached the radio.
    pub heard: Option<Transcript>,
    /// Whose ways the vehicle has on its telemetry ports.
    pub ways: Ways,
}

impl Story {
    /// The story that some evidence was flown by, to be flown again.
    ///
    /// # Errors
    /// Where its text names an asset that is not here.
    pub fn of(evidence: &Evidence, assets: &Assets) -> Result<Self, Trouble> {
        let provenance = &evidence.provenance;
        let text = evidence.scenario_text.clone();
        let scenario = Scenario::parse(&provenance.story, &text, assets);
        let scenario = scenario.map_err(|error| Trouble::BadEvidence(error.to_string()))?;
        let heard = evidence.heard.clone();
        let (name, ways) = (provenance.story.clone(), provenance.ways());
        let story = Self { name, text, scenario, heard, ways };
        // The text may name another seed and law than those given on the command line of the first flight.
        Ok(story.under(Some(provenance.seed), Some(&evidence.law.name)))
    }

    /// What is known of the story before it is flown: of a live flight, all that was said. Nobody wrote down what a
    /// live flight would tempt, so that every promise gets its probes.
    #[must_use]
    pub fn told(&self) -> Cow<'_, Scenario> {
        let Some(heard) = &self.heard else { return Cow::Borrowed(&self.scenario) };
        let mut told = evidence::told::told(&self.scenario, heard, self.ways);
        told.expects = ClaimId::ALL.map(|claim| (claim, Expectation::Held)).into();
        Cow::Owned(told)
    }

    /// The same story under another seed or law, where one is given. The text stays as it is.
    #[must_use]
    pub fn under(mut self, seed: Option<u64>, law: Option<&str>) -> Self {
        self.scenario.seed = seed.unwrap_or(self.scenario.seed);
        if let Some(law) = law {
            self.scenario.law = law.to_owned();
        }
        self
    }
}

/// The assets that stories may name.
///
/// # Errors
/// Where the folder is not found.
pub fn assets() -> Result<Assets, Trouble> {
    Assets::find().map_err(|error| Trouble::Misuse(error.to_string()))
}

/// Reads the stories under some paths, or all that ship where there is none.
///
/// # Errors
/// Everything that is wrong with any of them, so that it can be mended in one go.
pub fn load(paths: &[PathBuf], assets: &Assets) -> Result<Vec<Story>, Trouble> {
    let paths = if paths.is_empty() { vec![shipped()?] } else { paths.to_vec() };
    let mut files = Vec::new();
    for path in &paths {
        gather(path, &mut files)?;
    }
    read_all(files, assets)
}

/// The story that a live flight is flown in where none is named.
///
/// # Errors
/// Where a voice or the airframe that it names is not there.
pub fn field(assets: &Assets) -> Result<Story, Trouble> {
    let text = include_str!("../../../assets/live/field.ron");
    let scenario = Scenario::parse("assets/live/field.ron", text, assets);
    let scenario = scenario.map_err(|error| Trouble::BadScenario(error.to_string()))?;
    let (name, ways) = ("live/field".to_owned(), scenario.ways());
    Ok(Story { name, text: text.to_owned(), scenario, heard: None, ways })
}

/// Reads one story file.
///
/// # Errors
/// Where it is no file, cannot be read, or is wrong.
pub fn load_file(path: &Path, assets: &Assets) -> Result<Story, Trouble> {
    if path.is_dir() {
        let hint = "name one scenario file; `hushwing verify` takes folders";
        return Err(Trouble::Misuse(format!("{}: a folder\n  hint: {hint}", path.display())));
    }
    exists(path)?;
    read(path, assets)
}

/// Reads the stories of some names from the folder `scenarios`.
///
/// # Errors
/// Where there is no such story, or one is wrong.
pub fn load_named<'a>(
    names: impl IntoIterator<Item = &'a str>,
    assets: &Assets,
) -> Result<Vec<Story>, Trouble> {
    let root = shipped()?;
    let mut files: Vec<_> =
        names.into_iter().map(|name| root.join(format!("{name}.ron"))).collect();
    files.sort();
    files.dedup();
    for file in &files {
        exists(file)?;
    }
    read_all(files, assets)
}

/// The folder `scenarios`: here, above here, or beside the assets' checkout.
fn shipped() -> Result<PathBuf, Trouble> {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().map(|folder| folder.join(FOLDER)).find(|folder| folder.is_dir());
    found
        .ok_or_else(|| {
            let hint =
                "name a scenario file or a folder of them, or run from inside the repository";
            Trouble::Misuse(format!("no folder `{FOLDER}` here or above\n  hint: {hint}"))
        })
        .map(|folder| folder.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(folder))
}

fn exists(path: &Path) -> Result<(), Trouble> {
    if path.exists() {
        return Ok(());
    }
    let siblings =
        path.parent().map(|parent| if parent == Path::new("") { Path::new(".") } else { parent });
    let names: Vec<String> = siblings
        .and_then(|folder| fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let wanted = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let hint = match crate::trouble::nearest(wanted, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{}`?", path.with_file_name(near).display()),
        None => "name a scenario file (`….ron`) or a folder of them".to_owned(),
    };
    Err(Trouble::Misuse(format!("{}: no such file or folder\n  hint: {hint}", path.display())))
}

/// Adds the `.ron` files at or below a path.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    exists(path)?;
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let before = files.len();
    descend(path, files).map_err(|error| unreadable(path, &error))?;
    if files.len() > before {
        return Ok(());
    }
    let hint = "scenario files end in `.ron`";
    Err(Trouble::Misuse(format!("{}: no scenario in this folder\n  hint: {hint}", path.display())))
}

fn descend(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // Links are not followed into folders, so that a circle of them ends.
        if entry.file_type()?.is_dir() {
            descend(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "ron") {
            files.push(path);
        }
    }
    Ok(())
}

fn read_all(files: Vec<PathBuf>, assets: &Assets) -> Result<Vec<Story>, Trouble> {
    let mut once = BTreeMap::new();
    for file in files {
        once.entry(whole(&file)).or_insert(file);
    }
    let mut stories: BTreeMap<String, (PathBuf, Story)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in once.into_values() {
        match read(&file, assets) {
            Err(Trouble::BadScenario(error)) => wrong.push(error),
            Err(other) => return Err(other),
            Ok(story) => {
                if let Some((first, _)) = stories.get(&story.name) {
                    wrong.push(same_name(first, &file, &story.name));
                } else {
                    stories.insert(story.name.clone(), (file, story));
                }
            }
        }
    }
    wrong.extend(nested(&stories));
    if wrong.is_empty() {
        Ok(stories.into_values().map(|(_, story)| story).collect())
    } else {
        Err(Trouble::BadScenario(wrong.join("\n")))
    }
}

fn read(file: &Path, assets: &Assets) -> Result<Story, Trouble> {
    let shown = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| unreadable(file, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let hint = "save the file as UTF-8 text";
        Trouble::BadScenario(format!("{shown}:{line}: bytes that are no text\n  hint: {hint}"))
    })?;
    let scenario = Scenario::parse(&shown, &text, assets)
        .map_err(|error| Trouble::BadScenario(error.to_string()))?;
    let name = name_of(&whole(file)).ok_or_else(|| {
        let hint = "give it a name of letters, digits and dashes, such as `quiet-garden.ron`";
        Trouble::BadScenario(format!("{shown}: a story cannot be named so\n  hint: {hint}"))
    })?;
    let ways = scenario.ways();
    Ok(Story { name, text, scenario, heard: None, ways })
}

/// The path without links and dots, where the system knows it.
fn whole(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf())
}

/// The path below the last folder `scenarios`, or else the file's stem; it becomes a folder of the output.
fn name_of(file: &Path) -> Option<String> {
    // Not `with_extension`: of `..ron` it would leave a path that means the folder.
    let stem = Path::new(file.file_stem()?);
    let above = file.parent()?.components();
    let mut parts: Vec<&str> = Vec::new();
    for part in above.chain(std::iter::once(Component::Normal(stem.as_os_str()))) {
        match part {
            Component::Normal(part) if part == FOLDER => parts.clear(),
            // Only what lies below `scenarios` must be text; marks where it begins are dropped there.
            Component::Normal(part) => parts.push(part.to_str().unwrap_or("?")),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => {}
        }
    }
    let is_below = file.components().any(|part| part.as_os_str() == FOLDER);
    let parts = if is_below {
        parts.as_slice()
    } else {
        parts.last().map_or(&[][..], std::slice::from_ref)
    };
    let is_plain = |part: &&str| !part.starts_with('.') && !part.contains(['?', '\\', ':']);
    (!parts.is_empty() && parts.iter().all(is_plain)).then(|| parts.join("/"))
}

fn same_name(first: &Path, second: &Path, name: &str) -> String {
    let hint = "rename one of them, or verify them one after the other";
    format!(
        "{}: the story is named `{name}`, as is {}\n  hint: {hint}",
        second.display(),
        first.display()
    )
}

/// A story whose folder of evidence would lie within another story's.
fn nested(stories: &BTreeMap<String, (PathBuf, Story)>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, (file, _)) in stories {
        let outer = Path::new(name).ancestors().skip(1).filter_map(Path::to_str);
        for outer in outer.filter(|outer| stories.contains_key(*outer)) {
            let hint = "rename the file or the folder";
            let shown = file.display();
            wrong.push(format!(
                "{shown}: lies in a folder named as the story `{outer}`\n  hint: {hint}"
            ));
        }
    }
    wrong
}

fn unreadable(path: &Path, error: &std::io::Error) -> Trouble {
    let hint = "check that you may read it";
    Trouble::Misuse(format!("{}: cannot be read: {error}\n  hint: {hint}", path.display()))
}

#[cfg(test)]
mod tests;
