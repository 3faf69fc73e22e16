//! `hushwing saboteurs`: the leaking vehicles and the lawful look-alikes, as two tables.
//!
//! **Never:** builds one of them.

use crate::table::grid;
use crate::{ExitCode, output};

/// Prints both tables.
pub fn saboteurs() -> ExitCode {
    let mut leaking = grid(&["id", "class", "link", "tier", "breaks", "detector", "what it does"]);
    for s in saboteurs::saboteurs() {
        let tier = s.tier.to_string();
        leaking.add_row([
            s.id,
            &s.class.to_string(),
            &s.link.to_string(),
            &tier,
            s.claim.name(),
            s.detector.name(),
            s.sentence,
        ]);
    }
    let mut lawful = grid(&["id", "looks as if it broke", "what it does"]);
    for d in saboteurs::decoys() {
        let claims: Vec<_> = d.claims.iter().map(|claim| claim.name()).collect();
        lawful.add_row([d.id, &claims.join(", "), d.sentence]);
    }
    output::print(&format!(
        "Saboteurs: each leaks one class of data by one link, and its detector must fire.\n{leaking}\n\n\
         Tiers: 1 plain, 2 encoded, 3 in structure or storage, 4 timing or physical, 5 adversarial.\n{}\n\
         Decoys: each is lawful and looks like a leak, and no detector may fire.\n{lawful}\n\n\
         Fly one: hushwing verify PATH --saboteur ID      Fly all: hushwing leaks\n",
        crate::matrix::DETECTORS
    ));
    ExitCode::Held
}
