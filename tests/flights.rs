//! The honest vehicle on every story that ships: it lands, and no twin of it differs where it may not.
//!
//! **Never:** names a story by hand; a new file is under test as soon as it lies in the folder.

use crate::walls::root;
use cli::Trouble;
use cli::flights::{Rider, law_of, with_twins};
use cli::stories::{Story, assets, load};
use cli::workers::{Job, run};
use evidence::Assets;
use evidence::scenario::{Act, Beat};
use std::collections::BTreeSet;

/// The main job flies ten, in release; here it is to be seen that the build makes no difference.
const PAIRS: u32 = 4;

/// A story that takes off stays in the air for so long at least, in tenths of a second.
const AIRBORNE_TENTHS_MIN: usize = 50;

pub(crate) fn shipped(assets: &Assets) -> Vec<Story> {
    load(&[root().join("scenarios")], assets).expect("the stories that ship are valid")
}

/// Does the same with every story that ships, several at once; the results are in the stories' order.
pub(crate) fn with_each<T: Send>(
    assets: &Assets,
    does: impl Fn(&Story) -> Result<T, Trouble> + Sync,
) -> Vec<(Story, T)> {
    let stories = shipped(assets);
    let jobs: Vec<_> = stories
        .iter()
        .map(|story| Job {
            name: story.name.clone(),
            weight: story.scenario.length_s,
            does: Box::new(|| does(story)),
        })
        .collect();
    let done = run(&jobs, 8, |_| "flown".to_owned()).expect("every story can be flown");
    stories.iter().cloned().zip(done).collect()
}

#[test]
fn every_shipped_story_flies_home_and_its_twins_never_differ() {
    let assets = assets().expect("the assets are there");
    let flown = with_each(&assets, |story| {
        let twins = audit::plan_twins(&law_of(story)?, &story.scenario, PAIRS);
        let evidence = with_twins(story, Rider::Honest, PAIRS, twins, &assets)?;
        let all = audit::Detectors::all();
        let alarms = audit::alarms(&evidence, &evidence.flight, &evidence.twins, &all);
        let airborne = evidence.track.iter().filter(|point| point.position_m[2] > 0.5).count();
        let why = evidence.truth.destroyed.map_or(String::new(), |destroyed| destroyed.why);
        Ok((evidence.truth.landed_safely, why.contains("tree"), airborne, alarms))
    });
    let mut faults = Vec::new();
    for (story, (landed, hit_a_tree, airborne_tenths, alarms)) in flown {
        let name = &story.name;
        let does = |is: fn(&Act) -> bool| story.scenario.beats.iter().any(|beat| is(&beat.does));
        // Nothing lands without two of its motors, or out of a tree.
        let stops = |beat: &&Beat| matches!(beat.does, Act::MotorFails { .. });
        let is_wreck = story.scenario.beats.iter().filter(stops).count() > 1;
        if !landed && !hit_a_tree && !is_wreck {
            faults.push(format!("{name} did not land safely"));
        }
        // Below this charge the vehicle refuses to arm.
        let flies =
            story.scenario.battery_pct > 20.0 && does(|act| matches!(act, Act::TakesOff { .. }));
        if flies && airborne_tenths < AIRBORNE_TENTHS_MIN {
            faults.push(format!("{name} flies {airborne_tenths} tenths of a second"));
        }
        for alarm in alarms {
            let audit::Alarm { tick, link, detector, shown, .. } = alarm;
            faults.push(format!("{name}: {detector} on {link} at {tick}: {shown}"));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_stories_are_enough_and_lie_in_folders_by_what_they_tempt() {
    let stories = shipped(&assets().expect("the assets are there"));
    assert!(stories.len() >= 150, "only {} stories", stories.len());
    let folders: BTreeSet<_> =
        stories.iter().filter_map(|story| story.name.split_once('/')).map(|(f, _)| f).collect();
    let expected = [
        "access",
        "audio",
        "card",
        "consent",
        "diagnostics",
        "faces",
        "flight",
        "hosts",
        "identity",
        "links",
        "live",
        "logs",
        "media",
        "modes",
        "nofly",
        "plain",
        "power",
        "remote_id",
        "sensors",
        "settings",
        "world",
    ];
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), expected);
    for story in &stories {
        let title = &story.scenario.title;
        assert!(title.contains(' ') && title.starts_with(char::is_uppercase), "{title}");
    }
}
