//! `hushwing rerun`: fly the scenario in stored evidence again, and compare seals. A live flight that comes out the
//! same from the record of its uplink is sealed; with twins aboard, it is judged as `verify` judges a scenario.
//!
//! **Never:** keeps anything of a flight that came out otherwise.

use crate::args::Rerun;
use crate::flights::{self, Rider};
use crate::stories::Story;
use crate::{ExitCode, Trouble, output, stories, table};
use audit::Report;
use evidence::{Evidence, Seal};
use std::path::Path;

/// Flies each evidence of a folder again.
pub fn rerun(args: &Rerun) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let mut code = ExitCode::Held;
    let mut judged = Vec::new();
    for folder in output::evidence_folders(&args.folder)? {
        let evidence = output::read_evidence(&folder, &assets)?;
        let rider = rider(&folder, &evidence)?;
        let story = Story::of(&evidence, &assets)?;
        let again = match args.pairs {
            Some(pairs) => flights::verified(&story, rider, pairs, &assets)?,
            None => flights::bare(&story, rider, &assets)?,
        };
        if !is_same(&story, &evidence.seal(), &again.seal()) {
            code = ExitCode::Unproven;
        } else if args.pairs.is_some() {
            output::write_evidence(&again, &folder)?;
            judged.push(audit::audit(&again));
        } else if !evidence.is_sealed() {
            let sealed = Evidence { rerun: Some(again.seal()), ..evidence };
            output::write_evidence(&sealed, &folder)?;
            output::print("  and sealed by this second flight\n");
        }
    }
    if !judged.is_empty() {
        let report = Report::of(judged);
        code = code.max(ExitCode::of(&report));
        output::print(&table::table(&report));
        output::print(&table::closing(&report, code));
    }
    Ok(code)
}

fn rider(folder: &Path, evidence: &Evidence) -> Result<Rider<'static>, Trouble> {
    let firmware = &evidence.provenance.firmware;
    Rider::named(firmware).ok_or_else(|| {
        Trouble::BadEvidence(format!(
            "{}: firmware `{firmware}` is not in this program\n  hint: rerun it with the program that flew it",
            folder.display(),
        ))
    })
}

fn is_same(story: &Story, first: &Seal, again: &Seal) -> bool {
    let is_same = first == again;
    let verdict = if is_same {
        "the same flight, byte for byte"
    } else {
        "ANOTHER FLIGHT: no verdict on this evidence counts"
    };
    output::print(&format!("{}: {verdict}\n  stored {first}\n  again  {again}\n", story.name));
    is_same
}
