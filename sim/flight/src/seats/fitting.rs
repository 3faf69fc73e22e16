//! What a firmware is fitted with before it takes its seat.
//!
//! **Never:** differs between a firmware and its twin but by their secrets.

use crate::chance::Seed;
use crate::keys::Keys;
use crate::magnetism::Magnetism;
use crate::mission;
use crate::outfit::Outfit;
use crate::secrets::Secrets;
use evidence::Ways;
use evidence::scenario::Scenario;
use vehicle::senses::{Personality, Provision, Streams};

/// What a firmware is provisioned from.
pub struct Fitting<'a> {
    /// The story.
    pub scenario: &'a Scenario,
    /// What it takes along.
    pub outfit: &'a Outfit,
    /// What the vehicle tells by itself.
    pub streams: Streams,
    /// Whose ways it has with ground stations.
    pub ways: Ways,
    /// The owner's public key.
    pub owner_public_key: [u8; 32],
    /// Keys that all seats share.
    pub keys: Keys,
    /// The flight's seed.
    pub seed: Seed,
}

impl Fitting<'_> {
    /// What a firmware with these secrets is told before its power-on.
    pub(super) fn provision(&self, secrets: &Secrets, version: &str) -> Provision {
        Provision {
            serial: secrets.serial.clone(),
            wifi_key: secrets.wifi_key.clone(),
            owner_public_key: self.owner_public_key,
            law: self.outfit.law_name,
            airframe: self.outfit.airframe.setup(),
            mission: mission::planned(&self.scenario.mission, &secrets.labels),
            geofence: mission::fenced(self.scenario.geofence.as_ref()),
            // Twins whose place is moved within its cell are told the same.
            declination_rad: Magnetism::at(self.scenario.place).declination_rad,
            streams: self.streams,
            personality: taken_after(self.ways.radio),
            telemetry2: self.ways.telemetry2.map(taken_after),
            version: version.to_owned(),
            vault_key: self.keys.vault,
            unlock_key: self.keys.unlock,
        }
    }
}

fn taken_after(whom: evidence::Personality) -> Personality {
    match whom {
        evidence::Personality::Px4 => Personality::Px4,
        evidence::Personality::ArduPilot => Personality::ArduPilot,
    }
}
