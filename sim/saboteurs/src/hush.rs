//! Taking back what a whispered command made the honest vehicle say of it.
//!
//! **Never:** takes back what the pilot's own command brought about, as far as a tick can tell.

use crate::mavlink2::{COMMAND_ACK, PARAM_VALUE, STATUSTEXT, id, payload};
use evidence::Tick;
use flight::Spoken;

/// Ticks in which a whispered command is answered.
const ANSWERED_WITHIN_TICKS: u64 = 50;

/// Takes back the acknowledgements of a command.
pub(crate) fn answers_to(said: &mut Spoken, command: u16) {
    drop_radio(said, |frame| {
        id(frame) == Some(COMMAND_ACK) && payload(frame)[..2] == command.to_le_bytes()
    });
}

/// Takes back texts that begin so.
pub(crate) fn texts(said: &mut Spoken, openings: &[&str]) {
    drop_radio(said, |frame| {
        let payload = payload(frame);
        id(frame) == Some(STATUSTEXT)
            && openings.iter().any(|text| payload[1..].starts_with(text.as_bytes()))
    });
}

/// Takes back the answers to parameters.
pub(crate) fn parameters(said: &mut Spoken) {
    drop_radio(said, |frame| id(frame) == Some(PARAM_VALUE));
    texts(said, &["Setting refused"]);
}

/// Takes back what the vehicle says of a forged grant. It answers when the record is safe on the card, so this
/// goes on for some ticks.
pub(crate) fn grant(said: &mut Spoken, forged_at: Option<u64>, now: Tick) {
    if forged_at.is_some_and(|at| (at..at + ANSWERED_WITHIN_TICKS).contains(&now.0)) {
        answers_to(said, crate::leaks::logs::GRANT);
        texts(said, &["Grant recorded"]);
    }
}

fn drop_radio(said: &mut Spoken, is_unwanted: impl Fn(&[u8]) -> bool) {
    // What is told to all is told on every port.
    said.emissions.retain(|(link, bytes)| !link.is_mavlink() || !is_unwanted(bytes));
}
