//! `hushwing fly`: one flight of one seat, its evidence, and how well it flew.
//!
//! **Never:** judges what left the vehicle.

use crate::args::Fly;
use crate::flights::{self, Rider};
use crate::{ExitCode, Trouble, airmanship, output, stories};
use evidence::{Link, TICKS_PER_S};

/// Flies one story and keeps what it left behind.
pub fn fly(args: &Fly) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let story = stories::load_file(&args.scenario, &assets)?;
    let story = story.under(args.seed, args.law.as_deref());
    let evidence = flights::bare(&story, Rider::Honest, &assets)?;
    output::write_evidence(&evidence, &args.out)?;
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
    let flown = audit::flown(&evidence);
    text += &airmanship::of_one(&flown);
    text += &format!("Seal: {}\nEvidence: {}\n", evidence.seal(), args.out.display());
    output::print(&text);
    let is_met = flown.iter().all(|finding| finding.is_met);
    Ok(if is_met { ExitCode::Held } else { ExitCode::Broken })
}
