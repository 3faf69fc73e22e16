//! What a verdict does not say. It stands in every report.
//!
//! **Never:** depends on the flight: these limits hold for all of them.

/// The limits of every verdict, one sentence each.
pub const RESIDUE: [&str; 10] = [
    "The simulated firmware stands for the vehicle's logic as built here; other builds are not judged.",
    "Radio waves, power draw, heat, processor timing below one tick, test pads and chip pins are outside the simulation.",
    "The maker's servers are simulated; what a real server does with what it receives is not seen.",
    "Nothing found is bounded by the counts beside each verdict: other secrets, places, dates and commands were not tried.",
    "Twins swap audio, faces, one picture on the ground, log contents, the serial, the Wi-Fi key and the stations in reach; positions and accounts are decoded only, and scenery beside that picture is the same in every twin.",
    "What a grant or a command to capture lets through (chunks and parts of logs, parts of pictures, stills, recordings) is not compared in its contents, nor pictures in their size and number: there the decoder, the searches and the consent monitor stand alone. All else on that link is compared to the end.",
    "Twins with logs of other lengths are judged on an opened link until the grant only, so that what follows a log's length alone is not seen there afterwards.",
    "Where a story asks for both a log and a picture to be sent to the maker, picture twins are judged on that link only until it has asked for both, since a log may have to wait for a picture of another size; with a grant for the picture, its claim is then inconclusive.",
    "A leak that spreads over several flights through the card is not seen by a report on single flights.",
    "Sealed logs on the card are opened with the owner's key, which the simulation hands to the auditor: their records are searched and checked in form; log twins are compared on the card but for what lies inside the container.",
];
