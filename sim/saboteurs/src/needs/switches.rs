//! Switches as a story sets them: at what, and until when.
//!
//! **Never:** knows what a leak does with a switch.

use evidence::Scenario;
use evidence::scenario::{Act, Setting};

/// When every undeclared server has been spoken to.
pub(super) const CONTACTED_S: f64 = 26.0;

/// When a forged setting has shown.
pub(super) const FORGED_S: f64 = 20.0;

/// Whether a switch is at a value from the first settings to the end.
pub(super) fn is_always(story: &Scenario, setting: Setting, wanted: i32) -> bool {
    is_until(story, setting, wanted, story.length_s)
}

/// Whether a switch is at a value from the first settings to a moment.
pub(super) fn is_until(story: &Scenario, setting: Setting, wanted: i32, until_s: f64) -> bool {
    let moved =
        story.beats.iter().take_while(|beat| beat.at_s < until_s).any(|beat| match beat.does {
            Act::Sets { name, value } => name == setting && value != wanted,
            Act::ResetsToFactory => setting.factory() != wanted,
            _ => false,
        });
    starts(story, setting, wanted) && !moved
}

/// Whether a service may speak to the maker until a moment.
pub(super) fn sent_until(story: &Scenario, service: Setting, until_s: f64) -> bool {
    is_until(story, Setting::PrivLocal, 0, until_s) && is_until(story, service, 1, until_s)
}

/// Whether a switch begins at a value.
pub(super) fn starts(story: &Scenario, setting: Setting, wanted: i32) -> bool {
    story.settings.get(&setting).copied().unwrap_or(setting.factory()) == wanted
}

/// Whether local data mode is off all the time.
pub(super) fn on_line(story: &Scenario) -> bool {
    is_always(story, Setting::PrivLocal, 0)
}
