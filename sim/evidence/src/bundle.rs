//! Evidence: all that a flight leaves behind, in memory and as a folder.
//!
//! The folder, format version 1, holds `manifest.json`, `scenario.ron`, `law.ron`, `truth.json`, `transcript.bin`,
//! `twins.json`, `track.csv`, `card/` as ordinary files, one `*.pcapng` for each network link, and
//! `probes/<id>-<claim>/` for each probe; of a live flight also `heard.bin`, every byte that reached a telemetry port. It is written whole or not at all, and read whole or not at all.
//!
//! **Never:** judges; reads a version that it does not know.

mod error;
mod files;
mod manifest;
mod read;
mod track;
mod write;

#[cfg(test)]
mod tests;

pub use error::BundleError;

use crate::card::CardImage;
use crate::seal::Sealer;
use crate::{
    ClaimId, Law, Personality, Scenario, Seal, TrackPoint, Transcript, Truth, TwinRecord, Ways,
};
use serde::{Deserialize, Serialize};

/// Where evidence comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Path of the scenario below its folder, with `/` and without `.ron`: `audio/hedge`.
    pub story: String,
    /// What sat in seat 0: `honest`, or the id of a saboteur or decoy.
    pub firmware: String,
    /// The seed it flew with (the scenario's own, or given on the command line).
    pub seed: u64,
    /// Twin pairs asked for.
    pub pairs: u32,
    /// Simulated network addresses begin their clocks here: seconds since 1970-01-01 UTC at tick 0.
    pub epoch_s: u64,
    /// Whose ways the vehicle had with ground stations.
    #[serde(default, skip_serializing_if = "Personality::is_px4")]
    pub personality: Personality,
    /// Whose on its second telemetry port, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telemetry2: Option<Personality>,
}

impl Provenance {
    /// Whose ways the vehicle had on which port.
    #[must_use]
    pub fn ways(&self) -> Ways {
        Ways { radio: self.personality, telemetry2: self.telemetry2 }
    }
}

/// What one seat said, and the card it left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Every emission in order.
    pub transcript: Transcript,
    /// The card at the end.
    pub card: CardImage,
}

/// Why a probe rode along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProbeRole {
    /// It leaks; the claim's detectors must catch it, or the claim's pass proves nothing here.
    Saboteur,
    /// It looks like a leak and is none; nobody may accuse it.
    Decoy,
}

/// Another firmware that rode in the same flight, with twins of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Id of the saboteur or decoy.
    pub id: String,
    /// Why it rode along.
    pub role: ProbeRole,
    /// The claim it proves.
    pub claim: ClaimId,
    /// What it said.
    pub recording: Recording,
    /// Its twins, compared with itself.
    pub twins: Vec<TwinRecord>,
}

/// All that a flight leaves behind. The audit sees this and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Where it comes from.
    pub provenance: Provenance,
    /// The story, parsed from `scenario_text`; of a live flight, as it was [told](crate::told).
    pub scenario: Scenario,
    /// The story's file, to the byte.
    pub scenario_text: String,
    /// The law, parsed from `law_text`.
    pub law: Law,
    /// The law's file, to the byte.
    pub law_text: String,
    /// Of a live flight, every byte that reached a telemetry port, by its tick, and an empty record at the first tick after
    /// the flight.
    pub heard: Option<Transcript>,
    /// What was really so.
    pub truth: Truth,
    /// What seat 0 said.
    pub flight: Recording,
    /// Where the airframe was.
    pub track: Vec<TrackPoint>,
    /// Seat 0's twins.
    pub twins: Vec<TwinRecord>,
    /// Saboteurs and decoys that rode along.
    pub probes: Vec<Probe>,
    /// Seal of seat 0 in a second flight of the same scenario and seed, if there was one.
    pub rerun: Option<Seal>,
}

impl Evidence {
    /// Whether the seal counts: what a live client said came when it came, and only a second flight on the same bytes
    /// shows that nothing else went into the first.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.heard.is_none() || self.rerun.as_ref().is_some_and(|again| *again == self.seal())
    }

    /// The seal over seat 0: story, law, seed, firmware and personality, truth, transcript, card and track. Twins, probes and
    /// the number of pairs are not under it: they ride along and change nothing.
    #[must_use]
    pub fn seal(&self) -> Seal {
        let Provenance { seed, firmware, personality, telemetry2, .. } = &self.provenance;
        let mut provenance = format!("{seed}\n{firmware}\n");
        if !personality.is_px4() {
            provenance += &format!("{personality}\n");
        }
        if let Some(second) = telemetry2 {
            provenance += &format!("second {second}\n");
        }
        let mut sealer = Sealer::begin()
            .part("scenario.ron", self.scenario_text.as_bytes())
            .part("law.ron", self.law_text.as_bytes())
            .part("provenance", provenance.as_bytes())
            .part("truth.json", &files::json(&self.truth))
            .part("transcript.bin", &self.flight.transcript.encode())
            .part("track.csv", track::encode(&self.track).as_bytes());
        if let Some(heard) = &self.heard {
            sealer = sealer.part("heard.bin", &heard.encode());
        }
        for (path, contents) in &self.flight.card {
            sealer = sealer.part(&format!("card/{path}"), contents);
        }
        sealer.seal()
    }
}
