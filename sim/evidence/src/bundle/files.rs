//! The files of a folder, but for the manifest: what each is called and what is in it.
//!
//! All of them follow from the evidence alone. So a folder can be checked by making its files again.
//!
//! **Never:** touches a disk.

use super::manifest::is_safe;
use super::{BundleError, Evidence, Probe, ProbeRole, Recording, track};
use crate::{ClaimId, Link, TwinRecord, pcapng};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Path below the folder → contents, in path order.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Links that are networks, and what their captures are called.
const CAPTURES: [(Link, &str); 4] = [
    (Link::Radio, "radio.pcapng"),
    (Link::Uplink, "uplink.pcapng"),
    (Link::RemoteId, "remote_id.pcapng"),
    (Link::Video, "video.pcapng"),
];

/// The second telemetry port, which few vehicles have, and what its capture is called.
const SECOND: (Link, &str) = (Link::Telemetry2, "telemetry2.pcapng");

/// What reached the radio of a live flight.
pub(super) const HEARD: &str = "heard.bin";

/// Who a probe is: the file `probe.json`.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProbeHead {
    pub id: String,
    pub role: ProbeRole,
    pub claim: ClaimId,
}

impl ProbeHead {
    fn of(probe: &Probe) -> Self {
        Self { id: probe.id.clone(), role: probe.role, claim: probe.claim }
    }
}

/// The folder of a probe: `probes/<id>-<claim>`.
pub(super) fn probe_folder(probe: &Probe) -> String {
    format!("probes/{}-{}", probe.id, probe.claim)
}

/// All files of an evidence, but for the manifest.
pub(super) fn files_of(evidence: &Evidence) -> Result<Files, BundleError> {
    let mut files = Files::new();
    put(&mut files, "scenario.ron", evidence.scenario_text.clone().into_bytes())?;
    put(&mut files, "law.ron", evidence.law_text.clone().into_bytes())?;
    if let Some(heard) = &evidence.heard {
        put(&mut files, HEARD, heard.encode())?;
    }
    put(&mut files, "truth.json", json(&evidence.truth))?;
    put(&mut files, "track.csv", track::encode(&evidence.track).into_bytes())?;
    put_recording(&mut files, "", &evidence.flight, &evidence.twins)?;
    let is_said = |(link, _): &(Link, &str)| evidence.flight.transcript.on(*link).next().is_some();
    for (link, name) in CAPTURES.into_iter().chain(Some(SECOND).filter(is_said)) {
        let capture =
            pcapng::capture(&evidence.flight.transcript, link, evidence.provenance.epoch_s);
        put(&mut files, name, capture)?;
    }
    for probe in &evidence.probes {
        let folder = probe_folder(probe);
        put(&mut files, &format!("{folder}/probe.json"), json(&ProbeHead::of(probe)))?;
        put_recording(&mut files, &format!("{folder}/"), &probe.recording, &probe.twins)?;
    }
    refuse_a_file_that_is_a_folder(&files)?;
    Ok(files)
}

fn put_recording(
    files: &mut Files,
    folder: &str,
    recording: &Recording,
    twins: &[TwinRecord],
) -> Result<(), BundleError> {
    put(files, &format!("{folder}transcript.bin"), recording.transcript.encode())?;
    put(files, &format!("{folder}twins.json"), json(&twins))?;
    for (path, contents) in &recording.card {
        put(files, &format!("{folder}card/{path}"), contents.clone())?;
    }
    Ok(())
}

fn put(files: &mut Files, path: &str, contents: Vec<u8>) -> Result<(), BundleError> {
    if !is_safe(path) {
        return Err(BundleError::UnlawfulPath(path.to_owned()));
    }
    if files.insert(path.to_owned(), contents).is_some() {
        return Err(BundleError::Unwritable(format!("two files are called {path}")));
    }
    Ok(())
}

/// A card may hold `LOG` and `LOG/1`; a disk may not.
fn refuse_a_file_that_is_a_folder(files: &Files) -> Result<(), BundleError> {
    for path in files.keys() {
        for (i, _) in path.match_indices('/') {
            if files.contains_key(&path[..i]) {
                let what = format!("{} is a file and also the folder of {path}", &path[..i]);
                return Err(BundleError::Unwritable(what));
            }
        }
    }
    Ok(())
}

/// A value as an indented JSON text that ends in a new line.
pub(super) fn json<T: Serialize>(value: &T) -> Vec<u8> {
    // Our types have string keys only, so that writing them cannot fail.
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    text
}
