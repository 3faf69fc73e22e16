//! Obeying those who may not command: a stranger, a forger, a server.
//!
//! **Never:** obeys the pilot otherwise than the honest vehicle does.

use super::logs::REQUEST;
use crate::hush;
use crate::leaky::Leak;
use crate::mavlink2::{
    COMMAND_ACK, FILE_TRANSFER, HEARTBEAT, LOG_REQUEST_LIST, PARAM_REQUEST_LIST,
    PARAM_REQUEST_READ, PILOT, SETUP_SIGNING, STRANGER, command, commanded, edit, frames, id,
    in_the_name_of, payload, sender, signed,
};
use evidence::Tick;
use flight::Spoken;
use flight::firmware::Senses;

const LIST_CONSENT: u16 = 31_012;

/// The pilot's key, as it was handed over on the radio, and what can be written with it.
#[derive(Default)]
struct Pen {
    key: Option<([u8; 32], u64)>,
}

impl Pen {
    fn overhear(&mut self, frame: &[u8]) {
        if id(frame) == Some(SETUP_SIGNING) && sender(frame) == Some(PILOT) {
            let payload = payload(frame);
            let (mut since, mut key) = ([0; 8], [0; 32]);
            since.copy_from_slice(&payload[..8]);
            key.copy_from_slice(&payload[10..42]);
            self.key = Some((key, u64::from_le_bytes(since)));
        }
    }

    /// The frame as the pilot would have sent it.
    fn write(&self, now: Tick, frame: &[u8]) -> Vec<u8> {
        let own = in_the_name_of(PILOT, frame);
        // In units of 10 µs; several frames of one tick never come here.
        self.key.map_or_else(|| own.clone(), |(key, since)| signed(&own, &key, since + 200 * now.0))
    }
}

/// H029, H047 and L042: what a stranger sends is taken as the pilot's, and answered to the stranger.
pub(crate) struct OpenEar {
    is_open_to: fn(&[u8]) -> bool,
    pen: Pen,
    heard_at: Option<u64>,
    reads: bool,
}

/// Ticks in which a command is answered.
const ANSWERED_WITHIN_TICKS: u64 = 50;

impl OpenEar {
    /// It hears all that a stranger sends.
    pub(crate) fn to_all() -> Self {
        Self::new(|frame| id(frame) != Some(HEARTBEAT))
    }

    /// It hears questions.
    pub(crate) fn to_questions() -> Self {
        Self::new(|frame| match commanded(frame) {
            Some((number, _)) => number == LIST_CONSENT,
            None => matches!(id(frame), Some(PARAM_REQUEST_LIST | PARAM_REQUEST_READ)),
        })
    }

    fn new(is_open_to: fn(&[u8]) -> bool) -> Self {
        Self { is_open_to, pen: Pen::default(), heard_at: None, reads: false }
    }
}

impl Leak for OpenEar {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let mut heard = Vec::new();
        for frame in frames(radio) {
            self.pen.overhear(frame);
            if sender(frame) == Some(STRANGER) && (self.is_open_to)(frame) {
                if commanded(frame).is_some() {
                    self.heard_at = Some(now.0);
                }
                self.reads |= id(frame) == Some(FILE_TRANSFER);
                heard.extend(self.pen.write(now, frame));
            } else {
                heard.extend_from_slice(frame);
            }
        }
        *radio = heard;
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if self.heard_at.is_some_and(|at| now.0 < at + ANSWERED_WITHIN_TICKS) {
            edit(said, COMMAND_ACK, |payload| payload[8] = STRANGER);
        }
        if self.reads {
            edit(said, FILE_TRANSFER, |payload| payload[1] = STRANGER);
        }
    }
}

/// H036: a question for logs that somebody else asks in the pilot's name is signed for him.
#[derive(Default)]
pub(crate) struct Forger {
    pen: Pen,
}

impl Leak for Forger {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let mut heard = Vec::new();
        for frame in frames(radio) {
            let is_unsigned = sender(frame) == Some(PILOT) && frame.get(2) == Some(&0);
            let asks = id(frame) == Some(LOG_REQUEST_LIST);
            if self.pen.key.is_some() && is_unsigned && asks {
                heard.extend(self.pen.write(now, frame));
            } else {
                heard.extend_from_slice(frame);
            }
            self.pen.overhear(frame);
        }
        *radio = heard;
    }
}

/// H028: what a server asks for is sent again, though the pilot has not asked.
#[derive(Default)]
pub(crate) struct Obliging {
    asked_at: Option<u64>,
    done: bool,
}

/// Ticks of silence after which the line is free.
const FREE_TICKS: u64 = 1_500;

impl Obliging {
    fn is_due(&self, now: Tick) -> bool {
        !self.done && self.asked_at.is_some_and(|asked| now.0 == asked + FREE_TICKS)
    }
}

impl Leak for Obliging {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        if self.is_due(now) {
            radio.extend(command(REQUEST, [3.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0]));
        }
    }

    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if self.is_due(now) {
            self.done = true;
            hush::answers_to(said, REQUEST);
        }
        if senses.uplink.windows(5).any(|five| five == b"log 1") {
            self.asked_at = Some(now.0);
        }
    }
}
