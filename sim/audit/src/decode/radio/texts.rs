//! The words that the vehicle may say to its pilot, with their severity.
//!
//! **Never:** has a text with a blank to fill in.

/// Every text and its MAVLink severity.
const TEXTS: [(&str, u8); 25] = [
    ("Armed", 6),
    ("Disarmed", 6),
    ("Take-off", 6),
    ("Hold", 6),
    ("Mission started", 6),
    ("Mission complete", 6),
    ("Return", 6),
    ("Return: link lost", 4),
    ("Return: low battery", 4),
    ("Landing", 6),
    ("Landing: critical battery", 2),
    ("Landed", 6),
    ("Link regained", 6),
    ("Arming refused: no fix", 4),
    ("Arming refused: low battery", 4),
    ("Arming refused: not level", 4),
    ("Arming refused: no link", 4),
    ("Still taken", 6),
    ("Recording started", 6),
    ("Recording stopped", 6),
    ("Grant recorded", 6),
    ("Grant withdrawn", 6),
    ("Refused: never on this link", 4),
    ("Refused: no grant", 4),
    ("Refused: no such object", 4),
];

/// Said when the log could not be written fast enough.
const LOST: (&str, u8) = ("Log lost records", 4);

/// Whether the vehicle may say exactly this.
pub fn is_listed(text: &[u8; 50], severity: u8) -> bool {
    let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
    let (words, rest) = text.split_at(end);
    let is_clean = rest.iter().all(|b| *b == 0);
    is_clean
        && TEXTS
            .iter()
            .chain([&LOST])
            .any(|(listed, s)| listed.as_bytes() == words && *s == severity)
}
