//! The words that the vehicle may say to its pilot, with their severity.
//!
//! One form has blanks: a grant in force, told on the pilot's question, in exactly the pilot's own words.
//!
//! **Never:** has a text with a blank for anything that the pilot did not say first.

use crate::case::Line;
use evidence::scenario::Act;
use evidence::{Class, Recipient, Tick};

/// Every text and its MAVLink severity.
const TEXTS: [(&str, u8); 89] = [
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
    ("Landing: no fix", 2),
    ("Landing: rotor lost", 2),
    ("Landing: astray", 2),
    ("Rotor lost", 2),
    ("Falling: too heavy for two rotors", 2),
    ("Falling: too fast a spin", 2),
    ("Landed", 6),
    ("Link regained", 6),
    ("Crash detected", 2),
    ("Going there", 6),
    ("Arrived", 6),
    ("Orbit", 6),
    ("Follow", 6),
    ("Subject lost: holding", 4),
    ("Brake", 6),
    ("Motors stopped", 2),
    ("Stabilise", 6),
    ("Altitude hold", 6),
    ("Position hold", 6),
    ("Sticks lost: altitude hold", 4),
    ("Fix lost: altitude hold", 4),
    ("Offboard", 6),
    ("Offboard lost: holding", 4),
    ("Geofence breached", 4),
    ("Return: geofence", 4),
    ("Landing: geofence", 4),
    ("Refused: outside the geofence", 4),
    ("No way home inside the geofence", 4),
    ("Geofence ahead: waiting", 4),
    ("Arming refused: outside the geofence", 4),
    ("Arming refused: no fix", 4),
    ("Arming refused: low battery", 4),
    ("Arming refused: not level", 4),
    ("Arming refused: no link", 4),
    ("Arming refused: no-fly zone", 4),
    ("Arming refused: starting", 4),
    ("Arming refused: moved", 4),
    ("Moved: starting over", 6),
    ("Arming refused: poor fix", 4),
    ("Arming refused: gyroscope", 4),
    ("Arming refused: accelerometer", 4),
    ("Arming refused: barometer", 4),
    ("Arming refused: compass", 4),
    ("No-fly zone near", 4),
    ("No-fly zone ahead: holding", 4),
    ("Zone unlocked", 6),
    ("Still taken", 6),
    ("Still kept private", 6),
    ("Film started", 6),
    ("Film stopped", 6),
    ("Film kept private", 6),
    ("Live view on", 6),
    ("Live view off", 6),
    ("Recording started", 6),
    ("Recording stopped", 6),
    ("Grant recorded", 6),
    ("Grant withdrawn", 6),
    ("Consent: end of list", 6),
    ("Consent lost: ledger broken", 4),
    ("Refused: never on this link", 4),
    ("Refused: no grant", 4),
    ("Refused: no such object", 4),
    ("Refused: switched off", 4),
    ("Refused: local data mode", 4),
    ("Refused: not the pilot", 4),
    ("Refused: not signed", 4),
    ("Setting refused", 4),
    ("Signing set up", 6),
    ("Signing ended", 6),
    ("Identity stored", 6),
    ("Card full", 4),
    ("Card failing", 4),
    ("Factory reset", 6),
    ("Logs erased", 6),
    ("Redirect refused", 4),
    ("Upload failed", 4),
    ("Update available", 6),
    // Said when the log could not be written fast enough.
    ("Log lost records", 4),
];

const INFO: u8 = 6;

/// Whether the vehicle may say exactly this.
pub fn is_listed(case: &Line<'_, '_>, tick: Tick, text: &[u8; 50], severity: u8) -> bool {
    let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
    let (words, rest) = text.split_at(end);
    if rest.iter().any(|b| *b != 0) {
        return false;
    }
    let is_plain = TEXTS.iter().any(|(listed, s)| listed.as_bytes() == words && *s == severity);
    is_plain || (severity == INFO && is_consent(case, tick, words))
}

/// `Consent 3: log 2 to maker`: a grant that the pilot gave, told because the pilot asked.
fn is_consent(case: &Line<'_, '_>, tick: Tick, words: &[u8]) -> bool {
    let parsed = std::str::from_utf8(words).ok().and_then(consent);
    let Some((number, class, object, recipient)) = parsed else { return false };
    let mandate = &case.evidence.truth.mandate;
    let is_asked = case.heard.by_pilot(tick).any(|heard| *heard.act == Act::ListsConsent);
    let acts = case
        .whole
        .heard
        .by_pilot(tick)
        .filter(|heard| matches!(heard.act, Act::Grants { .. } | Act::Withdraws { .. }));
    is_asked
        && number >= 1
        && number as usize <= acts.count()
        && mandate.allows(class, object, recipient, tick)
}

fn consent(text: &str) -> Option<(u32, Class, u32, Recipient)> {
    let (number, rest) = text.strip_prefix("Consent ")?.split_once(": ")?;
    let (what, rest) = rest.split_once(' ')?;
    let (object, to) = rest.split_once(" to ")?;
    let class = match what {
        "picture" => Class::Imagery,
        "log" => Class::FlightLog,
        "position" => Class::Position,
        "sound" => Class::Audio,
        "face" => Class::Face,
        _ => return None,
    };
    let recipient = match to {
        "pilot" => Recipient::Pilot,
        "maker" => Recipient::Maker,
        _ => return None,
    };
    let in_short = |text: &str| {
        let number: u32 = text.parse().ok()?;
        (number.to_string() == text).then_some(number)
    };
    Some((in_short(number)?, class, in_short(object)?, recipient))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Memo};
    use crate::tests::evidence;
    use evidence::Recording;

    /// Which is why none is ever sent in chunks, and a chunk is a fault.
    #[test]
    fn every_text_fits_into_one_message() {
        let longest = format!("Consent {}: position {} to maker", u32::MAX, u32::MAX);
        for words in TEXTS.iter().map(|(words, _)| *words).chain([longest.as_str()]) {
            assert!((1..=50).contains(&words.len()), "{words}");
        }
    }

    #[test]
    fn a_grant_is_told_when_asked_for_and_in_force_and_in_one_spelling() {
        let (category, to) = (Class::FlightLog, Recipient::Maker);
        let grants = Act::Grants { category, object: 2, to, for_s: Some(10.0) };
        let story = evidence(&[(1.0, grants), (2.0, Act::ListsConsent)]);
        let (recording, memo) = (Recording::default(), Memo::of(&story));
        let case = Case::of(&story, &recording, &memo);
        let line = Line::of(&case, evidence::Link::Radio);
        let is_listed = |tick, words: &str, severity| {
            let mut text = [0; 50];
            text[..words.len()].copy_from_slice(words.as_bytes());
            is_listed(&line, Tick(tick), &text, severity)
        };
        for (tick, words, severity, expected) in [
            (1000, "Consent 1: log 2 to maker", 6, true),
            (1000, "Consent: end of list", 6, true),
            (900, "Consent 1: log 2 to maker", 6, false),
            (6000, "Consent 1: log 2 to maker", 6, false),
            (1000, "Consent 2: log 2 to maker", 6, false),
            (1000, "Consent 1: log 3 to maker", 6, false),
            (1000, "Consent 1: log 2 to pilot", 6, false),
            (1000, "Consent 01: log 2 to maker", 6, false),
            (1000, "Consent 1: log 2 to maker", 4, false),
            (1000, "Card full", 4, true),
            (1000, "Card full", 6, false),
        ] {
            assert_eq!(is_listed(tick, words, severity), expected, "{words} at {tick}");
        }
    }
}
