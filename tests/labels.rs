//! Forbidden edges: what must not compile, each beside a twin that does.
//!
//! **Never:** holds a forbidden edge without its lawful twin, or the failure could have another cause.

use crate::walls::{files_below, root};

#[test]
fn forbidden_edges_do_not_compile_and_their_lawful_twins_do() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("labels/forbidden/*.rs");
    cases.pass("labels/lawful/*.rs");
}

#[test]
fn every_forbidden_edge_has_a_lawful_twin() {
    let names = |folder: &str| -> Vec<_> {
        let files = files_below(&root().join("tests/labels").join(folder), "rs");
        files.iter().map(|f| f.file_name().map(ToOwned::to_owned)).collect()
    };
    assert_eq!(names("forbidden"), names("lawful"));
    assert!(names("forbidden").len() >= 8);
}
