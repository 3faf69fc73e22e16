//! Any scenario file: a story that is valid, or an error with its place.
//!
//! **Never:** needs a file on disk.
#![no_main]

use evidence::{Assets, Scenario};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets::find().expect("the assets are there"));

fuzz_target!(|text: &str| {
    if let Err(error) = Scenario::parse("fuzzed.ron", text, &ASSETS) {
        assert!(error.to_string().contains("fuzzed.ron"));
    }
});
