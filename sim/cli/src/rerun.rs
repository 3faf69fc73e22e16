//! `hushwing rerun`: fly the scenario in stored evidence again, and compare seals.
//!
//! **Never:** writes; judges what left the vehicle.

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
    let evidence = output::read_evidence(folder, assets)?;
    let provenance = &evidence.provenance;
    let rider = Rider::named(&provenance.firmware).ok_or_else(|| {
        Trouble::BadEvidence(format!(
            "{}: firmware `{}` is not in this program\n  hint: rerun it with the program that flew it",
            folder.display(),
            provenance.firmware
        ))
    })?;
    let story = Story {
        name: provenance.story.clone(),
        text: evidence.scenario_text.clone(),
        scenario: evidence.scenario.clone(),
    };
    // The text may name another seed and law than those given on the command line of the first flight.
    let story = story.under(Some(provenance.seed), Some(&evidence.law.name));
    let again = flights::bare(&story, rider, assets)?.seal();
    let first = evidence.seal();
    let is_same = first == again;
    let verdict = if is_same {
        "the same flight, byte for byte"
    } else {
        "ANOTHER FLIGHT: no verdict on this evidence counts"
    };
    output::print(&format!("{}: {verdict}\n  stored {first}\n  again  {again}\n", story.name));
    Ok(is_same)
}
