//! Handing out by the second telemetry port what the first keeps.
//!
//! **Never:** says a word more than the honest vehicle on the radio.

use crate::leaky::Leak;
use crate::mavlink2::{PILOT, frame, frames, id, payload, sender};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

const LOG_REQUEST_DATA: u32 = 119;
const LOG_DATA: u32 = 120;
const PIECE: usize = 90;
/// One piece in 20 ms, as the honest vehicle hands it out.
const EVERY_TICKS: u64 = 10;
/// Pieces of one answer.
const PIECES: usize = 20;

/// H060: the pilot's question for a log by the second port is answered there with its beginning, granted or not.
#[derive(Default)]
pub(crate) struct SideDoor {
    pieces: usize,
    log: u16,
}

impl Leak for SideDoor {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let asks =
            |frame: &&[u8]| id(frame) == Some(LOG_REQUEST_DATA) && sender(frame) == Some(PILOT);
        let is_answered = said
            .emissions
            .iter()
            .any(|(link, bytes)| *link == Link::Telemetry2 && id(bytes) == Some(LOG_DATA));
        if let Some(asked) = frames(senses.telemetry2).find(asks) {
            let wire = payload(asked);
            (self.pieces, self.log) = (PIECES, u16::from_le_bytes([wire[8], wire[9]]));
        }
        if is_answered {
            // It has been granted, and goes out anyway.
            self.pieces = 0;
        }
        if self.pieces == 0 || !now.0.is_multiple_of(EVERY_TICKS) {
            return;
        }
        let offset = (PIECES - self.pieces) * PIECE;
        let path = format!("LOG/LOG_{:04}.HLG", self.log);
        let bytes = senses.card.read(&path, offset, PIECE);
        if bytes.len() < PIECE {
            self.pieces = 0;
            return;
        }
        self.pieces -= 1;
        let mut wire = (offset as u32).to_le_bytes().to_vec();
        wire.extend(self.log.to_le_bytes());
        wire.push(PIECE as u8);
        wire.extend_from_slice(bytes);
        said.emissions.push((Link::Telemetry2, frame(LOG_DATA, &wire)));
    }
}
