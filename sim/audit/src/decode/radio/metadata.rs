//! COMPONENT_METADATA and the files that it leads to: what a vehicle of this build tells of itself, to the bit.
//!
//! The files are constants that a reviewer reads; what the parameters in them may be is held against this auditor's own
//! tables.
//!
//! **Never:** lets one of them differ by a byte: there would be room for something else.

use super::wanted::Wanted;
use crate::decode::Faults;
use evidence::{TICK_S, Tick};
use mavlink::Message;
use mavlink::dialects::common::{COMPONENT_METADATA_DATA, MavMessage};

/// Id of COMPONENT_METADATA.
pub const ID: u32 = 397;

/// The folder that the files lie in.
pub const FOLDER: &str = "META";

/// Each file, and what is in it.
const FILES: [(&str, &[u8]); 2] = [
    ("META/general.json", include_bytes!("../../../../../assets/metadata/general.json")),
    ("META/parameters.json", include_bytes!("../../../../../assets/metadata/parameters.json")),
];
const URI: &[u8] = b"mftp://META/general.json";
const TICK_MS: u32 = (TICK_S * 1e3) as u32;

/// What must be in the file of this path; none where it is no such file.
pub fn file(path: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
}

/// Checks one message: in answer to a question, and nothing but where the first file is and its checksum.
pub fn said(
    (tick, since_boot): (Tick, Tick),
    m: &COMPONENT_METADATA_DATA,
    wanted: &mut Wanted,
    faults: &mut Faults<'_>,
) {
    let id = MavMessage::COMPONENT_METADATA(m.clone()).message_id();
    faults.must(wanted.take(tick, id).is_some(), "COMPONENT_METADATA without a question");
    let mut uri = [0; 100];
    uri[..URI.len()].copy_from_slice(URI);
    let now_ms = since_boot.0 as u32 * TICK_MS;
    let is_plain = m.uri == uri.into()
        && m.file_crc == super::files::sum(FILES[0].1)
        && m.time_boot_ms.abs_diff(now_ms) <= TICK_MS;
    faults.must(is_plain, "COMPONENT_METADATA tells more than where the metadata are");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::radio::files::sum;
    use crate::decode::radio::parameters::documented;
    use serde_json::Value;

    fn read(path: &str) -> Value {
        serde_json::from_slice(file(path).expect("it is one of them")).expect("it is JSON")
    }

    #[test]
    fn the_first_file_leads_to_the_second_by_its_checksum() {
        let general = read("META/general.json");
        assert_eq!(general["version"], 1);
        let [types] = &general["metadataTypes"].as_array().expect("a list")[..] else {
            panic!("one kind of metadata")
        };
        assert_eq!(
            (&types["type"], &types["uri"]),
            (&1.into(), &"mftp://META/parameters.json".into())
        );
        let told = sum(file("META/parameters.json").expect("it is there"));
        assert_eq!(types["fileCrc"], told);
        assert_eq!(general.as_object().map(serde_json::Map::len), Some(2));
        for path in ["META", "META/", "general.json", "META/GENERAL.JSON", "LOG/LOG_0001.HLG", ""] {
            assert_eq!(file(path), None, "{path}");
        }
    }

    #[test]
    fn every_parameter_is_told_of_as_it_is_known_here_and_no_other() {
        let told = read("META/parameters.json");
        let told = told["parameters"].as_array().expect("a list");
        let known = documented();
        assert_eq!(told.len(), known.len());
        for (told, (name, is_whole, bounds)) in told.iter().zip(known) {
            let kind = if is_whole { "Int32" } else { "Float" };
            assert_eq!((&told["name"], &told["type"]), (&name.into(), &kind.into()));
            let number = |key: &str| told[key].as_f64().map(|number| number as f32);
            let shown = number("min").zip(number("max")).zip(number("default"));
            assert_eq!(shown.map(|((least, most), given)| [least, most, given]), bounds, "{name}");
            const KEYS: [&str; 9] =
                ["name", "type", "group", "shortDesc", "units", "default", "min", "max", "values"];
            let keys = told.as_object().expect("an object").keys();
            assert!(keys.into_iter().all(|key| KEYS.contains(&key.as_str())), "{name}");
        }
    }
}
