//! What is flown: one story, with or without each of what it observes, and so many seats.
//!
//! **Never:** measures; depends on a file that somebody may change.

use crate::Trouble;
use crate::flights::law_of;
use crate::stories::Story;
use evidence::scenario::{Act, Setting};
use evidence::{Assets, Scenario, Twin};

/// Pairs that are planned, of which a workload takes the first few twins.
const PAIRS: u32 = 20;

/// What is on in a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Radio telemetry and broadcast identification.
    pub telemetry: bool,
    /// Every seat's firmware looks at the pixels of five frames a second.
    pub camera: bool,
    /// People speak, and what the external microphone hears is recorded.
    pub microphone: bool,
    /// The live view: the firmware scrubs and packs every frame.
    pub view: bool,
}

impl Observed {
    /// All that the target speaks of.
    pub const EVERYTHING: Self =
        Self { telemetry: true, camera: true, microphone: true, view: false };
    /// Nothing at all; the vehicle still flies, logs, and samples its sensors.
    pub const NOTHING: Self =
        Self { telemetry: false, camera: false, microphone: false, view: false };
}

/// The story of the short flights, with only what is observed.
pub fn everything(observed: Observed, assets: &Assets) -> Result<Story, Trouble> {
    let mut story = story("bench/everything", include_str!("everything.ron"), assets)?;
    let Scenario { beats, settings, .. } = &mut story.scenario;
    beats.retain(|beat| match &beat.does {
        Act::Speaks { .. } | Act::StartsRecording | Act::StopsRecording => observed.microphone,
        Act::StartsView | Act::StopsView => observed.view,
        _ => true,
    });
    if !observed.telemetry {
        settings.insert(Setting::RadTelem, 0);
        settings.insert(Setting::RidEnable, 0);
    }
    Ok(story)
}

/// The story of the long flight, or its first minutes.
pub fn half_hour(minutes: u32, assets: &Assets) -> Result<Story, Trouble> {
    let mut story = story("bench/half-hour", include_str!("half_hour.ron"), assets)?;
    let Scenario { beats, length_s, .. } = &mut story.scenario;
    *length_s = length_s.min(60.0 * f64::from(minutes));
    beats.retain(|beat| beat.at_s < *length_s);
    Ok(story)
}

/// So many twins of a story, as `verify` plans them.
pub fn twins(story: &Story, count: usize) -> Result<Vec<Twin>, Trouble> {
    let planned = audit::plan_twins(&law_of(story)?, &story.scenario, PAIRS);
    if planned.len() < count {
        let what = format!("{}: {} twins planned, {count} wanted", story.name, planned.len());
        return Err(Trouble::Bug(what));
    }
    Ok(planned.into_iter().take(count).collect())
}

fn story(name: &str, text: &str, assets: &Assets) -> Result<Story, Trouble> {
    let scenario =
        Scenario::parse(name, text, assets).map_err(|error| Trouble::Bug(error.to_string()))?;
    let (name, text) = (name.to_owned(), text.to_owned());
    let ways = scenario.ways();
    Ok(Story { name, text, scenario, heard: None, ways })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_switch_takes_out_its_own_and_the_twins_suffice() {
        let assets = crate::stories::assets().expect("the checkout has assets");
        let beats = |observed| {
            let story = everything(observed, &assets).expect("it ships");
            story.scenario.beats.len()
        };
        let all = beats(Observed { view: true, ..Observed::EVERYTHING });
        assert_eq!(beats(Observed::EVERYTHING), all - 2);
        assert_eq!(beats(Observed::NOTHING), all - 2 - 7);
        let mute = everything(Observed::NOTHING, &assets).expect("it ships");
        assert_eq!(mute.scenario.settings[&Setting::RadTelem], 0);
        let story = everything(Observed::EVERYTHING, &assets).expect("it ships");
        assert_eq!(twins(&story, 15).expect("enough are planned").len(), 15);
        let short = half_hour(5, &assets).expect("it ships");
        assert_eq!((short.scenario.length_s, short.scenario.beats.len()), (300.0, 3));
    }
}
