//! The stories that ship.

use crate::scenario::{Expectation, Scenario};
use crate::{Assets, ClaimId};

/// Every story in `scenarios`, by its path below that folder.
fn shipped() -> Vec<(String, Scenario)> {
    let assets = Assets::find().expect("the checkout has assets");
    let root = assets.root.with_file_name("scenarios");
    let mut stories = Vec::new();
    for folder in std::fs::read_dir(&root).expect("the checkout has scenarios") {
        for file in std::fs::read_dir(folder.expect("a folder").path()).expect("a folder") {
            let path = file.expect("a file").path();
            let name = path.strip_prefix(&root).expect("it is below").display().to_string();
            let text = std::fs::read_to_string(&path).expect("it is text");
            match Scenario::parse(&name, &text, &assets) {
                Ok(scenario) => stories.push((name, scenario)),
                Err(error) => panic!("{error}"),
            }
        }
    }
    stories.sort_by(|a, b| a.0.cmp(&b.0));
    stories
}

#[test]
fn every_shipped_story_is_right_and_a_sentence_of_its_own() {
    let stories = shipped();
    assert!(stories.len() >= 24, "{} stories", stories.len());
    for folder in ["audio", "consent", "faces", "links", "logs", "media", "plain"] {
        assert!(stories.iter().any(|(name, _)| name.starts_with(folder)), "{folder} is empty");
    }
    for (name, story) in &stories {
        assert!(story.title.ends_with('.'), "{name}: {}", story.title);
        assert!((60.0..=600.0).contains(&story.length_s), "{name}: {} s", story.length_s);
        let same = stories.iter().filter(|(_, other)| {
            other.title == story.title || other.seed == story.seed || other.place == story.place
        });
        assert_eq!(same.count(), 1, "{name} shares its title, seed or place with another");
    }
}

#[test]
fn every_claim_is_tempted_by_several_shipped_stories() {
    let stories = shipped();
    for claim in ClaimId::ALL {
        let tempted = stories.iter().filter(|(_, s)| s.expects[&claim] == Expectation::Held);
        assert!(tempted.count() >= 5, "{claim}");
    }
}
