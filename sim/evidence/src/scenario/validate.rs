//! What a story must be beyond its grammar: within its ranges, possible, and complete.
//!
//! Each check names the path of the value it refuses; `locate` finds that path in the text.
//!
//! **Never:** changes a value; looks at a file other than by the names in [`Assets`].

mod airmanship;
mod beats;
mod geofence;
mod ground;
mod light;
mod mission;
mod sensors;
mod terrain;
mod values;
mod walks;
mod weather;

use super::Scenario;
use crate::{Assets, Law};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// What is wrong with a value, and what to do.
pub(super) struct Fault {
    /// Where the value is, as `beats[3].at_s`.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

/// The first thing that is wrong.
pub(super) fn check(scenario: &Scenario, assets: &Assets) -> Result<(), Fault> {
    check_head(scenario, assets)?;
    terrain::check(&scenario.terrain)?;
    ground::check(scenario)?;
    light::check(scenario)?;
    mission::check(scenario)?;
    geofence::check(scenario)?;
    check_set_up(scenario)?;
    airmanship::check(scenario)?;
    beats::check(scenario, assets)
}

fn check_head(scenario: &Scenario, assets: &Assets) -> Result<(), Fault> {
    let title = &scenario.title;
    let is_line = !title.chars().any(char::is_control);
    if !is_line || !title.trim().contains(' ') || title.chars().count() > 160 {
        let hint = "say in one line of at most 160 characters what happens";
        return fault("title", "the title is not a sentence", hint);
    }
    let place = &scenario.place;
    within("place.lat_deg", place.lat_deg, -89.0..=89.0, "degrees north; not at a pole")?;
    within("place.lon_deg", place.lon_deg, -180.0..=180.0, "degrees east")?;
    within("place.alt_m", place.alt_m, -430.0..=5000.0, "metres above mean sea level")?;
    one_of("airframe", "airframe", &scenario.airframe, &assets.airframes)?;
    within("length_s", scenario.length_s, 1.0..=3600.0, "seconds from power-on")?;
    if Law::shipped(&scenario.law).is_none() {
        let laws = BTreeSet::from(["sealed".to_owned(), "vendor".to_owned()]);
        one_of("law", "law", &scenario.law, &laws)?;
    }
    weather::check(scenario)?;
    within("battery_pct", scenario.battery_pct, 1.0..=100.0, "per cent")
}

/// What the ground station, the vision chip and the owner bring along.
fn check_set_up(scenario: &Scenario) -> Result<(), Fault> {
    for (name, value) in &scenario.settings {
        if !(0..=1).contains(value) {
            let what = format!("`{name}` is {value}");
            return fault(&format!("settings.{name}"), &what, "give 0 for off, or 1 for on");
        }
    }
    recall("finder.recall", scenario.finder.recall)?;
    within("finder.noise_px", scenario.finder.noise_px, 0.0..=20.0, "pixels")?;
    let latency = f64::from(scenario.finder.latency_frames);
    within("finder.latency_frames", latency, 0.0..=5.0, "frames")?;
    if let Some(account) = &scenario.account {
        for (name, text) in [("email", &account.email), ("phone", &account.phone)] {
            printable(&format!("account.{name}"), text, 40)?;
        }
    }
    scenario.operator.as_ref().map_or(Ok(()), |number| printable("operator", number, 20))
}

/// A chance of the vision chip.
fn recall(path: &str, chance: f64) -> Result<(), Fault> {
    within(path, chance, 0.0..=1.0, "as the chance to be found in a frame")
}

/// A word that fits into its field on the radio.
fn printable(path: &str, text: &str, most: usize) -> Result<(), Fault> {
    let is_printable = text.bytes().all(|b| (0x20..0x7F).contains(&b));
    if is_printable && text.len() <= most {
        return Ok(());
    }
    let what = format!("{text:?} is not at most {most} printable ASCII characters");
    fault(path, &what, "shorten it, and leave out accents")
}

/// A refusal.
fn fault(path: &str, what: &str, hint: &str) -> Result<(), Fault> {
    Err(Fault { path: path.to_owned(), what: what.to_owned(), hint: hint.to_owned() })
}

/// A number must be finite and in its range; `unit` says what it counts.
fn within(path: &str, value: f64, range: RangeInclusive<f64>, unit: &str) -> Result<(), Fault> {
    if range.contains(&value) {
        return Ok(());
    }
    let name = path.rsplit('.').next().unwrap_or(path);
    let (low, high) = range.into_inner();
    let what = if value.is_finite() {
        format!("`{name}` is {value}, which is not in {low} to {high}")
    } else {
        format!("`{name}` is {value}, which is not a number")
    };
    fault(path, &what, &format!("give {low} to {high} {unit}"))
}

/// A name must be one of those that there are.
fn one_of(path: &str, kind: &str, name: &str, there: &BTreeSet<String>) -> Result<(), Fault> {
    if there.contains(name) {
        return Ok(());
    }
    let list = there.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let hint = match nearest(name, there.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? there are: {list}"),
        None if list.is_empty() => "there is none at all".to_owned(),
        None => format!("there are: {list}"),
    };
    fault(path, &format!("there is no {kind} {name:?}"), &hint)
}

fn at_most(path: &str, count: usize, most: usize) -> Result<(), Fault> {
    if count <= most {
        return Ok(());
    }
    fault(path, &format!("`{path}` has {count} entries"), &format!("at most {most} are allowed"))
}

/// The name that `word` was probably meant to be.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A long word would cost much time and is near to nothing.
    let word: String = word.chars().take(64).collect::<String>().to_lowercase();
    names
        .map(|name| (name, strsim::jaro_winkler(&word, &name.to_lowercase())))
        .filter(|(_, likeness)| *likeness > 0.75)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(name, _)| name)
}
