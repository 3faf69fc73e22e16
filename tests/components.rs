//! The components of the firmware, each with what it is for: a list that is exact in both directions.
//!
//! Whoever adds one has to say here what it does. None of them recognises anybody, and nothing but the law and the
//! no-fly zones is compiled in beside code, so there is no place where a model or a gallery could be.
//!
//! **Never:** takes a component for harmless because it is not in the way; trusts its name alone.

use crate::walls::{files_below, read, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Every crate of the firmware's build, and what it does there.
const COMPONENTS: &[(&str, &str)] = &[
    ("aead", "authenticated encryption, traits"),
    ("bitflags", "MAVLink flags"),
    ("block-buffer", "hashes, buffering"),
    ("byteorder", "MAVLink numbers"),
    ("cfg-if", "choice of code by target"),
    ("chacha20", "encryption of sealed files"),
    ("chacha20poly1305", "encryption of sealed files"),
    ("cipher", "encryption, traits"),
    ("cmov", "choice without a branch, for encryption"),
    ("cpufeatures", "choice of code by processor"),
    ("crc-any", "MAVLink checksums"),
    ("crypto-common", "encryption, traits"),
    ("ctutils", "comparison in constant time"),
    ("curve25519-dalek", "keys of sealed logs"),
    ("curve25519-dalek-derive", "keys of sealed logs, code generation"),
    ("digest", "hashes, traits"),
    ("embedded-io", "MAVLink reading, traits"),
    ("embedded-io-async", "MAVLink reading, traits"),
    ("glam", "vectors and rotations"),
    ("hash32", "part of the R-tree's containers"),
    ("heapless", "part of the R-tree's containers"),
    ("hybrid-array", "arrays of a size known to the compiler"),
    ("inout", "encryption in place"),
    ("jpeg-encoder", "pictures, after scrubbing or for the card"),
    ("libm", "functions of numbers, the same on every machine"),
    ("mavlink", "messages of the ground station"),
    ("mavlink-core", "messages of the ground station"),
    ("num-derive", "MAVLink numbers, code generation"),
    ("num-traits", "numbers, traits"),
    ("poly1305", "encryption of sealed files"),
    ("proc-macro2", "code generation"),
    ("quote", "code generation"),
    ("rand_core", "randomness, traits"),
    ("rstar", "search among the no-fly zones"),
    ("sha2", "hashes"),
    ("smallvec", "part of the R-tree's containers"),
    ("stable_deref_trait", "part of the R-tree's containers"),
    ("subtle", "comparison in constant time"),
    ("syn", "code generation"),
    ("typenum", "numbers known to the compiler"),
    ("unicode-ident", "code generation"),
    ("universal-hash", "encryption, traits"),
    ("vehicle", "the firmware"),
    ("x25519-dalek", "keys of sealed logs"),
];

/// What recognisers, detectors and the engines that run their models call themselves.
const RECOGNISERS: &[&str] = &[
    "biometric",
    "classifier",
    "computer-vision",
    "computer vision",
    "deep-learning",
    "deep learning",
    "embedding",
    "face",
    "facial",
    "gallery",
    "image recognition",
    "inference",
    "machine-learning",
    "machine learning",
    "neural",
    "onnx",
    "opencv",
    "recogni",
    "speech",
    "tensor",
    "tflite",
    "voiceprint",
];

#[test]
fn the_firmware_is_made_of_exactly_these_components() {
    let found = built();
    let listed: BTreeSet<&str> = COMPONENTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed.len(), COMPONENTS.len(), "a component stands twice");
    let found: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    let strangers: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(strangers.is_empty(), "say what these are for: {strangers:?}");
    assert!(gone.is_empty(), "these are no longer there: {gone:?}");
}

#[test]
fn no_component_is_a_recogniser() {
    for (name, says) in built() {
        if let Some(word) = recogniser_word(&says) {
            panic!("{name} says of itself \"{word}\": {says}");
        }
    }
    // The words do find what they are for.
    for says in
        ["rustface: a face detection library", "ort: ONNX runtime", "tract: Tiny TensorFlow"]
    {
        assert!(recogniser_word(says).is_some(), "{says}");
    }
}

#[test]
fn nothing_is_compiled_in_but_code_the_law_and_the_zones() {
    let root_parts = root().join("vehicle/src").iter().count();
    let is_test = |part: &str| matches!(part, "tests" | "tests.rs");
    for file in files_below(&root().join("vehicle/src"), "rs") {
        if file.iter().skip(root_parts).any(|part| part.to_str().is_some_and(is_test)) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let flown = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (at, _) in flown.match_indices("include") {
            let said: String = flown[at..].chars().take_while(|c| *c != ';').collect();
            let is_macro = ["include!(", "include_bytes!(", "include_str!("];
            if !is_macro.iter().any(|said_so| said.starts_with(said_so)) {
                continue;
            }
            let is_known = ["/law.rs", "/no_fly.rs"].iter().any(|known| said.contains(known));
            assert!(is_known && said.contains("OUT_DIR"), "{}: {said}", file.display());
        }
    }
    let mut sources = read("vehicle/build.rs");
    for file in files_below(&root().join("vehicle/build"), "rs") {
        sources += &std::fs::read_to_string(file).unwrap();
    }
    for asset in ["voices", "faces", "airframes"] {
        assert!(!sources.contains(&format!("assets/{asset}")), "the build reads assets/{asset}");
    }
}

/// The crates of the firmware's build, and all that each says of itself: name, description, keywords, categories.
fn built() -> BTreeMap<String, String> {
    // Of this machine alone: what other platforms would need is not here.
    let here = ["--filter-platform", "host-tuple"];
    let metadata =
        cargo(&[&["metadata", "--offline", "--format-version", "1"], &here[..]].concat());
    let metadata: Value = serde_json::from_str(&metadata).expect("cargo speaks JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let tree = cargo(&["tree", "--offline", "-p", "vehicle", "-e", "normal", "--prefix", "none"]);
    let mut built = BTreeMap::new();
    for line in tree.lines() {
        let mut words = line.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        let version = version.trim_start_matches('v');
        let package = packages
            .iter()
            .find(|package| package["name"] == name && package["version"] == version)
            .unwrap_or_else(|| panic!("{name} {version} is not in cargo's metadata"));
        let says = ["name", "description", "keywords", "categories"]
            .map(|field| package[field].to_string().to_lowercase());
        built.insert(name.to_owned(), says.join(" "));
    }
    built
}

/// The first word of a recogniser with which a word begins: an interface is no face.
fn recogniser_word(says: &str) -> Option<&'static str> {
    let says = says.to_lowercase();
    let begins = |at: usize| !says[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    RECOGNISERS.iter().copied().find(|word| says.match_indices(word).any(|(at, _)| begins(at)))
}

fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let output = command.args(arguments).current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo speaks UTF-8")
}
