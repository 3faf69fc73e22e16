//! `hushwing fly`: one flight of one seat, its evidence, and how well it flew; live or not.
//!
//! **Never:** judges what left the vehicle.

mod live;
mod status;
mod watch;

use crate::args::Fly;
use crate::flights::{self, Rider};
use crate::{ExitCode, Trouble, airmanship, output, stories};
use evidence::{Evidence, Link, TICKS_PER_S};
use std::path::Path;

/// Flies one story and keeps what it left behind.
pub fn fly(args: &Fly) -> Result<ExitCode, Trouble> {
    if args.live {
        return live::fly(args);
    }
    let (Some(file), Some(out)) = (&args.scenario, &args.out) else {
        return Err(Trouble::Misuse("name a scenario and a folder with `--out`".to_owned()));
    };
    let assets = stories::assets()?;
    let story = stories::load_file(file, &assets)?;
    let story = story.under(args.seed, args.law.as_deref());
    let evidence = flights::bare(&story, Rider::Honest, &assets)?;
    keep(&evidence, out)
}

/// Writes the evidence and tells in short what is in it.
fn keep(evidence: &Evidence, out: &Path) -> Result<ExitCode, Trouble> {
    output::write_evidence(evidence, out)?;
    let mut text = format!("{}\n", evidence.scenario.title);
    for link in Link::ALL {
        let (count, bytes) =
            evidence.flight.transcript.on(link).fold((0_u64, 0_u64), |(count, bytes), said| {
                (count + 1, bytes + said.bytes.len() as u64)
            });
        text += &format!("  {link:<9} {count:>7} emissions {bytes:>10} bytes\n");
    }
    if let Some(destroyed) = &evidence.truth.destroyed {
        let at_s = destroyed.tick.0 as f64 / TICKS_PER_S as f64;
        text += &format!("Destroyed after {at_s} s: {}\n", destroyed.why);
    }
    let flown = audit::flown(evidence);
    text += &airmanship::of_one(&flown);
    let unsealed = if evidence.is_sealed() { "" } else { " (unsealed until `hushwing rerun`)" };
    text += &format!("Seal: {}{unsealed}\nEvidence: {}\n", evidence.seal(), out.display());
    output::print(&text);
    let is_met = flown.iter().all(|finding| finding.is_met);
    Ok(if is_met { ExitCode::Held } else { ExitCode::Broken })
}
