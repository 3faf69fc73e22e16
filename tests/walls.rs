//! The walls between the rooms, as absences in the dependency graph.
//!
//! **Never:** trusts a comment; every wall is asked of cargo.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The rooms that must stay free of renderer, network and threads.
const HEADLESS: [&str; 5] = ["vehicle", "evidence", "flight", "audit", "saboteurs"];

/// All that the firmware may reach, directly or not. It grows only by a reviewed change of this list.
const VEHICLE_MAY_REACH: &[&str] = &[
    "aead",
    "bitflags",
    "block-buffer",
    "byteorder",
    "cfg-if",
    "chacha20",
    "chacha20poly1305",
    "cipher",
    "cmov",
    "cpufeatures",
    "crc-any",
    "crypto-common",
    "ctutils",
    "curve25519-dalek",
    "curve25519-dalek-derive",
    "digest",
    "embedded-io",
    "embedded-io-async",
    "glam",
    "hash32",
    "heapless",
    "hybrid-array",
    "inout",
    "jpeg-encoder",
    "libm",
    "mavlink",
    "mavlink-core",
    "num-derive",
    "num-traits",
    "poly1305",
    "proc-macro2",
    "quote",
    "rand_core",
    "rstar",
    "sha2",
    "smallvec",
    "stable_deref_trait",
    "subtle",
    "syn",
    "typenum",
    "unicode-ident",
    "universal-hash",
    "vehicle",
    "x25519-dalek",
];

#[test]
fn the_auditor_cannot_see_the_vehicle() {
    let reached = reached_by("audit");
    for hidden in ["vehicle", "flight", "saboteurs"] {
        assert!(!reached.contains(hidden), "audit reaches {hidden}");
    }
}

#[test]
fn the_shared_words_see_neither_side() {
    let reached = reached_by("evidence");
    for hidden in ["vehicle", "flight", "audit", "saboteurs", "bevy", "mavlink"] {
        assert!(!reached.contains(hidden), "evidence reaches {hidden}");
    }
}

#[test]
fn the_vehicle_reaches_only_its_list() {
    let strangers: Vec<_> = reached_by("vehicle")
        .into_iter()
        .filter(|name| !VEHICLE_MAY_REACH.contains(&name.as_str()))
        .collect();
    assert!(strangers.is_empty(), "vehicle reaches {strangers:?}");
}

#[test]
fn the_vehicle_has_no_standard_library_and_no_unsafe_code() {
    let head = read("vehicle/src/lib.rs");
    assert!(head.contains("#![no_std]"), "vehicle/src/lib.rs has no #![no_std]");
    for file in files_below(&root().join("vehicle/src"), "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["std::", "extern crate std", "static mut", "unsafe "] {
            let found = text.lines().any(|line| {
                !line.trim_start().starts_with("//")
                    && line.split("core::").any(|p| p.contains(word))
            });
            assert!(!found, "{} says {word}", file.display());
        }
    }
}

#[test]
fn the_headless_rooms_reach_no_renderer_no_network_and_no_threads() {
    for room in HEADLESS {
        let features = tree(&["-p", room, "-e", "features"]);
        for absent in ["wgpu", "tokio", "mio ", "socket2", "multi_threaded", "winit", "bridge v"] {
            let found = features.lines().find(|line| line.contains(absent));
            assert!(found.is_none(), "{room} reaches {absent}: {}", found.unwrap_or_default());
        }
    }
}

#[test]
fn the_bridge_sees_neither_the_vehicle_s_judge_nor_the_renderer() {
    let reached = reached_by("bridge");
    for hidden in ["audit", "saboteurs", "cli", "wgpu", "winit"] {
        assert!(!reached.contains(hidden), "bridge reaches {hidden}");
    }
    assert!(reached.contains("tokio"), "the sockets have moved: mend this wall");
}

#[test]
fn no_clock_no_network_and_no_thread_is_named_where_a_seal_is_made() {
    for room in ["evidence", "flight", "audit", "saboteurs"] {
        for file in files_below(&root().join("sim").join(room).join("src"), "rs") {
            let text = std::fs::read_to_string(&file).unwrap();
            for word in ["std::net", "std::thread", "Instant", "SystemTime"] {
                let said = |line: &str| line.contains(word) && !line.trim_start().starts_with("//");
                assert!(!text.lines().any(said), "{} says {word}", file.display());
            }
        }
    }
}

#[test]
fn every_crate_inherits_the_lints_that_deny_undocumented_and_unsafe_code() {
    let manifest = read("Cargo.toml");
    for line in ["missing_docs = \"deny\"", "unsafe_code = \"forbid\""] {
        assert!(manifest.contains(line), "the root manifest has no `{line}`");
    }
    for manifest in files_below(&root(), "toml").iter().filter(|f| f.ends_with("Cargo.toml")) {
        let text = std::fs::read_to_string(manifest).unwrap();
        let inherits = text.contains("[lints]\nworkspace = true") || text.contains("[workspace]");
        assert!(inherits, "{} does not inherit the workspace's lints", manifest.display());
    }
}

#[test]
fn every_room_says_what_it_is_and_what_it_never_does() {
    for folder in ["vehicle", "sim", "tests"] {
        for file in files_below(&root().join(folder), "rs") {
            let is_test = |part: &str| matches!(part, "labels" | "tests" | "tests.rs");
            let inside = file.strip_prefix(root().join(folder)).unwrap();
            if inside.components().any(|part| part.as_os_str().to_str().is_some_and(is_test)) {
                continue;
            }
            let text = std::fs::read_to_string(&file).unwrap();
            let head: Vec<_> = text.lines().take_while(|line| line.starts_with("//!")).collect();
            assert!(!head.is_empty(), "{} does not say what it is", file.display());
            let never = head.iter().any(|line| line.contains("**Never:**"));
            assert!(never, "{} does not say what it never does", file.display());
        }
    }
}

fn reached_by(room: &str) -> BTreeSet<String> {
    tree(&["-p", room, "-e", "normal"])
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

fn tree(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo speaks UTF-8")
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the workspace").to_owned()
}

pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

pub(crate) fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') && name != "hushwing-out" {
                files.extend(files_below(&path, ending));
            }
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}
