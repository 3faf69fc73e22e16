//! What a verdict does not say. It stands in every report.
//!
//! **Never:** depends on the flight: these limits hold for all of them.

/// The limits of every verdict, one sentence each.
pub const RESIDUE: [&str; 8] = [
    "The simulated firmware stands for the vehicle's logic as built here; other builds are not judged.",
    "Radio waves, power draw, heat, processor timing below one tick, test pads and chip pins are outside the simulation.",
    "The maker's servers are simulated; what a real server does with what it receives is not seen.",
    "Nothing found is bounded by the counts beside each verdict: other secrets, places, dates and commands were not tried.",
    "Twins swap audio, faces, pictures and log contents; other classes are searched for as canaries and decoded, not swapped.",
    "From the moment that a grant opens a link for a class, twins of that class are not judged there: the decoder and the consent monitor stand alone.",
    "A leak that spreads over several flights through the card is not seen by a report on single flights.",
    "Sealed logs are checked in form and destination; what lies inside the seal is known to the owner's key alone.",
];
