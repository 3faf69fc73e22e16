//! Where the size of a picture, which follows what is in it, lawfully shows: in who waits for its way to be free, and
//! in how often it is asked for.
//!
//! **Never:** stops a twin before a picture is asked for.

use evidence::scenario::{Act, Scenario, Server, Setting};
use evidence::{Class, Mandate, Recipient, TICKS_PER_S, Tick};

/// Reports and questions about zones have their slots so long after the start, and each this long after the last.
const REPORT_AFTER: u64 = 15 * TICKS_PER_S;
const ZONES_AFTER: u64 = 5 * TICKS_PER_S;
const EVERY: u64 = 30 * TICKS_PER_S;
const UPDATE_AFTER: u64 = 10 * TICKS_PER_S;
/// Whoever may ask for an update does so within this time.
const UPDATE_WITHIN: u64 = TICKS_PER_S;
/// A still is sent within this time, and a film within the second, where the servers take what is sent.
const STILL_WITHIN: u64 = 10 * TICKS_PER_S;
const FILM_WITHIN: u64 = 90 * TICKS_PER_S;

/// From when something else may wait behind a picture on its way to the maker: a log, a report or a question.
pub fn waited_for(scenario: &Scenario, mandate: &Mandate) -> Option<Tick> {
    let pictures = asked(scenario, &[Class::Imagery, Class::Face]);
    let has = |wanted: fn(&Act) -> bool| {
        scenario.beats.iter().any(|beat| wanted(beat.does.on_any_port()))
    };
    let is_smooth = scenario.server == Server::Accepts
        && !has(|act| matches!(act, Act::ServerTurns(mood) if *mood != Server::Accepts));
    let within = match (is_smooth, has(|act| matches!(act, Act::StartsFilm))) {
        (false, _) => u64::MAX,
        (true, true) => FILM_WITHIN,
        (true, false) => STILL_WITHIN,
    };
    let waits = |moment: &Tick| {
        let since = |picture: &Tick| moment.0.checked_sub(picture.0);
        pictures.iter().filter_map(since).any(|since| since < within)
    };
    let mut moments = slots(scenario, mandate);
    moments.extend(asked(scenario, &[Class::FlightLog]));
    moments.into_iter().filter(waits).min()
}

/// From when a picture is read over the radio: how often it is asked for follows its size.
pub fn read(scenario: &Scenario) -> Option<Tick> {
    let reads = |act: &Act| matches!(act, Act::ReadsFile { path } if path.contains("DCIM"));
    let beats = scenario.beats.iter().filter(|beat| reads(beat.does.on_any_port()));
    beats.map(|beat| Tick::at_s(beat.at_s)).min()
}

fn asked(scenario: &Scenario, wanted: &[Class]) -> Vec<Tick> {
    let beats = scenario.beats.iter().filter(|beat| {
        matches!(beat.does.on_any_port(), Act::Requests { category, to: Recipient::Maker, .. }
            if wanted.contains(category))
    });
    beats.map(|beat| Tick::at_s(beat.at_s)).collect()
}

/// Every moment at which something is said to the maker by itself.
fn slots(scenario: &Scenario, mandate: &Mandate) -> Vec<Tick> {
    let end = Tick::at_s(scenario.length_s).0;
    let outages = scenario.outages();
    let boots = || outages.power.iter().map(|(_, on)| on.0).chain([0]);
    let mut slots = Vec::new();
    for (setting, after) in [(Setting::UpDiag, REPORT_AFTER), (Setting::UpNofly, ZONES_AFTER)] {
        for boot in boots() {
            let ticks = (0..).map(|n| Tick(boot + after + n * EVERY)).take_while(|t| t.0 < end);
            slots.extend(ticks.filter(|tick| mandate.is_on(setting, *tick)));
        }
    }
    let turned = mandate.controls.iter().filter(|c| c.name == Setting::UpUpdate && c.value == 1);
    for control in turned {
        let due = boots().map(|boot| (boot + UPDATE_AFTER).max(control.tick.0));
        slots.extend(
            due.flat_map(|due| (0..=UPDATE_WITHIN).step_by(50).map(move |n| Tick(due + n))),
        );
    }
    slots
}
