//! `hushwing rerun`: fly the scenario in stored evidence again, and compare seals. A live flight that comes out the
//! same from the record of its uplink is sealed.
//!
//! **Never:** writes but that seal; judges what left the vehicle.

use crate::args::Rerun;
use crate::flights::{self, Rider};
use crate::stories::Story;
use crate::{ExitCode, Trouble, output, stories};
use evidence::Assets;
use std::path::Path;

/// Flies each evidence of a folder again.
pub fn rerun(args: &Rerun) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let mut code = ExitCode::Held;
    for folder in output::evidence_folders(&args.folder)? {
        if !is_same(&folder, &assets)? {
            code = ExitCode::Unproven;
        }
    }
    Ok(code)
}

fn is_same(folder: &Path, assets: &Assets) -> Result<bool, Trouble> {
    let mut evidence = output::read_evidence(folder, assets)?;
    let provenance = &evidence.provenance;
    let rider = Rider::named(&provenance.firmware).ok_or_else(|| {
        Trouble::BadEvidence(format!(
            "{}: firmware `{}` is not in this program\n  hint: rerun it with the program that flew it",
            folder.display(),
            provenance.firmware
        ))
    })?;
    let story = Story::of(&evidence, assets)?;
    let again = flights::bare(&story, rider, assets)?.seal();
    let first = evidence.seal();
    let is_same = first == again;
    let verdict = if is_same {
        "the same flight, byte for byte"
    } else {
        "ANOTHER FLIGHT: no verdict on this evidence counts"
    };
    if is_same && evidence.heard.is_some() && !evidence.is_sealed() {
        evidence.rerun = Some(again.clone());
        output::write_evidence(&evidence, folder)?;
        output::print(&format!("{}: sealed\n", story.name));
    }
    output::print(&format!("{}: {verdict}\n  stored {first}\n  again  {again}\n", story.name));
    Ok(is_same)
}
