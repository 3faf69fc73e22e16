//! The mission: each item within its ranges, and all of them in an order that can be flown.
//!
//! **Never:** lets an item stand behind the one that lands.

use super::{Fault, at_most, fault, ground, values, within};
use crate::scenario::{Item, Scenario};

/// The first item that is wrong.
pub(super) fn check(scenario: &Scenario) -> Result<(), Fault> {
    at_most("mission", scenario.mission.len(), 64)?;
    for (i, item) in scenario.mission.iter().enumerate() {
        check_item(scenario, &format!("mission[{i}]"), item)?;
    }
    let Some(first) = scenario.mission.iter().position(Item::flies) else {
        let hint = "add a `Waypoint` or a `TakeOff`";
        let is_empty = scenario.mission.is_empty();
        return if is_empty { Ok(()) } else { fault("mission", "the mission never flies", hint) };
    };
    if !scenario.mission[first].leaves_the_ground() {
        let what = "the mission does not begin with a climb";
        let hint = "let the first item that flies be a `TakeOff` or a `Waypoint`";
        return fault(&format!("mission[{first}]"), what, hint);
    }
    let last = scenario.mission.iter().position(Item::is_last);
    if let Some(behind) = last.map(|last| last + 1).filter(|i| *i < scenario.mission.len()) {
        let what = "this item comes after the landing";
        let hint = "let `Land` or `Returns` be the last item";
        return fault(&format!("mission[{behind}]"), what, hint);
    }
    Ok(())
}

fn check_item(scenario: &Scenario, path: &str, item: &Item) -> Result<(), Fault> {
    let sub = |rest: &str| format!("{path}.{rest}");
    if let Some(label) = item.label() {
        let is_printable = label.bytes().all(|b| (0x20..0x7F).contains(&b));
        if !is_printable || !(1..=16).contains(&label.len()) {
            let what = format!("the label {label:?} is not 1 to 16 printable ASCII characters");
            return fault(&sub("label"), &what, "shorten it, and leave out accents");
        }
    }
    match item {
        Item::Waypoint { label, at_m, stay_s, .. } => {
            place(&sub("at_m"), *at_m)?;
            within(&sub("stay_s"), *stay_s, 0.0..=600.0, "seconds")?;
            ground::check_way_point(scenario, &sub("at_m"), label, *at_m)
        }
        Item::TakeOff { height_m } => {
            within(&sub("height_m"), *height_m, 1.0..=120.0, "metres above the start")
        }
        Item::Delay { for_s } => within(&sub("for_s"), *for_s, 0.1..=600.0, "seconds"),
        Item::Speed { at_most_mps } => {
            within(&sub("at_most_mps"), *at_most_mps, 0.5..=10.0, "metres per second")
        }
        Item::LooksAt { at_m: (east, north, up) } => {
            within(&sub("at_m[0]"), *east, -2000.0..=2000.0, "metres east of the start")?;
            within(&sub("at_m[1]"), *north, -2000.0..=2000.0, "metres north of the start")?;
            within(&sub("at_m[2]"), *up, 0.0..=120.0, "metres above the start")
        }
        Item::Loiter { label, at_m, radius_m, turns } => {
            place(&sub("at_m"), *at_m)?;
            values::radius(&sub("radius_m"), *radius_m)?;
            within(&sub("turns"), *turns, 0.25..=20.0, "turns")?;
            ground::check_way_point(scenario, &sub("at_m"), label, *at_m)
        }
        Item::TriggersByDistance { every_m } => {
            within(&sub("every_m"), *every_m, 2.0..=500.0, "metres")
        }
        Item::TriggersByTime { every_s } => {
            within(&sub("every_s"), *every_s, 2.0..=600.0, "seconds")
        }
        Item::TriggersNever | Item::LooksAhead | Item::Land | Item::Returns => Ok(()),
    }
}

/// A place that may be flown to.
pub(super) fn place(path: &str, (east, north, up): (f64, f64, f64)) -> Result<(), Fault> {
    within(&format!("{path}[0]"), east, -2000.0..=2000.0, "metres east of the start")?;
    within(&format!("{path}[1]"), north, -2000.0..=2000.0, "metres north of the start")?;
    within(&format!("{path}[2]"), up, 1.0..=120.0, "metres above the start")
}
