//! The program as its user meets it: exit codes, stored evidence judged again, reports that never vary.
//!
//! **Never:** reads what the program prints for people; only codes and files are a contract.

use crate::walls::root;
use cli::ExitCode;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

fn hushwing(words: &[&str]) -> ExitCode {
    cli::run(std::iter::once("hushwing").chain(words.iter().copied()).map(OsString::from))
}

fn story(name: &str) -> String {
    root().join("scenarios").join(name).with_extension("ron").display().to_string()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder to write in")
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn each_way_to_end_has_its_code() {
    let out = folder();
    let evidence = shown(&out.path().join("out"));
    let bad = out.path().join("bad.ron");
    fs::write(&bad, "(\n  title: \"No beats\",\n").expect("a file");
    let empty = out.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    let (bad, empty) = (shown(&bad), shown(&empty));
    let (all, hover) = (story("plain/everything_at_once"), story("plain/hover"));
    let to = ["--pairs", "1", "--out", &evidence];
    let table: [(&str, &[&str], ExitCode); 9] = [
        ("all tempted", &["verify", &all, to[0], to[1], to[2], to[3]], ExitCode::Held),
        ("some untempted", &["verify", &hover, to[0], to[1], to[2], to[3]], ExitCode::Unproven),
        (
            "a leaking vehicle",
            &["verify", &hover, "--saboteur", "L067", to[0], to[1], to[2], to[3]],
            ExitCode::Broken,
        ),
        ("a scenario that is none", &["verify", &bad], ExitCode::BadScenario),
        ("no such file", &["verify", "nowhere.ron"], ExitCode::Misuse),
        ("no such saboteur", &["verify", &hover, "--saboteur", "L999"], ExitCode::Misuse),
        ("no such command", &["launch"], ExitCode::Misuse),
        ("no evidence", &["audit", &empty], ExitCode::BadEvidence),
        ("help", &["help", "verify"], ExitCode::Held),
    ];
    for (name, words, expected) in table {
        assert_eq!(hushwing(words), expected, "{name}: {words:?}");
    }
}

#[test]
fn stored_evidence_is_judged_again_byte_for_byte_and_flies_again_to_the_same_seal() {
    let out = folder();
    let (first, second) = (out.path().join("one"), out.path().join("eight"));
    let verify = |out: &Path, jobs: &str| {
        let stories = ["faces/one_face", "media/still_uploaded_under_a_grant"].map(story);
        let words = [
            "verify",
            &stories[0],
            &stories[1],
            "--pairs",
            "2",
            "--jobs",
            jobs,
            "--out",
            &shown(out),
        ];
        hushwing(&words)
    };
    assert_eq!(verify(&first, "1"), ExitCode::Unproven);
    assert_eq!(verify(&second, "8"), ExitCode::Unproven);
    let report = |folder: &Path| fs::read(folder.join("report.json")).expect("a report");
    assert_eq!(report(&first), report(&second), "the number of jobs shows in the report");

    let again = out.path().join("again.json");
    assert_eq!(hushwing(&["audit", &shown(&first), "--out", &shown(&again)]), ExitCode::Unproven);
    assert_eq!(fs::read(&again).expect("a report"), report(&first));
    let evidence = first.join("faces/one_face");
    assert_eq!(hushwing(&["rerun", &shown(&evidence)]), ExitCode::Held);

    for file in ["transcript.bin", "truth.json", "card/LOG/LOG_0001.HLG"] {
        damage(&evidence.join(file));
        assert_eq!(hushwing(&["audit", &shown(&evidence)]), ExitCode::BadEvidence, "{file}");
        damage(&evidence.join(file));
    }
    assert_ne!(hushwing(&["audit", &shown(&evidence)]), ExitCode::BadEvidence, "it is whole again");
}

/// Flips one bit in the middle of a file.
fn damage(file: &PathBuf) {
    let mut bytes = fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(file, bytes).expect("the file can be written");
}

#[test]
fn a_flight_writes_evidence_and_another_law_or_seed_is_kept_in_it() {
    let out = folder();
    let evidence = shown(&out.path().join("flight"));
    let words =
        ["fly", &story("plain/hover"), "--out", &evidence, "--seed", "99", "--law", "vendor"];
    assert_eq!(hushwing(&words), ExitCode::Held);
    assert_eq!(hushwing(&["rerun", &evidence]), ExitCode::Held);
    for file in ["manifest.json", "scenario.ron", "radio.pcapng", "uplink.pcapng", "track.csv"] {
        assert!(out.path().join("flight").join(file).is_file(), "no {file}");
    }
}

#[test]
fn the_story_in_the_readme_comes_out_as_it_says() {
    let readme = crate::walls::read("README.md");
    let story = readme.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next());
    let out = folder();
    let file = out.path().join("neighbour.ron");
    fs::write(&file, story.expect("the README shows a story")).expect("a file");
    let evidence = out.path().join("out");
    let words = ["verify", &shown(&file), "--pairs", "2", "--out", &shown(&evidence)];
    assert_eq!(hushwing(&words), ExitCode::Unproven);
    let report = fs::read(evidence.join("report.json")).expect("a report");
    let report: audit::Report = serde_json::from_slice(&report).expect("JSON");
    for finding in &report.stories[0].findings {
        assert!(finding.as_expected, "{}: {}", finding.claim, finding.why);
    }
}
