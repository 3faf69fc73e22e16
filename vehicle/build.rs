//! Compiles the laws of the gate into the firmware: `assets/law/*.ron` become constant tables; so do the no-fly zones.
//!
//! **Never:** gives a missing cell a default; a hole in a law file fails the build.

#[path = "build/no_fly.rs"]
mod no_fly;

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Law {
    name: String,
    rules: BTreeMap<String, BTreeMap<String, String>>,
}

const CLASSES: [&str; 10] = [
    "Audio",
    "Face",
    "Imagery",
    "FlightLog",
    "Position",
    "Device",
    "Account",
    "Surroundings",
    "Key",
    "Public",
];
const LINKS: [&str; 8] =
    ["Radio", "Video", "Uplink", "RemoteId", "Card", "Console", "Lights", "Motion"];
const RULES: [&str; 4] = ["Never", "ByGrant", "Coarse", "Free"];

fn main() {
    let folder = Path::new("../assets/law");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut code = String::new();
    for name in ["sealed", "vendor"] {
        let file = folder.join(name).with_extension("ron");
        code += &table(name, &fs::read_to_string(&file).expect("a law file cannot be read"));
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    fs::write(out.join("law.rs"), code).expect("the compiled law cannot be written");
    no_fly::compile(Path::new("../assets/no_fly"), out);
}

fn table(name: &str, text: &str) -> String {
    // Identifiers are what the files hold; quoting them lets plain strings be read.
    let text: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| if line.contains('{') { quote(line) } else { line.to_owned() } + "\n")
        .collect();
    let law: Law = ron::from_str(&text).unwrap_or_else(|e| panic!("law {name}: {e}"));
    assert_eq!(law.name, name, "a law's name is its file's name");
    assert_eq!(law.rules.len(), CLASSES.len(), "law {name}: one row a class");
    let mut code = format!("pub(super) const {}: [[Rule; 8]; 10] = [\n", name.to_uppercase());
    for class in CLASSES {
        let row = law.rules.get(class).unwrap_or_else(|| panic!("law {name}: no row {class}"));
        assert_eq!(row.len(), LINKS.len(), "law {name}: {class} has one cell a link");
        code.push_str("    [");
        for link in LINKS {
            let rule = row.get(link).unwrap_or_else(|| panic!("law {name}: no {class} on {link}"));
            assert!(RULES.contains(&rule.as_str()), "law {name}: {rule} is no rule");
            let _ = write!(code, "Rule::{rule}, ");
        }
        code.push_str("],\n");
    }
    code + "];\n"
}

fn quote(line: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in line.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() {
            word.push(c);
            continue;
        }
        if CLASSES.contains(&word.as_str())
            || LINKS.contains(&word.as_str())
            || RULES.contains(&word.as_str())
        {
            let _ = write!(out, "\"{word}\"");
        } else {
            out.push_str(&word);
        }
        word.clear();
        out.push(c);
    }
    out
}
