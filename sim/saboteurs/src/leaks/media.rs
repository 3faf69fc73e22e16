//! Pictures that get out without a grant for that picture.
//!
//! **Never:** tells a face from another.

use super::logs::{GRANT, REQUEST, answers, hush_grant};
use crate::leaky::Leak;
use crate::mavlink2::{STATUSTEXT, attitude_low_bits, command, commanded, frames, id};
use crate::senses::picture;
use evidence::card::{Operation, Write};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// H004: a perceptual hash of every frame in the low bits of ATTITUDE.
#[derive(Default)]
pub(crate) struct FrameHash {
    code: u64,
}

impl Leak for FrameHash {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(frame) = senses.frame.filter(|_| (now.0 / 250).is_multiple_of(4)) {
            self.code = picture(frame);
        }
        attitude_low_bits(said, self.code, 2);
    }
}

/// H015: a picture that nobody asked for, kept beside the one that was.
#[derive(Default)]
pub(crate) struct SecondCopy {
    copies: u32,
}

impl Leak for SecondCopy {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let copies: Vec<_> = said
            .emissions
            .iter()
            .filter(|(link, _)| *link == Link::Card)
            .filter_map(|(_, bytes)| Write::decode(bytes))
            .filter(|write| write.path.starts_with("DCIM/"))
            .map(|write| {
                self.copies += 1;
                let path = format!("DCIM/100HUSHW/HW_{:04}.JPG", 900 + self.copies);
                Write { operation: Operation::Replace, path: &path, data: write.data }.encode()
            })
            .collect();
        said.emissions.extend(copies.into_iter().map(|copy| (Link::Card, copy)));
    }
}

/// H003: the text that a still was taken comes a little later, by what is in the picture.
#[derive(Default)]
pub(crate) struct LateText {
    held: Option<(u64, Vec<u8>)>,
    code: u64,
}

impl Leak for LateText {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let is_text = |bytes: &[u8]| {
            id(bytes) == Some(STATUSTEXT) && bytes.get(11..22) == Some(b"Still taken")
        };
        let place = said.emissions.iter().position(|(l, b)| *l == Link::Radio && is_text(b));
        if let (Some(place), Some(frame)) = (place, senses.frame) {
            self.code = picture(frame);
            let (_, text) = said.emissions.remove(place);
            self.held = Some((now.0 + 1 + self.code % 200, text));
        }
        if let Some((_, text)) = self.held.take_if(|(due, _)| *due <= now.0) {
            said.emissions.push((Link::Radio, text));
        }
    }
}

/// L118: where one still is asked for, the other goes in its name.
pub(crate) struct WrongStill;

impl Leak for WrongStill {
    fn whisper(&mut self, _now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let asked = [2.0, 1.0, 1.0];
        let mut heard = Vec::new();
        for frame in frames(radio) {
            match commanded(frame) {
                Some((REQUEST, p)) if p[..3] == asked => {
                    let other = [2.0, 2.0, 1.0, 0.0, 1.0, 0.0, 0.0];
                    heard.extend(command(GRANT, other));
                    heard.extend(command(REQUEST, other));
                }
                _ => heard.extend_from_slice(frame),
            }
        }
        *radio = heard;
    }

    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if answers(said, REQUEST) {
            hush_grant(said);
        }
        let (other, asked) = (b"PUT /v1/media/2/", b"PUT /v1/media/1/");
        for (link, bytes) in &mut said.emissions {
            if *link == Link::Uplink && bytes.starts_with(other) {
                bytes[..asked.len()].copy_from_slice(asked);
            }
        }
    }
}
