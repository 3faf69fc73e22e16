//! What the vehicle tells its maker of its own health: a report every 30 s, if the pilot has switched that on.
//!
//! A report is JSON of one fixed shape, published as `assets/schemas/report.schema.json`:
//!
//! | field | is |
//! |---|---|
//! | `schema` | always `hushwing.report/1` |
//! | `report` | 32 lower-case hexadecimal digits, fresh for each report |
//! | `kind` | `health`, or `crash` where a crash is among the faults |
//! | `software` | version of the firmware |
//! | `cell` | `ROW-COL` of the 10 km cell, `none` without a fix |
//! | `boots` | starts since switched on: always 1 |
//! | `flights` | take-offs since switched on |
//! | `minutes` | whole minutes in the air since switched on |
//! | `faults` | of `crash` `gnss` `battery` `card` `link` `redirect`, in this order, since the last report that got through |
//!
//! Slots are fixed: 15 s after the start, then every 30 s. No event moves a report; where the line is busy it is left out.
//!
//! **Never:** tells who or where exactly; keeps anything over a start; sends because something happened.

use super::cell::Cell;
use crate::gate::Door;
use crate::senses::{TICKS_PER_S, Tick};
use alloc::format;
use alloc::string::String;
use core::fmt::Write as _;

const FIRST_SLOT_TICKS: u64 = 15 * TICKS_PER_S;
const SLOT_EVERY_TICKS: u64 = 30 * TICKS_PER_S;
const TICKS_PER_MINUTE: u64 = 60 * TICKS_PER_S;

/// Something that went wrong: a word, no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fell.
    Crash,
    /// The satellite fix was lost.
    Gnss,
    /// The battery forced it home or down.
    Battery,
    /// The card failed.
    Card,
    /// The pilot's link was lost.
    Link,
    /// A server sent it to a host that is not declared.
    Redirect,
}

impl Fault {
    const ALL: [Self; 6] =
        [Self::Crash, Self::Gnss, Self::Battery, Self::Card, Self::Link, Self::Redirect];

    fn word(self) -> &'static str {
        match self {
            Self::Crash => "crash",
            Self::Gnss => "gnss",
            Self::Battery => "battery",
            Self::Card => "card",
            Self::Link => "link",
            Self::Redirect => "redirect",
        }
    }
}

/// The body of a report. Made here and nowhere else, of what the table above lists.
#[derive(Clone)]
pub struct Report(String);

impl Report {
    pub(crate) fn length(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn open(self, _: &Door) -> String {
        self.0
    }
}

/// What has been counted since the start.
pub(crate) struct Diagnostics {
    flights: u32,
    airborne_ticks: u64,
    is_airborne: bool,
    faults: [bool; Fault::ALL.len()],
    told: [bool; Fault::ALL.len()],
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self {
            flights: 0,
            airborne_ticks: 0,
            is_airborne: false,
            faults: [false; Fault::ALL.len()],
            told: [false; Fault::ALL.len()],
        }
    }

    /// Whether a report is due in this very tick.
    pub(crate) fn is_due(now: Tick, boot: Tick) -> bool {
        let age_ticks = now.0.saturating_sub(boot.0);
        age_ticks >= FIRST_SLOT_TICKS
            && (age_ticks - FIRST_SLOT_TICKS).is_multiple_of(SLOT_EVERY_TICKS)
    }

    /// Counts one tick.
    pub(crate) fn count(&mut self, is_airborne: bool) {
        self.flights += u32::from(is_airborne && !self.is_airborne);
        self.airborne_ticks += u64::from(is_airborne);
        self.is_airborne = is_airborne;
    }

    /// Keeps a fault for the next report.
    pub(crate) fn note(&mut self, fault: Fault) {
        self.faults[fault as usize] = true;
    }

    /// The report of this moment.
    pub(crate) fn report(
        &mut self,
        software: &str,
        cell: Option<Cell>,
        entropy: &[u8; 32],
    ) -> Report {
        self.told = self.faults;
        let mut number = String::new();
        for byte in &entropy[..16] {
            let _ = write!(number, "{byte:02x}");
        }
        let kind = if self.told[Fault::Crash as usize] { "crash" } else { "health" };
        let cell = cell.map_or_else(|| String::from("none"), |cell| format!("{cell}"));
        let mut faults = String::new();
        for fault in Fault::ALL.into_iter().filter(|&fault| self.told[fault as usize]) {
            let comma = if faults.is_empty() { "" } else { "," };
            let _ = write!(faults, "{comma}\"{}\"", fault.word());
        }
        Report(format!(
            "{{\"schema\":\"hushwing.report/1\",\"report\":\"{number}\",\"kind\":\"{kind}\",\
             \"software\":\"{software}\",\"cell\":\"{cell}\",\"boots\":1,\"flights\":{},\"minutes\":{},\
             \"faults\":[{faults}]}}",
            self.flights,
            self.airborne_ticks / TICKS_PER_MINUTE,
        ))
    }

    /// The last report got through: its faults are told.
    pub(crate) fn arrived(&mut self) {
        for (fault, told) in self.faults.iter_mut().zip(self.told) {
            *fault &= !told;
        }
        self.told = [false; Fault::ALL.len()];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use serde_json::Value;

    fn text(diagnostics: &mut Diagnostics, cell: Option<Cell>) -> String {
        diagnostics.report("0.1.0", cell, &[0xA7; 32]).0
    }

    #[test]
    fn a_report_has_its_published_shape_and_nothing_else() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.count(true);
        assert_eq!(
            text(&mut diagnostics, Cell::at(47.3769, 8.5417)),
            "{\"schema\":\"hushwing.report/1\",\"report\":\"a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7\",\
             \"kind\":\"health\",\"software\":\"0.1.0\",\"cell\":\"1563-1426\",\"boots\":1,\
             \"flights\":1,\"minutes\":0,\"faults\":[]}"
        );
    }

    #[test]
    fn the_published_schema_and_the_vehicle_have_the_same_words() {
        let schema: Value = serde_json::from_str(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../assets/schemas/report.schema.json"
        )))
        .unwrap();
        let mut diagnostics = Diagnostics::new();
        Fault::ALL.into_iter().for_each(|fault| diagnostics.note(fault));
        let report: Value = serde_json::from_str(&text(&mut diagnostics, None)).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(
            report.as_object().unwrap().keys().collect::<Vec<_>>(),
            properties.keys().collect::<Vec<_>>()
        );
        assert_eq!(schema["required"].as_array().unwrap().len(), properties.len());
        assert_eq!(report["faults"], properties["faults"]["items"]["enum"]);
        assert_eq!(report["schema"], properties["schema"]["const"]);
        for (field, value) in [("kind", "health"), ("kind", "crash")] {
            assert!(properties[field]["enum"].as_array().unwrap().contains(&value.into()));
        }
    }

    #[test]
    fn a_fault_is_told_until_a_report_gets_through_and_then_no_more() {
        let mut diagnostics = Diagnostics::new();
        for (happens, arrives, faults, kind) in [
            (Some(Fault::Link), false, "[\"link\"]", "health"),
            (Some(Fault::Crash), true, "[\"crash\",\"link\"]", "crash"),
            (Some(Fault::Card), true, "[\"card\"]", "health"),
            (None, true, "[]", "health"),
        ] {
            happens.into_iter().for_each(|fault| diagnostics.note(fault));
            let report = text(&mut diagnostics, None);
            assert!(report.ends_with(&format!("\"faults\":{faults}}}")), "{report}");
            assert!(report.contains(&format!("\"kind\":\"{kind}\"")), "{report}");
            if arrives {
                diagnostics.arrived();
            }
        }
    }

    #[test]
    fn a_fault_that_comes_while_a_report_is_under_way_waits_for_the_next() {
        let mut diagnostics = Diagnostics::new();
        let _ = text(&mut diagnostics, None);
        diagnostics.note(Fault::Gnss);
        diagnostics.arrived();
        assert!(text(&mut diagnostics, None).contains("[\"gnss\"]"));
    }

    #[test]
    fn slots_are_fixed_from_the_start() {
        let boot = Tick(1234);
        let due: Vec<_> =
            (0..60_000).filter(|&age| Diagnostics::is_due(Tick(boot.0 + age), boot)).collect();
        assert_eq!(due, [7_500, 22_500, 37_500, 52_500]);
    }

    #[test]
    fn flights_and_minutes_are_counted_whole() {
        let mut diagnostics = Diagnostics::new();
        for (airborne, ticks) in [(false, 10), (true, 29_999), (false, 5), (true, 1)] {
            (0..ticks).for_each(|_| diagnostics.count(airborne));
        }
        assert!(text(&mut diagnostics, None).contains("\"flights\":2,\"minutes\":1,"));
    }
}
