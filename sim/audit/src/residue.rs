//! What a verdict does not say. It stands in every report.
//!
//! **Never:** depends on the flight: these limits hold for all of them.

/// The limits of every verdict, one sentence each.
pub const RESIDUE: [&str; 11] = [
    "The simulated firmware stands for the vehicle's logic as built here; other builds are not judged.",
    "Radio waves, power draw, heat, processor timing below one tick, test pads and chip pins are outside the simulation.",
    "The maker's servers are simulated; what a real server does with what it receives is not seen.",
    "Nothing found is bounded by the counts beside each verdict: other secrets, places, dates and commands were not tried.",
    "Twins swap audio, faces, one picture on the ground, log contents, the place inside its cell, the serial, the account, the Wi-Fi key and the stations in reach; scenery beside that picture is the same in every twin.",
    "What a grant or a command to capture lets through (chunks and parts of logs, parts of pictures, the live view's coded pictures, stills, films, recordings) is not compared in its contents, nor pictures in their size and number: there the decoder, the searches and the consent monitor stand alone. A grant for one object opens the carrier of its whole class to the comparison; the consent monitor alone tells objects apart. All else on that link is compared to the end.",
    "Twins with logs of other lengths are judged on an opened link until the grant only, so that what follows a log's length alone is not seen there afterwards.",
    "Picture twins are judged on a link until something else may have to wait for a granted picture of another size, or until one is read over the radio; twins elsewhere in the cell are judged to the maker while both places are sure to be in one cell, and by the lamps where no zone is near. Such pairs are counted as far as they go.",
    "A leak that spreads over several flights through the card is not seen by a report on single flights.",
    "Sealed logs and small files on the card are opened with the owner's and the secure element's keys, which the simulation hands to the auditor: their records are searched and checked in form; log twins are compared on the card but for what lies inside the container.",
    "A number is held for chance unless it is a constant, a repetition, a step or one of the listed guesses; other ways to choose it on purpose are left to the twins.",
];
