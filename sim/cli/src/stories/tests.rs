//! Where stories are looked for, what they are called, and what is said of one that cannot be read.

use super::*;

#[test]
fn a_story_is_named_by_its_path_below_scenarios_or_by_its_stem() {
    let table = [
        ("/srv/scenarios/audio/hedge.ron", Some("audio/hedge")),
        ("/scenarios/old/scenarios/plain/calm.ron", Some("plain/calm")),
        ("/tmp/my.story.ron", Some("my.story")),
        ("/tmp/.ron", None),
        ("/tmp/..ron", None),
        ("/scenarios/.hidden/x.ron", None),
    ];
    for (file, expected) in table {
        assert_eq!(name_of(Path::new(file)).as_deref(), expected, "{file}");
    }
}

#[test]
fn what_is_missing_or_empty_is_said_with_a_hint() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let assets = Assets::default();
    fs::write(folder.path().join("hedge.ron"), "x").expect("a file");
    let missing = load(&[folder.path().join("hegde.ron")], &assets).unwrap_err();
    assert!(missing.to_string().contains("did you mean"), "{missing}");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("a folder");
    let empty = load(&[inner], &assets).unwrap_err();
    assert!(empty.to_string().contains("no scenario in this folder"), "{empty}");
}

#[test]
fn every_bad_story_of_a_set_is_named_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    fs::write(folder.path().join("a.ron"), "(\n  title: 4,").expect("a file");
    fs::write(folder.path().join("b.ron"), b"(\n\n \xff").expect("a file");
    let error = load(&[folder.path().to_path_buf()], &Assets::default()).unwrap_err();
    let Trouble::BadScenario(text) = &error else { panic!("{error:?}") };
    assert!(text.contains("a.ron:2:"), "{text}");
    assert!(text.contains("b.ron:3: bytes that are no text"), "{text}");
}
