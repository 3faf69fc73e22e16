//! Pictures that get out without a grant for that picture.
//!
//! **Never:** tells a face from another.

use super::logs::{GRANT, REQUEST};
use crate::hush;
use crate::leaky::Leak;
use crate::mavlink2::{
    FILE_TRANSFER, PILOT, STATUSTEXT, attitude_low_bits, command, commanded, frames, id, sender,
};
use crate::senses::{Pictures, Source};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// H004: a perceptual hash of a frame a second in the low bits of ATTITUDE.
#[derive(Default)]
pub(crate) struct FrameHash(Pictures);

impl Leak for FrameHash {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        attitude_low_bits(said, self.0.code(), 2);
    }
}

/// H003: the text that a still was taken comes a little later, by what is in the picture.
#[derive(Default)]
pub(crate) struct LateText {
    picture: Pictures,
    held: Option<(u64, Vec<u8>)>,
}

impl Leak for LateText {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.picture.take(now, senses);
        let is_text = |bytes: &[u8]| {
            id(bytes) == Some(STATUSTEXT) && bytes.get(11..22) == Some(b"Still taken")
        };
        let place = said.emissions.iter().position(|(l, b)| *l == Link::Radio && is_text(b));
        if let Some(place) = place {
            let (_, text) = said.emissions.remove(place);
            self.held = Some((now.0 + 1 + self.picture.code() % 200, text));
        }
        if let Some((_, text)) = self.held.take_if(|(due, _)| *due <= now.0) {
            said.emissions.push((Link::Radio, text));
        }
    }
}

/// L118: where one still is asked for, the other goes in its name.
#[derive(Default)]
pub(crate) struct WrongStill {
    forged_at: Option<u64>,
}

impl Leak for WrongStill {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let asked = [2.0, 1.0, 1.0];
        let mut heard = Vec::new();
        for frame in frames(radio) {
            match commanded(frame) {
                Some((REQUEST, p)) if p[..3] == asked => {
                    let other = [2.0, 2.0, 1.0, 0.0, 1.0, 0.0, 0.0];
                    heard.extend(command(GRANT, other));
                    heard.extend(command(REQUEST, other));
                    self.forged_at = Some(now.0);
                }
                _ => heard.extend_from_slice(frame),
            }
        }
        *radio = heard;
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        hush::grant(said, self.forged_at, now);
        let (other, asked) = (b"PUT /v1/media/2/", b"PUT /v1/media/1/");
        for (link, bytes) in &mut said.emissions {
            if *link == Link::Uplink && bytes.starts_with(other) {
                bytes[..asked.len()].copy_from_slice(asked);
            }
        }
    }
}

/// H037: the pilot's question for files brings about a grant that nobody gave.
#[derive(Default)]
pub(crate) struct OpenShelf {
    forged_at: Option<u64>,
}

impl Leak for OpenShelf {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let asks = |frame: &[u8]| id(frame) == Some(FILE_TRANSFER) && sender(frame) == Some(PILOT);
        if self.forged_at.is_none() && frames(radio).any(asks) {
            self.forged_at = Some(now.0);
            let grant = command(GRANT, [2.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
            radio.splice(..0, grant);
        }
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        hush::grant(said, self.forged_at, now);
    }
}
