//! What the vehicle is made of, as files that a ground station reads once and keeps: which files there are, and every
//! parameter with its type, unit, range and meaning (MAVLink's component metadata, version 1).
//!
//! The same bytes in every vehicle of this build, whatever is set, so that a station knows by a checksum what it has.
//!
//! **Never:** tells a value, a serial number or a version; changes while the vehicle is on.

use super::checksum;
use crate::senses::Streams;
use crate::settings::catalogue::{PARAMETERS, Parameter};
use crate::settings::figures::FIGURES;
use alloc::format;
use alloc::string::String;
use core::fmt::{self, Write};

/// The folder that they lie in.
pub(crate) const FOLDER: &str = "META";

/// COMP_METADATA_TYPE_PARAMETER.
const PARAMETER: u8 = 1;

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Document {
    /// Which files there are.
    General,
    /// Every parameter.
    Parameters,
}

impl Document {
    pub(crate) const ALL: [Self; 2] = [Self::General, Self::Parameters];

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::General => "META/general.json",
            Self::Parameters => "META/parameters.json",
        }
    }
}

/// The files.
pub(crate) struct Metadata {
    general: String,
    parameters: String,
}

impl Metadata {
    /// Where it is told of all parameters; a vehicle that tells little has no such files.
    pub(crate) fn of(streams: Streams) -> Option<Self> {
        match streams {
            Streams::Minimal => None,
            Streams::Normal => Some(Self::written()),
        }
    }

    fn written() -> Self {
        let mut parameters = String::new();
        // To write into memory does not fail.
        let _ = write_parameters(&mut parameters);
        let (uri, sum) = (uri(Document::Parameters), checksum::add(0, parameters.as_bytes()));
        let row = format!("{{\"type\":{PARAMETER},\"uri\":\"{uri}\",\"fileCrc\":{sum}}}");
        let general = format!("{{\"version\":1,\"metadataTypes\":[\n{row}\n]}}\n");
        Self { general, parameters }
    }

    /// What is in one of them.
    pub(crate) fn bytes(&self, document: Document) -> &[u8] {
        match document {
            Document::General => self.general.as_bytes(),
            Document::Parameters => self.parameters.as_bytes(),
        }
    }

    /// Where the first of them is, and the checksum of what is in it.
    pub(crate) fn address(&self) -> (String, u32) {
        (uri(Document::General), checksum::add(0, self.general.as_bytes()))
    }
}

/// Where a station finds it: by MAVLink's own file protocol.
fn uri(document: Document) -> String {
    format!("mftp://{}", document.path())
}

fn write_parameters(out: &mut String) -> fmt::Result {
    out.write_str("{\"version\":1,\"parameters\":[")?;
    for number in 0..PARAMETERS {
        let Some(parameter) = Parameter::numbered(number) else { continue };
        out.write_str(if number == 0 { "\n" } else { ",\n" })?;
        write_parameter(out, parameter)?;
    }
    out.write_str("\n]}\n")
}

fn write_parameter(out: &mut String, parameter: Parameter) -> fmt::Result {
    let (name, group) = (parameter.name(), parameter.group());
    let kind = if parameter.is_whole() { "Int32" } else { "Float" };
    write!(out, "{{\"name\":\"{name}\",\"type\":\"{kind}\",\"group\":\"{group}\"")?;
    if let Some(about) = parameter.about() {
        write!(out, ",\"shortDesc\":\"{about}\"")?;
    }
    let (unit, bounds) = match parameter {
        Parameter::Switch(setting) => {
            let delivered = if setting.is_delivered_on() { 1.0 } else { 0.0 };
            ("", Some((delivered, (0.0, 1.0))))
        }
        Parameter::Knob(knob) => {
            (knob.spec().unit, Some((knob.spec().delivered, knob.spec().range)))
        }
        Parameter::Figure(place) => (FIGURES[place].unit, None),
    };
    if !unit.is_empty() {
        write!(out, ",\"units\":\"{unit}\"")?;
    }
    if let Some((delivered, (least, most))) = bounds {
        write!(out, ",\"default\":{delivered},\"min\":{least},\"max\":{most}")?;
    }
    for (place, (value, meaning)) in parameter.choices().iter().enumerate() {
        out.write_str(if place == 0 { ",\"values\":[" } else { "," })?;
        write!(out, "{{\"value\":{value},\"description\":\"{meaning}\"}}")?;
    }
    out.write_str(if parameter.choices().is_empty() { "}" } else { "]}" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_those_that_the_auditor_knows_of_this_build() {
        let told = Metadata::of(Streams::Normal).expect("it tells of all");
        for (document, kept) in [
            (
                Document::General,
                include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/../assets/metadata/general.json"
                )),
            ),
            (
                Document::Parameters,
                include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/../assets/metadata/parameters.json"
                )),
            ),
        ] {
            let written = core::str::from_utf8(told.bytes(document)).expect("it is text");
            let differs = written.lines().zip(kept.lines()).find(|(told, kept)| told != kept);
            assert!(written == kept, "{}: {differs:?}\n{written}", document.path());
        }
        assert!(Metadata::of(Streams::Minimal).is_none());
    }

    #[test]
    fn no_word_of_a_parameter_needs_to_be_escaped_and_every_one_fits_a_panel() {
        for parameter in (0..PARAMETERS).filter_map(Parameter::numbered) {
            let unit = match parameter {
                Parameter::Switch(_) => "",
                Parameter::Knob(knob) => knob.spec().unit,
                Parameter::Figure(place) => FIGURES[place].unit,
            };
            let choices = parameter.choices().iter().map(|(_, meaning)| *meaning);
            let words = choices.chain([parameter.name(), parameter.group(), unit]);
            for word in words.chain(parameter.about()) {
                let is_plain =
                    |c: char| (c.is_ascii_graphic() || c == ' ') && !matches!(c, '"' | '\\');
                assert!(word.chars().all(is_plain) && word.len() <= 60, "{word}");
            }
        }
    }
}
