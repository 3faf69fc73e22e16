//! Same story and seed, same seal: twice in a row, in debug and in release, under any number of seats.
//!
//! The golden file is compared by both builds, so a seal that depends on the build fails in one of them.
//!
//! **Never:** compares two flights of the same process only.

use crate::flights::{shipped, with_each};
use cli::flights::{Rider, bare, law_of, with_twins};
use cli::stories::assets;
use expect_test::expect_file;
use std::fmt::Write as _;

#[test]
fn the_seals_of_all_stories_are_as_written_down() {
    let assets = assets().expect("the assets are there");
    let mut list = String::new();
    for (story, seal) in with_each(&assets, |story| Ok(bare(story, Rider::Honest, &assets)?.seal()))
    {
        let _ = writeln!(list, "{seal} {}", story.name);
    }
    expect_file!["./golden/seals.txt"].assert_eq(&list);
}

#[test]
fn a_seal_comes_back_and_another_seed_gives_another() {
    let assets = assets().expect("the assets are there");
    for story in shipped(&assets).into_iter().step_by(11) {
        let first = bare(&story, Rider::Honest, &assets).expect("it flies").seal();
        let twins = audit::plan_twins(&law_of(&story).expect("a law"), &story.scenario, 2);
        let crowded = with_twins(&story, Rider::Honest, 2, twins, &assets).expect("it flies");
        assert_eq!(first, crowded.seal(), "{}: seats change the flight", story.name);
        let other = story.clone().under(Some(story.scenario.seed + 1), None);
        let other = bare(&other, Rider::Honest, &assets).expect("it flies").seal();
        assert_ne!(first, other, "{}: the seed changes nothing", story.name);
    }
}
