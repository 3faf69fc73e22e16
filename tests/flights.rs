//! The honest vehicle on every story that ships: it lands, and no twin of it differs where it may not.
//!
//! **Never:** names a story by hand; a new file is under test as soon as it lies in the folder.

use crate::walls::root;
use cli::flights::{Rider, law_of, with_twins};
use cli::stories::{Story, assets, load};
use cli::workers::{Job, run};
use evidence::Assets;
use std::collections::BTreeSet;

const PAIRS: u32 = 10;

pub(crate) fn shipped(assets: &Assets) -> Vec<Story> {
    load(&[root().join("scenarios")], assets).expect("the stories that ship are valid")
}

#[test]
fn every_shipped_story_flies_home_and_ten_pairs_of_twins_never_differ() {
    let assets = assets().expect("the assets are there");
    let stories = shipped(&assets);
    let jobs: Vec<_> = stories
        .iter()
        .map(|story| Job {
            name: story.name.clone(),
            weight: story.scenario.length_s,
            does: Box::new(|| {
                let twins = audit::plan_twins(&law_of(story)?, &story.scenario, PAIRS);
                let evidence = with_twins(story, Rider::Honest, PAIRS, twins, &assets)?;
                let quiet = audit::alarms(
                    &evidence,
                    &evidence.flight,
                    &evidence.twins,
                    &audit::Detectors::all(),
                );
                Ok((evidence.truth.landed_safely, evidence.twins.len(), quiet))
            }),
        })
        .collect();
    let flown = run(&jobs, 2, |_| "flown".to_owned()).expect("every story can be flown");
    for (story, (landed, twins, alarms)) in stories.iter().zip(flown) {
        assert!(landed, "{} did not land safely", story.name);
        assert!(twins >= PAIRS as usize, "{} has {twins} twins", story.name);
        assert!(alarms.is_empty(), "{}: {alarms:#?}", story.name);
    }
}

#[test]
fn the_stories_are_enough_and_lie_in_folders_by_what_they_tempt() {
    let stories = shipped(&assets().expect("the assets are there"));
    assert!(stories.len() >= 24, "only {} stories", stories.len());
    let folders: BTreeSet<_> =
        stories.iter().filter_map(|story| story.name.split_once('/')).map(|(f, _)| f).collect();
    let expected = ["audio", "consent", "faces", "links", "logs", "media", "plain"];
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), expected);
    for story in &stories {
        let title = &story.scenario.title;
        assert!(title.contains(' ') && title.starts_with(char::is_uppercase), "{title}");
        assert!((60.0..=600.0).contains(&story.scenario.length_s), "{}", story.name);
    }
}
